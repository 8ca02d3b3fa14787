"""Where a line may end: UAX #14 and the dictionaries, less what must stay together.

Kept whole: a number with its unit, a phone number, `mg/kg`, a web address, a drug name;
in Korean every word; in Romanian what a hyphen ties.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from handouts.text.phrases import PHRASED, phrase_breaks
from handouts.text.unicode import (
    OBJECT,
    SEPARATOR,
    SOFT_HYPHEN,
    extends,
    line_boundaries,
    script_of,
)

__all__ = ["addresses", "break_tiers", "line_breaks"]

# Scripts without spaces, whose words ICU finds by dictionary (UAX #14, class SA).
_UNSPACED: Final = frozenset({"Thai", "Laoo", "Khmr", "Mymr"})
_STRICT: Final = frozenset({"ja", "zh"})
"""Languages whose lines must not begin with small kana or a lengthening mark."""
_MARKED_BREAKS: Final = frozenset(f"\u200b{SOFT_HYPHEN}{SEPARATOR}")
_KOREAN_BREAKS: Final = frozenset(f" \t\u200b\u3000{SOFT_HYPHEN}{SEPARATOR}{OBJECT}")

_DIGIT: Final = (
    "[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f\u0ae6-\u0aef"
    "\u0be6-\u0bef\u0e50-\u0e59\u0ed0-\u0ed9\u17e0-\u17e9\u1040-\u1049]"
)
_SPACE: Final = "[ \u00a0\u202f\u2009]"
_UNITS: Final = (
    "[mkµμn]?g|mcg|m?[lL]|dL|mmHg|[cmk]?m|h|min|ms|s|kJ|kcal|I?U|mmol|mol",  # Latin
    "[мк]?г|мкг|м?л|[мс]?м|ч|мин",  # noqa: RUF001  # Cyrillic
    "ملغم?|ملجم|مجم|ملغرام|میلی\u200cگرم|گرم|غرام|غ|كغم?|كجم|مل|میلی\u200cلیتر",  # Arabic
    '[מק]״ג|[מק]"ג|מ״ל|מ"ל|גרם',  # Hebrew
    "मि\\.?ग्रा\\.?|मिलीग्राम|किग्रा|ग्राम|मिली|মি\\.?গ্রা\\.?|মিলিগ্রাম|গ্রাম|মিলি",  # Indic
    "ሚ\\.?ግ\\.?|ሚሊግራም|ግራም|ኪ\\.?ግ\\.?|ሚ\\.?ሊ\\.?",  # Ethiopic
)
# Scripts without spaces: a letter may follow.
_UNSPACED_UNITS: Final = (
    "มก\\.?|มิลลิกรัม|กรัม|กก\\.?|มล\\.?|ชั่วโมง|นาที|วัน|เม็ด",  # Thai: mg, g, kg, ml, h …
    "មក|មីលីក្រាម|ក្រាម|គក|មល|ម៉ោង|នាទី|ថ្ងៃ|គ្រាប់",  # Khmer
    "ມກ|ມິນລີກຣາມ|ກຣາມ|ຊົ່ວໂມງ|ນາທີ|ມື້",  # Lao
    "မီလီဂရမ်|ဂရမ်|နာရီ|မိနစ်|ရက်",  # Burmese
)
# A number with its signs, groups, range or phone groups, and the unit after it.
_NUMBER: Final = re.compile(
    rf"[+\u2212(]{{0,2}}{_DIGIT}+"
    rf"(?:[.,:/\u066b\u066c\u2013\u2010\u2011)-]?{_SPACE}?[(]?{_DIGIT}+)*"
    rf"(?:{_SPACE}?(?:[%\u00b0\u066a]C?|(?:{'|'.join(_UNITS)})(?!\w)"
    rf"|(?:{'|'.join(_UNSPACED_UNITS)})))?"
)
# "0 to 10": two numbers with one short word between them.
_RANGE: Final = re.compile(
    rf"{_DIGIT}+(?:[.,]{_DIGIT}+)?{_SPACE}?[^\W\d_][^\s\d.,;:!?()\u060c]{{0,4}}{_SPACE}?{_DIGIT}+"
)
_BLANK_UNIT: Final = re.compile(rf"{OBJECT}{_SPACE}?\w")
"""A line to write a number on, and what the number counts."""
_CJK_NUMBER: Final = re.compile(
    rf"{_DIGIT}+{_SPACE}?(?:時間|週間|か月|ヶ月|カ月|か所|分|秒|歳|人|回|倍|件|年|月|日|錠|"
    "毫克|微克|公斤|毫升|公克|千克|克|点|個|个小时|小时|个月|个人|个|個月|小時|周|週|天|"
    "岁|歲|次|项|項|名|片|粒|시간|주|개월|명|배|세|회|일|분|년)間?"
)
# "do not", "is not" and "please" are endings of the verb, which no line may part from it.
_JAPANESE_DENIALS: Final = re.compile(
    "[^、。「」\\s]ないで?|[^、。「」\\s](?:て|で)?[いおらりきし]?ません(?:でした)?"
    "|[^、。「」\\s]なければな|[^、。「」\\s](?:て|で)(?:ください|はいけ(?:ない|ません))|ください"
)
_WITH_SLASH: Final = re.compile(r"[A-Za-z\u00b5]+(?:/[A-Za-z\u00b5]+)+")
# Web and mail addresses. Every part has a bound, and begins where no other did: the
# time must not grow with the square of a long word.
_ADDRESS: Final = re.compile(
    r"(?<![A-Za-z0-9.@-])"
    r"(?:https?://[!-~]+|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![A-Za-z])(?:[:/?#][!-~]*)?)"
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Return where web and mail addresses stand."""
    if "." not in text:
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


