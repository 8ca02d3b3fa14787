"""WRITE: messages → POT and PO files, laid out as `msgcat --no-wrap` lays them out.

No clock is asked, and no POT-Creation-Date given (an empty one stops Babel): the same
messages give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from handouts.atomic import write_atomically
from handouts.catalog.alike import OldTexts
from handouts.catalog.drafts import Draft
from handouts.catalog.model import Key, SourceMessage
from handouts.catalog.plurals import parse_plural_forms
from handouts.catalog.po import Entry
from handouts.catalog.read import read_entries
from handouts.diagnostics import Diagnostic, Sink

__all__ = ["Update", "init_catalog", "update_catalog", "write_pot"]

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)s")
_PLURAL_FORMS: Final = re.compile(r"^Plural-Forms:(.*)$", re.MULTILINE)
_TITLE: Final = "Messages of the handouts' templates."
_TITLE_OF: Final = "Translation of the handouts: {locale}."


class Update(NamedTuple):
    """What an update did: how many messages of each sort there are now."""

    kept: int
    fuzzy: int
    new: int
    obsolete: int


def write_pot(sources: Sequence[SourceMessage], path: Path, *, version: str) -> None:
    """Write the template of all catalogs; the file is replaced in one step."""
    header = _header(
        {
            "Project-Id-Version": f"handouts {version}",
            "Report-Msgid-Bugs-To": "",
            "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
            "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
            "Language-Team": "LANGUAGE",
            "Language": "",
        },
        title=_TITLE,
    )
    header.flags = ["fuzzy"]
    _write(path, [header, *(_entry(source, forms=2) for source in sources)])


def init_catalog(
    sources: Sequence[SourceMessage],
    path: Path,
    *,
    locale: str,
    plural_forms: str,
    version: str,
    sink: Sink,
) -> bool:
    """Write a new, empty catalog; True if done.

    A file that is there already is left alone and reported as `catalog-exists`.

    Raises:
        ValueError: `plural_forms` is no Plural-Forms header.
    """
    rule = parse_plural_forms(plural_forms)
    if path.exists():
        sink.report(
            Diagnostic(
                code="catalog-exists",
                message="there is a catalog for this locale already",
                hint="`update` brings it up to date",
                file=str(path),
                locale=locale,
            )
        )
        return False
    header = _header(
        {
            "Project-Id-Version": f"handouts {version}",
            "Report-Msgid-Bugs-To": "",
            "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
            "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
            "Language-Team": "LANGUAGE",
            "Language": locale,
        },
        title=_TITLE_OF.format(locale=locale),
        plural_forms=plural_forms,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, [header, *(_entry(source, forms=rule.count) for source in sources)])
    return True


def update_catalog(
    sources: Sequence[SourceMessage],
    path: Path,
    *,
    shown_as: str,
    sink: Sink,
    adds: bool = True,
) -> Update | None:
    """Bring the catalog in `path` up to date with `sources`; return what was done.

    Translations, headers and translators' comments stay. A new message that is like
    one no longer used gets its text, marked fuzzy, with the previous msgid; a message no
    longer used becomes obsolete if it was translated, and comes back when used again. A
    second run changes nothing. A catalog that cannot be read whole is reported and left
    alone: the answer is None. Without `adds`, messages that it lacks are not added.
    """
    entries = read_entries(path, shown_as=shown_as, sink=sink)
    if entries is None:
        return None
    merge = _Merge(entries, frozenset(source.key for source in sources))
    wanted = (source for source in sources if adds or merge.has(source.key))
    merged = [merge.entry(source) for source in wanted]
    unused = merge.unused()
    _write(path, [*merge.header(), *merged, *unused])
    fuzzy = sum("fuzzy" in entry.flags for entry in merged)
    new = sum(not entry.translated for entry in merged)
    return Update(
        kept=len(merged) - fuzzy - new, fuzzy=fuzzy, new=new, obsolete=len(unused)
    )


class _Merge:
    """The old entries of one catalog, and what becomes of each."""

    def __init__(self, entries: Sequence[Entry], asked: frozenset[Key]) -> None:
        self._header = [e for e in entries if not e.msgid and e.context is None][:1]
        body = [e for e in entries if e.msgid or e.context is not None]
        self._live = {entry.key: entry for entry in body if not entry.obsolete}
        self._obsolete = {entry.key: entry for entry in body if entry.obsolete}
        self._forms = _form_count(self._header)
        self._unused = {
            entry.key: entry
            for entry in (*self._obsolete.values(), *self._live.values())
            if entry.translated and entry.key not in asked
        }
        self._old_texts = OldTexts(self._unused)

    def header(self) -> list[Draft]:
        """The header as it was."""
        return [_old_entry(entry) for entry in self._header]

    def has(self, key: Key) -> bool:
        """Return True if the catalog has an entry for the message, used or obsolete."""
        return self._old(key) is not None

    def entry(self, source: SourceMessage) -> Draft:
        """The entry of a message that the templates ask for."""
        entry = _entry(source, forms=self._forms)
        old = self._old(source.key)
        if old is not None:
            _adopt(entry, old, fuzzy=old.fuzzy or old.plural != source.plural)
            if old.plural != source.plural and old.translated:
                entry.previous = (old.context, old.msgid, old.plural)
        elif key := self._old_texts.closest(source.key.msgid):
            like = self._unused[key]
            _adopt(entry, like, fuzzy=True, comments=False)
            entry.previous = (like.context, like.msgid, like.plural)
        return entry

    def _old(self, key: Key) -> Entry | None:
        """The entry that stood for a message: an obsolete one if only that has text."""
        live, obsolete = self._live.get(key), self._obsolete.get(key)
        return obsolete if obsolete and not (live and live.translated) else live

    def unused(self) -> list[Draft]:
        """The translated entries that no template asks for, as obsolete ones."""
        return [_obsolete(entry) for entry in self._unused.values()]


def _form_count(header: Sequence[Entry]) -> int:
    found = _PLURAL_FORMS.search(header[0].msgstrs[0]) if header else None
    try:
        return parse_plural_forms(found[1]).count if found else 2
    except ValueError:
        return 2


def _header(
    values: Mapping[str, str], *, title: str, plural_forms: str | None = None
) -> Draft:
    values = {
        **values,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **({"Plural-Forms": plural_forms} if plural_forms else {}),
    }
    text = "".join(f"{name}: {value}\n" for name, value in values.items())
    return Draft(msgid="", msgstrs=(text,), comments=(title,))


def _entry(source: SourceMessage, *, forms: int) -> Draft:
    texts = (source.key.msgid, source.plural or "")
    return Draft(
        context=source.key.context,
        msgid=source.key.msgid,
        plural=source.plural or None,
        msgstrs=("",) * (forms if source.plural else 1),
        # To gettext a backslash at the end of a comment joins it to the next line.
        extracted=tuple(one.rstrip("\\ ") for one in source.comments),
        references=source.references,
        flags=["python-format"] if any(map(_PLACEHOLDER.search, texts)) else [],
    )


def _adopt(entry: Draft, old: Entry, *, fuzzy: bool, comments: bool = True) -> None:
    """Give `entry` the text of `old`, whether either has a plural or not."""
    if entry.plural is None:
        entry.msgstrs = old.msgstrs[-1:] or ("",)
    elif old.plural is None:
        entry.msgstrs = (old.msgstrs or ("",))[:1] * len(entry.msgstrs)
    else:
        lacking = len(entry.msgstrs) - len(old.msgstrs)
        entry.msgstrs = (*old.msgstrs, *[""] * lacking)
    if comments:
        entry.comments = old.comments
        entry.previous = old.previous
    if fuzzy and old.translated:
        entry.flags.insert(0, "fuzzy")


def _obsolete(old: Entry) -> Draft:
    entry = _old_entry(old)
    entry.obsolete = True
    return entry


def _old_entry(old: Entry) -> Draft:
    """Return `old` as it is, to be written once more."""
    return Draft(
        context=old.context,
        msgid=old.msgid,
        plural=old.plural,
        msgstrs=old.msgstrs,
        extracted=old.extracted,
        comments=old.comments,
        flags=list(old.flags),
        previous=old.previous,
    )


def _write(path: Path, entries: Iterable[Draft]) -> None:
    """Write `entries`, if the file does not say them already."""
    data = "\n".join(entry.text for entry in entries).encode()
    if path.is_file() and path.read_bytes() == data:
        return
    write_atomically(path, data)
