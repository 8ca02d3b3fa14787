"""Telephone numbers, checked offline against the numbering plans of `phonenumbers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from handouts.config.countries import NumberKind, country_facts
from handouts.config.model import Phone, PhoneLabel
from handouts.config.reading import Reading, SettingError, type_word
from handouts.diagnostics import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

__all__ = ["confirmed_number", "phone"]

_MAX_NUMBER: Final = 40
"""Longest number, in characters: 15 digits with spaces and an extension."""


def phone(values: Mapping[str, object], country: str | None) -> Phone:
    """Return a telephone line from its read values; its number is checked."""
    number = values.get("number")
    if not isinstance(number, str):
        raise SettingError(
            "number-missing", "has no number", 'write `number = "+44 20 7946 0018"`'
        )
    opens = cast("time | None", values.get("opens"))
    closes = cast("time | None", values.get("closes"))
    if (opens is None) != (closes is None):
        has, lacks = ("opens", "closes") if closes is None else ("closes", "opens")
        message = f"has `{has}` but not `{lacks}`"
        raise SettingError("incomplete-hours", message, f"write `{lacks}` too")
    return Phone(
        number=number,
        shown=_shown_number(number, country),
        label=cast("PhoneLabel", values.get("label") or "any"),
        days=cast("tuple[int, ...]", values.get("days") or ()),
        opens=opens,
        closes=closes,
    )


def doubt(number: str, country: str | None) -> str | None:
    """Return why a possible number may be mistyped after all, or None."""
    # 30 ms of tables: imported only where a number is set.
    import phonenumbers  # noqa: PLC0415

    if _is_unchecked(number, country) or _is_short_number(number, country):
        return None
    parsed = phonenumbers.parse(number, country)
    if phonenumbers.is_valid_number(parsed):
        return None
    where = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    return f"is `{printable(number)}`, in no range of numbers that {where} has given out"


def _is_unchecked(number: str, country: str | None) -> bool:
    """Return True for a national number of nobody knows which country."""
    return country is None and not number.strip().startswith(("+", "\uff0b"))


def _is_short_number(number: str, country: str | None) -> bool:
    import phonenumbers  # noqa: PLC0415
    from phonenumbers import shortnumberinfo  # noqa: PLC0415

    if country is None:
        return False
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return False
    return shortnumberinfo.is_valid_short_number_for_region(parsed, country)


def _shown_number(number: str, country: str | None) -> str:
    """Return the number as it is printed; raise `SettingError` if it is impossible."""
    import phonenumbers  # noqa: PLC0415

    if len(number) > _MAX_NUMBER:
        message = f"has {len(number)} characters, too many for a number"
        raise SettingError("phone-invalid", message)
    if _is_unchecked(number, country) or _is_short_number(number, country):
        return number
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException as error:
        raise _impossible(number, country) from error
    if not phonenumbers.is_possible_number(parsed):
        raise _impossible(number, country)
    if not phonenumbers.is_valid_number(parsed):
        return number
    return phonenumbers.format_number(
        parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def _impossible(number: str, country: str | None) -> SettingError:
    where = f" in {country}" if country else ""
    return SettingError(
        "phone-invalid",
        f"is `{printable(number)}`, which cannot be a telephone number{where}",
        "write it as it is dialled, or with `+` and the country's code",
    )


def confirmed_number(kind: NumberKind, reading: Reading) -> str | None:
    """Return the number of `clinic.emergency`, crisis or advice if it may be printed.

    A number that is not confirmed is a warning and None; one that is confirmed but
    cannot be right raises `SettingError`. Confirmed without a number, it is the one that
    is known of the country. A number follows the country, never the language.
    """
    group = f"clinic.{kind}"
    number = reading.values.get(f"{group}.number")
    is_confirmed = reading.values.get(f"{group}.confirmed") is True
    country = reading.values.get("clinic.country")
    facts = country_facts(country) if isinstance(country, str) else None
    if not isinstance(number, str) and is_confirmed and facts:
        number = facts.number(kind)
    if not isinstance(number, str):
        if is_confirmed:
            raise SettingError(
                "number-missing",
                "is confirmed but has no number",
                'write `number = "…"` or `confirmed = false`',
            )
        return None
    if not is_confirmed:
        reading.warn(
            f"{kind}-unconfirmed",
            f"is `{printable(number)}`, not confirmed: a blank to write on is printed",
            "ring the number or ask who answers for it, then write `confirmed = true`",
        )
        return None
    if not isinstance(country, str):
        raise SettingError(
            "country-missing",
            f"is `{printable(number)}`, which needs the clinic's country to be checked",
            'write `country = "GB"` under `[clinic]`',
        )
    if kind == "emergency":
        _check_emergency(number, country)
    else:
        _shown_number(number, country)
    return number


def _check_emergency(number: str, country: str) -> None:
    from phonenumbers import shortnumberinfo  # noqa: PLC0415
    from phonenumbers.phonemetadata import PhoneMetadata  # noqa: PLC0415

    if shortnumberinfo.is_emergency_number(number, country):
        return
    metadata = PhoneMetadata.short_metadata_for_region(country)
    known = metadata.emergency if metadata else None
    if known is None or known.national_number_pattern is None:
        return  # nothing is known of that country: the confirmation has to do
    raise SettingError(
        "emergency-mismatch",
        f"is `{printable(number)}`, which is no emergency number of {country}",
        f"{country} has `{known.example_number}`; write the one that the clinic uses",
    )


def wrong_phones(value: object) -> SettingError:
    """Return the finding for a `phones` that is not an array of tables."""
    return SettingError(
        "wrong-type",
        f"is {type_word(value)}, not a list of tables",
        "write `[[clinic.phones]]` before each number",
    )
