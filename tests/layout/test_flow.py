"""Pages: keeps, divisions, the room at the end, write-in lines."""

from __future__ import annotations

from dataclasses import replace

from handouts.layout.canvas import Canvas
from handouts.layout.flow import Flow, FlowRoom, paginate
from handouts.layout.piece import (
    CUT_LIST,
    CUT_TABLE,
    CUT_TICKS,
    STACKED,
    TORN_TICKS,
    Piece,
)

ROOM = FlowRoom(
    first_top=0.0, other_top=0.0, foot=100.0, head_after=(None, None), end_pt=0.0
)


def nothing(canvas: Canvas, x: float, y: float) -> None:
    """Paint nothing."""


def block(height: float, *, keep_next: bool = False, before: float = 0.0) -> Piece:
    return Piece(height_pt=height, paint=nothing, keep_next=keep_next, before=before)


def lines(count: int, *, least: int = 2) -> Piece:
    """Return a piece of lines 10 high that divides with `least` on either side."""

    def split(room: float) -> tuple[Piece, Piece] | None:
        at = min(int(room // 10), count - least)
        return (lines(at), lines(count - at)) if at >= least else None

    can = count >= 2 * least
    return Piece(
        height_pt=10.0 * count,
        paint=nothing,
        first_pt=10.0 * least if can else None,
        split=split if can else None,
    )


def heights(flow: Flow) -> list[list[float]]:
    return [[laid.piece.height_pt for laid in page] for page in flow.pages]


def test_what_does_not_fit_goes_to_the_next_page() -> None:
    assert heights(paginate([block(60), block(60)], ROOM)) == [[60], [60]]


def test_space_before_is_dropped_at_a_page_top() -> None:
    flow = paginate([block(90), block(50, before=13)], ROOM)
    assert flow.pages[1][0].y == 0.0


def test_larger_of_two_spaces_counts() -> None:
    first = block(10)._replace(after=4.0)
    flow = paginate([first, block(10, before=7.0)], ROOM)
    assert flow.pages[0][1].y == 17.0


def test_heading_stays_with_two_lines() -> None:
    # 75 + 10 leave 15: one line, and one line may not stand alone.
    flow = paginate([block(75), block(10, keep_next=True), lines(6)], ROOM)
    assert heights(flow) == [[75], [10, 60]]


def test_paragraph_divides_with_two_lines_on_either_side() -> None:
    flow = paginate([block(75), lines(4)], ROOM)
    assert heights(flow) == [[75, 20], [20]]
    flow = paginate([block(65), lines(4)], ROOM)  # three would fit, and leave one
    assert heights(flow) == [[65, 20], [20]]


def test_safety_section_does_not_begin_near_a_foot() -> None:
    near = block(10, keep_next=True)._replace(tail_pt=90.0, near_pt=60.0)
    flow = paginate([block(45), near, lines(8)], ROOM)
    assert heights(flow) == [[45], [10, 80]]


def test_safety_section_that_ends_on_the_page_may_begin_near_its_foot() -> None:
    near = block(10, keep_next=True)._replace(tail_pt=30.0, near_pt=60.0)
    flow = paginate([block(45), near, lines(2)], ROOM)
    assert heights(flow) == [[45, 10, 20]]


def test_end_keeps_its_room_and_takes_the_last_block_along() -> None:
    room = replace(ROOM, end_pt=30.0)
    flow = paginate([block(40), block(10, keep_next=True), block(40)], room)
    assert heights(flow) == [[40], [10, 40]]


def test_write_in_lines_fill_the_page() -> None:
    def ruled(count: int) -> Piece:
        return Piece(
            height_pt=10.0 * count,
            paint=nothing,
            grow=lambda more: ruled(count + more),
            grow_max=6 - count,
            grow_pt=10.0,
        )

    assert heights(paginate([block(60), ruled(2)], ROOM)) == [[60, 40]]
    assert heights(paginate([block(10), ruled(2)], ROOM)) == [[10, 60]]
    assert heights(paginate([ruled(2), block(60)], ROOM)) == [[40, 60]]


def test_a_block_higher_than_a_page_is_reported_and_nothing_is_lost() -> None:
    giant = block(150)
    flow = paginate([block(10), giant, block(10)], ROOM)
    assert flow.overfull == (giant,)
    assert heights(flow) == [[10], [150], [10]]


def test_a_box_higher_than_a_page_is_divided_as_a_last_resort() -> None:
    box = block(150)._replace(force=lambda room: (block(room - 10), block(60)))
    flow = paginate([block(10), box], ROOM)
    assert flow.forced == (box,)
    assert not flow.overfull
    assert len(flow.pages) == 3


def test_note_at_a_foot_is_drawn_without_its_lower_rule() -> None:
    footed = block(20)
    note = block(20)._replace(foot=footed)
    flow = paginate([note, block(50), note, block(90)], ROOM)
    assert flow.pages[0][0].piece is note
    assert flow.pages[0][2].piece.foot is None


def test_last_paragraph_takes_the_end_of_a_divided_list_along() -> None:
    tied = lines(7)._replace(keep_last=True)
    # 70 + 40 is too high for a page: two lines go on with what they belong to.
    flow = paginate([tied, block(40)], ROOM)
    assert heights(flow) == [[50], [20, 40]]


def test_last_paragraph_stays_where_there_is_room() -> None:
    tied = lines(6)._replace(keep_last=True)
    assert heights(paginate([tied, block(40)], ROOM)) == [[60, 40]]


def test_last_paragraph_takes_along_what_cannot_be_divided() -> None:
    tied = block(30)._replace(keep_last=True)
    heading = block(10, keep_next=True)
    flow = paginate([block(40), heading, tied, block(30)], ROOM)
    assert heights(flow) == [[40], [10, 30, 30]]


def torn(count: int, cost: int) -> Piece:
    """Return a set of ten-point items whose division costs so much."""
    return lines(count)._replace(is_set=True, cut_cost=cost)


def test_what_is_better_whole_moves_on_where_that_costs_less() -> None:
    # A page a quarter empty costs, but less than a divided table.
    flow = paginate([block(75), torn(4, CUT_TABLE)], ROOM)
    assert (heights(flow), flow.cost) == ([[75], [40]], 2)
    flow = paginate([block(75), torn(4, CUT_LIST)], ROOM)
    assert (heights(flow), flow.cost) == ([[75, 20], [20]], CUT_LIST)
    flow = paginate([block(80), torn(5, CUT_TABLE)], ROOM)
    assert (heights(flow), flow.cost) == ([[80], [50]], 0)
    flow = paginate([block(80), torn(5, CUT_LIST)], ROOM)
    assert (heights(flow), flow.cost) == ([[80], [50]], 0)


def test_a_table_is_divided_rather_than_leave_a_third_of_a_page_empty() -> None:
    flow = paginate([block(62), torn(6, CUT_TABLE)], ROOM)
    assert (heights(flow), flow.cost) == ([[62, 30], [30]], CUT_TABLE)
    flow = paginate([block(66), torn(6, CUT_TABLE)], ROOM)
    assert (heights(flow), flow.cost) == ([[66], [60]], 3)
    # A list of ticks stays whole all the same.
    flow = paginate([block(62), torn(6, CUT_TICKS)], ROOM)
    assert (heights(flow), flow.cost) == ([[62], [60]], 5)


def test_ticks_may_be_kept_whole_where_a_table_is_divided() -> None:
    table = torn(8, CUT_TABLE)
    flow = paginate([block(50), table, block(45), torn(6, CUT_TICKS)], ROOM)
    assert heights(flow) == [[50, 50], [30, 45], [60]]


def test_it_is_divided_where_it_would_take_a_page_more() -> None:
    flow = paginate([block(80), torn(9, CUT_TABLE), block(30)], ROOM)
    assert heights(flow) == [[80, 20], [70, 30]]
    assert flow.cost == CUT_TABLE


def test_what_is_higher_than_a_page_is_divided() -> None:
    flow = paginate([torn(12, CUT_TABLE)], ROOM)
    assert heights(flow) == [[100], [20]]
    assert not flow.overfull


def test_a_tick_list_is_not_torn_from_what_is_said_of_it() -> None:
    ticks = torn(2, CUT_TICKS)._replace(tear_cost=TORN_TICKS)
    flow = paginate([block(80), ticks, block(20)], ROOM)
    assert (heights(flow), flow.cost) == ([[80], [20, 20]], 0)
    flow = paginate([block(60), ticks, block(30)], ROOM)  # 40 % empty is no better
    assert (heights(flow), flow.cost) == ([[60, 20], [30]], TORN_TICKS)


def test_an_empty_page_costs_more_before_a_box() -> None:
    def cost(height: float, after: Piece) -> int:
        return paginate([block(height), after], ROOM).cost

    assert cost(81, block(50)) == 0
    assert cost(75, block(50)) == 2
    assert cost(75, block(50)._replace(is_box=True)) == 3
    assert cost(68, block(50)._replace(is_box=True)) == 4
    assert cost(60, block(50)._replace(is_box=True)) == 6


def test_a_last_page_of_questions_alone_costs() -> None:
    ruled = block(40)._replace(is_lines=True)
    head = block(10, keep_next=True)
    assert paginate([block(95), head, ruled], ROOM).cost == 3
    assert paginate([block(45), head, ruled], ROOM).cost == 0
    assert paginate([block(95), head, ruled, block(20)], ROOM).cost == 0


def test_what_a_block_costs_by_itself_counts() -> None:
    assert paginate([block(50)._replace(cost=STACKED)], ROOM).cost == STACKED
