"""Marked content: the one place that writes what a stretch of a page stands for.

ISO 32000-1 14.6 and 14.9.4. Spans are flat, never one in another: a span inside another
marked sequence makes poppler's structure text lose the rest of the element.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["END", "begin_span", "utf16_hex"]

END: Final = "EMC"
"""Closes what `begin_span` opened."""


@lru_cache(maxsize=16384)
def begin_span(actual_text: str) -> str:
    """Return the operator that opens a span read as `actual_text`, in logical order.

    The property list is written here alone: the number of a structure element's
    content (`/MCID n`) goes beside /ActualText.
    """
    return f"/Span <</ActualText <FEFF{utf16_hex(actual_text)}>>> BDC"


def utf16_hex(text: str) -> str:
    """Return `text` in UTF-16BE as hexadecimal digits, surrogate pairs included."""
    return text.encode("utf-16-be").hex().upper()
