"""Isolates that nobody typed: phones, doses, ranges and addresses in right-to-left text.

The bidi algorithm by itself shows `+44 20 7946 0958` in Arabic as `0958 7946 20 44+`,
and `0.5 - 1 mg/kg` with its parts exchanged: it takes the spaces and dashes between them
for Arabic (UAX #9 N1). A stretch that is written from left to right is one isolate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from handouts.text.model import Isolate

__all__ = ["automatic_isolates"]

_SPACE: Final = "[ \u00a0\u202f\u2009]"
_NUMBER: Final = r"[0-9]+(?:[.,:/][0-9]+)*"
_UNIT: Final = (
    r"(?:[A-Za-z\u00b5\u03bc]+[\u00b2\u00b3]?(?:/[A-Za-z\u00b5\u03bc]+)*|[%\u00b0]C?)"
)
_RANGE: Final = rf"{_NUMBER}(?:{_SPACE}?[\u2013\u2010-]{_SPACE}?{_NUMBER})"
_PHONE: Final = (
    rf"\+?\(?(?=(?:[0-9][()./\u2010-]?{_SPACE}?[(]?){{7}})"  # seven digits or more
    rf"[0-9](?:[0-9()./\u2010-]|{_SPACE}(?=[0-9(]))+[0-9]"
)
_LEFT_TO_RIGHT: Final = re.compile(
    r"https?://[^\s\u0590-\u08ff]*[^\s\u0590-\u08ff.,;:!?)]"
    r"|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]"
    rf"|{_PHONE}"
    rf"|(?:{_RANGE}|{_NUMBER})(?:{_SPACE}?{_UNIT}(?!{_SPACE}?[A-Za-z]))?(?![0-9A-Za-z])"
    r"|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:/[^\s\u0590-\u08ff]*[A-Za-z0-9/])?"
)
"""Latin digits only: with digits of its own a language writes such things its own way."""


_NEAR: Final = 8
_AFTER_LATIN: Final = re.compile(r"[A-Za-z][^\w\u0590-\u08ff]*\Z")


def automatic_isolates(text: str, isolates: Sequence[Isolate]) -> Iterator[Isolate]:
    """Yield what has to be isolated in right-to-left `text` besides `isolates`.

    What would cross one of `isolates` is left alone: isolates nest. So are two of them
    that touch: they are two things.
    """
    for match in _LEFT_TO_RIGHT.finditer(text):
        start, end = match.span()
        # After a Latin word the bidi algorithm keeps a number with it by itself (W7).
        if end - start == 1 or _AFTER_LATIN.search(text, max(0, start - _NEAR), start):
            continue
        inside = sum(start <= one.start and one.end <= end for one in isolates)
        if inside < 2 and not any(_settles(one, start, end) for one in isolates):
            yield Isolate(start, end, "ltr")


def _settles(isolate: Isolate, start: int, end: int) -> bool:
    """Return True if `isolate` crosses the stretch or already keeps it in order."""
    if end <= isolate.start or isolate.end <= start:
        return False
    if isolate.start <= start and end <= isolate.end:
        same = (isolate.start, isolate.end) == (start, end)
        return same or isolate.direction == "ltr"
    return not (start <= isolate.start and isolate.end <= end)
