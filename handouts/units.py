"""Lengths: PostScript points inside the program, millimetres only in settings.

A leaf: imports nothing of the project. The project's own geometry has its origin
at the top left, y down; `pdf/` alone turns it round.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["EPSILON_PT", "MM_PT", "parse_length"]

MM_PT: Final = 72 / 25.4
"""Points in a millimetre (1 inch = 25.4 mm = 72 pt)."""

EPSILON_PT: Final = 1e-6
"""Lengths closer than this are the same: far below any printer's dot (0.06 pt)."""

_UNITS: Final = {"mm": MM_PT, "cm": 10 * MM_PT, "pt": 1.0, "in": 72.0}
_LENGTH: Final = re.compile(r"\s*(\d{1,5}(?:\.\d{1,4})?)\s*(mm|cm|pt|in)\s*")


def parse_length(text: str) -> float:
    """Return the length `text` names, such as `40mm`, in points.

    Raises:
        ValueError: `text` is not a number followed by mm, cm, pt or in.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is not a length such as `40mm`")
    return float(match[1]) * _UNITS[match[2]]
