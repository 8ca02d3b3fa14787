"""Chinese and Japanese spacing: half-width punctuation, gaps, stretch (after JLREQ)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from handouts.fonts import Face
from handouts.text.unicode import script_of

__all__ = [
    "GAP_EM", "MAX_STRETCH_EM", "NO_LINE_END", "NO_LINE_START", "empty_half", "gap_em",
    "halved",
]  # fmt: skip

GAP_EM: Final = 0.25
"""Between Han or Kana and Latin letters or digits (JLREQ 3.2.6)."""
MAX_STRETCH_EM: Final = 0.05
"""What justified lines may add between characters."""

_STOPS: Final = "、。，．"  # noqa: RUF001  # full-width is what is meant, here and below
_CLOSING: Final = "」』）】〉》〕｝］”’"  # noqa: RUF001  # as above
_OPENING: Final = "「『（【〈《〔｛［“‘"  # noqa: RUF001  # as above
_OTHER_SIGNS: Final = "・：；？！ー…‥々ゝゞヽヾ"  # noqa: RUF001  # as above
_SMALL_KANA: Final = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"

NO_LINE_START: Final = frozenset(_STOPS + _CLOSING + _OTHER_SIGNS + _SMALL_KANA)
"""What must not begin a line even where a word has to be cut."""
NO_LINE_END: Final = frozenset(_OPENING)
"""What must not end one."""

_IDEOGRAPHS: Final = frozenset({"Hani", "Hira", "Kana", "Bopo"})
_SPACED_SCRIPTS: Final = frozenset({"Latn", "Cyrl", "Grek"})
# A stop or closing bracket before another sign, and an opening one after another, lose
# their empty half (JLREQ 3.1.4).
_PAIRS: Final = re.compile(
    rf"[{_STOPS}{_CLOSING}](?=[{_STOPS}{_CLOSING}{_OPENING}\uff1a\uff1b])|(?<=[{_OPENING}])[{_OPENING}]"
)


def gap_em(before: str, after: str) -> float:
    """Return the space between two neighbouring characters of different faces, in em."""
    return GAP_EM if _meet(before, after) or _meet(after, before) else 0.0


def _meet(one: str, other: str) -> bool:
    return script_of(one) in _IDEOGRAPHS and (
        (other.isascii() and (other.isalnum() or other == "+"))
        or script_of(other) in _SPACED_SCRIPTS
    )


def halved(text: str, face: Face) -> list[int]:
    """Return the offsets of full-width signs that neighbours make half-width."""
    return [
        match.start()
        for match in _PAIRS.finditer(text)
        if match[0] in _OPENING or empty_half(face, match[0])
    ]


@lru_cache(maxsize=1024)
def empty_half(face: Face, char: str) -> int:
    """Return what a stop or closing bracket gives up at a line end, in font units.

    Nothing if it is not full-width, or stands in the middle as in Traditional Chinese.
    """
    if char not in _STOPS and char not in _CLOSING:
        return 0
    gid = face.hb_font.get_nominal_glyph(ord(char))
    extents = face.hb_font.get_glyph_extents(gid) if gid else None
    advance = face.advance(gid) if gid else 0
    if extents is None or advance < 0.9 * face.upem:
        return 0
    ink_end = extents.x_bearing + extents.width
    return advance // 2 if ink_end <= 0.55 * advance else 0
