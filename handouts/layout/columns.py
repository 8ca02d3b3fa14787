"""The columns of a table: where its cells stand, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from handouts.document.tree import Cell, Figure, Row
from handouts.layout.certainty import certainty_texts, meter_width
from handouts.layout.setter import Setter
from handouts.layout.theme import RoleName
from handouts.units import EPSILON_PT

__all__ = [
    "COLUMN_GAP_PT", "MANY_COLUMNS", "Slot", "column_widths", "role_of", "shared",
    "slots_of", "span_width",
]  # fmt: skip

COLUMN_GAP_PT: Final = 10.0
_LEAST_SHARE: Final = 0.22
_NARROW_EM: Final = 8.0
MANY_COLUMNS: Final = 4
"""From so many on, a table takes the frame, and its columns may be narrow."""
_TRIED_EM: Final = (7.0, 5.5)
"""Columns so narrow where the table becomes lower by it."""


class Slot(NamedTuple):
    """A cell in the grid: its column and the row it begins in."""

    cell: Cell
    column: int
    row: int


def slots_of(rows: Sequence[Row]) -> list[Slot]:
    """Place cells in the grid; a rowspan keeps its columns taken below."""
    taken: set[tuple[int, int]] = set()
    found: list[Slot] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            found.append(Slot(cell, column, number))
            taken.update(
                (number + down, column + right)
                for down in range(1, cell.rowspan)
                for right in range(cell.colspan)
            )
            column += cell.colspan
    return found


def column_widths(
    setter: Setter, slots: Sequence[Slot], columns: int, width_pt: float
) -> list[tuple[float, ...]]:
    """Return column widths, so that the cells of a row take about equally many lines.

    Each column has at least 22 % of the width, 8 B, and its longest word, or all of "at
    least 24 hours" if there is room; what is left is shared by how much text the columns
    hold. Four columns leave next to nothing to share: there narrower ones may be tried,
    too. Nothing: there is no such width.
    """
    room = width_pt - (columns - 1) * COLUMN_GAP_PT
    if columns == 1:
        return [(room,)]
    words, whole = [0.0] * columns, [0.0] * columns
    texts: list[list[float]] = [[] for _ in range(columns)]
    for slot in slots:
        if slot.cell.colspan == 1:
            low, held, wide = _asked(setter, slot)
            words[slot.column] = max(words[slot.column], low)
            whole[slot.column] = max(whole[slot.column], held)
            texts[slot.column].append(wide)
    shares = [_share(widths) for widths in texts]
    floors = [max(_LEAST_SHARE * width_pt, _NARROW_EM * setter.size_pt)]
    if columns >= MANY_COLUMNS:
        floors += [em * setter.size_pt for em in _TRIED_EM]
    for asked in (whole, words):
        least = [[max(width, floor) for width in asked] for floor in floors]
        found = [shared(room, each, shares) for each in least if sum(each) <= room]
        if found:
            return found
    return []


def _share(widths: Sequence[float]) -> float:
    """Return what a column asks: between its longest cell and its average one."""
    if not widths:
        return 0.0
    return (max(widths) + sum(widths) / len(widths)) / 2


def shared(
    room: float, least: Sequence[float], shares: Sequence[float]
) -> tuple[float, ...]:
    """Divide `room` by `shares`, where nobody gets less than his `least`."""
    fixed: set[int] = set()
    while True:
        free = [at for at in range(len(least)) if at not in fixed]
        left = room - sum(least[at] for at in fixed)
        total = sum(shares[at] for at in free) or 1.0
        short = [at for at in free if left * shares[at] / total < least[at]]
        if not short or not free:
            break
        fixed.update(short)
    return tuple(
        least[at] if at in fixed else left * shares[at] / total
        for at in range(len(least))
    )


def _asked(setter: Setter, slot: Slot) -> tuple[float, float, float]:
    """Return a cell's least width, that with nothing parted, and its natural one."""
    low = held = wide = 0.0
    role, bold = role_of(slot)
    for block in slot.cell.blocks:
        if isinstance(block, Figure):
            low = max(low, meter_width(setter))
            held = max(held, low)
        for text in certainty_texts(block):
            shaped, size_pt = setter.shaped(text.children, role, text, bold=bold)
            low = max(low, shaped.min_width(size_pt))
            held = max(held, shaped.held_width(size_pt))
            wide = max(wide, shaped.width(size_pt))
    return low + EPSILON_PT, held + EPSILON_PT, wide + EPSILON_PT


def role_of(slot: Slot) -> tuple[RoleName, bool | None]:
    """Return the role a cell is set in, and whether it is bold (None: as its role is)."""
    if slot.cell.scope == "col" or (slot.cell.header and slot.cell.scope is None):
        return "table-head", None
    return "table", slot.cell.header or slot.column == 0


def span_width(widths: Sequence[float], slot: Slot) -> float:
    """Return how wide a cell is, over all its columns."""
    span = widths[slot.column : slot.column + slot.cell.colspan]
    return sum(span) + (len(span) - 1) * COLUMN_GAP_PT
