"""PROVE: does every text stand out from what is painted under it, and is it uncovered?

The ground of a text is found as a printer makes it: by painting. What the layout
believes of its grounds is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from handouts.diagnostics import Diagnostic, printable
from handouts.layout import Box, Item, Page, Path, Picture, Placed, Segment
from handouts.pdf.proof.reading import Reading

__all__ = ["Grounds", "contrast", "prove_grounds"]

TEXT_CONTRAST: Final = 4.5
"""WCAG 2, success criterion 1.4.3 (AA), for headings and page furniture."""
BODY_CONTRAST: Final = 7.0
"""WCAG 2, success criterion 1.4.6 (AAA), for all other text."""

_PAPER: Final = "#ffffff"
_BAND_PT: Final = 24.0
_THICK_PT: Final = 2.0
"""A line from here on is a ground, as a bar of a figure is."""
_X_HEIGHT_EM: Final = 0.5
_EDGE_PT: Final = 0.75
"""What a ground may lack at its edge: rounding, and half a thin frame."""
_CURVE_STEPS: Final = 6
_SHOWN: Final = 40

_Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom; y down."""
_Points: TypeAlias = tuple[tuple[float, float], ...]


class _Ground(NamedTuple):
    area: _Area
    color: str | None
    """None: a picture, whose colours nobody knows."""
    commands: tuple[tuple[str | float, ...], ...] | None = None
    """Of a shape that does not fill its area."""


class _Stretch(NamedTuple):
    """Text of one colour on one line."""

    area: _Area
    placed: Placed
    grounds: tuple[str | None, ...]


@dataclass(slots=True)
class Grounds:
    """How well the texts of an edition stand out: the lowest contrast seen so far."""

    lowest: float = 21.0
    pairs: set[tuple[str, str]] = field(default_factory=set)


def prove_grounds(
    page: Page, number: int, reading: Reading, grounds: Grounds
) -> Iterator[Diagnostic]:
    """Yield where text of a page is hard to see.

    `low-contrast`: under 7 to 1, or 4.5 to 1 for headings and furniture.
    `text-over-picture`: nobody can tell. `covered-text`: painted over.
    """
    painted = _Painted()
    for item in page.items:
        if isinstance(item, Placed):
            stretch = painted.text(item)
            if stretch is not None:
                yield from _judged(stretch, number, reading, grounds)
        else:
            for stretch in painted.shape(item):
                yield _fault(
                    reading, "covered-text", stretch.placed, number, "is painted over"
                )


def _judged(
    stretch: _Stretch, number: int, reading: Reading, grounds: Grounds
) -> Iterator[Diagnostic]:
    placed = stretch.placed
    needed = BODY_CONTRAST if _is_body(placed, reading) else TEXT_CONTRAST
    for ground in stretch.grounds:
        if ground is None:
            yield _fault(
                reading, "text-over-picture", placed, number, "stands on a picture"
            )
            continue
        ratio = contrast(placed.color, ground)
        grounds.lowest = min(grounds.lowest, ratio)
        grounds.pairs.add((placed.color, ground))
        if ratio < needed:
            fact = (
                f"stands out by {ratio:.2f} to 1 only ({placed.color} on {ground};"
                f" {needed:g} to 1 is needed)"
            )
            yield _fault(reading, "low-contrast", placed, number, fact)


def _is_body(placed: Placed, reading: Reading) -> bool:
    element = placed.run.style.element
    if placed.artifact is not None or element is None:
        return False
    at = reading.leaf_of.get(element)
    return at is not None and not reading.leaves[at].is_heading


_HINTS: Final = {
    "low-contrast": "take a darker colour for the text, or a lighter one under it",
    "text-over-picture": "make the picture smaller, or move it away from the text",
    "covered-text": "this is a fault of the program: please report it with the edition",
}


def _fault(
    reading: Reading, code: str, placed: Placed, number: int, fact: str
) -> Diagnostic:
    shown = printable("".join(placed.run.texts)[:_SHOWN])
    return reading.fault(
        code,
        f"`{shown}` {fact} on page {number}",
        _HINTS[code],
        lookup=placed.run.style.message,
    )


# --- colours --------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [value / 255 for value in bytes.fromhex(color.removeprefix("#"))]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# --- painting -------------------------------------------------------------------------


