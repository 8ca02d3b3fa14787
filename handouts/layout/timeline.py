"""A timeline: stops on a line from start to end, each with its words below.

Its words stand in columns, so it is for few stops with few words; else there is none,
and the stops are a numbered list (page design, section 9).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from handouts.document.tree import Figure, Inline, ListBlock, Paragraph
from handouts.layout.canvas import Canvas
from handouts.layout.inline import LINE_SEPARATOR, headed
from handouts.layout.piece import Piece
from handouts.layout.setter import Setter
from handouts.layout.shapes import Shape, draw_shapes, poly
from handouts.units import EPSILON_PT

__all__ = ["timeline_piece"]

_MOST_STOPS: Final = 4
_MOST_LINES: Final = 3
"""Of a label, below its bold words."""
_MOST_HEAD_LINES: Final = 2
_LABEL_GAP_PT: Final = 12.0
"""Less, and neighbours are read as one line."""
_STEP_PT: Final = 4.0
_DISC_PT: Final = 12.0
_LINE_PT: Final = 2.0
_BAR_PT: Final = 7.0
_ARROW_PT: Final = (9.0, 11.0)
"""Length and breadth of the head."""
_ARROW: Final = (Shape(poly("0,0 9,5.5 0,11", close=True), "c"),)


class _Stop(NamedTuple):
    """One stop and its words; `is_headed`: its first, bold ones have their own line."""

    paragraph: Paragraph
    children: tuple[Inline, ...]
    is_headed: bool


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
        is_headed = children != paragraph.children
        stops.append(_Stop(paragraph, children, is_headed))
    return stops


def _widths(setter: Setter, stops: Sequence[_Stop], width_pt: float) -> tuple[float, ...]:
    """Return the width of each label; none: no room.

    Equal, or else by their words, or else what each needs.
    """
    if not 1 < len(stops) <= _MOST_STOPS:
        return ()
    room = width_pt - (len(stops) - 1) * _LABEL_GAP_PT
    equal = (room / len(stops),) * len(stops)
    asked = tuple(_asked(setter, stop) for stop in stops)
    by_words = tuple(room * one / sum(asked) for one in asked)
    # The first of those with the fewest lines; equal columns are calmer.
    over, widths = min(
        ((_over(setter, stops, widths), widths) for widths in (equal, by_words)),
        key=lambda pair: pair[0],
    )
    if over > 0:
        widths = _needed(setter, stops, room)
        over = _over(setter, stops, widths)
    return widths if over <= 0 else ()


def _needed(setter: Setter, stops: Sequence[_Stop], room: float) -> tuple[float, ...]:
    """Return widths that grow from each label's longest word, the longest label first."""
    widths = [_least(setter, stop) for stop in stops]
    left = room - sum(widths)
    if left < 0:  # there are no such widths: the shares are no better than any other
        return tuple(room * width / sum(widths) for width in widths)
    while left > EPSILON_PT:
        lines = [_lines(setter, *pair)[0] for pair in zip(stops, widths, strict=True)]
        most = lines.index(max(lines))
        step = min(_STEP_PT, left)
        widths[most] += step
        left -= step
    return tuple(widths)


def _least(setter: Setter, stop: _Stop) -> float:
    shaped = setter.source.shape(stop.children, "body", stop.paragraph)
    size_pt = setter.metrics("body", stop.paragraph.lang).size_pt
    return shaped.min_width(size_pt) + EPSILON_PT


def _asked(setter: Setter, stop: _Stop) -> float:
    """Return the width in which a label takes about as many lines as it may."""
    paragraph = stop.paragraph
    shaped = setter.source.shape(paragraph.children, "body", paragraph)
    size_pt = setter.metrics("body", paragraph.lang).size_pt
    least = shaped.min_width(size_pt) + EPSILON_PT
    return max(least, shaped.width(size_pt) / _MOST_LINES)


def _over(setter: Setter, stops: Sequence[_Stop], widths: Sequence[float]) -> float:
    """Return how many lines the longest label has more than it may."""
    over: list[float] = []
    for stop, width_pt in zip(stops, widths, strict=True):
        lines, head, is_cut = _lines(setter, stop, width_pt)
        too_many = max(lines - head - _MOST_LINES, head - _MOST_HEAD_LINES)
        over.append(math.inf if is_cut else too_many)
    return max(over)


def _lines(setter: Setter, stop: _Stop, width_pt: float) -> tuple[int, int, bool]:
    """Return a label's lines, how many of them are bold, and if a word is cut."""
    shaped = setter.source.shape(stop.children, "body", stop.paragraph)
    size_pt = setter.metrics("body", stop.paragraph.lang).size_pt
    lines, is_cut = setter.source.measured(shaped, size_pt, width_pt)
    if not stop.is_headed:
        return lines, 0, is_cut
    end = shaped.text.index(LINE_SEPARATOR) + 1
    ends = shaped.ends(size_pt, width_pt, avoid_short_last=False)
    return lines, sum(at <= end for at in ends), is_cut


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
