"""The symbols of the page, as shapes in a square of 24 units (page design, section 13).

Own constructions, no copied artwork. A symbol never stands alone and is an artifact:
it repeats what its heading says. Colours are roles: c the symbol's own, b its
background, w white, k black, y amber, r red; None is no fill or no stroke.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from handouts.layout.canvas import Canvas, Command
from handouts.layout.display import Path
from handouts.layout.shapes import (
    SIDE,
    Shape,
    circle,
    draw_shapes,
    mapped,
    path,
    poly,
    rect,
    turned,
)

__all__ = ["MIRRORED", "SYMBOLS", "draw_people", "draw_stamp", "draw_symbol"]


MIRRORED: Final = frozenset({"speech", "pencil", "list", "ambulance", "people"})
"""These turn round in a right-to-left page; time, ticks and slashes never do."""


def _prohibition(*picture: Shape) -> tuple[Shape, ...]:
    slash = poly("4.9,4.9 19.1,19.1", close=False)
    return (
        Shape(circle(12, 12, 10.2), "w"),
        *picture,
        Shape(slash, None, "w", 3.2),
        Shape(slash, None, "r", 2.0),
        Shape(circle(12, 12, 10.2), None, "r", 2.0),
    )


_CAR: Final = (
    Shape(
        poly(
            "4.2,15.6 4.2,12.4 6.6,11.4 8.8,7.6 15.2,7.6 17.6,11.4 19.8,12.4 19.8,15.6",
            close=True,
        ),
        "k",
    ),
    Shape(poly("13,11.2 13,9 14.4,9 15.8,11.2", close=True), "w"),
    Shape(circle(8, 15.8, 2), "k", "w", 0.9),
    Shape(circle(16, 15.8, 2), "k", "w", 0.9),
)
_GLASS: Final = Shape(
    path(
        "M 7.6 5.8 L 16.4 5.8 L 15.8 9.4 C 15.4 11.6 14 12.6 12.9 12.9 L 12.9 16.6"
        " L 15.2 18.2 L 8.8 18.2 L 11.1 16.6 L 11.1 12.9 C 10 12.6 8.6 11.6 8.2 9.4 Z"
    ),
    "k",
)
_PERSON: Final = (
    *circle(12, 5.6, 3.9),
    *path(
        "M 4.8 22.5 L 4.8 17.2 C 4.8 13.2 8 10.9 12 10.9 C 16 10.9 19.2 13.2 19.2 17.2"
        " L 19.2 22.5 Z"
    ),
)

SYMBOLS: Final[Mapping[str, tuple[Shape, ...]]] = MappingProxyType(
    {
        "warning": (
            Shape(poly("12,3.2 22,20.5 2,20.5", close=True), "y", "k", 1.9),
            Shape(poly("10.7,8.6 13.3,8.6 12.7,14.9 11.3,14.9", close=True), "k"),
            Shape(circle(12, 17.3, 1.35), "k"),
        ),
        "phone": turned(
            (
                Shape(rect(3, 6, 18, 4.6, 2.3), "c"),
                Shape(rect(3, 6, 6, 9.6, 1.9), "c"),
                Shape(rect(15, 6, 6, 9.6, 1.9), "c"),
            ),
            -45,
        ),
        "ambulance": (
            Shape(poly("1.5,18 1.5,6.5 14,6.5 14,18", close=True), "c"),
            Shape(poly("14.9,9 18.6,9 22.5,13.2 22.5,18 14.9,18", close=True), "c"),
            Shape(poly("16.3,10.4 18,10.4 20.3,13 16.3,13", close=True), "b"),
            Shape(circle(6.2, 18.2, 2.5), "c", "b", 1.1),
            Shape(circle(18, 18.2, 2.5), "c", "b", 1.1),
            Shape(rect(5.6, 3.6, 4.6, 1.9, 0.9), "c"),
            Shape(poly("4,10.4 11.5,10.4", close=False), None, "b", 1.5),
        ),
        "nocar": _prohibition(*_CAR),
        "nodrink": _prohibition(_GLASS),
        "pill": turned(
            (
                Shape(rect(2, 7.6, 20, 8.8, 4.4), "b", "c", 1.9),
                Shape(
                    path(
                        "M 12 7.6 L 6.4 7.6 C 3.97 7.6 2 9.57 2 12"
                        " C 2 14.43 3.97 16.4 6.4 16.4 L 12 16.4 Z"
                    ),
                    "c",
                ),
            ),
            -45,
        ),
        "person": (Shape(_PERSON, "c"),),
        "people": (
            Shape(circle(7.4, 6.8, 3.2), "c"),
            Shape(
                path(
                    "M 1.4 21 L 1.4 16.6 C 1.4 13.2 4.1 11.2 7.4 11.2"
                    " C 10.7 11.2 13.2 13.2 13.2 16.6 L 13.2 21 Z"
                ),
                "c",
            ),
            Shape(circle(17, 8.4, 2.6), "c"),
            Shape(
                path(
                    "M 14.6 21 L 14.6 16.6 C 14.6 14.8 14.2 13.5 13.4 12.6"
                    " C 14.4 12 15.6 11.8 17 11.8 C 20.2 11.8 22.6 13.6 22.6 16.6"
                    " L 22.6 21 Z"
                ),
                "c",
            ),
        ),
        "clock": (
            Shape(circle(12, 12, 9.8), "b", "c", 1.9),
            Shape(poly("12,6.2 12,12 16,14.4", close=False), None, "c", 1.9),
        ),
        "tickbox": (
            Shape(rect(3, 3, 18, 18, 2), "b", "c", 1.9),
            Shape(poly("7,12.4 10.7,16.1 17.2,7.9", close=False), None, "c", 2.5),
        ),
        "speech": (
            Shape(
                path(
                    "M 5 3 L 19 3 C 20.7 3 22 4.3 22 6 L 22 13.5 C 22 15.2 20.7 16.5"
                    " 19 16.5 L 12 16.5 L 6.5 21.5 L 6.5 16.5 L 5 16.5"
                    " C 3.3 16.5 2 15.2 2 13.5 L 2 6 C 2 4.3 3.3 3 5 3 Z"
                ),
                "c",
            ),
            Shape(poly("6.5,7.7 17.5,7.7", close=False), None, "b", 1.7),
            Shape(poly("6.5,11.8 14,11.8", close=False), None, "b", 1.7),
        ),
        "pencil": turned(
            (
                Shape(rect(9.2, 1.5, 5.6, 3, 1), "c"),
                Shape(poly("9.2,5.7 14.8,5.7 14.8,17 12,22.5 9.2,17", close=True), "c"),
            ),
            45,
        ),
        "info": (
            Shape(circle(12, 12, 9.8), "b", "c", 1.9),
            Shape(circle(12, 7.5, 1.35), "c"),
            Shape(rect(10.85, 10.3, 2.3, 7.4, 0.6), "c"),
        ),
        "list": tuple(
            shape
            for y in (2.3, 9.8, 17.3)
            for shape in (
                Shape(rect(2.5, y, 4.4, 4.4, 0.7), "b", "c", 1.6),
                Shape((("M", 11.0, y + 2.2), ("L", 21.5, y + 2.2)), None, "c", 2.2),
            )
        ),
        "pulse": (
            Shape(
                poly("1.5,13 6.5,13 9,6 13,20 16,10.5 17.5,13 22.5,13", close=False),
                None,
                "c",
                2.3,
            ),
        ),
        "shield": (
            Shape(
                path(
                    "M 12 1.8 L 20.5 4.8 L 20.5 11.5 C 20.5 16.8 17 20.6 12 22.4"
                    " C 7 20.6 3.5 16.8 3.5 11.5 L 3.5 4.8 Z"
                ),
                "c",
            ),
            Shape(poly("12,7 12,13", close=False), None, "b", 2.4),
            Shape(circle(12, 16.8, 1.4), "b"),
        ),
        "drop": (
            Shape(
                path(
                    "M 12 2 C 15.5 7 19 10.8 19 15 C 19 19 15.9 22 12 22"
                    " C 8.1 22 5 19 5 15 C 5 10.8 8.5 7 12 2 Z"
                ),
                "c",
            ),
        ),
    }
)


def draw_symbol(
    canvas: Canvas,
    name: str,
    x: float,
    y: float,
    size: float,
    *,
    color: str,
    background: str,
    red: str = "#8c1418",
    amber: str = "#ffcf4d",
) -> None:
    """Draw a symbol into the square of side `size` whose start-top corner is (x, y)."""
    colors = {
        "c": color,
        "b": background,
        "w": "#ffffff",
        "k": "#000000",
        "y": amber,
        "r": red,
    }
    draw_shapes(
        canvas,
        SYMBOLS[name],
        x,
        y,
        side=SIDE,
        scale=size / SIDE,
        colors=colors,
        mirror=name in MIRRORED,
    )


@lru_cache(maxsize=256)
def _people(cells: tuple[tuple[float, float], ...], size: float) -> tuple[Command, ...]:
    scale = size / SIDE
    return tuple(
        command
        for x, y in cells
        for command in mapped(_PERSON, (scale, 0.0, 0.0, scale, x, y))
    )


def draw_people(
    canvas: Canvas,
    cells: tuple[tuple[float, float], ...],
    size: float,
    *,
    fill: str,
    stroke: str | None,
    element: int | None = None,
) -> None:
    """Draw persons as one shape: (x, y) of the start-top corner of each one's square."""
    if not cells:
        return
    placed = tuple((canvas.left_of(x, size), y) for x, y in cells)
    stroke_pt = 1.25 * size / SIDE if stroke else 0.0
    canvas.items.append(Path(_people(placed, size), fill, stroke, stroke_pt, element))


