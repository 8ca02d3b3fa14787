"""Pseudo-locales: English made to look foreign; what checks look for stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalog import Key, SourceMessage, pseudo_catalog, pseudo_text
from handouts.catalog.model import State
from handouts.checks import vet
from handouts.diagnostics import Sink
from handouts.languages import PSEUDO_LOCALES, language

ACCENTED, TURNED = language("en_XA"), language("ar-XB")
KEEP = frozenset({"ketamine", "Cochrane"})


def test_their_languages_are_english_by_another_name() -> None:
    assert (ACCENTED.locale, ACCENTED.tag, ACCENTED.direction) == (
        "en_XA",
        "en-XA",
        "ltr",
    )
    assert (TURNED.locale, TURNED.tag, TURNED.direction) == ("ar_XB", "ar-XB", "rtl")
    for one in (ACCENTED, TURNED):
        assert one.is_pseudo
        assert one.script == "Latn"
        assert one.english_name.startswith("Test text")
        assert one.plural_rule == language("en").plural_rule
    assert not language("en").is_pseudo
    assert not language("ar_EG").is_pseudo


@pytest.mark.parametrize(
    ("english", "accented"),
    [
        ("Rest now", "[Ŕééšţ ñöööŵ]"),
        ("Ketamine <strong>never</strong> %(n)s hours",
         "[Ketamine <strong>ñééṽééŕ</strong> %(n)s hours]"),
        ("180 mmHg or NMDA &amp; 5 mg daily", "[180 mmHg ööŕ NMDA &amp; 5 mg ðåîîļýý]"),
        (" 50%% of ", " [50%% of] "),
        ("", ""), (" ", " "), ("ttt", "[ţţţ]"),
    ],
)  # fmt: skip
def test_accents(english: str, accented: str) -> None:
    assert pseudo_text(english, ACCENTED, keep=KEEP) == accented


def test_words_run_from_right_to_left() -> None:
    text = pseudo_text("Do not <em>drive</em> for %(n)s hours, please.", TURNED)
    assert text == (
        "[Do\u200f not\u200f <em>drive\u200f</em> for\u200f %(n)s hours, please\u200f.]"
    )


def test_the_accented_text_is_two_fifths_longer() -> None:
    english = "Have a person whom you trust take you home and stay with you overnight"
    share = len(pseudo_text(english, ACCENTED)) / len(english)
    assert 1.35 < share < 1.5


PARTS = st.sampled_from(
    ["%(n)s", "%(name)s", "<strong>", "</strong>", "<br>", "24", "3.5", "%%", "&amp;",
     "word", " ", "it’s", "mmHg", "Ünï", ".", "(", "٣", "ketamine", "\n", "-"]
)  # fmt: skip
MARKS = re.compile(r"%\(\w+\)s|%%|<[^>]*>|&\w+;|\d+(?:\.\d+)?|mmHg|ketamine")


@given(st.lists(PARTS, max_size=12).map(" ".join), st.sampled_from([ACCENTED, TURNED]))
def test_what_checks_look_for_stays(text: str, own: object) -> None:
    found = pseudo_text(text, own, keep=KEEP)  # type: ignore[arg-type]  # a Language
    assert MARKS.findall(found) == MARKS.findall(text)


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
def test_a_pseudo_catalog_passes_the_checks(locale: str) -> None:
    own = language(locale)
    sources = tuple(
        SourceMessage(key=Key(context, msgid), plural=plural, references=(("a.html", 1),))
        for context, msgid, plural in (
            (None, "Do <strong>not</strong> drive for %(n)s hour", "… for %(n)s hours"),
            ("where", "Upper (%(n)s mmHg): at least 2 days, [see] Cochrane.", None),
            (None, "Ketamine", None),
        )
    )
    sink = Sink()
    catalog = pseudo_catalog(sources, own, keep=KEEP)
    vetted = vet(catalog, sources, own, sink, keep=KEEP)
    assert list(sink) == []
    assert {one.state for one in vetted.messages.values()} == {State.TRANSLATED}
    assert vetted.file == f"{locale} (made up)"
