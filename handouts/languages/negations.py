"""Words that turn a sentence round, and so must not stand apart from what they deny.

A tired reader takes a line that ends in "not" for its opposite. For each language: the
words that go with what follows, and those that go with what comes before. Only whole
words; for scripts without spaces, only signs that are part of no other common word.

Sources: the languages' reference grammars, as their closed class of negators; none has
been checked by a native reader yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

__all__ = ["negation_ranges"]

_BEFORE: Final[dict[str, str]] = {
    "ar": "لا لم لن ليس ليست غير دون ما ولا ولم ولن وليس فلا ألا",
    "de": "nicht kein keine keinen keinem keiner nie niemals",
    "en": "not no never cannot",
    "es": "no ni nunca sin",
    "fa": "نه بدون نباید",
    "fr": "ne ni jamais sans",
    "he": "לא אין אל אינו אינה אינם אינן אף ללא בלי לעולם ולא ואל ואין שלא",
    "hi": "न नहीं मत बिना कभी",
    "it": "non né mai senza",
    "ko": "안 못",
    "pl": "nie ani nigdy bez",
    "pt": "não nem nunca sem",
    "ro": "nu nici niciodată fără",
    "ru": "не ни никогда нет без нельзя",
    "uk": "не ні ніколи без",
    "ur": "نہ نہیں مت بغیر",
    "vi": "không_được không_nên không_bao_giờ không chưa đừng chớ",
}  # fmt: skip
"""Go with the word that follows; `_` is a space in one of several words."""

_AFTER: Final[dict[str, str]] = {
    "bn": "না নয় নেই নি নন",
    "fr": "pas jamais",
    "ko": "안 못 마십시오 마세요 말고 않습니다 않은 않는 않고 않으면 않아도 못합니다",
    "tr": "değil",
}
"""Go with the word before."""

_UNSPACED: Final[dict[str, str]] = {
    "km": "មិន|កុំ|គ្មាន",
    "lo": "ບໍ່|ຫ້າມ|ຢ່າ",
    "th": "ไม่|ห้าม|อย่า|ยังไม่",
    "zh": "不|未|没|勿|非",
}
"""Go with the sign that follows, in scripts without spaces."""

_SPACE: Final = "[ \u00a0]"


def negation_ranges(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of code points inside which no line of `text` may end."""
    for pattern in _patterns(language):
        yield from (match.span() for match in pattern.finditer(text))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    found: list[str] = []
    if words := _BEFORE.get(language):
        found.append(rf"(?<!\w)(?:{_either(words)}){_SPACE}\S")
    if words := _AFTER.get(language):
        found.append(rf"\S{_SPACE}(?:{_either(words)})(?!\w)")
    if signs := _UNSPACED.get(language):
        found.append(rf"(?:{signs})\S")
    return tuple(re.compile(one, re.IGNORECASE) for one in found)


def _either(words: str) -> str:
    return "|".join(words.split()).replace("_", _SPACE)