# The letters of the stamp, outlined, in a cell of 10 by 14 units; 13 to the next.
_STAMP: Final = (
    path("M 0 0 L 4 0 C 8 0 10 3 10 7 C 10 11 8 14 4 14 L 0 14 Z")
    + path("M 3 3 L 3 11 L 4 11 C 6 11 7 9.4 7 7 C 7 4.6 6 3 4 3 Z"),
    path(
        "M 0 0 L 5.2 0 C 8.3 0 10 1.6 10 4.4 C 10 6.4 9.1 7.8 7.4 8.5 L 10 14 L 6.6 14"
        " L 4.4 9 L 3 9 L 3 14 L 0 14 Z"
    )
    + path("M 3 2.7 L 3 6.4 L 5 6.4 C 6.3 6.4 7 5.7 7 4.5 C 7 3.3 6.3 2.7 5 2.7 Z"),
    path("M 3.6 0 L 6.4 0 L 10.4 14 L 7.3 14 L 6.5 11 L 3.5 11 L 2.7 14 L -0.4 14 Z")
    + path("M 5 4.2 L 4.1 8.4 L 5.9 8.4 Z"),
    path(
        "M 0 0 L 9.4 0 L 9.4 2.8 L 3 2.8 L 3 5.6 L 8.4 5.6 L 8.4 8.3 L 3 8.3 L 3 14"
        " L 0 14 Z"
    ),
    path("M 0 0 L 10 0 L 10 2.8 L 6.5 2.8 L 6.5 14 L 3.5 14 L 3.5 2.8 L 0 2.8 Z"),
)
_STAMP_STEP: Final = 13.0
_STAMP_SIZE: Final = (62.0, 14.0)


def draw_stamp(
    canvas: Canvas, page_width: float, page_height: float, *, color: str
) -> None:
    """Draw DRAFT across the page in outline, the same way in every direction."""
    scale = page_width * 0.95 / _STAMP_SIZE[0]
    angle = math.radians(-50)
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    half_w, half_h = _STAMP_SIZE[0] / 2, _STAMP_SIZE[1] / 2
    for index, letter in enumerate(_STAMP):
        shift = index * _STAMP_STEP - half_w
        dx = page_width / 2 + shift * cos + half_h * sin
        dy = page_height / 2 + shift * sin - half_h * cos
        canvas.items.append(
            Path(mapped(letter, (cos, -sin, sin, cos, dx, dy)), None, color, 0.75)
        )
