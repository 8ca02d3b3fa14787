"""PDFium, which did not write the file: the one door to it.

It knows of no threads, and a preview serves with several: one has it at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2

__all__ = ["Pixels", "ViewerError", "opened", "page_pixels", "turn"]

ViewerError = pypdfium2.PdfiumError
"""The bytes are no PDF, are damaged or locked, or a page cannot be read."""

_TURN: Final = threading.RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A page as dots: rows from the top, each of three bytes (RGB) a dot."""

    width: int
    height: int
    rows: tuple[bytes, ...]


@contextmanager
def turn() -> Iterator[None]:
    """Wait until nobody else has PDFium, and have it alone."""
    with _TURN:
        yield


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:  # pypdfium2 ships no types
    """Give the file as PDFium's document, to this thread alone.

    Raises:
        ViewerError: it cannot be opened.
    """
    with turn():
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_pixels(pdf: bytes, index: int, scale: float) -> Pixels:
    """Draw a page (from 0) with `scale` dots to a point."""
    with opened(pdf) as document:
        page = document[index]
        bitmap = page.render(scale=scale, rev_byteorder=True)
        flat, width = memoryview(bitmap.buffer).cast("B"), 3 * bitmap.width
        starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
        pixels = Pixels(
            width=bitmap.width,
            height=bitmap.height,
            rows=tuple(bytes(flat[start : start + width]) for start in starts),
        )
        bitmap.close()
        page.close()
        return pixels
