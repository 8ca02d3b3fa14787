"""What the numbers of all messages count: a fixed, known set.

A measure that countries write differently (weight, length, temperature, money) would
have to follow the clinic's country, as the telephone numbers do. None is printed: the
one unit of measure is mmHg, and the rest are things and times that are the same anywhere.
"""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
POT = polib.pofile(str(ROOT / "locales" / "handouts.pot"))
TEXTS = [text for one in POT for text in (one.msgid, one.msgid_plural) if text]
MEASURES = {"mmHg"}
COUNTED = {
    *("hour", "hours", "night", "nights", "week", "weeks", "month", "months"),
    *("adult", "adults", "person", "people", "study", "studies", "text", "texts"),
    *("point", "points", "time", "times"),
}
MEASURE = re.compile(
    r"\b(?:mmHg|k?Pa|[mµn]?g|mcg|kg|[mcd]?l|m[lL]|L|mm|cm|km|m|lb|lbs|oz|ft|in\.|mol|mmol"
    r"|gram|litre|liter|met(?:re|er)|mile|inch(?:es)?|feet|foot|pound|ounce|stone|pint|cup"
    r"|degree|celsius|fahrenheit|dollar|euro|cent)s?\b(?![’'])|[°$£€%](?!\()",
    re.IGNORECASE,
)
LATER = {"more", "of", "in", "or", "and", "small", "than", "to"}
"""Words that stand between a number and what it counts, or end its phrase."""


def _measures(text: str) -> set[str]:
    return set(MEASURE.findall(re.sub(r"<[^>]+>|%\(\w+\)s", " # ", text)))


def _counted(text: str) -> set[str]:
    """Return what the placeholders count: the word after each."""
    bare = re.sub(r"<[^>]+>", "", text)
    return set(re.findall(r"%\(\w+\)s (\w+)", bare)) - LATER


def test_the_only_unit_of_measure_is_that_of_blood_pressure() -> None:
    assert set().union(*map(_measures, TEXTS)) == MEASURES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("above %(upper)s mmHg or %(lower)s kPa", {"mmHg", "kPa"}),
        ("Drink %(cups)s cups or %(ml)s ml", {"cups", "ml"}),
        ("a fever above %(high)s °C, or %(more)s%%", {"°", "%"}),
        ("It costs $5, not £4", {"$", "£"}),
        ("It weighs %(kg)s kg (%(lb)s lbs)", {"kg", "lbs"}),
        ("I can walk for %(n)s minutes <strong>in all</strong>", set()),
    ],
)
def test_the_search_for_units_bites(text: str, found: set[str]) -> None:
    assert _measures(text) == found


def test_numbers_count_what_is_the_same_in_every_country() -> None:
    counted = set().union(*map(_counted, TEXTS))
    assert counted - MEASURES <= COUNTED
    assert counted >= MEASURES | {"hours", "weeks", "months", "people"}
