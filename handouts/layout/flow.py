"""Pieces → pages: what stays together, where to divide, what fills the last lines.

Greedy from the top: a page takes what it may. Page design, section 11.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from handouts.layout.piece import CUT_LIST, CUT_TABLE, CUT_TICKS, Piece, gap_between
from handouts.units import EPSILON_PT

__all__ = ["Flow", "FlowRoom", "Laid", "paginate"]

_EMPTY_SHARE: Final = 0.2
_VERY_EMPTY_SHARE: Final = 0.3
_HALF_EMPTY_SHARE: Final = 0.35
"""More than a table divided between its rows would cost."""
_EMPTY: Final = 2
_VERY_EMPTY: Final = 1
_HALF_EMPTY: Final = 2
_ONLY_LINES: Final = 3
"""The last page holds nothing but questions to write: a sheet of paper for six lines."""
_BOX_DIVIDED: Final = 8
_QUESTION_PIECES: Final = 3
"""A heading, a sentence and the lines."""
_MOST_PAGES: Final = 200
"""A leaflet of more pages is a mistake; a flow that cannot end stops here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRoom:
    """The room on the pages, y from the sheet's top.

    `head_after` is the space that the furniture above asks on the first page and on
    the others (None: nothing stands above, and the first piece begins at the top).
    `end_pt` is what must be free at the foot of the last page.
    """

    first_top: float
    other_top: float
    foot: float
    head_after: tuple[float | None, float | None]
    end_pt: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece and where it stands."""

    piece: Piece
    y: float


@dataclass(frozen=True, slots=True)
class Flow:
    """The pages; `overfull` are pieces higher than a page, which were forced."""

    pages: tuple[tuple[Laid, ...], ...]
    overfull: tuple[Piece, ...]
    cost: int
    """What its page breaks do to the reader: 0 where nothing is torn or left empty."""
    forced: tuple[Piece, ...]
    last_foot: float
    """Where the last page's content ends."""


def paginate(pieces: Sequence[Piece], room: FlowRoom) -> Flow:
    """Return pieces set on pages, in order.

    Pages are filled as far as they go. Where that tears something, tick lists are
    moved on whole, then tables, then lists too, if this takes no page more and costs
    less.
    """
    best = _Pager(room).run(list(pieces))
    for least_cost in (CUT_TICKS, CUT_TABLE, CUT_LIST):
        if not best.cost:
            break
        tried = _Pager(room).run([_whole(piece, least_cost) for piece in pieces])
        is_longer = len(tried.pages) > len(best.pages)
        is_forced = len(tried.overfull) > len(best.overfull)
        if tried.cost < best.cost and not (is_longer or is_forced):
            best = tried
    return best


def _whole(piece: Piece, least_cost: int) -> Piece:
    """Return a piece that stays whole, if dividing it costs so much."""
    if piece.cut_cost < least_cost:
        return piece
    return piece._replace(
        split=None, first_pt=None, keep_next=piece.keep_next or piece.tear_cost > 0
    )


