"""READ: a PO file → `Catalog`, or diagnostics that say where it is broken.

PO files come from strangers: whatever the bytes are, the answer is a catalog or a
diagnostic, never a traceback, and sizes are bounded before anything is parsed.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.catalog.model import Catalog, Key, Message, Piece, PluralRule
from handouts.catalog.plurals import GERMANIC, parse_plural_forms
from handouts.catalog.po import Entry, parse_po
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.languages import UnknownLocaleError, language

__all__ = ["MAX_FILE_BYTES", "MAX_TEXT", "read_catalog", "read_entries"]

MAX_FILE_BYTES: Final = 20_000_000
"""A catalog of 20,000 long messages has 10 MB; more is a mistake or an attack."""

MAX_TEXT: Final = 100_000
"""Code points in one msgid or msgstr: some forty printed pages."""

_CHARSET: Final = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)
_UTF_8_NAMES: Final = frozenset({"utf-8", "utf8", "ascii", "us-ascii", "charset"})
_ALLOW: Final = re.compile(r"\s*handouts:\s*allow\s+([a-z0-9-]{1,60})\s*(?::(.*))?")
_UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS_UTF_8: Final = (
    "save the file as UTF-8, and let its header say "
    "`Content-Type: text/plain; charset=UTF-8`"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reporter:
    """Reports to `sink` on one file."""

    sink: Sink
    file: str
    locale: str | None

    def __call__(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        piece: Piece | None = None,
        width: int = 1,
        key: Key | None = None,
        severity: Severity = Severity.ERROR,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.sink.report(
            Diagnostic(
                code=code,
                message=message,
                hint=hint,
                severity=severity,
                file=self.file,
                locale=self.locale,
                line=piece.line if piece else None,
                column=piece.column if piece else None,
                quote=piece.quote if piece else None,
                quoted_width=width,
                msgid=key.msgid if key else None,
                notes=notes,
            )
        )


def read_catalog(path: Path, *, locale: str, shown_as: str, sink: Sink) -> Catalog | None:
    """Return the catalog in `path`; None if it cannot be read or is no PO file.

    A message that is there twice, or is too long, is left out and reported: it counts
    as missing, so nothing is printed from it. `shown_as` is the path as the user would
    type it. A byte-order mark and Windows line ends are accepted.
    """
    report = _Reporter(sink=sink, file=shown_as, locale=locale)
    entries = _entries(path, report)
    if entries is None:
        return None
    header = next((entry for entry in entries if _is_header(entry)), None)
    headers = _headers(header)
    _check_header(header, headers, locale, report)
    rule = _plural_rule(header, headers, locale, report)
    live = [entry for entry in entries if not (entry.obsolete or _is_header(entry))]
    messages = _messages(live, report)
    if rule is None:  # which form a count takes is not known
        messages = {key: m for key, m in messages.items() if m.plural is None}
        rule = parse_plural_forms(_usual_header(locale) or GERMANIC)
    return Catalog(
        locale=locale, file=shown_as, headers=headers, plural_rule=rule, messages=messages
    )


def read_entries(path: Path, *, shown_as: str, sink: Sink) -> tuple[Entry, ...] | None:
    """Return every entry of a PO file, the header and obsolete ones too.

    None, with diagnostics, if it cannot be read whole or holds a message twice.
    """
    report = _Reporter(sink=sink, file=shown_as, locale=None)
    entries = _entries(path, report)
    if entries is None or _duplicates([e for e in entries if not e.obsolete], report):
        return None
    return entries


def _entries(path: Path, report: _Reporter) -> tuple[Entry, ...] | None:
    data = _bytes(path, report)
    text = None if data is None else _text(data, report)
    if text is None:
        return None
    entries, faults = parse_po(text)
    for fault in faults:
        place = Piece(fault.line, fault.column, fault.quote)
        width = max(len(fault.quote.strip()), 1)
        report("po-syntax", fault.message, fault.hint, piece=place, width=width)
    return None if faults else entries


def _bytes(path: Path, report: _Reporter) -> bytes | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a folder, a pipe that would block
            report("unreadable-catalog", "the catalog is not a file", "name a PO file")
            return None
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        report(
            "unreadable-catalog",
            f"cannot read the catalog: {reason}",
            "check that the file exists and that you may read it",
        )
        return None
    if len(data) > MAX_FILE_BYTES:
        size = max(status.st_size, len(data)) / 1e6
        report(
            "catalog-too-large",
            f"the catalog has {size:.0f} MB; the limit is {MAX_FILE_BYTES / 1e6:.0f} MB",
            "is this a PO file of handouts? split it or delete its obsolete entries",
        )
        return None
    return data


def _text(data: bytes, report: _Reporter) -> str | None:
    if data.startswith(_UTF_16_MARKS):
        report(
            "not-utf8",
            "the catalog is in UTF-16, not UTF-8",
            _SAVE_AS_UTF_8,
            piece=Piece(1, 1, ""),
        )
        return None
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report(
            "not-utf8",
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            _SAVE_AS_UTF_8,
            piece=_place_of_byte(data, error.start),
        )
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        report(
            "nul-byte",
            "the catalog holds a NUL byte",
            "delete it; if there are many, the file is damaged or not UTF-8",
            piece=_place_of(text, "\0"),
        )
        return None
    return text


def _place_of_byte(data: bytes, at: int) -> Piece:
    start = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data[start : end if end >= 0 else len(data)]
    column = len(data[start:at].decode("utf-8", "replace")) + 1
    return Piece(data.count(b"\n", 0, at) + 1, column, line.decode("utf-8", "replace"))


def _place_of(text: str, wanted: str) -> Piece:
    at = text.index(wanted)
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    return Piece(text.count("\n", 0, at) + 1, at - start + 1, line)


def _is_header(entry: Entry) -> bool:
    return not entry.msgid and entry.context is None and not entry.obsolete


def _headers(header: Entry | None) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in header.msgstrs[0].split("\n") if header else ():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            found.setdefault(name.strip(), value.strip())
    return found


def _header_piece(header: Entry | None, name: str) -> Piece | None:
    """Return where the header's line `name` stands, or where the header does."""
    pieces = header.pieces[0] if header else ()
    for piece in pieces:
        if piece.quote[piece.column - 1 :].startswith(name):
            return piece
    return pieces[0] if pieces else None


