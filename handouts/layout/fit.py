"""The fit: the largest type at which a handout fills its pages without spilling.

Only heights are measured here; nothing is drawn. The fewest pages that the smallest
type and the tightest spaces reach are taken; within them the type grows as far as it
can, and then the spaces (page design, section 3: spaces give way first, then type, then
another page is taken). So a last page that is almost empty appears only where no
smaller fit of the format would save it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from handouts.layout.formats import PageFormat

__all__ = ["best_fit"]

_T = TypeVar("_T")


def best_fit(
    page_format: PageFormat, pages_of: Callable[[float, float], int]
) -> tuple[float, float]:
    """Return (size, unit) of the fit; `pages_of(size, unit)` measures one."""
    sizes, units = page_format.sizes_pt, page_format.units
    fewest = pages_of(sizes[0], units[0])

    def fits(size: float, unit: float) -> bool:
        return pages_of(size, unit) <= fewest

    if fits(sizes[-1], units[-1]):
        return sizes[-1], units[-1]
    size = _largest(sizes, lambda one: fits(one, units[0]))
    return size, _largest(units, lambda one: fits(size, one))


def _largest(values: Sequence[_T], holds: Callable[[_T], bool]) -> _T:
    """Return the largest value that holds; the first is known to."""
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if holds(values[middle]):
            low = middle
        else:
            high = middle - 1
    return values[low]
