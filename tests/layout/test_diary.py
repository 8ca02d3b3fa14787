"""Tables to write in: cells that a pen can hit, on one page."""

from __future__ import annotations

from typing import Any

import pytest

from handouts.layout import Box, DisplayList, Placed
from handouts.layout.formats import MEASURE_PT, TEXT_EDGE_PT

HEADS = ("Day", "Worst pain", "Sleep", "Notes")
DAYS = ("Monday", "Tuesday", "Wednesday")
FRAME_PT = MEASURE_PT + TEXT_EDGE_PT


def diary(*rows: str, heads: tuple[str, ...] = HEADS, caption: str = "") -> str:
    cells = "".join(f'<th scope="col">{text}</th>' for text in heads)
    return (
        f'<section><h2>A heading</h2><table class="diary">{caption}<thead><tr>{cells}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )


def day(name: str, columns: int = 3) -> str:
    return f'<tr><th scope="row">{name}</th>{"<td></td>" * columns}</tr>'


def empty(columns: int = 3) -> str:
    return f"<tr>{'<td></td>' * columns}</tr>"


def cells(display: DisplayList) -> list[Box]:
    return [
        item
        for page in display.pages
        for item in page.items
        if isinstance(item, Box) and item.stroke_pt == 0.75 and item.dash is None
    ]


def at(display: DisplayList, text: str) -> Placed:
    (found,) = [
        one
        for page in display.pages
        for one in page.placed()
        if str(one.run.texts) == text
    ]
    return found


def test_every_cell_has_a_frame_large_enough_for_a_pen(press: Any) -> None:
    display = press.lay_out(diary(*map(day, DAYS)))
    boxes = cells(display)
    assert len(boxes) == len(HEADS) * (1 + len(DAYS))
    assert min(box.width_pt for box in boxes) >= 26
    assert min(box.height_pt for box in boxes[len(HEADS) :]) >= 22


def test_a_diary_is_as_wide_as_a_box(press: Any) -> None:
    boxes = cells(press.lay_out(diary(*map(day, DAYS))))
    start = min(box.x_pt for box in boxes)
    end = max(box.x_pt + box.width_pt for box in boxes)
    assert end - start == pytest.approx(FRAME_PT, abs=1.0)


def test_names_take_their_width_and_notes_the_most(press: Any) -> None:
    boxes = cells(press.lay_out(diary(*map(day, DAYS))))[: len(HEADS)]
    widths = [box.width_pt for box in boxes]
    assert widths[0] < widths[3]
    assert widths[3] == max(widths)


def test_a_first_column_to_write_in_is_wide_too(press: Any) -> None:
    heads = ("I try", "When", "Helped")
    boxes = cells(press.lay_out(diary(empty(), empty(), heads=heads)))[:3]
    assert boxes[0].width_pt > boxes[1].width_pt < boxes[2].width_pt


def test_rows_grow_where_the_page_has_room(press: Any) -> None:
    display = press.lay_out(diary(*map(day, DAYS)))
    head, *_, last = cells(display)
    assert last.height_pt > head.height_pt
    assert last.height_pt == pytest.approx(24 + 30, abs=8)


def test_rows_are_22_pt_high_and_more_in_large_type(press: Any) -> None:
    # Lines to write on below take the room that the page has: no row grows.
    lines = '<figure data-draw="lines" data-min="{}"><p class="alt">Lines</p></figure>'
    body = diary(*map(day, DAYS)).replace("</section>", lines + "</section>")
    for count in range(12, 30):
        boxes = cells(press.lay_out(body.format(count)))
        rows = [box.height_pt for box in boxes[len(HEADS) :]]
        size = at(press.lay_out(body.format(count)), "Monday").run.size_pt
        assert min(rows) + 1e-6 >= max(22, 1.8 * size)
    tightest = min(
        cells(press.lay_out(body.format(count)))[-1].height_pt for count in range(12, 30)
    )
    assert tightest == pytest.approx(22, abs=2)


def test_no_head_takes_more_than_two_lines_where_there_is_room(press: Any) -> None:
    heads = ("Day", "a b c d e f g h", "Sleep", "What I did, and my own notes")
    display = press.lay_out(diary(*map(day, DAYS), heads=heads))
    boxes = cells(display)[: len(heads)]
    for box in boxes:
        inside = {
            one.y_pt
            for one in display.pages[0].placed()
            if box.x_pt < one.x_pt < box.x_pt + box.width_pt
            and box.y_pt < one.y_pt < box.y_pt + box.height_pt
        }
        assert 1 <= len(inside) <= 2


def test_names_stand_in_their_row_right_to_left(press: Any) -> None:
    display = press.lay_out(diary(*map(day, DAYS)), direction="rtl")
    box = max(cells(display), key=lambda one: (one.y_pt, one.x_pt))
    inside = [
        one
        for page in display.pages
        for one in page.placed()
        if box.y_pt < one.y_pt < box.y_pt + box.height_pt and one.artifact is None
    ]
    assert inside
    assert all(box.x_pt < one.x_pt < box.x_pt + box.width_pt for one in inside)


def test_heads_wider_than_the_page_are_never_drawn_over_each_other(press: Any) -> None:
    heads = tuple("x" * 30 + letter for letter in "abcd")
    assert press.try_lay_out(diary(*map(day, DAYS), heads=heads)) is None
    assert {one.code for one in press.sink} == {"overfull"}


def test_a_caption_stands_above(press: Any) -> None:
    display = press.lay_out(diary(day("Monday"), caption="<caption>Week</caption>"))
    assert at(display, "Week").y_pt < min(box.y_pt for box in cells(display))


def shares(press: Any, *heads: str) -> list[float]:
    columns = len(heads) - 1
    rows = [day(name, columns) for name in DAYS]
    boxes = cells(press.lay_out(diary(*rows, heads=heads)))[: len(heads)]
    return [box.width_pt / FRAME_PT for box in boxes]


@pytest.mark.parametrize("length", range(6, 13))
def test_notes_have_a_quarter_where_the_others_can_spare_it(
    press: Any, length: int
) -> None:
    words = " ".join(["x" * length] * 2)
    found = shares(press, "Day", words, "Sleep", words, "Notes")
    assert found[-1] >= 0.249
    assert sum(found) == pytest.approx(1.0, abs=0.02)


def test_heads_take_more_lines_only_to_leave_notes_their_room(press: Any) -> None:
    def lines(*heads: str) -> int:
        placed = press.lay_out(diary(*(day(d, 4) for d in DAYS), heads=heads)).pages[0]
        return len({one.y_pt for one in placed.placed() if "x" in str(one.run.texts)})

    roomy = ("Day", "xxxx xxxxxx", "Sleep", "Pills", "Notes")
    assert lines(*roomy) == 1
    assert shares(press, *roomy)[-1] >= 1 / 3
    full = ("Day", "xxxx xxxxxx xxxx", "Sleep", "Pills and drops", "Notes")
    assert lines(*full) == 2
    assert shares(press, *full)[-1] >= 0.25
    crowded = ("Day", "xxxx xxxxxxxx xxxx", "y" * 16, "z" * 12, "Notes")
    assert lines(*crowded) == 3
    assert shares(press, *crowded)[-1] > 0.2


def test_a_long_head_makes_no_neighbour_wide(press: Any) -> None:
    heads = ("Day", "x" * 14, "Sleep", "Pills", "Notes")
    columns = len(heads) - 1
    rows = [day(name, columns) for name in DAYS]
    boxes = cells(press.lay_out(diary(*rows, heads=heads)))[: len(heads)]
    first, long, sleep, pills, notes = (box.width_pt for box in boxes)
    assert first == pytest.approx(9 * 7 + 10, abs=0.1)  # "Wednesday" at 14 pt
    assert long == pytest.approx(14 * 7 + 10, abs=0.1)
    assert sleep == pytest.approx(pills)
    assert notes == pytest.approx(2.5 * sleep, abs=0.1)
