"""PROVE, the second look: the finished file, read by engines that did not write it.

PDFium reads the text, pikepdf the fonts. Coordinates are the project's: points from the
top left of the page, y down.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import pikepdf
import pypdfium2.raw as pdfium

from handouts.pdf.viewer import opened

__all__ = ["FontUse", "drawn_lines", "fonts_in", "fonts_used", "page_texts", "texts_in"]

_FONT: Final = pikepdf.Name("/Font")
"""Made once: every object of a file is compared with it."""
_SAME_LINE_PT: Final = 0.5
"""Baselines nearer than this are one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontUse:
    """A font that the file names: `/BaseFont` without its slash, and what it carries."""

    name: str
    is_embedded: bool
    has_unicode: bool


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of each page as PDFium reads it; lines end in a newline."""
    with opened(pdf) as document:
        return tuple(_text(document, index) for index in range(len(document)))


def texts_in(
    pdf: bytes, areas: Iterable[tuple[int, tuple[float, float, float, float]]]
) -> tuple[str, ...]:
    """Return the text in each (page from 0, (x, y, width, height)), read by position."""
    with opened(pdf) as document:
        return tuple(_text(document, index, area) for index, area in areas)


def drawn_lines(pdf: bytes) -> tuple[tuple[str, ...], ...]:
    """Return for each page its lines from top to bottom, each from left to right.

    Characters stand as they are drawn, not as they are read: a phone number or a dose
    in a right-to-left line stands here as the reader sees it, whatever the viewer's
    own reordering makes of it.
    """
    with opened(pdf) as document:
        return tuple(_drawn(document, index) for index in range(len(document)))


def _drawn(document: Any, index: int) -> tuple[str, ...]:  # noqa: ANN401  # no types
    page = document[index]
    text_page = page.get_textpage()
    found = sorted(_characters(text_page), key=lambda char: -char[0])
    text_page.close()
    page.close()
    lines: list[list[tuple[float, float, str]]] = []
    for char in found:
        if not lines or lines[-1][-1][0] - char[0] > _SAME_LINE_PT:
            lines.append([])
        lines[-1].append(char)
    return tuple(
        "".join(char for _, _, char in sorted(line, key=lambda char: char[1]))
        for line in lines
    )


def _characters(text_page: Any) -> Iterator[tuple[float, float, str]]:  # noqa: ANN401
    """Yield (y, x, character) of each character that is drawn; y up."""
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(text_page.raw, index) == 1:
            continue  # a space or a line end that PDFium inferred
        codepoint = pdfium.FPDFText_GetUnicode(text_page.raw, index)
        pdfium.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
        yield y.value, x.value, chr(codepoint)


def _text(
    document: Any,  # noqa: ANN401  # pypdfium2 ships no types
    index: int,
    area: tuple[float, float, float, float] | None = None,
) -> str:
    page = document[index]
    text_page = page.get_textpage()
    bounds = {}
    if area is not None:
        x, y, width, height = area
        top = page.get_height() - y
        bounds = {"left": x, "bottom": top - height, "right": x + width, "top": top}
    text = text_page.get_text_bounded(**bounds)
    text_page.close()
    page.close()
    # PDFium's mark for a hyphen at the end of a line is U+0002.
    return str(text).replace("\r\n", "\n").replace("\x02", "-")


def fonts_used(pdf: bytes) -> tuple[FontUse, ...]:
    """Return every font object of the file, by name; a sound file embeds them all."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return fonts_in(document)


def fonts_in(document: pikepdf.Pdf) -> tuple[FontUse, ...]:
    """Return every font object of an open file, by name."""
    found = {
        _font_use(thing)
        for thing in document.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == _FONT
        and not str(thing.get("/Subtype", "")).startswith("/CIDFont")
    }
    return tuple(sorted(found, key=lambda font: font.name))


def _font_use(font: pikepdf.Dictionary) -> FontUse:
    real = font.get("/DescendantFonts", [font])[0]
    descriptor = real.get("/FontDescriptor", pikepdf.Dictionary())
    programs = ("/FontFile", "/FontFile2", "/FontFile3")
    return FontUse(
        name=str(font.get("/BaseFont", "")).removeprefix("/"),
        is_embedded=any(program in descriptor for program in programs),
        has_unicode="/ToUnicode" in font,
    )
