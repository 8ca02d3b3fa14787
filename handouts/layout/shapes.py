"""Shapes in units: what symbols and pictures are made of, and how they are placed.

A shape's coordinates are units, y down; it is scaled and placed when it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

from handouts.layout.canvas import Canvas, Command
from handouts.layout.display import Path

__all__ = [
    "SIDE", "Shape", "arc", "circle", "draw_shapes", "mapped", "path", "poly", "rect",
    "turned",
]  # fmt: skip

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""x' = xx x + xy y + dx, y' = yx x + yy y + dy, as (xx, xy, yx, yy, dx, dy)."""

SIDE: Final = 24.0
"""The square of a symbol, in units."""
_ARC: Final = 0.5522847498307936  # control points of a quarter circle as a Bézier


@dataclass(frozen=True, slots=True)
class Shape:
    """One stroke or fill: commands in units, colour roles, stroke in units.

    `is_round`: its open ends are round.
    """

    commands: tuple[Command, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    is_round: bool = False


def path(data: str) -> tuple[Command, ...]:
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


def poly(data: str, *, close: bool) -> tuple[Command, ...]:
    """Return straight lines through points "x,y x,y"."""
    points = [tuple(float(n) for n in pair.split(",")) for pair in data.split()]
    commands: list[Command] = [("M", *points[0])]
    commands += [("L", *point) for point in points[1:]]
    if close:
        commands.append(("Z",))
    return tuple(commands)


def circle(x: float, y: float, r: float) -> tuple[Command, ...]:
    """Return a circle round (x, y)."""
    k = r * _ARC
    return (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )


def rect(x: float, y: float, w: float, h: float, r: float) -> tuple[Command, ...]:
    """Return a rectangle with round corners."""
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


# Kept: the next edition has most of its pictures where this one has them.
@lru_cache(maxsize=1024)
def mapped(commands: tuple[Command, ...], matrix: Matrix) -> tuple[Command, ...]:
    """Return commands with every point through an affine map."""
    xx, xy, yx, yy, dx, dy = matrix
    found: list[Command] = []
    for command in commands:
        numbers = [float(n) for n in command[1:]]
        points: list[float] = []
        for i in range(0, len(numbers), 2):
            x, y = numbers[i], numbers[i + 1]
            points += (x * xx + y * xy + dx, x * yx + y * yy + dy)
        found.append((command[0], *points))
    return tuple(found)


def turned(shapes: tuple[Shape, ...], degrees: float) -> tuple[Shape, ...]:
    """Return shapes turned about the middle of the square (clockwise, y down)."""
    angle = math.radians(degrees)
    cos, sin, mid = math.cos(angle), math.sin(angle), SIDE / 2
    dx, dy = mid - mid * cos + mid * sin, mid - mid * sin - mid * cos
    return tuple(
        replace(s, commands=mapped(s.commands, (cos, -sin, sin, cos, dx, dy)))
        for s in shapes
    )


def arc(x: float, y: float, r: float, middle: float, half: float) -> tuple[Command, ...]:
    """Return the part of a circle within `half` degrees (up to 45) of `middle`.

    0 degrees point to the right, 90 down.
    """
    first, last = math.radians(middle - half), math.radians(middle + half)
    k = r * 4 / 3 * math.tan((last - first) / 4)
    start = x + r * math.cos(first), y + r * math.sin(first)
    end = x + r * math.cos(last), y + r * math.sin(last)
    return (
        ("M", *start),
        (
            "C",
            start[0] - k * math.sin(first),
            start[1] + k * math.cos(first),
            end[0] + k * math.sin(last),
            end[1] - k * math.cos(last),
            *end,
        ),
    )


def draw_shapes(
    canvas: Canvas,
    shapes: Sequence[Shape],
    x: float,
    y: float,
    *,
    side: float,
    scale: float,
    colors: Mapping[str, str],
    mirror: bool,
    element: int | None = None,
) -> None:
    """Draw shapes `side` units wide whose start-top corner is at (x, y).

    `mirror` turns them round in a right-to-left page; `colors` gives each role's.
    """
    left = canvas.left_of(x, side * scale)
    turn = canvas.is_rtl and mirror
    xx, dx = (-scale, left + side * scale) if turn else (scale, left)
    for shape in shapes:
        canvas.items.append(
            Path(
                mapped(shape.commands, (xx, 0.0, 0.0, scale, dx, y)),
                colors[shape.fill] if shape.fill else None,
                colors[shape.stroke] if shape.stroke else None,
                shape.width * scale,
                element,
                shape.is_round,
            )
        )
