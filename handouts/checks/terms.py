"""The glossary's terms: is one in the English, and its translation in the translation?

Inflection is allowed for, as each script lets one: words that take endings are held by
their beginnings, the longer the word the more of it; small words written on to the front
(Arabic, Hebrew) are taken off first; where no spaces part words, the letters must stand
there as they are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from handouts.checks.folding import folded
from handouts.checks.text import FILLER, Parsed

__all__ = ["Term", "Terms", "says_term"]

_UNSPACED: Final = frozenset({"ja", "km", "lo", "my", "th", "zh"})
_SHARE: Final = 0.6  # of a word's letters that its inflected forms keep
_SHORT: Final = 3  # so short a word is kept whole
_ENDING: Final = 3  # letters that a short word may take
_KEY: Final = 3  # letters of a word by which a term is looked for
_APART: Final = r"[\s-]+"
_WORD: Final = re.compile(
    r"[^\s.,;:!?()\[\]{}<>«»“”„‘’\"'/|%+…،؛؟।。、，：；！？（）「」『』\u2013\u2014\ufffc-]+"
)
# What is written on to the front of a word: "and", "in", "for", "that", the article.
_FRONTS: Final = {
    "ar": ("و ف", "ب ك ل ال بال كال لل"),
    "he": ("ו", "ה ב כ ל מ ש שה מה כש"),
}
_ARTICLES: Final = ("ال", "لل", "ה")  # before them a word is one, however short
_LEAST: Final = 3  # letters that a word has besides what is written on to it
_LEAST_AFTER_ARTICLE: Final = 2


class Term(NamedTuple):
    """An English term and the ways to say it in one language, the first one preferred."""

    english: str
    variants: tuple[str, ...]


class Terms:
    """The terms of one language; compared by identity, since it is asked so often."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_key: dict[str, list[Term]] = {}
        for term in sorted(terms, key=lambda one: -len(one.english)):
            words = _words(folded(term.english))
            if words and term.variants:
                key = max(words, key=len)[:_KEY]
                self._by_key.setdefault(key, []).append(term)
        self._keys = frozenset(self._by_key)

    def in_english(self, source: Parsed) -> tuple[Term, ...]:
        """Return the terms of an English text; what stands in a longer one is none."""
        keys = self._keys.intersection([word[:_KEY] for word in source.words])
        likely = [one for key in keys for one in self._by_key[key]]
        return tuple(_found(likely, source.plain, source.raw)) if likely else ()


def _found(likely: Iterable[Term], text: str, raw: str) -> Iterator[Term]:
    """Yield the terms of `text`, the longest first."""
    for term in sorted(likely, key=lambda one: (-len(one.english), one.english)):
        if term.english.isupper() and term.english not in raw:
            continue  # an abbreviation is no word: CAT is no cat
        left = _english(term.english).sub(lambda match: FILLER * len(match[0]), text)
        if left != text:
            yield term
            text = left


@lru_cache(maxsize=1024)
def _english(term: str) -> re.Pattern[str]:
    """Return the pattern of an English term with its inflected forms."""
    words = _APART.join(map(_inflected, _words(folded(term))))
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _inflected(word: str) -> str:
    if len(word) <= _SHORT:
        return rf"{re.escape(word)}s?"
    if word.endswith("y"):
        return rf"{re.escape(word[:-1])}(?:y|ie[sd]|ying|ily)"
    stem = re.escape(word.removesuffix("s").removesuffix("e"))
    return rf"{stem}(?:e?s|e|e?d|ing|ly)?"


def says_term(text: Parsed, term: Term, language: str) -> bool:
    """True if a translation has one of the variants of `term`, in whatever form."""
    shown = text.plain
    if language in _UNSPACED:
        joined = "".join(shown.split())
        return any(
            all(part in joined for part in _words(folded(variant)))
            for variant in term.variants
        )
    found = _bare_words(shown, language)
    return any(_says(found, variant, language) for variant in term.variants)


def _says(found: frozenset[str], variant: str, language: str) -> bool:
    return all(
        any(_is_form(bare, one) for bare in _bare(word, language) for one in found)
        for word in _content_words(variant)
    )


def _content_words(variant: str) -> list[str]:
    """Return the words of a variant, without small ones such as "of" and "in"."""
    words = _words(folded(variant))
    return [word for word in words if len(word) >= _SHORT] or words


@lru_cache(maxsize=1024)
def _bare_words(text: str, language: str) -> frozenset[str]:
    """Return the words of a text, with and without what is written on to them."""
    return frozenset(one for word in _words(text) for one in _bare(word, language))


def _bare(word: str, language: str) -> tuple[str, ...]:
    """Return a word, and what is left of it without each front that it may have."""
    return (
        word,
        *(
            word[len(front) :]
            for front in _fronts(language)
            if word.startswith(front)
            and len(word) - len(front)
            >= (_LEAST_AFTER_ARTICLE if front.endswith(_ARTICLES) else _LEAST)
        ),
    )


@cache
def _fronts(language: str) -> tuple[str, ...]:
    ands, others = _FRONTS.get(language, ("", ""))
    return tuple(
        front
        for one in ("", *ands.split())
        for other in ("", *others.split())
        if (front := one + other)
    )


def _is_form(word: str, found: str) -> bool:
    """True if `found` may be a form of `word`."""
    kept = _kept(word)
    if len(word) <= _SHORT and len(found) > len(word) + _ENDING:
        return False
    return found[:kept] == word[:kept]


def _kept(word: str) -> int:
    """Return how many of its first letters a form of `word` keeps."""
    if len(word) <= _SHORT:
        return len(word)
    return max(_SHORT, math.ceil(len(word) * _SHARE))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
