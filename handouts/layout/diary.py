"""Tables to write in → pieces: a grid of cells that a shaky pen can hit.

Grid lines and cells of at least 40 by 22 points (page design, section 9); where the
page has room to spare, the rows grow. A diary is never divided: a week stays on its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.document.tree import Cell, Paragraph, Row, Table
from handouts.layout.canvas import Canvas
from handouts.layout.columns import shared
from handouts.layout.piece import Piece, Stacked, paint_stack, stack_height
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.theme import RoleName
from handouts.text import ShapedParagraph
from handouts.units import EPSILON_PT

__all__ = ["diary_piece"]

_LINE_PT: Final = 0.75
_PADDING_PT: Final = 5.0
_AROUND_PT: Final = 2 * _PADDING_PT + EPSILON_PT
_LEAST_WIDTH_PT: Final = 40.0
_LEAST_HEIGHT_PT: Final = 22.0
"""A row for large handwriting: nearly 8 mm."""
_LEAST_HEIGHT_EM: Final = 1.8
"""Large type is for those who write large, too."""
_INK_PADDING_PT: Final = 1.0
"""At least between a line and the ink of words: a row grows where the page has room."""
_LEAST_INK_EM: Final = 1.22
"""The ink of a Latin line, most of which stands well below its top: so much has a line
of square Hebrew, Chinese or Korean signs, too, or they would stand at the rule.
"""
_HEADS: Final = ((1, 1 / 3), (2, 0.25), (3, 0.0))
"""So many lines of the heads, where notes have at least such a share of the table."""
_STEP_PT: Final = 2.0
"""By which a column is widened until its head takes so few lines."""
_GROW_PT: Final = 1.0
"""By which each row grows at a time."""
_GROW_HEAD_PT: Final = 0.25
"""By which the row of heads grows then: nobody writes there."""
_GROW_MOST: Final = 30
_WORDS_SHARE: Final = 2.5
"""Columns for words, the last and a first to write in, are so much wider than those
between, which are for a number or a name: a long head leaves them no more.
"""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words in a cell; `ink_pt` is their height without what leading adds to a line."""

    pieces: tuple[Stacked, ...]
    height_pt: float
    ink_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Diary:
    """A grid measured at one size; `heights` are those of the rows, heads first."""

    setter: Setter
    element: int
    caption: TextBlock | None
    widths: tuple[float, ...]
    rows: tuple[tuple[_Cell, ...], ...]
    heights: tuple[float, ...]
    heads: int

    @property
    def caption_pt(self) -> float:
        if self.caption is None:
            return 0.0
        return self.caption.height_pt + self.setter.units(0.8)

    def piece(self) -> Piece:
        return Piece(
            height_pt=self.caption_pt + sum(self.heights) + _LINE_PT,
            paint=self._paint,
            before=self.setter.units(1.2),
            after=self.setter.units(3.0),
            is_set=True,
            grow=self._grown,
            grow_max=_GROW_MOST,
            grow_pt=sum(self._steps()),
            element=self.element,
        )

    def _grown(self, more: int) -> Piece:
        heights = (
            height + step * more
            for height, step in zip(self.heights, self._steps(), strict=True)
        )
        return replace(self, heights=tuple(heights)).piece()._replace(grow=None)

    def _steps(self) -> Iterator[float]:
        """Yield what each row gains at a time."""
        for row in range(len(self.heights)):
            yield _GROW_HEAD_PT if row < self.heads else _GROW_PT

    def _paint(self, canvas: Canvas, x: float, y: float) -> None:
        if self.caption is not None:
            self.caption.paint(canvas, x, y)
            y += self.caption_pt
        for row, height in zip(self.rows, self.heights, strict=True):
            at = x
            for cell, width in zip(row, self.widths, strict=True):
                # Frames lie half over their neighbours': one line between two cells.
                canvas.box(
                    at,
                    y,
                    width + _LINE_PT,
                    height + _LINE_PT,
                    stroke=self.setter.palette.ink,
                    stroke_pt=_LINE_PT,
                )
                top = y + (height + _LINE_PT - cell.height_pt) / 2
                paint_stack(cell.pieces, canvas, at + _PADDING_PT, top)
                at += width
            y += height


