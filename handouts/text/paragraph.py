"""A shaped paragraph → lines, at any size and width.

Everything here is in em of the nominal size until a line is made: shaping is done once,
and a fit that tries ten sizes only compares numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.text.itemise import Item
from handouts.text.model import Direction, GlyphRun, Line
from handouts.text.shape import Shaped
from handouts.text.unicode import SEPARATOR, SOFT_HYPHEN, is_ignorable, visual_order

__all__ = ["Piece", "ShapedParagraph"]

_SHORT_LAST: Final = 0.15
"""A last line under this share of the measure is mended where a re-break can."""
_TOLERANCE_EM: Final = 1e-4
_TRAILING: Final = frozenset(" \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a"
                             "\u3000\u2028\u205f\u00a0")  # fmt: skip
_HALF_AT_END: Final = frozenset("、。，．」』）】〉》〕｝")
"""Full-width signs whose right half is empty: at a line end they take half an em."""
_URL_BREAK: Final = frozenset("/?.-=&_")
MAX_CJK_STRETCH_EM: Final = 0.05


@dataclass(frozen=True, slots=True)
class Piece:
    """An item with its glyphs. `em` turns font units into em; `gap_em` follows it."""

    item: Item
    glyphs: Shaped | None
    em: float
    gap_em: float = 0.0


class ShapedParagraph:
    """One paragraph, shaped; asks for a size and a width and gives lines."""

    def __init__(
        self,
        text: str,
        pieces: Sequence[Piece],
        breaks: Sequence[int],
        *,
        direction: Direction,
        blanks: Sequence[tuple[int, float]],
        emergency: Sequence[int],
        hyphen: Piece | None,
    ) -> None:
        """Take pieces in logical order that cover `text`, and where lines may end."""
        self.text = text
        self.direction = direction
        self._pieces = tuple(pieces)
        self._hyphen = hyphen
        self._hyphen_em = _width_em(hyphen) if hyphen else 0.0
        self._blanks = dict(blanks)
        self._at = self._positions()
        self._emergency = emergency
        clusters = self._cluster_edges()
        self._breaks = [b for b in breaks if b in clusters]
        self._paragraph_level = 1 if direction == "rtl" else 0

    def _positions(self) -> list[float]:
        """Return, for every offset, the em of all that stands before it."""
        found = [0.0] * (len(self.text) + 1)
        at = 0.0
        for piece in self._pieces:
            start, end = piece.item.start, piece.item.end
            if piece.glyphs is None:
                width = self._blanks.get(start, 0.0)
                found[start + 1 : end + 1] = [at + width] * (end - start)
            else:
                em = piece.em
                found[start : end + 1] = [at + one * em for one in piece.glyphs.positions]
            found[end] += piece.gap_em
            at = found[end]
        return found

    def _cluster_edges(self) -> set[int]:
        edges = {len(self.text)}
        for piece in self._pieces:
            start = piece.item.start
            if piece.glyphs is None:
                edges.update(range(start, piece.item.end + 1))
            else:
                edges.update(start + one for one in piece.glyphs.starts)
        return edges

    # Measures

    def width(self, size_pt: float) -> float:
        """Return the width in points of the longest line if only forced breaks count."""
        widest = max((self._line_em(s, e) for s, e in self._forced()), default=0.0)
        return widest * size_pt

    def min_width(self, size_pt: float) -> float:
        """Return the width in points of the widest piece that no line may part."""
        starts = [0, *self._breaks]
        pairs = zip(starts, self._breaks, strict=False)
        return max((self._line_em(s, e) for s, e in pairs), default=0.0) * size_pt

    def _line_em(self, start: int, end: int) -> float:
        """Return the width of a line from `start` to `end`, without its end's spaces."""
        trimmed = self._trim(start, end)
        if trimmed <= start:
            return 0.0
        width = self._at[trimmed] - self._at[start] - self._gap_before(trimmed)
        last = self.text[trimmed - 1]
        if last == SOFT_HYPHEN and trimmed < len(self.text):
            return width + self._hyphen_em
        if last in _HALF_AT_END and end < len(self.text):
            return width - 0.5 * self._full_width_em(trimmed - 1)
        return width

    def _full_width_em(self, offset: int) -> float:
        width = self._at[offset + 1] - self._at[offset]
        return width if width > 0.8 else 0.0  # noqa: PLR2004  # already half-width by chws

    def _gap_before(self, offset: int) -> float:
        return next((p.gap_em for p in self._pieces if p.gap_em and p.item.end == offset), 0.0)

    def _trim(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in _TRAILING:
            end -= 1
        return end

    def _forced(self) -> Iterator[tuple[int, int]]:
        start = 0
        at = self.text.find(SEPARATOR)
        while at >= 0:
            yield start, at + 1
            start = at + 1
            at = self.text.find(SEPARATOR, start)
        if start < len(self.text) or start == 0:
            yield start, len(self.text)

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
        for start, end in self._forced():
            lines = self._greedy(start, end, width_em)
            if balance and len(lines) > 1:
                lines = self._balanced(start, end, width_em, lines)
            elif avoid_short_last and len(lines) > 1:
                lines = self._without_short_last(start, end, width_em, lines)
            found += lines
        return found

    def _greedy(self, start: int, end: int, width_em: float) -> list[int]:
        """Fill each line as far as it goes (first fit)."""
        breaks = self._breaks
        limit = width_em + _TOLERANCE_EM
        first = bisect_right(breaks, start)
        last = bisect_right(breaks, end)
        ends: list[int] = []
        while start < end:
            best = 0
            # A guess by the plain positions, then step to where it really stops fitting.
            guess = bisect_right(
                breaks, self._at[start] + limit, first, last, key=self._at.__getitem__
            )
            index = max(first, guess - 1)
            while index < last and self._line_em(start, breaks[index]) <= limit:
                best = breaks[index]
                index += 1
            if not best:
                index = min(index, last - 1)
                while index >= first and self._line_em(start, breaks[index]) > limit:
                    index -= 1
                best = breaks[index] if index >= first else self._emergency_end(start, end, limit)
            ends.append(best)
            start = best
            first = bisect_right(breaks, start, first)
        return ends

    def _emergency_end(self, start: int, end: int, limit: float) -> int:
        """Break inside a word that is wider than its line; a URL after its signs."""
        fitting = [
            one
            for one in self._emergency
            if start < one <= end and self._line_em(start, one) <= limit
        ]
        after_sign = [one for one in fitting if self.text[one - 1] in _URL_BREAK]
        if after_sign and "/" in self.text[start:end]:
            return after_sign[-1]
        if fitting:
            return fitting[-1]
        following = (one for one in self._emergency if one > start)
        return min(next(following, end), end)

    def _balanced(self, start: int, end: int, width_em: float, lines: list[int]) -> list[int]:
        low, high = 0.0, width_em
        best = lines
        for _ in range(12):
            middle = (low + high) / 2
            tried = self._greedy(start, end, middle)
            if len(tried) <= len(lines) and self._widest(start, tried) <= middle + 1e-3:
                best, high = tried, middle
            else:
                low = middle
        return best

    def _widest(self, start: int, ends: Sequence[int]) -> float:
        starts = [start, *ends]
        return max(self._line_em(s, e) for s, e in zip(starts, ends, strict=False))

    def _without_short_last(
        self, start: int, end: int, width_em: float, lines: list[int]
    ) -> list[int]:
        if self._line_em(lines[-2], end) >= _SHORT_LAST * width_em:
            return lines
        for share in (0.96, 0.92, 0.88, 0.84, 0.8):
            tried = self._greedy(start, end, width_em * share)
            if len(tried) != len(lines):
                break
            if self._line_em(tried[-2], end) >= _SHORT_LAST * width_em:
                return tried
        return lines

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
        """
        ends = self.ends(
            size_pt, width_pt, balance=balance, avoid_short_last=avoid_short_last
        )
        made: list[Line] = []
        start = 0
        for end in ends:
            stretch = self._stretch(start, end, width_pt / size_pt) if justify else 0.0
            made.append(self._line(start, end, size_pt, stretch))
            start = end
        return tuple(made)

    def _stretch(self, start: int, end: int, width_em: float) -> float:
        trimmed = self._trim(start, end)
        if end >= len(self.text) or self.text[end - 1] == SEPARATOR:
            return 0.0
        gaps = trimmed - start - 1
        needed = (width_em - self._line_em(start, end)) / gaps if gaps > 0 else 0.0
        return needed if 0 < needed <= MAX_CJK_STRETCH_EM else 0.0

    def _line(self, start: int, end: int, size_pt: float, stretch_em: float) -> Line:
        trimmed = self._trim(start, end)
        slices = list(self._slices(start, trimmed))
        if trimmed > start and self.text[trimmed - 1] == SOFT_HYPHEN and trimmed < len(self.text):
            assert self._hyphen is not None
            slices.append((self._hyphen, -1, -1, slices[-1][3]))
        order = visual_order([one[3] for one in slices])
        runs: list[GlyphRun] = []
        blanks: list[tuple[float, float, int]] = []
        x_pt = 0.0
        for index in order:
            piece, first, last, level = slices[index]
            if piece.glyphs is None:
                width = self._blanks.get(first, 0.0) * size_pt
                if width:
                    blanks.append((x_pt, width, first))
            else:
                run = self._run(piece, first, last, level, size_pt, x_pt, stretch_em)
                runs.append(run)
                width = run.width_pt
            x_pt += width
            if piece.gap_em and last == piece.item.end and last != trimmed:
                x_pt += piece.gap_em * size_pt
        # The stretch after the last character is not part of the line.
        width_pt = x_pt - (stretch_em * size_pt if runs else 0.0)
        runs += self._trailing(trimmed, end, size_pt, x_pt)
        return Line(
            runs=tuple(runs), start=start, end=end, width_pt=width_pt, blanks=tuple(blanks)
        )

    def _slices(self, start: int, end: int) -> Iterator[tuple[Piece, int, int, int]]:
        for piece in self._pieces:
            first, last = max(piece.item.start, start), min(piece.item.end, end)
            if first < last:
                yield piece, first, last, piece.item.level

    def _trailing(self, start: int, end: int, size_pt: float, x_pt: float) -> list[GlyphRun]:
        """Set the spaces at the line's end past its logical end, at the paragraph's level.

        They keep words apart in copied text (ISO 32000-1 14.8.2.5; UAX #9 L1).
        """
        found: list[GlyphRun] = []
        left = 0.0
        for piece, first, last, _ in self._slices(start, end):
            if piece.glyphs is None:
                continue
            run = self._run(piece, first, last, self._paragraph_level, size_pt, x_pt, 0.0)
            if self._paragraph_level:
                left -= run.width_pt
                run = self._run(piece, first, last, self._paragraph_level, size_pt, left, 0.0)
                found.insert(0, run)
            else:
                x_pt += run.width_pt
                found.append(run)
        return found

    def _run(
        self,
        piece: Piece,
        first: int,
        last: int,
        level: int,
        size_pt: float,
        x_pt: float,
        stretch_em: float,
    ) -> GlyphRun:
        """Make the glyph run of code points `first` to `last` of one piece."""
        item, glyphs = piece.item, piece.glyphs
        assert glyphs is not None
        assert item.face is not None
        if first < 0:
            text, low, high = "-", 0, len(glyphs.starts) - 1
            first = last = item.end
        else:
            text = self.text[first:last]
            low = bisect_right(glyphs.starts, first - item.start) - 1
            high = bisect_right(glyphs.starts, last - item.start) - 1
        rtl = item.level % 2 == 1
        a = glyphs.bounds[high - 1][0] if rtl else glyphs.bounds[low][0]
        b = glyphs.bounds[low][1] if rtl else glyphs.bounds[high - 1][1]
        scale = piece.em * size_pt
        texts, counts = _cluster_texts(text, glyphs, low, high, first, item.start, rtl=rtl)
        advances = [one * scale for one in glyphs.advances[a:b]]
        if stretch_em:
            _stretch_clusters(advances, counts, stretch_em * size_pt)
        offsets = None
        if glyphs.offsets is not None:
            cut = glyphs.offsets[a:b]
            if any(x or y for x, y in cut):
                offsets = tuple((x * scale, y * scale) for x, y in cut)
        return GlyphRun(
            face=item.face,
            size_pt=scale * item.face.upem,
            x_pt=x_pt,
            y_pt=item.style.rise * size_pt,
            gids=glyphs.gids[a:b],
            advances=tuple(advances),
            offsets=offsets,
            texts=texts,
            counts=counts,
            start=first,
            end=last,
            level=level,
            style=item.style,
            width_pt=sum(advances),
        )


def _width_em(piece: Piece) -> float:
    assert piece.glyphs is not None
    return sum(piece.glyphs.advances) * piece.em


def _stretch_clusters(
    advances: list[float], counts: tuple[int, ...] | None, stretch_pt: float
) -> None:
    if counts is None:
        advances[:] = [one + stretch_pt for one in advances]
        return
    at = -1
    for count in counts:
        at += count
        advances[at] += stretch_pt


def _cluster_texts(
    text: str, glyphs: Shaped, low: int, high: int, first: int, item_start: int, *, rtl: bool
) -> tuple[Sequence[str], tuple[int, ...] | None]:
    """Return the clusters' texts and glyph counts from left to right."""
    if glyphs.plain:
        shown = text.replace("\u00a0", " ").replace("\u202f", " ")
        return (shown[::-1] if rtl else shown), None
    texts: list[str] = []
    counts: list[int] = []
    origin = item_start - first
    for index in range(low, high):
        own = text[max(0, glyphs.starts[index] + origin) : glyphs.starts[index + 1] + origin]
        texts.append("".join(_shown(c) for c in own if not is_ignorable(c)))
        begin, end = glyphs.bounds[index]
        counts.append(end - begin)
    if rtl:
        texts.reverse()
        counts.reverse()
    return tuple(texts), tuple(counts)


def _shown(char: str) -> str:
    return " " if char in "\u00a0\u202f" else char
