"""One page's items → content-stream operators.

The project's geometry has its origin at the top left, y down; PDF's is at the bottom
left, y up (ISO 32000-1 8.3.2.3). The turn is made here and nowhere else. Whatever is
unchanged since the last operator (font, colour, line width) is not written again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.fonts import Face
from handouts.layout import Box, Path, Placed, Segment
from handouts.pdf.embedded import EmbeddedFont
from handouts.pdf.marked import PageMarks
from handouts.pdf.numbers import (
    COORDINATE_STEPS,
    coordinate,
    decimal,
    from_steps,
    to_steps,
)
from handouts.pdf.show import show_run
from handouts.pdf.tags import Tagger
from handouts.pdf.turned import Turns

__all__ = ["Link", "PagePainter"]

UNDERLINE_DROP_EM: Final = 0.12
UNDERLINE_WIDTH_EM: Final = 0.055
"""Noto Sans asks for 0.100 and 0.050 (its `post` table); one pair for every script."""

_JOIN_PT: Final = 0.5
"""Stretches of one line nearer than this are one link or one underline."""
_COLOR_STEPS: Final = 1000
_KEPT_SHAPES: Final = 512
# A quarter circle by a Bézier curve: 4/3 (sqrt(2) - 1), off by 0.03 % of the radius.
_QUARTER: Final = 0.5522847498


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An area of a page that opens `href`; `rect` is (left, bottom, right, top), y up.

    `owner` is the structure element of its text.
    """

    href: str
    owner: int
    rect: tuple[float, float, float, float]


@dataclass(slots=True)
class _Stretch:
    """Neighbouring runs of one line that share an underline or a link."""

    key: tuple[str, float, int]
    left: float
    right: float
    top: float
    bottom: float
    size_pt: float


