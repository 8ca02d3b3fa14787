"""Where a Japanese or Chinese line should end: between phrases, not between any signs.

Japanese phrases are ICU's (`lw=phrase`), Chinese ones the words of ICU's dictionary;
both are then joined where a reader would stumble: before an ending of the verb that may
turn the sentence round, before a particle, inside a compound of Chinese signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from handouts.text.unicode import line_boundaries, word_boundaries

__all__ = ["PHRASED", "phrase_breaks"]

PHRASED: Final = frozenset({"ja", "zh"})

_HAN: Final = re.compile("[\u3400-\u9fff\u3005\uf900-\ufaff]")
_LETTER: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff\u3005]")
_KANA: Final = re.compile("[\u3041-\u3096]")
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc]")
_SURU: Final = re.compile("する|し[なまたて]|すれ|させ|され")
"""Makes a verb of a noun."""
_SIGN_END: Final = "\u300d\u300f\uff09)\u3011"
_NO_SIGNS: Final = "\u3001\u3002\uff0c\uff1a:\uff1f?\uff01!\u300d\u300f\uff09) "

# Endings of a Japanese verb and words that lean on the one before: negation (masen,
# nai), request (kudasai), state (-te iru), copula, and nouns that only carry a clause
# (toki, koto, tame). No phrase begins with -te, but "epilepsy" does (tenkan).
_LEANS: Final = re.compile(
    "て(?!んかん)|ませ|ます|まし|まり|まる|いませ|いま[すし]|ない|なか|なく|くだ|すか|です|でし"
    "|では|でな|であ|だけ|だっ|ぎま|がれ|あり|ある|しま[うっい]|しれ|こと|もの|ため|とき|ところ"
    "|よう|ながら|ほど|くらい|まで|から|より|など|かも|たち|たり|たい|れば|られ|すぎ|やす[いさく]"
    "|にく[いく]"
)
_AFTER_TE: Final = re.compile("い[るなたま]|お[きい]|み[るま]|も|は")
"""What leans on a verb in -te or -de only."""
_AFTER_HAN: Final = re.compile(
    "または|および|あるいは|もっと|まだ|すぐ|どの|この|その|ほか|とても|いつ|できる|わか|ゆっくり"
)
"""What begins a phrase after a Chinese sign; other kana there belong to it."""
_PREFIXES: Final = frozenset("おご")
_STOPS: Final = frozenset("、。 ")
_COPULAS: Final = ("です", "でし")
_SMALL_TSU: Final = "っ"
_KUDA: Final = "くだ"
_YORI: Final = "より"
_MARKED: Final = frozenset("はがをも")
"""After these, yori is no particle but "more"."""
_PARTICLES: Final = frozenset({
    "の", "は", "が", "を", "に", "へ", "と", "も", "で", "や", "か", "から", "まで",
    "より", "など", "には", "では", "とは", "にも", "でも", "だけ",
})  # fmt: skip
_QUOTED: Final = re.compile("「[^」]{1,9}」")
"""A short quotation is one phrase."""

# Chinese words of one sign that end a phrase, and those that begin one.
_ZH_TRAILS: Final = frozenset(
    "的了吗呢吧着过们地得时后前中上下里内等性类剂征书药率者员症痛任"
)
_ZH_LEADS: Final = frozenset(
    "在把被对从向与和或请多若再很都也就更最每无有是为以用让使给不未没勿"
)


def phrase_breaks(text: str, language: str) -> tuple[list[int], list[int]]:
    """Return where phrases end, and where at least words do.

    The second are for lines that whole phrases would leave too empty.
    """
    if language == "ja":
        words = line_boundaries(text, "ja-u-lw-phrase")
        after = _after_particles(text, word_boundaries(text, "ja"))
        return list(_japanese(text, words)), sorted({*words, *after})
    words = word_boundaries(text, language)
    return list(_chinese(text, words)), words


def _japanese(text: str, found: Sequence[int]) -> Iterator[int]:
    starts, ends = (0, *found), (*found[1:], len(text))
    quoted = {at for one in _QUOTED.finditer(text) for at in range(*one.span())[1:]}
    for start, at, end in zip(starts, found, ends, strict=False):
        is_end = at >= len(text)
        if is_end or (at not in quoted and not _joins_japanese(text, start, at, end)):
            yield at


def _after_particles(text: str, found: Sequence[int]) -> Iterator[int]:
    """Yield where a particle ends inside a phrase: there a reader expects a pause."""
    starts, ends = (0, *found), (*found[1:], len(text))
    for start, at, end in zip(starts, found, ends, strict=False):
        if at == len(text) or text[at] in _NO_SIGNS or text[start:at] not in _PARTICLES:
            continue
        if not _joins_japanese(text, start, at, end):
            yield at


def _joins_japanese(text: str, start: int, at: int, end: int) -> bool:
    """Return whether the words `start` to `at` and `at` to `end` go together."""
    before, after = text[at - 1], text[at]
    is_particle = text[at:end].rstrip(_NO_SIGNS) in _PARTICLES
    if before in _SIGN_END or not _LETTER.match(before):
        leans = text.startswith(_COPULAS, at) or is_particle
        return before in _SIGN_END and leans
    if _HAN.match(before):
        is_kana = _KANA.match(after) is not None
        return _HAN.match(after) is not None or (
            is_kana and not _AFTER_HAN.match(text, at)
        )
    if before in _MARKED and text.startswith(_YORI, at):
        return False
    return (
        is_particle
        or before == _SMALL_TSU
        or text.endswith(_KUDA, 0, at)
        or (at - start == 1 and _is_alone(text, start))
        or (before in "てで" and _AFTER_TE.match(text, at) is not None)
        or (_KATAKANA.match(before) is not None and _SURU.match(text, at) is not None)
        or _LEANS.match(text, at) is not None
    )


def _is_alone(text: str, at: int) -> bool:
    """Return whether one kana is a prefix, or begins a word that the dictionary lacks."""
    return text[at] in _PREFIXES or at == 0 or text[at - 1] in _STOPS


def _chinese(text: str, found: Sequence[int]) -> Iterator[int]:
    starts = (0, *found)
    ends = (*found[1:], len(text))
    for start, at, end in zip(starts, found, ends, strict=False):
        if at >= len(text) or not _joins_chinese(text[start:at], text[at:end]):
            yield at


def _joins_chinese(before: str, after: str) -> bool:
    """Return whether two words stay together."""
    if not (_HAN.match(before[-1:]) and _HAN.match(after)):
        return False
    is_one, follows_one = len(before) == 1, len(after) == 1
    if is_one and follows_one and before not in _ZH_TRAILS:
        return True  # most often a word that the dictionary lacks
    return (follows_one and after in _ZH_TRAILS) or (is_one and before in _ZH_LEADS)
