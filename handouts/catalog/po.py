"""The syntax of PO files: text → entries that know where each string stands.

polib is not used: it tells no line of a msgstr, takes the last character for a missing
closing quote, loses the last entry before a bare comment, refuses `#comment`, and opens
the file that its input happens to name. Nothing here is lost: obsolete entries and every
kind of comment are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from handouts.catalog.model import Key, Piece

__all__ = ["Entry", "Fault", "parse_po", "unescape"]

_STRING: Final = re.compile(r'(?:(msg[a-z_]+)(?:\[([0-9]{1,2})\])?)?[ \t]*"(.*)"[ \t]*$')
_CONTENT: Final = re.compile(r'[^"\\]*(?:\\[ntrvbfa\\"][^"\\]*)*')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {
    "n": "\n", "t": "\t", "r": "\r", "v": "\v", "b": "\b", "f": "\f", "a": "\a",
}  # fmt: skip
_REST: Final = re.compile(r'(#~\s*)?("|msgstr|msgid_plural)')
_CONFLICT: Final = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
_FIELDS: Final = {"msgctxt": 0, "msgid": 1, "msgid_plural": 2}
_UNCLOSED: Final = ("the string has no closing quote", 'end the line with `"`')
_MAX_FAULTS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A place where the text is no PO: `column` counts from 1."""

    line: int
    column: int
    message: str
    hint: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as it stands in the file; `line` is its first, comments included.

    `previous` is msgctxt, msgid and msgid_plural of `#|` lines.
    """

    line: int
    msgid_line: int
    context: str | None
    msgid: str
    plural: str | None
    msgstrs: tuple[str, ...]
    pieces: tuple[tuple[Piece, ...], ...]
    obsolete: bool
    comments: tuple[str, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: tuple[str, ...]
    previous: tuple[str | None, str | None, str | None]

    @property
    def key(self) -> Key:
        """What identifies it."""
        return Key(self.context, self.msgid)

    @property
    def fuzzy(self) -> bool:
        """True if a translator has yet to confirm it."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """True if any form has text."""
        return any(self.msgstrs)


@dataclass(slots=True)
class _Draft:
    """An entry while its lines come in."""

    line: int
    fields: list[list[str] | None] = field(default_factory=lambda: [None, None, None])
    previous: list[list[str] | None] = field(default_factory=lambda: [None, None, None])
    msgstrs: list[list[str]] = field(default_factory=list)
    pieces: list[list[Piece]] = field(default_factory=list)
    msgid_line: int = 0
    obsolete: bool = False
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def finished(self) -> Entry:
        context, msgid, plural = (_joined(part) for part in self.fields)
        before = tuple(_joined(part) for part in self.previous)
        return Entry(
            line=self.line,
            msgid_line=self.msgid_line,
            context=context,
            msgid=msgid or "",
            plural=plural,
            msgstrs=tuple("".join(parts) for parts in self.msgstrs),
            pieces=tuple(tuple(pieces) for pieces in self.pieces),
            obsolete=self.obsolete,
            comments=tuple(self.comments),
            extracted=tuple(self.extracted),
            references=tuple(self.references),
            flags=tuple(dict.fromkeys(self.flags)),
            previous=(before[0], before[1], before[2]),
        )


class _NotPoError(Exception):
    """A line that is no PO; args: message, hint."""


def parse_po(text: str) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    r"""Return the entries of `text`, in order, and the places where it is no PO.

    Lines end with `\n`. With any fault the entries are what could be made out, and
    should not be printed from. The header, if any, is an entry with an empty msgid.
    """
    parser = _Parser()
    for number, line in enumerate(text.split("\n"), 1):
        parser.take(number, line)
        if len(parser.faults) >= _MAX_FAULTS:
            break
    parser.end()
    return tuple(parser.entries), tuple(parser.faults)


def unescape(raw: str) -> str:
    """Return the characters that the inside of a quoted string stands for."""
    if "\\" not in raw:
        return raw
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[1]), raw)


class _Parser:
    """Takes one line after another; keeps what it found and what it could not read."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self._draft: _Draft | None = None
        self._open: list[str] | None = None
        self._last = (0, "")
        self._broken = False

    def take(self, number: int, line: str) -> None:
        """Read one line; a bad one becomes a fault and the next lines are tried."""
        content = line.strip(" \t")
        if not content:
            return
        self._last = (number, line)
        if self._broken and _REST.match(content):
            return  # belongs to the entry that is reported already
        self._broken = False
        try:
            if content[0] == "#":
                self._comment(number, line, content)
            else:
                self._string(number, line, content, obsolete=False)
        except _NotPoError as fault:
            self._fault(number, line, fault)

    def end(self) -> None:
        """Close the last entry."""
        self._close(*self._last)

    def _fault(self, number: int, line: str, fault: _NotPoError) -> None:
        message, hint = fault.args
        column = len(line) - len(line.lstrip(" \t")) + 1
        self.faults.append(
            Fault(line=number, column=column, message=message, hint=hint, quote=line)
        )
        self._draft, self._open, self._broken = None, None, True

    def _close(self, number: int, line: str) -> None:
        draft, self._draft, self._open = self._draft, None, None
        if draft is None or not (draft.msgid_line or any(draft.fields)):
            return  # comments that belong to no message
        if draft.msgid_line and draft.msgstrs:
            self.entries.append(draft.finished())
        else:
            missing = "msgstr" if draft.msgid_line else "msgid"
            self._fault(
                number,
                line,
                _NotPoError(
                    f"the entry of line {draft.line} has no {missing}",
                    "is the file cut off? restore it, or delete the unfinished entry",
                ),
            )

    def _current(self, number: int, line: str, *, begins: bool) -> _Draft:
        """Return the entry under way; a new one if `begins` and the last is whole."""
        if self._draft is not None and begins and self._draft.msgstrs:
            self._close(number, line)
        if self._draft is None:
            self._draft = _Draft(line=number)
        return self._draft

    def _comment(self, number: int, line: str, content: str) -> None:
        kind = content[1:2]
        if kind == "~":
            self._obsolete(number, line, content[2:].strip(" \t"))
            return
        if kind == "|":
            self._previous(number, line, content[2:].strip(" \t"))
            return
        draft = self._current(number, line, begins=True)
        self._open = None
        _add_comment(draft, kind, content)

    def _obsolete(self, number: int, line: str, content: str) -> None:
        if content.startswith("|"):
            self._previous(number, line, content[1:].strip(" \t"))
        elif content.startswith(("msg", '"')):
            self._string(number, line, content, obsolete=True)
        else:
            _add_comment(self._current(number, line, begins=True), "", f"# {content}")

    def _previous(self, number: int, line: str, content: str) -> None:
        match = _STRING.match(content)
        keyword = match[1] if match else None
        if match is None or (keyword is not None and keyword not in _FIELDS):
            raise _NotPoError(
                "a `#|` line holds no msgctxt, msgid or msgid_plural", "delete the line"
            )
        if keyword is None:
            self._continue(_checked(match[3]))
            return
        draft = self._current(number, line, begins=True)
        draft.previous[_FIELDS[keyword]] = self._open = [unescape(_checked(match[3]))]

    def _continue(self, raw: str) -> None:
        if self._open is None:
            raise _NotPoError(
                "a quoted string follows no keyword", "put msgid or msgstr before it"
            )
        self._open.append(unescape(raw))

    def _string(self, number: int, line: str, content: str, *, obsolete: bool) -> None:
        match = _STRING.match(content)
        if match is None:
            raise _unreadable(content)
        keyword, index, raw = match[1], match[2], _checked(match[3])
        if keyword is None:
            self._more(number, line, raw)
        elif keyword in _FIELDS and index is None:
            self._field(number, line, keyword, raw, obsolete=obsolete)
        elif keyword == "msgstr":
            self._msgstr(number, line, index, raw)
        else:
            raise _NotPoError(
                f"`{keyword}` is not a keyword here",
                "the keywords are msgctxt, msgid, msgid_plural, msgstr and msgstr[0]",
            )

    def _more(self, number: int, line: str, raw: str) -> None:
        draft = self._draft
        self._continue(raw)
        if draft is not None and draft.msgstrs and self._open is draft.msgstrs[-1]:
            draft.pieces[-1].append(_piece(number, line))

    def _field(
        self, number: int, line: str, keyword: str, raw: str, *, obsolete: bool
    ) -> None:
        draft = self._current(number, line, begins=keyword != "msgid_plural")
        place = _FIELDS[keyword]
        if any(part is not None for part in draft.fields[place:]) or draft.msgstrs:
            raise _NotPoError(
                f"`{keyword}` comes where a msgstr should",
                "is a part of the file missing? each msgid needs its msgstr",
            )
        draft.fields[place] = self._open = [unescape(raw)]
        if keyword == "msgid":
            draft.msgid_line, draft.obsolete = number, obsolete

    def _msgstr(self, number: int, line: str, index: str | None, raw: str) -> None:
        draft = self._draft
        if draft is None or not draft.msgid_line:
            raise _NotPoError("a msgstr follows no msgid", "put its msgid before it")
        plural = draft.fields[2] is not None
        wanted = f"msgstr[{len(draft.msgstrs)}]" if plural else "msgstr"
        found = "msgstr" if index is None else f"msgstr[{int(index)}]"
        if found != wanted or (draft.msgstrs and not plural):
            raise _NotPoError(
                f"`{found}` comes where `{wanted}` should",
                "put the forms in order: msgstr[0], msgstr[1] and so on",
            )
        self._open = [unescape(raw)]
        draft.msgstrs.append(self._open)
        draft.pieces.append([_piece(number, line)])


