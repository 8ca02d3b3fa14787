"""A measured block: its height, what must stay together, and how it is painted.

Blocks become pieces once per type size that the fit tries; only the pieces of the
size it chooses are ever painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol, TypeAlias

from handouts.layout.canvas import Canvas

__all__ = [
    "CUT_FORM", "CUT_LIST", "CUT_TABLE", "CUT_TICKS", "LISTED", "ROW_ALONE", "STACKED",
    "TORN_END", "TORN_FORM", "TORN_START", "TORN_TICKS", "Paint", "Piece", "Split",
    "Stacked", "gap_between", "paint_stack", "stack_height",
]  # fmt: skip

CUT_TABLE: Final = 4
CUT_TICKS: Final = 6
"""Above all else: a tick that is missed may be the one that matters."""
CUT_FORM: Final = 4
"""A list with lines to write on: one that stays empty on the other page is not seen."""
CUT_LIST: Final = 2
ROW_ALONE: Final = 3
"""What it costs more where a row then stands by itself."""
STACKED: Final = 4
"""A table without its columns, where nothing can be compared."""
LISTED: Final = 2
"""A timeline that is told as a list, because its words have no room."""
TORN_TICKS: Final = 3
"""A tick list ends a page, and what its section says of it begins the next.

Or it begins a page, and its section's heading stands on the page before.
"""
TORN_FORM: Final = 2
"""Lines to write on begin a page with the words that ask for them, and no heading."""
TORN_START: Final = 3
"""A section's heading stands at a foot with one line; all else goes on overleaf."""
TORN_END: Final = 1
"""A section's last few lines begin a page without its heading."""

Paint: TypeAlias = Callable[[Canvas, float, float], None]
"""Draws at (x from the frame's start side, y from the sheet's top)."""
Split: TypeAlias = "Callable[[float], tuple[Piece, Piece] | None]"
"""Parts of which the first is at most so high; None: no allowed place to divide."""


class Stacked(Protocol):
    """What can stand in a stack: a piece, or a paragraph that is never divided."""

    @property
    def height_pt(self) -> float:
        """How high it is."""

    @property
    def before(self) -> float:
        """The space it asks above."""

    @property
    def after(self) -> float:
        """The space it asks below."""

    @property
    def paint(self) -> Paint:
        """What draws it."""


class Piece(NamedTuple):
    """One block, measured; a tuple, because a fit makes some hundreds of them.

    `before` and `after` are the spaces it asks; the larger of two neighbours counts.
    `first_pt` is the least height that may stand at a page's foot. `keep_next` ties it to
    the first part of the next piece, `keep_last` its last part only. `force` divides what
    is higher than a page where it should never be divided. `indent_pt` is where a body's
    piece begins, from the frame's start. `is_set` is true of lists and tables: better
    left whole; `cut_cost` is what dividing it costs, `cost` what it costs as it is set,
    `tear_cost` what it costs to end a page with it (see `Flow.cost`). `is_box` is true of
    warnings and emergencies, `is_warning` of the former, `is_lines` of lines to write on.
    `tail_pt` is set at the start of a safety section: its height, and `near_pt` how near
    the foot it may not begin. `foot` is drawn instead where the piece ends a page. `grow`
    returns the piece with that many more write-in lines, up to `grow_max`, each
    `grow_pt` high.
    """

    height_pt: float
    paint: Paint
    before: float = 0.0
    after: float = 0.0
    first_pt: float | None = None
    keep_next: bool = False
    keep_last: bool = False
    split: Split | None = None
    force: Split | None = None
    foot: Piece | None = None
    indent_pt: float = 0.0
    is_set: bool = False
    is_box: bool = False
    is_warning: bool = False
    is_lines: bool = False
    cost: int = 0
    cut_cost: int = 0
    tear_cost: int = 0
    tail_pt: float = 0.0
    near_pt: float = 0.0
    grow: Callable[[int], Piece] | None = None
    grow_max: int = 0
    grow_pt: float = 0.0
    element: int | None = None

    @property
    def least_pt(self) -> float:
        """The least height that may stand at a page's foot."""
        return self.height_pt if self.first_pt is None else self.first_pt


def gap_between(above: Stacked, below: Stacked) -> float:
    """Return the space between two neighbours: the larger of what they ask."""
    return max(above.after, below.before)


def stack_height(pieces: Sequence[Stacked]) -> float:
    """Return the height of pieces one below the other, outer spaces left out."""
    if len(pieces) == 1:  # the usual list item, the usual cell
        return pieces[0].height_pt
    height = sum([piece.height_pt for piece in pieces])
    for i in range(1, len(pieces)):
        height += gap_between(pieces[i - 1], pieces[i])
    return height


def paint_stack(pieces: Sequence[Stacked], canvas: Canvas, x: float, y: float) -> None:
    """Paint pieces one below the other from `y` on."""
    previous: Stacked | None = None
    for piece in pieces:
        if previous is not None:
            y += gap_between(previous, piece)
        piece.paint(canvas, x, y)
        y += piece.height_pt
        previous = piece
