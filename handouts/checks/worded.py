"""Numbers in words: two, twice, half; 五十; `dos veces`; the dual of Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.folding import english_words
from handouts.checks.lexicon import ENGLISH, Lexicon, lexicon
from handouts.checks.multiples import multiplied
from handouts.checks.signs import NUMBER_WORDS, PLURAL, WORDS
from handouts.checks.values import Value, has_digits, marks, numbers
from handouts.diagnostics import Severity
from handouts.languages import Language

__all__ = ["AlteredNumberWord", "han_values", "says_value", "word_places"]

_HAN_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2,
}  # fmt: skip
_HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10_000, "萬": 10_000}
_HAN: Final = re.compile(f"[{''.join((*_HAN_DIGITS, *_HAN_UNITS, *_MYRIADS))}]{{1,12}}")
_HAN_LANGUAGES: Final = frozenset({"ja", "zh"})
_WORDS: Final = WORDS[NUMBER_WORDS]
_ONE: Final = Fraction(1)
_HALF: Final = Fraction(1, 2)
_AND_HALF: Final = "and-a-half"
# What may be "and a half" elsewhere: "half past two".
_MORE: Final = re.compile(r"\band (?:a|one) half\b|\bhalf past\b")
_FEW: Final = frozenset({Fraction(2), Fraction(3), Fraction(4), Fraction(5, 2)})
# What a language writes alike: Persian "nine" and "no", Bengali "nine" and "is not".
_DOUBTFUL: Final = {"bn": {9}, "fa": {9}, "fr": {9}, "ja": {9, 10}, "ro": {9},
                    "zh": {9, 10}}  # fmt: skip
_ONCE: Final = re.compile(
    r"\bonce (?:a|an|per|daily|every|each|in)\b"
    r"|\bone (?:hour|day|week|month|year|minute|tablet|dose|capsule|patch|drop|spray)\b"
)
_SPANS: Final = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty) "
    r"(?:hours|days|weeks|months|years|minutes)\b"
)
# Two weeks may be fourteen days, a fortnight (Spanish: fifteen), or half a month.
_SAME: Final = {"two weeks": (14, 15), "two days": (48,), "three days": (72,),
                "one and a half hours": (90,), "half an hour": (30,),
                "twelve months": (1,), "six months": (_HALF,),
                "thirty minutes": (_HALF,)}  # fmt: skip
_NO_NUMBER: Final = re.compile("百分|千万|万一|十分|一[般些定起直样旦部下]|四肢|再三")
_HALF_HOUR: Final = re.compile(r"\bhalf(?: an)?[ -]hour")
_IDIOMS: Final = re.compile(
    r"one another|no one|at once|two-way|one of|one or more|double[- ]check|"
    r"one by one|one[- ]time|hundreds? of|thousands? of|first|second"
)


class AlteredNumberWord:
    """The source says "twice a day", the translation "three times a day"."""

    code: Final = "altered-number-word"
    severity: Final = Severity.ERROR
    statement: Final = "a number in words has another value than in the source"
    exemptable: Final = True
    signs: Final = frozenset({NUMBER_WORDS, PLURAL})

    def applies(self, subject: Subject) -> bool:
        """True if the English has a number in words, or a form stands for one number."""
        own = lexicon(subject.language.language)
        return own is not None and any(
            form.count or _wanted(form.sources[0].plain) for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each number word for which another number stands."""
        own = lexicon(subject.language.language)
        if own is None:
            return
        for form in subject.forms:
            for wanted, found in _altered(form, own, subject.language):
                yield Finding(
                    form.index, 0, 0,
                    f"translation says `{found}` where the source says `{wanted}`"
                    if found else f"translation lacks the number `{wanted}`",
                    f"write {wanted} in the {form.name}, as a word or in digits",
                )  # fmt: skip


def says_value(text: str, value: Value, own: Lexicon) -> bool:
    """True if the plain `text` has a word for `value`."""
    if own.lists.language in _HAN_LANGUAGES:
        if value in han_values(text):
            return True
        if value not in {1, 2, Fraction(1, 2)}:
            return False
    return own.says_number(text, str(value))


@lru_cache(maxsize=512)
def han_values(text: str) -> frozenset[int]:
    """Return the values of the numbers that `text` writes in Han signs."""
    return frozenset(_han_value(match[0]) for match in _HAN.finditer(text))


def _han_value(signs: str) -> int:
    total = section = digit = 0
    for sign in signs:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        elif sign in _HAN_UNITS:
            section += (digit or 1) * _HAN_UNITS[sign]
            digit = 0
        else:
            total += (section + digit or 1) * _MYRIADS[sign]
            section = digit = 0
    return total + section + digit