def _joined(parts: list[str] | None) -> str | None:
    return None if parts is None else "".join(parts)


def _add_comment(draft: _Draft, kind: str, content: str) -> None:
    if kind in {",", "="}:  # `#=`: gettext 0.24 and later
        draft.flags += [flag.strip() for flag in content[2:].split(",") if flag.strip()]
    elif kind == ":":
        draft.references += content[2:].split()
    elif kind == ".":
        draft.extracted.append(content[2:].removeprefix(" "))
    else:
        draft.comments.append(content[1:].removeprefix(" "))


def _piece(number: int, line: str) -> Piece:
    return Piece(number, line.index('"') + 2, line)


def _checked(raw: str) -> str:
    """Return `raw`, the inside of a quoted string, if it may stand in one."""
    match = _CONTENT.match(raw)
    if match is not None and match.end() == len(raw):
        return raw
    rest = raw[match.end() :] if match else raw
    if rest == "\\":
        raise _NotPoError(*_UNCLOSED)
    if rest.startswith('"'):
        raise _NotPoError("a quote inside the string is not escaped", 'write it as `\\"`')
    raise _NotPoError(
        f"`{rest[:2]}` is not an escape that a PO file may hold",
        "write a backslash of the text as `\\\\`",
    )


def _unreadable(content: str) -> _NotPoError:
    if _CONFLICT.match(content):
        return _NotPoError(
            "a merge left its conflict mark here", "resolve the conflict, keep one side"
        )
    if '"' in content:
        return _NotPoError(*_UNCLOSED)
    return _NotPoError(
        "this is neither a keyword, a quoted string nor a comment",
        "delete the line, or put `# ` before it",
    )
