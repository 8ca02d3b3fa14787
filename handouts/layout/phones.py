"""Phone fields → a piece: label, and a number to dial or a line to write it on.

Two side by side; numbers and blanks of one row stand on one line (page design, 7).
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


@dataclass(frozen=True, slots=True)
class _Phone:
    """One field: label, number or None for a blank, further lines (hours)."""

    label: TextBlock
    number: TextBlock | None
    more: tuple[TextBlock, ...]
    element: int


@dataclass(frozen=True, slots=True)
class _Heights:
    """What a row of fields has in common."""

    label: float
    number: float
    more: float
    rule: float
    """Where a blank's line lies below the labels: on the numbers' baseline."""

    @property
    def total(self) -> float:
        return self.label + self.number + self.more


def phones_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece:
    """Return phone fields, two to a row."""
    items = [
        item
        for block in figure.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]
    columns = 2 if len(items) > 1 else 1
    width = (width_pt - (columns - 1) * _GAP_PT) / columns
    fields = [_phone(setter, item, width, background) for item in items]
    rows = [fields[at : at + columns] for at in range(0, len(fields), columns)]
    heights = [_heights(row) for row in rows]
    gap = setter.units(1.4)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for row, own in zip(rows, heights, strict=True):
            for at, field in enumerate(row):
                left = x + at * (width + _GAP_PT)
                _paint_phone(canvas, field, left, y, own)
                if field.number is None:
                    canvas.rule(
                        left,
                        y + own.label + own.rule,
                        width,
                        thickness=_RULE_PT,
                        color=setter.palette.ink,
                        element=field.element,
                    )
            y += own.total + gap

    return Piece(
        height_pt=sum(own.total for own in heights) + max(0, len(rows) - 1) * gap,
        paint=paint,
        before=gap,
        after=setter.units(2.0),
        element=figure.element,
    )


def _heights(row: Sequence[_Phone]) -> _Heights:
    numbers = [field.number for field in row if field.number is not None]
    number = max([_BLANK_PT, *(text.height_pt for text in numbers)])
    baselines = [text.metrics.baseline_pt for text in numbers]
    return _Heights(
        max(field.label.height_pt for field in row),
        number,
        max(sum(text.height_pt for text in field.more) for field in row),
        max(baselines, default=number) - _RULE_PT / 2,
    )


def _phone(setter: Setter, item: Item, width: float, background: str) -> _Phone:
    texts = [
        setter.text(
            block.children,
            "phone" if number == 1 else "body",
            width,
            block,
            background=background,
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


def _paint_phone(
    canvas: Canvas, field: _Phone, x: float, y: float, heights: _Heights
) -> None:
    # Labels of one row stand on the line nearest to their numbers.
    field.label.paint(canvas, x, y + heights.label - field.label.height_pt)
    y += heights.label
    if field.number is not None:
        field.number.paint(canvas, x, y)
    y += heights.number
    for text in field.more:
        text.paint(canvas, x, y)
        y += text.height_pt


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
