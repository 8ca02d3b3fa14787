"""Texts made alike before they are searched, and what they fall into.

Spelling variants which change no meaning (vowel points, nukta, joiners, forms of alef)
do not matter to a check, nor do capitals.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["CUTS", "ENGLISH_WORD", "FOLD", "english_words", "folded", "sentences"]

_DELETED: Final = (
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A),
    *range(0x064B, 0x0653), *range(0x0591, 0x05BE), 0x00AD, 0x0640, 0x0670, 0x05BF,
    0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7, 0x093C, 0x09BC, 0x0307, 0xFEFF,
)  # fmt: skip
_REPLACED: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ۀ": "ه",
    "’": "'", "‘": "'", "ʼ": "'", "ё": "е", "ş": "ș", "ţ": "ț", "ı": "i", "\u05be": "-",
    "\u2010": "-", "\u2011": "-",
}  # fmt: skip
FOLD: Final = dict.fromkeys(_DELETED) | str.maketrans(_REPLACED)
"""What is deleted, and what stands for something else, by code point."""
_TO_FOLD: Final = re.compile(f"[{re.escape(''.join(map(chr, FOLD)))}]")
CUTS: Final = re.compile(
    r"""(?<=[\u3002\u061f\u0964\u0965\u17d4\u17d5])\s*
    | (?<=[\w)\]"'»”%][\w)\]"'»”%\ufffc][.!?])["'»”)\]]*(?:\s+|$)
    | (?<=[!?])(?=[\u3000-\u9fff\uac00-\ud7af])""",
    re.VERBOSE,
)
"""Where a sentence ends: always right after one of `_ENDS`."""
_ENDS: Final = re.compile("[.!?\u3002\u061f\u0964\u0965\u17d4\u17d5]")
ENGLISH_WORD: Final = re.compile(r"n't|[a-z]+|\d+")
"""A word of a folded English text."""


def folded(text: str) -> str:
    """Return `text` in lower case, without what does not change a word."""
    if text.isascii():  # which has nothing else to fold
        return text.lower()
    text = unicodedata.normalize("NFKC", text.lower())
    return text.translate(FOLD) if _TO_FOLD.search(text) else text  # few have any


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a plain text, as far as its full stops tell."""
    end = _ENDS.search(text)
    if end is None or end.end() == len(text):  # after the last sign nothing is cut off
        return (text,) if text and not text.isspace() else ()
    return tuple(part for part in CUTS.split(text) if part and not part.isspace())


@lru_cache(maxsize=4096)
def english_words(text: str) -> frozenset[str]:
    """Return the words of an English plain text; `don't` as `do` and `n't`."""
    return frozenset(ENGLISH_WORD.findall(text.replace("n't", " n't")))
