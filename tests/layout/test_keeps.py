"""What a block may not be parted from, wherever the page ends above it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from handouts.layout import DisplayList

LINE = '<span data-blank="50mm"></span>'


def section(*blocks: str) -> str:
    return "<section><h2>A heading</h2>" + "".join(blocks) + "</section>"


def pages_of(display: DisplayList, *wanted: str) -> tuple[int, ...]:
    """Return the page on which each text stands, found by how it begins."""
    texts = [
        (str(one.run.texts), number)
        for number, page in enumerate(display.pages)
        for one in page.placed()
    ]
    return tuple(
        next(number for text, number in texts if text.startswith(own)) for own in wanted
    )


def wherever_it_falls(
    press: Any, tail: str, *wanted: str, end: str = ""
) -> set[tuple[int, ...]]:
    """Return the pages of texts in `tail`, for every height of what stands above."""
    return {
        pages_of(press.lay_out(section(*["<p>one</p>"] * count) + tail + end), *wanted)
        for count in range(8, 32)
    }


MORE = section(*["<p>end</p>"] * 14)
"""So much that a last page is not nearly empty."""
ITEMS = [f"<li>item {number}</li>" for number in range(1, 9)]
LAST = "<p>Is a line still empty?</p><p>And so on.</p><p>The end.</p>"


def test_a_word_about_a_list_to_fill_in_stands_with_its_lines(press: Any) -> None:
    form = [*ITEMS[:6], f"<li>The day: {LINE}</li>", f"<li>Who helps: {LINE}</li>"]
    tail = section("<ul>" + "".join(form) + "</ul>", LAST)
    found = wherever_it_falls(press, tail, "Who helps:", "Is a line still empty?")
    assert all(line == asked for line, asked in found)
    assert {line for line, _ in found} == {0, 1}


def test_a_word_under_a_list_to_read_may_begin_a_page(press: Any) -> None:
    tail = section("<ul>" + "".join(ITEMS) + "</ul>", LAST)
    found = wherever_it_falls(press, tail, "item 8", "Is a line still empty?", end=MORE)
    assert (0, 1) in found


FORM = f"<ul><li>The day: {LINE}</li><li>Who helps: {LINE}</li></ul>"
RULED = (
    '<figure data-draw="lines" data-min="2" data-max="3"><p class="alt">Lines</p>'
    "</figure>"
)


def test_what_introduces_the_next_block_is_not_held_back(press: Any) -> None:
    bring = "<p>Please bring:</p><ul>" + "".join(ITEMS) + "</ul>"
    tail = section("<p>one</p><p>two</p>", FORM, bring)
    found = wherever_it_falls(press, tail, "Who helps:", "Please bring:", end=MORE)
    assert (0, 1) in found


def test_lines_to_write_on_do_not_begin_a_page_without_a_heading(press: Any) -> None:
    tail = section("<p>one</p><p>two</p>", FORM, "<p>Please bring:</p>", RULED)
    found = wherever_it_falls(press, tail, "Who helps:", "Please bring:", end=MORE)
    assert found == {(0, 0), (1, 1)}


def test_what_has_a_heading_of_its_own_may_begin_a_page(press: Any) -> None:
    tail = section("<p>one</p><p>two</p>", FORM, "<h3>Please bring:</h3>", RULED)
    found = wherever_it_falls(press, tail, "Who helps:", "Please bring:", end=MORE)
    assert (0, 1) in found


@pytest.mark.parametrize(("lines", "is_held"), [(5, True), (12, False)])
def test_the_last_lines_of_a_section_do_not_begin_a_page(
    press: Any, lines: int, is_held: bool
) -> None:
    end = "<p>Know this. " + "word " * 14 * lines + "</p>"
    tail = section("<p>one</p>", "<ul>" + "".join(ITEMS[:2]) + "</ul>", end)
    found = wherever_it_falls(press, tail, "item 2", "Know", end=MORE)
    assert ((0, 1) in found) is not is_held


@pytest.mark.parametrize(("words", "is_held"), [(0, True), (16, False)])
def test_a_section_does_not_begin_with_one_line_at_a_foot(
    press: Any, words: int, is_held: bool
) -> None:
    tail = section(
        "<p>Usually " + "word " * words + "</p>",
        "<p>Each " + "word " * 34 + "</p>",
        "<p>" + "word " * 120 + "</p>",
    ).replace("A heading", "Effects")
    found = wherever_it_falls(press, tail, "Effects", "Usually", "Each", end=MORE)
    assert ((0, 0, 1) in found) is not is_held
    assert {(0, 0, 0), (1, 1, 1)} <= found


@pytest.mark.parametrize("is_inside", [True, False])
def test_a_box_stands_with_the_section_that_it_is_part_of(
    press: Any, is_inside: bool
) -> None:
    box = '<aside class="warning"><h3>Not suddenly</h3><p>Talk with us first.</p></aside>'
    items = "<ul>" + "".join(ITEMS[:2]) + "</ul>"
    tail = section(items, box) if is_inside else section(items) + box
    found = wherever_it_falls(press, tail, "item 1", "item 2", "Not", end=MORE)
    assert ((0, 0, 1) in found) is not is_inside
    assert {(0, 0, 0), (1, 1, 1)} <= found


@pytest.mark.parametrize("words", [0, 40, 90])
def test_how_to_read_a_table_stands_with_its_first_rows(press: Any, words: int) -> None:
    rows = "".join(f"<tr><td>row {number}</td><td>b</td></tr>" for number in range(5))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    text = "<p>Boxes say how sure. " + "word " * words + "</p>"
    tail = section(text, f"<table>{head}<tbody>{rows}</tbody></table>")
    found = wherever_it_falls(press, tail, "Boxes", "row 0", "row 1")
    assert found == {(0, 0, 0), (1, 1, 1)}


def test_a_row_is_never_alone_where_there_are_four(press: Any) -> None:
    rows = "".join(f"<tr><td>row {number}</td><td>b</td></tr>" for number in range(4))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    tail = section(f"<table>{head}<tbody>{rows}</tbody></table>")
    names = [f"row {number}" for number in range(4)]
    for found in wherever_it_falls(press, tail, *names):
        assert {len(list(page)) for _, page in itertools.groupby(found)} <= {2, 4}


def test_three_rows_stay_whole_where_a_page_has_room_to_spare(press: Any) -> None:
    rows = "".join(f"<tr><td>row {number}</td><td>b</td></tr>" for number in range(3))
    head = '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
    tail = section(f"<table>{head}<tbody>{rows}</tbody></table>")
    names = [f"row {number}" for number in range(3)]
    found = wherever_it_falls(press, tail, *names, end=MORE)
    assert found == {(0, 0, 0), (1, 1, 1)}


def test_ticks_stand_with_the_heading_of_their_section(press: Any) -> None:
    ticks = "".join(f"<li>tick {number}</li>" for number in range(6))
    tail = section(
        "<p>What it means.</p><p>Choose:</p>", f'<ul class="checklist">{ticks}</ul>'
    ).replace("A heading", "My decision")
    found = wherever_it_falls(press, tail, "My decision", "tick 0", "tick 5", end=MORE)
    assert found == {(0, 0, 0), (1, 1, 1)}
