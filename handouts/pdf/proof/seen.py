"""A finished file as PDFium sees it: every character with its place on the page.

Coordinates are the project's: points from the top left of the page, y down.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Final

import pypdfium2.raw as pdfium

from handouts.pdf.viewer import ViewerError, opened

__all__ = ["Chars", "SeenPage", "seen_pages"]

_HYPHENS: Final = {0x02: "-", 0xFFFE: "-"}
"""PDFium's marks for a hyphen at the end of a line: of one character, of a page."""
_place_of: Final = ctypes.cast(
    pdfium.FPDFText_GetCharOrigin,
    ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
    ),
)
"""`FPDFText_GetCharOrigin` that takes addresses: they need no object for each call."""
_DOUBLE: Final = ctypes.sizeof(ctypes.c_double)
_UNSEEN: Final = frozenset("\0\t\n\r \xa0\u2002\u2003\u2009\u202f\ufeff")
_NOTHING: Final = dict.fromkeys(map(ord, _UNSEEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chars:
    """The characters of a page by column, in PDFium's own order: places and text.

    `x_pt` are their left ends, `y_pt` their baselines. Columns, because an edition has
    some thousands, and they are made in no time.
    """

    x_pt: Sequence[float]
    y_pt: Sequence[float]
    text: str

    def drawn(self) -> list[int]:
        """Return the numbers of those that leave something to see."""
        return [at for at, char in enumerate(self.text) if char not in _UNSEEN]


class SeenPage:
    """One page while the file is open."""

    def __init__(self, text_page: Any, height_pt: float) -> None:  # noqa: ANN401
        self._raw = text_page
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self.height_pt = height_pt
        self.chars = _characters(text_page, height_pt)

    def color(self, number: int) -> tuple[int, int, int]:
        """Return the colour a character is filled with; 0 to 255."""
        channels = self._channels
        pdfium.FPDFText_GetFillColor(self._raw, number, *channels)
        return channels[0].value, channels[1].value, channels[2].value

    def text(self) -> str:
        """Return the text in PDFium's own order."""
        return self.chars.text.translate(_NOTHING)


def _characters(text_page: Any, height_pt: float) -> Chars:  # noqa: ANN401
    """Return what stands on a page: places are asked for in a loop that C runs."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))
    points = (ctypes.c_double * (2 * count))()
    start, end = ctypes.addressof(points), ctypes.addressof(points) + 2 * _DOUBLE * count
    to_x = range(start, end, 2 * _DOUBLE)
    to_y = range(start + _DOUBLE, end, 2 * _DOUBLE)
    raw = ctypes.cast(text_page, ctypes.c_void_p).value
    deque(map(_place_of, repeat(raw), range(count), to_x, to_y), maxlen=0)
    return Chars(
        x_pt=points[::2],
        y_pt=[height_pt - y for y in points[1::2]],
        text=_text(text_page, count).translate(_HYPHENS),
    )


def _text(text_page: Any, count: int) -> str:  # noqa: ANN401
    """Return the text of a page: one character for each that PDFium counts."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
    # A character without text, or one of two code units: they must be asked for singly.
    codes = (pdfium.FPDFText_GetUnicode(text_page, one) for one in range(count))
    return "".join(map(chr, codes))


@contextmanager
def seen_pages(pdf: bytes) -> Iterator[list[SeenPage]]:
    """Open a file and give its pages.

    Raises:
        ViewerError: it is no PDF, is damaged or is locked.
    """
    with opened(pdf) as document, ExitStack() as pages:
        found = []
        for index in range(len(document)):
            page = _loaded(pdfium.FPDF_LoadPage(document, index))
            pages.callback(pdfium.FPDF_ClosePage, page)
            text_page = _loaded(pdfium.FPDFText_LoadPage(page))
            pages.callback(pdfium.FPDFText_ClosePage, text_page)
            found.append(SeenPage(text_page, pdfium.FPDF_GetPageHeightF(page)))
        yield found


def _loaded(handle: Any) -> Any:  # noqa: ANN401  # pypdfium2 ships no types
    if not handle:
        raise ViewerError("a page cannot be read")
    return handle
