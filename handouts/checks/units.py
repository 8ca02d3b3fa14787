"""Units: what a number counts stays the same: hours stay hours, mg stay mg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.lexicon import (
    Lexicon,
    english_words,
    folded,
    lexicon,
    literals,
    pattern_parts,
    plain,
)
from handouts.checks.text import FILLER, Kind, Parsed
from handouts.diagnostics import Severity

__all__ = ["AlteredUnit", "DroppedUnit", "says_week", "unit_spaces"]

_DIMENSIONS: Final = (
    ("second", "minute", "hour", "day", "week", "month", "year"),
    ("mcg", "mg", "g", "kg", "ml", "l"),
    ("mm", "cm", "km"),
    ("celsius", "fahrenheit"),
    ("percent",),
    ("tablet", "drop"),
)
_DIMENSION: Final = {kind: group for group in _DIMENSIONS for kind in group}
# Written so in every language.
_EVERYWHERE: Final[dict[str, tuple[str, ...]]] = {
    "mcg": ("mcg", "µg"), "mg": ("mg",), "g": ("g",), "kg": ("kg",), "ml": ("ml",),
    "l": ("l",), "mm": ("mm",), "cm": ("cm",), "km": ("km",), "percent": ("%", "٪"),
    "celsius": ("°c",), "fahrenheit": ("°f",), "hour": ("h",), "minute": ("min",),
}  # fmt: skip
_COUNTED: Final = frozenset({"percent", "mcg", "mg", "g", "kg", "ml", "l", "mm", "cm"})
_SHORT: Final = 2  # `г`, `h`: so short a word is a unit only after a number
_AFTER_NUMBER: Final = rf"(?:(?<=[\d{FILLER}])|(?<=[\d{FILLER}][ \-]))"
_NUMBER: Final = re.compile(rf"{FILLER}|\d+(?:[.,\u066b\u066c'/]\d+)*(?: \d{{3}}(?!\d))*")
_SIGN: Final = re.compile(rf"[\d{FILLER}] ?[%°µμ٪]|\d[a-z]")
_SIGN_SPACE: Final = re.compile(
    r"(?:(?<=\d)|(?<=\)s))( )(?=(?:mg|mcg|µg|g|kg|ml|mL|l|mm|cm|km|mmHg|°C|°F)(?![^\W_]))"
)
_BESIDE: Final = re.compile(rf"(?<=[\d{FILLER}])(?=(.)(.?))", re.DOTALL)
_MOST: Final = 50  # numbers in a text; with more, which belongs to which is a guess
_NEAR: Final = 3  # characters between a number and its unit: `24-hour`, `24 (hours`


class Quantity(NamedTuple):
    """A number or placeholder, as it stands, and the kind of unit beside it."""

    number: str
    kind: str


class AlteredUnit:
    """The source says hours, the translation days."""

    code: Final = "altered-unit"
    severity: Final = Severity.ERROR
    statement: Final = "a number of the translation has another unit than in the source"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English has units and the language has a list."""
        return _applies(subject)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each unit that stands for another."""
        language = subject.language.language
        for form in subject.forms:
            for kind, other in _altered(form, language):
                yield Finding(
                    form.index, 0, 0,
                    f"translation has the unit `{other}` where the source has `{kind}`",
                    f"write the word for `{kind}`",
                )  # fmt: skip


class DroppedUnit:
    """The source says 24 hours, the translation 24."""

    code: Final = "dropped-unit"
    severity: Final = Severity.ERROR
    statement: Final = "a number of the translation has lost its unit"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English has units and the language has a list."""
        return _applies(subject)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each unit of a number that nothing stands for."""
        language = subject.language.language
        for form in subject.forms:
            if not _applies_to(form, language) or not form.text.raw.strip():
                continue
            theirs = _kinds(plain(form.text), language)
            for kind in sorted({pair.kind for pair in _of(form.sources[0], "en")}):
                if not theirs & {*_DIMENSION[kind]}:
                    yield Finding(
                        form.index, 0, 0,
                        f"translation lacks the unit `{kind}`",
                        f"write the word for `{kind}` beside its number",
                    )  # fmt: skip


def says_week(text: Parsed, language: str) -> bool:
    """True if `text` says "week", which may stand for seven days."""
    return lexicon(language) is not None and "week" in _kinds(plain(text), language)


def unit_spaces(text: str, language: str) -> tuple[int, ...]:
    """Return where a plain space stands between a number and a unit's sign.

    Only signs that every language writes alike: `24 mg`, `%(n)s mmHg`.
    """
    if lexicon(language) is None:
        return ()
    return tuple(match.start(1) for match in _SIGN_SPACE.finditer(text))


def _applies(subject: Subject) -> bool:
    return any(_applies_to(form, subject.language.language) for form in subject.forms)


def _applies_to(form: Form, language: str) -> bool:
    return lexicon(language) is not None and bool(_kinds(plain(form.sources[0]), "en"))


def _altered(form: Form, language: str) -> Iterator[tuple[str, str]]:
    if not _applies_to(form, language):
        return
    ours = _kinds(plain(form.sources[0]), "en")
    theirs = _kinds(plain(form.text), language)
    pairs = _of(form.sources[0], "en")
    found = False
    for kind in sorted(ours - theirs):
        if kind == "day" and "week" in theirs and Quantity("7", "day") in pairs:
            continue  # seven days are a week
        others = sorted((theirs - ours) & {*_DIMENSION[kind]})
        if others:
            found = True
            yield kind, others[0]
    if not found:
        yield from _exchanged(form, language)


def _exchanged(form: Form, language: str) -> Iterator[tuple[str, str]]:
    """Yield units that changed their numbers: 2 tablets every 6 hours, 6 every 2."""
    ours, theirs = _of(form.sources[0], "en"), _of(form.text, language)
    if max(len(ours), len(theirs)) > _MOST:
        return
    for number, kind in ours:
        wanted = {pair.kind for pair in ours if pair.number == number}
        has = {pair.kind for pair in theirs if pair.number == number}
        others = {k for k in has - wanted if k in _DIMENSION[kind] or _is_ours(k, ours)}
        if others and not has & wanted:
            yield kind, min(others)


def _is_ours(kind: str, ours: tuple[Quantity, ...]) -> bool:
    return any(pair.kind == kind for pair in ours)


@lru_cache(maxsize=2048)
def _kinds(text: str, language: str) -> frozenset[str]:
    """Return the kinds of unit that plain `text` speaks of."""
    if (
        language == "en"
        and not _SIGN.search(text)
        and _unit_words().isdisjoint(english_words(text))
    ):
        return frozenset()
    beside = {char for pair in _BESIDE.findall(text) for char in pair}
    return frozenset(
        kind
        for kind, likely in _likely(language)
        if likely.may_be_in(text, beside) and _unit(kind, language).search(text)
    )


@lru_cache(maxsize=2048)
def _of(text: Parsed, language: str) -> tuple[Quantity, ...]:
    """Return each number or placeholder of `text` with the unit next to it."""
    shown = plain(text)
    names = iter(
        token.text
        for token in text.tokens
        if token.kind in {Kind.PLACEHOLDER, Kind.BRACE, Kind.PRINTF}
    )
    places = [
        (m.start(), m.end(), next(names, FILLER) if m[0] == FILLER else _bare(m[0]))
        for m in _NUMBER.finditer(shown)
    ]
    if not places:
        return ()
    units = sorted(
        (match.start(), kind)
        for kind in _kinds(shown, language)
        for match in _unit(kind, language).finditer(shown)
    )
    return tuple(_beside(places, units))


def _beside(
    places: list[tuple[int, int, str]], units: list[tuple[int, str]]
) -> Iterator[Quantity]:
    at = 0
    for _, end, number in places:
        while at < len(units) and units[at][0] < end:
            at += 1
        if at < len(units) and units[at][0] - end <= _NEAR:
            yield Quantity(number, units[at][1])


def _bare(number: str) -> str:
    """Return the digits of a number in ASCII, its marks left out."""
    return "".join(str(int(c)) for c in number if c.isdecimal())


@cache
def _unit(kind: str, language: str) -> re.Pattern[str]:
    """Return the pattern of a kind's words; what is short must follow a number."""
    lists = _lexicon(language).lists
    words = lists.units.get(kind, ())
    counted = [w for w in words if _is_counted(w, kind, spaced=lists.spaced)]
    free = [word for word in words if word not in counted]
    signs = (f"{re.escape(sign)}(?![^\\W_0-9])" for sign in _signs(kind))
    after = (*pattern_parts(counted, lists), *signs)
    parts = (*pattern_parts(free, lists), *(f"{_AFTER_NUMBER}(?:{p})" for p in after))
    return re.compile("|".join(parts) or "(?!)")


