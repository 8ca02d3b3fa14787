"""Phone fields → a piece: label, and a number to dial or a line to write it on.

Two side by side; numbers and blanks of one row stand on one line (page design, 7). A
third has the whole width. A label stands above its own number, nowhere else: a label
under another field's blank would be read as that one's.
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

__all__ = ["phones_piece"]

_GAP_PT: Final = 16.0
_BLANK_PT: Final = 21.0
_RULE_PT: Final = 1.0
_ABOVE_UNITS: Final = 1.4
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
    """Fields side by side, each number below its label, all on one line.

    `rule` is where a blank's line lies below the labels: on the numbers' baseline.
    """

    fields: tuple[_Phone, ...]
    label: float
    number: float
    rule: float
    width_pt: float

    @classmethod
    def of(cls, fields: Sequence[_Phone], width_pt: float) -> _Row:
        """Return the row of fields, each `width_pt` wide."""
        numbers = [field.number for field in fields if field.number is not None]
        number = max([_BLANK_PT, *(text.height_pt for text in numbers)])
        baselines = [text.metrics.baseline_pt for text in numbers]
        return cls(
            tuple(fields),
            max(field.label.height_pt for field in fields),
            number,
            max(baselines, default=number) - _RULE_PT / 2,
            width_pt,
        )

    @property
    def height_pt(self) -> float:
        return self.label + self.number + max(field.more_pt for field in self.fields)

    def paint(self, canvas: Canvas, x: float, y: float, color: str) -> None:
        for field in self.fields:
            # Labels of one row stand on the line nearest to their numbers.
            field.label.paint(canvas, x, y + self.label - field.label.height_pt)
            below = y + self.label
            if field.number is not None:
                field.number.paint(canvas, x, below)
            else:
                _rule(canvas, field, (x, below + self.rule, self.width_pt), color)
            _paint_stack(field.more, canvas, x, below + self.number)
            x += self.width_pt + _GAP_PT


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
    half = (width_pt - _GAP_PT) / 2
    pairs = [items[at : at + 2] for at in range(0, len(items), 2)]
    rows = [
        _row(setter, pair, half if len(pair) == 2 else width_pt, background)
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


def _row(setter: Setter, items: Sequence[Item], width_pt: float, background: str) -> _Row:
    fields = [_phone(setter, item, width_pt, background) for item in items]
    return _Row.of(fields, width_pt)


def _rule(
    canvas: Canvas, field: _Phone, place: tuple[float, float, float], color: str
) -> None:
    """Draw the line to write a number on; `place` is x, y and width."""
    x, y, width = place
    canvas.rule(x, y, width, thickness=_RULE_PT, color=color, element=field.element)


def _paint_stack(texts: Sequence[TextBlock], canvas: Canvas, x: float, y: float) -> None:
    for text in texts:
        text.paint(canvas, x, y)
        y += text.height_pt


def _phone(setter: Setter, item: Item, width: float, background: str) -> _Phone:
    texts = [
        setter.text(
            block.children,
            "phone" if number == 1 else "body",
            width,
            block,
            background=background,
            balance=True,
        )
        for number, block in enumerate(_paragraphs(item))
    ]
    blocks = list(_paragraphs(item))
    is_blank = len(blocks) < 2 or _is_blank(blocks[1].children)
    return _Phone(
        texts[0], None if is_blank else texts[1], tuple(texts[2:]), item.element
    )


def _paragraphs(item: Item) -> Iterator[Paragraph]:
    for block in item.blocks:
        if isinstance(block, Paragraph) and block.css_class != "alt":
            yield block


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
