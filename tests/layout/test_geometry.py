"""Whole pages: everything in its frame, nothing on top of another, mirrored exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.layout import (
    KNOWN_FORMATS,
    Box,
    DisplayList,
    Page,
    Placed,
    Segment,
)
from handouts.layout.formats import FRAME_WIDTH_PT, TEXT_EDGE_PT

A4 = KNOWN_FORMATS["a4"]
LEFT, RIGHT = A4.side_pt, A4.side_pt + FRAME_WIDTH_PT

WORDS = "one two three four five six seven eight nine ten eleven twelve "
PARAGRAPH = f"<p>{WORDS * 4}</p>"
BULLETS = "<ul>" + "".join(f"<li>item {n}</li>" for n in range(6)) + "</ul>"
CHECKS = (
    '<ul class="checklist">' + "".join(f"<li>tick {n}</li>" for n in range(7)) + "</ul>"
)
TABLE = (
    '<table><thead><tr><th scope="col">Effect</th><th scope="col">Action</th></tr>'
    "</thead><tbody>"
    + "".join(
        f'<tr><th scope="row">effect {n}</th><td>{WORDS}</td></tr>' for n in range(5)
    )
    + "</tbody></table>"
)
PEOPLE = (
    '<figure data-draw="people"><ul><li data-count="27"><p>27 more feel sleepy</p>'
    '<p class="alt">27 of 100</p></li><li data-count="3"><p>3 more feel sick</p>'
    '<p class="alt">3 of 100</p></li></ul><figcaption><p data-key="counted">has it</p>'
    '<p data-key="other">has it not</p><p>Low certainty.</p></figcaption></figure>'
)
SCALE = (
    '<figure data-draw="scale"><p>no pain</p><p>worst pain</p>'
    '<p class="alt">Scale</p></figure>'
)
LINES = (
    '<figure data-draw="lines" data-min="2" data-max="6">'
    '<p class="alt">Lines</p></figure>'
)
PHONES = (
    '<figure data-draw="phones"><ul><li><p>Emergency</p><p>112</p></li>'
    '<li><p>Clinic</p><p><span data-blank="field"></span></p></li></ul></figure>'
)
PANELS = "".join(
    f'<figure data-draw="{name}"><ul><li><p><strong>One:</strong> {WORDS}</p></li>'
    f'<li><p>two</p></li></ul><p class="alt">Pictures</p></figure>'
    for name in ("alarm", "receptor")
)
TIMELINE = (
    '<figure data-draw="timeline" data-bar="2-3"><ol>'
    + "".join(f"<li><p><strong>Now:</strong> one {n}</p></li>" for n in range(4))
    + '</ol><p class="alt">Four stops</p></figure>'
)
SURE = (
    '<table><thead><tr><th scope="col">What</th><th scope="col">How sure?</th></tr>'
    "</thead><tbody>"
    + "".join(
        f'<tr><th scope="row">{WORDS}</th><td><figure data-draw="certainty"'
        f' data-level="{n}"><p>weak</p></figure></td></tr>'
        for n in (1, 2, 3, 4)
    )
    + "</tbody></table>"
)
KEY = f'<aside class="key-message"><p>{WORDS}</p><p>{WORDS}</p></aside>'
NOTE = f'<aside class="note"><p>{WORDS}</p></aside>'
WARNING = f'<aside class="warning"><h3>Do not</h3>{BULLETS}<p>{WORDS}</p></aside>'
EMERGENCY = f'<aside class="emergency"><h3>Get help</h3>{BULLETS}{PHONES}</aside>'
INNER = (PARAGRAPH, BULLETS, CHECKS, TABLE, PEOPLE, SCALE, LINES, PANELS, TIMELINE, SURE)
BOXES = (NOTE, WARNING)


def section(*blocks: str) -> str:
    return "<section><h2>A heading</h2>" + "".join(blocks) + "</section>"


EVERYTHING = KEY + section(*INNER) + WARNING + NOTE + section(PARAGRAPH) + EMERGENCY

bodies = st.lists(
    st.one_of(
        st.sampled_from(BOXES),
        st.lists(st.sampled_from(INNER), min_size=1, max_size=4).map(
            lambda blocks: section(*blocks)
        ),
    ),
    min_size=1,
    max_size=6,
).map(lambda blocks: KEY + section(PARAGRAPH) + "".join(blocks) + EMERGENCY)


def texts(page: Page) -> Iterator[Placed]:
    return (item for item in page.placed())


def drawn_words(display: DisplayList) -> list[str]:
    return [
        str(one.run.texts)
        for page in display.pages
        for one in page.placed()
        if one.artifact is None
    ]


def assert_in_frames(display: DisplayList) -> None:
    for page in display.pages:
        for one in texts(page):
            x, y, width, height = one.frame
            assert one.x_pt >= x - 0.01
            assert one.x_pt + one.run.width_pt <= x + width + 0.01
            assert y <= one.y_pt <= y + height
            assert x >= LEFT - 0.01
            assert x + width <= RIGHT + 0.01
            assert one.y_pt <= page.height_pt - A4.footer_pt


def assert_no_overlap(page: Page) -> None:
    """No line of text stands on another, and no box of one block on another block's."""
    frames = sorted({(o.frame, o.y_pt) for o in texts(page) if o.artifact != "number"})
    for i, ((x, _, width, _), base) in enumerate(frames):
        for (other_x, _, other_width, _), other in frames[i + 1 :]:
            beside = other_x >= x + width - 0.01 or x >= other_x + other_width - 0.01
            assert beside or base == other or abs(base - other) > 9.0
    boxes = sorted(
        (b.y_pt, b.y_pt + b.height_pt)
        for b in page.items
        if isinstance(b, Box) and b.stroke and b.width_pt > FRAME_WIDTH_PT - 5
    )
    for (_, foot), (top, _) in pairwise(boxes):
        assert foot <= top


