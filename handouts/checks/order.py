"""The order of two numbers that belong together: 2–4 must not become 4–2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from handouts.checks.check import Finding, Subject
from handouts.checks.lexicon import Lexicon, lexicon
from handouts.checks.signs import NUMERALS
from handouts.checks.text import FILLER, Parsed
from handouts.checks.worded import word_places
from handouts.diagnostics import Severity

__all__ = ["SwappedNumbers"]

_NUMBER: Final = re.compile(rf"[\d{FILLER}](?:(?<={FILLER})|\d*(?:[.,\u066b\u066c]\d+)*)")
# Between the two ends of a range, or the two values of a blood pressure.
_ENGLISH: Final = re.compile(
    r"\s*(?:%|[a-z]{1,9})?\s*(?:[-\u2010-\u2015\u2212/~]|to|and)\s*"
)
_OTHER: Final = re.compile(r"[^.!?;\u3002\u061f\u0964\u17d4]{1,14}")
_AND: Final = re.compile(r"\band\b")
_BETWEEN: Final = re.compile(r"\bbetween\s*$")

_MOST: Final = 50  # numbers in a text; with more, which belongs to which is a guess


class _Place(NamedTuple):
    start: int
    end: int
    name: str


class SwappedNumbers:
    """The source says 2 to 4, the translation 4 to 2."""

    code: Final = "swapped-numbers"
    severity: Final = Severity.ERROR
    statement: Final = "two numbers of a range or pair have changed places"
    exemptable: Final = True
    signs: Final = frozenset({NUMERALS})

    def applies(self, subject: Subject) -> bool:
        """True if the English has a range or a pair of numbers."""
        return any(_ranges(s) for form in subject.forms for s in form.sources)

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each pair that stands the other way round."""
        for form in subject.forms:
            wanted = _ranges(form.sources[0])
            own = lexicon(subject.language.language)
            there = _neighbours(form.text, own) if wanted else set()
            for first, second in wanted:
                if (second, first) in there:
                    yield Finding(
                        form.index, 0, 0,
                        f"translation has `{second}` before `{first}`, the source "
                        "after it",
                        f"write `{first}` first in the {form.name}; the page turns "
                        "ranges round by itself where the language is written so",
                    )  # fmt: skip


@lru_cache(maxsize=4096)
def _ranges(text: Parsed) -> tuple[tuple[str, str], ...]:
    if not text.has_numerals:
        return ()
    shown, places = text.plain, _places(text)
    if len(places) > _MOST:
        return ()
    return tuple(
        (a.name, b.name)
        for a, b in pairwise(places)
        if a.name != b.name and _is_range(shown, a, b)
    )


def _is_range(shown: str, first: _Place, second: _Place) -> bool:
    between = shown[first.end : second.start]
    if not _ENGLISH.fullmatch(between):
        return False
    return not _AND.search(between) or bool(
        _BETWEEN.search(shown[max(0, first.start - 12) : first.start])
    )


def _neighbours(text: Parsed, own: Lexicon | None) -> set[tuple[str, str]]:
    """Return the pairs of numbers that stand close together, each named once."""
    shown, places = text.plain, _places(text)
    if own is not None:  # 六到八: the numbers of the range may be words
        places += [
            _Place(start, end, str(value))
            for start, end, value in word_places(shown, own)
            if value > 1
        ]
        places.sort()
    names = [place.name for place in places]
    if len(places) > _MOST:
        return set()
    once = {name for name in names if names.count(name) == 1}
    return {
        (a.name, b.name)
        for a, b in pairwise(places)
        if a.name in once and b.name in once
        if a.end <= b.start and _OTHER.fullmatch(shown[a.end : b.start])
    }


def _places(text: Parsed) -> list[_Place]:
    names = iter(text.filled)
    return [
        _Place(m.start(), m.end(), next(names, "") if m[0] == FILLER else _ascii(m[0]))
        for m in _NUMBER.finditer(text.plain)
    ]


def _ascii(number: str) -> str:
    """Return the digits of `number` in ASCII, its marks as points."""
    return "".join(str(int(c)) if c.isdecimal() else "." for c in number)
