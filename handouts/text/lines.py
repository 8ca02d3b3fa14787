"""A range of a shaped paragraph → one `Line`: visual order, glyph runs, points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handouts.text.cjk import MAX_STRETCH_EM
from handouts.text.faces import IDEOGRAPHIC
from handouts.text.measure import Piece, Ruler
from handouts.text.model import GlyphRun, Line
from handouts.text.unicode import SEPARATOR, SOFT_HYPHEN, visual_order

__all__ = ["LineMaker"]


class _Slice(NamedTuple):
    """Code points `first` to `last` of one piece; `hyphen` is drawn in their place."""

    piece: Piece
    first: int
    last: int
    level: int
    hyphen: Piece | None = None


class LineMaker:
    """Makes lines of one paragraph."""

    def __init__(self, ruler: Ruler, base_level: int) -> None:
        """Take the paragraph; `base_level` is 1 if it runs from right to left."""
        self._ruler = ruler
        self._base_level = base_level
        self._can_stretch = any(_is_han(piece) for piece in ruler.pieces)

    def line(self, start: int, end: int, size_pt: float, full_em: float | None) -> Line:
        """Return the line from `start` to `end`, stretched to `full_em` if that is given.

        The spaces at its end are set past its logical end, at the paragraph's level
        (UAX #9 L1): they keep words apart in copied text.
        """
        ruler = self._ruler
        full_em = full_em if self._can_stretch else None
        trimmed = ruler.trim(start, end)
        slices = self._slices(start, trimmed, end, apart=full_em is not None)
        stretches = self._stretches(slices, start, end, full_em) if full_em else {}
        spaces_pt = self._spaces_em(slices, trimmed) * size_pt
        x_pt = 0.0 - spaces_pt if self._base_level else 0.0
        runs: list[GlyphRun] = []
        blanks: list[tuple[float, float, int]] = []
        for index in _order(slices, ruler.walls):
            one = slices[index]
            if one.piece.glyphs is None:
                width = ruler.blanks.get(one.first, 0.0) * size_pt
                if width:
                    blanks.append((x_pt, width, one.first))
            else:
                run = self._run(one, size_pt, x_pt, trimmed, stretches.get(index, ()))
                runs += [run] if run.gids else []
                width = run.width_pt
            x_pt += width
            if one.last == one.piece.item.end != trimmed:
                x_pt += one.piece.gap_em * size_pt
        width_pt = x_pt if self._base_level else x_pt - spaces_pt
        return Line(
            runs=tuple(runs),
            start=start,
            end=end,
            width_pt=width_pt,
            blanks=tuple(blanks),
        )

    def _slices(self, start: int, trimmed: int, end: int, *, apart: bool) -> list[_Slice]:
        """Return what the line sets, in logical order, the spaces at its end last.

        They stay in the last run where they would be set like it, unless `apart`.
        """
        ruler = self._ruler
        found: list[_Slice] = []
        for piece, first, last in ruler.spans(start, end):
            level = piece.item.level
            if first >= trimmed:
                found.append(_Slice(piece, first, last, self._base_level))
                continue
            hyphen = ruler.hyphens.get(trimmed - 1) if last >= trimmed else None
            if hyphen is not None and start < trimmed < len(ruler.text):
                if first < trimmed - 1:
                    found.append(_Slice(piece, first, trimmed - 1, level))
                found.append(_Slice(piece, trimmed - 1, trimmed, level, hyphen))
            elif last <= trimmed or (not apart and self._keeps_spaces(piece, trimmed)):
                found.append(_Slice(piece, first, last, level))
                continue
            else:
                found.append(_Slice(piece, first, trimmed, level))
            if trimmed < last:
                found.append(_Slice(piece, trimmed, last, self._base_level))
        return found

    def _keeps_spaces(self, piece: Piece, trimmed: int) -> bool:
        item = piece.item
        return (
            item.level == self._base_level
            and not item.style.underline
            and not self._ruler.cut_em(piece, trimmed)
        )

    def _spaces_em(self, slices: Sequence[_Slice], trimmed: int) -> float:
        """Return the width of what stands after `trimmed`."""
        width = 0.0
        for one in reversed(slices):
            if one.last <= trimmed:
                break
            glyphs, origin = one.piece.glyphs, one.piece.item.start
            if glyphs is not None:
                at, first = glyphs.positions, max(one.first, trimmed)
                width += (at[one.last - origin] - at[first - origin]) * one.piece.em
        return width

    def _stretches(
        self, slices: Sequence[_Slice], start: int, end: int, full_em: float
    ) -> dict[int, list[float]]:
        """Return, for each slice, what to add after its clusters in logical order."""
        ruler = self._ruler
        if end >= len(ruler.text) or ruler.text[end - 1] == SEPARATOR:
            return {}
        trimmed = ruler.trim(start, end)
        places = _places([one for one in slices if one.first < trimmed])
        count = sum(map(sum, places.values()))
        missing_em = full_em - ruler.width_em(start, end)
        if not count or missing_em <= 0:
            return {}
        share = missing_em / count
        if share > MAX_STRETCH_EM:
            return {}  # it cannot be made even: rather ragged than neither
        return {index: [one * share for one in ones] for index, ones in places.items()}

    # Glyph runs

    def _run(
        self,
        one: _Slice,
        size_pt: float,
        x_pt: float,
        trimmed: int,
        stretch_em: Sequence[float],
    ) -> GlyphRun:
        item = one.piece.item
        piece, first, last = one.piece, one.first - item.start, one.last - item.start
        if one.hyphen is not None:
            piece, first, last = one.hyphen, 0, 1
        glyphs, face = piece.glyphs, piece.item.face
        assert glyphs is not None
        assert face is not None
        rtl = item.level % 2 == 1
        cut = glyphs.slice_of(first, last, rtl=rtl)
        scale = piece.em * size_pt
        advances = [advance * scale for advance in glyphs.advances[cut]]
        texts, counts = glyphs.texts_of(first, last, rtl=rtl)
        if one.hyphen is not None:
            texts = SOFT_HYPHEN
        if stretch_em:
            _stretch(advances, counts, [em * size_pt for em in stretch_em])
        if one.last == trimmed and advances:
            advances[-1] -= self._ruler.cut_em(piece, trimmed) * size_pt
        style = item.style
        if style.underline and one.first >= trimmed:
            style = style._replace(underline=False)
        return GlyphRun(
            face=face,
            size_pt=scale * face.upem,
            x_pt=x_pt,
            y_pt=item.style.rise * size_pt,
            gids=glyphs.gids[cut],
            advances=tuple(advances),
            offsets=_scaled(glyphs.offsets, cut, scale),
            texts=texts,
            counts=counts,
            start=one.first,
            end=one.last,
            level=one.level,
            style=style,
            width_pt=sum(advances),
        )


def _order(slices: Sequence[_Slice], walls: Mapping[int, int]) -> Sequence[int]:
    """Return the indices of the slices from left to right."""
    if len(slices) == 1:
        return (0,)
    if not walls:
        return visual_order([one.level for one in slices])
    levels: list[int] = []
    indices: list[int | None] = []
    for index, one in enumerate(slices):
        if one.first in walls:
            levels.append(walls[one.first])
            indices.append(None)
        levels.append(one.level)
        indices.append(index)
    order = [indices[at] for at in visual_order(levels)]
    return [index for index in order if index is not None]


def _places(slices: Sequence[_Slice]) -> dict[int, list[int]]:
    """Return, for each slice, 1 for every cluster that may have space after it.

    That is round every Han and Kana, but not after the last cluster of the line.
    """
    found: dict[int, list[int]] = {}
    follows_han = False
    is_last = True
    for index in range(len(slices) - 1, -1, -1):
        one = slices[index]
        is_han = _is_han(one.piece)
        count = _cluster_count(one)
        if count:
            found[index] = [int(is_han)] * count
            found[index][-1] = int((is_han or follows_han) and not is_last)
            is_last = False
        follows_han = is_han
    return found


def _is_han(piece: Piece) -> bool:
    return piece.item.script in IDEOGRAPHIC


def _cluster_count(one: _Slice) -> int:
    glyphs, origin = one.piece.glyphs, one.piece.item.start
    if glyphs is None:
        return 0
    low, high = glyphs.clusters_of(one.first - origin, one.last - origin)
    return high - low


def _stretch(
    advances: list[float], counts: Sequence[int] | None, added_pt: Sequence[float]
) -> None:
    """Add space after clusters; only text that runs left to right is stretched."""
    at = -1
    for count, added in zip(counts or (1,) * len(advances), added_pt, strict=True):
        at += count
        advances[at] += added


def _scaled(
    offsets: Sequence[tuple[int, int]] | None, cut: slice, scale: float
) -> tuple[tuple[float, float], ...] | None:
    if offsets is None:
        return None
    own = offsets[cut]
    if not any(x or y for x, y in own):
        return None
    return tuple([(x * scale, y * scale) for x, y in own])