def _check_header(
    header: Entry | None, headers: Mapping[str, str], locale: str, report: _Reporter
) -> None:
    if header is None:
        report(
            "missing-header",
            "the catalog has no header",
            "put a header before the first message; `update` keeps one",
            severity=Severity.WARNING,
        )
        return
    charset = _CHARSET.search(headers.get("Content-Type", ""))
    if charset and charset[1].lower() not in _UTF_8_NAMES:
        report(
            "not-utf8",
            f"the header says charset `{charset[1]}`",
            _SAVE_AS_UTF_8,
            piece=_header_piece(header, "Content-Type"),
        )
    stated = re.split(r"[-_@]", headers.get("Language", ""))[0].lower()
    if stated and stated != re.split(r"[-_@]", locale)[0].lower():
        report(
            "other-language",
            f"the header says language `{headers['Language']}`, the "
            f"folder says `{locale}`",
            f"write `Language: {locale}`, or move the file",
            piece=_header_piece(header, "Language:"),
            severity=Severity.WARNING,
        )


def _usual_header(locale: str) -> str | None:
    try:
        return language(locale).plural_rule
    except UnknownLocaleError:
        return None


def _plural_rule(
    header: Entry | None, headers: Mapping[str, str], locale: str, report: _Reporter
) -> PluralRule | None:
    """Return the rule the header gives; None if it gives one that cannot be used."""
    usual = _usual_header(locale)
    stated = headers.get("Plural-Forms")
    if not stated:
        return parse_plural_forms(usual or GERMANIC)
    piece = _header_piece(header, "Plural-Forms")
    hint = f"write `Plural-Forms: {usual or GERMANIC}`"
    try:
        rule = parse_plural_forms(stated)
    except ValueError as error:
        report(
            "invalid-plural-forms",
            f"Plural-Forms cannot be used: {error}",
            hint,
            piece=piece,
        )
        return None
    difference = _difference(rule, parse_plural_forms(usual)) if usual else None
    if difference:
        report(
            "unusual-plural-forms",
            difference,
            hint,
            piece=piece,
            severity=Severity.WARNING,
        )
    return rule


def _difference(rule: PluralRule, usual: PluralRule) -> str | None:
    if rule.count != usual.count:
        return (
            f"nplurals is {rule.count}, but gettext gives this language {usual.count} "
            f"form{'s' if usual.count > 1 else ''}"
        )
    for n in range(201):
        if rule.index(n) != usual.index(n):
            return (
                f"{n} takes form {rule.index(n)}, but in gettext's rule for this "
                f"language form {usual.index(n)}"
            )
    return None


def _messages(entries: Sequence[Entry], report: _Reporter) -> dict[Key, Message]:
    twice = _duplicates(entries, report)
    return {
        entry.key: _message(entry, report)
        for entry in entries
        if entry.key not in twice and not _is_too_long(entry, report)
    }


def _duplicates(entries: Iterable[Entry], report: _Reporter) -> frozenset[Key]:
    first: dict[Key, Entry] = {}
    twice = set()
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before is entry:
            continue
        twice.add(entry.key)
        report(
            "duplicate-message",
            f"the message is already in line {before.msgid_line}",
            "delete one of the two",
            piece=entry.pieces[0][0],
            key=entry.key,
            notes=(f"first in: {report.file}:{before.msgid_line}",),
        )
    return frozenset(twice)


def _is_too_long(entry: Entry, report: _Reporter) -> bool:
    length = max(map(len, (entry.msgid, entry.plural or "", *entry.msgstrs)))
    if length <= MAX_TEXT:
        return False
    report(
        "message-too-long",
        f"the message has {length} characters; the limit is {MAX_TEXT}",
        "split it, or delete what does not belong in it",
        piece=Piece(entry.line, 1, ""),
        key=Key(None, entry.msgid[:100]),
    )
    return True


def _message(entry: Entry, report: _Reporter) -> Message:
    return Message(
        key=entry.key,
        plural=entry.plural,
        msgstrs=entry.msgstrs,
        fuzzy=entry.fuzzy,
        line=entry.line,
        msgstr_lines=tuple(pieces[0].line for pieces in entry.pieces),
        flags=entry.flags,
        exempt=tuple(_exemptions(entry, report)),
        comments=entry.comments,
        pieces=entry.pieces,
    )


def _exemptions(entry: Entry, report: _Reporter) -> Iterable[tuple[str, str]]:
    for comment in entry.comments:
        match = _ALLOW.fullmatch(comment)
        if match is None:
            continue
        reason = (match[2] or "").strip()
        if reason:
            yield match[1], reason
        else:
            report(
                "exemption-without-reason",
                f"`allow {match[1]}` gives no reason",
                f"write `# handouts: allow {match[1]}: the reason`",
                piece=Piece(entry.line, 1, f"#{comment}"),
                key=entry.key,
                severity=Severity.WARNING,
            )
