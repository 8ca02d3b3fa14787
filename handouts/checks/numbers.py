"""Numbers typed into a text: the same values in the source and in the translation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Form, Subject, fewest
from handouts.checks.lexicon import lexicon
from handouts.checks.multiples import multiplied
from handouts.checks.signs import DIGITS
from handouts.checks.text import Parsed
from handouts.checks.units import says_week
from handouts.checks.values import (
    ENGLISH,
    Marks,
    Number,
    Value,
    has_digits,
    marks,
    numbers,
)
from handouts.checks.values import readings as readings_of
from handouts.checks.worded import says_value
from handouts.diagnostics import Severity
from handouts.languages import Language

__all__ = ["AddedNumber", "AlteredNumber", "DroppedNumber"]

_WORD: Final = re.compile(r"[a-z]+")
# A number word of the English may be a digit in the translation: "twice a day" is
# 1日2回 in Japanese.
_WORDS: Final[dict[str, Value]] = {
    word: int(value) if value.isdecimal() else Fraction(value)
    for value, words in {
        "0": "no none zero", "1": "a an each every per daily one once first single",
        "2": "two twice second double both pair", "3": "three third", "4": "four fourth",
        "5": "five fifth", "6": "six sixth", "7": "seven week weekly", "8": "eight",
        "9": "nine", "10": "ten", "11": "eleven", "12": "twelve dozen", "15": "fifteen",
        "20": "twenty", "30": "thirty", "40": "forty", "50": "fifty", "60": "sixty",
        "100": "hundred hundreds", "1000": "thousand thousands", "1/2": "half",
    }.items()
    for word in words.split()
}  # fmt: skip

# Months, weekdays and times of day are numbers in some languages: 1月, Thứ 2, 12 giờ.
_DATES: Final[dict[str, Value]] = {
    word: number
    for number, words in enumerate((
        "midnight sunday", "january jan", "february feb monday mon",
        "march mar tuesday tue", "april apr wednesday wed", "may thursday thu",
        "june jun friday fri", "july jul saturday sat", "august aug",
        "september sep sept", "october oct decimal", "november nov",
        "december dec noon",
    ))
    for word in words.split()
}  # fmt: skip
_DATE_WORDS: Final = 3  # in a longer text "may" and "march" are other words
_AFTERNOON: Final = re.compile(r"(\d+) ?p\.?m\b", re.IGNORECASE)
_CLOCK: Final = re.compile(r"\d ?[ap]\.?m\b", re.IGNORECASE)


class _Change(NamedTuple):
    """A value of the source and the number that stands in its place; one may lack."""

    value: Value | None
    number: Number | None


class AlteredNumber:
    """The translation says 57 where the source says 75."""

    code: Final = "altered-number"
    severity: Final = Severity.ERROR
    statement: Final = "a number of the translation has another value than the source's"
    exemptable: Final = True
    signs: Final = frozenset({DIGITS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each number that stands in the place of another value."""
        for form, change in _changes(subject):
            if change.value is not None and change.number is not None:
                yield _at(
                    form, change.number,
                    f"translation says `{change.number.text}` where the source says "
                    f"`{_shown(change.value)}`",
                    f"write {_shown(change.value)}, in any digits",
                )  # fmt: skip