def diary_piece(
    setter: Setter, table: Table, width_pt: float, *, background: str
) -> Piece:
    """Return a table to write in as a piece that is never divided."""
    rows = (*table.head, *table.body)
    widths = _widths(setter, rows, width_pt - _LINE_PT)
    cells = tuple(
        tuple(
            _cell(setter, cell, width - 2 * _PADDING_PT, background)
            for cell, width in zip(row.cells, widths, strict=True)
        )
        for row in rows
    )
    heads = len(table.head)
    least = max(_LEAST_HEIGHT_PT, _LEAST_HEIGHT_EM * setter.size_pt)
    heights = [
        max(cell.ink_pt for cell in row) + 2 * _INK_PADDING_PT + _LINE_PT for row in cells
    ]
    caption = None
    if table.caption is not None:
        caption = setter.text(table.caption, "h3", width_pt, table, background=background)
    return _Diary(
        setter=setter,
        element=table.element,
        caption=caption,
        widths=widths,
        rows=cells,
        heights=tuple(
            height if row < heads else max(height, least)
            for row, height in enumerate(heights)
        ),
        heads=heads,
    ).piece()


def _widths(setter: Setter, rows: Sequence[Row], room: float) -> tuple[float, ...]:
    """Return the columns' widths: each head's longest word whole, the rest shared.

    No head takes more than two lines, if there is room for that, and for notes in the
    last column. A first column of names is as wide as the longest of them. Where even
    the longest words do not fit, all columns give up in proportion, and words break.
    """
    named = rows[-1].cells[0].scope == "row"
    shares = [1.0] * len(rows[0].cells)
    shares[0] = 0.0 if named else _WORDS_SHARE
    shares[-1] = _WORDS_SHARE
    words = _leasts(setter, rows)
    for lines, notes in _HEADS:
        heads = _of_heads(setter, rows[0], lines)
        least = [max(pair) for pair in zip(words, heads, strict=True)]
        if sum(least) <= room:
            widths = shared(room, least, shares)
            if widths[-1] >= notes * room:
                return widths
    if sum(words) <= room:
        return shared(room, words, shares)
    return tuple(room * width / sum(words) for width in words)


def _leasts(setter: Setter, rows: Sequence[Row]) -> list[float]:
    """Return the least width of each column: its longest word."""
    least = [_LEAST_WIDTH_PT] * len(rows[0].cells)
    for row in rows:
        for column, cell in enumerate(row.cells):
            for shaped, size_pt in _shaped(setter, cell):
                wide = shaped.min_width(size_pt) + _AROUND_PT
                least[column] = max(least[column], wide)
    return least


def _of_heads(setter: Setter, row: Row, lines: int) -> Iterator[float]:
    """Yield the width in which each head takes so few lines."""
    for cell in row.cells:
        low = 0.0
        for shaped, size_pt in _shaped(setter, cell):
            wide = shaped.width(size_pt)
            narrow = shaped.min_width(size_pt) if lines > 1 else wide
            while narrow < wide and shaped.line_count(size_pt, narrow) > lines:
                narrow += _STEP_PT
            low = max(low, narrow)
        yield low + _AROUND_PT


def _shaped(setter: Setter, cell: Cell) -> Iterator[tuple[ShapedParagraph, float]]:
    """Yield a cell's paragraphs, and the size of their type."""
    role, bold = _role(cell)
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            yield setter.shaped(block.children, role, block, bold=bold)


def _role(cell: Cell) -> tuple[RoleName, bool | None]:
    return ("table-head", None) if cell.scope == "col" else ("table", cell.header)


def _cell(setter: Setter, cell: Cell, width: float, background: str) -> _Cell:
    role, bold = _role(cell)
    pieces = tuple(
        setter.text(
            block.children,
            role,
            width,
            block,
            background=background,
            bold=bold,
            after=setter.units(0.7),
        )
        for block in cell.blocks
        if isinstance(block, Paragraph)
    )
    if not pieces:
        return _Cell((), 0.0, 0.0)
    height = stack_height(pieces)
    least = _LEAST_INK_EM * setter.metrics(role).size_pt
    ink = max(setter.scale.ink_pt(role), least)
    air = min(text.metrics.leading_pt - ink for text in pieces)
    return _Cell(pieces, height, height - max(0.0, air))
