"""Where things stand on one page: start-based coordinates → absolute display items.

All of layout thinks in x from the *start* side of the frame. The canvas alone knows
the page's direction: in a right-to-left page it turns the x axis of the frame round,
so that rail, boxes, lists, tables and figures all turn by one rule. y is absolute, from
the top of the sheet, down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from handouts.layout.display import Box, Item, Path, Picture, Placed, Segment
from handouts.text.model import Direction, Line

__all__ = ["Align", "Canvas", "Command", "Corners", "Ink"]

Align = Literal["start", "end", "centre"]
Command: TypeAlias = tuple[str | float, ...]
Corners: TypeAlias = tuple[float, float, float, float]
"""Radii: start-top, end-top, end-bottom, start-bottom."""

_ARC: Final = 0.5522847498307936  # control points of a quarter circle as a Bézier


class Ink(NamedTuple):
    """The colours a text is set in, and whether it is page furniture."""

    color: str
    background: str
    artifact: str | None = None


@dataclass(slots=True)
class Canvas:
    """Collects the items of one page; `left_pt` and `width_pt` are the frame's."""

    left_pt: float
    width_pt: float
    direction: Direction
    items: list[Item] = field(default_factory=list)

    @property
    def is_rtl(self) -> bool:
        """True if the frame's x axis runs from right to left."""
        return self.direction == "rtl"

    def left_of(self, x: float, width: float) -> float:
        """Return the absolute left edge of what spans `x` to `x + width`."""
        if self.direction == "rtl":
            return self.left_pt + self.width_pt - x - width
        return self.left_pt + x

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        radius: float = 0.0,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_pt: float = 0.0,
        dash: tuple[float, float] | None = None,
        element: int | None = None,
    ) -> None:
        """Draw a rectangle; a stroke lies inside it, as a printed frame is measured."""
        inset = stroke_pt / 2 if stroke is not None else 0.0
        self.items.append(
            Box(
                self.left_of(x, width) + inset,
                y + inset,
                width - 2 * inset,
                height - 2 * inset,
                max(0.0, radius - inset),
                fill,
                stroke,
                stroke_pt,
                dash,
                element,
            )
        )

    def cornered(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        radii: Corners,
        fill: str,
    ) -> None:
        """Fill a rectangle whose corners are rounded each by its own radius."""
        if self.direction == "rtl":
            radii = (radii[1], radii[0], radii[3], radii[2])
        left = self.left_of(x, width)
        self.items.append(Path(_rounded(left, y, width, height, radii), fill))

    def rule(
        self,
        x: float,
        y: float,
        width: float,
        *,
        thickness: float,
        color: str,
        dash: tuple[float, float] | None = None,
        element: int | None = None,
    ) -> None:
        """Draw a horizontal line whose middle is at `y`."""
        left = self.left_of(x, width)
        self.items.append(
            Segment(left, y, left + width, y, thickness, color, dash, False, element)
        )

    def text(
        self,
        line: Line,
        x: float,
        baseline: float,
        width: float,
        *,
        ink: Ink,
        frame: tuple[float, float],
        align: Align = "start",
        blanks: Mapping[int, int | None] | None = None,
    ) -> None:
        """Set a line in `x` to `x + width`; `frame` is (top, height) of its room.

        The text runs in its own direction; only its place follows the page. `blanks`
        names the node of each line to write on, by its offset.
        """
        area = self.left_of(x, width)
        left = area + self._slack(align, width - line.width_pt)
        rect = (area, frame[0], width, frame[1])
        for run in line.runs:
            self.items.append(
                Placed(
                    run,
                    left + run.x_pt,
                    baseline - run.y_pt,
                    run.style.color or ink.color,
                    ink.background,
                    rect,
                    ink.artifact,
                )
            )
        for blank_x, blank_width, offset in line.blanks:
            start, y = left + blank_x, baseline + 2.0
            element = blanks.get(offset) if blanks and ink.artifact is None else None
            self.items.append(
                Segment(
                    start,
                    y,
                    start + blank_width,
                    y,
                    0.75,
                    ink.color,
                    element=element,
                )
            )

    def _slack(self, align: Align, slack: float) -> float:
        match align:
            case "centre":
                return slack / 2
            case "start":
                return slack if self.direction == "rtl" else 0.0
            case "end":
                return 0.0 if self.direction == "rtl" else slack

    def picture(
        self, x: float, y: float, width: float, height: float, data: bytes
    ) -> None:
        """Place a picture; it is never mirrored."""
        self.items.append(Picture(self.left_of(x, width), y, width, height, data))

    def extend(self, items: Iterable[Item]) -> None:
        """Add items that are absolute already."""
        self.items.extend(items)


def _rounded(
    left: float, top: float, width: float, height: float, radii: Corners
) -> tuple[Command, ...]:
    """Return the outline of a rectangle; radii from top left, clockwise."""
    right, foot = left + width, top + height
    a, b, c, d = radii
    k = 1 - _ARC
    return (
        ("M", left + a, top),
        ("L", right - b, top),
        ("C", right - b * k, top, right, top + b * k, right, top + b),
        ("L", right, foot - c),
        ("C", right, foot - c * k, right - c * k, foot, right - c, foot),
        ("L", left + d, foot),
        ("C", left + d * k, foot, left, foot - d * k, left, foot - d),
        ("L", left, top + a),
        ("C", left, top + a * k, left + a * k, top, left + a, top),
        ("Z",),
    )
