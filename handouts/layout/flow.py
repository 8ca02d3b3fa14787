"""Pieces → pages: what stays together, where to divide, what fills the last lines.

Pages are filled from the top as far as they go. Where that tears something or leaves a
page empty, all the other places where a page may end are weighed against each other,
and the cheapest way through them is taken. Page design, section 11.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final, NamedTuple, TypeAlias

from handouts.layout.piece import Piece, gap_between
from handouts.units import EPSILON_PT

__all__ = ["Flow", "FlowRoom", "Laid", "paginate"]

_EMPTY: Final = ((0.2, 2), (0.3, 1), (0.35, 2), (0.45, 3), (0.6, 4))
"""What an empty share of a page costs: from each share on so much more.

From 35 % on that is more than a table divided between its rows.
"""
_SEEMS_TO_END: Final = 1
"""What it costs more on page 1, whose readers may not turn it."""
_SEEMS_TO_END_SHARE: Final = 0.3
_BEFORE_BOX: Final = 1
"""What it costs more where a warning or an emergency then begins the next page."""
_LONELY: Final = ((0.4, 2), (0.25, 1))
"""What a last page costs that is filled less: a sheet for six lines gets lost."""
_ONLY_LINES: Final = 3
_ONLY_BOX: Final = 2
"""A sheet for one box, which would rather stand with what it belongs to."""
_BOX_DIVIDED: Final = 8
_MOST_WARNINGS: Final = 2
"""On a page: more of them frighten, and each is worth less."""
_QUESTION_PIECES: Final = 3
"""A heading, a sentence and the lines."""
_NEAR_FOOT_PT: Final = 36.0
"""Nearer to the foot of the frame a rule would look like a second one of the footer."""
_ROUNDING: Final = 1e-6
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

    @property
    def height_pt(self) -> float:
        """The height of every page but the first."""
        return self.foot - self.other_top


@dataclass(frozen=True, slots=True)
class Laid:
    """A piece and where it stands."""

    piece: Piece
    y: float

    @property
    def foot(self) -> float:
        """Where it ends."""
        return self.y + self.piece.height_pt


@dataclass(frozen=True, slots=True)
class Flow:
    """The pages; `overfull` are pieces higher than a page, which were forced."""

    pages: tuple[tuple[Laid, ...], ...]
    overfull: tuple[Piece, ...]
    cost: int
    """What its page breaks do to the reader: 0 where nothing is torn or left empty."""
    lonely: int
    """What of the cost is for a last page that is hardly filled."""
    forced: tuple[Piece, ...]
    last_foot: float
    """Where the last page's content ends."""


def paginate(pieces: Sequence[Piece], room: FlowRoom) -> Flow:
    """Return pieces set on pages, in order: the fewest pages, then the lowest cost."""
    pager = _Pager(pieces, room)
    filled = pager.filled()
    if _cost(filled) and len(filled) > 1:
        filled = pager.cheaper(filled)
    return pager.flow(filled)


class _Start(NamedTuple):
    """Where a page begins: with a piece, or with what is left of it."""

    at: int
    rest: Piece | None = None

    @property
    def order(self) -> tuple[int, float]:
        """Grows with all that stands before it; equal where the same is left."""
        return self.at, -math.inf if self.rest is None else -self.rest.height_pt


class _Page(NamedTuple):
    """A page that ends after `upto` pieces of those laid on it, and a part of the next.

    `then` begins the next page; None: nothing is left.
    """

    laid: Sequence[Laid]
    upto: int
    cost: int
    then: _Start | None
    part: Laid | None = None
    forced: Piece | None = None
    overfull: Piece | None = None

    @property
    def content(self) -> list[Laid]:
        """What stands on it."""
        return [*self.laid[: self.upto], *((self.part,) if self.part else ())]


_Way: TypeAlias = "list[_Page]"


class _Reached(NamedTuple):
    """A start, reached with so many pages that cost so much; `way` ends with them."""

    pages: int
    cost: int
    start: _Start
    before: _Reached | None = None
    page: _Page | None = None


