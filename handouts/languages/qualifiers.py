"""Words before a number that say how it is meant: at least, up to, about.

A line that begins with the bare number reads as if it were exact. The word lists name
the limits (`at-least`, `at-most`); the estimates stand here, because no check asks for
them. None has been checked by a native reader yet.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from handouts.languages.wordlists import word_lists

__all__ = ["qualifier_start"]

_LIMITS: Final = ("at-least", "at-most")
_ESTIMATES: Final[dict[str, str]] = {
    "ar": "نحو, حوالي, حوالى, تقريبا, تقريبًا, قرابة, زهاء",
    "bn": "প্রায়, আনুমানিক, মোটামুটি",
    "de": "etwa, ungefähr, circa, ca., rund, knapp",
    "en": "about, around, roughly, approximately, nearly, almost",
    "es": "unos, unas, cerca de, alrededor de, aproximadamente, casi",
    "fa": "حدود, تقریبا, تقریباً, نزدیک به, قریب",
    "fr": "environ, près de, à peu près, autour de",
    "he": "בערך, כמעט, בסביבות",
    "hi": "लगभग, करीब, क़रीब, तकरीबन",
    "it": "circa, quasi, intorno a",
    "ja": "約, およそ, だいたい, ほぼ, 最長で, 最大で, 最高で, 最短で, 最低で",
    "km": "ប្រហែល, ប្រមាណ, ជិត",
    "ko": "약, 대략, 거의",
    "pl": "około, ok., blisko, prawie, mniej więcej",
    "pt": "cerca de, aproximadamente, quase, perto de",
    "ro": "aproximativ, circa, aproape, în jur de, vreo",
    "ru": "около, примерно, приблизительно, почти",
    "th": "ประมาณ, ราว, เกือบ",
    "tr": "yaklaşık, neredeyse, aşağı yukarı",  # noqa: RUF001  # Turkish
    "uk": "близько, приблизно, майже, біля",
    "vi": "khoảng, chừng, gần, xấp xỉ",
    "zh": "约, 大约, 約, 大約, 大概, 近, 将近, 將近, 接近",
}
_LONGEST: Final = 32
_SPACE: Final = "[ \u00a0]"


def qualifier_start(text: str, at: int, language: str) -> int | None:
    """Return where the words directly before `at` that qualify a number there begin.

    None: there are none. `language` is an ISO 639 code; one without lists has none.
    """
    pattern = _pattern(language)
    if pattern is None:
        return None
    found = pattern.search(text, max(0, at - _LONGEST), at)
    return None if found is None else found.start()


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    words = list(filter(None, _ESTIMATES.get(language, "").split(", ")))
    lists = word_lists(language)
    if lists is not None:
        for sense in _LIMITS:
            words += [one for one in lists.senses.get(sense, ()) if _is_plain(one)]
    if not words:
        return None
    longest_first = sorted(set(words), key=len, reverse=True)
    either = "|".join(_SPACE.join(map(re.escape, one.split())) for one in longest_first)
    edge = r"(?<!\w)" if lists is None or lists.spaced else ""
    return re.compile(rf"{edge}(?:{either}){_SPACE}?\Z", re.IGNORECASE)


def _is_plain(entry: str) -> bool:
    """Return whether an entry of the lists is words, and no pattern."""
    return not (entry.startswith("re:") or "*" in entry or "…" in entry)
