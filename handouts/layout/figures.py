"""Drawings → pieces: each by its name; write-in lines and the pain scale are here.

Page design, sections 7 to 9. Every drawing is vector and stays together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from handouts.document.tree import (
    Block,
    Figure,
    ListBlock,
    Paragraph,
)
from handouts.layout.canvas import Align, Canvas
from handouts.layout.certainty import certainty_piece
from handouts.layout.formats import MEASURE_PT
from handouts.layout.lists import ListRoom, list_piece
from handouts.layout.panels import panels_piece
from handouts.layout.people import people_piece
from handouts.layout.phones import phones_piece
from handouts.layout.piece import LISTED, Piece, paint_stack, stack_height
from handouts.layout.setter import Setter
from handouts.layout.symbols import SYMBOLS, draw_symbol
from handouts.layout.timeline import timeline_piece
from handouts.units import EPSILON_PT

__all__ = ["figure_piece"]

_LABEL_GAP_PT: Final = 16.0
_LABEL_SHARE: Final = 0.6
_ENDS: Final[tuple[Align, Align]] = ("start", "end")
_PITCH_PT: Final = 25.5
"""9 mm between write-in lines."""
_FIRST_LINE_PT: Final = 18.0
_LINE_PT: Final = 0.5
_LEAST_LINES: Final = 2
_MOST_LINES: Final = 6
_SCALE_STEPS: Final = 11
_SCALE_GAP_PT: Final = 3.0
_SCALE_HEIGHT_PT: Final = 25.0
_SCALE_STROKE_PT: Final = 1.2
_SCALE_RADIUS_PT: Final = 2.5
_CAP_HEIGHT_EM: Final = 0.714
_SYMBOL_PT: Final = 36.0


def figure_piece(
    setter: Setter, figure: Figure, width_pt: float, *, background: str
) -> Piece:
    """Return a drawing as a piece that is never divided."""
    made: Piece | None = None
    match figure.draw:
        case "people":
            made = people_piece(setter, figure, width_pt, background=background)
        case "phones":
            made = phones_piece(setter, figure, width_pt, background=background)
        case "lines":
            made = _lines(setter, figure, width_pt)
        case "scale":
            made = _scale(setter, figure, width_pt, background)
        case "timeline":
            made = timeline_piece(setter, figure, width_pt, background=background)
            if made is None:
                listed = _plain(setter, figure, width_pt, background)
                return listed._replace(cost=LISTED)
        case "alarm" | "receptor":
            made = panels_piece(setter, figure, width_pt, background=background)
        case "certainty":
            made = certainty_piece(
                setter, figure, width_pt, background=background, after=setter.units(1.2)
            )
        case "symbol":
            made = _symbol(setter, figure, background)
        case _:
            pass
    return made or _plain(setter, figure, width_pt, background)


# Write-in lines


def _lines(setter: Setter, figure: Figure, width_pt: float) -> Piece:
    options = dict(figure.options)
    least = _whole(options.get("min"), _LEAST_LINES)
    most = max(least, _whole(options.get("max"), _MOST_LINES))
    color, element = setter.palette.ink, figure.element

    def paint(canvas: Canvas, x: float, y: float, *, count: int) -> None:
        for number in range(count):
            at = y + _FIRST_LINE_PT + number * _PITCH_PT
            canvas.rule(x, at, width_pt, thickness=_LINE_PT, color=color, element=element)

    def ruled(count: int) -> Piece:
        return Piece(
            height_pt=_FIRST_LINE_PT + (count - 1) * _PITCH_PT + _LINE_PT,
            paint=partial(paint, count=count),
            after=setter.units(2.0),
            grow=lambda more: ruled(count + more),
            grow_max=most - count,
            grow_pt=_PITCH_PT,
            is_lines=True,
            element=element,
        )

    return ruled(least)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() else default


# The pain scale


def _scale(setter: Setter, figure: Figure, width_pt: float, background: str) -> Piece:
    texts = [
        b for b in figure.blocks if isinstance(b, Paragraph) and b.css_class != "alt"
    ]
    labels = [
        setter.text(
            text.children,
            "body",
            width,
            text,
            background=background,
            balance=True,
            align=align,
        )
        for text, align, width in zip(
            texts, _ENDS, _label_widths(setter, texts, width_pt), strict=False
        )
    ]
    gap, pitch = setter.units(1.0), _scale_pitch(width_pt)
    height = _SCALE_HEIGHT_PT
    if labels:
        height += gap + max(label.height_pt for label in labels)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        for step in range(_SCALE_STEPS):
            _paint_step(setter, canvas, figure, x + step * pitch, y, step)
        for at, label in enumerate(labels):
            left = x + at * (width_pt - label.width_pt)
            label.paint(canvas, left, y + _SCALE_HEIGHT_PT + gap)

    return Piece(
        height_pt=height,
        paint=paint,
        before=setter.units(1.2),
        after=setter.units(2.0),
        element=figure.element,
    )


def _label_widths(
    setter: Setter, texts: Sequence[Paragraph], width_pt: float
) -> tuple[float, float]:
    """Return half the scale for each label, or more for one where the other is short.

    Much longer than half, it would seem to name the numbers of the other end, too.
    """
    room = width_pt - _LABEL_GAP_PT
    most = _LABEL_SHARE * width_pt
    if len(texts) != len(_ENDS):
        return room / 2, room / 2
    found = [setter.shaped(text.children, "body", text) for text in texts]
    first, last = (shaped.width(size_pt) + EPSILON_PT for shaped, size_pt in found)
    if first < room / 2 < last:
        return first, min(room - first, most)
    if last < room / 2 < first:
        return min(room - last, most), last
    return room / 2, room / 2


def _scale_pitch(width_pt: float) -> float:
    return (width_pt + _SCALE_GAP_PT) / _SCALE_STEPS


def _paint_step(  # noqa: PLR0917  # one caller, above
    setter: Setter, canvas: Canvas, figure: Figure, x: float, y: float, step: int
) -> None:
    palette = setter.palette
    width = _scale_pitch(MEASURE_PT) - _SCALE_GAP_PT
    canvas.box(
        x,
        y,
        width,
        _SCALE_HEIGHT_PT,
        radius=_SCALE_RADIUS_PT,
        stroke=palette.ink,
        stroke_pt=_SCALE_STROKE_PT,
        element=figure.element,
    )
    label = setter.label(
        setter.source.in_digits(str(step)),
        "scale",
        width_pt=width,
        color=palette.ink,
        background=palette.white,
        artifact="number",
        align="centre",
        lang=None,
        element=figure.element,
    )
    middle, size = y + _SCALE_HEIGHT_PT / 2, label.metrics.size_pt
    top = middle + _CAP_HEIGHT_EM / 2 * size - label.metrics.baseline_pt
    label.paint(canvas, x, top)


# A single symbol, and what is set as text


def _symbol(setter: Setter, figure: Figure, background: str) -> Piece:
    name = dict(figure.options).get("symbol", "info")
    palette = setter.palette

    def paint(canvas: Canvas, x: float, y: float) -> None:
        draw_symbol(
            canvas,
            name if name in SYMBOLS else "info",
            x,
            y,
            _SYMBOL_PT,
            color=palette.brand,
            background=background,
            red=palette.red,
            amber=palette.amber,
        )

    space = setter.units(1.2)
    return Piece(height_pt=_SYMBOL_PT, paint=paint, before=space, after=space)


def _plain(setter: Setter, figure: Figure, width_pt: float, background: str) -> Piece:
    """Set a drawing as its text, where it has no room to be drawn: nothing is lost."""
    pieces = list(_texts(setter, figure.blocks, width_pt, background))
    pieces += _texts(setter, figure.caption, width_pt, background)
    return Piece(
        height_pt=stack_height(pieces),
        paint=lambda canvas, x, y: paint_stack(pieces, canvas, x, y),
        after=setter.units(1.2),
        element=figure.element,
    )


def _texts(
    setter: Setter, blocks: Sequence[Block], width_pt: float, background: str
) -> Iterator[Piece]:
    space = setter.units(1.2)
    for block in blocks:
        if isinstance(block, Paragraph) and block.css_class != "alt":
            text = setter.text(
                block.children, "body", width_pt, block, background=background
            )
            yield text.piece(after=space)
        elif isinstance(block, ListBlock):
            room = ListRoom(width_pt=width_pt, background=background)
            yield list_piece(setter, block, room, before=0.0, after=space)
