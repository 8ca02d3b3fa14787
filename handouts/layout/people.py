"""People of 100: the picture of a number, with its headline, legend and certainty.

Grids of 10 by 10, filled from the top start corner along the rows, one block, never
scattered: grouped icons read faster and truer (page design, section 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handouts.document.tree import Figure, Item, ListBlock, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.piece import Piece
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.symbols import draw_people

__all__ = ["people_piece"]

_SIDE: Final = 10
_PERSON_PT: Final = 9.6
_ACROSS_PT: Final = 12.0
_DOWN_PT: Final = 10.5
_GRID_WIDTH_PT: Final = 118.0
_GRID_HEIGHT_PT: Final = 104.0
_CELL_PT: Final = 10.0
_MOST_COLUMNS: Final = 3
_COLUMN_GAP_PT: Final = 12.0
_TWO_GAP_PT: Final = 18.0
_USUAL_LINES: Final = 2
"""Of a headline: a number with its noun, and the effect."""
_BIG: Final = 1.5
"""The number is drawn so much larger than the words after it."""
_BIG_LEADING: Final = 1.2
_KEY_PT: Final = 14.0
_KEY_GAP_PT: Final = 5.0
_LEGEND_GAP_PT: Final = 22.0
_SLACK_PT: Final = 0.01
"""Room for rounding in a line as wide as its text."""
_MID_EM: Final = 0.29


@dataclass(frozen=True, slots=True)
class _Grid:
    """One picture: its headline, how high that is, and who is counted."""

    headline: TextBlock | None
    headline_pt: float
    extra_pt: float
    count: int
    element: int


@dataclass(frozen=True, slots=True)
class _Key:
    """One entry of the legend, placed: x from the start, y from the legend's top."""

    text: TextBlock
    counted: bool
    x: float
    y: float


def people_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece:
    """Return up to three grids side by side, more in further rows, and the legend."""
    items = [
        item
        for block in figure.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]
    columns = min(len(items), _MOST_COLUMNS) or 1
    pitch = _pitch(columns, width_pt)
    rows = [
        _row(setter, items[at : at + columns], (columns, pitch, width_pt), background)
        for at in range(0, len(items), columns)
    ]
    gap, row_gap = setter.units(0.8), setter.units(2.0)
    heads = [max(grid.headline_pt for grid in row) for row in rows]
    rows_pt = sum(heads) + len(rows) * (gap + _GRID_HEIGHT_PT)
    rows_pt += max(0, len(rows) - 1) * row_gap
    keys, words, legend_pt = _legend(setter, figure, width_pt, background)
    words_pt = sum(text.height_pt for text in words)
    legend_gap, words_gap = setter.units(1.8), setter.units(0.8) if words else 0.0

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for row, head in zip(rows, heads, strict=True):
            for at, grid in enumerate(row):
                if grid.headline is not None:
                    # The room for the big number lies above the headline's first line.
                    grid.headline.paint(canvas, x + at * pitch, y + grid.extra_pt)
                _paint_grid(setter, canvas, grid, x + at * pitch, y + head + gap)
            y += head + gap + _GRID_HEIGHT_PT + row_gap
        y += legend_gap - row_gap
        for key in keys:
            _paint_key(setter, canvas, key, x, y)
        y += legend_pt + words_gap
        for text in words:
            text.paint(canvas, x, y)
            y += text.height_pt

    return Piece(
        height_pt=rows_pt + legend_gap + legend_pt + words_gap + words_pt,
        paint=paint,
        before=setter.units(1.2),
        after=setter.units(1.6),
        element=figure.element,
    )


def _pitch(columns: int, width_pt: float) -> float:
    if columns == _MOST_COLUMNS:
        return (width_pt - _GRID_WIDTH_PT) / (columns - 1)
    return (width_pt + _TWO_GAP_PT) / columns


def _headline_width(at: int, columns: int, pitch: float, width_pt: float) -> float:
    if columns == _MOST_COLUMNS:
        return pitch - _COLUMN_GAP_PT if at < columns - 1 else _GRID_WIDTH_PT
    return min(pitch - _TWO_GAP_PT, width_pt)


