"""Phone fields → a piece: label, and a number to dial or a frame to write it in.

Two side by side; numbers and frames of one row stand on one line (page design, 7). A
third has the whole width. A label stands above its own number, nowhere else: a label
under another field's would be read as that one's. So a blank is a frame, whose upper
edge is near its label, and no line, which is far from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.document.tree import (
    Blank,
    Figure,
    Group,
    Inline,
    Item,
    ListBlock,
    MessageSpan,
    Paragraph,
    Value,
)
from handouts.layout.canvas import Canvas
from handouts.layout.piece import Piece
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.theme import RoleName
from handouts.units import EPSILON_PT

__all__ = ["phones_piece"]

_GAP_PT: Final = 16.0
_BLANK_PT: Final = 21.0
_FRAME_PT: Final = 1.0
_FRAME_GAP_PT: Final = 1.0
"""From a label's line to the frame below it."""
_FRAME_RADIUS_PT: Final = 2.5
_LEAST_PT: Final = 120.0
"""The least width of a field: a number in large handwriting."""
_ABOVE_UNITS: Final = 1.6
_BETWEEN_UNITS: Final = 2.4
"""More than between a label and its number: so it belongs to what is below it."""


@dataclass(frozen=True, slots=True)
class _Phone:
    """One field: label, number or None for a blank, further lines (hours)."""

    label: TextBlock
    number: TextBlock | None
    more: tuple[TextBlock, ...]
    element: int

    @property
    def more_pt(self) -> float:
        return sum(text.height_pt for text in self.more)


@dataclass(frozen=True, slots=True)
class _Row:
    """Fields side by side, each number below its label, all on one line."""

    fields: tuple[_Phone, ...]
    label: float
    number: float
    widths: tuple[float, ...]

    @classmethod
    def of(cls, fields: Sequence[_Phone], widths: Sequence[float]) -> _Row:
        """Return the row of fields, each so wide."""
        numbers = [field.number for field in fields if field.number is not None]
        blank = _FRAME_GAP_PT + _BLANK_PT
        return cls(
            tuple(fields),
            max(field.label.height_pt for field in fields),
            max([blank, *(text.height_pt for text in numbers)]),
            tuple(widths),
        )

    @property
    def height_pt(self) -> float:
        return self.label + self.number + max(field.more_pt for field in self.fields)

    def paint(self, canvas: Canvas, x: float, y: float, color: str) -> None:
        below = y + self.label
        for field, width in zip(self.fields, self.widths, strict=True):
            # Labels of one row stand on the line nearest to their numbers.
            field.label.paint(canvas, x, below - field.label.height_pt)
            if field.number is not None:
                field.number.paint(canvas, x, below)
            else:
                self._frame(canvas, field, (x, below, width), color)
            _paint_stack(field.more, canvas, x, below + self.number)
            x += width + _GAP_PT

    def _frame(
        self, canvas: Canvas, field: _Phone, place: tuple[float, float, float], color: str
    ) -> None:
        """Draw the frame to write a number in; `place` is x, the labels' foot, width.

        It is as high as the number beside it.
        """
        x, below, width = place
        canvas.box(
            x,
            below + _FRAME_GAP_PT,
            width,
            self.number - _FRAME_GAP_PT,
            radius=_FRAME_RADIUS_PT,
            stroke=color,
            stroke_pt=_FRAME_PT,
            element=field.element,
        )


def phones_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece:
    """Return phone fields, two to a row; an odd one has the last row for itself."""
    items = [
        item
        for block in figure.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]
    pairs = [items[at : at + 2] for at in range(0, len(items), 2)]
    beside = _widths(setter, [pair for pair in pairs if len(pair) == 2], width_pt)
    rows = [
        _row(setter, pair, beside if len(pair) == 2 else (width_pt,), background)
        for pair in pairs
    ]
    gap = setter.units(_BETWEEN_UNITS)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for row in rows:
            row.paint(canvas, x, y, setter.palette.ink)
            y += row.height_pt + gap

    return Piece(
        height_pt=sum(row.height_pt for row in rows) + max(0, len(rows) - 1) * gap,
        paint=paint,
        before=setter.units(_ABOVE_UNITS),
        after=setter.units(2.0),
        element=figure.element,
    )


def _widths(
    setter: Setter, pairs: Sequence[Sequence[Item]], width_pt: float
) -> tuple[float, float]:
    """Return how wide fields side by side are: equal, or as their words ask.

    A label of one line is nearer to its number than to what stands above it.
    """
    half = (width_pt - _GAP_PT) / 2
    first, second = (
        max([_LEAST_PT, *(_asked(setter, pair[at]) for pair in pairs)]) for at in (0, 1)
    )
    if max(first, second) <= half or first + _GAP_PT + second > width_pt:
        return half, half
    if first > half:
        return first, width_pt - _GAP_PT - first
    return width_pt - _GAP_PT - second, second


def _asked(setter: Setter, item: Item) -> float:
    """Return the width in which a field's label and number take a line each."""
    found = (setter.shaped(text.children, role, text) for text, role in _paragraphs(item))
    widths = [shaped.width(size_pt) for shaped, size_pt in found]
    return max(widths, default=0.0) + EPSILON_PT


def _row(
    setter: Setter, items: Sequence[Item], widths: tuple[float, ...], background: str
) -> _Row:
    pairs = zip(items, widths, strict=True)
    return _Row.of([_phone(setter, item, one, background) for item, one in pairs], widths)


def _paint_stack(texts: Sequence[TextBlock], canvas: Canvas, x: float, y: float) -> None:
    for text in texts:
        text.paint(canvas, x, y)
        y += text.height_pt


def _phone(setter: Setter, item: Item, width: float, background: str) -> _Phone:
    paragraphs = list(_paragraphs(item))
    texts = [
        setter.text(
            paragraph.children,
            role,
            width,
            paragraph,
            background=background,
            balance=True,
        )
        for paragraph, role in paragraphs
    ]
    is_blank = len(texts) < 2 or _is_blank(paragraphs[1][0].children)
    return _Phone(
        texts[0], None if is_blank else texts[1], tuple(texts[2:]), item.element
    )


def _paragraphs(item: Item) -> Iterator[tuple[Paragraph, RoleName]]:
    """Yield a field's paragraphs and their roles; the second is its number."""
    number = 0
    for block in item.blocks:
        if isinstance(block, Paragraph) and block.css_class != "alt":
            yield block, "phone" if number == 1 else "body"
            number += 1


def _is_blank(children: Sequence[Inline]) -> bool:
    """Return whether a field is left to be written on."""
    leaves = list(_leaves(children))
    return any(isinstance(leaf, Blank) for leaf in leaves) and not any(
        isinstance(leaf, Value) for leaf in leaves
    )


def _leaves(children: Sequence[Inline]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, Group | MessageSpan):
            yield from _leaves(child.children)
        else:
            yield child
