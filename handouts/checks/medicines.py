"""Names: the right medicine, and names that no language changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Subject
from handouts.checks.folding import english_words, folded
from handouts.checks.lexicon import ENGLISH, lexicon, pattern_parts
from handouts.diagnostics import Severity
from handouts.languages import medicine_names

__all__ = ["AlteredMedicine", "DroppedName"]

_RAW: Final = "re:"
_START: Final = 4  # letters that tell whether to look closer
_SUBJECT: Final = "ketamine"  # what "it" stands for in these leaflets
_IT: Final = frozenset({"it", "its", "this", "them"})
_LATIN: Final = re.compile(r"[a-zà-ɏ]")
_LATIN_NAME: Final = re.compile(r"[a-zà-öø-ɏ]{4,}\*?")  # of one word, found at its start
_ACCENTED: Final = re.compile("[à-öø-ɏḀ-ỿ]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT: Final = re.compile("[\u0250-\ufffb\U00010000-\U0010ffff]")
# Scripts by the name of a letter; in Latin every name is listed.
_SCRIPTS: Final = {"Hans": "CJK", "Hant": "CJK", "Jpan": "KATAKANA", "Kore": "HANGUL",
                   "Deva": "DEVANAGARI", "Arab": "ARABIC", "Cyrl": "CYRILLIC",
                   "Hebr": "HEBREW", "Beng": "BENGALI", "Khmr": "KHMER", "Thai": "THAI",
                   "Latn": "LATIN"}  # fmt: skip


class AlteredMedicine:
    """The source says ketamine, the translation ketorolac."""

    code: Final = "altered-medicine"
    severity: Final = Severity.ERROR
    statement: Final = "the translation names another medicine than the source, or none"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if either text names a medicine of the list."""
        return lexicon(subject.language.language) is not None and any(
            _named(text.plain)
            for form in subject.forms
            for text in (form.text, *form.sources)
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each medicine too many or too few."""
        known = lexicon(subject.language.language) is not None
        for form in subject.forms:
            if not form.text.bare:
                continue
            ours = {name for s in form.sources for name in _named(s.plain)}
            theirs = _named(form.text.plain)
            if not ours and not theirs:
                continue
            if not ours and not _IT.isdisjoint(english_words(form.sources[0].plain)):
                theirs -= {_SUBJECT}
            for name in sorted(theirs - ours):
                yield Finding(
                    form.index, 0, 0,
                    f"translation names `{name}`, which the source does not",
                    f"write {' and '.join(sorted(ours)) or 'no medicine'} here",
                )  # fmt: skip
            if known and not theirs - ours:
                for name in sorted(ours - theirs):
                    if not _is_known(name, subject.language.script):
                        continue
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


@cache
def _is_known(name: str, script: str) -> bool:
    """True if the lists have the medicine's name in `script`, and so can miss it."""
    letters = _SCRIPTS.get(script)
    return letters is not None and any(
        unicodedata.name(letter, "").startswith(letters)
        for entry in medicine_names()[name]
        for letter in _core(entry)
    )


def _unaccented(text: str) -> str:
    """Return `text` with bare Latin letters: `codeína` and `codéine` as the lists do."""
    if text.isascii() or not _ACCENTED.search(text):
        return text
    return text.translate(_bare_letters())


@cache
def _bare_letters() -> dict[int, str]:
    return {
        code: unicodedata.normalize("NFD", chr(code))[0]
        for code in (*range(0xE0, 0x250), *range(0x1E00, 0x1F00))
    }


@lru_cache(maxsize=4096)
def _named(text: str) -> frozenset[str]:
    """Return the medicines that plain `text` names, in any script."""
    if not _may_name(text):
        return frozenset()
    text = _unaccented(text)
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
    """True if some word of `text` is like one of the names."""
    if True in map(_is_like_a_name, _words(text)):
        return True
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return False
    return not _looks().pairs.isdisjoint(pairwise(_unaccented(text)))


@lru_cache(maxsize=16_384)
def _is_like_a_name(word: str) -> bool:
    """True if a word begins as one of the names does, or holds one."""
    looks, bare = _looks(), _unaccented(word)
    return bare[:_START] in looks.starts or any(core in bare for core in looks.anywhere)


def _words(text: str) -> Iterable[str]:
    if text.isascii() and "'" not in text:  # so that they are those of an English text
        return english_words(text)
    return _WORD.findall(text)


class _Looks(NamedTuple):
    """What a quick look for any name looks for.

    `starts` are how words begin that are names in Latin script, `anywhere` what a name
    has that need not begin a word; `pairs` are the first two signs in other scripts.
    """

    starts: frozenset[str]
    anywhere: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


@cache
def _looks() -> _Looks:
    starts: set[str] = set()
    anywhere: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    entries = [entry for entries in medicine_names().values() for entry in entries]
    for entry in entries:
        core = max(_core(entry).split(), key=len)
        if _OTHER_SCRIPT.search(core):
            pairs.add((core[0], core[1]))
        elif _LATIN_NAME.fullmatch(folded(entry)):
            starts.add(core[:_START])
        else:
            anywhere.add(core)
    return _Looks(frozenset(starts), tuple(sorted(anywhere)), frozenset(pairs))


def _core(entry: str) -> str:
    if entry.startswith(_RAW):
        entry = re.sub(r"\(\?<!.*?\)|\\w|\[.*?\]", " ", entry.removeprefix(_RAW))
    return _unaccented(folded(entry.replace("*", " ")))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a name: whole words in Latin script, else anywhere."""
    parts = []
    for entry in medicine_names()[name]:
        whole = _LATIN.match(folded(entry)) and not entry.startswith(_RAW)
        bare = entry if whole or entry.startswith(_RAW) else f"*{entry.rstrip('*')}*"
        parts += pattern_parts([_unaccented(bare)], ENGLISH.lists)
    return re.compile("|".join(parts))


def _has(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
