"""Numbers in running text, by value: `1,000` and `1.000` may be the same, in any digits.

English counts as it is written in English; a translation as its language writes
numbers, and where that leaves doubt (`1 000` may be one number or two) every reading
counts, the likeliest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any, Final, NamedTuple

from babel import Locale, UnknownLocaleError

__all__ = [
    "ENGLISH",
    "Marks",
    "Number",
    "Value",
    "has_digits",
    "marks",
    "numbers",
    "readings",
]

Value = int | Fraction
_Values = tuple[Value, ...]

_SPACES: Final = " \u00a0\u2009\u202f"
_APOSTROPHES: Final = "'\u2019"
_POINTS: Final = {"\uff0c": ",", "\uff0e": ".", "\u066b": "\u066b", "\u066c": "\u066c"}
_ARABIC_DECIMAL: Final = "\u066b"
_ARABIC_GROUP: Final = "\u066c"
_MIDDLE_DOT: Final = "\u00b7"
_VULGAR: Final = "\u00bc-\u00be\u2150-\u215e\u2189"
_SEPARATORS: Final = f".,{_MIDDLE_DOT}{_APOSTROPHES}{''.join(_POINTS)}{_SPACES}"
_ANY: Final = re.compile(rf"[\d{_VULGAR}]")
_NUMBER: Final = re.compile(
    rf"""
    (?P<slash>\d{{1,3}}[/\u2044]\d{{1,3}})(?![\d/\u2044])
  | (?P<run>\d+(?:[{_SEPARATORS}]\d+)*)(?P<part>[{_VULGAR}])?
  | (?P<alone>[{_VULGAR}])
    """,
    re.VERBOSE,
)
_PIECE: Final = re.compile(rf"\d+|[{_SEPARATORS}]")
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[.,]([0-5]\d)")
_MAX_DIGITS: Final = 40  # beyond it a run of digits is compared by its first ones
_MAX_READINGS: Final = 64
_MAX_DOUBTFUL: Final = 50  # in a text of more numbers each has its likeliest value


class Marks(NamedTuple):
    """A language's decimal and grouping marks for ASCII digits.

    `strict`: a text does not use the other mark for its decimals, as translations do.
    """

    decimal: str
    group: str
    strict: bool = False


class Number(NamedTuple):
    """A number in a text: `readings` are the values it may stand for, likeliest first."""

    start: int
    end: int
    text: str
    readings: tuple[_Values, ...]


ENGLISH: Final = Marks(".", ",", strict=True)


def has_digits(text: str) -> bool:
    """True if there may be a number in `text`."""
    return _ANY.search(text) is not None


@lru_cache(maxsize=128)
def marks(cldr: str) -> Marks:
    """Return the marks of the locale that Babel knows as `cldr`; English if none."""
    try:
        symbols = Locale.parse(cldr).number_symbols
    except (UnknownLocaleError, ValueError):
        return Marks(ENGLISH.decimal, ENGLISH.group)
    latin: Any = symbols.get("latn") or next(iter(symbols.values()), {})
    return Marks(latin.get("decimal", "."), latin.get("group", ","))


@lru_cache(maxsize=1024)
def numbers(text: str, written: Marks) -> tuple[Number, ...]:
    """Return the numbers in `text`, in order; digits of any script count."""
    return tuple(_numbers(text, written))


def readings(found: tuple[Number, ...]) -> Iterator[_Values]:
    """Yield what a text's numbers may amount to, the likeliest first, sorted each."""
    most = _MAX_READINGS if len(found) <= _MAX_DOUBTFUL else 1
    for choice in islice(product(*(n.readings for n in found)), most):
        yield tuple(sorted(value for values in choice for value in values))


def _numbers(text: str, written: Marks) -> Iterator[Number]:
    for match in _NUMBER.finditer(text):
        if match["slash"]:
            first, second = (_integer(part) for part in re.split("[/\u2044]", match[0]))
            both: tuple[_Values, ...] = ((first, second),)
            if second:
                both = (*both, (Fraction(first, second),))
            yield Number(match.start(), match.end(), match[0], both)
        elif match["alone"]:
            yield Number(match.start(), match.end(), match[0], ((_vulgar(match[0]),),))
        else:
            yield from _run(match, written)


def _run(match: re.Match[str], written: Marks) -> Iterator[Number]:
    """Yield the number of a run of digits and marks, or the numbers it falls into."""
    pieces = list(_PIECE.finditer(match["run"]))
    digits = [piece[0] for piece in pieces[::2]]
    seps = [_POINTS.get(piece[0], piece[0]) for piece in pieces[1::2]]
    wholes = tuple(dict.fromkeys(_wholes(digits, seps, written)))
    more = _vulgar(match["part"]) if match["part"] else None
    if wholes:
        options: list[_Values] = [(whole + (more or 0),) for whole in wholes]
        if _may_be_several(match["run"], seps):
            options.append(tuple(_integer(part) for part in digits))
        yield Number(match.start(), match.end(), match[0], tuple(options))
        return
    for piece in pieces[::2]:
        start = match.start() + piece.start()
        value: Value = _integer(piece[0])
        if piece is pieces[-1]:
            value += more or 0
        yield Number(start, start + len(piece[0]), piece[0], ((value,),))


def _may_be_several(run: str, seps: list[str]) -> bool:
    """True for `2 000`, which may be two numbers, and `10.30`, which may be a time."""
    return any(sep in _SPACES for sep in seps) or bool(_TIME.fullmatch(run))


def _wholes(digits: list[str], seps: list[str], written: Marks) -> Iterator[Value]:
    """Yield the values of all of it as one number, the language's own way first."""
    if not seps:
        yield _integer(digits[0])
        return
    *inner, last = seps
    if _groups(digits, seps) and _may_group(last, written):
        yield _integer("".join(digits))
        if len(seps) > 1 or last in {written.group, _ARABIC_GROUP}:
            return
    if (
        _may_be_decimal(last, written)
        and last not in inner
        and _groups(digits[:-1], inner)
    ):
        whole, part = "".join(digits[:-1]), digits[-1][:_MAX_DIGITS]
        yield _integer(whole) + Fraction(_integer(part), 10 ** len(part))


def _groups(digits: list[str], seps: list[str]) -> bool:
    """True if these are the groups of one number: by threes, or as in India."""
    if not seps:
        return True
    if len(set(seps)) > 1 or not 1 <= len(digits[0]) <= 3 or len(digits[-1]) != 3:
        return False
    if unicodedata.decimal(digits[0][0], 0) == 0:
        return False
    sizes = {len(part) for part in digits[1:-1]}
    return sizes <= {3} or (sizes == {2} and len(digits[0]) <= 2)


def _may_group(sep: str, written: Marks) -> bool:
    if sep in {_ARABIC_DECIMAL, _MIDDLE_DOT}:
        return False
    return sep not in ".," or sep != written.decimal


def _may_be_decimal(sep: str, written: Marks) -> bool:
    if written.strict and sep == written.group:
        return False
    return sep in f".,{_ARABIC_DECIMAL}{_MIDDLE_DOT}"


def _integer(digits: str) -> int:
    return int(digits[:_MAX_DIGITS])


@cache
def _vulgar(character: str) -> Fraction:
    return Fraction(unicodedata.numeric(character)).limit_denominator(100)
