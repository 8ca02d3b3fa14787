"""Colours, type roles and spaces: the page design's sections 3 to 5 as values.

A `Palette` is one edition's colours; a `Scale` is everything that follows from the
body size B and the unit u of vertical space.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from handouts.languages import Typography

__all__ = [
    "PALETTE",
    "ROLES",
    "Hue",
    "Metrics",
    "Palette",
    "Role",
    "RoleName",
    "Scale",
    "palette_for",
]

RoleName = Literal[
    "title",
    "title-small",
    "audience",
    "h2",
    "h3",
    "emergency",
    "key",
    "body",
    "clinic",
    "table",
    "table-head",
    "grid",
    "phone",
    "scale",
    "disc",
    "draft",
    "draft-source",
    "footer",
    "footer-small",
    "provenance",
    "provenance-head",
]
Hue = Literal["ink", "brand", "white"]
LeadingKind = Literal[
    "title", "heading", "box", "key", "table", "emergency", "body", "figures"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one edition, as `#rrggbb`."""

    ink: str = "#000000"
    brand: str = "#0b4858"
    sand: str = "#f6f1e6"
    mist: str = "#eaf3f2"
    amber: str = "#ffcf4d"
    red: str = "#8c1418"
    white: str = "#ffffff"
    stamp: str = "#b2b2b2"
    """K 30: the outlined DRAFT behind the text."""
    band_rule_pt: float = 0.0
    """A rule that closes the title band where its tint is gone (mono)."""

    def hue(self, name: Hue) -> str:
        """Return the colour of that name."""
        match name:
            case "ink":
                return self.ink
            case "brand":
                return self.brand
            case "white":
                return self.white


PALETTE: Final = Palette()


def palette_for(*, ink: str = "colour", brand: str | None = None) -> Palette:
    """Return the palette for a clinic's settings.

    `ink` "mono" is for photocopied masters: only black prints solid, so brand and red
    become black, the tints white, and amber a flat screen (K 20).
    """
    if ink == "mono":
        return Palette(
            brand="#000000",
            red="#000000",
            sand="#ffffff",
            mist="#ffffff",
            amber="#cccccc",
            band_rule_pt=1.5,
        )
    return PALETTE if brand is None else Palette(brand=brand.lower())


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of text: size in B (or points, if `fixed`), leading, weight, colour.

    Its leading is the script's own of that `kind`, times `tight`.
    """

    size: float
    kind: LeadingKind = "body"
    tight: float = 1.0
    bold: bool = False
    hue: Hue = "ink"
    fixed: bool = False
    strict: bool = False
    """Nothing is broken at a hyphen or after "not" (headings and key message)."""


_OF_BODY: Final = 1 / 1.40
"""Leadings given for Latin become shares of Latin's body leading."""

ROLES: Final[Mapping[RoleName, Role]] = MappingProxyType(
    {
        "title": Role(2.08, "title", bold=True, hue="brand", strict=True),
        "title-small": Role(1.75, "title", bold=True, hue="brand", strict=True),
        "audience": Role(1.0, tight=1.35 * _OF_BODY),
        "h2": Role(1.32, "heading", bold=True, hue="brand", strict=True),
        "h3": Role(1.08, "box", bold=True, strict=True),
        "emergency": Role(1.25, "emergency", bold=True, hue="white", strict=True),
        "key": Role(1.16, "key", bold=True, strict=True),
        "body": Role(1.0),
        "clinic": Role(1.08, bold=True),
        "table": Role(1.0, "table"),
        "table-head": Role(1.0, "table", bold=True, hue="brand"),
        "grid": Role(1.0, "table", bold=True),
        "phone": Role(1.75, "figures", bold=True),
        "scale": Role(13.5, "figures", bold=True, fixed=True),
        "disc": Role(13.0, "figures", bold=True, hue="white", fixed=True),
        "draft": Role(0.96),
        "draft-source": Role(0.86),
        "footer": Role(9.0, fixed=True),
        "footer-small": Role(8.0, fixed=True),
        "provenance": Role(9.5, tight=13.1 / 9.5 * _OF_BODY, fixed=True),
        "provenance-head": Role(10.5, "heading", bold=True, hue="brand", fixed=True),
    }
)

_FIGURES_LEADING: Final = 1.2
_LEADINGS: Final[Mapping[LeadingKind, Callable[[Typography], float]]] = MappingProxyType(
    {
        "title": lambda sizes: sizes.leading_title,
        "heading": lambda sizes: sizes.leading_heading,
        "box": lambda sizes: sizes.leading_box,
        "key": lambda sizes: sizes.leading_key,
        "table": lambda sizes: sizes.leading_table,
        "emergency": lambda sizes: sizes.leading_emergency,
        "body": lambda sizes: sizes.leading_body,
        "figures": lambda _: _FIGURES_LEADING,
    }
)
_CJK_MID: Final = 0.38
"""From here on `mid` is already the middle of a heading's letters (PAGE.md, 4)."""
_CAPITALS_ABOVE_MID: Final = 0.065
"""Half a Noto Sans capital (0.357) less Latin's `mid` of 0.29."""
_ROOMY_INK_EM: Final = 0.98
"""Ink up to here is what a box's padding is meant for."""


class Metrics(NamedTuple):
    """One role at one size: points."""

    size_pt: float
    leading_pt: float
    baseline_pt: float
    """From the top of a line to its baseline."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What follows from the body size `size_pt` (B) and `unit_pt` (u).

    `em` turns a nominal size into the script's real one (x-height and optical scale).
    """

    size_pt: float
    unit_pt: float
    sizes: Typography
    em: float = 1.0

    def metrics(self, name: RoleName) -> Metrics:
        """Return size, leading and baseline of a role in the edition's script.

        The script's ink stands in the middle of the line.
        """
        role = ROLES[name]
        size = role.size if role.fixed else role.size * self.size_pt
        scaled = size * self.em
        leading = scaled * _LEADINGS[role.kind](self.sizes) * role.tight
        middle = (self.sizes.ink_high + self.sizes.ink_low) / 2
        return Metrics(size, leading, leading / 2 + middle * scaled)

    def ink_pt(self, name: RoleName) -> float:
        """Return how high the ink of a line may be in the edition's script."""
        high = (self.sizes.ink_high - self.sizes.ink_low) * self.em
        return high * self.metrics(name).size_pt

    @property
    def mid_em(self) -> float:
        """Centre of bullets and tick boxes above the baseline, in nominal em."""
        return self.sizes.mid * self.em

    @property
    def heading_mid_em(self) -> float:
        """Centre of a heading's letters above its baseline: there stands the disc."""
        mid = self.sizes.mid
        if mid < _CJK_MID:
            mid += _CAPITALS_ABOVE_MID
        return mid * self.em

    @property
    def high_ink_pt(self) -> float:
        """What a script's highest ink asks above a box's padding (PAGE.md, 4)."""
        return max(0.0, self.sizes.ink_high - _ROOMY_INK_EM) * self.size_pt
