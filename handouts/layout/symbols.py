"""The symbols of the page, as shapes in a square of 24 units (page design, section 13).

Own constructions, no copied artwork. A symbol never stands alone and is an artifact:
it repeats what its heading says. Colours are roles: c the symbol's own, b its
background, w white, k black, y amber, r red; None is no fill or no stroke.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from handouts.layout.canvas import Canvas, Command
from handouts.layout.display import Path

__all__ = ["MIRRORED", "SYMBOLS", "draw_people", "draw_stamp", "draw_symbol"]

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""x' = xx x + xy y + dx, y' = yx x + yy y + dy, as (xx, xy, yx, yy, dx, dy)."""

_SIDE: Final = 24.0
_ARC: Final = 0.5522847498307936

MIRRORED: Final = frozenset({"speech", "pencil", "list", "ambulance", "people"})
"""These turn round in a right-to-left page; time, ticks and slashes never do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One stroke or fill: commands in units, colour roles, stroke in units."""

    commands: tuple[Command, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0


def _path(data: str) -> tuple[Command, ...]:
    """Return the commands of an SVG-like path (M, L, C, Z; absolute)."""
    tokens = data.replace(",", " ").split()
    commands: list[Command] = []
    at, sizes = 0, {"M": 2, "L": 2, "C": 6, "Z": 0}
    while at < len(tokens):
        name = tokens[at]
        count = sizes[name]
        numbers = [float(token) for token in tokens[at + 1 : at + 1 + count]]
        commands.append((name, *numbers))
        at += 1 + count
    return tuple(commands)


def _poly(data: str, *, close: bool) -> tuple[Command, ...]:
    points = [tuple(float(n) for n in pair.split(",")) for pair in data.split()]
    commands: list[Command] = [("M", *points[0])]
    commands += [("L", *point) for point in points[1:]]
    if close:
        commands.append(("Z",))
    return tuple(commands)


def _circle(x: float, y: float, r: float) -> tuple[Command, ...]:
    k = r * _ARC
    return (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )


def _rect(x: float, y: float, w: float, h: float, r: float) -> tuple[Command, ...]:
    k, right, foot = r * (1 - _ARC), x + w, y + h
    return (
        ("M", x + r, y),
        ("L", right - r, y),
        ("C", right - k, y, right, y + k, right, y + r),
        ("L", right, foot - r),
        ("C", right, foot - k, right - k, foot, right - r, foot),
        ("L", x + r, foot),
        ("C", x + k, foot, x, foot - k, x, foot - r),
        ("L", x, y + r),
        ("C", x, y + k, x + k, y, x + r, y),
        ("Z",),
    )


def _map(commands: tuple[Command, ...], matrix: Matrix) -> tuple[Command, ...]:
    """Return commands with every point through an affine map."""
    xx, xy, yx, yy, dx, dy = matrix
    mapped: list[Command] = []
    for command in commands:
        numbers = [float(n) for n in command[1:]]
        points: list[float] = []
        for i in range(0, len(numbers), 2):
            x, y = numbers[i], numbers[i + 1]
            points += (x * xx + y * xy + dx, x * yx + y * yy + dy)
        mapped.append((command[0], *points))
    return tuple(mapped)


def _turned(shapes: tuple[Shape, ...], degrees: float) -> tuple[Shape, ...]:
    """Return shapes turned about the middle of the square (clockwise, y down)."""
    angle = math.radians(degrees)
    cos, sin, mid = math.cos(angle), math.sin(angle), _SIDE / 2
    dx, dy = mid - mid * cos + mid * sin, mid - mid * sin - mid * cos
    return tuple(
        Shape(_map(s.commands, (cos, -sin, sin, cos, dx, dy)), s.fill, s.stroke, s.width)
        for s in shapes
    )


def _prohibition(*picture: Shape) -> tuple[Shape, ...]:
    slash = _poly("4.9,4.9 19.1,19.1", close=False)
    return (
        Shape(_circle(12, 12, 10.2), "w"),
        *picture,
        Shape(slash, None, "w", 3.2),
        Shape(slash, None, "r", 2.0),
        Shape(_circle(12, 12, 10.2), None, "r", 2.0),
    )


_CAR: Final = (
    Shape(
        _poly(
            "4.2,15.6 4.2,12.4 6.6,11.4 8.8,7.6 15.2,7.6 17.6,11.4 19.8,12.4 19.8,15.6",
            close=True,
        ),
        "k",
    ),
    Shape(_poly("13,11.2 13,9 14.4,9 15.8,11.2", close=True), "w"),
    Shape(_circle(8, 15.8, 2), "k", "w", 0.9),
    Shape(_circle(16, 15.8, 2), "k", "w", 0.9),
)
_GLASS: Final = Shape(
    _path(
        "M 7.6 5.8 L 16.4 5.8 L 15.8 9.4 C 15.4 11.6 14 12.6 12.9 12.9 L 12.9 16.6"
        " L 15.2 18.2 L 8.8 18.2 L 11.1 16.6 L 11.1 12.9 C 10 12.6 8.6 11.6 8.2 9.4 Z"
    ),
    "k",
)
_PERSON: Final = (
    *_circle(12, 5.6, 3.9),
    *_path(
        "M 4.8 22.5 L 4.8 17.2 C 4.8 13.2 8 10.9 12 10.9 C 16 10.9 19.2 13.2 19.2 17.2"
        " L 19.2 22.5 Z"
    ),
)

SYMBOLS: Final[Mapping[str, tuple[Shape, ...]]] = MappingProxyType(
    {
        "warning": (
            Shape(_poly("12,3.2 22,20.5 2,20.5", close=True), "y", "k", 1.9),
            Shape(_poly("10.7,8.6 13.3,8.6 12.7,14.9 11.3,14.9", close=True), "k"),
            Shape(_circle(12, 17.3, 1.35), "k"),
        ),
        "phone": _turned(
            (
                Shape(_rect(3, 6, 18, 4.6, 2.3), "c"),
                Shape(_rect(3, 6, 6, 9.6, 1.9), "c"),
                Shape(_rect(15, 6, 6, 9.6, 1.9), "c"),
            ),
            -45,
        ),
        "ambulance": (
            Shape(_poly("1.5,18 1.5,6.5 14,6.5 14,18", close=True), "c"),
            Shape(_poly("14.9,9 18.6,9 22.5,13.2 22.5,18 14.9,18", close=True), "c"),
            Shape(_poly("16.3,10.4 18,10.4 20.3,13 16.3,13", close=True), "b"),
            Shape(_circle(6.2, 18.2, 2.5), "c", "b", 1.1),
            Shape(_circle(18, 18.2, 2.5), "c", "b", 1.1),
            Shape(_rect(5.6, 3.6, 4.6, 1.9, 0.9), "c"),
            Shape(_poly("4,10.4 11.5,10.4", close=False), None, "b", 1.5),
        ),
        "nocar": _prohibition(*_CAR),
        "nodrink": _prohibition(_GLASS),
        "pill": _turned(
            (
                Shape(_rect(2, 7.6, 20, 8.8, 4.4), "b", "c", 1.9),
                Shape(
                    _path(
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
            Shape(_circle(7.4, 6.8, 3.2), "c"),
            Shape(
                _path(
                    "M 1.4 21 L 1.4 16.6 C 1.4 13.2 4.1 11.2 7.4 11.2"
                    " C 10.7 11.2 13.2 13.2 13.2 16.6 L 13.2 21 Z"
                ),
                "c",
            ),
            Shape(_circle(17, 8.4, 2.6), "c"),
            Shape(
                _path(
                    "M 14.6 21 L 14.6 16.6 C 14.6 14.8 14.2 13.5 13.4 12.6"
                    " C 14.4 12 15.6 11.8 17 11.8 C 20.2 11.8 22.6 13.6 22.6 16.6"
                    " L 22.6 21 Z"
                ),
                "c",
            ),
        ),
        "clock": (
            Shape(_circle(12, 12, 9.8), "b", "c", 1.9),
            Shape(_poly("12,6.2 12,12 16,14.4", close=False), None, "c", 1.9),
        ),
        "tickbox": (
            Shape(_rect(3, 3, 18, 18, 2), "b", "c", 1.9),
            Shape(_poly("7,12.4 10.7,16.1 17.2,7.9", close=False), None, "c", 2.5),
        ),
        "speech": (
            Shape(
                _path(
                    "M 5 3 L 19 3 C 20.7 3 22 4.3 22 6 L 22 13.5 C 22 15.2 20.7 16.5"
                    " 19 16.5 L 12 16.5 L 6.5 21.5 L 6.5 16.5 L 5 16.5"
                    " C 3.3 16.5 2 15.2 2 13.5 L 2 6 C 2 4.3 3.3 3 5 3 Z"
                ),
                "c",
            ),
            Shape(_poly("6.5,7.7 17.5,7.7", close=False), None, "b", 1.7),
            Shape(_poly("6.5,11.8 14,11.8", close=False), None, "b", 1.7),
        ),
        "pencil": _turned(
            (
                Shape(_rect(9.2, 1.5, 5.6, 3, 1), "c"),
                Shape(_poly("9.2,5.7 14.8,5.7 14.8,17 12,22.5 9.2,17", close=True), "c"),
            ),
            45,
        ),
        "info": (
            Shape(_circle(12, 12, 9.8), "b", "c", 1.9),
            Shape(_circle(12, 7.5, 1.35), "c"),
            Shape(_rect(10.85, 10.3, 2.3, 7.4, 0.6), "c"),
        ),
        "list": tuple(
            shape
            for y in (3.0, 9.7, 16.4)
            for shape in (
                Shape(_rect(2.5, y, 5, 5, 0.8), "b", "c", 1.7),
                Shape((("M", 11.5, y + 2.5), ("L", 21.5, y + 2.5)), None, "c", 2.2),
            )
        ),
        "pulse": (
            Shape(
                _poly("1.5,13 6.5,13 9,6 13,20 16,10.5 17.5,13 22.5,13", close=False),
                None,
                "c",
                2.3,
            ),
        ),
        "shield": (
            Shape(
                _path(
                    "M 12 1.8 L 20.5 4.8 L 20.5 11.5 C 20.5 16.8 17 20.6 12 22.4"
                    " C 7 20.6 3.5 16.8 3.5 11.5 L 3.5 4.8 Z"
                ),
                "c",
            ),
            Shape(_poly("12,7 12,13", close=False), None, "b", 2.4),
            Shape(_circle(12, 16.8, 1.4), "b"),
        ),
        "drop": (
            Shape(
                _path(
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
    scale = size / _SIDE
    left = canvas.left_of(x, size)
    turn = canvas.is_rtl and name in MIRRORED
    xx, dx = (-scale, left + size) if turn else (scale, left)
    roles = {
        "c": color,
        "b": background,
        "w": "#ffffff",
        "k": "#000000",
        "y": amber,
        "r": red,
    }
    for shape in SYMBOLS[name]:
        canvas.items.append(
            Path(
                _map(shape.commands, (xx, 0.0, 0.0, scale, dx, y)),
                roles[shape.fill] if shape.fill else None,
                roles[shape.stroke] if shape.stroke else None,
                shape.width * scale,
            )
        )


@lru_cache(maxsize=256)
def _people(cells: tuple[tuple[float, float], ...], size: float) -> tuple[Command, ...]:
    scale = size / _SIDE
    return tuple(
        command
        for x, y in cells
        for command in _map(_PERSON, (scale, 0.0, 0.0, scale, x, y))
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
    stroke_pt = 1.25 * size / _SIDE if stroke else 0.0
    canvas.items.append(Path(_people(placed, size), fill, stroke, stroke_pt, element))


# The letters of the stamp, outlined, in a cell of 10 by 14 units; 13 to the next.
_STAMP: Final = (
    _path("M 0 0 L 4 0 C 8 0 10 3 10 7 C 10 11 8 14 4 14 L 0 14 Z")
    + _path("M 3 3 L 3 11 L 4 11 C 6 11 7 9.4 7 7 C 7 4.6 6 3 4 3 Z"),
    _path(
        "M 0 0 L 5.2 0 C 8.3 0 10 1.6 10 4.4 C 10 6.4 9.1 7.8 7.4 8.5 L 10 14 L 6.6 14"
        " L 4.4 9 L 3 9 L 3 14 L 0 14 Z"
    )
    + _path("M 3 2.7 L 3 6.4 L 5 6.4 C 6.3 6.4 7 5.7 7 4.5 C 7 3.3 6.3 2.7 5 2.7 Z"),
    _path("M 3.6 0 L 6.4 0 L 10.4 14 L 7.3 14 L 6.5 11 L 3.5 11 L 2.7 14 L -0.4 14 Z")
    + _path("M 5 4.2 L 4.1 8.4 L 5.9 8.4 Z"),
    _path(
        "M 0 0 L 9.4 0 L 9.4 2.8 L 3 2.8 L 3 5.6 L 8.4 5.6 L 8.4 8.3 L 3 8.3 L 3 14"
        " L 0 14 Z"
    ),
    _path("M 0 0 L 10 0 L 10 2.8 L 6.5 2.8 L 6.5 14 L 3.5 14 L 3.5 2.8 L 0 2.8 Z"),
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
            Path(_map(letter, (cos, -sin, sin, cos, dx, dy)), None, color, 0.75)
        )
