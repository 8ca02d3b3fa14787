"""What follows the clinic's country: numbers to call, laws; each with source and date."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

__all__ = ["NUMBER_KINDS", "Country", "CountryFact", "NumberKind", "country_facts"]

NumberKind = Literal["emergency", "crisis", "advice"]

NUMBER_KINDS: Final[tuple[NumberKind, ...]] = get_args(NumberKind)

_FILE: Final = Path(__file__).with_name("countries.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryFact:
    """One fact of a country; `number` is empty where the fact is no telephone number."""

    source: str
    checked: datetime.date
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country's facts; None is what nobody has looked up.

    `licence`: ketamine is licensed there as an injection for anaesthesia; `off_label`:
    its use for long-lasting pain is outside the licence.
    """

    code: str
    name: str
    emergency: CountryFact | None = None
    crisis: CountryFact | None = None
    advice: CountryFact | None = None
    driving_law: CountryFact | None = None
    licence: CountryFact | None = None
    off_label: CountryFact | None = None

    def number(self, kind: NumberKind) -> str | None:
        """Return the number that the data file proposes, or None."""
        fact: CountryFact | None = getattr(self, kind)
        return fact.number if fact else None


def country_facts(code: str | None) -> Country | None:
    """Return what is known of a country (ISO 3166 code), or None."""
    return _countries().get(code) if code else None


@cache
def _countries() -> dict[str, Country]:
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {code: _country(code, table) for code, table in tables.items()}


def _country(code: str, table: dict[str, Any]) -> Country:
    facts = {key: CountryFact(**value) for key, value in table.items() if key != "name"}
    return Country(code=code, name=table["name"], **facts)
