"""The fit: largest type within the fewest pages; spaces give way before type."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.layout import KNOWN_FORMATS
from handouts.layout.fit import best_fit

A4 = KNOWN_FORMATS["a4"]


def test_sizes_are_12_to_14_in_quarters() -> None:
    assert A4.sizes_pt[0] == 12.0
    assert A4.sizes_pt[-1] == 14.0
    assert len(A4.sizes_pt) == 9
    assert A4.units == (0.30, 0.31, 0.32, 0.33, 0.34, 0.35)


def test_little_text_is_set_large_and_airy() -> None:
    assert best_fit(A4, lambda size, unit: 1) == (14.0, 0.35)


def test_spaces_shrink_before_type() -> None:
    # Fits two pages at 13 only with the tightest spaces.
    def pages(size: float, unit: float) -> int:
        return 2 if size < 13 or (size == 13 and unit < 0.305) else 3

    assert best_fit(A4, pages) == (13.0, 0.30)


def test_takes_another_page_only_where_the_smallest_needs_it() -> None:
    assert best_fit(A4, lambda size, unit: 3 if size <= 12.5 else 4) == (12.5, 0.35)


@given(area=st.floats(0.2, 12.0), spaces=st.floats(0.0, 2.0))
def test_fit_never_costs_a_page_and_is_the_largest(area: float, spaces: float) -> None:
    def pages(size: float, unit: float) -> int:
        return math.ceil(area * (size / 12) ** 2 + spaces * unit * size / 4)

    size, unit = best_fit(A4, pages)
    fewest = pages(12.0, 0.30)
    assert pages(size, unit) == fewest
    for larger in (one for one in A4.sizes_pt if one > size):
        assert pages(larger, 0.30) > fewest


@pytest.mark.parametrize("name", ["a4", "letter"])
def test_frame_is_equally_wide_on_both_papers(name: str) -> None:
    paper = KNOWN_FORMATS[name]
    assert paper.width_pt - 2 * paper.side_pt == pytest.approx(493.28)
