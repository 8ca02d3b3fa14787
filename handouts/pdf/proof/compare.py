"""What stands on a page by rights, held against what is seen there, place by place.

A viewer may give the text of a page in another order than it is read in: of table cells,
of right-to-left lines. Where each character stands is no matter of order, and that is
what people read. So every line is compared as it is drawn, from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from handouts.pdf.proof.reading import squeezed
from handouts.pdf.proof.seen import Chars

__all__ = [
    "Comparison",
    "ExpectedLine",
    "Stretch",
    "compare_page",
    "drawn_order",
    "expected_lines",
    "figures_in",
    "is_turned",
    "plain",
]

_NEAR_LINE_EM: Final = 0.62
"""A raised mark belongs to the line it is nearest to, up to here."""
_SAME_LINE_PT: Final = 0.25
_EDGE_PT: Final = 0.3
_EDGE_CHARS: Final = 2
"""Marks that are drawn over the edge of a run, into its neighbour."""
_SPREAD_EM: Final = 4.0
_MIRRORED: Final = str.maketrans(
    ")]}>\u00bb\u203a\u3011\u300f\u300d\u3009\u300b",
    "([{<\u00ab\u2039\u3010\u300e\u300c\u3008\u300a",
)
"""A viewer turns brackets round once more; which way they are drawn, glyphs prove."""
_STRONG: Final = frozenset({"L", "R", "AL"})
_FIGURE: Final = re.compile(
    r"\+?\d[\d.,:/\u066b\u066c\u2013-]*\d|\d|[A-Za-z\u00c0-\u024f]+"
)


class Stretch(NamedTuple):
    """A run of text as it should be seen: `shown` from left to right, as drawn.

    `key` tells whose it is; `color` is None where it is not known.
    """

    y_pt: float
    left_pt: float
    right_pt: float
    size_pt: float
    shown: str
    is_rtl: bool
    key: int | str | None
    color: str | None = None


class ExpectedLine(NamedTuple):
    """A line as it should be seen: its stretches from the left, and what each shows.

    `texts` and `whole`, which is all of them, are as they are compared.
    """

    stretches: Sequence[Stretch]
    texts: Sequence[str]
    whole: str
    is_mirrored: bool


class Line(NamedTuple):
    """A line that is not seen as it should be."""

    expected: str
    seen: str
    stretches: tuple[Stretch, ...]


@dataclass(slots=True)
class Comparison:
    """What a page gave: of each key how much there is and how much is seen.

    `lines` differ; `strays` are the characters where nothing should be; `moved` are
    seen in their order, but not where they should be. `first` is for each stretch that
    is seen the number of its first character.
    """

    expected: dict[int | str | None, int] = field(default_factory=dict)
    found: dict[int | str | None, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    strays: str = ""
    moved: list[Stretch] = field(default_factory=list)
    first: list[tuple[Stretch, int]] = field(default_factory=list)
    figures: int = 0


@lru_cache(maxsize=8192)
def plain(text: str, is_mirrored: bool = False) -> str:
    """Return `text` as it is compared; brackets that a viewer turned are one kind."""
    shown = text if text.isascii() else unicodedata.normalize("NFKC", text)
    shown = squeezed(shown)
    return shown.translate(_MIRRORED) if is_mirrored else shown


@lru_cache(maxsize=4096)
def is_turned(text: str) -> bool:
    """Return True if a text's first letter reads from right to left."""
    if text.isascii():
        return False
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in kinds if kind in _STRONG), "L") != "L"


def figures_in(shown: str) -> list[str]:
    """Return the numbers and the Latin words of a line, as they are drawn."""
    return _FIGURE.findall(shown)


@lru_cache(maxsize=4096)
def _figure_count(shown: str) -> int:
    return len(figures_in(shown))


@lru_cache(maxsize=1024)
def drawn_order(word: str) -> str:
    """Return a right-to-left word from left to right: marks stay behind their letter."""
    parts: list[str] = []
    for char in word:
        if parts and unicodedata.category(char).startswith("M"):
            parts[-1] += char
        else:
            parts.append(char)
    return "".join(reversed(parts))


def expected_lines(stretches: Iterable[Stretch]) -> list[ExpectedLine]:
    """Return what should stand on a page, line by line from the top."""
    lines: list[list[Stretch]] = []
    for one in sorted(stretches):
        if not lines or one.y_pt - lines[-1][0].y_pt > _SAME_LINE_PT:
            lines.append([])
        lines[-1].append(one)
    return [_expected(line) for line in lines]


def _expected(line: list[Stretch]) -> ExpectedLine:
    line.sort(key=itemgetter(1))
    is_mirrored = True in [one.is_rtl for one in line]
    texts = [plain(one.shown, is_mirrored) for one in line]
    return ExpectedLine(line, texts, "".join(texts), is_mirrored)


