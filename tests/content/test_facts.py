"""Each fact that must never be lost is in the English, with the right number and risk.

The table `facts.toml` is the bridge from the clinical fact sheet to the messages: a
reworded message fails here until somebody has looked at the fact again.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Leaflet, Use

FACTS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "facts.toml").read_text(encoding="utf-8")
)["fact"]
CARRIED = {f"N{n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 10, 12)}
CARRIED |= {f"W{n}" for n in range(1, 15)}


def _name(fact: dict[str, Any]) -> str:
    return f"{fact['id']} {fact.get('msgid', 'items')[:30]}"


@pytest.mark.parametrize("fact", FACTS, ids=_name)
def test_a_fact_is_in_its_handout(
    fact: dict[str, Any], leaflets: dict[str, Leaflet]
) -> None:
    for msgid in fact.get("items", [fact.get("msgid")]):
        uses = _uses(leaflets[fact["handout"]], msgid)
        assert uses, msgid
        for use in uses:
            assert dict(use.values) == fact.get("values", {})
            assert use.safety or not fact.get("safety", False)


def test_every_fact_of_these_handouts_is_carried() -> None:
    """What the table leaves out is justified at its head."""
    assert {name for fact in FACTS for name in fact["id"].split()} >= CARRIED


def test_the_signs_of_an_emergency_stand_in_its_box(leaflets: dict[str, Leaflet]) -> None:
    for fact in FACTS:
        for msgid in fact.get("items", []) if fact["id"] in {"W10", "A11"} else []:
            for use in _uses(leaflets[fact["handout"]], msgid):
                assert "aside.emergency" in use.inside


def test_pictures_show_the_numbers_of_their_words(leaflets: dict[str, Leaflet]) -> None:
    leaflet = leaflets["ketamine-safety"]
    more = [int(use.values["more"]) for use in leaflet.uses if "more" in use.values]
    alternatives = [
        int(use.values["filled"]) for use in leaflet.uses if "filled" in use.values
    ]
    assert list(leaflet.counts) == more == alternatives == [27, 12, 11]


def test_only_the_country_gives_emergency_numbers(leaflets: dict[str, Leaflet]) -> None:
    """N12: the number follows the country, so no template may hold one."""
    for leaflet in leaflets.values():
        for number in ("999", "911", "112", "000", "111", "988", "116"):
            assert number not in leaflet.text()


def _uses(leaflet: Leaflet, msgid: str) -> list[Use]:
    return [use for use in leaflet.uses if use.msgid == msgid]
