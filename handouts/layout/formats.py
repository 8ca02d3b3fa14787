"""Page formats: paper, margins and the range of type sizes, in points.

Every number is from the page design, section 2; the frame is equally wide on both
papers, so that both have the same line breaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = [
    "FRAME_WIDTH_PT",
    "GAP_PT",
    "KNOWN_FORMATS",
    "MEASURE_PT",
    "RAIL_PT",
    "TEXT_EDGE_PT",
    "PageFormat",
]

FRAME_WIDTH_PT: Final = 493.28
RAIL_PT: Final = 54.0
"""The signal rail: section numbers, symbols and colours stand in it."""
GAP_PT: Final = 16.0
TEXT_EDGE_PT: Final = RAIL_PT + GAP_PT
"""The one line, from the start side of the frame, where everything to read begins."""
MEASURE_PT: Final = FRAME_WIDTH_PT - TEXT_EDGE_PT


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFormat:
    """How a page is made up.

    `size_min_pt` to `size_max_pt` in steps of `size_step_pt` is the body size B;
    `unit_max` to `unit_min` times B is u, the unit of vertical space. The frame ends
    `foot_pt` above the sheet's foot under a footer of one line, `foot_two_pt` under two;
    the footer itself ends `footer_pt` above it.
    """

    name: str
    width_pt: float
    height_pt: float
    side_pt: float
    top_pt: float = 30.0
    foot_pt: float = 54.0
    foot_two_pt: float = 66.0
    footer_pt: float = 20.0
    size_min_pt: float = 12.0
    size_max_pt: float = 14.0
    size_step_pt: float = 0.25
    unit_max: float = 0.35
    unit_min: float = 0.30
    unit_step: float = 0.01

    @property
    def sizes_pt(self) -> tuple[float, ...]:
        """The body sizes the fit may choose from, smallest first."""
        steps = round((self.size_max_pt - self.size_min_pt) / self.size_step_pt)
        return tuple(self.size_min_pt + i * self.size_step_pt for i in range(steps + 1))

    @property
    def units(self) -> tuple[float, ...]:
        """The values of u / B the fit may choose from, smallest first."""
        steps = round((self.unit_max - self.unit_min) / self.unit_step)
        return tuple(
            round(self.unit_min + i * self.unit_step, 6) for i in range(steps + 1)
        )


KNOWN_FORMATS: Final[Mapping[str, PageFormat]] = MappingProxyType(
    {
        "a4": PageFormat(name="a4", width_pt=595.28, height_pt=841.89, side_pt=51.0),
        "letter": PageFormat(
            name="letter", width_pt=612.0, height_pt=792.0, side_pt=59.36
        ),
    }
)
"""The formats an office printer takes, by name."""
