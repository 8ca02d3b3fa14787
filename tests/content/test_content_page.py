"""`docs/content.md` says what `facts.toml` says, and its scores add up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HANDOUTS = {
    path.stem for path in (HERE.parents[1] / "templates" / "handouts").glob("*.html")
}
PAGE = (HERE.parents[1] / "docs" / "content.md").read_text(encoding="utf-8")
FACTS = tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))["fact"]
IDS = [*(f"N{n}" for n in range(1, 15)), *(f"W{n}" for n in range(1, 15))]
NOWHERE = {"N8", "N11", "N13", "N14"}
"""Left out, or carried by no single message; the page says why."""
CLINICS = {"N6", "N12", "N13"}
SCORES = {"PEMAT-P": 24, "CDC Clear Communication Index": 20, "DISCERN": 16}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rows() -> list[list[str]]:
    return [_cells(line) for line in PAGE.splitlines() if re.match(r"\| [NW]\d", line)]


def _part(name: str) -> str:
    return PAGE.split(f"### {name}", 1)[1].split("\n##", 1)[0]


def test_the_page_carries_every_fact_once_and_in_order() -> None:
    assert list(dict.fromkeys(row[0] for row in _rows())) == IDS


@pytest.mark.parametrize("name", IDS)
def test_the_page_names_the_messages_of_a_fact(name: str) -> None:
    told = {
        (row[2], message)
        for row in _rows()
        if row[0] == name and row[2] != "–"
        for message in re.findall(r"`([^`]*)`", row[3])
    }
    carried = {
        (fact["handout"], message)
        for fact in FACTS
        if name in fact["id"].split()
        for message in fact.get("items", [fact.get("msgid")])
    }
    assert told == carried
    assert bool(told) is (name not in NOWHERE)


def test_what_the_clinic_gives_is_crossed_out() -> None:
    assert {row[0] for row in _rows() if "~~" in row[1]} == CLINICS


@pytest.mark.parametrize(("name", "items"), SCORES.items())
def test_scores_add_up_and_every_lost_point_has_its_reason(name: str, items: int) -> None:
    part = _part(name)
    table = [_cells(line) for line in part.splitlines() if line.startswith("| ")]
    head, *rows, sums = table
    best = 5 if name == "DISCERN" else 1
    names = head[2:]
    assert set(names) - {"set"} <= HANDOUTS
    assert [row[0] for row in rows] == [str(n) for n in range(1, items + 1)]
    reasons = _reasons(part, [one for one in names if one != "set"])
    lost = set()
    for column, handout in enumerate(names, 2):
        points = {row[0]: int(row[column]) for row in rows if row[column] != "–"}
        total, most = sum(points.values()), best * len(points)
        assert sums[column] == f"{total}/{most} = {round(100 * total / most)} %"
        if handout != "set":
            lost |= {(item, handout) for item, got in points.items() if got < best}
    assert lost == reasons


def _reasons(part: str, names: list[str]) -> set[tuple[str, str]]:
    """Return (item, handout) of the lines that say why a point is not given."""
    found: set[tuple[str, str]] = set()
    for item, who in re.findall(r"(?m)^- (\d+) ([^:]+): .+$", part):
        handouts = names if who == "all" else who.split(", ")
        assert set(handouts) <= set(names)
        found |= {(item, handout) for handout in handouts}
    return found
