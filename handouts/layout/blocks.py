"""Blocks of the document → pieces, in the rooms where blocks may stand.

The body's sections are numbered here: the same number at the same place in every
language, in Latin digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.document.tree import (
    Aside,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Rule,
    Section,
    Table,
)
from handouts.layout.boxes import BOX_TEXT_PT, box_piece, split_heading
from handouts.layout.canvas import Canvas
from handouts.layout.diary import diary_piece
from handouts.layout.figures import figure_piece
from handouts.layout.formats import MEASURE_PT, RAIL_PT, TEXT_EDGE_PT
from handouts.layout.lists import ListRoom, list_piece
from handouts.layout.piece import (
    CUT_FORM,
    CUT_TICKS,
    TORN_END,
    TORN_FORM,
    TORN_START,
    TORN_TICKS,
    Piece,
    gap_between,
)
from handouts.layout.setter import Setter
from handouts.layout.symbols import draw_symbol
from handouts.layout.table import table_piece

__all__ = ["body_pieces"]

_DISC_PT: Final = 23.0
_ONE_LINE: Final = 1.5
_POINTER_SYMBOL: Final = "phone"
_POINTER_SYMBOL_PT: Final = 15.0
_POINTER_UNITS: Final = 2.0
"""Space above and below the pointer."""
_CAP_HEIGHT_EM: Final = 0.714  # of Noto Sans, in which the number is set
_RULE_PT: Final = 0.5
_KEPT_LINES: Final = 2
_KEPT_LINES_TO_READ: Final = 8
"""Before a figure or a table: it says how to read them, and stands with them."""
_SHORT_LINES: Final = 3
"""A paragraph of so many lines or fewer stays with the list or figure it introduces."""
_SAFETY_LINES: Final = 6
_END_LINES: Final = 7
"""What is as high or less at the end of a section should not begin a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """Where blocks stand: the width, and the box around them, if any."""

    width_pt: float
    background: str
    box: str | None = None

    @property
    def indent_pt(self) -> float:
        """From the frame's start to the text; a box stands there as a whole."""
        return 0.0 if self.box is not None else TEXT_EDGE_PT


def body_pieces(setter: Setter, body: Section) -> list[Piece]:
    """Return the pieces of the body, ready for the pages."""
    room = _Room(width_pt=MEASURE_PT, background=setter.palette.white)
    pieces: list[Piece] = []
    number = 0
    for block in body.blocks:
        if isinstance(block, Section):
            has_heading = any(
                isinstance(b, Heading) and b.level == 2 for b in block.blocks
            )
            number += has_heading
            pieces += _section(setter, block, room, number if has_heading else None)
            continue
        if _is_pointer(block) and pieces:
            # It is no new matter, but what to do next: so it stands near the message.
            pieces[-1] = pieces[-1]._replace(after=setter.units(_POINTER_UNITS))
        pieces += _pieces(setter, (block,), room)
    return pieces


