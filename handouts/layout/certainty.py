"""How sure we are: words, and four small boxes above them, filled up to a level.

The words carry the meaning; the boxes repeat it and are decoration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handouts.document.tree import Block, Figure, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.piece import Piece, paint_stack, stack_height
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.theme import RoleName

__all__ = [
    "beside_meter", "certainty_piece", "certainty_texts", "meter_width", "room_beside",
]  # fmt: skip

_LEVELS: Final = 4
_BOX_EM: Final = 0.66
_GAP_EM: Final = 0.2
_STROKE_PT: Final = 1.0
_RADIUS_PT: Final = 1.0
_BESIDE_EM: Final = 0.7


def certainty_texts(block: Block) -> Iterator[Paragraph]:
    """Yield the words of a block of a cell: itself, or what stands below its boxes."""
    if isinstance(block, Paragraph):
        yield block
    elif isinstance(block, Figure):
        yield from (b for b in block.blocks if isinstance(b, Paragraph))


def meter_width(setter: Setter) -> float:
    """Return how wide the four boxes are."""
    return (_LEVELS * _BOX_EM + (_LEVELS - 1) * _GAP_EM) * setter.size_pt


def certainty_piece(
    setter: Setter,
    figure: Figure,
    width_pt: float,
    *,
    background: str,
    role: RoleName = "body",
    after: float = 0.0,
) -> Piece:
    """Return the boxes on a line of their own, and the words below.

    The line is as high as a line of text: words stay level with those beside them.
    """
    words = [
        setter.text(text.children, role, width_pt, text, background=background)
        for text in certainty_texts(figure)
    ]
    metrics = setter.metrics(role)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        _paint_meter(setter, canvas, figure, x, y + metrics.baseline_pt)
        paint_stack(words, canvas, x, y + metrics.leading_pt)

    return Piece(
        height_pt=metrics.leading_pt + stack_height(words),
        paint=paint,
        after=after,
        element=figure.element,
    )


def beside_meter(
    setter: Setter, figure: Figure, text: TextBlock, *, after: float
) -> Piece:
    """Return a text with the boxes at the end of its last line; it must leave room."""

    def paint(canvas: Canvas, x: float, y: float) -> None:
        text.paint(canvas, x, y)
        metrics = text.metrics
        last = y + (text.lines - 1) * metrics.leading_pt
        at = x + text.widest_pt + _BESIDE_EM * setter.size_pt
        _paint_meter(setter, canvas, figure, at, last + metrics.baseline_pt)

    return text.piece(after=after)._replace(paint=paint, split=None, first_pt=None)


def room_beside(setter: Setter, width_pt: float) -> float:
    """Return how wide a text may be that has the boxes beside it."""
    return width_pt - meter_width(setter) - _BESIDE_EM * setter.size_pt


def _paint_meter(
    setter: Setter, canvas: Canvas, figure: Figure, x: float, baseline: float
) -> None:
    """Draw the boxes with their middle at that of a line's capitals."""
    level = int(dict(figure.options).get("level", "0"))
    side, palette = _BOX_EM * setter.size_pt, setter.palette
    middle = baseline - setter.scale.heading_mid_em * setter.size_pt
    for at in range(_LEVELS):
        canvas.box(
            x + at * (side + _GAP_EM * setter.size_pt),
            middle - side / 2,
            side,
            side,
            radius=_RADIUS_PT,
            fill=palette.brand if at < level else palette.white,
            stroke=palette.brand,
            stroke_pt=_STROKE_PT,
        )
