"""Signs: what a message surely has if a check is to find anything in it.

Most checks look for what few messages have: a placeholder, a number, a "must". The
signs of a message are found once; a check whose `signs` are none of them is not asked,
since it would find nothing. A sign is a name from below, or a class of English words
(`negation`, `at-least` …) of which the message may say something.
"""

from __future__ import annotations

from typing import Final

from handouts.checks.check import Subject
from handouts.checks.lexicon import ENGLISH

__all__ = ["NUMERALS", "OUTER_SPACE", "PLURAL", "TOKENS", "UNUSUAL", "signs_of"]

TOKENS: Final = "<tokens>"
"""A placeholder, tag, entity or the like stands in the translation or the English."""
NUMERALS: Final = "<numerals>"
"""A digit, or a placeholder that may be filled with one, stands in either."""
PLURAL: Final = "<plural>"
"""The message has plural forms."""
UNUSUAL: Final = "<unusual>"
"""The translation has a bracket, or a character that nobody sees."""
OUTER_SPACE: Final = "<outer-space>"
"""Space stands before or after the translation or the English."""


def signs_of(subject: Subject) -> frozenset[str]:
    """Return the signs of a message."""
    found: set[str] = set()
    for form in subject.forms:
        if form.plural:
            found.add(PLURAL)
        if form.text.has_unusual:
            found.add(UNUSUAL)
        for text in (form.text, *form.sources):
            if text.tokens:
                found.add(TOKENS)
            if text.has_numerals:
                found.add(NUMERALS)
            if text.has_outer_space:
                found.add(OUTER_SPACE)
        found |= ENGLISH.senses_of_words(form.sources[0].plain)
    return frozenset(found)
