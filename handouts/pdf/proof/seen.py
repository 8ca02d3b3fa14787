"""A finished file as PDFium sees it: every character with its place on the page.

Coordinates are the project's: points from the top left of the page, y down.
"""

from __future__ import annotations

import ctypes
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import compress, repeat
from operator import not_
from queue import SimpleQueue
from typing import Any, Final

import pypdfium2.raw as pdfium

from handouts.pdf.viewer import ViewerError, turn

__all__ = ["Chars", "SeenPage", "seen_pages"]

_HYPHENS: Final = {0x02: "-", 0xFFFE: "-"}
"""PDFium's marks for a hyphen at the end of a line: of one character, of a page."""
_ANY: Final = ctypes.PYFUNCTYPE(ctypes.c_int)
"""A function of any arguments: those that are ready for C are not looked at again."""
_place_of: Final = ctypes.cast(pdfium.FPDFText_GetCharOrigin, _ANY)
_color_of: Final = ctypes.cast(pdfium.FPDFText_GetFillColor, _ANY)
_count_of: Final = ctypes.cast(pdfium.FPDF_GetPageCount, _ANY)
"""Quick: to let another thread go on meanwhile, and wait for it, takes much longer."""
_DOUBLE: Final = ctypes.sizeof(ctypes.c_double)
_AT_ONCE: Final = 256
_POINTS: Final = struct.Struct(f"{2 * _AT_ONCE}d")
_SWITCH_S: Final = 1e-4
"""PDFium needs some tenths of a millisecond for a page: Python's own 5 are far too long
to wait for the next one.
"""
_UNSEEN: Final = frozenset("\0\t\n\r \xa0\u2002\u2003\u2009\u202f\ufeff")
_SEEN_AS: Final = {**dict.fromkeys(map(ord, _UNSEEN)), **_HYPHENS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chars:
    """The characters of a page that leave something to see, in PDFium's own order.

    By column: `x_pt` are their left ends, `y_pt` their baselines. An edition has some
    thousands, and columns are made in no time.
    """

    x_pt: Sequence[float]
    y_pt: Sequence[float]
    text: str


class SeenPage:
    """One page while the file is open."""

    def __init__(self, page: Any, text_page: Any) -> None:  # noqa: ANN401
        self._raw = _address(text_page)
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._to = [ctypes.byref(one) for one in self._channels]
        self.height_pt = height_pt = pdfium.FPDF_GetPageHeightF(page)
        count = max(0, pdfium.FPDFText_CountChars(text_page))
        text = _text(text_page, count)
        is_unseen = map(_UNSEEN.__contains__, text)
        self._numbers = list(compress(range(count), map(not_, is_unseen)))
        places = _PLACES.of(self._raw, self._numbers)
        self.chars = Chars(
            x_pt=places[::2],
            y_pt=[height_pt - y for y in places[1::2]],
            text=text.translate(_SEEN_AS),
        )

    def color(self, number: int) -> tuple[int, int, int]:
        """Return the colour that one of the characters is filled with; 0 to 255."""
        channels = self._channels
        _color_of(self._raw, self._numbers[number], *self._to)
        return channels[0].value, channels[1].value, channels[2].value

    def text(self) -> str:
        """Return the text in PDFium's own order, without white space."""
        return self.chars.text


class _Places:
    """Where PDFium writes places, and the pointers to it: they take longer than asking.

    One for all pages, since whoever has PDFium has it alone.
    """

    def __init__(self) -> None:
        self._points = (ctypes.c_double * (2 * _AT_ONCE))()
        first = ctypes.c_double.from_buffer(self._points)
        places = range(0, 2 * _DOUBLE * _AT_ONCE, 2 * _DOUBLE)
        self._to_x = [ctypes.byref(first, at) for at in places]
        self._to_y = [ctypes.byref(first, at + _DOUBLE) for at in places]

    def of(
        self,
        text_page: Any,  # noqa: ANN401  # an argument for C
        numbers: Sequence[int],
    ) -> list[float]:
        """Return where characters begin: x from the left, y from the foot, x, y, ..."""
        found: list[float] = []
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            # What PDFium does not tell must not be what it told of another character.
            ctypes.memset(self._points, 0, 2 * _DOUBLE * _AT_ONCE)
            asked = map(_place_of, repeat(text_page), some, self._to_x, self._to_y)
            deque(asked, maxlen=0)
            found += _POINTS.unpack(self._points)[: 2 * len(some)]
        return found


_PLACES: Final = _Places()


def _address(text_page: Any) -> Any:  # noqa: ANN401  # pypdfium2 ships no types
    return ctypes.c_void_p.from_param(ctypes.cast(text_page, ctypes.c_void_p).value)


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


class _Reader(threading.Thread):
    """Has PDFium read a file, and keeps it open until it is let go.

    It closes the file behind the back of whoever let it go. Whoever wants PDFium next
    waits for that: until then it is this thread's turn.
    """

    def __init__(self, pdf: bytes) -> None:
        super().__init__(name="PDFium")
        self._pdf = pdf
        self._read = Future[list[tuple[Any, Any]]]()
        self._let_go = SimpleQueue[None]()

    def run(self) -> None:
        """Read, tell, wait, close."""
        with turn(), ExitStack() as opened:
            try:
                with _short_waits():
                    pages = _read(self._pdf, opened)
                self._read.set_result(pages)
            except BaseException as error:  # noqa: BLE001  # for who waits
                self._read.set_exception(error)
            self._let_go.get()

    def pages(self) -> list[SeenPage]:
        """Wait for the pages, which can be asked until the file is let go."""
        return [SeenPage(*page) for page in self._read.result()]

    def let_go(self) -> None:
        """Let the file be closed, and do not wait for it."""
        self._let_go.put(None)


@contextmanager
def seen_pages(pdf: bytes) -> Iterator[Callable[[], list[SeenPage]]]:
    """Let PDFium begin to read a file, and give the function that waits for its pages.

    It reads in a thread of its own, and holds up nothing that Python does meanwhile.

    Raises:
        ViewerError: when waited for, if it is no PDF, is damaged or is locked.
    """
    reader = _Reader(pdf)
    with turn():
        pass  # the file before is closed by now, or soon: nobody hurries that
    reader.start()
    try:
        yield reader.pages
    finally:
        reader.let_go()


@contextmanager
def _short_waits() -> Iterator[None]:
    """Let no thread wait for another as long as Python would have it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _read(pdf: bytes, opened: ExitStack) -> list[tuple[Any, Any]]:
    """Return each page and its text, as handles."""
    document = _handle(pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None))
    opened.callback(pdfium.FPDF_CloseDocument, document)
    found = []
    for index in range(_count_of(document)):
        page = _handle(pdfium.FPDF_LoadPage(document, index))
        opened.callback(pdfium.FPDF_ClosePage, page)
        text_page = _handle(pdfium.FPDFText_LoadPage(page))
        opened.callback(pdfium.FPDFText_ClosePage, text_page)
        found.append((page, text_page))
    return found


def _handle(found: Any) -> Any:  # noqa: ANN401  # pypdfium2 ships no types
    if not found:
        raise ViewerError("PDFium cannot read it, or not all of its pages")
    return found