class _Pager:
    """Fills one page after the other."""

    def __init__(self, room: FlowRoom) -> None:
        self._room = room
        self._pages: list[list[Laid]] = [[]]
        self._y = room.first_top
        self._overfull: list[Piece] = []
        self._cut_cost = 0
        self._forced: list[Piece] = []

    def run(self, waiting: list[Piece]) -> Flow:
        pieces = tuple(waiting)
        waiting.reverse()  # the next piece is the last, so that taking it is cheap
        while waiting and len(self._pages) <= _MOST_PAGES:
            self._step(waiting)
        self._make_room_for_end()
        laid = [self._grown(number) for number in range(len(self._pages))]
        return Flow(
            tuple(tuple(_footed(page)) for page in laid),
            tuple(self._overfull),
            sum(piece.cost for piece in pieces) + self._cut_cost + self._cost(laid),
            tuple(self._forced),
            _foot(laid[-1]) if laid[-1] else self._top(len(laid) - 1),
        )

    def _cost(self, pages: Sequence[Sequence[Laid]]) -> int:
        """Return what the page breaks cost, divided blocks left out."""
        cost = _BOX_DIVIDED * len(self._forced)
        height = self._room.foot - self._room.other_top
        for page, after in pairwise(pages):
            if not (page and after):
                continue
            cost += page[-1].piece.tear_cost
            empty = (self._room.foot - _foot(page)) / height
            if empty > _EMPTY_SHARE:
                cost += _EMPTY + after[0].piece.is_box
                cost += _VERY_EMPTY * (empty > _VERY_EMPTY_SHARE)
                cost += _HALF_EMPTY * (empty > _HALF_EMPTY_SHARE)
        if len(pages) > 1 and _is_only_to_write_on(pages[-1]):
            cost += _ONLY_LINES
        return cost

    def _top(self, number: int) -> float:
        return self._room.other_top if number else self._room.first_top

    def _gap(self, piece: Piece) -> float:
        page = self._pages[-1]
        if page:
            return gap_between(page[-1].piece, piece)
        asked = self._room.head_after[min(len(self._pages) - 1, 1)]
        return 0.0 if asked is None else max(asked, piece.before)

    def _step(self, waiting: list[Piece]) -> None:
        """Place the next piece, a part of it, or turn the page."""
        chain = _chain(waiting)
        first = chain[0]
        left = self._room.foot - self._y - self._gap(first) + EPSILON_PT
        if self._pages[-1] and not self._may_begin(chain, left):
            self._turn()
            return
        if first.height_pt <= left and not _leaves_next_alone(waiting, left):
            self._place(waiting.pop())
            return
        # Where the piece itself has room, its last part moves on with the next piece.
        most = min(left, first.height_pt - 2 * EPSILON_PT)
        parts = first.split(most) if first.split is not None else None
        if parts is None and self._pages[-1]:
            self._turn()
            return
        if parts is None and first.force is not None:
            parts = first.force(left)
            if parts is not None:
                self._forced.append(first)
        waiting.pop()
        if parts is None:
            self._overfull.append(first)
            self._place(first)
            self._turn()
            return
        head, tail = parts
        self._cut_cost += first.cut_cost
        self._place(head._replace(indent_pt=first.indent_pt))
        waiting.append(
            tail._replace(indent_pt=first.indent_pt, keep_last=first.keep_last)
        )
        self._turn()

    def _may_begin(self, chain: Sequence[Piece], left: float) -> bool:
        """Return whether what is tied together has room for its first part."""
        needed = sum(piece.height_pt for piece in chain[:-1]) + chain[-1].least_pt
        for i in range(1, len(chain)):
            needed += gap_between(chain[i - 1], chain[i])
        if needed > left:
            return False
        first = chain[0]
        near_foot = left < first.near_pt
        return not (near_foot and first.tail_pt > left)

    def _place(self, piece: Piece) -> None:
        y = self._y + self._gap(piece)
        self._pages[-1].append(Laid(piece, y))
        self._y = y + piece.height_pt

    def _turn(self) -> None:
        self._pages.append([])
        self._y = self._top(len(self._pages) - 1)

    def _make_room_for_end(self) -> None:
        """Give the end of the last page its room, with the last block above it."""
        if not self._pages[-1] and len(self._pages) > 1:
            self._pages.pop()
        page = self._pages[-1]
        if not page or _foot(page) + self._room.end_pt <= self._room.foot + EPSILON_PT:
            return
        start = _last_start(page)
        moved = page[start:] if start else []
        del page[start or len(page) :]
        self._turn()
        for laid in moved:
            self._place(laid.piece)
        page = self._pages[-1]
        if page and _foot(page) + self._room.end_pt > self._room.foot + EPSILON_PT:
            self._turn()  # the moved block fills its page: the end has one for itself

    def _grown(self, number: int) -> list[Laid]:
        """Return a page with as many write-in lines more as it has room for."""
        page = self._pages[number]
        if not page:
            return page
        end = self._room.end_pt if number == len(self._pages) - 1 else 0.0
        spare = self._room.foot - end - _foot(page)
        grown: list[Laid] = []
        shift = 0.0
        for laid in page:
            piece = laid.piece
            if piece.grow is not None and piece.grow_pt > 0:
                more = min(piece.grow_max, int((spare + EPSILON_PT) / piece.grow_pt))
                if more > 0:
                    piece = piece.grow(more)._replace(indent_pt=piece.indent_pt)
                    grown.append(Laid(piece, laid.y + shift))
                    shift += more * laid.piece.grow_pt
                    spare -= more * laid.piece.grow_pt
                    continue
            grown.append(Laid(piece, laid.y + shift))
        return grown


def _chain(waiting: Sequence[Piece]) -> list[Piece]:
    """Return the next piece with all that is tied to it; `waiting` is reversed.

    A piece whose last part alone is tied, and that can be divided, ends the chain.
    """
    chain: list[Piece] = []
    for piece in reversed(waiting):
        chain.append(piece)
        if not (piece.keep_next or (piece.keep_last and piece.split is None)):
            break
    return chain


def _leaves_next_alone(waiting: Sequence[Piece], left: float) -> bool:
    """Return True if the next piece would begin a page without what it belongs to."""
    first = waiting[-1]
    if not first.keep_last or first.split is None or len(waiting) < 2:
        return False
    after = waiting[-2]
    return first.height_pt + gap_between(first, after) + after.least_pt > left


def _foot(page: Sequence[Laid]) -> float:
    return page[-1].y + page[-1].piece.height_pt


def _last_start(page: Sequence[Laid]) -> int:
    """Return where the last block of a page begins that could begin a page."""
    start = len(page) - 1
    while start and (page[start - 1].piece.keep_next or page[start - 1].piece.keep_last):
        start -= 1
    return start


def _is_only_to_write_on(page: Sequence[Laid]) -> bool:
    """Return whether a page holds one short section with write-in lines, and no more."""
    if not page or len(page) > _QUESTION_PIECES:
        return False
    return page[-1].piece.is_lines


def _footed(page: Sequence[Laid]) -> list[Laid]:
    """Return a page whose last piece is drawn as it is at a foot."""
    if not page or page[-1].piece.foot is None:
        return list(page)
    foot = page[-1].piece.foot
    last = Laid(foot._replace(indent_pt=page[-1].piece.indent_pt), page[-1].y)
    return [*page[:-1], last]
