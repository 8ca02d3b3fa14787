"""How much of a text came back: the measure by which reading a page is judged.

NFKC, white space and default-ignorables left out, longest common subsequence over the
length of what was expected.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from handouts.pdf.unicode_map import visible

__all__ = ["comparable", "message_recalls", "text_recall"]

_MARGIN = 8
"""Characters either side of the best place: what a viewer put in between."""


def comparable(text: str) -> str:
    """Return `text` as search sees it: NFKC, no white space, no invisible characters."""
    return "".join(visible(unicodedata.normalize("NFKC", text)).split())


def text_recall(expected: str, found: str) -> float:
    """Return which part of `expected` stands in `found`, in its order: 0 to 1."""
    return _recall(comparable(expected), comparable(found))


def message_recalls(messages: Iterable[str], found: str) -> tuple[float, ...]:
    """Return the recall of each message at the place in `found` that fits it best.

    A message is looked for as a whole: letters strewn over the page do not make it.
    """
    page = comparable(found)
    return tuple(_recall_at_best_place(comparable(message), page) for message in messages)


def _recall_at_best_place(message: str, page: str) -> float:
    if message in page:
        return 1.0
    place = fuzz.partial_ratio_alignment(message, page)
    if place is None or len(message) > len(page):
        return _recall(message, page)
    start = max(0, place.dest_start - _MARGIN)
    return _recall(message, page[start : place.dest_end + _MARGIN])


def _recall(expected: str, found: str) -> float:
    if not expected or expected in found:
        return 1.0
    return LCSseq.similarity(expected, found) / len(expected)
