"""Single blocks: tables that stack or span, lists in columns, drawings, the stamp."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from handouts.layout import KNOWN_FORMATS, Box, DisplayList, Path, Placed
from handouts.layout.formats import FRAME_WIDTH_PT, MEASURE_PT, TEXT_EDGE_PT

WORDS = "one two three four five six "
LONG = "x" * 24
A4 = KNOWN_FORMATS["a4"]


def section(*blocks: str) -> str:
    return "<section><h2>A heading</h2>" + "".join(blocks) + "</section>"


def placed(display: DisplayList) -> list[Placed]:
    return [one for page in display.pages for one in page.placed()]


def at(display: DisplayList, text: str) -> Placed:
    (found,) = [one for one in placed(display) if str(one.run.texts) == text]
    return found


def table(head: list[str], *rows: str) -> str:
    cells = "".join(f'<th scope="col">{text}</th>' for text in head)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def row(*cells: str) -> str:
    first, *rest = cells
    others = "".join(f"<td>{text}</td>" for text in rest)
    return f'<tr><th scope="row">{first}</th>{others}</tr>'


def test_columns_are_as_wide_as_their_text_asks(press: Any) -> None:
    display = press.lay_out(
        section(table(["A", "B", "C"], row("a", "b", WORDS * 4), row("d", "e", WORDS)))
    )
    starts = [at(display, text).x_pt for text in ("A", "B", "C")]
    assert starts[1] - starts[0] == pytest.approx(112 + 10)  # 8 B at 14, and the gap
    assert starts[2] - starts[1] == pytest.approx(112 + 10)


def test_a_column_is_wide_enough_for_a_number_and_what_qualifies_it(
    press: Any,
) -> None:
    number = '<v k="number" t="n">12</v>'
    body = section(
        table(["A", "B", "C"], row("a", f"at least {number} weeks", WORDS * 4))
    )
    display = press.lay_out(body)
    starts = [at(display, text).x_pt for text in ("A", "B", "C")]
    assert starts[2] - starts[1] == pytest.approx(
        len("at least 12 weeks") * 7 + 10, abs=1
    )


def test_table_whose_columns_are_too_narrow_is_stacked(press: Any) -> None:
    display = press.lay_out(
        section(table(["A", "B", "C", "D"], row("first", LONG, LONG + "y", LONG + "z")))
    )
    edge = at(display, "A").x_pt
    assert at(display, "first").run.style.bold
    assert at(display, "first").y_pt > at(display, "A").y_pt
    assert [at(display, label).x_pt for label in "BCD"] == [edge] * 3
    assert at(display, "B").y_pt < at(display, "C").y_pt


def test_rowspan_keeps_rows_together_and_stays_beside_both(press: Any) -> None:
    rows = (
        '<tr><th scope="row" rowspan="2">both</th><td>up</td></tr><tr><td>down</td></tr>'
    )
    display = press.lay_out(section(table(["A", "B"], rows, row("c", "d"))))
    assert at(display, "both").y_pt == at(display, "up").y_pt
    assert at(display, "down").x_pt == at(display, "up").x_pt
    assert at(display, "c").y_pt > at(display, "down").y_pt


def test_ticks_take_two_columns_only_if_no_item_is_long(press: Any) -> None:
    def columns(item: str) -> int:
        items = f"<li>{item}</li>" * 6
        display = press.lay_out(section(f'<ul class="checklist">{items}</ul>'))
        boxes = [
            item.x_pt
            for page in display.pages
            for item in page.items
            if isinstance(item, Box) and item.radius_pt < 1.5 and item.stroke_pt == 1.25
        ]
        assert len(boxes) == 6
        return len(set(boxes))

    assert columns("short") == 2
    assert columns(WORDS) == 2  # two lines
    assert columns(WORDS * 2) == 1


def test_numbered_items_have_their_numbers(press: Any) -> None:
    display = press.lay_out(section("<ol><li>one</li><li>two</li></ol>"))
    numbers = [one for one in placed(display) if one.artifact == "number"]
    assert [str(one.run.texts) for one in numbers] == ["1", "1", "2"]  # disc, items


def test_counted_people_fill_from_the_top_start_corner(press: Any) -> None:
    display = press.lay_out(
        section(
            '<figure data-draw="people"><ul><li data-count="27"><p>27 feel sleepy</p>'
            '<p class="alt">27 of 100</p></li></ul></figure>'
        )
    )
    paths = [
        item
        for item in display.pages[0].items
        if isinstance(item, Path) and len(item.commands) > 100
    ]
    filled, outlined = paths
    each = len(filled.commands) // 27
    assert len(filled.commands) == 27 * each
    assert len(outlined.commands) == 73 * each
    assert filled.stroke is None
    assert outlined.stroke_pt == pytest.approx(0.5)


def headlines(press: Any, *texts: str) -> list[list[Placed]]:
    """Return the lines of three grids' headlines; their words begin with `feel`."""
    items = "".join(
        f'<li data-count="9"><p>{text}</p><p class="alt">9 of 100</p></li>'
        for text in texts
    )
    display = press.lay_out(
        section(f'<figure data-draw="people"><ul>{items}</ul></figure>')
    )
    lines = [one for one in placed(display) if "feel" in str(one.run.texts)]
    starts = sorted({one.x_pt for one in lines})
    return [[one for one in lines if one.x_pt == start] for start in starts]