def compare_page(lines: Sequence[ExpectedLine], chars: Chars) -> Comparison:
    """Hold the characters seen on a page against what should stand there."""
    result = Comparison()
    seen = _sorted_in(lines, chars, result)
    for line, found in zip(lines, seen, strict=True):
        _compare_line(line, found, chars, result)
    return result


def _sorted_in(
    lines: Sequence[ExpectedLine], chars: Chars, result: Comparison
) -> list[list[int]]:
    """Return the numbers of each line's characters; those of none are strays."""
    tops = [line.stretches[0].y_pt for line in lines]
    seen: list[list[int]] = [[] for _ in lines]
    raised: list[tuple[int, int]] = []
    for y, group in groupby(range(len(chars.text)), key=chars.y_pt.__getitem__):
        place = bisect_left(tops, y - _SAME_LINE_PT)
        if place < len(tops) and abs(tops[place] - y) <= _SAME_LINE_PT:
            seen[place] += group
        else:
            raised += [(at, place) for at in group]
    for at, place in raised:
        near = _nearest(lines, chars.x_pt[at], chars.y_pt[at], place)
        if near is None:
            result.strays += chars.text[at]
        else:
            seen[near].append(at)
    return seen


def _nearest(lines: Sequence[ExpectedLine], x: float, y: float, place: int) -> int | None:
    """Return the line that a raised character belongs to."""
    best: tuple[float, int] | None = None
    for at in range(max(0, place - 3), min(len(lines), place + 3)):
        for one in lines[at].stretches:
            size = one.size_pt
            if one.left_pt - size <= x <= one.right_pt + size:
                far = abs(one.y_pt - y)
                if far <= _NEAR_LINE_EM * size and (best is None or far < best[0]):
                    best = (far, at)
    return best[1] if best else None


def _compare_line(
    line: ExpectedLine, found: list[int], chars: Chars, result: Comparison
) -> None:
    stretches, texts, expected, is_mirrored = line
    found.sort(key=chars.x_pt.__getitem__)
    places = list(map(chars.x_pt.__getitem__, found))
    shown = "".join(map(chars.text.__getitem__, found))
    seen = plain(shown, is_mirrored)
    is_same = expected == seen or _has_marks_aside(expected, seen)
    result.figures += _figure_count(expected)
    if not is_same:
        result.lines.append(Line(expected, seen, tuple(stretches)))
    for at, (one, text) in enumerate(zip(stretches, texts, strict=True)):
        if not text:
            continue
        first = bisect_left(places, one.left_pt - _EDGE_PT)
        end = bisect_left(places, one.right_pt - _EDGE_PT, first)
        if first < end:
            result.first.append((one, found[first]))
        is_here = is_same and abs(end - first - len(text)) <= _EDGE_CHARS
        if not is_here:
            own = plain(shown[first:end], is_mirrored)
            is_here = is_same and abs(len(own) - len(text)) <= _EDGE_CHARS
            if is_same and not is_here:
                first, end = _spread(stretches, at, places)
                is_here = text in plain(shown[first:end], is_mirrored)
                if not is_here:
                    result.moved.append(one)
        recalled = len(text) if is_here else _common(text, own)
        result.expected[one.key] = result.expected.get(one.key, 0) + len(text)
        result.found[one.key] = result.found.get(one.key, 0) + recalled


def _spread(line: Sequence[Stretch], at: int, places: list[float]) -> tuple[int, int]:
    """Return which of a line's characters may show a stretch (first, behind the last).

    What is told of several runs at once is spread evenly over all of them.
    """
    one = line[at]
    far = max(_SPREAD_EM * one.size_pt, _spreads(line)[at])
    first = bisect_left(places, one.left_pt - far)
    return first, bisect_left(places, one.right_pt + far)


def _spreads(line: Sequence[Stretch]) -> list[float]:
    """Return how wide the text is over which each stretch may be spread, in points.

    In a right-to-left line neighbours that read from left to right are told as one.
    """
    found = [0.0] * len(line)
    if not any(one.is_rtl for one in line):
        return found
    start = 0
    for at in range(1, len(line) + 1):
        before = line[at - 1]
        goes_on = at < len(line) and not (before.is_rtl or line[at].is_rtl)
        if goes_on and abs(line[at].left_pt - before.right_pt) < _SAME_LINE_PT:
            continue
        if at - start > 1:
            found[start:at] = [before.right_pt - line[start].left_pt] * (at - start)
        start = at
    return found


def _has_marks_aside(expected: str, seen: str) -> bool:
    """Return True if only marks stand before their letters or after: over one place."""
    if len(expected) != len(seen) or expected.isascii():
        return False
    return _parted(expected) == _parted(seen)


def _parted(text: str) -> tuple[str, str]:
    marks = [char for char in text if unicodedata.category(char) == "Mn"]
    return "".join([c for c in text if unicodedata.category(c) != "Mn"]), "".join(marks)


def _common(expected: str, seen: str) -> int:
    return len(expected) if expected == seen else LCSseq.similarity(expected, seen)
