"""The places of one kind where lines of a paragraph may end, measured."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from handouts.text.measure import Ruler

__all__ = ["Tier"]

_Cut: TypeAlias = Callable[[int, int, float], int]
"""Where to cut what is wider than its line: (start, end, limit in em) to an offset."""


class Tier:
    """Breaks, and how far into the paragraph each of them is, in em."""

    def __init__(
        self, ruler: Ruler, forced: Sequence[tuple[int, int]], breaks: Sequence[int]
    ) -> None:
        """Take the stretches between forced breaks, and the breaks, the end the last."""
        self._ruler = ruler
        self.breaks = ruler.edges(breaks)
        self._lefts = [ruler.left_em(one) for one in (0, *self.breaks)]
        self._rights = self._right_edges(forced)
        # The least of all later ends: one search finds the last break that fits, though
        # a hyphen or a halved sign may make an earlier end stand further right.
        backwards = accumulate(reversed(self._rights), min)
        self._least_rights = list(backwards)[::-1]

    def _right_edges(self, forced: Sequence[tuple[int, int]]) -> list[float]:
        ruler, found = self._ruler, []
        starts = iter(forced)
        start, stop = next(starts, (0, 0))
        for offset in self.breaks:
            if offset > stop:
                start, stop = next(starts)
            trimmed = ruler.trim(start, offset)
            found.append(
                ruler.right_em(trimmed) if trimmed > start else ruler.left_em(start)
            )
        return found

    @cached_property
    def widest_em(self) -> float:
        """The width of the widest piece between two breaks."""
        pairs = zip(self._lefts, self._rights, strict=False)
        return max((right - left for left, right in pairs), default=0.0)

    def after(self, start: int) -> int:
        """Return the first break after `start`."""
        return self.breaks[bisect_right(self.breaks, start)]

    def between(self, start: int, end: int) -> list[int]:
        """Return the breaks inside `start` to `end`."""
        low, high = bisect_right(self.breaks, start), bisect_left(self.breaks, end)
        return self.breaks[low:high]

    def last_fitting(
        self, start: int, end: int, left: float, limit: float
    ) -> tuple[int, float] | None:
        """Return the last break up to `end` to which a line from `start` fits.

        With the line's width; `left` is where it begins, in em.
        """
        first, last = bisect_right(self.breaks, start), bisect_right(self.breaks, end)
        index = bisect_right(self._least_rights, left + limit, first, last) - 1
        if index < first:
            return None
        return self.breaks[index], self._rights[index] - left

    def ends(self, start: int, end: int, limit: float, cut: _Cut) -> Iterator[int]:
        """Yield the ends of lines from `start` to `end`, each as full as it can be."""
        breaks, least = self.breaks, self._least_rights
        first, last = bisect_right(breaks, start), bisect_right(breaks, end)
        left = self._lefts[first] if start == 0 or breaks[first - 1] == start else None
        while start < end:
            if left is None:
                left = self._ruler.left_em(start)
            index = bisect_right(least, left + limit, first, last) - 1
            if index >= first:
                start, first = breaks[index], index + 1
                left = self._lefts[first]
            else:
                start = cut(start, breaks[first], limit)
                first = bisect_right(breaks, start, first)
                left = None
            yield start