class _Pager:
    """Fills pages from any start, and remembers how each may end."""

    def __init__(self, pieces: Sequence[Piece], room: FlowRoom) -> None:
        self._pieces = pieces
        self._room = room
        self._pages: dict[tuple[int, float], list[_Page]] = {}
        self._needed = [0.0] * len(pieces)
        self._left = [0.0] * (len(pieces) + 1)
        self._largest_gap = 0.0
        for at in range(len(pieces) - 1, -1, -1):
            gap = self._gap_after(pieces[at], at)
            self._largest_gap = max(self._largest_gap, gap)
            self._needed[at] = self._needed_by(pieces[at], at)
            height = min(pieces[at].height_pt, room.height_pt)
            self._left[at] = height + gap + self._left[at + 1]

    def filled(self) -> _Way:
        """Return pages that are each filled as far as they go."""
        way: _Way = []
        start: _Start | None = _Start(0)
        while start is not None and len(way) < _MOST_PAGES:
            way.append(self._ends(start)[-1])
            start = way[-1].then
        return way

    def cheaper(self, filled: _Way) -> _Way:
        """Return the cheapest of all ways that take the fewest pages.

        Starts are looked at in their order, so that each is reached by its cheapest way
        before it is left. What cannot end better than the best way known is dropped.
        """
        best, last = (_count(filled), _cost(filled)), None
        first = _Start(0)
        reached = {first.order: _Reached(0, 0, first)}
        waiting = [first.order]
        while waiting:
            here = reached[heappop(waiting)]
            for page in self._ends(here.start):
                pages = here.pages + _count((page,))
                cost = here.cost + page.cost
                there = page.then
                if there is None:
                    if (pages, cost) < best:
                        best = pages, cost
                        last = _Reached(pages, cost, here.start, here, page)
                    continue
                if (pages + self._least_pages(there), cost) >= best:
                    continue
                known = reached.get(there.order)
                if known is None:
                    heappush(waiting, there.order)
                # Of two that cost the same, the one with the fuller pages before it.
                if known is None or (pages, cost) <= known[:2]:
                    reached[there.order] = _Reached(pages, cost, there, here, page)
        return filled if last is None else _way_to(last)

    def flow(self, way: _Way) -> Flow:
        """Return the pages of a way, with their write-in lines grown."""
        end = len(way) - 1
        laid = [
            _grown(page.content, self._spare(page.content, is_last=number == end))
            for number, page in enumerate(way)
        ]
        top = self._room.other_top if end else self._room.first_top
        return Flow(
            tuple(tuple(_footed(page, self._room.foot)) for page in laid),
            tuple(page.overfull for page in way if page.overfull is not None),
            sum(piece.cost for piece in self._pieces) + _cost(way),
            way[-1].cost if end else 0,
            tuple(page.forced for page in way if page.forced is not None),
            laid[-1][-1].foot if laid[-1] else top,
        )

    # How a page may end

    def _ends(self, start: _Start) -> list[_Page]:
        """Return how a page may end that begins so, the fullest last."""
        found = self._pages.get(start.order)
        if found is None:
            found = self._pages[start.order] = self._fill(start)
        return found

    def _fill(self, start: _Start) -> list[_Page]:
        pieces, room = self._pieces, self._room
        laid: list[Laid] = []
        ends: list[_Page] = []
        is_first = start.order == _Start(0).order
        y = room.first_top if is_first else room.other_top
        at, rest = start
        warnings = 0
        while at < len(pieces):
            piece = pieces[at] if rest is None else rest
            warnings += piece.is_warning
            if laid:
                gap = gap_between(laid[-1].piece, piece)
                may_begin = self._may_begin(piece, at, room.foot - y - gap + EPSILON_PT)
                is_full = warnings > _MOST_WARNINGS
                must_end = not may_begin or (is_full and not ends)
                if must_end or not _is_tied(laid[-1].piece):
                    ends.append(self._ended(laid, at))
                if must_end or is_full:
                    return ends
            else:
                asked = room.head_after[0 if is_first else 1]
                gap = 0.0 if asked is None else max(asked, piece.before)
            left = room.foot - y - gap + EPSILON_PT
            if piece.height_pt > left or self._leaves_next_alone(piece, at, left):
                ends.append(self._divided(laid, piece, at, y + gap))
                return ends
            laid.append(Laid(piece, y + gap))
            y += gap + piece.height_pt
            at, rest = at + 1, None
        if y + room.end_pt <= room.foot + EPSILON_PT or not laid:
            lonely = 0 if is_first else self._loneliness(laid)
            ends.append(_Page(laid, len(laid), lonely, None))
        elif not ends:  # its last block fills the page: the end has one for itself
            ends.append(self._ended(laid, at))
        return ends

    def _ended(self, laid: list[Laid], at: int) -> _Page:
        """Return the page that ends after what is laid so far."""
        after = self._pieces[at] if at < len(self._pieces) else None
        cost = laid[-1].piece.tear_cost + self._emptiness(laid, after)
        return _Page(laid, len(laid), cost, _Start(at))

    def _divided(self, laid: list[Laid], piece: Piece, at: int, y: float) -> _Page:
        """Return the page that ends within a piece, or before what cannot be divided."""
        left = self._room.foot - y + EPSILON_PT
        # Where the piece itself has room, its last part moves on with the next piece.
        most = min(left, piece.height_pt - 2 * EPSILON_PT)
        parts = piece.split(most) if piece.split is not None else None
        if parts is None and laid:
            return self._ended(laid, at)
        forced = None
        if parts is None and piece.force is not None:
            parts = piece.force(left)
            forced = piece if parts is not None else None
        if parts is None:
            return _Page([Laid(piece, y)], 1, 0, _Start(at + 1), overfull=piece)
        head = Laid(parts[0]._replace(indent_pt=piece.indent_pt), y)
        tail = parts[1]._replace(indent_pt=piece.indent_pt, keep_last=piece.keep_last)
        cost = piece.cut_cost + self._emptiness([*laid, head], tail)
        cost += _BOX_DIVIDED if forced is not None else 0
        return _Page(laid, len(laid), cost, _Start(at, tail), head, forced)

    def _may_begin(self, piece: Piece, at: int, left: float) -> bool:
        """Return whether what is tied to a piece has room for its first part."""
        whole = piece is self._pieces[at]
        needed = self._needed[at] if whole else self._needed_by(piece, at)
        return needed <= left and not (piece.tail_pt > left and left < piece.near_pt)

    def _needed_by(self, piece: Piece, at: int) -> float:
        """Return the least room for a piece with all that is tied to it.

        A piece whose last part alone is tied, and that can be divided, needs no more.
        """
        ties = piece.keep_next or (piece.keep_last and piece.split is None)
        if not ties or at + 1 == len(self._pieces):
            return piece.least_pt
        return piece.height_pt + self._gap_after(piece, at) + self._needed[at + 1]

    def _leaves_next_alone(self, piece: Piece, at: int, left: float) -> bool:
        """Return True if the next piece would begin a page without what it belongs to."""
        if not piece.keep_last or piece.split is None or at + 1 == len(self._pieces):
            return False
        after = self._pieces[at + 1]
        return piece.height_pt + gap_between(piece, after) + after.least_pt > left

    def _gap_after(self, piece: Piece, at: int) -> float:
        """Return the space between a piece and the one after number `at`."""
        if at + 1 == len(self._pieces):
            return 0.0
        return gap_between(piece, self._pieces[at + 1])

    # What it costs

    def _emptiness(self, content: list[Laid], after: Piece | None) -> int:
        """Return what the empty foot of a page costs, which `after` might have filled."""
        spare = self._spare(content, is_last=False)
        if after is None or spare <= _EMPTY[0][0] * self._room.height_pt:
            return 0
        for piece, more in _growths(content, spare):
            spare -= more * piece.grow_pt
        share = spare / self._room.height_pt
        cost = sum(cost for least, cost in _EMPTY if share > least)
        if content[0].piece is self._pieces[0] and share > _SEEMS_TO_END_SHARE:
            cost += _SEEMS_TO_END
        return cost + (_BEFORE_BOX if cost and after.is_box else 0)

    def _loneliness(self, laid: Sequence[Laid]) -> int:
        """Return what a last page costs that holds next to nothing."""
        if not laid:
            return 0
        if len(laid) <= _QUESTION_PIECES and laid[-1].piece.is_lines:
            return _ONLY_LINES
        if len(laid) == 1 and laid[0].piece.is_box:
            return _ONLY_BOX
        height = laid[-1].foot - self._room.other_top
        if height >= _LONELY[0][0] * self._room.height_pt:
            return 0
        growths = _growths(laid, self._spare(laid, is_last=True))
        height += sum(more * piece.grow_pt for piece, more in growths)
        share = height / self._room.height_pt
        return sum(cost for most, cost in _LONELY if share < most)

    def _least_pages(self, start: _Start) -> int:
        """Return how many pages the rest takes at least.

        Between two pages at most one gap falls away.
        """
        height = self._left[start.at] + self._room.end_pt
        if start.rest is not None:
            whole = self._pieces[start.at]
            height += start.rest.height_pt - min(whole.height_pt, self._room.height_pt)
        gap = self._largest_gap
        return max(
            1, math.ceil((height + gap) / (self._room.height_pt + gap) - _ROUNDING)
        )

    def _spare(self, content: Sequence[Laid], *, is_last: bool) -> float:
        end = self._room.end_pt if is_last else 0.0
        return self._room.foot - end - content[-1].foot if content else 0.0


