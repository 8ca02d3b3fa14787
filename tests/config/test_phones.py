"""Telephone numbers: impossible ones are errors, unconfirmed ones are blanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.config import Settings, load_settings
from handouts.diagnostics import Diagnostic, Sink


def load(folder: Path, source: str) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    (folder / "handouts.toml").write_text(source, encoding="utf-8")
    sink = Sink()
    return load_settings(folder, sink), sink.diagnostics


def phones(country: str | None, *lines: str) -> str:
    head = f'[clinic]\ncountry = "{country}"\n' if country else ""
    return head + "".join(f"[[clinic.phones]]\n{line}\n" for line in lines)


@pytest.mark.parametrize(
    ("country", "number", "shown"),
    [
        ("GB", "020 7946 0018", "+44 20 7946 0018"),
        ("GB", "+44 (0)20 7946 0018", "+44 20 7946 0018"),
        ("PL", "22 123 45 67", "+48 22 123 45 67"),
        (None, "+48 22 123 45 67", "+48 22 123 45 67"),
        (None, "22 123 45 67", "22 123 45 67"),  # unchecked: no country is set
        ("GB", "111", "111"),
        ("GB", "020 7946 0018 ext 12", "+44 20 7946 0018 x12"),
    ],
)
def test_number_is_kept_as_typed_and_shown_grouped(
    tmp_path: Path, country: str | None, number: str, shown: str
) -> None:
    settings, diagnostics = load(tmp_path, phones(country, f'number = "{number}"'))
    assert diagnostics == ()
    assert settings is not None
    (line,) = settings.clinic.phones
    assert (line.number, line.shown) == (number, shown)


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        (
            'number = "12"',
            "phone-invalid",
            "`$.clinic.phones[0].number` is `12`, "
            "which cannot be a telephone number in GB",
        ),
        (
            'number = "ring us"',
            "phone-invalid",
            "`$.clinic.phones[0].number` is `ring us`, "
            "which cannot be a telephone number in GB",
        ),
        (
            f'number = "{"1" * 41}"',
            "phone-invalid",
            "`$.clinic.phones[0].number` has 41 characters, too many for a number",
        ),
        ('label = "day"', "number-missing", "`$.clinic.phones[0]` has no number"),
        ('number = ""', "number-missing", "`$.clinic.phones[0].number` has no number"),
        (
            'number = "111"\nopens = "9:00"',
            "incomplete-hours",
            "`$.clinic.phones[0]` has `opens` but not `closes`",
        ),
        (
            'number = "111"\ncloses = "24:00"',
            "incomplete-hours",
            "`$.clinic.phones[0]` has `closes` but not `opens`",
        ),
        (
            'number = "111"\nopens = "9am"\ncloses = "17:00"',
            "invalid-time",
            "`$.clinic.phones[0].opens` is `9am`, which is no time of day",
        ),
        (
            'number = "111"\nopens = 9\ncloses = "17:00"',
            "wrong-type",
            "`$.clinic.phones[0].opens` is a whole number, not a time",
        ),
        (
            'number = "111"\ndays = "weekdays"',
            "invalid-days",
            "`$.clinic.phones[0].days` is `weekdays`, which names no days",
        ),
        (
            'number = "111"\ndays = 5',
            "wrong-type",
            "`$.clinic.phones[0].days` is a whole number, not a text",
        ),
        (
            'number = "111"\nnubmer = "1"',
            "unknown-setting",
            "`$.clinic.phones[0].nubmer` is no setting",
        ),
    ],
)
def test_wrong_line_is_an_error(
    tmp_path: Path, line: str, code: str, message: str
) -> None:
    settings, (found,) = load(tmp_path, phones("GB", line))
    assert settings is None
    assert (found.code, found.message) == (code, message)


def test_number_in_no_known_range_is_doubted(tmp_path: Path) -> None:
    settings, (found,) = load(tmp_path, phones("GB", 'number = "0999 123 4567"'))
    assert settings is not None
    assert settings.clinic.phones[0].shown == "0999 123 4567"
    assert not found.is_error
    assert found.message == (
        "`$.clinic.phones[0].number` is `0999 123 4567`, "
        "in no range of numbers that GB has given out"
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Sat - Mon", (0, 5, 6)),
        ("mon, wed,sat-sun", (0, 2, 5, 6)),
        ("tue", (1,)),
    ],
)
def test_days_count_from_monday(
    tmp_path: Path, days: str, expected: tuple[int, ...]
) -> None:
    line = f'number = "111"\ndays = "{days}"'
    settings, _ = load(tmp_path, phones("GB", line))
    assert settings is not None
    assert settings.clinic.phones[0].days == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("[clinic]\nphones = 3", "wrong-type"),
        ('[clinic]\nphones = ["111"]', "wrong-type"),
        ("[clinic.phones]\nnumber = '111'", "wrong-type"),
        (phones("GB", *['number = "111"'] * 21), "too-many-phones"),
    ],
)
def test_phones_are_a_short_list_of_tables(
    tmp_path: Path, source: str, code: str
) -> None:
    settings, (found,) = load(tmp_path, source)
    assert settings is None
    assert found.code == code


def numbers(kind: str, number: str, confirmed: str, country: str | None = "GB") -> str:
    head = f'[clinic]\ncountry = "{country}"\n' if country else ""
    return f'{head}[clinic.{kind}]\nnumber = "{number}"\nconfirmed = {confirmed}\n'


@pytest.mark.parametrize(
    ("kind", "number", "country"),
    [
        ("emergency", "999", "GB"),
        ("emergency", "112", "PL"),
        ("emergency", "15", "FR"),
        ("emergency", "000", "AU"),
        ("emergency", "112", "AQ"),  # nothing is known of Antarctica
        ("crisis", "116 123", "GB"),
        ("crisis", "988", "US"),
        ("crisis", "1737", "NZ"),
        ("crisis", "13 11 14", "AU"),
        ("crisis", "0800 543 354", "NZ"),
    ],
)
def test_confirmed_number_is_printed_as_typed(
    tmp_path: Path, kind: str, number: str, country: str
) -> None:
    settings, diagnostics = load(tmp_path, numbers(kind, number, "true", country))
    assert diagnostics == ()
    assert settings is not None
    assert getattr(settings.clinic, kind) == number


@pytest.mark.parametrize("kind", ["emergency", "crisis"])
def test_unconfirmed_number_is_a_warning_and_a_blank(tmp_path: Path, kind: str) -> None:
    settings, (found,) = load(tmp_path, numbers(kind, "999", "false"))
    assert settings is not None
    assert getattr(settings.clinic, kind) is None
    assert found.code == f"{kind}-unconfirmed"
    assert not found.is_error
    assert found.message == (
        f"`$.clinic.{kind}.number` is `999`, "
        "not confirmed: a blank to write on is printed"
    )
    assert found.line == 4


@pytest.mark.parametrize(
    ("source", "code", "message", "hint"),
    [
        (
            numbers("emergency", "911", "true"),
            "emergency-mismatch",
            "`$.clinic.emergency.number` is `911`, which is no emergency number of GB",
            "GB has `112`; write the one that the clinic uses",
        ),
        (
            numbers(
                "emergency", "111", "true"
            ),  # a short number, but not for emergencies
            "emergency-mismatch",
            "`$.clinic.emergency.number` is `111`, which is no emergency number of GB",
            "GB has `112`; write the one that the clinic uses",
        ),
        (
            numbers("emergency", "999", "true", None),
            "country-missing",
            "`$.clinic.emergency.number` is `999`, "
            "which needs the clinic's country to be checked",
            'write `country = "GB"` under `[clinic]`',
        ),
        (
            "[clinic.crisis]\nconfirmed = true",
            "number-missing",
            "`$.clinic.crisis` is confirmed but has no number",
            'write `number = "…"` or `confirmed = false`',
        ),
        (
            numbers("crisis", "12", "true"),
            "phone-invalid",
            "`$.clinic.crisis.number` is `12`, which cannot be a telephone number in GB",
            "write it as it is dialled, or with `+` and the country's code",
        ),
        (
            numbers("emergency", "999", "true", "UK"),  # one error, not two
            "invalid-country",
            "`$.clinic.country` is `UK`, which is no ISO 3166 country code",
            'did you mean "GB"?',
        ),
    ],
)
def test_confirmed_number_that_cannot_be_right_is_an_error(
    tmp_path: Path, source: str, code: str, message: str, hint: str
) -> None:
    settings, (found,) = load(tmp_path, source)
    assert settings is None
    assert (found.code, found.message, found.hint) == (code, message, hint)


def test_number_without_confirmation_key_is_unconfirmed(tmp_path: Path) -> None:
    settings, (found,) = load(tmp_path, '[clinic.emergency]\nnumber = "999"\n')
    assert settings is not None
    assert settings.clinic.emergency is None
    assert found.code == "emergency-unconfirmed"
