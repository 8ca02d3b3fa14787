"""A shaped paragraph → where its lines end, at any size and width."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import Final

from handouts.text.breaks import addresses
from handouts.text.cjk import NO_LINE_END, NO_LINE_START
from handouts.text.lines import LineMaker
from handouts.text.measure import Ruler
from handouts.text.model import Direction, Line
from handouts.text.tier import Tier
from handouts.text.unicode import graphemes

__all__ = ["ShapedParagraph"]

_SHORT_LAST: Final = 0.15
"""A last line under this share of the measure is mended where a re-break can."""
_SHORT_LAST_TRIES: Final = (0.96, 0.92, 0.88, 0.84, 0.8)
_BALANCE_STEPS: Final = 12
_SHORT_INNER: Final = 0.4
"""A line under this share of the measure, before what is held together, is mended."""
_PAUSES: Final = (
    (
        re.compile(
            "[:;?!\u061f\u061b\u0964]\\s+|[\u17d4\u17d6\u3002\uff1a\uff01\uff1f]\\s*"
            "|[^\\W\\d_]{4}[.]\\s+(?![\\da-z])"
        ),
        0.35,
    ),
    (re.compile("[,\u060c]\\s+|[\u3001\uff0c]|\\s(?=[(])|(?=\uff08)"), 0.6),
)
"""Behind what one of two balanced lines should end, and how much of the longer the
shorter must be then. A full stop may be an abbreviation's.
"""
_WORD_CUT: Final = 1.5
"""So much larger the hole must be for a line to end anywhere, as in a word."""
_TOLERANCE_EM: Final = 1e-4
_KEPT_SETTINGS: Final = 4
"""How many sizes and widths of a paragraph are kept in lines: that of its format, that
of the next, which is as wide, and two for words that stand in several places."""
_ADDRESS_SIGNS: Final = frozenset("/?.-=&_@")
_SPACES: Final = frozenset(" \u00a0\u202f\u2009")
_HELD_TIERS: Final = 2
"""Phrases have a tier more."""


class ShapedParagraph:
    """One paragraph, shaped; asked for a size and a width it gives lines."""

    def __init__(
        self,
        ruler: Ruler,
        breaks: Sequence[Sequence[int]],
        *,
        direction: Direction,
        hole_em: float = inf,
    ) -> None:
        """Take the measured pieces, and where lines may end, the text's end included.

        `breaks` are tiers, the best breaks first and all of them last. A line ends at a
        finer one only where the better ones leave more than `hole_em` of it empty.
        """
        self.text = ruler.text
        self.direction = direction
        self._ruler = ruler
        self._hole_em = hole_em
        self._maker = LineMaker(ruler, 1 if direction == "rtl" else 0)
        self._forced = tuple(ruler.forced())
        self._tiers = [Tier(ruler, self._forced, one) for one in breaks]
        self._all = self._tiers[-1]
        self._lines: dict[tuple[float | bool, ...], tuple[Line, ...]] = {}

    # Measures

    def width(self, size_pt: float) -> float:
        """Return the width in points of the longest line if only forced breaks count."""
        return self._natural_em * size_pt

    def min_width(self, size_pt: float) -> float:
        """Return the width in points of the widest piece that no line may part."""
        return self._all.widest_em * size_pt

    def held_width(self, size_pt: float) -> float:
        """Return the width in points of the widest piece that no line should part.

        That is "at least 24 hours", where `min_width` is that of "24 hours".
        """
        tier = self._tiers[0] if self._is_held else self._all
        return tier.widest_em * size_pt

    @property
    def _is_held(self) -> bool:
        """Whether the finer breaks are those in "at least 24"; else they part phrases."""
        return len(self._tiers) == _HELD_TIERS

    @cached_property
    def _natural_em(self) -> float:
        measure = self._ruler.width_em
        return max((measure(start, end) for start, end in self._forced), default=0.0)

    @cached_property
    def _graphemes(self) -> list[int]:
        """Where a word that is wider than its line may be cut."""
        return self._ruler.edges(graphemes(self.text))

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return addresses(self.text)

    # Breaking

    def ends(
        self,
        size_pt: float,
        width_pt: float,
        *,
        balance: bool = False,
        avoid_short_last: bool = True,
    ) -> list[int]:
        """Return the offsets at which the lines end.

        `balance` takes the narrowest width that keeps the number of lines.
        """
        width_em = width_pt / size_pt
        found: list[int] = []
        for start, end in self._forced:
            ends = self._greedy(start, end, width_em)
            if balance and len(ends) > 1:
                ends = self._balanced(start, end, width_em, ends)
            elif avoid_short_last and len(ends) > 1:
                ends = self._without_short_last(start, end, width_em, ends)
            found += ends
        return found

    def line_count(self, size_pt: float, width_pt: float) -> int:
        """Return how many lines there are: neither balancing nor mending changes that."""
        if self._natural_em * size_pt <= width_pt:
            return len(self._forced)
        return len(self.ends(size_pt, width_pt, avoid_short_last=False))

    def widths(self, ends: Sequence[int], size_pt: float) -> list[float]:
        """Return the widths in points of lines that end there."""
        measure = self._ruler.width_em
        return [measure(start, end) * size_pt for start, end in pairwise((0, *ends))]

    def _greedy(self, start: int, end: int, width_em: float) -> list[int]:
        """Fill each line as far as it goes (first fit)."""
        limit = width_em + _TOLERANCE_EM
        if self._is_held:
            return self._by_held(start, end, limit)
        if len(self._tiers) > 1:
            return self._by_phrases(start, end, limit)
        return list(self._all.ends(start, end, limit, self._cut))

    def _by_phrases(self, start: int, end: int, limit: float) -> list[int]:
        """Fill each line to the end of a phrase, or further where that leaves a hole."""
        ends: list[int] = []
        while start < end:
            start = self._phrase_end(start, end, limit)
            ends.append(start)
        return ends

    def _by_held(self, start: int, end: int, limit: float) -> list[int]:
        """Fill each line, but part what is held together only if it is wider."""
        ends, at = [], start
        while at < end:
            at = self._held_end(at, end, limit)
            ends.append(at)
        self._lengthen_inner(start, ends, limit)
        return ends

    def _held_end(self, start: int, end: int, limit: float) -> int:
        held, left = self._tiers[0], self._ruler.left_em(start)
        found = held.last_fitting(start, end, left, limit)
        if found is not None:
            at = found[0]
            if at == end or self._ruler.width_em(at, held.after(at)) <= limit:
                return at
        # What follows is parted anyway: rather where this line is full.
        found = self._all.last_fitting(start, end, left, limit)
        if found is not None:
            return found[0]
        return self._cut(start, self._all.after(start), limit)

    def _lengthen_inner(self, start: int, ends: list[int], limit: float) -> None:
        """Let a short line before what is held together take words of the line above."""
        measure, tier = self._ruler.width_em, self._tiers[0]
        for at in range(1, len(ends) - 1):
            first = ends[at - 2] if at > 1 else start
            short = measure(ends[at - 1], ends[at])
            if short >= _SHORT_INNER * limit:
                continue
            for one in reversed(tier.between(first, ends[at - 1])):
                longer = measure(one, ends[at])
                if longer > limit or measure(first, one) <= short:
                    break
                ends[at - 1] = one
                if longer >= _SHORT_INNER * limit:
                    break

    def _phrase_end(self, start: int, end: int, limit: float) -> int:
        left = self._ruler.left_em(start)
        best = None
        for tier in self._tiers:
            if best is not None and tier is self._all:
                at, width = best
                if width >= limit - _WORD_CUT * self._hole_em:
                    return at
            found = tier.last_fitting(start, end, left, limit)
            if found is None:
                continue
            at, width = found
            if width >= limit - self._hole_em or at == end:
                return at
            best = best or found
        if best is not None:
            return best[0]
        return self._cut(start, self._all.after(start), limit)

    def _cut(self, start: int, end: int, limit: float) -> int:
        """Return where to cut the unbreakable `start` to `end`, wider than its line.

        An address after one of its signs, a phone number at a space; a word where the
        next line may begin, at the worst before its second cluster.
        """
        inside = self._graphemes
        first, last = bisect_right(inside, start), bisect_left(inside, end)
        fitting = inside[first : self._last_fitting(start, first, last, limit)]
        text = self.text
        signs = _SPACES | _ADDRESS_SIGNS if self._in_address(start, end) else _SPACES
        for one in reversed(fitting):
            if text[one - 1] in signs:
                return one
        for one in reversed(fitting):
            if text[one] not in NO_LINE_START and text[one - 1] not in NO_LINE_END:
                return one
        if fitting:
            return fitting[-1]
        return inside[first] if first < last else end

    def _in_address(self, start: int, end: int) -> bool:
        return any(low < end and start < high for low, high in self._addresses)

    def _last_fitting(self, start: int, first: int, last: int, limit: float) -> int:
        """Return the index after the last cluster of `first` to `last` that fits."""
        measure, inside = self._ruler.width_em, self._graphemes
        low, high = first, last
        while low < high:
            middle = (low + high) // 2
            if measure(start, inside[middle]) <= limit:
                low = middle + 1
            else:
                high = middle
        return low

    def _balanced(
        self, start: int, end: int, width_em: float, ends: list[int]
    ) -> list[int]:
        # Narrower than its widest word, or phrase, it would be cut.
        low, high = self._tiers[0].widest_em, width_em
        if low >= high:
            return ends
        pause = self._pause(start, end, width_em) if len(ends) == 2 else None
        if pause is not None:
            return [pause, end]
        best, torn = ends, self._torn(ends)
        for step in range(_BALANCE_STEPS):
            middle = low if step == 0 else (low + high) / 2
            tried = self._greedy(start, end, middle)
            if len(tried) > len(ends) or self._torn(tried) > torn:
                low = middle
                continue
            best, high = tried, middle
            if step == 0:
                break
        return best

    def pauses(self, size_pt: float, width_pt: float) -> bool:
        """Return whether the first of two balanced lines ends where a reader pauses."""
        ends = self.ends(size_pt, width_pt, balance=True)
        return len(ends) == 2 and ends[0] == self._pause(
            0, len(self.text), width_pt / size_pt
        )

    def _pause(self, start: int, end: int, width_em: float) -> int | None:
        """Return where a stretch of two lines divides best at a pause, if it can."""
        limit, measure = width_em + _TOLERANCE_EM, self._ruler.width_em
        breaks = {*self._tiers[0].between(start, end)}
        for pattern, share in _PAUSES:
            best, most = None, share
            for match in pattern.finditer(self.text, start, end):
                at = match.end()
                if at not in breaks:
                    continue
                shorter, longer = sorted((measure(start, at), measure(at, end)))
                if longer <= limit and shorter >= most * longer:
                    best, most = at, shorter / longer
            if best is not None:
                return best
        return None

    def _without_short_last(
        self, start: int, end: int, width_em: float, ends: list[int]
    ) -> list[int]:
        measure = self._ruler.width_em
        wanted = _SHORT_LAST * width_em
        if measure(ends[-2], end) >= wanted:
            return ends
        for share in _SHORT_LAST_TRIES:
            narrower = width_em * share
            if narrower < self._all.widest_em:
                break
            tried = self._greedy(start, end, narrower)
            if len(tried) != len(ends):
                break
            if self._torn(tried) > self._torn(ends):
                continue
            if measure(tried[-2], end) >= wanted:
                return tried
        return ends

    def _torn(self, ends: Sequence[int]) -> int:
        """Return how many lines end inside a phrase."""
        if len(self._tiers) == 1:
            return 0
        return len({*ends}.difference(self._tiers[0].breaks))

    # Lines

    def lines(
        self,
        size_pt: float,
        width_pt: float,
        *,
        balance: bool = False,
        avoid_short_last: bool = True,
        justify: bool = False,
    ) -> tuple[Line, ...]:
        """Return the lines at `size_pt` (nominal) in a measure of `width_pt` points.

        `justify` stretches full lines of CJK text by at most 0.05 em between characters.
        The last few are kept: both papers have the same measure, and often one size.
        """
        key = (size_pt, width_pt, balance, avoid_short_last, justify)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= _KEPT_SETTINGS:
                self._lines.clear()
            found = self._lines[key] = self._set(*key)
        return found

    def _set(  # what lines are kept by
        self,
        size_pt: float,
        width_pt: float,
        balance: bool,
        avoid_short_last: bool,
        justify: bool,
    ) -> tuple[Line, ...]:
        ends = self.ends(
            size_pt, width_pt, balance=balance, avoid_short_last=avoid_short_last
        )
        full_em = width_pt / size_pt if justify else None
        line = self._maker.line
        return tuple([line(s, e, size_pt, full_em) for s, e in pairwise((0, *ends))])
