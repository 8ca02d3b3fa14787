"""Numbers as PDF writes them: shortest decimal form, no exponent, no minus zero."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["COORDINATE_STEPS", "coordinate", "decimal", "from_steps", "to_steps"]

COORDINATE_STEPS: Final = 100
"""Coordinates are whole hundredths of a point: 0.0035 mm, below any printer's dot."""


def decimal(value: float, steps: int) -> str:
    """Return `value` rounded to 1/`steps`, `steps` a power of ten up to 1000.

    Raises:
        OverflowError, ValueError: `value` is infinite or not a number.
    """
    return from_steps(round(value * steps), steps)


@lru_cache(maxsize=1 << 16)
def from_steps(count: int, steps: int) -> str:
    """Return `count` / `steps` in decimal, `steps` a power of ten up to 1000.

    Kept: the edges, sizes and line pitches of a page come back on every page.
    """
    whole, rest = divmod(count, steps)
    # repr gives the shortest digits that read back as the same float; from 0.001 up
    # to 2**53 steps that is never an exponent.
    return repr(count / steps) if rest else str(whole)


def to_steps(value_pt: float) -> int:
    """Return a coordinate in hundredths of a point."""
    return round(value_pt * COORDINATE_STEPS)


def coordinate(value_pt: float) -> str:
    """Return a coordinate or a length in points with at most 2 decimals."""
    return from_steps(round(value_pt * COORDINATE_STEPS), COORDINATE_STEPS)
