"""The four boxes: key message, note, warning, emergency (page design, section 7).

All take the whole frame; their text stands on the common text edge and their rail
carries the symbol. Each is told from the others without colour: by its frame, its
symbol and its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from handouts.document.tree import Aside, AsideKind, Block, Heading
from handouts.layout.canvas import Canvas
from handouts.layout.formats import (
    FRAME_WIDTH_PT,
    MEASURE_PT,
    RAIL_PT,
    TEXT_EDGE_PT,
)
from handouts.layout.piece import Piece, gap_between, paint_stack, stack_height
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.symbols import SYMBOLS, draw_symbol
from handouts.units import EPSILON_PT

__all__ = ["BOX_TEXT_PT", "box_piece", "split_heading"]

PADDING_TOP_PT: Final = 8.0
PADDING_END_PT: Final = 12.0
PADDING_FOOT_PT: Final = 9.0
STRIP_TOP_PT: Final = 3.0
STRIP_FOOT_PT: Final = 5.0
BOX_TEXT_PT: Final = MEASURE_PT - PADDING_END_PT
"""The width of text in a box."""
_RADIUS_PT: Final = 5.0
_SPACE_UNITS: Final = 3.0
_RULE_PT: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Look:
    """A kind of box: frame width, symbol size, and the symbol it has by default."""

    frame_pt: float
    symbol_pt: float
    symbol: str


_LOOKS: Final[dict[AsideKind, _Look]] = {
    "key-message": _Look(1.5, 36.0, "speech"),
    "note": _Look(0.0, 32.0, "info"),
    "warning": _Look(2.0, 36.0, "warning"),
    "emergency": _Look(2.25, 38.0, "phone"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Framed:
    """A box measured: its strip's heading (emergency), and what stands in it."""

    setter: Setter
    aside: Aside
    strip: TextBlock | None
    inner: tuple[Piece, ...]

    @property
    def look(self) -> _Look:
        return _LOOKS[self.aside.kind]

    @property
    def strip_pt(self) -> float:
        """The height of the coloured strip, the frame's edge above it included."""
        if self.strip is None:
            return 0.0
        return STRIP_TOP_PT + self.strip.height_pt + STRIP_FOOT_PT

    def _strip_top_pt(self, strip: TextBlock) -> float:
        """Return where the heading begins, so that its letters stand in the middle.

        Signs below the line take most of a Khmer line's foot; the letters would hang at
        the strip's top.
        """
        mid = self.setter.scale.heading_mid_em * strip.metrics.size_pt
        last = strip.height_pt - strip.metrics.leading_pt + strip.metrics.baseline_pt
        letters = (strip.metrics.baseline_pt + last) / 2 - mid
        lower = self.strip_pt / 2 - letters - STRIP_TOP_PT
        return STRIP_TOP_PT + min(max(lower, 0.0), STRIP_FOOT_PT - 1.0)

    @property
    def top_pt(self) -> float:
        """From the box's top to its text, the strip's heading left out."""
        padding = PADDING_TOP_PT + self.setter.scale.high_ink_pt
        return max(self.look.frame_pt, self.strip_pt) + padding

    @property
    def height_pt(self) -> float:
        content = stack_height(self.inner)
        return self.top_pt + content + PADDING_FOOT_PT + self.look.frame_pt

    def piece(self, *, before: float, after: float) -> Piece:
        """Return the box as a piece that is divided only where nothing else helps."""

        def paint(canvas: Canvas, x: float, y: float) -> None:
            self.paint(canvas, x, y, lower_rule=True)

        def paint_foot(canvas: Canvas, x: float, y: float) -> None:
            self.paint(canvas, x, y, lower_rule=False)

        whole = Piece(
            height_pt=self.height_pt,
            paint=paint,
            before=before,
            after=after,
            force=self.force,
            is_box=self.aside.kind in {"warning", "emergency"},
            is_warning=self.aside.kind == "warning",
            cost=sum(piece.cost for piece in self.inner),
            element=self.aside.element,
        )
        if self.aside.kind != "note":
            return whole
        # Below a note that ends a page the footer's rule is near: two would be a ladder.
        return whole._replace(foot=whole._replace(paint=paint_foot))

    def force(self, room: float) -> tuple[Piece, Piece] | None:
        """Divide a box that is higher than a page: rather two boxes than no leaflet."""
        left = room - (self.height_pt - stack_height(self.inner))
        taken: list[Piece] = []
        for index, piece in enumerate(self.inner):
            left -= piece.height_pt + (gap_between(taken[-1], piece) if taken else 0.0)
            if left < -EPSILON_PT:
                parts = piece.split(left + piece.height_pt) if piece.split else None
                rest = self.inner[index:]
                if parts is not None:
                    taken.append(parts[0])
                    rest = (parts[1], *self.inner[index + 1 :])
                return self._halves(tuple(taken), rest) if taken else None
            taken.append(piece)
        return None

    def _halves(
        self, head: tuple[Piece, ...], rest: tuple[Piece, ...]
    ) -> tuple[Piece, Piece]:
        space = self.setter.units(_SPACE_UNITS)
        return (
            replace(self, inner=head).piece(before=space, after=0.0),
            replace(self, inner=rest, strip=None).piece(before=0.0, after=space),
        )

    def paint(self, canvas: Canvas, x: float, y: float, *, lower_rule: bool) -> None:
        height = self.height_pt
        match self.aside.kind:
            case "key-message":
                self._rail(canvas, x, y, height, self.setter.palette.mist)
                self._frame(canvas, x, y, height, self.setter.palette.brand)
            case "warning":
                self._rail(canvas, x, y, height, self.setter.palette.amber)
                self._frame(canvas, x, y, height, self.setter.palette.ink)
            case "note":
                self._rules(canvas, x, y, height, lower_rule=lower_rule)
            case "emergency":
                self._solid(canvas, x, y, height)
        self._symbol(canvas, x, y, height)
        if self.strip is not None:
            self.strip.paint(canvas, x + TEXT_EDGE_PT, y + self._strip_top_pt(self.strip))
        paint_stack(self.inner, canvas, x + TEXT_EDGE_PT, y + self.top_pt)

    def _rail(self, canvas: Canvas, x: float, y: float, height: float, fill: str) -> None:
        half = self.look.frame_pt / 2
        radius = _RADIUS_PT - half
        canvas.cornered(
            x + half,
            y + half,
            RAIL_PT - half,
            height - 2 * half,
            radii=(radius, 0.0, 0.0, radius),
            fill=fill,
        )

    def _frame(
        self, canvas: Canvas, x: float, y: float, height: float, color: str
    ) -> None:
        canvas.box(
            x,
            y,
            FRAME_WIDTH_PT,
            height,
            radius=_RADIUS_PT,
            stroke=color,
            stroke_pt=self.look.frame_pt,
            element=self.aside.element,
        )

    def _rules(
        self, canvas: Canvas, x: float, y: float, height: float, *, lower_rule: bool
    ) -> None:
        ink = self.setter.palette.ink
        canvas.rule(x, y + _RULE_PT / 2, FRAME_WIDTH_PT, thickness=_RULE_PT, color=ink)
        if lower_rule:
            foot = y + height - _RULE_PT / 2
            canvas.rule(x, foot, FRAME_WIDTH_PT, thickness=_RULE_PT, color=ink)

    def _solid(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        """Fill the whole box and cut the white field out of it: a solid L."""
        palette, edge = self.setter.palette, self.look.frame_pt
        canvas.box(
            x,
            y,
            FRAME_WIDTH_PT,
            height,
            radius=_RADIUS_PT,
            fill=palette.red,
            element=self.aside.element,
        )
        top = max(edge, self.strip_pt)
        inner = max(0.0, _RADIUS_PT - edge)
        end_top = inner if self.strip is None else 0.0
        canvas.cornered(
            x + RAIL_PT,
            y + top,
            FRAME_WIDTH_PT - RAIL_PT - edge,
            height - top - edge,
            radii=(0.0, end_top, inner, 0.0),
            fill=palette.white,
        )

    def _symbol(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        name = self.aside.symbol or self.look.symbol
        if name not in SYMBOLS:
            name = self.look.symbol
        size, palette = self.look.symbol_pt, self.setter.palette
        color, ground = {
            "key-message": (palette.brand, palette.mist),
            "note": (palette.brand, palette.white),
            "warning": (palette.ink, palette.amber),
            "emergency": (palette.white, palette.red),
        }[self.aside.kind]
        draw_symbol(
            canvas,
            name,
            x + (RAIL_PT - size) / 2,
            y + (height - size) / 2,
            size,
            color=color,
            background=ground,
            red=palette.red,
            amber=palette.amber,
        )


def box_piece(setter: Setter, aside: Aside, inner: Sequence[Piece]) -> Piece:
    """Return a box round measured content; an emergency's heading is taken apart.

    `inner` is the content without the emergency's heading (`split_heading`).
    """
    heading, _ = split_heading(aside)
    strip = None
    if heading is not None:
        strip = setter.text(
            heading.children,
            "emergency",
            BOX_TEXT_PT,
            heading,
            background=setter.palette.red,
        )
    space = setter.units(_SPACE_UNITS)
    framed = _Framed(setter=setter, aside=aside, strip=strip, inner=tuple(inner))
    return framed.piece(before=space, after=space)


def split_heading(aside: Aside) -> tuple[Heading | None, tuple[Block, ...]]:
    """Return an emergency's heading, which stands in the strip, and the other blocks."""
    first = aside.blocks[0] if aside.blocks else None
    if aside.kind == "emergency" and isinstance(first, Heading):
        return first, aside.blocks[1:]
    return None, aside.blocks
