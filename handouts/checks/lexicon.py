"""Word lists as patterns: does a text say "not", "at least", "until" …?

Texts and entries are folded alike first (`folded`), so that spelling variants which
change no meaning (vowel points, nukta, joiners, forms of alef) do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from handouts.checks.text import FILLER, Kind, Parsed
from handouts.languages import WordLists, word_lists

__all__ = [
    "ENGLISH",
    "English",
    "Lexicon",
    "english_words",
    "folded",
    "lexicon",
    "literals",
    "pattern_parts",
    "plain",
    "sentences",
]

# What `\w` leaves out though it belongs to a word: combining marks (Unicode: Mn, Mc).
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0957\u0962\u0963\u0981\u0982\u09bc-\u09d7\u09e2\u09e3\u0a01-\u0a51"
    "\u0a81-\u0acd\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u17b4-\u17d3\u102b-\u103e"
)
_LETTER: Final = r"\w"
_LETTER_OR_MARK: Final = rf"[\w{_MARKS}]"
_MARK: Final = re.compile(f"[{_MARKS}]")
_GAP: Final = r"[^.!?\u3002\u061f\u0964\u17d4\n]{0,40}?"

_DELETED: Final = (
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A),
    *range(0x064B, 0x0653), *range(0x0591, 0x05BE), 0x00AD, 0x0640, 0x0670, 0x05BF,
    0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7, 0x093C, 0x09BC, 0x0307, 0xFEFF,
)  # fmt: skip
_REPLACED: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ۀ": "ه",
    "’": "'", "‘": "'", "ʼ": "'", "ё": "е", "ş": "ș", "ţ": "ț", "ı": "i", "\u05be": "-",
    "\u2010": "-", "\u2011": "-",
}  # fmt: skip
_FOLD: Final = dict.fromkeys(_DELETED) | str.maketrans(_REPLACED)
_CUTS: Final = re.compile(
    r"""(?<=[\u3002\u061f\u0964\u0965\u17d4\u17d5])\s*
    | (?<=[\w)\]"'»”%][\w)\]"'»”%\ufffc][.!?])["'»”)\]]*(?:\s+|$)
    | (?<=[!?])(?=[\u3000-\u9fff\uac00-\ud7af])""",
    re.VERBOSE,
)
_RAW: Final = "re:"
_ENGLISH_WORD: Final = re.compile(r"n't|[a-z]+|\d+")
_LONG_WORD: Final = re.compile(r"[a-z]{4,}")
_NOTHING: Final[frozenset[str]] = frozenset()
_LITERAL: Final = re.compile(r"[^*… ]+")


def folded(text: str) -> str:
    """Return `text` in lower case, without what does not change a word."""
    return unicodedata.normalize("NFKC", text.lower()).translate(_FOLD)


@lru_cache(maxsize=4096)
def plain(text: Parsed) -> str:
    """Return the folded text: tags taken out, each placeholder one `FILLER`."""
    if not text.tokens:
        return folded(text.raw)
    parts: list[str] = []
    at = 0
    for token in text.tokens:
        parts.append(text.raw[at : token.start])
        if token.kind in {Kind.PLACEHOLDER, Kind.BRACE, Kind.PRINTF}:
            parts.append(FILLER)
        elif token.kind is not Kind.TAG:
            parts.append(text.visible[token.start : token.end].rstrip(FILLER))
        at = token.end
    return folded("".join((*parts, text.raw[at:])))


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a plain text, as far as its full stops tell."""
    return tuple(part for part in _CUTS.split(text) if part and not part.isspace())


class Lexicon:
    """The word lists of one language, each compiled when it is first asked for."""

    def __init__(self, lists: WordLists) -> None:
        self.lists = lists
        self._senses: dict[str, _Words | None] = {}
        self._exceptions: dict[str, _Words | None] = {}
        self._numbers: dict[str, _Words] = {}
        self._claims: _Words | None = None

    def says(self, text: str, *senses: str) -> bool:
        """True if the plain `text` has a word of one of `senses`."""
        for sense in senses:
            words = self._sense(sense)
            if words is None or not words.may_be_in(text):
                continue
            if words.search(self._without_exceptions(text, sense)):
                return True
        return False

    def count(self, text: str, *senses: str) -> int:
        """Return how many words of `senses` the plain `text` has, each counted once."""
        places: set[int] = set()
        for sense in senses:
            words = self._sense(sense)
            if words is not None and words.may_be_in(text):
                places |= words.ends(self._without_exceptions(text, sense))
        return len(places)

    def has_list(self, sense: str) -> bool:
        """True if the language has words for `sense`."""
        return bool(self.lists.senses.get(sense))

    def says_number(self, text: str, value: str) -> bool:
        """True if `text` has a word for `value`, written as in the lists (`1/2`)."""
        words = self._numbers.get(value)
        if words is None:
            words = _Words(self.lists.numbers.get(value, ()), self.lists)
            self._numbers[value] = words
        return words.may_be_in(text) and words.search(text)

    def claims(self, sentence: str) -> Iterator[re.Match[str]]:
        """Yield the claims that a leaflet must not make."""
        if self._claims is None:
            self._claims = _Words(self.lists.claims, self.lists)
        if self._claims.may_be_in(sentence):
            yield from self._claims.pattern.finditer(sentence)

    def _sense(self, sense: str) -> _Words | None:
        if sense not in self._senses:
            entries = self.lists.senses.get(sense)
            self._senses[sense] = _Words(entries, self.lists) if entries else None
        return self._senses[sense]

    def _without_exceptions(self, text: str, sense: str) -> str:
        if sense not in self._exceptions:
            entries = self.lists.exceptions.get(sense)
            self._exceptions[sense] = _Words(entries, self.lists) if entries else None
        words = self._exceptions[sense]
        if words is None or not words.may_be_in(text):
            return text
        return words.pattern.sub(FILLER, text)