class PagePainter:
    """Writes the operators of one page to `operators`, in painting order."""

    def __init__(
        self,
        height_pt: float,
        fonts: Mapping[Face, EmbeddedFont],
        operators: list[str],
        tagger: Tagger,
    ) -> None:
        self._height_pt = height_pt
        self._fonts = fonts
        self._write = operators.append
        self._tagger = tagger
        self._marks = PageMarks(self._write, tagger)
        self._in_text = False
        self._at = (0, 0)  # start of the current text line, in coordinate steps
        self._state: dict[str, str] = {}  # operator → operands last written
        self._underline: _Stretch | None = None
        self._underlines: list[_Stretch] = []
        self._link: _Stretch | None = None
        self._links: list[_Stretch] = []

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the text painted so far, one for each line of each."""
        return tuple(
            Link(
                href=link.key[0],
                owner=link.key[2],
                rect=(link.left, link.bottom, link.right, link.top),
            )
            for link in self._links
        )

    @property
    def turned(self) -> Mapping[str, str]:
        """What the page tells PDFium, by the names of its property lists."""
        return self._marks.turned

    def text(self, placed: Placed, turns: Turns = ()) -> None:
        """Paint a glyph run; an underline follows when the text ends.

        `turns` say what PDFium must be told of its stretches.

        Raises:
            UntaggedTextError: the run belongs to no element and is no furniture.
        """
        run = placed.run
        if not run.gids:
            return
        owner = self._tagger.owner(placed)
        font = self._fonts[run.face]
        x, y = to_steps(placed.x_pt), to_steps(self._height_pt - placed.y_pt)
        if not self._in_text:
            self._marks.close()
            self._write("BT")
            self._in_text, self._at = True, (0, 0)
        self._set("Tf", _font(font.name, run.size_pt))
        self._set("rg", _color(placed.color))
        # Td counts from where the last Td led, not from where the glyphs ended.
        right, up = x - self._at[0], y - self._at[1]
        steps = COORDINATE_STEPS
        self._write(f"{from_steps(right, steps)} {from_steps(up, steps)} Td")
        self._at = (x, y)
        shown = show_run(run, font, turns)
        if owner is None:
            self._marks.furniture(shown, placed.artifact or "head")
        else:
            self._marks.text(run, shown, owner)
        if run.style.underline or run.style.href:
            self._note_lines(placed, -1 if owner is None else owner)
        else:
            self._underline = self._link = None

    def box(self, box: Box) -> None:
        """Paint a rectangle, its corners rounded by `radius_pt`."""
        x, y = box.x_pt, box.y_pt
        self._begin_shape(box.element, (x, y, x + box.width_pt, y + box.height_pt))
        self._lines(box.stroke, box.stroke_pt, box.dash)
        self._fill(box.fill)
        bottom = self._height_pt - box.y_pt - box.height_pt
        area = (box.x_pt, bottom, box.width_pt, box.height_pt)
        radius = min(box.radius_pt, box.width_pt / 2, box.height_pt / 2)
        if radius > 0:
            self._write(_rounded(area, radius))
        else:
            self._write(f"{_points(area)} re")
        self._paint(box.fill, box.stroke)

    def segment(self, segment: Segment) -> None:
        """Paint a straight line."""
        (left, right), half = sorted((segment.x1_pt, segment.x2_pt)), segment.width_pt / 2
        top, foot = sorted((segment.y1_pt, segment.y2_pt))
        self._begin_shape(segment.element, (left, top - half, right, foot + half))
        self._lines(
            segment.color, segment.width_pt, segment.dash, cap=int(segment.round_cap)
        )
        height = self._height_pt
        self._write(f"{_points((segment.x1_pt, height - segment.y1_pt))} m")
        self._write(f"{_points((segment.x2_pt, height - segment.y2_pt))} l")
        self._write("S")

    def path(self, path: Path) -> None:
        """Paint a shape; overlapping parts fill as one (nonzero winding)."""
        outline = _outline(path.commands, self._height_pt)
        self._begin_shape(path.element, outline.bounds)
        self._lines(path.stroke, path.stroke_pt, None, cap=int(path.round_cap))
        self._fill(path.fill)
        if path.commands:
            self._write(outline.operators)
        self._paint(path.fill, path.stroke)

    def begin_picture(self) -> None:
        """Make ready for a picture, which is painted elsewhere: decoration."""
        self.end_text()
        self._marks.artifact()

    def finish(self) -> None:
        """Close what is open at the end of the page."""
        self.end_text()
        self._marks.close()

    def _begin_shape(
        self, number: int | None, box: tuple[float, float, float, float]
    ) -> None:
        """Close the text object; mark what follows as a node's drawing or decoration."""
        self.end_text()
        owner = self._tagger.drawn(number, box)
        if owner is None:
            self._marks.artifact()
        else:
            self._marks.drawing(owner)

    def end_text(self) -> None:
        """Close the text object and paint its underlines: shapes may follow.

        ISO 32000-1 8.2: a text object holds no path operators.
        """
        if not self._in_text:
            return
        self._marks.close()
        self._write("ET")
        self._in_text = False
        self._underline = self._link = None
        lines, self._underlines = self._underlines, []
        for line in lines:
            self._marks.artifact()
            self._paint_underline(line)

    def _note_lines(self, placed: Placed, owner: int) -> None:
        """Remember the underline and the link of an underlined or linked run."""
        style = placed.run.style
        self._underline = _joined(
            self._underline, self._stretch(placed, placed.color, owner), self._underlines
        )
        if style.href and owner >= 0:  # furniture opens nothing
            self._link = _joined(
                self._link, self._stretch(placed, style.href, owner), self._links
            )
        else:
            self._link = None

    def _stretch(self, placed: Placed, what: str, owner: int) -> _Stretch:
        run = placed.run
        baseline = self._height_pt - placed.y_pt
        scale = run.size_pt / run.face.upem
        return _Stretch(
            key=(what, baseline, owner),
            left=placed.x_pt,
            right=placed.x_pt + run.width_pt,
            top=baseline + run.face.ascender * scale,
            bottom=baseline + run.face.descender * scale,
            size_pt=run.size_pt,
        )

    def _paint_underline(self, line: _Stretch) -> None:
        color, baseline, _ = line.key
        self._lines(color, UNDERLINE_WIDTH_EM * line.size_pt, None)
        y = coordinate(baseline - UNDERLINE_DROP_EM * line.size_pt)
        self._write(f"{coordinate(line.left)} {y} m {coordinate(line.right)} {y} l S")

    def _lines(
        self,
        color: str | None,
        width_pt: float,
        dash: tuple[float, float] | None,
        *,
        cap: int = 0,
    ) -> None:
        if color is None:
            return
        self._set("RG", _color(color))
        self._set("w", coordinate(width_pt))
        self._set("d", f"[{_points(dash)}] 0" if dash else "[] 0")
        self._set("J", str(cap))

    def _fill(self, color: str | None) -> None:
        if color is not None:
            self._set("rg", _color(color))

    def _paint(self, fill: str | None, stroke: str | None) -> None:
        self._write(_PAINT_OPERATORS[fill is not None, stroke is not None])

    def _set(self, operator: str, operands: str) -> None:
        if self._state.get(operator) != operands:
            self._state[operator] = operands
            self._write(f"{operands} {operator}")


