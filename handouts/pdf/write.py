"""WRITE, the stage: display list → the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from handouts.fonts import Face
from handouts.layout import (
    Box,
    DisplayList,
    Item,
    Page,
    Path,
    Picture,
    Placed,
    Segment,
)
from handouts.pdf.canvas import PdfCanvas
from handouts.pdf.embedded import EmbeddedFont, collect_fonts
from handouts.pdf.info import PdfInfo
from handouts.pdf.paint import PagePainter
from handouts.pdf.structure import Element
from handouts.pdf.tags import Tagger
from handouts.pdf.turned import Turns, with_turns

__all__ = ["write_pdf"]


def write_pdf(
    display: DisplayList, elements: Sequence[Element], *, info: PdfInfo
) -> bytes:
    """Return `display` as a tagged, archival PDF: every glyph with its text.

    `elements` are the structure of the document that `display` shows (`elements_of`).
    The same arguments give the same bytes, in any process, folder and time zone.

    Raises:
        PictureError: a picture is not a sound PNG or JPEG.
        UntaggedTextError: text belongs to none of the elements and is no furniture.
    """
    fonts = collect_fonts(
        placed.run for page in display.pages for placed in page.placed()
    )
    tagger = Tagger(elements)
    canvas = PdfCanvas(lang=info.lang, tagger=tagger)
    for page in display.pages:
        _write_page(canvas, page, fonts, tagger)
    return canvas.finish(fonts.values(), info)


def _write_page(
    canvas: PdfCanvas, page: Page, fonts: dict[Face, EmbeddedFont], tagger: Tagger
) -> None:
    operators = canvas.begin_page(page.width_pt, page.height_pt)
    painter = PagePainter(page.height_pt, fonts, operators, tagger)
    for item, turns in with_turns(page.items):
        _write_item(canvas, painter, page, item, turns)
    painter.finish()
    canvas.end_page(painter.links, painter.turned)


def _write_item(
    canvas: PdfCanvas, painter: PagePainter, page: Page, item: Item, turns: Turns
) -> None:
    match item:
        case Placed():
            painter.text(item, turns)
        case Box():
            painter.box(item)
        case Segment():
            painter.segment(item)
        case Path():
            painter.path(item)
        case Picture():
            painter.begin_picture()
            bottom = page.height_pt - item.y_pt - item.height_pt
            canvas.picture(item.data, item.x_pt, bottom, item.width_pt, item.height_pt)
        case _ as unreachable:
            assert_never(unreachable)