class _Painted:
    """What is on a page so far, by height, so that little of it is looked at."""

    def __init__(self) -> None:
        self._grounds: dict[int, list[_Ground]] = {}
        self._texts: dict[int, list[_Stretch]] = {}
        self._last: _Stretch | None = None
        self._is_new = True

    def text(self, placed: Placed) -> _Stretch | None:
        """Take a text; return it with its grounds if they are not those of the last."""
        run = placed.run
        area = (
            placed.x_pt,
            placed.y_pt - _X_HEIGHT_EM * run.size_pt,
            placed.x_pt + run.width_pt,
            placed.y_pt,
        )
        if not run.width_pt:
            return None
        grounds = self._under(area)
        stretch = _Stretch(area, placed, grounds)
        for band in _bands(area):
            self._texts.setdefault(band, []).append(stretch)
        last, self._last = self._last, stretch
        same = last is not None and last.grounds == grounds
        if same and last is not None and last.placed.color == placed.color:
            one, other = last.placed, placed
            if one.run.style.element == other.run.style.element:
                return None
        return stretch

    def shape(self, item: Item) -> list[_Stretch]:
        """Take a shape; return the texts that it covers."""
        ground = _ground(item)
        if ground is None:
            return []
        covered: dict[int, _Stretch] = {}
        for band in _bands(ground.area):
            for stretch in self._texts.get(band, ()):
                if _covers(ground, stretch.area):
                    covered.setdefault(id(stretch), stretch)
            self._grounds.setdefault(band, []).append(ground)
        self._last = None
        return list(covered.values())

    def _under(self, area: _Area) -> tuple[str | None, ...]:
        """Return the colours under an area, the uppermost first."""
        left, top, right, bottom = area
        found: dict[str | None, None] = {}
        for ground in reversed(self._grounds.get(int(bottom // _BAND_PT), ())):
            x1, y1, x2, y2 = ground.area
            if x2 <= left or x1 >= right or y2 <= top or y1 >= bottom:
                continue
            if ground.commands is None:
                found.setdefault(ground.color)
                if (
                    x1 <= left + _EDGE_PT
                    and x2 >= right - _EDGE_PT
                    and y1 <= top + _EDGE_PT
                    and y2 >= bottom - _EDGE_PT
                ):
                    return tuple(found)
                continue
            hits = _hits(ground.commands, area)
            if any(hits):
                found.setdefault(ground.color)
                if all(hits):
                    return tuple(found)
        found.setdefault(_PAPER)
        return tuple(found)


def _bands(area: _Area) -> range:
    return range(int(area[1] // _BAND_PT), int(area[3] // _BAND_PT) + 1)


def _covers(ground: _Ground, area: _Area) -> bool:
    """Return True if a shape hides part of a text: by more than a line's width."""
    left, top, right, bottom = area
    x1, y1, x2, y2 = ground.area
    wide, high = min(x2, right) - max(x1, left), min(y2, bottom) - max(y1, top)
    if wide <= _EDGE_PT or high <= _EDGE_PT:
        return False
    return ground.commands is None or any(_hits(ground.commands, area))


def _ground(item: Item) -> _Ground | None:
    """Return what an item paints over, unless it paints lines only."""
    match item:
        case Box() if item.fill is not None:
            x, y = item.x_pt, item.y_pt
            return _Ground((x, y, x + item.width_pt, y + item.height_pt), item.fill)
        case Path() if item.fill is not None:
            return _Ground(_hull(item.commands), item.fill, item.commands)
        case Segment() if item.width_pt >= _THICK_PT:
            half = item.width_pt / 2
            left, right = sorted((item.x1_pt, item.x2_pt))
            top, bottom = sorted((item.y1_pt, item.y2_pt))
            return _Ground((left, top - half, right, bottom + half), item.color)
        case Picture():
            x, y = item.x_pt, item.y_pt
            return _Ground((x, y, x + item.width_pt, y + item.height_pt), None)
        case _:
            return None


@lru_cache(maxsize=1024)
def _hull(commands: tuple[tuple[str | float, ...], ...]) -> _Area:
    """Return what a shape takes up at most: its points and those of its curves."""
    xs: list[float] = []
    ys: list[float] = []
    for command in commands:
        xs += command[1::2]  # type: ignore[arg-type]  # numbers follow the name
        ys += command[2::2]  # type: ignore[arg-type]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=64)
def _flattened(commands: tuple[tuple[str | float, ...], ...]) -> tuple[_Points, ...]:
    """Return the corners of each part of a shape, curves as short lines."""
    parts: list[list[tuple[float, float]]] = []
    for name, *numbers in commands:
        values = [float(number) for number in numbers]
        if name == "M":
            parts.append([(values[0], values[1])])
        elif name == "L":
            parts[-1].append((values[0], values[1]))
        elif name == "C":
            parts[-1] += _curve(parts[-1][-1], values)
    return tuple(map(tuple, parts))


def _curve(start: tuple[float, float], values: list[float]) -> _Points:
    x1, y1, x2, y2, x3, y3 = values
    points = []
    for step in range(1, _CURVE_STEPS + 1):
        t = step / _CURVE_STEPS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        x = a * start[0] + b * x1 + c * x2 + d * x3
        points.append((x, a * start[1] + b * y1 + c * y2 + d * y3))
    return tuple(points)


def _hits(commands: tuple[tuple[str | float, ...], ...], area: _Area) -> tuple[bool, ...]:
    """Return for points along the middle of a text whether they lie in a shape."""
    outline = _flattened(commands)
    left, top, right, bottom = area
    y = (top + bottom) / 2
    inset = min(_EDGE_PT, (right - left) / 2)
    xs = (left + inset, (left + right) / 2, right - inset)
    return tuple(_winding(outline, x, y) != 0 for x in xs)


def _winding(outline: tuple[_Points, ...], x: float, y: float) -> int:
    """Return how often a shape goes round a point (nonzero winding, as it is filled)."""
    found = 0
    for part in outline:
        x1, y1 = part[-1]
        for x2, y2 in part:
            if (y1 <= y) != (y2 <= y):
                cross = x1 + (y - y1) / (y2 - y1) * (x2 - x1)
                if cross > x:
                    found += 1 if y2 > y1 else -1
            x1, y1 = x2, y2
    return found