def test_headlines_of_three_grids_do_not_touch(press: Any) -> None:
    def lines(*texts: str) -> tuple[int, float]:
        heads = headlines(press, *texts)
        widest = max(one.run.width_pt for head in heads for one in head)
        return max(map(len, heads)), widest

    # 19 letters of 7 pt are wider than a grid, but not than its place.
    assert lines("feelfeelfe feelfeel", "feel", "feel") == (2, 70)
    # What has four lines in its grid and two in its place is set wider.
    long = "feelfeelfe feelfeel feelfeelfe feelfeel"
    assert lines(long, "feel", "feel") == (2, 133)
    assert lines(long, "feel", long) == (2, 133)
    # Two have still more room where they alone need it.
    longer = "feelfeelfe feelfeele feelfeelfe feelfeele"
    assert lines("feel", longer, "feel") == (2, 140)
    assert lines("feel", longer, longer) == (4, 70)


def test_headlines_that_are_wider_are_so_together(press: Any) -> None:
    long = "feelfeelfe feelfeel feelfeelfe feelfeel"
    starts = [head[0].x_pt for head in headlines(press, "feel", long, "feel")]
    widths = [head[0].frame[2] for head in headlines(press, "feel", long, "feel")]
    assert widths == pytest.approx([(MEASURE_PT - 24) / 3] * 3)
    steps = [b - a for a, b in itertools.pairwise(starts)]
    assert steps == pytest.approx([widths[0] + 12] * 2)
    # Grids of short ones have all the room between them.
    starts = [head[0].x_pt for head in headlines(press, "feel", "feel", "feel")]
    steps = [b - a for a, b in itertools.pairwise(starts)]
    assert steps == pytest.approx([(MEASURE_PT - 118) / 2] * 2)


def test_a_figure_takes_along_the_paragraph_that_leads_to_it(press: Any) -> None:
    figure = (
        '<figure data-draw="scale"><p>no pain</p><p>worst</p><p class="alt">A scale</p>'
        "</figure>"
    )
    tail = section("<p>first</p><p>leads to it</p>", figure)
    pages = set()
    for count in range(14, 34):
        display = press.lay_out(section(*["<p>some words</p>"] * count) + tail)
        on = {
            text: number
            for number, page in enumerate(display.pages)
            for one in page.placed()
            if (text := str(one.run.texts)) in {"first", "leads to it", "no pain"}
        }
        assert on["leads to it"] == on["no pain"]
        pages.add((on["first"], on["leads to it"]))
    assert {(0, 0), (0, 1), (1, 1)} >= pages > {(0, 0)}


def test_sections_are_numbered_in_latin_digits_where_they_have_a_heading(
    press: Any,
) -> None:
    display = press.lay_out(section("<p>a</p>") + section("<p>b</p>"))
    numbers = [one for one in placed(display) if one.artifact == "number"]
    assert [str(one.run.texts) for one in numbers] == ["1", "2"]
    assert {one.background for one in numbers} == {"#0b4858"}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_four_columns_take_the_whole_frame(direction: str, press: Any) -> None:
    def places(count: int) -> list[Placed]:
        cells = row(*"abcd"[:count])
        markup = section(table(["A", "B", "C", "D"][:count], cells))
        display = press.lay_out(markup, direction=direction)
        return [at(display, text) for text in "ABCD"[:count]]

    def starts(count: int) -> list[float]:
        """Return where columns begin, from the frame's start side."""
        found = places(count)
        if direction == "ltr":
            return [one.frame[0] - A4.side_pt for one in found]
        right = A4.width_pt - A4.side_pt
        return [right - one.frame[0] - one.frame[2] for one in found]

    assert starts(3)[0] == pytest.approx(TEXT_EDGE_PT)
    found = starts(4)
    assert found[0] == pytest.approx(0.0)
    assert len({one.y_pt for one in places(4)}) == 1
    last = places(4)[-1].frame
    assert found[-1] + last[2] == pytest.approx(FRAME_WIDTH_PT)
    steps = [b - a for a, b in itertools.pairwise(found)]
    assert steps == pytest.approx([(FRAME_WIDTH_PT + 10) / 4] * 3)


def test_a_caption_begins_where_its_table_does(press: Any) -> None:
    def starts(count: int) -> list[float]:
        markup = table(["A", "B", "C", "D"][:count], row(*"abcd"[:count]))
        caption = "<table><caption>All of them</caption>"
        display = press.lay_out(section(markup.replace("<table>", caption)))
        return [at(display, text).x_pt for text in ("All of them", "A")]

    assert starts(3) == [A4.side_pt + TEXT_EDGE_PT] * 2
    assert starts(4) == [A4.side_pt] * 2


def test_a_part_of_a_wide_table_takes_the_whole_frame_too(press: Any) -> None:
    rows = [row(f"r{number}", "b", "c", WORDS * 3) for number in range(24)]
    display = press.lay_out(section(table(["A", "B", "C", "D"], *rows)))
    assert len(display.pages) > 1
    heads = [one for one in placed(display) if str(one.run.texts) == "A"]
    assert [one.x_pt for one in heads] == [A4.side_pt] * len(display.pages)


def test_four_columns_are_narrower_where_the_table_becomes_lower_by_it(
    press: Any,
) -> None:
    def starts(*cells: str) -> list[float]:
        display = press.lay_out(section(table(["A", "B", "C", "D"], row(*cells))))
        return [at(display, text).x_pt for text in "ABCD"]

    def widths(*cells: str) -> list[float]:
        return [b - a - 10 for a, b in itertools.pairwise(starts(*cells))]

    assert widths("a", "b", "c", WORDS * 9) == pytest.approx([5.5 * 14] * 3)
    # But never narrower than a word, nor where it saves no line.
    assert widths("a" * 12, "b", "c", WORDS * 9)[0] == pytest.approx(12 * 7, abs=0.1)
    assert min(widths("a", "b", "c", "d")) >= 7 * 14