class DroppedNumber:
    """The translation lacks a number of the source."""

    code: Final = "dropped-number"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks a number that the source has"
    exemptable: Final = True
    signs: Final = frozenset({DIGITS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each value that is missing."""
        for form, change in _changes(subject):
            if change.value is not None and change.number is None:
                yield Finding(
                    form.index, 0, 0,
                    f"translation lacks the number `{_shown(change.value)}`",
                    f"add {_shown(change.value)} to the {form.name}, in digits",
                )  # fmt: skip


class AddedNumber:
    """The translation has a number of its own."""

    code: Final = "added-number"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a number that the source lacks"
    exemptable: Final = True
    signs: Final = frozenset({DIGITS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each number too many."""
        for form, change in _changes(subject):
            if change.value is None and change.number is not None:
                yield _at(
                    form, change.number,
                    f"translation has the number `{change.number.text}`, which the "
                    "source lacks",
                    "delete it, or write it as a word if the source does",
                )  # fmt: skip


def _changes(subject: Subject) -> Iterator[tuple[Form, _Change]]:
    written = None
    for form in subject.forms:
        texts = (form.text, *form.sources)
        if form.text.bare and any(has_digits(text.visible) for text in texts):
            written = written or _marks(subject.language)
            for change in _form_changes(form, written, subject.language.language):
                yield form, change


def _marks(language: Language) -> Marks:
    return marks(language.cldr)


def _form_changes(form: Form, written: Marks, language: str) -> tuple[_Change, ...]:
    def compare(source: Parsed, text: Parsed) -> tuple[_Change, ...]:
        return _compare(source, text, written, form.count, language)

    return tuple(fewest(form, compare))


@lru_cache(maxsize=1024)  # three checks ask for the same
def _compare(
    source: Parsed, text: Parsed, written: Marks, count: int | None, language: str
) -> tuple[_Change, ...]:
    ours = numbers(source.visible, ENGLISH)
    theirs = multiplied(numbers(text.visible, written), text.visible)
    wanted = tuple(readings_of(ours))
    if next(readings_of(theirs)) == wanted[0]:
        return ()
    free = _free(source.visible, count)
    spelt = _spelt(ours, text, language)
    for hour in (int(match[1]) for match in _AFTERNOON.finditer(source.visible)):
        spelt[hour] += 1  # 6 p.m. is 18:00
        free[hour + 12] += 1
    for reading in readings_of(theirs):
        for value in wanted:
            lacking = Counter(value) - Counter(reading) - spelt
            extra = Counter(reading) - Counter(value) - free
            if not lacking and not extra:
                return ()
    lacking, extra = _difference(ours, theirs)
    return _paired(lacking - spelt, extra, theirs, free)


def _spelt(ours: tuple[Number, ...], text: Parsed, language: str) -> Counter[Value]:
    """Return the source's values that the translation has in words."""
    own = lexicon(language)
    if own is None:
        return Counter()
    shown = text.plain
    values = {value for number in ours for value in number.readings[0]}
    found = Counter(value for value in values if says_value(shown, value, own))
    if 0 in values and own.says(shown, "negation", "without"):  # "0 of 5": none of five
        found[0] += 1
    if 7 in values and says_week(text, language):
        found[7] += 1
    return found


def _difference(
    ours: tuple[Number, ...], theirs: tuple[Number, ...]
) -> tuple[Counter[Value], Counter[Value]]:
    source, target = (
        Counter(value for number in found for value in number.readings[0])
        for found in (ours, theirs)
    )
    return source - target, target - source


def _free(source: str, count: int | None) -> Counter[Value]:
    """Return the values that may stand in digits though the source has none there."""
    found = _WORD.findall(source.lower())
    words = Counter(_WORDS[word] for word in found if word in _WORDS)
    if len(found) <= _DATE_WORDS:
        words.update(_DATES[word] for word in found if word in _DATES)
    if _CLOCK.search(source):
        words[0] += 1  # 6 a.m. is 6:00
    if count is not None:  # "1 hour" for the form that only 1 takes
        words[count] += 1
    return words


def _paired(
    lacking: Counter[Value],
    extra: Counter[Value],
    theirs: tuple[Number, ...],
    free: Counter[Value],
) -> tuple[_Change, ...]:
    surplus = [n for n in theirs if _is_extra(n, extra)]
    values: list[Value | None] = [*lacking.elements()]
    if len(surplus) > len(values):
        surplus = _without_free(surplus, free, len(surplus) - len(values))
    values += [None] * (len(surplus) - len(values))
    found: list[Number | None] = [*surplus, *[None] * (len(values) - len(surplus))]
    return tuple(map(_Change, values, found))


def _is_extra(number: Number, extra: Counter[Value]) -> bool:
    for value in number.readings[0]:
        if extra[value] > 0:
            extra[value] -= 1
            return True
    return False


def _without_free(surplus: list[Number], free: Counter[Value], most: int) -> list[Number]:
    left, kept = Counter(free), []
    for number in surplus:
        value = number.readings[0][0]
        if most and left[value] > 0:
            left[value] -= 1
            most -= 1
        else:
            kept.append(number)
    return kept


def _at(form: Form, number: Number, message: str, hint: str) -> Finding:
    return Finding(form.index, number.start, number.end - number.start, message, hint)


def _shown(value: Value) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    decimal = f"{float(value):.6g}"
    return decimal if Fraction(decimal) == value else str(value)