def _row(
    setter: Setter,
    items: Sequence[Item],
    room: tuple[int, float, float],
    background: str,
) -> list[_Grid]:
    """Return grids side by side; a headline is as wide as its grid where that may be.

    Two that nearly touch are read as one line. Wider ones save a line: one alone does
    not, nor the second line that most have.
    """
    columns = room[0]
    wide = [
        _grid(setter, item, _headline_width(at, *room), background)
        for at, item in enumerate(items)
    ]
    if columns < _MOST_COLUMNS:
        return wide
    most = max(_USUAL_LINES, *(_lines(grid) for grid in wide))
    own = [_grid(setter, item, _GRID_WIDTH_PT, background) for item in items]
    pairs = zip(own, wide, strict=True)
    return [one if _lines(one) <= most else other for one, other in pairs]


def _lines(grid: _Grid) -> int:
    return grid.headline.lines if grid.headline is not None else 0


def _grid(setter: Setter, item: Item, width: float, background: str) -> _Grid:
    texts = [b for b in item.blocks if isinstance(b, Paragraph) and b.css_class != "alt"]
    if not texts:
        return _Grid(None, 0.0, 0.0, item.count or 0, item.element)
    headline = setter.text(
        texts[0].children,
        "grid",
        width,
        texts[0],
        background=background,
        balance=True,
        big=(_BIG, setter.palette.brand),
    )
    extra = _extra(setter, headline)
    height = headline.height_pt + extra
    return _Grid(headline, height, extra, item.count or 0, item.element)


def _extra(setter: Setter, headline: TextBlock) -> float:
    """Return what the big number's line is higher than the others."""
    big = _BIG * _BIG_LEADING * setter.size_pt
    return max(0.0, big - headline.metrics.leading_pt)


def _paint_grid(
    setter: Setter, canvas: Canvas, grid: _Grid, x: float, top: float
) -> None:
    inset = (_CELL_PT - _PERSON_PT) / 2
    cells = [
        (x + inset + column * _ACROSS_PT, top + row * _DOWN_PT)
        for row in range(_SIDE)
        for column in range(_SIDE)
    ]
    palette = setter.palette
    draw_people(
        canvas,
        tuple(cells[: grid.count]),
        _PERSON_PT,
        fill=palette.brand,
        stroke=None,
        element=grid.element,
    )
    draw_people(
        canvas,
        tuple(cells[grid.count :]),
        _PERSON_PT,
        fill=palette.white,
        stroke=palette.ink,
        element=grid.element,
    )


def _legend(
    setter: Setter, figure: Figure, width_pt: float, background: str
) -> tuple[list[_Key], list[TextBlock], float]:
    """Place the legend's entries side by side where they fit, else one below another."""
    texts = [
        b for b in figure.caption if isinstance(b, Paragraph) and b.css_class != "alt"
    ]
    keyed = [text for text in texts if text.symbol_key is not None]
    words = [
        setter.text(
            text.children,
            "body",
            setter.paragraph_width(width_pt),
            text,
            background=background,
        )
        for text in texts
        if text.symbol_key is None
    ]
    indent = _KEY_PT + _KEY_GAP_PT
    room = width_pt - indent

    def entry(text: Paragraph, width: float) -> TextBlock:
        return setter.text(
            text.children, "body", width, text, background=background, balance=True
        )

    blocks = [entry(text, room) for text in keyed]
    widths = [indent + b.shaped.width(b.metrics.size_pt) + _SLACK_PT for b in blocks]
    beside = sum(widths) + max(0, len(widths) - 1) * _LEGEND_GAP_PT <= width_pt
    if beside:
        blocks = [entry(t, w - indent) for t, w in zip(keyed, widths, strict=True)]
    keys: list[_Key] = []
    x = y = 0.0
    for text, block, width in zip(keyed, blocks, widths, strict=True):
        keys.append(_Key(block, text.symbol_key == "counted", x, y))
        if beside:
            x += width + _LEGEND_GAP_PT
        else:
            y += block.height_pt + setter.units(0.4)
    if not keys:
        return keys, words, 0.0
    last = keys[-1]
    return keys, words, last.y + last.text.height_pt


def _paint_key(setter: Setter, canvas: Canvas, key: _Key, x: float, y: float) -> None:
    palette, metrics = setter.palette, key.text.metrics
    left, top = x + key.x, y + key.y
    middle = top + metrics.baseline_pt - _MID_EM * metrics.size_pt
    draw_people(
        canvas,
        ((left, middle - _KEY_PT / 2),),
        _KEY_PT,
        fill=palette.brand if key.counted else palette.white,
        stroke=None if key.counted else palette.ink,
    )
    key.text.paint(canvas, left + _KEY_PT + _KEY_GAP_PT, top)
