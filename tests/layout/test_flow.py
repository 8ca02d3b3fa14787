"""Pages: keeps, divisions, the room at the end, write-in lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from handouts.layout.canvas import Canvas
from handouts.layout.flow import Flow, FlowRoom, _Pager, paginate
from handouts.layout.piece import (
    CUT_FORM,
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
    flow = paginate([block(75), lines(4), block(70)], ROOM)
    assert heights(flow) == [[75, 20], [20, 70]]
    # Three would fit, and leave one.
    flow = paginate([block(65), lines(4), block(70)], ROOM)
    assert heights(flow) == [[65, 20], [20, 70]]


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


def test_note_that_ends_far_above_the_foot_keeps_its_lower_rule() -> None:
    note = block(20)._replace(foot=block(20))
    flow = paginate([block(30), note, block(90)], ROOM)
    assert [laid.piece for laid in flow.pages[0]][1] is note


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
    flow = paginate([block(75), torn(4, CUT_LIST), block(50)], ROOM)
    assert (heights(flow), flow.cost) == ([[75, 20], [20, 50]], CUT_LIST)
    flow = paginate([block(80), torn(5, CUT_TABLE)], ROOM)
    assert (heights(flow), flow.cost) == ([[80], [50]], 0)
    flow = paginate([block(80), torn(5, CUT_LIST)], ROOM)
    assert (heights(flow), flow.cost) == ([[80], [50]], 0)


def test_a_table_is_divided_rather_than_leave_a_third_of_a_page_empty() -> None:
    flow = paginate([block(62), torn(6, CUT_TABLE), block(30)], ROOM)
    assert (heights(flow), flow.cost) == ([[62, 30], [30, 30]], CUT_TABLE)
    flow = paginate([block(71), torn(6, CUT_TABLE), block(30)], ROOM)
    assert (heights(flow), flow.cost) == ([[71], [60, 30]], 2)
    # A list to fill in is worth as much, a list of ticks more.
    flow = paginate([block(62), torn(6, CUT_FORM), block(30)], ROOM)
    assert heights(flow) == [[62, 30], [30, 30]]
    flow = paginate([block(66), torn(6, CUT_TICKS), block(30)], ROOM)
    assert (heights(flow), flow.cost) == ([[66], [60, 30]], 4)


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
    flow = paginate([block(60), ticks, block(45)], ROOM)  # 40 % empty is no better
    assert (heights(flow), flow.cost) == ([[60, 20], [45]], TORN_TICKS)


def test_an_empty_page_costs_more_before_a_box() -> None:
    def cost(height: float, after: Piece) -> int:
        return paginate([block(100), block(height), after, block(20)], ROOM).cost

    assert cost(81, block(50)) == 0
    assert cost(75, block(50)) == 2
    assert cost(75, block(50)._replace(is_box=True)) == 3
    assert cost(68, block(50)._replace(is_box=True)) == 4
    assert cost(60, block(50)._replace(is_box=True)) == 6


def test_a_first_page_that_seems_to_be_the_last_costs_more() -> None:
    def cost(*heights_pt: float) -> int:
        return paginate([block(height) for height in heights_pt], ROOM).cost

    assert cost(75, 50) == cost(100, 75, 50)
    assert cost(68, 50) == cost(100, 68, 50) + 1


def test_an_empty_foot_costs_the_more_the_emptier_it_is() -> None:
    costs = [
        paginate([block(100), block(height), block(99)], ROOM).cost
        for height in range(99, 30, -1)
    ]
    assert costs == sorted(costs)
    assert costs[0] == 0
    assert costs[-1] > CUT_TICKS


def test_a_last_page_with_next_to_nothing_costs() -> None:
    def cost(height: float) -> int:
        return paginate([block(95), block(height)], ROOM).cost

    assert cost(41) == 0
    assert cost(39) == 2
    assert cost(24) == 3
    assert paginate([block(24)], ROOM).cost == 0


def test_a_last_page_of_questions_alone_costs() -> None:
    ruled = block(40)._replace(is_lines=True)
    head = block(10, keep_next=True)
    assert paginate([block(95), head, ruled], ROOM).cost == 3
    assert paginate([block(45), head, ruled], ROOM).cost == 0
    assert paginate([block(95), head, ruled, block(20)], ROOM).cost == 0


def test_a_last_page_of_one_box_alone_costs() -> None:
    box = block(60)._replace(is_box=True)
    assert paginate([block(95), box], ROOM).cost == 2
    assert paginate([block(95), block(60)], ROOM).cost == 0
    assert paginate([block(95), box, block(20)], ROOM).cost == 0
    # What stands above moves on with it, unless that leaves a page emptier.
    assert heights(paginate([block(81), block(15), box], ROOM)) == [[81], [15, 60]]
    assert heights(paginate([block(60), block(15), box], ROOM)) == [[60, 15], [60]]


def test_a_third_warning_begins_a_page() -> None:
    warning = block(20)._replace(is_box=True, is_warning=True)
    other = block(20)._replace(is_box=True)
    flow = paginate([warning, block(20), warning, warning, other, warning], ROOM)
    assert heights(flow) == [[20, 20, 20], [20, 20, 20]]
    # What is tied to it goes with it.
    head = block(10, keep_next=True)
    flow = paginate([warning, warning, head, warning, block(40)], ROOM)
    assert heights(flow) == [[20, 20], [10, 20, 40]]


def test_lines_that_will_grow_fill_a_last_page() -> None:
    def ruled(count: int) -> Piece:
        return block(10.0 * count)._replace(
            is_lines=True, grow=lambda more: ruled(count + more), grow_max=3, grow_pt=10.0
        )

    before = [block(95), block(5), block(5), block(5)]
    assert paginate([*before, ruled(1)], ROOM).cost == 0
    assert paginate([*before, ruled(1)._replace(grow_max=1)], ROOM).cost == 2
    short = replace(ROOM, end_pt=70.0)
    assert paginate([*before, ruled(1)], short).cost == 2


def test_more_moves_on_where_the_last_page_would_hold_next_to_nothing() -> None:
    flow = paginate([block(50), block(35), block(20)], ROOM)
    assert (heights(flow), flow.cost) == ([[50, 35], [20]], 3)
    flow = paginate([block(70), block(25), block(20)], ROOM)
    assert (heights(flow), flow.cost) == ([[70], [25, 20]], 2)


def test_what_a_block_costs_by_itself_counts() -> None:
    assert paginate([block(50)._replace(cost=STACKED)], ROOM).cost == STACKED


pieces_of_any_kind = st.one_of(
    st.builds(block, st.integers(5, 60), keep_next=st.booleans()),
    st.builds(lines, st.integers(1, 9)),
    st.builds(torn, st.integers(1, 9), st.sampled_from([CUT_LIST, CUT_TABLE, CUT_TICKS])),
    st.builds(lambda count: lines(count)._replace(keep_last=True), st.integers(1, 6)),
)


@given(
    pieces=st.lists(pieces_of_any_kind, min_size=1, max_size=14),
    end=st.sampled_from([0.0, 20.0]),
)
def test_the_cheapest_pages_hold_everything_and_are_as_few(
    pieces: list[Piece], end: float
) -> None:
    room = replace(ROOM, end_pt=end)
    flow = paginate(pieces, room)
    filled = _Pager(pieces, room)
    greedy = filled.flow(filled.filled())

    assert sum(map(sum, heights(flow))) == sum(piece.height_pt for piece in pieces)
    taken = len(flow.pages), len(flow.overfull), flow.cost
    assert taken <= (len(greedy.pages), len(greedy.overfull), greedy.cost)
    for page in flow.pages:
        places = [(laid.y, laid.foot) for laid in page]
        assert all(above[1] <= below[0] for above, below in pairwise(places))
        assert not places or places[-1][1] <= 100.0 or page[-1].piece in flow.overfull


@given(heights_pt=st.lists(st.integers(20, 90), min_size=2, max_size=9))
def test_no_other_way_to_end_pages_costs_less(heights_pt: list[int]) -> None:
    """Try every way in which blocks that are never divided can stand on pages."""
    pieces = [block(height) for height in heights_pt]
    ways = [
        [list(part) for part in parted(heights_pt, ends)]
        for count in range(len(pieces))
        for ends in combinations(range(1, len(pieces)), count)
    ]
    fitting = [way for way in ways if all(sum(page) <= 100 for page in way)]
    fewest = min(map(len, fitting))
    flow = paginate(pieces, ROOM)
    assert len(flow.pages) == fewest
    costs = [cost_of(way) for way in fitting if len(way) == fewest]
    assert flow.cost == cost_of(heights(flow)) == min(costs)


def parted(values: list[int], ends: tuple[int, ...]) -> list[list[int]]:
    places = (0, *ends, len(values))
    return [values[start:end] for start, end in pairwise(places)]


def cost_of(way: Sequence[Sequence[float]]) -> int:
    """Return what pages of undivided blocks cost, by the rules' own words."""
    cost = 0
    for number, page in enumerate(way[:-1]):
        empty = 100 - sum(page)
        cost += 2 * (empty > 20) + (empty > 30) + 2 * (empty > 35) + 3 * (empty > 45)
        cost += 4 * (empty > 60)
        cost += number == 0 and empty > 30
    last = sum(way[-1])
    return cost + (((last < 25) + 2 * (last < 40)) if len(way) > 1 else 0)