@lru_cache(maxsize=4096)
def _wanted(text: str) -> tuple[Fraction, ...]:
    """Return the values that the English has in words and that must come back."""
    if _WORDS.isdisjoint(english_words(text)):
        return ()
    text = _IDIOMS.sub(" ", text)
    found = {v for _, _, v in ENGLISH.values(text) if v != _ONE}
    return (*sorted(found), *((_ONE,) if _ONCE.search(text) else ()))


def word_places(text: str, own: Lexicon) -> tuple[tuple[int, int, Fraction], ...]:
    """Return (start, end, value) of the numbers that plain `text` has in words."""
    places = own.values(text)
    if own.lists.language not in _HAN_LANGUAGES:
        return places
    text = _NO_NUMBER.sub("\ufffc\ufffc", text)
    signs = [(*m.span(), Fraction(_han_value(m[0]))) for m in _HAN.finditer(text)]
    return (*signs, *(p for p in places if p[2] < _ONE))


def _altered(
    form: Form, own: Lexicon, language: Language
) -> Iterator[tuple[Fraction, Fraction | None]]:
    source = form.sources[0].plain
    wanted = _wanted(source)
    if not form.text.bare:
        return
    if form.count is not None and not wanted:
        yield from _miscounted(form, own)
    if not wanted:
        return
    text = form.text.plain
    digits = _digits(text, language)
    said = _said(source, text, own)
    ours = _allowed(source, wanted, language, form.count)
    others = sorted((digits | (said - _doubtful(own) - {_HALF, _ONE})) - ours)
    few = [value for value in others if value in _FEW]
    for value in wanted:
        if value == _ONE:  # "once": two or three times are told by a word or a digit
            if few:
                yield value, few[0]
        elif not _is_known(value, said | digits, few, own, text):
            halved = _HALF in said and value.denominator != 1
            if others or halved:
                yield value, others[0] if others else _HALF
            elif _SPANS.search(source) and value >= 2 and len(wanted) == 1:
                yield value, None


def _is_known(
    value: Fraction, there: set[Fraction], few: list[Fraction], own: Lexicon, text: str
) -> bool:
    """True if the numbers of the translation hold `value`, in one word or in two."""
    if value in there or (
        own.lists.language in _HAN_LANGUAGES and says_value(text, value, own)
    ):
        return True
    if value.denominator == 1:
        return False
    if value < _HALF:  # a tenth: one of ten
        return value.denominator in there
    if value != _HALF and own.has_list(_AND_HALF) and not own.says(text, _AND_HALF):
        return False
    whole = value.numerator // value.denominator
    return _HALF in there and (whole in there or (whole == 1 and not few))


def _said(source: str, text: str, own: Lexicon) -> set[Fraction]:
    """Return the values in words; a half that comes on top of something is no half."""
    said = {value for _, _, value in word_places(text, own)}
    if _HALF in said and not _MORE.search(source) and own.says(text, _AND_HALF):
        return said - {_HALF} | {_ONE + _HALF}
    return said


def _doubtful(own: Lexicon) -> set[int]:
    return _DOUBTFUL.get(own.lists.language, set())


def _allowed(
    source: str, wanted: tuple[Fraction, ...], language: Language, count: int | None
) -> set[Fraction]:
    """Return the values that a translation may have in words or digits."""
    ours = set(wanted) | _digits(source, language)
    ours |= {v for _, _, v in ENGLISH.values(source)}
    ours |= {Fraction(v) for phrase, vs in _SAME.items() if phrase in source for v in vs}
    ours |= {Fraction(v.denominator) for v in wanted if v < _HALF}
    if count is not None:
        ours.add(Fraction(count))
    if _HALF_HOUR.search(source):
        ours.add(Fraction(30))
    return ours


def _miscounted(form: Form, own: Lexicon) -> Iterator[tuple[Fraction, Fraction | None]]:
    """Yield another number in the form that one number alone takes: "two" for 1."""
    count = Fraction(form.count or 0)
    fewer = min(len(s.placeholders) for s in form.sources) > len(form.text.placeholders)
    if count < 1 or not fewer:
        return
    source = form.sources[0].plain
    said = {value for _, _, value in word_places(form.text.plain, own)}
    others = (said & _FEW) - {count} - {v for _, _, v in ENGLISH.values(source)}
    if others and (count == _ONE or count not in said):
        yield count, min(others)


def _digits(text: str, language: Language) -> set[Fraction]:
    if not has_digits(text):
        return set()
    return {
        Fraction(value)
        for number in multiplied(numbers(text, marks(language.cldr)), text)
        for values in number.readings
        for value in values
    }
