"""A clinic that has set everything: its values stand on the page, in every language."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from handouts.batch import Job
from handouts.build import BuildRequest, Workshop, open_workshop
from handouts.build.edition import resolve
from handouts.diagnostics import Sink
from handouts.document import Value

ROOT = Path(__file__).parents[2]
LOCALES = (
    "en",
    *sorted(path.parent.parent.name for path in ROOT.glob("locales/*/*/handouts.po")),
)
SETTINGS = """\
[clinic]
name = "Rose Clinic"
country = "GB"
no_food_hours = 6
no_drink_hours = 2
stay_hours = 5
bring = ["medicines", "letter", "glasses", "clothes", "music", "helper-phone"]
[[clinic.phones]]
number = "+44 20 7946 0958"
label = "day"
days = "mon-fri"
opens = "09:00"
closes = "17:00"
[[clinic.phones]]
number = "+44 20 7946 0959"
label = "night"
opens = "17:00"
closes = "09:00"
[clinic.emergency]
confirmed = true
[clinic.crisis]
confirmed = true
[clinic.advice]
confirmed = true
"""
HOURS = {6, 2, 5, 24}
PHONES = {"999", "116 123", "111", "+44 20 7946 0958", "+44 20 7946 0959"}
ANSWERED = [[9, 0, 17, 0], [17, 0, 9, 0]]
HANDOUTS = sorted(path.stem for path in ROOT.glob("templates/handouts/*.html"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    project = tmp_path_factory.mktemp("clinic")
    (project / "handouts.toml").write_text(SETTINGS)
    sink = Sink()
    opened = open_workshop(BuildRequest(project=project), sink)
    assert opened is not None, sink.diagnostics
    return opened


@pytest.mark.parametrize("locale", LOCALES)
def test_the_clinics_values_stand_in_the_day_of_a_drip(
    workshop: Workshop, locale: str
) -> None:
    """N5, N6 and N12 of the facts: hours and telephone numbers, by their value."""
    values = _values(workshop, "infusion-day", locale)
    hours = {_whole(one.text) for one in values if one.kind == "number"}
    assert hours >= HOURS
    assert {one.text for one in values if one.kind == "phone"} >= PHONES


@pytest.mark.parametrize("locale", LOCALES)
def test_every_leaflet_says_whom_to_call_and_when(
    workshop: Workshop, locale: str
) -> None:
    for handout in HANDOUTS:
        values = _values(workshop, handout, locale)
        shown = [one.text for one in values if one.kind == "phone"]  # times, too
        assert set(shown) >= PHONES
        assert [_times(text) for text in shown if text not in PHONES] == ANSWERED


def _values(workshop: Workshop, handout: str, locale: str) -> list[Value]:
    sink = Sink()
    job = Job(handout=handout, locale=locale, format="a4")
    resolved = resolve(job, workshop, sink)
    assert resolved is not None
    assert not sink.has_errors, sink.diagnostics
    return [node for node in resolved.document if isinstance(node, Value)]


def _times(text: str) -> list[int]:
    """Return the numbers of opening hours by their value, whatever their script."""
    return [int(number) for number in re.findall(r"\d+", text)]


def _whole(text: str) -> int:
    """Return a number by the value of its digits, whatever their script."""
    digits = [str(unicodedata.digit(char)) for char in text if char.isdecimal()]
    assert digits, text
    assert re.fullmatch(r"[\d.,\s]+", text), text
    return int("".join(digits))
