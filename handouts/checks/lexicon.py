"""Word lists as patterns: does a text say "not", "at least", "until" …?

Texts and entries are folded alike first (`folded`), so that spelling variants which
change no meaning (vowel points, nukta, joiners, forms of alef) do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from typing import Final

from handouts.checks.folding import ENGLISH_WORD, FOLD, english_words, folded
from handouts.checks.text import FILLER
from handouts.languages import WordLists, word_lists

__all__ = [
    "ENGLISH",
    "English",
    "Lexicon",
    "lexicon",
    "literals",
    "pattern_parts",
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

_FIRST: Final = re.compile(r"\w")
_RAW: Final = "re:"
_LONG_WORD: Final = re.compile(r"[a-z]{4,}")
_NOTHING: Final[frozenset[str]] = frozenset()
_LITERAL: Final = re.compile(r"[^*… ]+")


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

    def may_say(self, text: str, *senses: str) -> bool:
        """False if no part of `text` says one of `senses`: a quick look."""
        for sense in senses:
            words = self._sense(sense)
            if words is not None and words.may_be_in(text):
                return True
        return False

    def count(self, text: str, *senses: str) -> int:
        """Return how many words of `senses` the plain `text` has.

        Words that overlap count as one: a phrase of one class may hold a word of another.
        """
        places: list[tuple[int, int]] = []
        for sense in senses:
            words = self._sense(sense)
            if words is not None and words.may_be_in(text):
                places += words.spans(self._without_exceptions(text, sense))
        found = end = 0
        for start, stop in sorted(places):
            found += start >= end
            end = max(end, stop)
        return found

    def begins(self, text: str, *senses: str) -> bool:
        """True if the first word of the plain `text` is one of `senses`."""
        first = _FIRST.search(text)
        words = map(self._sense, senses)
        return first is not None and any(
            one.pattern.match(text, first.start()) for one in words if one is not None
        )

    def without(self, text: str, *senses: str) -> str:
        """Return the plain `text` with the words of `senses` taken out."""
        for sense in senses:
            words = self._sense(sense)
            if words is not None and words.may_be_in(text):
                text = words.pattern.sub(_blank, text)
        return text

    def has_list(self, sense: str) -> bool:
        """True if the language has words for `sense`."""
        return bool(self.lists.senses.get(sense))

    @lru_cache(maxsize=1024)  # noqa: B019  # there is one lexicon for each language
    def values(self, text: str) -> tuple[tuple[int, int, Fraction], ...]:
        """Return (start, end, value) of each number in words, the longest word counts.

        Eight is "five-three" in Khmer, twenty "two ten" in Thai: a word inside another
        is no number of its own.
        """
        spans = [
            (start, end, Fraction(value))
            for value, words in self._number_words()
            if words.may_be_in(text)
            for start, end in words.spans(text)
        ]
        return tuple(
            (start, end, value)
            for start, end, value in sorted(spans)
            if not any(
                a <= start and end <= b and (a, b) != (start, end) for a, b, _ in spans
            )
        )

    def _number_words(self) -> Iterator[tuple[str, _Words]]:
        for value, entries in self.lists.numbers.items():
            if value not in self._numbers:
                self._numbers[value] = _Words(entries, self.lists)
            yield value, self._numbers[value]

    def says_number(self, text: str, value: str) -> bool:
        """True if `text` has a word for `value`, written as in the lists (`1/2`)."""
        words = self._numbers.get(value)
        if words is None:
            words = _Words(self.lists.numbers.get(value, ()), self.lists)
            self._numbers[value] = words
        return words.may_be_in(text) and words.search(text)

    def may_claim(self, text: str) -> bool:
        """False if no part of `text` makes a claim: a quick look."""
        return self._claim_words().may_be_in(text)

    def claims(self, sentence: str) -> Iterator[re.Match[str]]:
        """Yield the claims that a leaflet must not make."""
        words = self._claim_words()
        if words.may_be_in(sentence):
            yield from words.pattern.finditer(sentence)

    def _claim_words(self) -> _Words:
        if self._claims is None:
            self._claims = _Words(self.lists.claims, self.lists)
        return self._claims

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
        return words.pattern.sub(_blank, text)


class _Words:
    """One list as one pattern, with a quick look beforehand whether it can match."""

    def __init__(self, entries: Iterable[str], lists: WordLists) -> None:
        self._entries = tuple(entries)
        self._lists = lists
        self._literals = literals(self._entries)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern; most lists have no word in any text, and need none."""
        parts = pattern_parts(self._entries, self._lists)
        return re.compile("|".join(parts) or r"(?!)")

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

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where entries stand in `text`."""
        return [match.span() for match in self.pattern.finditer(text)]


def _blank(match: re.Match[str]) -> str:
    return FILLER * len(match[0])


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
    return unicodedata.normalize("NFKC", expression).translate(FOLD)


def _expression(entry: str, letter: str, *, spaced: bool) -> str:
    """Return the pattern of one entry; its first letter leads, for a quick search."""
    # What NFKC makes of `…` is `...`; entries have no other three full stops.
    parts = re.split(r"(\*| \.\.\. |\.\.\.| )", entry)
    body = "".join(_piece(part, letter) for part in parts)
    if not spaced:
        return body
    end = "" if entry.endswith("*") else rf"(?!{letter})"
    if entry.startswith("*") or not re.match(letter, entry):
        return body.removeprefix(f"{letter}*") + end
    first = re.escape(entry[0])
    # A digit may stand before it: `24ساعة` is two words to a reader.
    free = rf"(?:(?<!{letter}{first})|(?<=\d{first}))"
    return f"{first}{free}{body[len(first) :]}{end}"


def _piece(part: str, letter: str) -> str:
    match part:
        case "*":
            return f"{letter}*"
        case " ... ":
            return rf"\s+(?:{_GAP}\s+)?"
        case "...":
            return _GAP
        case " ":
            return r"\s+"
        case _:
            return re.escape(part)


def literals(entries: Iterable[str]) -> tuple[str, ...]:
    """Return texts one of which stands wherever an entry does; none: nothing is known."""
    entries = tuple(entries)
    if any(entry.startswith(_RAW) for entry in entries):
        return ()
    return _shortest({_literal(entry) for entry in entries})


def _shortest(words: set[str]) -> tuple[str, ...]:
    """Return the words that hold no other of `words`."""
    return tuple(sorted(w for w in words if not any(o in w for o in words if o != w)))


def _literal(entry: str) -> str:
    return folded(max(_LITERAL.findall(entry), key=len))


class English(Lexicon):
    """The lexicon of the source: asked for every message, so by its words first."""

    def __init__(self, lists: WordLists) -> None:
        super().__init__(lists)
        self._whole: dict[str, frozenset[str]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        for sense, entries in lists.senses.items():
            for entry in entries:
                self._register(sense, entry)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def says(self, text: str, *senses: str) -> bool:
        """True if the plain `text` has a word of one of `senses`."""
        likely = self.senses_of_words(text)
        for sense in senses:  # a loop is twice as fast
            if sense in likely and Lexicon.says(self, text, sense):
                return True
        return False

    @lru_cache(maxsize=4096)  # noqa: B019  # there is one English
    def senses_of_words(self, text: str) -> frozenset[str]:
        """Return the classes that `text` may say something of, by its single words."""
        return _NOTHING.union(*map(self._senses_of_word, english_words(text)))

    @lru_cache(maxsize=16_384)  # noqa: B019  # there is one English
    def _senses_of_word(self, word: str) -> frozenset[str]:
        stems = (self._stems.get(word[:length], _NOTHING) for length in self._lengths)
        return self._whole.get(word, _NOTHING).union(*stems)

    def _register(self, sense: str, entry: str) -> None:
        if entry.startswith(_RAW):
            for word in _LONG_WORD.findall(entry):
                self._whole[word] = self._whole.get(word, _NOTHING) | {sense}
            return
        first = ENGLISH_WORD.findall(entry)[0]
        words = self._stems if f"{first}*" in entry else self._whole
        words[first] = words.get(first, _NOTHING) | {sense}


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
