"""A timeline: stops on a line from start to end, each with its words below.

Its words stand in columns, so it is for few stops with few words; else there is none,
and the stops are a numbered list (page design, section 9).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Final, NamedTuple

from handouts.document.tree import Figure, Inline, ListBlock, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.columns import shared
from handouts.layout.inline import LINE_SEPARATOR, headed
from handouts.layout.piece import Piece
from handouts.layout.setter import Setter
from handouts.layout.shapes import Shape, draw_shapes, poly
from handouts.text import ShapedParagraph
from handouts.units import EPSILON_PT

__all__ = ["timeline_piece"]

_MOST_STOPS: Final = 4
_MOST_LINES: Final = 3
"""Of a label, below its bold words."""
_MOST_HEAD_LINES: Final = 2
_LABEL_GAP_PT: Final = 12.0
"""Less, and neighbours are read as one line."""
_STEP_EM: Final = 0.01
"""So much narrower than its widest line a label is set in another way."""
_DISC_PT: Final = 12.0
_LINE_PT: Final = 2.0
_BAR_PT: Final = 7.0
_ARROW_PT: Final = (9.0, 11.0)
"""Length and breadth of the head."""
_ARROW: Final = (Shape(poly("0,0 9,5.5 0,11", close=True), "c"),)


class _Stop(NamedTuple):
    """One stop and its words, of which the first, bold ones have their own line."""

    children: tuple[Inline, ...]
    paragraph: Paragraph


class _Setting(NamedTuple):
    """A way to set a label: its widest line, its lines, and how many of them are bold."""

    width_em: float
    lines: int
    head: int


def timeline_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece | None:
    """Return a timeline; None if its stops or their words have no room beside another."""
    stops = _stops(setter, figure)
    widths = _widths(setter, stops, width_pt)
    if not widths:
        return None
    labels = [
        setter.text(stop.children, "body", width, stop.paragraph, background=background)
        for stop, width in zip(stops, widths, strict=True)
    ]
    starts = [sum(widths[:at]) + at * _LABEL_GAP_PT for at in range(len(widths))]
    gap = setter.units(1.0)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        _paint_line(setter, canvas, figure, (x, y, width_pt), starts)
        for start, label in zip(starts, labels, strict=True):
            label.paint(canvas, x + start, y + _DISC_PT + gap)

    return Piece(
        height_pt=_DISC_PT + gap + max(label.height_pt for label in labels),
        paint=paint,
        before=setter.units(1.6),
        after=setter.units(2.0),
        element=figure.element,
    )


def _stops(setter: Setter, figure: Figure) -> list[_Stop]:
    """Return the stops; none if one of them holds more than a paragraph."""
    items = [
        item
        for block in figure.blocks
        if isinstance(block, ListBlock)
        for item in block.items
    ]
    stops: list[_Stop] = []
    for item in items:
        paragraph = item.blocks[0]
        if len(item.blocks) != 1 or not isinstance(paragraph, Paragraph):
            return []
        children = setter.source.kept(
            (paragraph.element,), partial(headed, paragraph.children)
        )
        stops.append(_Stop(children, paragraph))
    return stops


def _widths(setter: Setter, stops: Sequence[_Stop], width_pt: float) -> tuple[float, ...]:
    """Return the width of each label; none: no room.

    Those in which the longest label has the fewest lines, then the fewest labels are so
    long, and then bold words have one line each if that can be; among those, the most
    equal ones.
    """
    if not 1 < len(stops) <= _MOST_STOPS:
        return ()
    room = width_pt - (len(stops) - 1) * _LABEL_GAP_PT
    found = [setter.shaped(stop.children, "body", stop.paragraph) for stop in stops]
    profiles = [(_profile(shaped), size) for shaped, size in found]
    for lines, longer, head in _allowed(len(stops)):
        short, long = (
            [_asked(profile, most, head) * size for profile, size in profiles]
            for most in (_MOST_LINES, lines)
        )
        asked = min(
            (
                [long[at] if at in chosen else short[at] for at in range(len(stops))]
                for chosen in combinations(range(len(stops)), longer)
            ),
            key=sum,
        )
        if sum(asked) <= room:
            return shared(room, asked, [1.0] * len(stops))
    return ()


def _allowed(stops: int) -> Iterator[tuple[int, int, int]]:
    """Yield what labels may have, the better first: lines, longer ones, bold lines.

    The longer ones are those of more than three lines: fewer lines than three are no
    better, equal columns are calmer.
    """
    heads = range(1, _MOST_HEAD_LINES + 1)
    yield from ((_MOST_LINES, 0, head) for head in heads)
    for lines in range(_MOST_LINES + 1, _MOST_LINES + _MOST_HEAD_LINES + 1):
        for longer in range(1, stops + 1):
            yield from ((lines, longer, head) for head in heads)


@lru_cache(maxsize=64)
def _profile(shaped: ShapedParagraph) -> tuple[_Setting, ...]:
    """Return all the ways to set a label, from the widest to the narrowest.

    Below the widest line of one way begins the next.
    """
    found: list[_Setting] = []
    end = shaped.text.find(LINE_SEPARATOR) + 1
    least, width = shaped.min_width(1.0), shaped.width(1.0)
    while True:
        ends = shaped.ends(1.0, width + EPSILON_PT, avoid_short_last=False)
        width = max(shaped.widths(ends, 1.0))
        head = sum(at <= end for at in ends)
        found.append(_Setting(width + EPSILON_PT, len(ends), head))
        width -= _STEP_EM
        if width < least or len(ends) > _MOST_LINES + _MOST_HEAD_LINES:
            return tuple(found)


def _asked(profile: Sequence[_Setting], lines: int, head: int) -> float:
    """Return the least width, in em, in which a label takes no more lines than that."""
    return min(
        (
            one.width_em
            for one in profile
            if one.lines <= lines
            and one.head <= head
            and one.lines - one.head <= _MOST_LINES
        ),
        default=math.inf,
    )


def _paint_line(
    setter: Setter,
    canvas: Canvas,
    figure: Figure,
    place: tuple[float, float, float],
    starts: Sequence[float],
) -> None:
    """Draw line, arrow head, bar and stops; `place` is x, y and width."""
    (x, y, width_pt), element = place, figure.element
    brand, middle = setter.palette.brand, y + _DISC_PT / 2
    length, breadth = _ARROW_PT
    canvas.rule(
        x + _DISC_PT / 2,
        middle,
        width_pt - _DISC_PT / 2 - length,
        thickness=_LINE_PT,
        color=brand,
        element=element,
    )
    draw_shapes(
        canvas,
        _ARROW,
        x + width_pt - length,
        middle - breadth / 2,
        side=length,
        scale=1.0,
        colors={"c": brand},
        mirror=True,
        element=element,
    )
    bar = _bar(figure, [*starts, width_pt - length - _DISC_PT / 2])
    if bar is not None:
        canvas.rule(
            x + bar[0] + _DISC_PT / 2,
            middle,
            bar[1] - bar[0],
            thickness=_BAR_PT,
            color=brand,
            element=element,
        )
    for start in starts:
        canvas.box(
            x + start,
            y,
            _DISC_PT,
            _DISC_PT,
            radius=_DISC_PT / 2,
            fill=setter.palette.white,
            stroke=brand,
            stroke_pt=_LINE_PT,
            element=element,
        )


def _bar(figure: Figure, starts: Sequence[float]) -> tuple[float, float] | None:
    """Return where the bar begins and ends: from a stop to the one after another."""
    first, _, last = dict(figure.options).get("bar", "").partition("-")
    if not (first.isdecimal() and last.isdecimal()):
        return None
    return starts[int(first) - 1], starts[min(int(last), len(starts) - 1)]