def _is_counted(word: str, kind: str, *, spaced: bool) -> bool:
    if word.startswith("re:"):
        return False
    return kind in _COUNTED or (spaced and len(word) <= _SHORT)


@cache
def _unit_words() -> frozenset[str]:
    """Return the English words of all units."""
    lists = _lexicon("en").lists.units.values()
    return frozenset(word for words in lists for entry in words for word in entry.split())


def _signs(kind: str) -> tuple[str, ...]:
    return tuple(map(folded, _EVERYWHERE.get(kind, ())))


def _lexicon(language: str) -> Lexicon:
    found = lexicon(language)
    assert found is not None
    return found


class _Likely(NamedTuple):
    """What a text with a unit surely has: one of `letters`, or of `after` a number.

    None of either: nothing is known, and the text must be searched.
    """

    letters: tuple[str, ...] | None
    after: frozenset[str] | None

    def may_be_in(self, text: str, beside: set[str]) -> bool:
        """False if the unit cannot stand in `text`, which has `beside` its numbers."""
        if self.letters is None or self.after is None:
            return True
        if not self.after.isdisjoint(beside):
            return True
        for letters in self.letters:  # noqa: SIM110  # a loop is twice as fast here
            if letters in text:
                return True
        return False


@cache
def _likely(language: str) -> tuple[tuple[str, _Likely], ...]:
    """Return each kind of unit with a quick look whether it may be in a text."""
    return tuple((kind, _likely_of(kind, language)) for kind in _DIMENSION)


def _likely_of(kind: str, language: str) -> _Likely:
    lists = _lexicon(language).lists
    words = lists.units.get(kind, ())
    if any(word.startswith("re:") for word in words):
        return _Likely(None, None)
    counted = {w for w in words if _is_counted(w, kind, spaced=lists.spaced)}
    begun = {folded(p + word) for word in counted for p in ("", *lists.prefixes)}
    firsts = frozenset(word[0] for word in (*begun, *_signs(kind)))
    free = (word for word in words if word not in counted)
    return _Likely(literals(free), None if "*" in firsts else firsts)
