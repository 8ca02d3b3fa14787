"""One value of the settings, checked: what `keys` calls for each key it declares.

A reader takes the value as TOML gives it and a `Reading`, returns what the program
uses, or raises `SettingError`; a reader of a list reports for each item by itself.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any, Final, TypeVar

from handouts.diagnostics import Severity, printable

__all__ = [
    "Reader",
    "Reading",
    "SettingError",
    "choice",
    "choices",
    "did_you_mean",
    "face_table",
    "flag",
    "local_time",
    "locale_name",
    "name_list",
    "number",
    "read_country",
    "read_days",
    "table_of",
    "text",
    "type_word",
    "unsigned_table",
    "whole_number",
]

T = TypeVar("T")

_MAX_TEXT: Final = 200
"""Longest text of a setting, in characters: a clinic's name fills two lines by then."""
# Joiners and bidi marks that names need; every other control or format is refused.
_ALLOWED_FORMATS: Final = frozenset("\u200c\u200d\u200e\u200f\u061c")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")
_SCRIPT: Final = re.compile(r"[A-Z][a-z]{3}")
# Territories of CLDR that are no countries: groupings, and codes for tests.
_NO_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


class SettingError(Exception):
    """A value that cannot be used; code, message and hint of the diagnostic to be."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader may look at, and where it reports.

    `path` is the value's own, without the leading `$.`; `values` are those already
    read, by path; `report(path, error, severity)` takes a finding.
    """

    project: Path
    path: str
    values: Mapping[str, object]
    known_formats: tuple[str, ...]
    known_families: tuple[str, ...]
    report: Callable[[str, SettingError, Severity], None]

    def warn(self, code: str, message: str, hint: str | None = None) -> None:
        """Report a warning about this value."""
        self.report(self.path, SettingError(code, message, hint), Severity.WARNING)

    def each(
        self, items: Iterable[tuple[str, object]], read: Callable[[Any, str], T]
    ) -> tuple[T, ...]:
        """Read several items, each at its own path; what fails is reported, left out."""
        done: list[T] = []
        for path, item in items:
            try:
                done.append(read(item, path))
            except SettingError as error:  # every item is to be told
                self.report(path, error, Severity.ERROR)
        return tuple(done)


Reader = Callable[[Any, Reading], object]


