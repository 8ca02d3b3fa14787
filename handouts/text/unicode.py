"""What Unicode says of a text: levels, scripts, graphemes and line breaks.

The only importer of ICU. Offsets in and out are code points; ICU's own are UTF-16
units and are mapped here, once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import icu

from handouts.text.model import Direction, Isolate

__all__ = [
    "OBJECT", "SEPARATOR", "SOFT_HYPHEN", "extends", "graphemes", "is_ignorable",
    "levels", "line_breaks", "script_of", "visual_order",
]  # fmt: skip

OBJECT: Final = "\ufffc"
"""Stands for a thing that is no text, such as a line to write on."""
SEPARATOR: Final = "\u2028"
"""A forced line break."""
SOFT_HYPHEN: Final = "\u00ad"

_LRI: Final = "\u2066"
_RLI: Final = "\u2067"
_FSI: Final = "\u2068"
_PDI: Final = "\u2069"
_NEEDS_BIDI: Final = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069"
                                "\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff"
                                "\U0001e800-\U0001efff]")  # fmt: skip


def levels(text: str, direction: Direction, isolates: Sequence[Isolate]) -> bytes:
    """Return the embedding level of every code point (UAX #9, rules P to I).

    Isolates become the controls LRI, RLI and FSI only inside this call.
    """
    if direction == "ltr" and _NEEDS_BIDI.search(text) is None and not _has_rtl(isolates):
        return bytes(len(text))
    marked, positions = _with_isolates(text, isolates)
    bidi = icu.Bidi()
    # Deprecated spellings aside, setPara wants a UnicodeString that outlives the call.
    paragraph = icu.UnicodeString(marked)
    bidi.setPara(paragraph, 1 if direction == "rtl" else 0)
    found = bidi.getLevels()
    if len(found) != len(marked):
        found = _per_code_point(found, marked)
    return bytes(found[position] for position in positions)


def _has_rtl(isolates: Iterable[Isolate]) -> bool:
    return any(isolate.direction == "rtl" for isolate in isolates)


def _with_isolates(text: str, isolates: Sequence[Isolate]) -> tuple[str, Sequence[int]]:
    """Return `text` with isolate controls, and where each code point of it stands."""
    if not isolates:
        return text, range(len(text))
    controls = {"ltr": _LRI, "rtl": _RLI, None: _FSI}
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for isolate in sorted(isolates, key=lambda one: (one.start, -one.end)):
        opening.setdefault(isolate.start, []).append(controls[isolate.direction])
        closing[isolate.end] = closing.get(isolate.end, 0) + 1
    pieces: list[str] = []
    positions: list[int] = []
    at = 0
    for offset in range(len(text) + 1):
        added = _PDI * closing.get(offset, 0) + "".join(opening.get(offset, ()))
        pieces.append(added)
        at += len(added)
        if offset < len(text):
            pieces.append(text[offset])
            positions.append(at)
            at += 1
    return "".join(pieces), positions


def _per_code_point(found: Sequence[int], text: str) -> list[int]:
    """Keep the level of the first UTF-16 unit of every code point."""
    kept: list[int] = []
    at = 0
    for char in text:
        kept.append(found[at])
        at += 2 if char > "\uffff" else 1
    return kept


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the indices of runs from left to right (UAX #9 L2), given their levels."""
    order = list(range(len(run_levels)))
    if not any(run_levels):
        return order
    lowest_odd = min((level for level in run_levels if level % 2), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(run_levels), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


@lru_cache(maxsize=65536)
def script_of(char: str) -> str:
    """Return the ISO 15924 code of the character's script (UAX #24), `Zyyy` if common."""
    name: str = icu.Script.getScript(ord(char)).getShortName()
    return name


@lru_cache(maxsize=65536)
def extends(char: str) -> bool:
    """Return True if the character continues the one before it (mark, joiner, selector)."""
    return unicodedata.category(char).startswith("M") or char in "\u200c\u200d\u0e33\u0eb3" or (
        "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )  # fmt: skip


@lru_cache(maxsize=65536)
def is_ignorable(char: str) -> bool:
    """Return True for default-ignorable code points (DerivedCoreProperties)."""
    return bool(icu.Char.hasBinaryProperty(char, icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT))


@lru_cache(maxsize=64)
def _iterator(kind: str, tag: str) -> icu.BreakIterator:
    locale = icu.Locale.forLanguageTag(tag)
    if kind == "line":
        return icu.BreakIterator.createLineInstance(locale)
    return icu.BreakIterator.createCharacterInstance(locale)


def _boundaries(kind: str, tag: str, text: str) -> list[int]:
    """Return the boundaries after offset 0, in code points."""
    iterator = _iterator(kind, tag)
    iterator.setText(text)
    found = list(iterator)
    if not text or max(text) <= "\uffff":
        return found
    units = {0: 0}
    at = 0
    for offset, char in enumerate(text):
        at += 2 if char > "\uffff" else 1
        units[at] = offset + 1
    return [units[one] for one in found if one in units]


def graphemes(text: str) -> list[int]:
    """Return the ends of the extended grapheme clusters (UAX #29)."""
    return _boundaries("character", "und", text)


# Scripts without spaces, whose words ICU finds by dictionary (UAX #14, class SA).
_DICTIONARY_SCRIPTS: Final = frozenset({"Thai", "Laoo", "Khmr", "Mymr"})
_DIGIT: Final = r"[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u17e0-\u17e9\u1040-\u1049]"
_SPACE: Final = "[ \u00a0\u202f\u2009]"
_UNIT: Final = r"(?:[mkµμn]?g|m?[lL]|mmHg|[cmk]?m|h|min|ms|s|kJ|kcal|I?U|мг|кг|мл|мм|ч)\b"
# A number with its signs, groups, range or phone groups, and the unit after it.
_NUMBER: Final = re.compile(
    rf"[+\u2212(]{{0,2}}{_DIGIT}+(?:[.,:/\u066b\u066c\u2013\u2010\u2011)-]?{_SPACE}?[(]?{_DIGIT}+)*"
    rf"(?:{_SPACE}?[%\u00b0\u066a]C?|{_SPACE}{_UNIT})?"
)
_CJK_UNIT: Final = re.compile(
    rf"{_DIGIT}+(?:時間|週間|か月|ヶ月|カ月|分|秒|歳|人|回|倍|件|年|日|点|个小时|小时|个月|个人|"
    r"個月|小時|周|週|天|岁|歲|次|项|項|名|시간|주|개월|명|배)"
)
_LATIN_WITH_SLASH: Final = re.compile(r"[A-Za-z\u00b5]+(?:/[A-Za-z\u00b5]+)+")


def line_breaks(
    text: str,
    *,
    tag: str,
    terms: Sequence[str] = (),
    nobreaks: Iterable[tuple[int, int]] = (),
    phrases: bool = False,
) -> list[int]:
    """Return the offsets at which a line may end (UAX #14), the text's end included.

    `terms` are never cut, and the dictionary that finds Thai, Lao, Khmer and Burmese
    words does not see them. Never: inside `nobreaks`, inside a number with its unit,
    inside `mg/kg`; in Korean only at spaces. `phrases` asks for Japanese bunsetsu.
    """
    protected, edges = _terms_in(text, terms)
    hidden = _hide(text, protected)
    found = _boundaries("line", _line_tag(tag, phrases=phrases), hidden)
    allowed = set(found) | edges
    if tag.split("-")[0] == "ko":
        allowed = {one for one in allowed if one == len(text) or not _is_hangul(text, one)}
    for start, end in (*protected, *nobreaks, *_numbers(text)):
        allowed.difference_update(range(start + 1, end))
    allowed.add(len(text))
    allowed.discard(0)
    return sorted(allowed)


def _line_tag(tag: str, *, phrases: bool) -> str:
    if tag.split("-")[0] != "ja":
        return tag
    return "ja-u-lb-strict-lw-phrase" if phrases else "ja-u-lb-strict"


def _terms_in(text: str, terms: Sequence[str]) -> tuple[list[tuple[int, int]], set[int]]:
    """Return where terms stand, and their edges that are breaks in unspaced scripts."""
    protected: list[tuple[int, int]] = []
    edges: set[int] = set()
    for term in terms:
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            protected.append((start, end))
            if script_of(term[0]) in _DICTIONARY_SCRIPTS:
                edges.update(one for one in (start, end) if _between_words(text, one))
            start = text.find(term, end)
    return protected, edges


def _between_words(text: str, offset: int) -> bool:
    """Return True if both sides are letters of an unspaced script that may part."""
    if not 0 < offset < len(text):
        return False
    after, before = text[offset], text[offset - 1]
    no_start = extends(after) or after in "\u0e46\u0e2f\u0e33\u0ec6\u17d7"
    # A Thai or Lao vowel written before its consonant must not end a line.
    no_end = "\u0e40" <= before <= "\u0e44" or "\u0ec0" <= before <= "\u0ec4"
    both = script_of(after) in _DICTIONARY_SCRIPTS and script_of(before) in _DICTIONARY_SCRIPTS
    return both and unicodedata.category(after).startswith("L") and not no_start and not no_end


def _hide(text: str, protected: Iterable[tuple[int, int]]) -> str:
    """Replace unspaced terms by Latin letters, so that the dictionary starts afresh."""
    for start, end in protected:
        if script_of(text[start]) in _DICTIONARY_SCRIPTS:
            text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _is_hangul(text: str, offset: int) -> bool:
    """Return True if a break here would part two Hangul syllables or one and a sign."""
    return not text[offset - 1].isspace() and script_of(text[offset]) in {"Hang", "Zyyy"}


def _numbers(text: str) -> Iterable[tuple[int, int]]:
    for pattern in (_NUMBER, _CJK_UNIT, _LATIN_WITH_SLASH):
        for match in pattern.finditer(text):
            yield match.span()