@settings(max_examples=25, deadline=None)
@given(body=bodies, draft=st.booleans())
def test_everything_stands_in_its_frame_and_nothing_on_another(
    body: str, draft: bool, new_press: Callable[[], Any]
) -> None:
    press = new_press()
    display = press.lay_out(body, draft=draft)
    assert_in_frames(display)
    for page in display.pages:
        assert_no_overlap(page)
    assert not press.sink.has_errors


@settings(max_examples=15, deadline=None)
@given(body=bodies)
def test_nothing_is_lost(body: str, new_press: Callable[[], Any]) -> None:
    press = new_press()
    words = " ".join(drawn_words(press.lay_out(body))).split()
    for word in ("seven", "tick", "item", "effect"):
        expected = body.count(f"{word} ") + body.count(f"{word}<")
        drawn = words.count(word)
        assert drawn == expected, word


@pytest.mark.parametrize("body", [EVERYTHING, section(*INNER)])
def test_right_to_left_page_is_the_exact_mirror(
    body: str, new_press: Callable[[], Any]
) -> None:
    ltr = new_press().lay_out(body, direction="ltr")
    rtl = new_press().lay_out(body, direction="rtl")
    assert len(ltr.pages) == len(rtl.pages)
    for page, turned in zip(ltr.pages, rtl.pages, strict=True):
        assert shapes(page, turn=True) == shapes(turned, turn=False)
        assert words(page, turn=True) == words(turned, turn=False)


def shapes(page: Page, *, turn: bool) -> list[tuple[float, ...]]:
    """Return boxes and lines as (left, top, right, foot), turned round if asked."""
    found: list[tuple[float, float, float, float]] = []
    for item in page.items:
        if isinstance(item, Box):
            right, foot = item.x_pt + item.width_pt, item.y_pt + item.height_pt
            found.append((item.x_pt, item.y_pt, right, foot))
        elif isinstance(item, Segment):
            found.append((item.x1_pt, item.y1_pt, item.x2_pt, item.y2_pt))
    return sorted(tuple(round(n, 3) for n in one) for one in turned(found, page, turn))


def words(page: Page, *, turn: bool) -> list[tuple[float, ...]]:
    """Return the places of runs; numbers of layout's own run from left to right."""
    found = [
        (o.x_pt, o.y_pt, o.x_pt + o.run.width_pt, o.y_pt)
        for o in texts(page)
        if o.artifact is None
    ]
    return sorted(tuple(round(n, 3) for n in one) for one in turned(found, page, turn))


