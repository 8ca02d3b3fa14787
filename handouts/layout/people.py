"""People of 100: the picture of a number, with its headline, legend and certainty.

Grids of 10 by 10, filled from the top start corner along the rows, one block, never
scattered: grouped icons read faster and truer (page design, section 9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle, takewhile
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
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Grid:
    """One picture: its headline, how high that is, and who is counted."""

    headline: TextBlock | None
    headline_pt: float
    extra_pt: float
    count: int
    element: int

    @property
    def lines(self) -> int:
        return self.headline.lines if self.headline is not None else 0


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
    pitch, grids = _grids(setter, items, columns, width_pt, background)
    rows = [grids[at : at + columns] for at in range(0, len(grids), columns)]
    gap, row_gap = setter.units(0.8), setter.units(2.0)
    heads = [max(grid.headline_pt for grid in row) for row in rows]
    rows_pt = sum(heads) + len(rows) * (gap + _GRID_HEIGHT_PT)
    rows_pt += max(0, len(rows) - 1) * row_gap
    keys, words, legend_pt = _legend(setter, figure, width_pt, background)
    words_pt = sum(text.height_pt for text in words)
    legend_gap, words_gap = setter.units(1.8), setter.units(0.8) if words else 0.0

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for row, head in zip(_alike(rows), heads, strict=True):
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


def _grids(
    setter: Setter,
    items: Sequence[Item],
    columns: int,
    width_pt: float,
    background: str,
) -> tuple[float, list[_Grid]]:
    """Return the grids, and how far apart they begin.

    Three headlines are as wide as their grids, so that two never touch; wider where that
    saves a line: all, and then the grids stand nearer to each other, or, only where that
    does not help, those that are not the last. The second line that most have need not
    be saved.
    """

    def grids(*widths: float) -> list[_Grid]:
        pairs = zip(items, cycle(widths), strict=False)
        return [_grid(setter, item, width, background) for item, width in pairs]

    if columns < _MOST_COLUMNS:
        pitch = (width_pt + _TWO_GAP_PT) / columns
        return pitch, grids(min(pitch - _TWO_GAP_PT, width_pt))
    far = (width_pt - _GRID_WIDTH_PT) / (columns - 1)
    own = grids(_GRID_WIDTH_PT)
    if _most(own) <= _USUAL_LINES:
        return far, own
    near = (width_pt + _COLUMN_GAP_PT) / columns
    wide = grids(near - _COLUMN_GAP_PT)
    widths = [far - _COLUMN_GAP_PT] * (columns - 1) + [_GRID_WIDTH_PT]
    uneven = grids(*widths)
    if _most(uneven) < min(_most(own), _most(wide)):
        return far, uneven
    return (near, wide) if _sum(wide) < _sum(own) else (far, own)


def _alike(rows: Sequence[Sequence[_Grid]]) -> list[list[_Grid]]:
    """Return the grids with headlines that end their lines at the same words.

    They say the same of other effects, and are compared: either the balanced lines are
    alike, or the full ones.
    """
    heads = [grid.headline for row in rows for grid in row if grid.headline is not None]
    full = [head._replace(balance=False) for head in heads]
    if _ways(heads) <= _ways(full):
        return [list(row) for row in rows]
    return [
        [
            grid
            if (head := grid.headline) is None
            else replace(grid, headline=head._replace(balance=False))
            for grid in row
        ]
        for row in rows
    ]


def _ways(heads: Sequence[TextBlock]) -> int:
    """Return in how many ways lines end among the words that all headlines have."""
    texts = [head.shaped.text for head in heads]
    numbers = [_NUMBER.search(text) for text in texts]
    spans = [number.span() if number else (0, 0) for number in numbers]
    pairs = list(zip(texts, spans, strict=True))
    before = _common([text[:start][::-1] for text, (start, _) in pairs])
    after = _common([text[end:] for text, (_, end) in pairs])
    ways: set[tuple[int, ...]] = set()
    for head, (start, end) in zip(heads, spans, strict=True):
        ends = head.shaped.ends(head.metrics.size_pt, head.width_pt, balance=head.balance)
        found = [at - start if at <= start else at - end for at in ends]
        ways.add(tuple(at for at in found if -before <= at <= after))
    return len(ways)


def _common(texts: Sequence[str]) -> int:
    """Return how many characters all texts begin with."""
    alike = takewhile(lambda chars: len({*chars}) == 1, zip(*texts, strict=False))
    return sum(1 for _ in alike)


def _most(grids: Sequence[_Grid]) -> int:
    return max(grid.lines for grid in grids)


def _sum(grids: Sequence[_Grid]) -> int:
    return sum(grid.lines for grid in grids)


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
