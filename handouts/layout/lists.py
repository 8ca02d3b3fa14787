"""Lists → pieces: bullets, numbers and tick boxes, in one column or two.

Two columns are filled downwards and made as equal in height as the items allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from typing import Final, NamedTuple

from handouts.document.tree import Item, ListBlock, ListKind, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.inline import BLANK, LINE_SEPARATOR
from handouts.layout.piece import (
    CUT_FORM,
    CUT_LIST,
    CUT_TICKS,
    Piece,
    Stacked,
    paint_stack,
    stack_height,
)
from handouts.layout.setter import Setter
from handouts.layout.theme import Metrics
from handouts.units import EPSILON_PT

__all__ = ["ListRoom", "list_piece"]

_BULLET_PT: Final = 5.0
_BULLET_AT_PT: Final = 4.5
_INDENT_EM: Final = 1.25
_NUMBER_MORE_PT: Final = 3.0
_TICK_EM: Final = 1.04
_TICK_INDENT_EM: Final = 1.75
"""21 at 12: the box and a gap of about 0.7 em."""
_TICK_STROKE_PT: Final = 1.25
_TICK_RADIUS_PT: Final = 1.5
_CHECK_GAP_PT: Final = 18.0
_COLUMN_LINES: Final = 2
"""Of a tick item that stands in one of two columns."""
_UNEVEN_ITEMS: Final = 2
"""By so many items one column of an emergency's signs may be longer than the other."""
_AFTER_UNITS: Final = {"bullet": 0.7, "number": 0.7, "check": 0.9}
_LEAST_ITEMS: Final = {"bullet": 2, "number": 2, "check": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRoom:
    """Where a list stands: its width, and whether bullets may take two columns."""

    width_pt: float
    background: str
    two_columns: bool = False
    column_gap_pt: float = 16.0


class _Entry(NamedTuple):
    """One item measured: its pieces beside its mark; a tuple, as a fit makes many."""

    pieces: tuple[Stacked, ...]
    mark: str
    element: int
    height_pt: float
    lines: int
    is_form: bool
    """It has a line to write on."""


@lru_cache(maxsize=64)
def _from_the_middle(count: int) -> tuple[int, ...]:
    """Return the places to divide `count` items, the most even first."""
    half = (count + 1) // 2
    return tuple(sorted(range(1, count), key=lambda at: (abs(at - half), -at)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ListSet:
    """A list measured in one column width."""

    setter: Setter
    kind: ListKind
    entries: tuple[_Entry, ...]
    element: int
    columns: int
    column_pt: float
    second_at_pt: float
    """Where the second column begins, from the first."""
    division: int
    """How many items stand in the first column; 0: as even as their heights allow."""
    indent_pt: float
    background: str

    @property
    def between_pt(self) -> float:
        return self.setter.units(_AFTER_UNITS[self.kind])

    @property
    def cut_cost(self) -> int:
        """What dividing it costs."""
        if self.kind == "check":
            return CUT_TICKS
        return CUT_FORM if any(entry.is_form for entry in self.entries) else CUT_LIST

    def height_of(self, entries: Sequence[_Entry]) -> float:
        """Return the height of entries, in this list's columns."""
        return self._divided(entries)[1]

    def split_columns(self, entries: Sequence[_Entry]) -> list[Sequence[_Entry]]:
        """Divide entries over the columns."""
        at, _ = self._divided(entries)
        return [entries[:at], entries[at:]] if at < len(entries) else [entries]

    def _divided(self, entries: Sequence[_Entry]) -> tuple[int, float]:
        """Return where the second column begins, and the height of the higher one.

        The lowest highest column wins, then the most even number of items.
        """
        between = self.between_pt
        heights = [entry.height_pt for entry in entries]
        count = len(heights)
        best = count, sum(heights) + max(0, count - 1) * between
        if self.columns == 1 or count < 2:
            return best
        ends, least = (0.0, *accumulate(heights)), math.inf
        for at in (self.division,) if self.division else _from_the_middle(count):
            first = ends[at] + (at - 1) * between
            second = ends[count] - ends[at] + (count - at - 1) * between
            higher = max(first, second)
            if higher < least - EPSILON_PT:
                least = higher
                best = at, least
        return best

    def piece(
        self,
        entries: tuple[_Entry, ...],
        *,
        before: float,
        after: float,
        indent: float = 0.0,
    ) -> Piece:
        """Return entries as a piece that divides between items."""
        least = max(_LEAST_ITEMS[self.kind], 2 * self.columns)
        can_split = len(entries) >= 2 * least and not self.division

        def paint(canvas: Canvas, x: float, y: float) -> None:
            for number, column in enumerate(self.split_columns(entries)):
                self._paint_column(canvas, column, x + number * self.second_at_pt, y)

        def split(room: float) -> tuple[Piece, Piece] | None:
            for at in range(len(entries) - least, least - 1, -1):
                if self.height_of(entries[:at]) <= room + EPSILON_PT:
                    head = self.piece(entries[:at], before=before, after=0.0)
                    return head, self.piece(entries[at:], before=0.0, after=after)
            return None

        return Piece(
            height_pt=self.height_of(entries),
            paint=paint,
            before=before,
            after=after,
            first_pt=self.height_of(entries[:least]) if can_split else None,
            is_set=True,
            cut_cost=self.cut_cost,
            indent_pt=indent,
            split=split if can_split else None,
            element=self.element,
        )

    def _paint_column(
        self, canvas: Canvas, entries: Sequence[_Entry], x: float, y: float
    ) -> None:
        metrics = self.setter.metrics("body")
        for entry in entries:
            self._paint_mark(canvas, entry, x, y, metrics)
            paint_stack(entry.pieces, canvas, x + self.indent_pt, y)
            y += entry.height_pt + self.between_pt

    def _paint_mark(
        self, canvas: Canvas, entry: _Entry, x: float, y: float, metrics: Metrics
    ) -> None:
        palette = self.setter.palette
        middle = y + metrics.baseline_pt - self.setter.scale.mid_em * metrics.size_pt
        match self.kind:
            case "bullet":
                size = _BULLET_PT
                canvas.box(
                    x + _BULLET_AT_PT - size / 2,
                    middle - size / 2,
                    size,
                    size,
                    radius=size / 2,
                    fill=palette.brand,
                    element=entry.element,
                )
            case "check":
                size = _TICK_EM * self.setter.size_pt
                canvas.box(
                    x,
                    middle - size / 2,
                    size,
                    size,
                    radius=_TICK_RADIUS_PT,
                    fill=palette.white,
                    stroke=palette.ink,
                    stroke_pt=_TICK_STROKE_PT,
                    element=entry.element,
                )
            case "number":
                label = self.setter.label(
                    entry.mark,
                    "table-head",
                    width_pt=self.indent_pt,
                    color=palette.brand,
                    background=self.background,
                    artifact="number",
                    lang=None,
                    element=entry.element,
                )
                lift = metrics.baseline_pt - label.metrics.baseline_pt
                label.paint(canvas, x, y + lift)


def list_piece(
    setter: Setter,
    block: ListBlock,
    room: ListRoom,
    *,
    before: float,
    after: float,
    indent: float = 0.0,
) -> Piece:
    """Return a list as a piece, in two columns where that may and can be."""
    chosen = None
    if block.kind == "check":
        chosen = _in_two_columns(setter, block, room)
    elif room.two_columns:
        chosen = _in_short_columns(setter, block, room)
    if chosen is None:
        entries = tuple(_entries(setter, block, room, repeat(room.width_pt)))
        chosen = _list_set(setter, block, room, entries, room.width_pt)
    return chosen.piece(chosen.entries, before=before, after=after, indent=indent)


def _in_two_columns(setter: Setter, block: ListBlock, room: ListRoom) -> _ListSet | None:
    """Return a list in two columns; None if it is too short, or an item too long."""
    if len(block.items) < 2 * _LEAST_ITEMS["check"]:
        return None
    column = (room.width_pt - _CHECK_GAP_PT) / 2
    whole_before = len(setter.strained)
    entries: list[_Entry] = []
    for entry in _entries(setter, block, room, repeat(column)):
        if entry.lines > _COLUMN_LINES or len(setter.strained) > whole_before:
            break
        entries.append(entry)
    del setter.strained[whole_before:]
    if len(entries) < len(block.items):
        return None
    second_at = column + _CHECK_GAP_PT
    return _list_set(setter, block, room, tuple(entries), column, second_at)


def _in_short_columns(
    setter: Setter, block: ListBlock, room: ListRoom
) -> _ListSet | None:
    """Return a list in two columns where each item has one line; None if some have not.

    The columns are equal, or as wide as their items ask; but the items are shared evenly.
    """
    count, gap = len(block.items), room.column_gap_pt
    if count < 2 * _LEAST_ITEMS["bullet"]:
        return None
    indent = _indent(setter, block.kind)
    widths = [indent + _width(setter, item) for item in block.items]
    half = (room.width_pt - gap) / 2
    for at in _from_the_middle(count):
        if abs(2 * at - count) > _UNEVEN_ITEMS:
            break
        first, second = max(widths[:at]), max(widths[at:])
        if first + gap + second > room.width_pt:
            continue
        second_at = min(max(half, first) + gap, room.width_pt - second)
        columns = (second_at - gap, room.width_pt - second_at)
        asked = [columns[0]] * at + [columns[1]] * (count - at)
        entries = tuple(_entries(setter, block, room, asked))
        return _list_set(setter, block, room, entries, columns[0], second_at, at)
    return None


def _width(setter: Setter, item: Item) -> float:
    """Return the width that an item asks to stand on one line."""
    only = item.blocks[0]
    if len(item.blocks) != 1 or not isinstance(only, Paragraph):
        return math.inf
    shaped, size_pt = setter.shaped(only.children, "body", only)
    if LINE_SEPARATOR in shaped.text:
        return math.inf
    return shaped.width(size_pt) + EPSILON_PT


def _list_set(  # noqa: PLR0917  # three callers, above
    setter: Setter,
    block: ListBlock,
    room: ListRoom,
    entries: tuple[_Entry, ...],
    column_pt: float,
    second_at_pt: float = 0.0,
    division: int = 0,
) -> _ListSet:
    return _ListSet(
        setter=setter,
        kind=block.kind,
        entries=entries,
        element=block.element,
        columns=2 if second_at_pt else 1,
        column_pt=column_pt,
        second_at_pt=second_at_pt,
        division=division,
        indent_pt=_indent(setter, block.kind),
        background=room.background,
    )


def _entries(
    setter: Setter, block: ListBlock, room: ListRoom, columns_pt: Iterable[float]
) -> Iterator[_Entry]:
    """Measure the items, each in a column so wide, one after the other."""
    indent = _indent(setter, block.kind)
    for number, (item, column) in enumerate(
        zip(block.items, columns_pt, strict=False), 1
    ):
        mark = setter.source.in_digits(str(number)) if block.kind == "number" else ""
        inner = ListRoom(width_pt=column - indent, background=room.background)
        yield _entry(setter, item, inner, mark)


def _indent(setter: Setter, kind: ListKind) -> float:
    if kind == "check":
        return _TICK_INDENT_EM * setter.size_pt
    more = _NUMBER_MORE_PT if kind == "number" else 0.0
    return _INDENT_EM * setter.size_pt + more


def _entry(setter: Setter, item: Item, room: ListRoom, mark: str) -> _Entry:
    pieces: list[Stacked] = []
    lines = 0
    is_form = False
    between = setter.units(0.7)
    for block in item.blocks:
        match block:
            case Paragraph():
                if block.css_class == "alt":
                    continue
                text = setter.text(
                    block.children,
                    "body",
                    room.width_pt,
                    block,
                    background=room.background,
                    after=between,
                )
                lines += text.lines
                is_form = is_form or BLANK in text.shaped.text
                pieces.append(text)
            case ListBlock():
                lines += len(block.items) + 2
                pieces.append(
                    list_piece(setter, block, room, before=between, after=between)
                )
            case _:
                raise TypeError(f"a list item holds {type(block).__name__}")
    height = stack_height(pieces)
    return _Entry(tuple(pieces), mark, item.element, height, lines, is_form)
