"""Values that templates print: numbers, dates, phones as each language writes them.

A filter wraps what the template has; the text is made when it is shown, because a
message that has no translation is shown in English, with English digits.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from handouts.languages import (
    DigitsSetting,
    Language,
    first_weekday,
    own_names_missing,
    to_digits,
)
from handouts.templating.faults import AuthorError

__all__ = [
    "BLANK", "FILTERS", "SHOWING", "Blank", "Hours", "Kind", "Numerals", "Value",
    "count_of", "hours_shown", "plain", "shown", "value_markup", "weekdays",
]  # fmt: skip

Kind = Literal[
    "number", "phone", "percent", "date", "hours", "weekday", "url", "name", "text"
]

_DATE: Final = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_MAX_NUMBER: Final = Decimal(10) ** 15
"""Larger numbers are mistakes; they would also take long to write."""
_BLANK_COUNT: Final = 5
"""A number that somebody writes in by hand later takes the plural form of this one.

Hours before a drip are mostly 2 to 12: where languages differ, more of these have the
form of five (Polish `godzin`, Arabic's form for 3 to 10) than any other.
"""


@dataclass(frozen=True, slots=True)
class Numerals:
    """How one language writes values: its words and signs, and which digits."""

    language: Language
    digits: DigitsSetting = "locale"


class Blank:
    """What an unset value prints: a line to write on, as wide as its field."""

    __slots__ = ("width",)

    def __init__(self, width: str = "field") -> None:
        self.width: Final = width

    def __html__(self) -> str:
        return f'<span data-blank="{self.width}"></span>'

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False


BLANK: Final = Blank()
_SHORT_BLANK: Final = Blank("14mm")
"""Room for a number of two digits, written by hand."""

SHOWING: Final[ContextVar[Callable[[Value], str]]] = ContextVar("handouts.values")
"""How the expansion that runs in this thread marks a value that a template prints."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers: days of the week (Monday 0; none: every day), and times."""

    days: tuple[int, ...]
    opens: datetime.time | None
    closes: datetime.time | None

    def __bool__(self) -> bool:
        return bool(self.days) or self.opens is not None


_ANY_DAY: Final = datetime.date(2026, 1, 1)


class Value:
    """A value with its kind; shown as the language of its message writes it.

    It still counts and compares as the bare value, so that `{% trans n=27|number %}`
    finds the plural form.
    """

    __slots__ = ("kind", "raw")

    def __init__(self, kind: Kind, raw: object) -> None:
        self.kind: Final = kind
        self.raw: Final = raw

    def __int__(self) -> int:
        return count_of(self)

    def __eq__(self, other: object) -> bool:
        return bool(self.raw == (other.raw if isinstance(other, Value) else other))

    def __hash__(self) -> int:
        return hash(self.raw)

    def __lt__(self, other: object) -> bool:
        return _number(self) < _number(other)

    def __gt__(self, other: object) -> bool:
        return _number(self) > _number(other)

    def __le__(self, other: object) -> bool:
        return _number(self) <= _number(other)

    def __ge__(self, other: object) -> bool:
        return _number(self) >= _number(other)

    def __str__(self) -> str:
        return str(self.raw)

    def __html__(self) -> str:
        return SHOWING.get()(self)


def count_of(value: object) -> int:
    """Return the whole number that chooses a plural form; of a fraction the one above.

    A blank, which a pen fills, takes the form of a small number.

    gettext's rules know whole numbers only.

    Raises:
        AuthorError: `value` is not a number.
    """
    if isinstance(value, Blank):
        return _BLANK_COUNT
    raw = value.raw if isinstance(value, Value) else value
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return abs(math.ceil(raw) if raw > 0 else math.floor(raw))
    raise AuthorError(
        "invalid-count",
        f"`{raw}` cannot choose a plural form",
        hint="count with a number, such as `hours=24|number`",
    )


def shown(value: Value, numerals: Numerals) -> str:
    """Return the text of `value` in the given language, without any markup."""
    if value.kind in {"number", "percent", "date"}:
        return _written(value.kind, value.raw, numerals)
    if value.kind == "hours":
        return " ".join(part for part in hours_shown(value, numerals) if part)
    if value.kind == "weekday":
        names = Locale.parse(numerals.language.cldr).days["stand-alone"]["wide"]
        return str(names[value.raw])
    return str(value.raw)


@lru_cache(maxsize=4096)
def _written(kind: Kind, raw: object, numerals: Numerals) -> str:
    language = numerals.language
    locale = Locale.parse(language.cldr)
    if kind == "date":
        assert isinstance(raw, str)
        text = _date(raw, locale, language)
    else:
        assert isinstance(raw, (int, Decimal))
        text = _decimal(kind, raw, locale, _numbering_system(locale, numerals))
    return to_digits(text, language, numerals.digits)


def _numbering_system(locale: Locale, numerals: Numerals) -> str:
    """Return whose separators and signs go with the digits."""
    if to_digits("0", numerals.language, numerals.digits) == "0":
        return "latn"
    return str(locale.default_numbering_system)


def _decimal(kind: Kind, raw: int | Decimal, locale: Locale, system: str) -> str:
    if kind == "number":
        return str(
            format_decimal(
                raw, locale=locale, decimal_quantization=False, numbering_system=system
            )
        )
    text = str(
        format_percent(
            Decimal(raw) / 100,
            locale=locale,
            decimal_quantization=False,
            numbering_system=system,
        )
    )
    # Babel 2.18 writes ASCII's sign whatever the numbering system.
    return text.replace("%", locale.number_symbols[system].get("percentSign", "%"))


def _date(raw: str, locale: Locale, language: Language) -> str:
    """Return a month or a day with the language's own month names, if it has any."""
    if own_names_missing(language.locale):
        return raw
    if len(raw) == len("2026-11"):
        month = datetime.date.fromisoformat(f"{raw}-01")
        return str(format_skeleton("yMMMM", month, locale=locale))
    return str(format_date(datetime.date.fromisoformat(raw), "long", locale=locale))


def hours_shown(value: Value, numerals: Numerals) -> tuple[str, str]:
    """Return opening hours as (days, times), such as Monday to Friday, 09:00 to 17:00."""
    hours = value.raw
    assert isinstance(hours, Hours)
    return _hours(hours, numerals)


@lru_cache(maxsize=256)
def _hours(hours: Hours, numerals: Numerals) -> tuple[str, str]:
    language = numerals.language
    # A language without day names of its own in CLDR shows English ones.
    name = "en" if own_names_missing(language.locale) else language.cldr
    locale = Locale.parse(name)
    names = locale.days["format"]["abbreviated"]
    days = ", ".join(
        "\u2013".join(dict.fromkeys(str(names[day]) for day in (first, last)))
        for first, last in _stretches(hours.days)
    )
    times = "\u2013".join(
        str(format_skeleton("Hm", _moment(one), locale=locale))
        for one in (hours.opens, hours.closes)
        if one is not None
    )
    return days, to_digits(times, language, numerals.digits)


def weekdays(language: Language, country: str | None = None) -> tuple[Value | Blank, ...]:
    """Return the seven days, from the day that a week begins with.

    `country` is the clinic's; without it the language's own. A language without day
    names of its own in CLDR gets lines to write them on: another language's names would
    be worse than none.
    """
    first = first_weekday(language.locale, country)
    if own_names_missing(language.locale):
        return (BLANK,) * 7
    return tuple(Value("weekday", (first + day) % 7) for day in range(7))


def _moment(time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(_ANY_DAY, time)


def _stretches(days: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return days of the week (Monday 0) as first and last of each stretch."""
    found: list[tuple[int, int]] = []
    for day in sorted(set(days)):
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _number(value: object) -> int | Decimal:
    """Return a number exactly: floats by their shortest decimal."""
    raw = value.raw if isinstance(value, Value) else value
    if isinstance(raw, (int, float, str, Decimal)) and not isinstance(raw, bool):
        try:
            number = Decimal(str(raw).strip())
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number) <= _MAX_NUMBER:
            return int(number) if number == int(number) else number
    raise AuthorError(
        "invalid-value",
        f"`{str(value)[:40]}` is not a number",
        hint="write a number such as `24` or `0.5`",
    )


def _checked_date(value: object) -> str:
    text = str(value)
    found = _DATE.fullmatch(text)
    if found:
        try:
            datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))
        except ValueError:
            pass
        else:
            return text
    raise AuthorError(
        "invalid-value",
        f"`{text[:40]}` is not a date",
        hint="write a month or a day such as `2026-11` or `2026-11-22`",
    )


def _checked_hours(value: object) -> object:
    """Take what has days, opens and closes, as the clinic's phones in the settings do."""
    try:
        return Hours(value.days, value.opens, value.closes)  # type: ignore[attr-defined]  # any such record
    except AttributeError:
        raise AuthorError(
            "invalid-value",
            f"`{str(value)[:40]}` has no opening hours",
            hint="write `clinic.phone_hours|hours`",
        ) from None


def _filter(
    kind: Kind, check: Callable[[object], object]
) -> Callable[[object], Value | Blank]:
    def wrap(value: object) -> Value | Blank:
        if isinstance(value, Value):
            value = value.raw
        if value is None or value == "" or isinstance(value, Blank):
            return _SHORT_BLANK if kind in {"number", "percent"} else BLANK
        return Value(kind, check(value))

    return wrap


FILTERS: Final[dict[str, Callable[[object], Value | Blank]]] = {
    "number": _filter("number", _number),
    "percent": _filter("percent", _number),
    "date": _filter("date", _checked_date),
    "hours": _filter("hours", _checked_hours),
    "phone": _filter("phone", str),
    "url": _filter("url", str),
    "name": _filter("name", str),
}
"""The filters that templates print values with; an unset value becomes a blank."""


def value_markup(kind: str, text: str, *, nonce: str, href: str | None = None) -> str:
    """Return the element that marks a value, its text escaped."""
    marked = f'<v k="{kind}" t="{nonce}">{escape(text)}</v>'
    return f'<a href="{escape(href)}">{marked}</a>' if href else marked


def plain(markup: Markup) -> str:
    """Return the text of a fragment of markup, without tags."""
    return markup.striptags()