def _cost(way: Sequence[_Page]) -> int:
    return sum(page.cost for page in way)


def _count(way: Sequence[_Page]) -> int:
    """Return how many pages; a block higher than a page counts as a page more."""
    return len(way) + sum(page.overfull is not None for page in way)


def _way_to(last: _Reached) -> _Way:
    way: _Way = []
    here: _Reached | None = last
    while here is not None and here.page is not None:
        way.append(here.page)
        here = here.before
    return way[::-1]


def _is_tied(piece: Piece) -> bool:
    """Return whether a page may not end with a piece."""
    return piece.keep_next or piece.keep_last


def _growths(content: Sequence[Laid], spare: float) -> Iterator[tuple[Piece, int]]:
    """Yield each piece, and how many write-in lines more it takes of the spare room."""
    for laid in content:
        piece, more = laid.piece, 0
        if piece.grow is not None and piece.grow_pt > 0:
            room = int((spare + EPSILON_PT) / piece.grow_pt)
            more = max(0, min(piece.grow_max, room))
            spare -= more * piece.grow_pt
        yield piece, more


def _grown(content: Sequence[Laid], spare: float) -> list[Laid]:
    """Return a page with as many write-in lines more as it has room for."""
    grown: list[Laid] = []
    shift = 0.0
    for laid, (piece, more) in zip(content, _growths(content, spare), strict=True):
        if piece.grow is not None and more:
            longer = piece.grow(more)._replace(indent_pt=piece.indent_pt)
            grown.append(Laid(longer, laid.y + shift))
            shift += more * piece.grow_pt
        else:
            grown.append(Laid(piece, laid.y + shift))
    return grown


def _footed(page: Sequence[Laid], frame_foot: float) -> list[Laid]:
    """Return a page whose last piece is drawn as it is at a foot, if it stands there."""
    foot = page[-1].piece.foot if page else None
    if foot is None or frame_foot - page[-1].foot > _NEAR_FOOT_PT:
        return list(page)
    last = Laid(foot._replace(indent_pt=page[-1].piece.indent_pt), page[-1].y)
    return [*page[:-1], last]
