"""Colours, type roles and spaces: the page design's sections 3 to 5 as values.

A `Palette` is one edition's colours; a `Scale` is everything that follows from the
body size B and the unit u of vertical space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, Protocol

__all__ = [
    "PALETTE",
    "ROLES",
    "Metrics",
    "Palette",
    "Role",
    "RoleName",
    "Scale",
    "TypeSizes",
    "palette_for",
]

RoleName = Literal[
    "title", "title-small", "audience", "h2", "h3", "emergency", "key", "body", "clinic",
    "table", "table-head", "grid", "phone", "draft", "draft-source", "footer",
    "provenance", "provenance-head",
]  # fmt: skip
Hue = Literal["ink", "brand", "white"]
LeadingKind = Literal["title", "heading", "body"]


class TypeSizes(Protocol):
    """What layout needs to know of a script: `languages.Typography` has it."""

    @property
    def leading_body(self) -> float:
        """Leading of running text, a factor on the size."""

    @property
    def leading_heading(self) -> float:
        """Leading of h2, a factor on the size."""

    @property
    def leading_title(self) -> float:
        """Leading of the title, a factor on the size."""

    @property
    def optical(self) -> float:
        """Factor on the size for a script whose letters look smaller."""

    @property
    def mid(self) -> float:
        """Centre of bullet and tick box above the baseline, in em."""

    @property
    def ink_low(self) -> float:
        """Lowest ink in em, negative below the baseline."""

    @property
    def ink_high(self) -> float:
        """Highest ink in em above the baseline."""


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
    """A kind of text: size in B (or points, if `fixed`), Latin leading, weight, colour."""

    size: float
    leading: float
    kind: LeadingKind = "body"
    bold: bool = False
    hue: Hue = "ink"
    fixed: bool = False
    strict: bool = False
    """Nothing is broken at a hyphen or after "not" (headings and key message)."""


ROLES: Final[Mapping[RoleName, Role]] = MappingProxyType(
    {
        "title": Role(2.08, 1.16, "title", bold=True, hue="brand", strict=True),
        "title-small": Role(1.75, 1.16, "title", bold=True, hue="brand", strict=True),
        "audience": Role(1.0, 1.35),
        "h2": Role(1.32, 1.25, "heading", bold=True, hue="brand", strict=True),
        "h3": Role(1.08, 1.35, "heading", bold=True, strict=True),
        "emergency": Role(1.25, 1.30, "heading", bold=True, hue="white", strict=True),
        "key": Role(1.16, 1.32, "heading", bold=True, strict=True),
        "body": Role(1.0, 1.40),
        "clinic": Role(1.08, 1.40, bold=True),
        "table": Role(1.0, 1.33),
        "table-head": Role(1.0, 1.33, bold=True, hue="brand"),
        "grid": Role(1.0, 1.30, bold=True),
        "phone": Role(1.75, 1.20, "heading", bold=True),
        "draft": Role(0.96, 1.40),
        "draft-source": Role(0.86, 1.40),
        "footer": Role(9.0, 1.40, fixed=True),
        "provenance": Role(9.5, 13.1 / 9.5, fixed=True),
        "provenance-head": Role(10.5, 1.25, "heading", bold=True, hue="brand", fixed=True),
    }
)

_LATIN_BODY: Final = 1.40
_CJK_MID: Final = 0.38
"""From here on `mid` is already the middle of a heading's letters (PAGE.md, 4)."""
_CAPITALS_ABOVE_MID: Final = 0.065
"""Half a Noto Sans capital (0.357) less Latin's `mid` of 0.29."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """One role at one size: points."""

    size_pt: float
    leading_pt: float
    baseline_pt: float
    """From the top of a line to its baseline."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What follows from the body size `size_pt` (B) and `unit_pt` (u)."""

    size_pt: float
    unit_pt: float
    sizes: TypeSizes

    def metrics(self, name: RoleName) -> Metrics:
        """Return size, leading and baseline of a role in the edition's script."""
        role = ROLES[name]
        size = role.size if role.fixed else role.size * self.size_pt
        scaled = size * self.sizes.optical
        leading = scaled * self._leading(role)
        middle = (self.sizes.ink_high + self.sizes.ink_low) / 2
        return Metrics(size, leading, leading / 2 + middle * scaled)

    def _leading(self, role: Role) -> float:
        sizes = self.sizes
        match role.kind:
            case "title":
                return max(role.leading, sizes.leading_title)
            case "heading":
                return max(role.leading, sizes.leading_heading)
            case "body":
                return role.leading * sizes.leading_body / _LATIN_BODY

    @property
    def mid_em(self) -> float:
        """Centre of bullets and tick boxes above the baseline."""
        return self.sizes.mid * self.sizes.optical

    @property
    def heading_mid_em(self) -> float:
        """Centre of a heading's letters above its baseline: there stands the disc."""
        mid = self.sizes.mid
        if mid < _CJK_MID:
            mid += _CAPITALS_ABOVE_MID
        return mid * self.sizes.optical

    @property
    def high_ink_pt(self) -> float:
        """What a script's highest ink asks above a box's padding (PAGE.md, 4)."""
        return max(0.0, self.sizes.ink_high - 0.98) * self.size_pt