def type_word(value: object) -> str:
    """Return what a TOML value is, in words."""
    words: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (int, "a whole number"),
        (float, "a number"),
        (str, "a text"),
        ((list, tuple), "a list"),
        (dict, "a table"),
        ((date, time), "a date or time"),
    )
    return next((word for kind, word in words if isinstance(value, kind)), "nothing")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word nearest to `word`, or None."""
    near = difflib.get_close_matches(word, sorted(known), 1)
    return f"did you mean `{near[0]}`?" if near else None


def _wrong_type(value: object, wanted: str) -> SettingError:
    return SettingError("wrong-type", f"is {type_word(value)}, not {wanted}")


def _shown(value: str) -> str:
    short = value if len(value) <= 60 else f"{value[:60]}…"
    return f"`{printable(short)}`"


def flag(value: object, _: Reading) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise _wrong_type(value, "true or false")
    return value


def text(value: object, _: Reading) -> str | None:
    """Read one line of text; None if it is empty."""
    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    bad = [c for c in value if _is_control(c)]
    if bad:
        raise SettingError(
            "invalid-text",
            f"holds U+{ord(bad[0]):04X}, which cannot be printed",
            "type the text on one line, without control characters",
        )
    if len(value) > _MAX_TEXT:
        message = f"has {len(value)} characters, more than {_MAX_TEXT}"
        raise SettingError("text-too-long", message)
    return value.strip() or None


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        and character not in _ALLOWED_FORMATS
    )


def choice(*words: str) -> Reader:
    """Return a reader of one word out of `words`."""

    def read(value: object, _: Reading) -> str:
        return _one_of(words, value)

    return read


def _one_of(words: tuple[str, ...], value: object) -> str:
    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    if value not in words:
        listed = " or ".join(f'"{word}"' for word in words)
        raise SettingError(
            "invalid-choice",
            f"is {_shown(value)}, which is none of the choices",
            did_you_mean(value, words) or f"write {listed}",
        )
    return value


def whole_number(*, minimum: int, maximum: int, unit: str = "") -> Reader:
    """Return a reader of a whole number between two bounds, both included."""

    def read(value: object, _: Reading) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _wrong_type(value, "a whole number")
        _check_range(value, minimum, maximum, unit)
        return value

    return read


def number(*, minimum: float, maximum: float, unit: str = "") -> Reader:
    """Return a reader of a number between two bounds, both included."""

    def read(value: object, _: Reading) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong_type(value, "a number")
        if math.isnan(value):
            raise SettingError("wrong-type", "is `nan`, not a number")
        _check_range(value, minimum, maximum, unit)
        return float(value)

    return read


def _check_range(value: float, minimum: float, maximum: float, unit: str) -> None:
    tail = f" {unit}" if unit else ""
    if value < minimum:
        raise SettingError(
            "below-minimum",
            f"is {value}{tail}, less than {minimum}",
            f"write {minimum} or more",
        )
    if value > maximum:
        raise SettingError(
            "above-maximum",
            f"is {value}{tail}, more than {maximum}",
            f"write {maximum} or less",
        )


def locale_name(value: object, path: str) -> str:
    """Read a locale's name; return it in gettext's form. `path` is not looked at."""
    del path  # the signature of `Reading.each`
    # Babel's data costs 60 ms: only where a locale is named.
    from handouts.languages import UnknownLocaleError, language  # noqa: PLC0415

    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    try:
        return language(value).locale
    except UnknownLocaleError as error:
        listed = " or ".join(f"`{name}`" for name in error.suggestions)
        hint = f"did you mean {listed}?" if listed else "write a locale such as `pt_BR`"
        message = f"is {_shown(value)}, which is no locale of CLDR"
        raise SettingError("unknown-locale", message, hint) from error


def choices(*words: str) -> Reader:
    """Return a reader of a list, without repeats, of words out of `words`."""

    def word(item: object, path: str) -> str:
        del path
        return _one_of(words, item)

    def read(value: object, reading: Reading) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise _wrong_type(value, "a list")
        items = [(f"{reading.path}[{i}]", item) for i, item in enumerate(value)]
        return tuple(dict.fromkeys(reading.each(items, word)))

    return read


def name_list(kind: str) -> Reader:
    """Return a reader of a list without repeats: of `locales` or of `formats`."""

    def read(value: object, reading: Reading) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise _wrong_type(value, "a list")

        def format_name(item: object, path: str) -> str:
            del path
            return _format_name(item, reading.known_formats)

        items = [(f"{reading.path}[{i}]", item) for i, item in enumerate(value)]
        names = reading.each(items, locale_name if kind == "locales" else format_name)
        return tuple(dict.fromkeys(names))

    return read


def _format_name(value: object, known: tuple[str, ...]) -> str:
    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    if known and value not in known:
        listed = ", ".join(f"`{name}`" for name in known)
        raise SettingError(
            "unknown-format",
            f"is {_shown(value)}, which is no format",
            did_you_mean(value, known) or f"write one of {listed}",
        )
    return value


def read_country(value: object, _: Reading) -> str:
    """Read an ISO 3166 alpha-2 code."""
    from babel import Locale  # noqa: PLC0415  # only where a country is named
    from babel.core import get_global  # noqa: PLC0415

    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    code = value.strip().upper()
    names: Mapping[str, str] = Locale.parse("en").territories
    if re.fullmatch("[A-Z]{2}", code) and code in names.keys() - _NO_COUNTRIES:
        return code
    aliases = get_global("territory_aliases").get(code, ())
    by_name = {name.lower(): key for key, name in names.items() if len(key) == 2}
    near = difflib.get_close_matches(value.lower(), by_name, 1, 0.8)
    meant = aliases[0] if aliases else by_name[near[0]] if near else None
    hint = f'did you mean "{meant}"?' if meant else 'write two letters such as "GB"'
    message = f"is {_shown(value)}, which is no ISO 3166 country code"
    raise SettingError("invalid-country", message, hint)


def read_days(value: object, _: Reading) -> tuple[int, ...]:
    """Read `mon-fri` or `mon,wed,sat-sun`; return days from Monday = 0, in order."""
    if not isinstance(value, str):
        raise _wrong_type(value, "a text")
    days: set[int] = set()
    for part in value.lower().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            message = f"is {_shown(value)}, which names no days"
            raise SettingError("invalid-days", message, 'write "mon-fri" or "mon,wed"')
        start = _DAYS.index(first)
        length = (_DAYS.index(last) - start) % 7 if dash else 0
        days.update((start + step) % 7 for step in range(length + 1))
    return tuple(sorted(days))


def local_time(value: object, _: Reading) -> time:
    """Read a time of day: `"09:00"`, or TOML's own 09:00:00; 24:00 is midnight."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if not isinstance(value, str):
        raise _wrong_type(value, "a time")
    match = _CLOCK.fullmatch(value)
    if match is None:
        message = f"is {_shown(value)}, which is no time of day"
        raise SettingError("invalid-time", message, 'write 24 hours, such as "09:00"')
    return time(int(match[1] or 0), int(match[2] or 0))


def table_of(value: object) -> dict[str, object]:
    """Return a table; raise `SettingError` if it is none."""
    if not isinstance(value, dict):
        raise _wrong_type(value, "a table")
    return value


def face_table(value: object, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Read script → family; return the pairs in the order of the scripts."""
    table = table_of(value)

    def read(item: tuple[str, object], _: str) -> tuple[str, str]:
        script, family = item
        if not _SCRIPT.fullmatch(script):
            raise SettingError(
                "invalid-script",
                "is no ISO 15924 script code",
                "write four letters such as `Arab`",
            )
        if not isinstance(family, str):
            raise _wrong_type(family, "a text")
        if reading.known_families and family not in reading.known_families:
            raise SettingError(
                "unknown-font",
                f"is {_shown(family)}, which is no font family here",
                did_you_mean(family, reading.known_families) or "see `fonts`",
            )
        return script, family

    return reading.each(
        ((f"{reading.path}.{key}", (key, table[key])) for key in sorted(table)), read
    )


def unsigned_table(value: object, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Read locale → `mark` or `refuse`; return the pairs in the order of the locales."""
    table = table_of(value)
    word = choice("mark", "refuse")

    def read(item: tuple[str, object], path: str) -> tuple[str, str]:
        return locale_name(item[0], path), str(word(item[1], reading))

    return reading.each(
        ((f"{reading.path}.{key}", (key, table[key])) for key in sorted(table)), read
    )
