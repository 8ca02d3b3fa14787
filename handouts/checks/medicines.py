"""Names: the right medicine, and names that no language changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.lexicon import (
    ENGLISH,
    english_words,
    folded,
    lexicon,
    pattern_parts,
    plain,
)
from handouts.diagnostics import Severity
from handouts.languages import medicine_names

__all__ = ["AlteredMedicine", "DroppedName"]

_RAW: Final = "re:"
_LENGTHS: Final = (2, 3, 4)
_START: Final = 4  # letters that tell whether to look closer
_SUBJECT: Final = "ketamine"  # what "it" stands for in these leaflets
_IT: Final = frozenset({"it", "its", "this", "them"})
_LATIN: Final = re.compile(r"[a-zà-ɏ]")
# Those whose name the lists have in every script; the others may be missing there.
_REQUIRED: Final = frozenset({"ketamine", "esketamine", "theophylline", "aminophylline"})


class AlteredMedicine:
    """The source says ketamine, the translation ketorolac."""

    code: Final = "altered-medicine"
    severity: Final = Severity.ERROR
    statement: Final = "the translation names another medicine than the source, or none"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if either text names a medicine of the list."""
        return lexicon(subject.language.language) is not None and any(
            _named(plain(text))
            for form in subject.forms
            for text in (form.text, *form.sources)
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each medicine too many or too few."""
        known = lexicon(subject.language.language) is not None
        for form in subject.forms:
            if not form.text.raw.strip():
                continue
            ours = {name for s in form.sources for name in _named(plain(s))}
            theirs = _named(plain(form.text))
            if not ours and not _IT.isdisjoint(english_words(plain(form.sources[0]))):
                theirs -= {_SUBJECT}
            for name in sorted(theirs - ours):
                yield Finding(
                    form.index, 0, 0,
                    f"translation names `{name}`, which the source does not",
                    f"write {' and '.join(sorted(ours)) or 'no medicine'} here",
                )  # fmt: skip
            if known and not theirs - ours:
                for name in sorted(ours & _REQUIRED - theirs):
                    yield Finding(
                        form.index, 0, 0,
                        f"translation does not name `{name}`",
                        f"write the name of {name} in the {form.name}",
                    )  # fmt: skip


class DroppedName:
    """A name that stays as it is in every language has been changed."""

    code: Final = "dropped-name"
    severity: Final = Severity.WARNING
    statement: Final = "the translation lacks a name that stays as it is"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English has a term that is not translated."""
        return any(
            _has(s.visible, term)
            for term in subject.keep
            for form in subject.forms
            for s in form.sources[:1]
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each such term that is missing."""
        for form in subject.forms:
            source, text = form.sources[0].visible, form.text.visible
            for term in sorted(subject.keep):
                if term in source and _has(source, term) and term not in text:
                    yield Finding(
                        form.index, 0, 0,
                        f"translation lacks `{term}`",
                        f"write `{term}` as the msgid does; the glossary says that it is "
                        "not translated",
                    )  # fmt: skip


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """Return the medicines that plain `text` names, in any script."""
    if not _may_name(text):
        return frozenset()
    found = {name for core, name in _cores() if core in text}
    return frozenset(name for name in found if _pattern(name).search(text))


@cache
def _cores() -> tuple[tuple[str, str], ...]:
    """Return (letters that a name surely has, medicine), for a quick look."""
    return tuple(
        (max(_core(entry).split(), key=len), name)
        for name, entries in medicine_names().items()
        for entry in entries
    )


def _may_name(text: str) -> bool:
    """True if some word of `text` begins as one of the names does."""
    for length, starts in _starts():
        if length < _START and text.isascii():
            continue  # so short are only names in Han signs
        shifted = (text[i:] for i in range(length))
        if not starts.isdisjoint(map("".join, zip(*shifted, strict=False))):
            return True
    return False


@cache
def _starts() -> tuple[tuple[int, frozenset[str]], ...]:
    """Return (length, how the names with so many letters or more begin)."""
    cores = [core for core, _ in _cores()]
    found = ({c[:n] for c in cores if min(len(c), _START) == n} for n in _LENGTHS)
    return tuple(
        (n, frozenset(starts)) for n, starts in zip(_LENGTHS, found, strict=True)
    )


def _core(entry: str) -> str:
    if entry.startswith(_RAW):
        entry = re.sub(r"\(\?<!.*?\)|\\w|\[.*?\]", " ", entry.removeprefix(_RAW))
    return folded(entry.replace("*", " "))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name: whole words in Latin script, else anywhere."""
    parts = []
    for entry in medicine_names()[name]:
        whole = _LATIN.match(folded(entry)) and not entry.startswith(_RAW)
        bare = entry if whole or entry.startswith(_RAW) else f"*{entry.rstrip('*')}*"
        parts += pattern_parts([bare], ENGLISH.lists)
    return re.compile("|".join(parts))


def _has(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
