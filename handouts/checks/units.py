"""Units: what a number counts stays the same: hours stay hours, mg stay mg."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.folding import english_words, folded
from handouts.checks.lexicon import Lexicon, lexicon, literals, pattern_parts
from handouts.checks.signs import NUMERALS, UNIT_WORDS, WORDS
from handouts.checks.text import FILLER, Parsed
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
_SIGNED: Final = frozenset({"percent", "celsius", "fahrenheit", "mcg"})
_NO_KINDS: Final[frozenset[str]] = frozenset()
_SHORT: Final = 2  # `г`, `h`: so short a word is a unit only after a number
_WRITTEN_OUT: Final = 4  # `litre`: so long a word is a unit without a number, too
_DIGIT: Final = rf"[\d{FILLER}一二两兩三四五六七八九十百千半]"
# Both begin with what a number begins with, so that a search goes straight there.
_NUMBER: Final = re.compile(
    rf"[\d{FILLER}]"
    rf"(?:(?<={FILLER})|\d*(?:[.,\u066b\u066c'/]\d+)*(?: \d{{3}}(?!\d))*)"
)
_SIGN: Final = re.compile(rf"[\d{FILLER}](?: ?[%°µμ٪]|(?<=\d)[a-z])")
_SIGNS: Final = re.compile("[%°µμ٪]")
_SIGN_SPACE: Final = re.compile(
    r"(?:(?<=\d)|(?<=\)s))( )(?=(?:mg|mcg|µg|g|kg|ml|mL|l|mm|cm|km|mmHg|°C|°F)(?![^\W_]))"
)
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
    signs: Final = frozenset({UNIT_WORDS, NUMERALS})

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
    signs: Final = frozenset({UNIT_WORDS, NUMERALS})

    def applies(self, subject: Subject) -> bool:
        """True if the English has units and the language has a list."""
        return _applies(subject)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each unit of a number that nothing stands for."""
        language = subject.language.language
        for form in subject.forms:
            if not _applies_to(form, language) or not form.text.bare:
                continue
            text = form.text.plain
            for kind in sorted({pair.kind for pair in _of(form.sources[0], "en")}):
                alike = (kind, *_DIMENSION[kind])
                if not any(_says(one, text, language) for one in alike):
                    yield Finding(
                        form.index, 0, 0,
                        f"translation lacks the unit `{kind}`",
                        f"write the word for `{kind}` beside its number",
                    )  # fmt: skip


def says_week(text: Parsed, language: str) -> bool:
    """True if `text` says "week", which may stand for seven days."""
    return lexicon(language) is not None and "week" in _kinds(text.plain, language)


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
    return lexicon(language) is not None and bool(_kinds(form.sources[0].plain, "en"))


def _altered(form: Form, language: str) -> Iterator[tuple[str, str]]:
    if not _applies_to(form, language) or _is_heading(form.sources[0]):
        return
    ours = _kinds(form.sources[0].plain, "en")
    text = form.text.plain
    found = False
    if not all(_says(kind, text, language) for kind in ours):
        theirs = _kinds(text, language, _alike(ours))
        pairs = _of(form.sources[0], "en")
        for kind in sorted(ours - theirs):
            if kind == "day" and "week" in theirs and Quantity("7", "day") in pairs:
                continue  # seven days are a week
            others = sorted((theirs - ours) & {*_DIMENSION[kind]})
            if others:
                found = True
                yield kind, others[0]
    if not found:
        yield from _exchanged(form, language)


def _is_heading(source: Parsed) -> bool:
    """True for "Day" alone, above a column, which may be put as "Weekday"."""
    return " " not in source.raw.strip() and not _of(source, "en")


def _exchanged(form: Form, language: str) -> Iterator[tuple[str, str]]:
    """Yield units that changed their numbers: 2 tablets every 6 hours, 6 every 2."""
    ours = _of(form.sources[0], "en")
    if not ours:
        return
    theirs = _of(form.text, language, _alike(frozenset(pair.kind for pair in ours)))
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


@lru_cache(maxsize=128)
def _alike(kinds: frozenset[str]) -> frozenset[str]:
    """Return the kinds that may stand for one of `kinds` by mistake."""
    return frozenset(other for kind in kinds for other in _DIMENSION[kind])


@lru_cache(maxsize=2048)
def _kinds(
    text: str, language: str, looked_for: frozenset[str] = frozenset(_DIMENSION)
) -> frozenset[str]:
    """Return the kinds of unit that plain `text` speaks of."""
    if (
        language == "en"
        and WORDS[UNIT_WORDS].isdisjoint(english_words(text))
        and not _SIGN.search(text)
    ):
        return frozenset()
    likely = looked_for & _likely_english(text) if language == "en" else looked_for
    return frozenset(kind for kind in likely if _says(kind, text, language))


