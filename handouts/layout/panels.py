"""Two pictures side by side, each above its words: a thing as usual, and changed.

What differs is told by shape, number and thickness, never by colour alone, and is coarse
enough for a copy of a copy. Strokes are those of the symbols.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from handouts.document.tree import Figure, Item, ListBlock, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.inline import headed
from handouts.layout.piece import Piece, paint_stack, stack_height
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.shapes import Shape, arc, circle, draw_shapes, path, poly, rect

__all__ = ["PANELS", "Panel", "panels_piece"]

_GAP_PT: Final = 18.0
_BODY_PT: Final = 12.0
"""A unit is a point at this size; pictures grow with the type."""


class Panel(NamedTuple):
    """A picture in units, `width` by `height`."""

    shapes: tuple[Shape, ...]
    width: float
    height: float


# The alarm: a bell, and arcs of sound on both of its sides.

_BELL_HEIGHT: Final = 42.0


def _bell(x: float) -> tuple[Shape, ...]:
    """Return a bell whose axis is at `x`: knob, body, clapper."""
    left, right = x - 17.0, x + 17.0
    return (
        Shape(circle(x, 4.0, 3.4), "c"),
        Shape(
            path(
                f"M {left} 33.4 C {left + 4.2} 30 {x - 12} 25.6 {x - 12} 18.6"
                f" C {x - 12} 11 {x - 7} 5.6 {x} 5.6"
                f" C {x + 7} 5.6 {x + 12} 11 {x + 12} 18.6"
                f" C {x + 12} 25.6 {right - 4.2} 30 {right} 33.4 Z"
            ),
            "c",
        ),
        Shape(
            path(
                f"M {x - 5.4} 36 L {x + 5.4} 36 C {x + 5.4} 39.3 {x + 3} 41.6 {x} 41.6"
                f" C {x - 3} 41.6 {x - 5.4} 39.3 {x - 5.4} 36 Z"
            ),
            "c",
        ),
    )


def _sound(x: float, *arcs: tuple[float, float, float]) -> tuple[Shape, ...]:
    """Return arcs (radius, half angle, thickness) on both sides of a bell at `x`."""
    return tuple(
        Shape(arc(x, 21.0, radius, side, half), None, "c", thick, is_round=True)
        for radius, half, thick in arcs
        for side in (0.0, 180.0)
    )


_QUIET: Final = 24.0
_LOUD: Final = 40.0
_ALARM: Final = (
    Panel(_bell(_QUIET) + _sound(_QUIET, (21, 17, 2.0)), 2 * _QUIET, _BELL_HEIGHT),
    Panel(
        _bell(_LOUD) + _sound(_LOUD, (21, 24, 2.6), (29, 27, 3.0), (37.5, 29, 3.4)),
        2 * _LOUD,
        _BELL_HEIGHT,
    ),
)

# The receptor: a membrane of two lines, in it a gate of two posts, signals as dots.

_WIDE: Final = 150.0
_HIGH: Final = 50.0
_MID: Final = _WIDE / 2
_DOT: Final = 2.7


def _membrane() -> tuple[Shape, ...]:
    lines = tuple(
        Shape(poly(f"{a},{y} {b},{y}", close=False), None, "c", 1.9)
        for y in (22.0, 32.0)
        for a, b in ((0.0, _MID - 18), (_MID + 18, _WIDE))
    )
    posts = tuple(
        Shape(rect(x, 16.5, 8.0, 21.0, 3.0), "b", "c", 1.9)
        for x in (_MID - 17.5, _MID + 9.5)
    )
    return lines + posts


def _dots(*places: tuple[float, float]) -> tuple[Shape, ...]:
    return tuple(Shape(circle(_MID + x, y, _DOT), "c") for x, y in places)


_WAITING: Final = ((-38.0, 9.0), (-25.0, 4.5), (-11.0, 3.6), (11.0, 3.6), (25.0, 4.5))
_OPEN: Final = (
    *_membrane(),
    *_dots(*_WAITING, (38, 9), (0, 11), (-34, 41), (-20, 46), (20, 46), (34, 41)),
    Shape(poly(f"{_MID},18 {_MID},41", close=False), None, "c", 2.4, is_round=True),
    Shape(poly(f"{_MID - 6},39 {_MID + 6},39 {_MID},49.5", close=True), "c"),
)
_BLOCKED: Final = (
    *_membrane(),
    *_dots(*_WAITING, (38, 9), (-20, 46)),
    Shape(rect(_MID - 17, 9.8, 34, 6.6, 3), "c"),
    Shape(rect(_MID - 6, 11, 12, 27, 3), "c"),
)
_RECEPTOR: Final = (Panel(_OPEN, _WIDE, _HIGH), Panel(_BLOCKED, _WIDE, _HIGH))

PANELS: Final[Mapping[str, tuple[Panel, Panel]]] = MappingProxyType(
    {"alarm": _ALARM, "receptor": _RECEPTOR}
)


def panels_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece:
    """Return two pictures, the first at the start, with their words below."""
    panels = PANELS[figure.draw]
    items = [
        item
        for block in figure.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]
    column = (width_pt - _GAP_PT) / len(panels)
    labels = _labels(setter, items, column, background)
    scale = min(setter.size_pt / _BODY_PT, *(column / panel.width for panel in panels))
    picture_pt = scale * max(panel.height for panel in panels)
    gap = setter.units(1.2)
    colors = {"c": setter.palette.brand, "b": background}

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for at, panel in enumerate(panels):
            draw_shapes(
                canvas,
                panel.shapes,
                x + at * (column + _GAP_PT),
                y,
                side=panel.width,
                scale=scale,
                colors=colors,
                mirror=True,
                element=figure.element,
            )
        for at, texts in enumerate(labels):
            left = x + at * (column + _GAP_PT)
            paint_stack(texts, canvas, left, y + picture_pt + gap)

    return Piece(
        height_pt=picture_pt + gap + _height(labels),
        paint=paint,
        before=setter.units(2.0),
        after=setter.units(2.0),
        element=figure.element,
    )


def _labels(
    setter: Setter, items: Sequence[Item], width_pt: float, background: str
) -> list[list[TextBlock]]:
    """Return the words of each picture, bold first words on a line of their own.

    Even where that takes a line more: run on in one and not in the other, what is
    compared does not stand side by side.
    """
    return [
        [
            setter.text(
                setter.source.kept((block.element,), partial(headed, block.children)),
                "body",
                width_pt,
                block,
                background=background,
                balance=True,
            )
            for block in item.blocks
            if isinstance(block, Paragraph) and block.css_class != "alt"
        ]
        for item in items
    ]


def _height(labels: Sequence[Sequence[TextBlock]]) -> float:
    return max(stack_height(texts) for texts in labels)
