"""Tables → pieces: column widths from content, rows that never divide, repeated heads.

No vertical rules, no fills: tints break up in copies (page design, section 8). A table
whose columns would be too narrow to read becomes a stack of blocks, a row each; before
that, one of many columns takes the rail, too: it has the whole frame, as boxes have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from handouts.document.tree import (
    Block,
    Cell,
    Figure,
    Inline,
    ListBlock,
    Paragraph,
    Table,
)
from handouts.layout.canvas import Canvas
from handouts.layout.certainty import (
    beside_meter,
    certainty_piece,
    certainty_texts,
    room_beside,
)
from handouts.layout.columns import (
    COLUMN_GAP_PT,
    MANY_COLUMNS,
    Slot,
    column_widths,
    role_of,
    slots_of,
    span_width,
)
from handouts.layout.inline import joined
from handouts.layout.lists import ListRoom, list_piece
from handouts.layout.piece import (
    CUT_TABLE,
    ROW_ALONE,
    STACKED,
    Piece,
    Stacked,
    paint_stack,
    stack_height,
)
from handouts.layout.setter import Setter, TextBlock
from handouts.units import EPSILON_PT

__all__ = ["table_piece"]

_LEAST_ROWS: Final = 2
"""Rows on either side of a page break, in tables of four rows and more."""
_HEAD_TOP_PT: Final = 3.0
_HEAD_FOOT_PT: Final = 4.0
_ROW_TOP_PT: Final = 3.75
_ROW_FOOT_PT: Final = 4.0
_HEAD_RULE_PT: Final = 1.5
_ROW_RULE_PT: Final = 0.5


# Tuples, because a fit makes hundreds of them.


class _Filled(NamedTuple):
    """A slot with its measured content."""

    slot: Slot
    pieces: tuple[Stacked, ...]
    height_pt: float


class _Band(NamedTuple):
    """Rows that a rowspan ties together, or one row: never divided."""

    cells: tuple[_Filled, ...]
    tops: tuple[float, ...]
    """Where each row begins, from the band's top; the last is its height."""
    first_row: int
    element: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _TableSet:
    """A table measured at one size."""

    setter: Setter
    table: Table
    widths: tuple[float, ...]
    head: tuple[_Band, ...]
    caption: TextBlock | None

    def x_of(self, column: int) -> float:
        return sum(self.widths[:column]) + column * COLUMN_GAP_PT

    @property
    def width_pt(self) -> float:
        return sum(self.widths) + (len(self.widths) - 1) * COLUMN_GAP_PT

    @property
    def head_pt(self) -> float:
        return sum(band.tops[-1] for band in self.head)

    def piece(
        self, bands: tuple[_Band, ...], *, before: float, after: float, is_first: bool
    ) -> Piece:
        """Return body bands under the table's head; a part divides between bands."""
        top = self._caption_pt(is_first=is_first)
        height = top + self.head_pt + sum(band.tops[-1] for band in bands)
        paint = partial(self._paint, bands, is_first)
        whole = Piece(
            height_pt=height,
            paint=paint,
            before=before,
            after=after,
            is_set=True,
            cut_cost=CUT_TABLE,
            element=self.table.element,
        )

        def divide(room: float, least: int) -> tuple[Piece, Piece] | None:
            left, at = room - top - self.head_pt + EPSILON_PT, 0
            while at < len(bands) - least and bands[at].tops[-1] <= left:
                left -= bands[at].tops[-1]
                at += 1
            if at < least:
                return None
            return (
                self.piece(bands[:at], before=before, after=0.0, is_first=is_first),
                self.piece(bands[at:], before=0.0, after=after, is_first=False),
            )

        if len(bands) < 2:
            return whole
        least = _LEAST_ROWS if len(bands) >= 2 * _LEAST_ROWS else 1
        first = sum(band.tops[-1] for band in bands[:least])
        return whole._replace(
            first_pt=top + self.head_pt + first,
            split=partial(divide, least=least),
            cut_cost=CUT_TABLE + (ROW_ALONE if least < _LEAST_ROWS else 0),
        )

    def _caption_pt(self, *, is_first: bool) -> float:
        if self.caption is None or not is_first:
            return 0.0
        return self.caption.height_pt + self.setter.units(0.8)

    def _paint(
        self, bands: Sequence[_Band], is_first: bool, canvas: Canvas, x: float, y: float
    ) -> None:
        if is_first and self.caption is not None:
            self.caption.paint(canvas, x, y)
            y += self._caption_pt(is_first=True)
        for band in self.head:
            self._paint_band(canvas, band, x, y, top=_HEAD_TOP_PT)
            y += band.tops[-1]
        if self.head:
            color = self.setter.palette.brand
            middle = y - _HEAD_RULE_PT / 2
            canvas.rule(x, middle, self.width_pt, thickness=_HEAD_RULE_PT, color=color)
        for band in bands:
            self._paint_band(canvas, band, x, y, top=_ROW_TOP_PT)
            self._row_rules(canvas, band, x, y)
            y += band.tops[-1]

    def _paint_band(
        self, canvas: Canvas, band: _Band, x: float, y: float, *, top: float
    ) -> None:
        for filled in band.cells:
            row = filled.slot.row - band.first_row
            cell_x = x + self.x_of(filled.slot.column)
            paint_stack(filled.pieces, canvas, cell_x, y + band.tops[row] + top)

    def _row_rules(self, canvas: Canvas, band: _Band, x: float, y: float) -> None:
        """Rule below every cell where it ends; one line where all end together."""
        ink, last = self.setter.palette.ink, len(band.tops) - 2
        canvas.rule(
            x,
            y + band.tops[-1] - _ROW_RULE_PT / 2,
            self.width_pt,
            thickness=_ROW_RULE_PT,
            color=ink,
        )
        for filled in band.cells:
            end = filled.slot.row - band.first_row + filled.slot.cell.rowspan - 1
            if end < last:
                cell_x = x + self.x_of(filled.slot.column)
                width = span_width(self.widths, filled.slot)
                middle = y + band.tops[end + 1] - _ROW_RULE_PT / 2
                canvas.rule(cell_x, middle, width, thickness=_ROW_RULE_PT, color=ink)


