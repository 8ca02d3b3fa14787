"""Which old text is most like a new one: what a translator may start from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from rapidfuzz import fuzz, process

from handouts.catalog.model import Key

__all__ = ["SIMILAR", "OldTexts"]

SIMILAR: Final = 75.0
"""Least likeness in percent of an old msgid, for its text to be offered as fuzzy."""

# The likeness of texts of m and n characters is at most 200 min(m, n) / (m + n).
_LONGEST: Final = (200 - SIMILAR) / SIMILAR


class OldTexts:
    """The msgids of messages that nothing asks for any more, by length.

    Only texts whose lengths allow them to be alike are compared: with 2,000 new and
    2,000 old messages that is less than half of the pairs.
    """

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = sorted(keys, key=lambda key: len(key.msgid))
        self._texts = [key.msgid for key in self._keys]
        self._lengths = [len(text) for text in self._texts]

    def closest(self, msgid: str) -> Key | None:
        """Return the message whose msgid is most like `msgid`, if any is like it."""
        start = bisect_left(self._lengths, len(msgid) / _LONGEST)
        stop = bisect_right(self._lengths, len(msgid) * _LONGEST)
        best = process.extractOne(
            msgid, self._texts[start:stop], scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        return None if best is None else self._keys[start + best[2]]
