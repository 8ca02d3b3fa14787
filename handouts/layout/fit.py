"""The fit: the fewest pages, the fewest things torn, and then the largest type.

Only heights are measured here; nothing is drawn. The fewest pages that the smallest
type and the tightest spaces reach are taken; within them the type grows as far as it
can, and then the spaces (page design, section 3: spaces give way first, then type, then
another page is taken). If that type divides a list or a table, stacks a table or leaves
a page half empty, the smaller ones are tried: a torn table harms more than a point of
type, an empty fifth of a page as much as two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from handouts.layout.formats import PageFormat

__all__ = ["Measured", "best_fit"]

_COST_PER_PT: Final = 1.0
"""What a point of type is worth, in what page breaks cost (`Flow.cost`)."""


class Measured(NamedTuple):
    """What one size and unit gives.

    `fill` is how full the last page is (0 to 1), `cost` what its page breaks do to the
    reader (`Flow.cost`), `lonely` what of it is for a last page that is hardly filled,
    `strained` how many words are wider than their line.
    """

    pages: int
    fill: float
    cost: int = 0
    lonely: int = 0
    strained: int = 0


def best_fit(
    page_format: PageFormat, measure: Callable[[float, float], Measured]
) -> tuple[float, float]:
    """Return (size, unit) of the fit; `measure(size, unit)` is asked as rarely as can be.

    A smaller type is taken where it leaves lists and tables whole and pages filled.
    """
    sizes, units = page_format.sizes_pt, page_format.units
    tightest = measure(sizes[0], units[0])

    def fits(size: float, unit: float) -> bool:
        tried = measure(size, unit)
        return tried.pages <= tightest.pages and tried.strained <= tightest.strained

    found = _largest_fit(sizes, units, _guess(sizes, tightest), fits)
    return _neat(sizes, units, found, measure)


def _largest_fit(
    sizes: Sequence[float],
    units: Sequence[float],
    guess: int,
    fits: Callable[[float, float], bool],
) -> tuple[int, float]:
    """Return (index of the size, unit): the largest type, then the widest spaces."""
    if guess == len(sizes) - 1 and fits(sizes[guess], units[-1]):
        return guess, units[-1]  # tighter spaces need not be asked
    index = _largest(sizes, guess, lambda one: fits(one, units[0]))
    last = len(units) - 1
    return index, units[_largest(units, last, lambda one: fits(sizes[index], one))]


def _guess(sizes: Sequence[float], tightest: Measured) -> int:
    """Return the index of the size that should just fill the pages.

    Running text takes room as the square of its size, but half of a leaflet (headings,
    short items, pictures, furniture) hardly grows: about as the size, on the whole.
    """
    used = tightest.pages - 1 + tightest.fill
    wanted = sizes[0] * tightest.pages / max(used, 0.01)
    return max(0, sum(size <= wanted for size in sizes) - 1)


def _largest(values: Sequence[float], guess: int, holds: Callable[[float], bool]) -> int:
    """Return the index of the largest value that holds; the first is known to.

    The guess is asked first, then the middle of what is open: what holds at a value
    holds at all smaller ones.
    """
    low, high, index = 0, len(values), max(guess, 1)
    while high - low > 1:
        if holds(values[index]):
            low = index
        else:
            high = index
        index = (low + high) // 2
    return low


def _neat(
    sizes: Sequence[float],
    units: Sequence[float],
    found: tuple[int, float],
    measure: Callable[[float, float], Measured],
) -> tuple[float, float]:
    """Return the fit of the lowest cost that takes no page more.

    A point of type that is lost is a cost, too, and a smaller type fills a last page that
    is hardly filled no better. So nothing else is measured where the largest type costs
    nothing more than that, and none that is too small to be worth it.
    """
    index, unit = found
    largest = sizes[index]
    best = measure(largest, unit)
    lonely = best.lonely
    least, chosen = float(best.cost), found
    for lower in range(index, -1, -1):
        lost = (largest - sizes[lower]) * _COST_PER_PT
        for one in (units[-1], units[0]):
            if least <= lost + lonely:
                return sizes[chosen[0]], chosen[1]
            tried = measure(sizes[lower], one)
            no_worse = tried.pages <= best.pages and tried.strained <= best.strained
            if no_worse and tried.cost + lost < least:
                best, least, chosen = tried, tried.cost + lost, (lower, one)
    return sizes[chosen[0]], chosen[1]