def table_piece(
    setter: Setter,
    table: Table,
    width_pt: float,
    *,
    background: str,
    rail_pt: float = 0.0,
) -> Piece:
    """Return a table as a piece, stacked where its columns would be too narrow.

    `rail_pt` is what the frame has before the measure. It is room for a table of many
    columns: in the measure each would hold a dozen letters, and the rows that are to be
    compared be torn by the page's foot.
    """
    head = slots_of(table.head)
    body = slots_of(table.body)
    columns = max((s.column + s.cell.colspan for s in head + body), default=1)
    indent, width = rail_pt, width_pt
    if columns >= MANY_COLUMNS:
        indent, width = 0.0, width_pt + rail_pt
    before, after = setter.units(1.0), setter.units(3.0)
    tried = [
        (widths, _bands(setter, body, len(table.body), widths, background, is_head=False))
        for widths in column_widths(setter, head + body, columns, width)
    ]
    if not tried:
        caption = _caption(setter, table, width_pt, background)
        stacked = _stacked(setter, table, width_pt, caption, background=background)
        return stacked._replace(cost=STACKED, indent_pt=rail_pt)
    widths, bands = min(tried, key=lambda one: sum(band.tops[-1] for band in one[1]))
    table_set = _TableSet(
        setter=setter,
        table=table,
        widths=widths,
        head=_bands(setter, head, len(table.head), widths, background, is_head=True),
        caption=_caption(setter, table, width, background),
    )
    piece = table_set.piece(bands, before=before, after=after, is_first=True)
    return piece._replace(indent_pt=indent) if indent else piece


def _caption(
    setter: Setter, table: Table, width_pt: float, background: str
) -> TextBlock | None:
    if table.caption is None:
        return None
    return setter.text(table.caption, "h3", width_pt, table, background=background)


def _cell_pieces(
    setter: Setter, slot: Slot, width: float, background: str
) -> tuple[Stacked, ...]:
    pieces: list[Stacked] = []
    role, bold = role_of(slot)
    space = setter.units(0.7)
    for block in slot.cell.blocks:
        match block:
            case Paragraph():
                text = setter.text(
                    block.children,
                    role,
                    width,
                    block,
                    background=background,
                    bold=bold,
                    balance=True,
                    after=space,
                )
                pieces.append(text)
            case ListBlock():
                room = ListRoom(width_pt=width, background=background)
                pieces.append(list_piece(setter, block, room, before=space, after=space))
            case Figure():
                piece = certainty_piece(
                    setter, block, width, background=background, role=role, after=space
                )
                pieces.append(piece)
            case _:
                raise TypeError(f"a cell holds {type(block).__name__}")
    return tuple(pieces)