_SHORT_WORDS_GO_ON: Final = frozenset({"pl", "cs", "sk", "ru", "uk", "be"})
_SHORT_WORD: Final = re.compile(r"(?<!\S)[(\u201e\u201c\u00ab]?[^\W\d_][ \u00a0]")
# A Romanian pronoun, verb or article tied to its word: "sunați-ne", "într-o", "site-ul".
_ROMANIAN_TIES: Final = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_]{1,2}|d?într|dintr|printr)-(?=[^\W\d_])"
    r"|(?<=[^\W\d_])-[^\W\d_]{1,2}(?![^\W\d_])",
    re.IGNORECASE,
)
_DASHED: Final = re.compile("\\S[ \u00a0][\u2013\u2014](?=[ \u00a0])")
"""A dash between words: no line begins with it."""
_TWICE: Final = re.compile(r"(?<!\S)([^\s-]{1,12})-\1")
"""A word said twice, as in Hindi or Indonesian: "again-again"."""
_WITH_SIGNS: Final = (
    (OBJECT, _BLANK_UNIT), ("/", _WITH_SLASH), ("\u2013", _DASHED), ("\u2014", _DASHED),
    ("-", _TWICE),
)  # fmt: skip
_REPEAT: Final = re.compile(".[\u0e46\u0e2f\u0ec6\u17d7]")


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
    words does not see them. Never: inside `nobreaks`, a number with its unit, `mg/kg`
    or an address; in Korean only after spaces. `phrases` asks for the ends of Japanese
    and Chinese phrases only.
    """
    return break_tiers(text, tag=tag, terms=terms, nobreaks=nobreaks, phrases=phrases)[0]


def break_tiers(
    text: str,
    *,
    tag: str,
    terms: Sequence[str] = (),
    nobreaks: Iterable[tuple[int, int]] = (),
    phrases: bool = False,
    held: Collection[int] = (),
) -> tuple[list[int], ...]:
    """Return the `line_breaks`, the best first: of phrases, of words, and all.

    Without `phrases`, or in a language that marks its words, there are only all. `held`
    are breaks that are as good as none: only the last tier has them.
    """
    every = _all_breaks(text, tag, terms, nobreaks)
    code = tag.split("-", maxsplit=1)[0]
    if not phrases or code not in PHRASED:
        better = [at for at in every if at not in held]
        return (every,) if len(better) == len(every) else (better, every)
    coarser = [
        {*every}.intersection((*one, len(text))).difference(held)
        for one in phrase_breaks(text, code)
    ]
    # What a writer marks as a place to break is one, phrase or not.
    forced = [at for at in every if text[at - 1] in _MARKED_BREAKS]
    return (*(sorted({*one, *forced}) for one in coarser), every)


def _all_breaks(
    text: str, tag: str, terms: Sequence[str], nobreaks: Iterable[tuple[int, int]]
) -> list[int]:
    code = tag.split("-", maxsplit=1)[0]
    protected, edges = _terms_in(text, terms)
    hidden = _hide(text, protected)
    found = line_boundaries(hidden, f"{tag}-u-lb-strict" if code in _STRICT else tag)
    if edges:
        found = sorted(edges.union(found))
    if code == "ko":
        last = len(text)
        found = [b for b in found if b == last or text[b - 1] in _KOREAN_BREAKS]
    kept = (*_kept(text), *_short_words(text, code), *_repeats(text))
    if code == "ja":
        kept = (*kept, *(match.span() for match in _JAPANESE_DENIALS.finditer(text)))
    if code == "ro":
        kept = (*kept, *_ties(text))
    for start, end in (*protected, *nobreaks, *kept):
        low, high = bisect_right(found, start), bisect_left(found, end)
        if low < high:
            found[low:high] = [b for b in found[low:high] if text[b - 1] == SEPARATOR]
    if text and (not found or found[-1] != len(text)):
        found.append(len(text))
    return found


def _short_words(text: str, code: str) -> Iterable[tuple[int, int]]:
    """Yield one-letter words with what follows: Slavic typography ends no line in one."""
    if code not in _SHORT_WORDS_GO_ON:
        return ()
    return ((match.start(), match.end() + 1) for match in _SHORT_WORD.finditer(text))


def _ties(text: str) -> Iterator[tuple[int, int]]:
    """Yield the hyphens that tie a short Romanian word to its neighbour.

    UAX #14 lets a line end in one; "sunați-" at its end looks like a word cut in two.
    """
    for match in _ROMANIAN_TIES.finditer(text):
        hyphen = text.index("-", match.start())
        yield hyphen, hyphen + 2


def _repeats(text: str) -> Iterable[tuple[int, int]]:
    """Yield Khmer, Lao and Thai repetition signs with the letter before them.

    ICU's dictionary lets a line begin with the Khmer one.
    """
    return ((match.start(), match.end()) for match in _REPEAT.finditer(text))


def _terms_in(text: str, terms: Sequence[str]) -> tuple[list[tuple[int, int]], set[int]]:
    """Return where terms stand, and their edges that are breaks in unspaced scripts."""
    protected: list[tuple[int, int]] = []
    edges: set[int] = set()
    for term in terms:
        start = text.find(term)
        while start >= 0:
            end = start + len(term)
            protected.append((start, end))
            if script_of(term[0]) in _UNSPACED:
                edges.update(one for one in (start, end) if _between_words(text, one))
            start = text.find(term, end)
    return protected, edges


def _between_words(text: str, offset: int) -> bool:
    """Return True if both sides are letters of an unspaced script that may part."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if script_of(after) not in _UNSPACED or script_of(before) not in _UNSPACED:
        return False
    # Repetition and ellipsis signs, and vowels that follow their consonant.
    if (
        extends(after)
        or after in "\u0e46\u0e2f\u0e30\u0e32\u0ec6\u0eaf\u0eb0\u0eb2\u17d7"
    ):
        return False
    # A Thai or Lao vowel written before its consonant must not end a line, nor may the
    # Khmer sign that puts the next consonant below.
    if "\u0e40" <= before <= "\u0e44" or "\u0ec0" <= before <= "\u0ec4":
        return False
    return before not in "\u17d2\u1039" and unicodedata.category(after).startswith("L")


def _hide(text: str, protected: Iterable[tuple[int, int]]) -> str:
    """Replace unspaced terms by Latin letters, so that the dictionary starts afresh."""
    for start, end in protected:
        if script_of(text[start]) in _UNSPACED:
            text = text[:start] + "x" * (end - start) + text[end:]
    return text


def _kept(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        yield match.span()
    for match in _RANGE.finditer(text):
        yield match.span()
    if not text.isascii():
        for match in _CJK_NUMBER.finditer(text):
            yield match.span()
    for sign, pattern in _WITH_SIGNS:
        if sign in text:
            for match in pattern.finditer(text):
                yield match.span()
    yield from addresses(text)
