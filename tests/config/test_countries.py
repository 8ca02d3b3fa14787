"""Country facts: every number has a source, a day and the shape of its country's."""

from __future__ import annotations

import dataclasses
import datetime
import tomllib
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import shortnumberinfo

from handouts.config import Country, CountryFact, country_facts, load_settings
from handouts.config import countries as room
from handouts.diagnostics import Sink

CODES = sorted(
    tomllib.loads(Path(room.__file__).with_name("countries.toml").read_text("utf-8"))
)


def _facts(country: Country) -> list[CountryFact]:
    found = (getattr(country, one.name) for one in dataclasses.fields(Country))
    return [fact for fact in found if isinstance(fact, CountryFact)]


@pytest.mark.parametrize("code", CODES)
def test_each_fact_names_its_source_and_day(code: str) -> None:
    country = country_facts(code)
    assert country is not None
    assert code in phonenumbers.SUPPORTED_REGIONS
    assert country.name
    for fact in _facts(country):
        assert fact.source.startswith("http")
        assert isinstance(fact.checked, datetime.date)


@pytest.mark.parametrize("code", CODES)
def test_emergency_numbers_are_the_countrys(code: str) -> None:
    country = country_facts(code)
    assert country is not None
    assert country.emergency is not None
    assert shortnumberinfo.is_emergency_number(country.emergency.number, code)


def test_the_licence_is_told_where_it_has_been_read() -> None:
    """The fact sheet knows four countries; the label or leaflet itself of two of them."""
    known = {code: country_facts(code) for code in CODES}
    assert {c for c, one in known.items() if one and one.off_label} == {
        *("AU", "GB", "NZ", "US")
    }
    assert {c for c, one in known.items() if one and one.licence} == {"GB", "US"}


@pytest.mark.parametrize("code", [None, "ZZ", "FR ", "JP"])
def test_what_nobody_has_looked_up_is_unknown(code: str | None) -> None:
    assert country_facts(code) is None


def _settings(project: Path, text: str) -> tuple[object, list[str]]:
    (project / "handouts.toml").write_text(text, encoding="utf-8")
    sink = Sink()
    settings = load_settings(project, sink)
    clinic = settings.clinic if settings else None
    numbers = clinic and (clinic.emergency, clinic.crisis, clinic.advice)
    return numbers, [one.code for one in sink]


CONFIRMED = (
    '[clinic]\ncountry = "{}"\n[clinic.emergency]\nconfirmed = true\n'
    "[clinic.crisis]\nconfirmed = true\n[clinic.advice]\nconfirmed = true\n"
)


def test_a_confirmed_number_is_the_countrys(tmp_path: Path) -> None:
    found = _settings(tmp_path, CONFIRMED.format("GB"))
    assert found == (("999", "116 123", "111"), [])


def test_a_country_without_an_advice_line_confirms_the_others(tmp_path: Path) -> None:
    text = CONFIRMED.format("NZ").replace("[clinic.advice]\nconfirmed = true\n", "")
    assert _settings(tmp_path, text) == (("111", "1737", None), [])


def test_nothing_prints_unless_it_is_confirmed(tmp_path: Path) -> None:
    found = _settings(tmp_path, '[clinic]\ncountry = "GB"\n')
    assert found == ((None, None, None), [])


@pytest.mark.parametrize("code", ["JP", "FR"])
def test_a_number_that_is_not_known_cannot_be_confirmed(
    tmp_path: Path, code: str
) -> None:
    numbers, codes = _settings(tmp_path, CONFIRMED.format(code))
    assert numbers is None
    assert set(codes) == {"number-missing"}


def test_a_clinics_own_number_comes_first(tmp_path: Path) -> None:
    text = CONFIRMED.format("GB").replace(
        "[clinic.emergency]", '[clinic.emergency]\nnumber = "112"'
    )
    assert _settings(tmp_path, text) == (("112", "116 123", "111"), [])
