"""A finished file as PDFium sees it: every character with its place on the page.

Coordinates are the project's: points from the top left of the page, y down.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

__all__ = ["Char", "SeenPage", "seen_pages"]

_HYPHEN: Final = "\x02"
"""PDFium's mark for a hyphen at the end of a line."""
_UNSEEN: Final = frozenset("\0\t\n\r \xa0\u2002\u2003\u2009\u202f\ufeff\ufffe")


Char: TypeAlias = tuple[float, float, str, int]
"""A character: its baseline, its left end, its text, its number on the page.

A bare tuple: an edition has some thousands, and they are made in no time.
"""


class SeenPage:
    """One page while the file is open; white space is left out."""

    def __init__(self, text_page: Any, height_pt: float, width_pt: float) -> None:  # noqa: ANN401
        self._raw = text_page.raw
        self.height_pt = height_pt
        self.width_pt = width_pt
        self.chars = list(_characters(text_page, height_pt))

    def color(self, number: int) -> tuple[int, int, int]:
        """Return the colour a character is filled with; 0 to 255."""
        channels = [ctypes.c_uint() for _ in range(4)]
        pdfium.FPDFText_GetFillColor(self._raw, number, *channels)
        red, green, blue, _ = channels
        return red.value, green.value, blue.value

    def text(self) -> str:
        """Return the text in PDFium's own order."""
        return "".join([text for _, _, text, _ in self.chars])


def _characters(text_page: Any, height_pt: float) -> Iterator[Char]:  # noqa: ANN401
    x, y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    raw = text_page.raw
    unicode_of, place_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    for number in range(text_page.count_chars()):
        text = chr(unicode_of(raw, number))
        if text in _UNSEEN:
            continue
        place_of(raw, number, to_x, to_y)
        if text == _HYPHEN:
            text = "-"
        yield height_pt - y.value, x.value, text, number


@contextmanager
def seen_pages(pdf: bytes) -> Iterator[list[SeenPage]]:
    """Open a file and give its pages.

    Raises:
        pypdfium2.PdfiumError: it is no PDF, is damaged or is locked.
    """
    document = pypdfium2.PdfDocument(pdf)
    opened: list[Any] = []
    try:
        found = []
        for index in range(len(document)):
            page = document[index]
            opened.append(page)
            text_page = page.get_textpage()
            opened.append(text_page)
            found.append(SeenPage(text_page, page.get_height(), page.get_width()))
        yield found
    finally:
        for one in reversed(opened):
            one.close()
        document.close()