class _Words:
    """One list as one pattern, with a quick look beforehand whether it can match."""

    def __init__(self, entries: Iterable[str], lists: WordLists) -> None:
        entries = tuple(entries)
        self.pattern = re.compile("|".join(pattern_parts(entries, lists)) or r"(?!)")
        raw = any(entry.startswith(_RAW) for entry in entries)
        self._literals = () if raw else literals(entries)

    def may_be_in(self, text: str) -> bool:
        """False if no entry can stand in `text`."""
        if not self._literals:
            return True
        for word in self._literals:  # noqa: SIM110  # a loop is twice as fast here
            if word in text:
                return True
        return False

    def search(self, text: str) -> bool:
        """True if an entry stands in `text`."""
        return self.pattern.search(text) is not None

    def ends(self, text: str) -> set[int]:
        """Return where entries end in `text`, counted from its end.

        Exceptions shorten a text, mostly before the word that is looked for.
        """
        return {len(text) - match.end() for match in self.pattern.finditer(text)}


def pattern_parts(entries: Iterable[str], lists: WordLists) -> list[str]:
    """Return one expression for each entry and each particle it may begin with."""
    found: dict[str, None] = {}
    letter = _letter(lists)
    for entry in sorted(entries, key=len, reverse=True):
        if entry.startswith(_RAW):
            found[_fold_pattern(entry.removeprefix(_RAW))] = None
            continue
        for prefix in ("", *lists.prefixes):
            found[_expression(folded(prefix + entry), letter, spaced=lists.spaced)] = None
    return list(found)


@lru_cache(maxsize=64)
def _letter(lists: WordLists) -> str:
    """Return the class of what words are made of: marks only where words have some."""
    words = "".join(entry for found in lists.senses.values() for entry in found)
    return _LETTER_OR_MARK if _MARK.search(folded(words)) else _LETTER


def _fold_pattern(expression: str) -> str:
    return unicodedata.normalize("NFKC", expression).translate(_FOLD)


def _expression(entry: str, letter: str, *, spaced: bool) -> str:
    """Return the pattern of one entry; its first letter leads, for a quick search."""
    # What NFKC makes of `…` is `...`; entries have no other three full stops.
    parts = re.split(r"(\*|\.\.\.| )", entry)
    body = "".join(_piece(part, letter) for part in parts)
    if not spaced:
        return body
    end = "" if entry.endswith("*") else rf"(?!{letter})"
    if entry.startswith("*") or not re.match(letter, entry):
        return body.removeprefix(f"{letter}*") + end
    first = re.escape(entry[0])
    return rf"{first}(?<!{letter}{first}){body[len(first) :]}{end}"


def _piece(part: str, letter: str) -> str:
    match part:
        case "*":
            return f"{letter}*"
        case "...":
            return _GAP
        case " ":
            return r"\s+"
        case _:
            return re.escape(part)


def literals(entries: Iterable[str]) -> tuple[str, ...]:
    """Return letters one of which a text with one of `entries` has; none is raw."""
    words = {_literal(entry) for entry in entries}
    return tuple(sorted(w for w in words if not any(o in w for o in words if o != w)))


def _literal(entry: str) -> str:
    return folded(max(_LITERAL.findall(entry), key=len))


class English(Lexicon):
    """The lexicon of the source: asked for every message, so by its words first."""

    def __init__(self, lists: WordLists) -> None:
        super().__init__(lists)
        self._whole: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        for sense, entries in lists.senses.items():
            for entry in entries:
                self._register(sense, entry)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def says(self, text: str, *senses: str) -> bool:
        """True if the plain `text` has a word of one of `senses`."""
        likely = self.senses_of_words(text)
        return any(s in likely and super(English, self).says(text, s) for s in senses)

    @lru_cache(maxsize=4096)  # noqa: B019  # there is one English
    def senses_of_words(self, text: str) -> frozenset[str]:
        """Return the classes that `text` may say something of, by its single words."""
        found: set[str] = set()
        for word in english_words(text):
            if senses := self._senses_of_word(word):
                found |= senses
        return frozenset(found)

    @lru_cache(maxsize=4096)  # noqa: B019  # the same
    def _senses_of_word(self, word: str) -> frozenset[str]:
        stems = (word[:length] for length in self._lengths)
        senses = (self._stems.get(stem, _NOTHING) for stem in stems)
        return frozenset().union(self._whole.get(word, _NOTHING), *senses)

    def _register(self, sense: str, entry: str) -> None:
        if entry.startswith(_RAW):
            for word in _LONG_WORD.findall(entry):
                self._whole.setdefault(word, set()).add(sense)
            return
        first = _ENGLISH_WORD.findall(entry)[0]
        words = self._stems if f"{first}*" in entry else self._whole
        words.setdefault(first, set()).add(sense)


@lru_cache(maxsize=4096)
def english_words(text: str) -> frozenset[str]:
    """Return the words of an English plain text; `don't` as `do` and `n't`."""
    return frozenset(_ENGLISH_WORD.findall(text.replace("n't", " n't")))


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the lexicon of `language` (`es`), or None if it has no lists."""
    lists = word_lists(language)
    if lists is None:
        return None
    return English(lists) if language == "en" else Lexicon(lists)


def _english() -> English:
    found = lexicon("en")
    assert isinstance(found, English)
    return found


ENGLISH: Final = _english()
