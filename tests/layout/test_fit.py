"""The fit: largest type within the fewest pages; spaces give way before type."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.layout import KNOWN_FORMATS
from handouts.layout.fit import Measured, best_fit

A4 = KNOWN_FORMATS["a4"]


def test_sizes_are_12_to_14_in_quarters() -> None:
    assert A4.sizes_pt[0] == 12.0
    assert A4.sizes_pt[-1] == 14.0
    assert len(A4.sizes_pt) == 9
    assert A4.units == (0.30, 0.31, 0.32, 0.33, 0.34, 0.35)


def measuring(
    pages: Callable[[float, float], float],
) -> Callable[[float, float], Measured]:
    """Return a measure for a length in pages."""

    def measure(size: float, unit: float) -> Measured:
        length = pages(size, unit)
        count = max(1, math.ceil(length))
        return Measured(count, length - count + 1)

    return measure


def test_little_text_is_set_large_and_airy() -> None:
    assert best_fit(A4, lambda _size, _unit: Measured(1, 0.4)) == (14.0, 0.35)


def test_spaces_shrink_before_type() -> None:
    # Fits two pages at 13 only with the tightest spaces.
    def pages(size: float, unit: float) -> float:
        return 1.9 if size < 13 or (size == 13 and unit < 0.305) else 2.1

    assert best_fit(A4, measuring(pages)) == (13.0, 0.30)


def test_takes_another_page_only_where_the_smallest_needs_it() -> None:
    measure = measuring(lambda size, _: 2.9 if size <= 12.5 else 3.1)
    assert best_fit(A4, measure) == (12.5, 0.35)


def test_smaller_type_may_leave_a_list_whole() -> None:
    def measure(size: float, unit: float) -> Measured:
        return Measured(2, 0.9, cost=2 if size > 13.5 and unit > 0.3 else 0)

    assert best_fit(A4, measure) == (14.0, 0.30)

    def stubborn(size: float, _: float) -> Measured:
        return Measured(2, 0.9, cost=math.floor(2 * size) - 23)

    assert best_fit(A4, stubborn) == (12.25, 0.35)


def test_of_equal_costs_the_largest_type_is_taken() -> None:
    assert best_fit(A4, lambda _size, _unit: Measured(2, 0.9, cost=3)) == (14.0, 0.35)


def test_a_lower_cost_is_not_bought_with_a_page_or_a_broken_word() -> None:
    def longer(size: float, _: float) -> Measured:
        is_long = 12.0 < size < 13.0
        return Measured(3 if is_long else 2, 0.5, cost=0 if is_long else 2)

    assert best_fit(A4, longer) == (14.0, 0.35)

    def broken(size: float, _: float) -> Measured:
        is_torn = size == 13.0
        return Measured(2, 0.5, cost=0 if is_torn else 2, strained=int(is_torn))

    assert best_fit(A4, broken) == (14.0, 0.35)


def test_nothing_more_is_measured_where_nothing_is_torn() -> None:
    asked: list[tuple[float, float]] = []

    def measure(size: float, unit: float) -> Measured:
        asked.append((size, unit))
        return Measured(1, 0.4)

    assert best_fit(A4, measure) == (14.0, 0.35)
    assert set(asked) == {(12.0, 0.30), (14.0, 0.35)}


def test_no_smaller_type_is_tried_for_a_last_page_that_is_hardly_filled() -> None:
    asked: list[tuple[float, float]] = []

    def measure(size: float, unit: float) -> Measured:
        asked.append((size, unit))
        torn = 3 if size > 13.0 else 0
        return Measured(2, 0.9, cost=2 + torn, lonely=2)

    assert best_fit(A4, measure) == (13.0, 0.35)
    looking_for_less_torn = asked[asked.index((14.0, 0.35)) :]
    assert min(size for size, _ in looking_for_less_torn) == 13.0


@given(area=st.floats(0.2, 12.0), spaces=st.floats(0.0, 2.0))
def test_fit_never_costs_a_page_and_is_the_largest(area: float, spaces: float) -> None:
    measure = measuring(
        lambda size, unit: area * (size / 12) ** 2 + spaces * unit * size / 4
    )
    size, unit = best_fit(A4, measure)
    fewest = measure(12.0, 0.30).pages
    assert measure(size, unit).pages == fewest
    for larger in (one for one in A4.sizes_pt if one > size):
        assert measure(larger, 0.30).pages > fewest


@pytest.mark.parametrize("name", ["a4", "letter"])
def test_frame_is_equally_wide_on_both_papers(name: str) -> None:
    paper = KNOWN_FORMATS[name]
    assert paper.width_pt - 2 * paper.side_pt == pytest.approx(493.28)


def test_type_is_not_given_for_less_than_it_is_worth() -> None:
    def measure(size: float, _: float) -> Measured:
        return Measured(2, 0.9, cost=1 if size > 12.5 else 0)

    assert best_fit(A4, measure) == (14.0, 0.35)

    def worse(size: float, _: float) -> Measured:
        return Measured(2, 0.9, cost=3 if size > 12.5 else 0)

    assert best_fit(A4, worse) == (12.5, 0.35)


@given(costs=st.lists(st.integers(0, 9), min_size=18, max_size=18))
def test_no_other_fit_is_worth_more(costs: list[int]) -> None:
    """The cost of a fit is that of its pages, and one for each point of type lost."""
    kinds = [(size, unit) for size in A4.sizes_pt for unit in (0.30, 0.35)]
    cost_of = dict(zip(kinds, costs, strict=True))

    def measure(size: float, unit: float) -> Measured:
        return Measured(1, 0.9, cost=cost_of[size, 0.35 if unit > 0.32 else 0.30])

    size, unit = best_fit(A4, measure)
    worth = {kind: cost + 14.0 - kind[0] for kind, cost in cost_of.items()}
    assert worth[size, unit] == min(worth.values())