def _is_pointer(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.css_class == "pointer"


def _section(
    setter: Setter, section: Section, room: _Room, number: int | None
) -> list[Piece]:
    pieces = list(_pieces(setter, section.blocks, room, number=number))
    if len(pieces) == len(section.blocks):
        _tie(setter, section.blocks, pieces)
        _hold_ticks(pieces)
        _hold_start(setter, section.blocks, pieces)
        _hold_ends(setter, section.blocks, pieces)
    if section.safety and pieces:
        height = sum(piece.height_pt for piece in pieces)
        height += sum(
            gap_between(pieces[i - 1], pieces[i]) for i in range(1, len(pieces))
        )
        near = _SAFETY_LINES * setter.metrics("body").leading_pt
        pieces[0] = pieces[0]._replace(tail_pt=height, near_pt=near)
    return pieces


def _tie(setter: Setter, blocks: Sequence[Block], pieces: list[Piece]) -> None:
    """Keep a short paragraph with what it speaks of: alone it says too little.

    That is a list to fill in above it, and at a section's end whatever stands above, a
    picture left out. A limit under a list of illnesses must not begin a page, nor the
    question whether a line above is still empty. What introduces the next block is no
    such word.
    """
    short = _SHORT_LINES * setter.metrics("body").leading_pt + 1
    for at in range(2, len(blocks)):
        if not isinstance(blocks[at], Paragraph) or pieces[at].height_pt > short:
            continue
        above = blocks[at - 1]
        is_last = at == len(blocks) - 1 and not isinstance(above, Figure)
        is_form = isinstance(above, ListBlock) and pieces[at - 1].cut_cost >= CUT_FORM
        if is_last or (is_form and not pieces[at].keep_next):
            pieces[at - 1] = pieces[at - 1]._replace(keep_last=True)


def _hold_ticks(pieces: list[Piece]) -> None:
    """Let it cost to part a tick list from its section's heading, or from its words.

    Words that introduce what follows them are not the list's.
    """
    ticks = [at for at, piece in enumerate(pieces) if piece.cut_cost == CUT_TICKS]
    if not ticks:
        return
    for at in range(ticks[0]):
        pieces[at] = pieces[at]._replace(tear_cost=TORN_TICKS)
    for at in ticks:
        if at + 1 < len(pieces) and not pieces[at + 1].keep_next:
            pieces[at] = pieces[at]._replace(tear_cost=TORN_TICKS)


def _hold_start(setter: Setter, blocks: Sequence[Block], pieces: list[Piece]) -> None:
    """Let it cost to begin a section with one line at a foot, and no more of it."""
    if len(pieces) <= 2 or not isinstance(blocks[1], Paragraph):
        return
    is_line = pieces[1].height_pt <= _ONE_LINE * setter.metrics("body").leading_pt
    if is_line and not pieces[1].keep_next:
        cost = max(pieces[1].tear_cost, TORN_START)
        pieces[1] = pieces[1]._replace(tear_cost=cost)


def _hold_ends(setter: Setter, blocks: Sequence[Block], pieces: list[Piece]) -> None:
    """Let it cost to begin a page with the last few lines of a section.

    Below no heading nobody knows what they belong to, least of all where they ask for
    something to be written down. What has a heading of its own may begin a page.
    """
    most = _END_LINES * setter.metrics("body").leading_pt
    below, cost = 0.0, TORN_END
    for at in range(len(pieces) - 1, 1, -1):
        piece, above = pieces[at], pieces[at - 1]
        below += piece.height_pt
        if below > most or isinstance(blocks[at], Heading):
            return
        if piece.is_lines:
            cost = TORN_FORM
        if above.tear_cost < cost and not above.keep_next:  # no page ends with that
            pieces[at - 1] = above._replace(tear_cost=cost)
        if piece.split is not None and not piece.is_set:
            pieces[at] = pieces[at]._replace(cut_cost=cost)


def _pieces(
    setter: Setter, blocks: Sequence[Block], room: _Room, *, number: int | None = None
) -> Iterator[Piece]:
    """Yield the pieces of blocks that stand one below the other."""
    indent = room.indent_pt
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        match block:
            case Section():
                yield from _pieces(setter, block.blocks, room, number=number)
            case Aside():
                yield _aside(setter, block)
            case Table() if block.diary:
                # As wide as a box: a pen needs the room of the rail, too.
                width = room.width_pt + indent
                yield diary_piece(setter, block, width, background=room.background)
            case Table():
                yield table_piece(
                    setter,
                    block,
                    room.width_pt,
                    background=room.background,
                    rail_pt=indent,
                )
            case Paragraph() if block.css_class == "pointer":
                yield _pointer(setter, block, room)
            case Paragraph():
                if block.css_class != "alt":
                    is_key = room.box == "key-message" and index == 0
                    yield _paragraph(setter, block, room, after, is_key=is_key)
            case _:
                piece = _plain(setter, block, room, number)
                yield piece._replace(indent_pt=indent) if indent else piece


def _plain(
    setter: Setter,
    block: Heading | ListBlock | Figure | Rule,
    room: _Room,
    number: int | None,
) -> Piece:
    match block:
        case Heading():
            return _heading(setter, block, room, number if block.level == 2 else None)
        case ListBlock():
            return _list(setter, block, room)
        case Figure():
            return figure_piece(setter, block, room.width_pt, background=room.background)
        case Rule():
            return _rule(setter, room)


def _paragraph(
    setter: Setter, block: Paragraph, room: _Room, after: Block | None, *, is_key: bool
) -> Piece:
    if is_key:
        text = setter.text(
            block.children,
            "key",
            room.width_pt,
            block,
            background=room.background,
            balance=False,
        )
        text = text._replace(balance_short=True)
        return text.piece(after=setter.units(1.2), indent=room.indent_pt)
    text = setter.text(
        block.children,
        "body",
        setter.paragraph_width(room.width_pt),
        block,
        background=room.background,
        justify=True,
    )
    introduces = isinstance(after, ListBlock | Figure | Table)
    most = _KEPT_LINES if isinstance(after, ListBlock) else _KEPT_LINES_TO_READ
    keep = introduces and text.lines <= most
    return text.piece(after=setter.units(1.2), keep_next=keep, indent=room.indent_pt)


def _pointer(setter: Setter, block: Paragraph, room: _Room) -> Piece:
    """Return the line that points to the emergency box, with that box's own signal."""
    text = setter.text(
        block.children,
        "body",
        setter.paragraph_width(room.width_pt),
        block,
        background=room.background,
        bold=True,
    )
    middle = text.metrics.leading_pt / 2
    lift = max(0.0, _DISC_PT / 2 - middle)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        palette = setter.palette
        at, top = x - TEXT_EDGE_PT + (RAIL_PT - _DISC_PT) / 2, y + lift + middle
        canvas.box(
            at,
            top - _DISC_PT / 2,
            _DISC_PT,
            _DISC_PT,
            radius=_DISC_PT / 2,
            fill=palette.red,
        )
        inside = _POINTER_SYMBOL_PT
        draw_symbol(
            canvas,
            _POINTER_SYMBOL,
            at + (_DISC_PT - inside) / 2,
            top - inside / 2,
            inside,
            color=palette.white,
            background=palette.red,
        )
        text.paint(canvas, x, y + lift)

    piece = text.piece(indent=room.indent_pt)
    space = setter.units(_POINTER_UNITS)
    return piece._replace(
        height_pt=piece.height_pt + 2 * lift,
        before=space,
        after=space,
        paint=paint,
        split=None,
        first_pt=None,
    )


def _heading(setter: Setter, block: Heading, room: _Room, number: int | None) -> Piece:
    name = "h2" if block.level <= 2 else "h3"
    text = setter.text(
        block.children,
        "h2" if name == "h2" else "h3",
        room.width_pt,
        block,
        background=room.background,
    )
    before = setter.units(3.1 if name == "h2" else 2.0) if room.box is None else 0.0
    after = setter.units(0.8 if name == "h2" else 0.6)
    piece = text.piece(before=before, after=after, keep_next=True)
    if number is None:
        return piece
    middle = text.metrics.baseline_pt - (
        setter.scale.heading_mid_em * text.metrics.size_pt
    )
    # A heading of small leading leaves the disc less than its own height above.
    lift = max(0.0, _DISC_PT / 2 - middle)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        _disc(setter, canvas, str(number), x - TEXT_EDGE_PT, y + lift + middle)
        text.paint(canvas, x, y + lift)

    return piece._replace(
        height_pt=piece.height_pt + lift,
        before=max(0.0, before - lift),
        paint=paint,
    )


def _disc(setter: Setter, canvas: Canvas, number: str, x: float, middle: float) -> None:
    palette = setter.palette
    at = x + (RAIL_PT - _DISC_PT) / 2
    canvas.box(
        at,
        middle - _DISC_PT / 2,
        _DISC_PT,
        _DISC_PT,
        radius=_DISC_PT / 2,
        fill=palette.brand,
    )
    label = setter.label(
        number,
        "disc",
        width_pt=_DISC_PT,
        color=palette.white,
        background=palette.brand,
        artifact="number",
        align="centre",
    )
    size = label.metrics.size_pt
    top = middle + _CAP_HEIGHT_EM / 2 * size - label.metrics.baseline_pt
    label.paint(canvas, at, top)


def _list(setter: Setter, block: ListBlock, room: _Room) -> Piece:
    list_room = ListRoom(
        width_pt=room.width_pt,
        background=room.background,
        two_columns=room.box == "emergency",
    )
    return list_piece(setter, block, list_room, before=0.0, after=setter.units(1.2))


def _aside(setter: Setter, block: Aside) -> Piece:
    _, rest = split_heading(block)
    room = _Room(width_pt=BOX_TEXT_PT, background=setter.palette.white, box=block.kind)
    return box_piece(setter, block, list(_pieces(setter, rest, room)))


def _rule(setter: Setter, room: _Room) -> Piece:
    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.rule(
            x,
            y + _RULE_PT / 2,
            room.width_pt,
            thickness=_RULE_PT,
            color=setter.palette.ink,
        )

    space = setter.units(2.0)
    return Piece(height_pt=_RULE_PT, paint=paint, before=space, after=space)
