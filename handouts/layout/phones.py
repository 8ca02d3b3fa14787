"""Phone fields → a piece: label, and a number to dial or a line to write it on.

Two side by side; numbers and blanks of one row stand on one line (page design, 7). A
third has the whole width, its label at the side.
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
_BELOW_BASE_PT: Final = 2.0
"""As the line of a blank inside text."""


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


@dataclass(frozen=True, slots=True)
class _LoneRow:
    """The odd field, as wide as two: its number stands beside the label."""

    field: _Phone
    width_pt: float
    """Of either half."""

    @property
    def base_pt(self) -> float:
        """Where the number and the label's last line stand."""
        number = self.field.number
        own = number.metrics.baseline_pt if number is not None else _BLANK_PT
        return max(self._label_base_pt, own)

    @property
    def _label_base_pt(self) -> float:
        label = self.field.label
        return label.height_pt - label.metrics.leading_pt + label.metrics.baseline_pt

    @property
    def height_pt(self) -> float:
        label, number = self.field.label, self.field.number
        below = label.height_pt - self._label_base_pt
        if number is not None:
            below = max(below, number.height_pt - number.metrics.baseline_pt)
        return self.base_pt + below + self.field.more_pt

    def paint(self, canvas: Canvas, x: float, y: float, color: str) -> None:
        field, base = self.field, y + self.base_pt
        field.label.paint(canvas, x, base - self._label_base_pt)
        beside = x + self.width_pt + _GAP_PT
        if field.number is not None:
            top = base - field.number.metrics.baseline_pt
            field.number.paint(canvas, beside, top)
        else:
            place = (beside, base + _BELOW_BASE_PT, self.width_pt)
            _rule(canvas, field, place, color)
        _paint_stack(field.more, canvas, beside, y + self.height_pt - field.more_pt)


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
    columns = 2 if len(items) > 1 else 1
    width = (width_pt - (columns - 1) * _GAP_PT) / columns
    fields = [_phone(setter, item, width, background) for item in items]
    rows = [
        _LoneRow(fields[at], width)
        if columns == 2 and at == len(fields) - 1
        else _Row.of(fields[at : at + columns], width)
        for at in range(0, len(fields), columns)
    ]
    gap = setter.units(1.4)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for row in rows:
            row.paint(canvas, x, y, setter.palette.ink)
            y += row.height_pt + gap

    return Piece(
        height_pt=sum(row.height_pt for row in rows) + max(0, len(rows) - 1) * gap,
        paint=paint,
        before=gap,
        after=setter.units(2.0),
        element=figure.element,
    )


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
