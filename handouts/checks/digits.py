"""Digits of another script than the language's, where they may be put right unasked.

Persian has `۴` where Arabic has `٤`: a keyboard for the one gives the other. The value
is the same, and so is the page, but for the shape. What else a number may be (a part of
a name, a phone number, one with a sign or a mark in it) is left alone, and so are the
digits of the language's own script: who prefers them may write them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from handouts.checks.contacts import addresses, phones
from handouts.checks.text import FILLER, Kind, Parsed, parse
from handouts.checks.values import ENGLISH, Number, has_digits, marks, numbers
from handouts.languages import Language, native_digits

__all__ = ["foreign_digits"]

_WIDE_ZERO: Final = "\uff10"
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_OPENING: Final = frozenset("([«“‘\"'¿¡\u2066\u2067\u2068\u200e\u200f\u061c")
_CLOSING: Final = frozenset(")]»”’\"'.,;:!?…،؛؟۔।。、，\u2069\u200e\u200f\u061c")


def foreign_digits(
    msgstr: str, msgid: str, language: Language
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, the same number in the language's digits).

    Only if the text has the numbers of the English, in their order.
    """
    if not has_digits(msgstr):
        return
    text, source = parse(msgstr), parse(msgid)
    found = numbers(text.visible, marks(language.cldr))
    if _values(found) != _values(numbers(source.visible, ENGLISH)):
        return
    if phones(source.visible) or addresses(source.visible):
        return
    shown = _without_tags(text)
    for number in found:
        if any(digit in native_digits(language) for digit in number.text):
            continue
        written = _in(number.text, language.digits)
        if written and written != number.text and _stands_alone(number, shown, text):
            yield number.start, number.end, written


def _values(found: tuple[Number, ...]) -> list[object]:
    return [number.readings[0] for number in found]


def _without_tags(text: Parsed) -> str:
    """Return what is visible, spaces in the place of tags."""
    shown = text.visible
    for token in text.of(Kind.TAG):
        space = " " * (token.end - token.start)
        shown = f"{shown[: token.start]}{space}{shown[token.end :]}"
    return shown


def _in(number: str, digits: str) -> str | None:
    """Return a whole number in other digits; None for one that is more than digits."""
    if not number.isdecimal():
        return None
    if digits.isascii() and number[0] >= _WIDE_ZERO:  # wide on purpose, as Han signs are
        return None
    return "".join(digits[unicodedata.decimal(digit)] for digit in number)


def _stands_alone(number: Number, shown: str, text: Parsed) -> bool:
    """True if nothing beside the number belongs to it."""
    before = shown[: number.start][::-1][:2]
    after = shown[number.end :][:2]
    is_typed = text.raw[number.start : number.end] == number.text  # no `&#49;`
    return is_typed and _ends(before, _OPENING) and _ends(after, _CLOSING)


def _ends(beside: str, marks_beside: frozenset[str]) -> bool:
    if not beside or beside[0].isspace():
        return True
    if beside[0] in marks_beside:
        return not any(one.isdecimal() or one == FILLER for one in beside[1:])
    return beside[0].isalpha() and not _LATIN.match(beside[0])