_PATH_OPERATORS: Final = {"M": "m", "L": "l", "C": "c", "Z": "h"}
_PAINT_OPERATORS: Final = {
    (False, False): "n",
    (True, False): "f",
    (False, True): "S",
    (True, True): "B",
}


def _joined(
    current: _Stretch | None, new: _Stretch, finished: list[_Stretch]
) -> _Stretch:
    """Return `current` grown by `new` if they touch, else `new`, added to `finished`."""
    if current is None or current.key != new.key or not _touch(current, new):
        finished.append(new)
        return new
    current.left = min(current.left, new.left)
    current.right = max(current.right, new.right)
    current.top = max(current.top, new.top)
    current.bottom = min(current.bottom, new.bottom)
    current.size_pt = max(current.size_pt, new.size_pt)
    return current


def _touch(one: _Stretch, other: _Stretch) -> bool:
    gap = max(one.left, other.left) - min(one.right, other.right)
    return gap <= _JOIN_PT


@lru_cache(maxsize=1024)
def _color(color: str) -> str:
    """Return `#rrggbb` as three numbers from 0 to 1 (DeviceRGB)."""
    channels = bytes.fromhex(color.removeprefix("#"))
    if len(channels) != 3:
        raise ValueError(f"`{color}` is not a colour such as `#0a3c5a`")
    return " ".join(decimal(channel / 255, _COLOR_STEPS) for channel in channels)


@lru_cache(maxsize=1024)
def _font(name: str, size_pt: float) -> str:
    """Return the operands that choose a font; its size is no coordinate."""
    return f"/{name} {decimal(size_pt, 1000)}"


def _points(numbers: Sequence[float]) -> str:
    return " ".join([coordinate(number) for number in numbers])


# Shapes are kept as operators: the leaflet's next edition has most of them where they
# were, and those with round edges have many numbers.


class _Outline(NamedTuple):
    """A path as it is written, and what it takes up at most: the hull of its points.

    `bounds` are left, top, right, bottom, y down.
    """

    operators: str
    bounds: tuple[float, float, float, float]


@lru_cache(maxsize=_KEPT_SHAPES)
def _outline(commands: tuple[tuple[str | float, ...], ...], height: float) -> _Outline:
    """Return the operators of a path whose y runs down from `height`."""
    lines: list[str] = []
    xs: list[float] = []
    ys: list[float] = []
    for name, *numbers in commands:
        points = [float(number) for number in numbers]
        xs += points[::2]
        ys += points[1::2]
        flipped = [
            height - number if index % 2 else number
            for index, number in enumerate(points)
        ]
        operator = _PATH_OPERATORS[str(name)]
        lines.append(f"{_points(flipped)} {operator}" if flipped else operator)
    xs, ys = xs or [0.0], ys or [0.0]
    return _Outline("\n".join(lines), (min(xs), min(ys), max(xs), max(ys)))


@lru_cache(maxsize=_KEPT_SHAPES)
def _rounded(area: tuple[float, float, float, float], radius: float) -> str:
    """Return the path of a rectangle with rounded corners, from the lower left side."""
    x, y, width, height = area
    right, top = x + width, y + height
    near = radius * (1 - _QUARTER)  # distance of a curve's handles from the corner
    lines = (
        f"{_points((x + radius, y))} m",
        f"{_points((right - radius, y))} l",
        f"{_points((right - near, y, right, y + near, right, y + radius))} c",
        f"{_points((right, top - radius))} l",
        f"{_points((right, top - near, right - near, top, right - radius, top))} c",
        f"{_points((x + radius, top))} l",
        f"{_points((x + near, top, x, top - near, x, top - radius))} c",
        f"{_points((x, y + radius))} l",
        f"{_points((x, y + near, x + near, y, x + radius, y))} c",
        "h",
    )
    return "\n".join(lines)
