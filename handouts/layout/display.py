"""The display list: what stands where on each page, before anything is drawn.

The hinge of the program: layout makes it, `pdf/` replays it; proof, preview, fit and
golden tests read it. Origin at the top left of the page, y down, points. Items stand
in reading order. Colours are `#rrggbb`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from handouts.text import GlyphRun

__all__ = [
    "Box", "DisplayList", "Item", "Page", "Path", "Picture", "Placed", "Segment",
]  # fmt: skip


# Items are tuples: a page has hundreds, and a tuple is made several times faster than a
# frozen dataclass.


class Placed(NamedTuple):
    """A glyph run on the page: (`x_pt`, `y_pt`) is the start of its baseline, left end.

    `background` is the colour under it, for the proof of contrast. `frame` is the
    rectangle (x, y, width, height) that must hold it. `artifact` names page furniture
    (`footer`, `draft`, `number`); None for content.
    """

    run: GlyphRun
    x_pt: float
    y_pt: float
    color: str
    background: str
    frame: tuple[float, float, float, float]
    artifact: str | None = None


class Box(NamedTuple):
    """A rectangle, with a corner radius, filled, stroked or both."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    radius_pt: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    stroke_pt: float = 0.0
    dash: tuple[float, float] | None = None
    element: int | None = None


class Segment(NamedTuple):
    """A straight line."""

    x1_pt: float
    y1_pt: float
    x2_pt: float
    y2_pt: float
    width_pt: float
    color: str
    dash: tuple[float, float] | None = None
    round_cap: bool = False
    element: int | None = None


class Path(NamedTuple):
    """A shape: `commands` are ("M"|"L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).

    `round_cap`: the open ends of its stroke are round.
    """

    commands: tuple[tuple[str | float, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    stroke_pt: float = 0.0
    element: int | None = None
    round_cap: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image (the clinic's logo), PNG or JPEG bytes."""

    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float
    data: bytes
    element: int | None = None


Item: TypeAlias = Placed | Box | Segment | Path | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `items` in reading and painting order."""

    width_pt: float
    height_pt: float
    items: tuple[Item, ...]
    _placed: tuple[Placed, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Every proof asks for them.
        runs = tuple([item for item in self.items if isinstance(item, Placed)])
        object.__setattr__(self, "_placed", runs)

    def placed(self) -> tuple[Placed, ...]:
        """Return the glyph runs, in reading order."""
        return self._placed


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayList:
    """A whole edition. `size_pt` is the body size (B) that the fit chose.

    `box_page` is the page that pointers to the emergency box name, in the edition's
    digits; None where there are none, because the box stands on page 1, too.
    """

    title: str
    lang: str
    direction: Literal["ltr", "rtl"]
    pages: tuple[Page, ...]
    size_pt: float
    box_page: str | None = None
