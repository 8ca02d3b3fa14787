"""What must hold for every text: nothing lost, nothing parted, lines that fit."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.languages import language
from handouts.text import Isolate, ShapedParagraph, Style, UnsettableTextError
from handouts.text.breaks import line_breaks
from handouts.text.unicode import graphemes, is_ignorable

if TYPE_CHECKING:
    from conftest import Desk

# Words in many scripts, with what stands between words; joined without order.
WORDS = [
    "ketamine", "Schmerz", "điều", "ẹ̀kọ́", "x\u00adyz", "боль", "ألم", "می\u200cشود", "لا",
    "כאב", "दर्द", "ক্ষতি", "வலி", "ශ්\u200dරී", "เคตามีน", "น้ำ", "ជំងឺ", "ဆေး", "ນ້ຳ",
    "ህመም", "ტკივილი", "痛み", "「麻酔」", "、", "。", "っ", "ー", "통증",
    "50", "۵۰", "mg/kg", "38 °C", "≥", "𠮷", "👩\u200d🔬",
    "☎\ufe0f", "(", ")", "“", "”", "\u200b", "\u00a0",
    "\u2028", "\ufffc",
    "https://example.org/a?b=c",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*WORDS, *" " * 12]), max_size=14).map("".join)
Paragraph = tuple[str, str, dict[str, Any]]
LOCALES = st.sampled_from(["en", "ar", "he", "hi", "th", "km", "ja", "zh_Hant", "ko"])
WIDTHS = st.floats(0.5, 40)


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    """Return a locale, a text, isolates and bold parts that begin between clusters."""
    text = draw(TEXTS)
    edges = [0, *graphemes(text)]
    cuts = sorted(draw(st.lists(st.sampled_from(edges), max_size=4, unique=True)))
    styles = [
        (start, end, Style(bold=True, scale=0.7, rise=0.3))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    pair = sorted(draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
    isolate = Isolate(*pair, draw(st.sampled_from(["ltr", "rtl", None])))
    isolates = [isolate] if pair[0] < pair[1] else []
    blanks = [(at, 3.0) for at, char in enumerate(text) if char == "\ufffc"]
    return draw(LOCALES), text, {
        "styles": styles, "isolates": isolates, "blanks": blanks
    }  # fmt: skip


def shaped(desk: Desk, paragraph: Paragraph) -> ShapedParagraph:
    locale, text, rest = paragraph
    return desk.shape(locale, text, **rest)


def visible(text: str) -> str:
    """Return what glyphs stand for: neither objects, breaks nor ignorable characters."""
    kept = (
        char for char in text if char not in "\ufffc\u2028" and not is_ignorable(char)
    )
    return "".join(kept).replace("\u00a0", " ")


@given(paragraphs(), WIDTHS)
def test_nothing_is_lost_and_order_comes_back(
    desk: Desk, paragraph: Paragraph, width: float
) -> None:
    made = shaped(desk, paragraph)
    lines = made.lines(1.0, width)
    assert "".join(made.text[line.start : line.end] for line in lines) == made.text
    for line in lines:
        shown = visible(desk.logical(line)).replace("\u00ad", "")
        assert shown == visible(made.text[line.start : line.end])


@given(paragraphs(), WIDTHS)
def test_runs_hold_whole_clusters(desk: Desk, paragraph: Paragraph, width: float) -> None:
    made = shaped(desk, paragraph)
    for line in made.lines(1.0, width):
        for run in line.runs:
            counts = run.counts or (1,) * len(run.texts)
            assert len(counts) == len(run.texts)
            assert sum(counts) == len(run.gids) == len(run.advances) > 0
            assert run.offsets is None or len(run.offsets) == len(run.gids)
            assert math.isclose(run.width_pt, sum(run.advances), abs_tol=1e-9)
            assert 0 not in run.gids
            assert run.start < run.end


@given(paragraphs(), WIDTHS)
def test_no_grapheme_cluster_is_parted(
    desk: Desk, paragraph: Paragraph, width: float
) -> None:
    made = shaped(desk, paragraph)
    ends = set(graphemes(made.text)) | {0}
    for line in made.lines(1.0, width):
        assert {line.start, line.end} <= ends
        assert {run.start for run in line.runs} <= ends
        assert {run.end for run in line.runs} <= ends


@given(paragraphs(), WIDTHS, st.booleans())
def test_lines_fit_or_hold_one_cluster(
    desk: Desk, paragraph: Paragraph, width: float, balance: bool
) -> None:
    made = shaped(desk, paragraph)
    finest = made.ends(1.0, 1e-9)  # one cluster a line, where glyphs can be parted
    for line in made.lines(1.0, width, balance=balance):
        if line.width_pt > width + 1e-3:
            assert not any(line.start < edge < line.end for edge in finest)


@given(paragraphs(), WIDTHS, st.booleans())
def test_lines_are_as_many_as_were_counted(
    desk: Desk, paragraph: Paragraph, width: float, balance: bool
) -> None:
    made = shaped(desk, paragraph)
    for room in (width, made.width(1.0), made.width(1.0) + 0.5):
        assert made.line_count(1.0, room) == len(made.lines(1.0, room, balance=balance))


@given(paragraphs(), WIDTHS)
def test_lines_are_as_wide_as_was_measured(
    desk: Desk, paragraph: Paragraph, width: float
) -> None:
    made = shaped(desk, paragraph)
    measured = made.widths(made.ends(2.0, width), 2.0)
    drawn = [line.width_pt for line in made.lines(2.0, width)]
    assert measured == pytest.approx(drawn, abs=1e-3)


@given(paragraphs(), WIDTHS)
def test_measured_width_is_drawn_width(
    desk: Desk, paragraph: Paragraph, width: float
) -> None:
    made = shaped(desk, paragraph)
    lines = made.lines(1.0, width)
    for line in lines:
        boxes = [(run.x_pt, run.x_pt + run.width_pt) for run in line.runs]
        boxes += [(x, x + wide) for x, wide, _ in line.blanks]
        assert line.width_pt >= -1e-9
        boxes.sort()
        for (_, right), (left, _) in pairwise(boxes):
            assert left >= right - 1e-6  # no run over another
    natural = [line.width_pt for line in made.lines(1.0, 1e6)]
    assert made.width(1.0) == pytest.approx(max(natural, default=0.0), abs=1e-6)


@given(paragraphs(), st.floats(6, 30))
def test_width_is_linear_in_size(desk: Desk, paragraph: Paragraph, size: float) -> None:
    made = shaped(desk, paragraph)
    assert made.width(size) == pytest.approx(made.width(1.0) * size)
    for line, unit in zip(
        made.lines(size, 20 * size), made.lines(1.0, 20.0), strict=True
    ):
        assert (line.start, line.end) == (unit.start, unit.end)
        assert line.width_pt == pytest.approx(unit.width_pt * size)


@given(paragraphs(), WIDTHS)
def test_balance_keeps_the_number_of_lines(
    desk: Desk, paragraph: Paragraph, width: float
) -> None:
    made = shaped(desk, paragraph)
    plain = made.ends(1.0, width, avoid_short_last=False)
    assert len(made.ends(1.0, width, balance=True)) == len(plain)
    assert len(made.ends(1.0, width)) == len(plain)


@given(paragraphs())
def test_at_least_width_nothing_is_cut(desk: Desk, paragraph: Paragraph) -> None:
    locale, text, _ = paragraph
    made = shaped(desk, paragraph)
    width = made.min_width(1.0)
    breaks = set(line_breaks(text, tag=language(locale).tag, terms=desk.terms))
    for balance in (False, True):
        lines = made.lines(1.0, width, balance=balance)
        assert {line.end for line in lines} <= breaks
        assert all(line.width_pt <= width + 1e-3 for line in lines)


@given(paragraphs())
def test_the_same_lines_come_twice(desk: Desk, paragraph: Paragraph) -> None:
    made = shaped(desk, paragraph)
    assert made.lines(12.0, 150.0) == made.lines(12.0, 150.0)


@given(st.text(max_size=20), LOCALES, WIDTHS)
@example("\u0301a", "en", 2.0)
@example("\u200d", "ar", 2.0)
@example("a\r\nb", "en", 2.0)
@example("क्\u200d", "hi", 0.5)
def test_any_text_is_set_whole_or_refused(
    desk: Desk, text: str, locale: str, width: float
) -> None:
    made = refused = None
    try:
        made = desk.shape(locale, text)
    except UnsettableTextError as error:
        refused = error
    if made is None:
        assert refused is not None
        assert refused.problems
        for problem in refused.problems:
            end = problem.offset + len(problem.text)
            assert text[problem.offset : end] == problem.text
        return
    lines = made.lines(1.0, width)
    shown = "".join(visible(desk.logical(line)).replace("\u00ad", "") for line in lines)
    assert shown == visible(text).replace("\t", " ").replace("\u202f", " ")
