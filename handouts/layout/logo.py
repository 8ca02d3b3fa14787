"""The clinic's logo: its size from its own header, scaled whole into its place."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

__all__ = ["Logo", "read_logo"]

_WIDTH_PT: Final = 92.0
_HEIGHT_PT: Final = 34.0
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
# Start-of-frame markers: every one that carries the image's size (ITU T.81 table B.1).
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture and the size it is printed at."""

    data: bytes
    width_pt: float
    height_pt: float


def read_logo(data: bytes | None) -> Logo | None:
    """Return the logo at the largest size that its place allows.

    None if there is none, or if it is neither PNG nor JPEG; the settings report that.
    """
    size = None if data is None else _pixels(data)
    if data is None or size is None or min(size) < 1:
        return None
    scale = min(_WIDTH_PT / size[0], _HEIGHT_PT / size[1])
    return Logo(data=data, width_pt=size[0] * scale, height_pt=size[1] * scale)


def _pixels(data: bytes) -> tuple[int, int] | None:
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(_JPEG):
        return _jpeg_pixels(data)
    return None


def _jpeg_pixels(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