def _says(kind: str, text: str, language: str) -> bool:
    """True if plain `text` speaks of a kind of unit."""
    if not _may_have(kind, language, text):
        return False
    for pattern in _sayings(kind, language):  # noqa: SIM110  # a loop is faster here
        if pattern.search(text):
            return True
    return False


@lru_cache(maxsize=2048)
def _of(
    text: Parsed, language: str, looked_for: frozenset[str] = frozenset(_DIMENSION)
) -> tuple[Quantity, ...]:
    """Return each number or placeholder of `text` with the unit next to it."""
    if not text.has_numerals:
        return ()
    shown = text.plain
    names = iter(text.filled)
    places = [
        (m.start(), m.end(), next(names, FILLER) if m[0] == FILLER else _bare(m[0]))
        for m in _NUMBER.finditer(shown)
    ]
    if not places:
        return ()
    likely = _kinds(shown, language) & looked_for if language == "en" else looked_for
    units = sorted(
        (match.start(), kind)
        for kind in likely
        if _may_have(kind, language, shown)
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
    free, counted = _parts(kind, language)
    return re.compile("|".join((*free, *map(_after_number, counted))) or "(?!)")


def _after_number(part: str) -> str:
    """Return an expression behind a number; its first letter leads, as in the others."""
    first, rest = part[0], part[1:]
    if not first.isalpha():
        return f"(?:(?<={_DIGIT})|(?<={_DIGIT}[ -]))(?:{part})"
    return f"{first}(?:(?<={_DIGIT}{first})|(?<={_DIGIT}[ -]{first})){rest}"


@cache
def _sayings(kind: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns one of which is found wherever that of the unit is, and faster."""
    free, counted = _parts(kind, language)
    after = f"{_DIGIT}[ -]?(?:{'|'.join(counted)})" if counted else ""
    return tuple(re.compile(one) for one in ("|".join(free), after) if one)


@cache
def _parts(kind: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the expressions of a kind's words: anywhere, and after a number."""
    lists = _lexicon(language).lists
    words = lists.units.get(kind, ())
    counted = [w for w in words if _is_counted(w, kind, spaced=lists.spaced)]
    free = [word for word in words if word not in counted]
    signs = (f"{re.escape(sign)}(?![a-zà-ɏ])" for sign in _signs(kind))
    return tuple(pattern_parts(free, lists)), (*pattern_parts(counted, lists), *signs)


def _is_counted(word: str, kind: str, *, spaced: bool) -> bool:
    if word.startswith("re:"):
        return False
    if spaced and len(word.rstrip("*")) >= _WRITTEN_OUT:
        return False
    return kind in _COUNTED or (spaced and len(word) <= _SHORT)


def _signs(kind: str) -> tuple[str, ...]:
    return tuple(map(folded, _EVERYWHERE.get(kind, ())))


def _lexicon(language: str) -> Lexicon:
    found = lexicon(language)
    assert found is not None
    return found


def _may_have(kind: str, language: str, text: str) -> bool:
    found = _literals(kind, language)
    for word in found:  # a loop is twice as fast here
        if word in text:
            return True
    return not found


def _likely_english(text: str) -> frozenset[str]:
    """Return the kinds that plain English `text` may speak of, by its words."""
    kinds = _kinds_by_word()
    found = [kinds[word] for word in _words_with_kinds() & english_words(text)]
    return (_SIGNED if _SIGNS.search(text) else _NO_KINDS).union(*found)


@cache
def _words_with_kinds() -> frozenset[str]:
    return frozenset(_kinds_by_word())


@cache
def _kinds_by_word() -> dict[str, frozenset[str]]:
    """Return word → the units of which an English text with that word may have one."""
    found: dict[str, frozenset[str]] = {}
    for kind in _DIMENSION:
        words = (*_lexicon("en").lists.units.get(kind, ()), *_EVERYWHERE.get(kind, ()))
        for part in {part for word in words for part in word.split()}:
            found[part] = found.get(part, frozenset()) | {kind}
    return found


@cache
def _literals(kind: str, language: str) -> tuple[str, ...]:
    """Return texts one of which stands beside that unit; none: nothing is known."""
    words = _lexicon(language).lists.units.get(kind, ())
    return literals((*words, *_EVERYWHERE.get(kind, ())))
