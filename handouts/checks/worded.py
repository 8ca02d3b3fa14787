"""Numbers in words: two, twice, half; 五十; `dos veces`; the dual of Arabic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.lexicon import ENGLISH, Lexicon, english_words, lexicon, plain
from handouts.checks.values import Value, has_digits, marks, numbers
from handouts.diagnostics import Severity
from handouts.languages import Language

__all__ = ["AlteredNumberWord", "han_values", "says_value"]

_HAN_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "兩": 2,
}  # fmt: skip
_HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10_000, "萬": 10_000}
_HAN: Final = re.compile(f"[{''.join((*_HAN_DIGITS, *_HAN_UNITS, *_MYRIADS))}]{{1,12}}")
_HAN_LANGUAGES: Final = frozenset({"ja", "zh"})
# A translation may say 30 minutes for half an hour, ten for a couple: only these
# English words must come back, and only these others give a change away.
_WANTED: Final = tuple(
    ENGLISH.lists.numbers
)  # in the order of the list, which is that of the values
_WORDS: Final = frozenset(
    re.split("[- ]", word)[0]
    for words in ENGLISH.lists.numbers.values()
    for word in words
)
_TELLING: Final = ("2", "3", "4")
_ONCE: Final = re.compile(r"\bonce (?:a|an|per|daily|every|each|in)\b")
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

    def applies(self, subject: Subject) -> bool:
        """True if the English has a number in words and the language has a list."""
        own = lexicon(subject.language.language)
        return own is not None and any(
            _wanted(plain(form.sources[0])) for form in subject.forms
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
                    f"translation says `{found}` where the source says `{wanted}`",
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
def _wanted(text: str) -> tuple[str, ...]:
    """Return the values that the English has in words, as the lists write them."""
    if _WORDS.isdisjoint(english_words(text)):
        return ()
    text = _IDIOMS.sub(" ", text)
    found = [v for v in _WANTED if v != "1" and ENGLISH.says_number(text, v)]
    if _ONCE.search(text):
        found.append("1")
    return tuple(found)


def _altered(form: Form, own: Lexicon, language: Language) -> Iterator[tuple[str, str]]:
    source = plain(form.sources[0])
    wanted = _wanted(source)
    if not wanted or not form.text.raw.strip():
        return
    text = plain(form.text)
    digits = _digits(text, language)
    ours = {Fraction(value) for value in wanted} | _digits(source, language)
    if form.count is not None:
        ours.add(Fraction(form.count))
    if _HALF_HOUR.search(source):
        ours.add(Fraction(30))
    others = [str(value) for value in sorted(digits - ours)]
    others += [
        value
        for value in _TELLING
        if Fraction(value) not in ours and says_value(text, Fraction(value), own)
    ]
    few = [value for value in others if value in _TELLING]
    for value in wanted:
        if value == "1":  # "once": two or three times are told by a word or a digit
            if few:
                yield value, few[0]
            continue
        known = Fraction(value) in digits or says_value(text, Fraction(value), own)
        if not known and others:
            yield value, others[0]


def _digits(text: str, language: Language) -> set[Fraction]:
    if not has_digits(text):
        return set()
    return {
        Fraction(value)
        for number in numbers(text, marks(language.cldr))
        for values in number.readings
        for value in values
    }
