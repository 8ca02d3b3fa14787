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
[[clinic.phones]]
number = "+44 20 7946 0958"
[clinic.emergency]
confirmed = true
[clinic.crisis]
confirmed = true
[clinic.advice]
confirmed = true
"""
HOURS = {6, 2, 5, 24}
PHONES = {"999", "116 123", "111", "+44 20 7946 0958"}


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
    job = Job(handout="infusion-day", locale=locale, format="a4")
    sink = Sink()
    resolved = resolve(job, workshop, sink)
    assert resolved is not None
    assert not sink.has_errors, sink.diagnostics
    values = [node for node in resolved.document if isinstance(node, Value)]
    hours = {_whole(one.text) for one in values if one.kind == "number"}
    assert hours >= HOURS
    assert {one.text for one in values if one.kind == "phone"} >= PHONES


def _whole(text: str) -> int:
    """Return a number by the value of its digits, whatever their script."""
    digits = [str(unicodedata.digit(char)) for char in text if char.isdecimal()]
    assert digits, text
    assert re.fullmatch(r"[\d.,\s]+", text), text
    return int("".join(digits))
