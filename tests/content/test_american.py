"""The American words: each stands for an English one that is still there.

What a reader relies on, numbers, "not", "at least", tags, is the same; British words
that American readers do not use are gone from the whole of every leaflet.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polib
import pytest

ROOT = Path(__file__).parents[2]
PO = polib.pofile(str(ROOT / "locales/en_US/LC_MESSAGES/handouts.po"))
POT = polib.pofile(str(ROOT / "locales/handouts.pot"))
PAIRS = [
    pair
    for entry in PO
    for pair in (
        [(entry.msgid, entry.msgstr)]
        if not entry.msgid_plural
        else zip(
            (entry.msgid, entry.msgid_plural),
            (entry.msgstr_plural[0], entry.msgstr_plural[1]),
            strict=True,
        )
    )
]
KEPT = re.compile(
    r"%\(\w+\)s|</?\w+>|\d+|\b(?:not|no|never|nobody|only|at least|about (?=%)|up to"
    r"|must|can|call|stop|within|longer|most|usually|may)\b",
    re.IGNORECASE,
)
BRITISH = re.compile(
    r"an(?:ae|æ)sth|apnoea|oedema|paed|haem|\w+our\b(?<!hour)(?<!your)(?<!our)|licen[cs]e"
    r"|\bdrips?\b|(?:\ba |cause |\()fits?\b|\btick\b|paracetamol|physiotherap|\bA&E\b"
    r"|talking treatment|pass(?:ing)? urine|sleeping tablets|leaflet",
    re.IGNORECASE,
)
UNSEEN = re.compile(r"changed since a person")
"""Only translations say this."""


@pytest.mark.parametrize(("english", "american"), PAIRS)
def test_an_override_keeps_what_matters(english: str, american: str) -> None:
    assert english != american
    assert sorted(map(str.lower, KEPT.findall(english))) == sorted(
        map(str.lower, KEPT.findall(american))
    )


def test_every_override_is_of_a_message_that_is_used() -> None:
    asked = {(one.msgctxt, one.msgid, one.msgid_plural) for one in POT}
    assert {(one.msgctxt, one.msgid, one.msgid_plural) for one in PO} <= asked
    assert not PO.obsolete_entries()
    assert not [one for one in PO if one.fuzzy]


def test_no_british_word_is_left() -> None:
    own: dict[Any, tuple[str, ...]] = {
        (one.msgctxt, one.msgid): (one.msgstr, *one.msgstr_plural.values()) for one in PO
    }
    said = [
        text
        for one in POT
        if not UNSEEN.search(one.msgid)
        for text in own.get((one.msgctxt, one.msgid), (one.msgid, one.msgid_plural))
    ]
    assert len(said) > 300
    assert [text for text in said if BRITISH.search(text)] == []
    assert BRITISH.search("sleep apnoea") and BRITISH.search("a fit, or fainting")  # noqa: PT018  # two samples


def test_it_says_that_nobody_has_reviewed_it() -> None:
    assert PO.metadata["Language"] == "en_US"
    assert "unreviewed" in PO.metadata["X-Translation-Method"]
    assert "not been reviewed" in (ROOT / "locales/en_US/decisions.md").read_text("utf-8")