def turned(
    found: list[tuple[float, float, float, float]], page: Page, turn: bool
) -> list[tuple[float, float, float, float]]:
    if not turn:
        return found
    width = page.width_pt
    return [(width - x2, y1, width - x1, y2) for x1, y1, x2, y2 in found]


def test_text_and_headings_begin_on_one_edge(press: Any) -> None:
    display = press.lay_out(section(PARAGRAPH) + KEY + WARNING + EMERGENCY)
    edge = LEFT + TEXT_EDGE_PT
    for page in display.pages:
        starts = {
            round(o.x_pt, 2)
            for o in texts(page)
            if str(o.run.texts).startswith(("A heading", "one", "Do not", "Get help"))
        }
        assert starts == {round(edge, 2)}


def test_long_list_divides_with_two_items_on_either_side(press: Any) -> None:
    items = "".join(f"<li>{WORDS * 3}</li>" for _ in range(17))
    display = press.lay_out(section(f"<ul>{items}</ul>"))
    assert len(display.pages) > 1
    for page in display.pages:
        bullets = [i for i in page.items if isinstance(i, Box) and i.width_pt == 5.0]
        assert len(bullets) != 1


def test_table_head_is_repeated(press: Any) -> None:
    rows = "".join(f"<tr><td>row</td><td>{WORDS * 4}</td></tr>" for _ in range(30))
    head = '<thead><tr><th scope="col">Head</th><th scope="col">B</th></tr></thead>'
    display = press.lay_out(section(f"<table>{head}<tbody>{rows}</tbody></table>"))
    assert len(display.pages) > 1
    for page in display.pages:
        if any(str(o.run.texts) == "row" for o in texts(page)):
            assert any(str(o.run.texts) == "Head" for o in texts(page))


@settings(max_examples=8, deadline=None)
@given(count=st.integers(1, 30))
def test_more_text_never_takes_fewer_pages(
    count: int, new_press: Callable[[], Any]
) -> None:
    def pages(number: int) -> int:
        return len(new_press().lay_out(section(*[PARAGRAPH] * number)).pages)

    assert pages(count) <= pages(count + 1)


def test_both_papers_break_lines_at_the_same_places(press: Any) -> None:
    body = section(PARAGRAPH)
    one, other = press.lay_out(body), press.lay_out(body, paper="letter")
    assert drawn_words(one) == drawn_words(other)


def test_word_wider_than_the_frame_is_reported(press: Any) -> None:
    assert press.try_lay_out(section("<p>" + "x" * 90 + "</p>")) is None
    (found,) = press.sink.diagnostics
    assert found.code == "overfull"
    assert found.message == "a line is 206.7 pt larger than its frame"


def test_box_higher_than_a_page_is_divided_with_a_warning(press: Any) -> None:
    many = "".join(PARAGRAPH for _ in range(20))
    display = press.lay_out(
        section(PARAGRAPH) + f'<aside class="note"><h3>Note</h3>{many}</aside>'
    )
    assert len(display.pages) > 1
    assert {one.code for one in press.sink} == {"divided-box"}
    assert_in_frames(display)


def test_repeated_draft_notice_is_content_once(press: Any) -> None:
    display = press.lay_out(section(*[PARAGRAPH] * 16), draft=True)
    assert len(display.pages) > 1
    for number, page in enumerate(display.pages):
        notice = [o for o in texts(page) if str(o.run.texts).startswith("Draft")]
        assert [o.artifact for o in notice] == ["draft" if number else None]


def test_footer_counts_pages_and_parts_the_code(press: Any) -> None:
    display = press.lay_out(section(*[PARAGRAPH] * 16))
    footers = [
        "".join(str(o.run.texts) for o in texts(page) if o.artifact == "footer")
        for page in display.pages
    ]
    count = len(footers)
    assert footers[0] == f"A titlePage 1 of {count} code 7F3A 91C2"
    assert footers[-1] == f"A titlePage {count} of {count} code 7F3A 91C2"
