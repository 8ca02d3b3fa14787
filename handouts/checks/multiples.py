"""Numbers that are part digits, part word: 3万, 30 हज़ार, 30 tys., 2 million."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Final

from handouts.checks.values import Number, Value

__all__ = ["multiplied"]

_WORDS: Final[dict[int, str]] = {
    100: "百",
    1000: "千 천 हजार হাজার هزار ألف آلاف אלף тыс тысяч tys tysi mil mii mila bin tausend "
          "nghìn ngàn พัน ពាន់ тисяч",
    10_000: "万 萬 만 หมื่น ម៉ឺន",
    100_000: "लाख লাখ লক্ষ แสน សែន",
    1_000_000: "百万 million millón millones milion млн миллион мільйон מיליון مليون "
               "میلیون milyon millionen milhões milhão milioane triệu ล้าน លាន मिलियन "
               "মিলিয়ন milioni",
    100_000_000: "億 亿 억",
}  # fmt: skip


def multiplied(found: tuple[Number, ...], text: str) -> tuple[Number, ...]:
    """Return the numbers of `text`, each with what a word right after it makes of it.

    The product is the likeliest value. The digits alone stay possible for a word, which
    the English may have as well; a Han sign always counts.
    """
    if not found:
        return found
    shown = text.lower()
    return tuple(_multiplied(number, shown) for number in found)


def _multiplied(number: Number, shown: str) -> Number:
    match = _pattern().match(shown, number.end)
    if match is None or any(len(values) != 1 for values in number.readings):
        return number
    times = _times()[match[1]]
    products: tuple[tuple[Value, ...], ...] = tuple(
        (_whole(values[0] * times),) for values in number.readings
    )
    own = () if _is_sign(match[1]) else number.readings
    return number._replace(readings=(*products, *own))


def _whole(value: Value) -> Value:
    fraction = Fraction(value)
    return fraction.numerator if fraction.denominator == 1 else fraction


def _is_sign(word: str) -> bool:
    """True for a Han sign: 3万 is never three."""
    return len(word) <= 2 and "\u4e00" <= word[0] <= "\u9fff"


@cache
def _times() -> dict[str, int]:
    return {word: times for times, words in _WORDS.items() for word in words.split()}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_times(), key=len, reverse=True)
    signs = "|".join(word for word in words if not _is_spaced(word))
    spaced = "|".join(word for word in words if _is_spaced(word))
    return re.compile(rf"[ \u00a0]?({signs}|(?:{spaced})(?![^\W\d_]))")


def _is_spaced(word: str) -> bool:
    """True for a word of a script that sets words apart."""
    return not "\u0e00" <= word[0] <= "\u0eff" and not "\u1780" <= word[0] <= "\uffff"
