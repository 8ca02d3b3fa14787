"""Pages as pictures: PDFium draws the finished file, as a reader's screen would."""

from __future__ import annotations

import struct
import threading
import zlib
from collections import OrderedDict
from typing import Final

from handouts.pdf import Pixels, page_pixels
from handouts.preview.screen import Pages

__all__ = ["Pictures"]

SCALE: Final = 2 * 96 / 72
"""Two dots for each CSS pixel (1/96 inch): sharp on today's screens."""
_KEPT: Final = 12
"""Pictures of half a megabyte: those of the leaflet that is being looked at."""
_QUICK: Final = 1
"""Level of zlib: a picture goes to the same machine, once."""


class Pictures:
    """Draws pages when they are asked for, and keeps the last ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # each page is drawn once
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def png(self, pages: Pages, number: int) -> bytes | None:
        """Return a page (counted from 1) as a PNG, or None if there is no such page."""
        if not 1 <= number <= len(pages.sizes_pt):
            return None
        key = (pages.digest, number)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _png(page_pixels(pages.pdf, number - 1, SCALE))
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _png(pixels: Pixels) -> bytes:
    """Return RGB pixels as a PNG (ISO/IEC 15948), its rows not filtered.

    On text that is as small as filtered rows, and made in a third of the time.
    """
    rows = b"".join(b"\0" + row for row in pixels.rows)
    size = struct.pack("!2I5B", pixels.width, pixels.height, 8, 2, 0, 0, 0)  # RGB
    data = zlib.compress(rows, _QUICK)
    chunks = _chunk(b"IHDR", size) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack("!I", zlib.crc32(kind + data))
    return struct.pack("!I", len(data)) + kind + data + checksum