def _bands(
    setter: Setter,
    slots: Sequence[Slot],
    rows: int,
    widths: Sequence[float],
    background: str,
    *,
    is_head: bool,
) -> tuple[_Band, ...]:
    """Measure cells and gather rows that a rowspan joins."""
    padding = (
        _HEAD_TOP_PT + _HEAD_FOOT_PT + _HEAD_RULE_PT
        if is_head
        else (_ROW_TOP_PT + _ROW_FOOT_PT + _ROW_RULE_PT)
    )
    heights = [0.0] * rows
    joined_to = list(range(rows))
    filled: list[_Filled] = []
    for slot in slots:
        pieces = _cell_pieces(setter, slot, span_width(widths, slot), background)
        cell = _Filled(slot, pieces, stack_height(pieces) + padding)
        filled.append(cell)
        last = min(slot.row + slot.cell.rowspan, rows) - 1
        if last == slot.row:
            heights[slot.row] = max(heights[slot.row], cell.height_pt)
        for row in range(slot.row + 1, last + 1):
            joined_to[row] = min(joined_to[row], joined_to[slot.row])
    for cell in filled:
        first, last = cell.slot.row, min(cell.slot.row + cell.slot.cell.rowspan, rows)
        if last - first > 1:
            lacking = cell.height_pt - sum(heights[first:last])
            heights[last - 1] += max(0.0, lacking)
    return _joined_rows(filled, heights, joined_to)


def _joined_rows(
    filled: Sequence[_Filled], heights: Sequence[float], joined_to: Sequence[int]
) -> tuple[_Band, ...]:
    """Return a band for each row that is joined to itself, with those joined to it."""
    tops: dict[int, list[float]] = {}
    for row, start in enumerate(joined_to):
        band = tops.setdefault(start, [0.0])
        band.append(band[-1] + heights[row])
    cells: dict[int, list[_Filled]] = {start: [] for start in tops}
    for cell in filled:
        cells[joined_to[cell.slot.row]].append(cell)
    return tuple(
        _Band(
            tuple(own), tuple(tops[start]), start, own[0].slot.cell.element if own else 0
        )
        for start, own in cells.items()
    )


def _stacked(
    setter: Setter,
    table: Table,
    width_pt: float,
    caption: TextBlock | None,
    *,
    background: str,
) -> Piece:
    """Return a narrow table row by row: labels and texts, first cells as h3."""
    labels = {s.column: s.cell for s in slots_of(table.head)}
    rows: dict[int, list[Slot]] = {}
    for slot in slots_of(table.body):
        rows.setdefault(slot.row, []).append(slot)
    groups: list[Piece] = []
    if caption is not None:
        groups.append(caption.piece(after=setter.units(0.8), keep_next=True))
    for slots in rows.values():
        inner = [
            piece
            for slot in slots
            for piece in _stacked_cell(setter, slot, labels, width_pt, background)
        ]
        groups.append(_group(inner, after=setter.units(1.4)))
    return _divisible(groups, before=setter.units(1.0), after=setter.units(3.0))


def _stacked_cell(
    setter: Setter,
    slot: Slot,
    labels: dict[int, Cell],
    width_pt: float,
    background: str,
) -> list[Piece]:
    is_first = slot.column == 0
    label = labels.get(slot.column)
    found: list[Piece] = []
    after = setter.units(0.4)
    for block, words in _words(slot.cell):
        children = words.children
        if label is not None and label.blocks:
            children = _labelled(setter, label.blocks[0], words, above=is_first)
        text = setter.text(
            children,
            "h3" if is_first else "body",
            room_beside(setter, width_pt) if isinstance(block, Figure) else width_pt,
            words,
            background=background,
        )
        if isinstance(block, Figure):
            found.append(beside_meter(setter, block, text, after=after))
        else:
            found.append(text.piece(after=after))
    return found


def _words(cell: Cell) -> Iterator[tuple[Block, Paragraph]]:
    for block in cell.blocks:
        for text in certainty_texts(block):
            yield block, text


def _labelled(
    setter: Setter, label: Block, block: Paragraph, *, above: bool
) -> tuple[Inline, ...]:
    if not isinstance(label, Paragraph):
        return block.children
    return setter.source.kept(
        (label.element, block.element), lambda: joined(label, block, above=above)
    )


def _group(pieces: Sequence[Piece], *, after: float) -> Piece:
    return Piece(
        height_pt=stack_height(pieces),
        paint=lambda canvas, x, y: paint_stack(pieces, canvas, x, y),
        after=after,
    )


def _divisible(groups: Sequence[Piece], *, before: float, after: float) -> Piece:
    """Return groups as one piece that divides between them."""

    def split(room: float) -> tuple[Piece, Piece] | None:
        for at in range(len(groups) - 1, 0, -1):
            if stack_height(groups[:at]) <= room + EPSILON_PT:
                return (
                    _divisible(groups[:at], before=before, after=0.0),
                    _divisible(groups[at:], before=0.0, after=after),
                )
        return None

    whole = _group(groups, after=after)
    if len(groups) < 2:
        return whole._replace(before=before)
    return whole._replace(
        before=before,
        split=split,
        is_set=True,
        cut_cost=CUT_TABLE,
        first_pt=stack_height(groups[:1]),
    )
