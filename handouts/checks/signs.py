"""Signs: what a message surely has if a check is to find anything in it.

Most checks look for what few messages have: a placeholder, a number, a "must". The
signs of a message are found once; a check whose `signs` are none of them is not asked,
since it would find nothing. A sign is a name from below, or a class of English words
(`negation`, `at-least` …) of which the message may say something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from handouts.checks.check import Subject
from handouts.checks.lexicon import ENGLISH
from handouts.checks.text import Kind, Parsed
from handouts.checks.values import has_digits

__all__ = [
    "ADDRESS",
    "DIGITS",
    "FIELDS",
    "NUMBER_WORDS",
    "NUMERALS",
    "OUTER_SPACE",
    "PLURAL",
    "SENTENCES",
    "SIDE_WORDS",
    "TAGS",
    "UNIT_WORDS",
    "UNUSUAL",
    "WORDS",
    "signs_of",
]

TAGS: Final = "<tags>"
"""A tag, or what looks like one, stands in the translation or the English."""
FIELDS: Final = "<fields>"
"""A placeholder, or what may be meant as one, stands in either."""
DIGITS: Final = "<digits>"
"""A digit stands in either."""
NUMERALS: Final = "<numerals>"
"""A digit, or a placeholder that may be filled with one, stands in either."""
PLURAL: Final = "<plural>"
"""The message has plural forms."""
UNUSUAL: Final = "<unusual>"
"""The translation has a bracket, or a character that nobody sees."""
OUTER_SPACE: Final = "<outer-space>"
"""Space stands before or after the translation or the English."""
ADDRESS: Final = "<address>"
"""The English may have a web or mail address."""
SENTENCES: Final = "<sentences>"
"""The English has several sentences."""
UNIT_WORDS: Final = "<unit-words>"
NUMBER_WORDS: Final = "<number-words>"
SIDE_WORDS: Final = "<side-words>"

WORDS: Final[Mapping[str, frozenset[str]]] = {
    UNIT_WORDS: frozenset(
        word
        for entries in ENGLISH.lists.units.values()
        for entry in entries
        for word in entry.split()
    ),
    NUMBER_WORDS: frozenset(
        word
        for entries in ENGLISH.lists.numbers.values()
        for entry in entries
        for word in re.split("[- ]", entry)
    )
    - {"a", "and"},
    SIDE_WORDS: frozenset({"than", "above", "over", "below", "under"}),
}
"""Sign → the words one of which the English has: of units, of numbers, of limits."""

_NOTHING: Final[frozenset[str]] = frozenset()
_OUTER_SPACE: Final = frozenset({OUTER_SPACE})
_OTHER: Final = "<other>"
_BY_KIND: Final[Mapping[Kind, str]] = {
    Kind.TAG: TAGS,
    Kind.MARKUP: TAGS,
    Kind.ENTITY: _OTHER,
    Kind.PERCENT: _OTHER,
    Kind.PLACEHOLDER: FIELDS,
    Kind.BRACE: FIELDS,
    Kind.PRINTF: FIELDS,
    Kind.JINJA: FIELDS,
}
_ANY_WORDS: Final = frozenset().union(*WORDS.values())


def signs_of(subject: Subject) -> frozenset[str]:
    """Return the signs of a message."""
    found: set[str] = set()
    for form in subject.forms:
        if form.plural:
            found.add(PLURAL)
        if form.text.has_unusual:
            found.add(UNUSUAL)
        found |= _of_either(form.text)
        for source in form.sources:
            found |= _of_either(source)
        found |= _of_english(form.sources[0])
    return frozenset(found)


@lru_cache(maxsize=4096)
def _of_either(text: Parsed) -> frozenset[str]:
    """Return the signs that a translation may have as well as the English."""
    space = _OUTER_SPACE if text.has_outer_space else _NOTHING
    if text.is_common:
        return space
    found = {*space, *(_BY_KIND[token.kind] for token in text.tokens)}
    if text.has_numerals:
        found.add(NUMERALS)
        if has_digits(text.visible):
            found.add(DIGITS)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _of_english(source: Parsed) -> frozenset[str]:
    """Return the signs that only the English has."""
    found = set(ENGLISH.senses_of_words(source.plain))
    if source.may_have_address:
        found.add(ADDRESS)
    if len(source.sentences) > 1:
        found.add(SENTENCES)
    if not _ANY_WORDS.isdisjoint(source.words):
        found.update(sign for sign, some in WORDS.items() if some & source.words)
    return frozenset(found)
