"""Pieces of a shaped paragraph, and how far into it every offset stands.

All lengths are in em of the nominal size: shaping is done once, and a fit that tries
ten sizes only compares numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.text.cjk import empty_half
from handouts.text.itemise import Item
from handouts.text.shape import Shaped
from handouts.text.unicode import SEPARATOR, SOFT_HYPHEN

__all__ = ["Piece", "Ruler"]

_TRAILING: Final = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028"
    "\u205f\u3000\u200b\u2066\u2067\u2068\u2069"
)
"""Spaces, and what UAX #9 L1 moves with them to the end of a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An item with its glyphs. `em` turns font units into em; `gap_em` follows it."""

    item: Item
    glyphs: Shaped | None
    em: float
    gap_em: float = 0.0


class Ruler:
    """Measures any stretch of one paragraph as a line of its own."""

    def __init__(
        self,
        text: str,
        pieces: Sequence[Piece],
        *,
        blanks: Mapping[int, float],
        hyphens: Mapping[int, Piece],
        walls: Mapping[int, int],
    ) -> None:
        """Take pieces in logical order that cover `text` once.

        `hyphens` are those to draw at a line's end, by the offset of the soft hyphen;
        `walls` those of `Levels`.
        """
        self.text = text
        self.pieces = tuple(pieces)
        self.blanks = blanks
        self.hyphens = hyphens
        self.walls = walls
        self._starts = [piece.item.start for piece in pieces]
        self._before: list[float] = []
        at = 0.0
        for piece in pieces:
            self._before.append(at)
            at += self._width(piece) + piece.gap_em

    def _width(self, piece: Piece) -> float:
        if piece.glyphs is None:
            return self.blanks.get(piece.item.start, 0.0)
        return piece.glyphs.positions[-1] * piece.em

    def trim(self, start: int, end: int) -> int:
        """Return the end of the line without the spaces at its end."""
        text = self.text
        while end > start and text[end - 1] in _TRAILING:
            end -= 1
        return end

    def is_edge(self, offset: int) -> bool:
        """Return True if glyphs can be parted at `offset`."""
        if not 0 < offset < len(self.text):
            return True
        piece = self.pieces[bisect_right(self._starts, offset) - 1]
        return piece.glyphs is None or piece.glyphs.is_edge(offset - piece.item.start)

    def left_em(self, offset: int) -> float:
        """Return where a line that begins at `offset` begins."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0.0
        piece = self.pieces[index]
        if offset == piece.item.start:
            return self._before[index]
        return self._inside(index, piece, offset)

    def right_em(self, trimmed: int) -> float:
        """Return where a line that ends at `trimmed` ends, its last sign as set there."""
        index = bisect_left(self._starts, trimmed) - 1
        if index < 0:
            return 0.0
        piece = self.pieces[index]
        right = self._inside(index, piece, trimmed)
        last = self.text[trimmed - 1]
        if last == SOFT_HYPHEN:
            hyphen = self.hyphens.get(trimmed - 1)
            return right + self._width(hyphen) if hyphen else right
        return right - self.cut_em(piece, trimmed)

    def _inside(self, index: int, piece: Piece, offset: int) -> float:
        before = self._before[index]
        if piece.glyphs is None:
            return before + self._width(piece)
        return before + piece.glyphs.positions[offset - piece.item.start] * piece.em

    def cut_em(self, piece: Piece, trimmed: int) -> float:
        """Return what the full-width sign at a line's end gives up (JLREQ 3.1.9)."""
        char = self.text[trimmed - 1]
        if char < "\u2019" or piece.glyphs is None or piece.item.face is None:
            return 0.0
        if piece.item.level:  # right-to-left round it: the line's end is not the sign's
            return 0.0
        half = empty_half(piece.item.face, char)
        at = trimmed - piece.item.start
        is_full = piece.glyphs.positions[at] - piece.glyphs.positions[at - 1] > 1.5 * half
        return half * piece.em if half and is_full else 0.0

    def width_em(self, start: int, end: int) -> float:
        """Return the width of a line from `start` to `end`, without its end's spaces."""
        trimmed = self.trim(start, end)
        if trimmed <= start:
            return 0.0
        return self.right_em(trimmed) - self.left_em(start)

    def spans(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """Yield the pieces of `start` to `end` with the range of each, in order."""
        index = max(0, bisect_right(self._starts, start) - 1)
        for piece in self.pieces[index : bisect_left(self._starts, end)]:
            yield piece, max(piece.item.start, start), min(piece.item.end, end)

    def forced(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches between forced breaks, each with the break that ends it."""
        text, start = self.text, 0
        while start < len(text):
            at = text.find(SEPARATOR, start)
            end = len(text) if at < 0 else at + 1
            yield start, end
            start = end

    def edges(self, offsets: Iterable[int]) -> list[int]:
        """Return those offsets at which glyphs can be parted."""
        if all(piece.glyphs is None or piece.glyphs.plain for piece in self.pieces):
            return list(offsets)
        return [offset for offset in offsets if self.is_edge(offset)]
