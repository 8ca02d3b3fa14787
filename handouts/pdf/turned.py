"""What PDFium turns round in a right-to-left line, and what it must be told instead.

PDFium sets the text of a line in order by rules of its own (found by experiment,
docs/decisions/0007): segments of letters, of digits and of signs between them go from
right to left, each by itself, also inside what is written from left to right; and a
bracket among right-to-left text is mirrored, though the file gives the logical one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise, repeat
from typing import Final, NamedTuple, TypeAlias

from handouts.layout import Item, Placed
from handouts.pdf.numbers import to_steps
from handouts.pdf.unicode_map import KEPT_RUNS, visible
from handouts.text.model import GlyphRun

__all__ = ["Turn", "Turns", "with_turns"]


class Turn(NamedTuple):
    """Glyphs `start` to `end` of a run read `text`; PDFium must be told `turned`."""

    start: int
    end: int
    text: str
    turned: str


Turns: TypeAlias = tuple[Turn, ...]

_MIRRORED: Final = {
    pair[at]: pair[1 - at]
    for pair in ("()", "[]", "{}", "«»", "\u2039\u203a")
    for at in (0, 1)
}
_LEFT, _RIGHT, _WEAK, _NEUTRAL = "L", "R", "W", "N"
_KINDS: Final = {
    "L": _LEFT, "R": _RIGHT, "AL": _RIGHT,
    **dict.fromkeys(("AN", "EN", "NSM", "CS", "ES", "ET", "BN"), _WEAK),
}  # fmt: skip
_TOUCH_PT: Final = 0.01


class _Char(NamedTuple):
    """A character of a run: its glyphs, and the kind that PDFium takes it for."""

    start: int
    end: int
    text: str
    kind: str


def with_turns(items: Sequence[Item]) -> Iterator[tuple[Item, Turns]]:
    """Yield the items of a page, in order, with what PDFium must be told of each.

    In lines that PDFium takes for right-to-left, neighbours that read on from left to
    right, such as a number and its unit, come as one run: what is told covers a run.
    """
    for y, group in groupby(items, _baseline):
        if y is None:
            yield from zip(group, repeat(()))
            continue
        texts = [item for item in group if isinstance(item, Placed)]
        if _may_turn(tuple([item.run for item in texts])):
            yield from _turned(texts)
        else:
            yield from zip(texts, repeat(()))


def _baseline(item: Item) -> int | None:
    return to_steps(item.y_pt) if isinstance(item, Placed) else None


def _turned(line: list[Placed]) -> Iterator[tuple[Placed, Turns]]:
    # PDFium sorts by place; the cells of a right-to-left table are painted otherwise.
    by_place = sorted(range(len(line)), key=lambda index: line[index].x_pt)
    is_rtl, turns = _line_turns(tuple([line[index].run for index in by_place]))
    found = dict(zip(by_place, turns, strict=True))
    for index, placed in _joined(line) if is_rtl else enumerate(line):
        if is_rtl and not placed.run.is_rtl:
            yield placed, _exchanged(placed.run)
        else:
            yield placed, found[index]


@lru_cache(maxsize=KEPT_RUNS)
def _may_turn(runs: tuple[GlyphRun, ...]) -> bool:
    """Return True if the runs of a line are of two directions, or have brackets."""
    return any(run.is_rtl for run in runs) and any(
        not run.is_rtl or any(text in _MIRRORED for text in run.texts) for run in runs
    )


@lru_cache(maxsize=KEPT_RUNS)
def _line_turns(runs: tuple[GlyphRun, ...]) -> tuple[bool, tuple[Turns, ...]]:
    """Return whether PDFium takes a line for right-to-left, and each run's brackets."""
    chars = [
        (index, char) for index, run in enumerate(runs) for char in _chars(run)
    ]  # from left to right
    segments = [
        (kind, list(group)) for kind, group in groupby(chars, lambda pair: pair[1].kind)
    ]
    kinds = [kind for kind, _ in segments]
    is_rtl = kinds.count(_RIGHT) > kinds.count(_LEFT)
    found: list[list[Turn]] = [[] for _ in runs]
    now = _RIGHT if is_rtl else _LEFT
    for kind, segment in reversed(segments) if is_rtl else segments:
        if kind in {_LEFT, _RIGHT}:
            now = kind
        elif kind == _NEUTRAL and now == _RIGHT:
            # Here PDFium mirrors brackets.
            for index, char in segment:
                if runs[index].is_rtl and char.text in _MIRRORED:
                    found[index].append(
                        Turn(char.start, char.end, char.text, _MIRRORED[char.text])
                    )
    return is_rtl, tuple([tuple(sorted(turns)) for turns in found])


@lru_cache(maxsize=KEPT_RUNS)
def _chars(run: GlyphRun) -> tuple[_Char, ...]:
    ends = [0, *accumulate(run.counts or (1,) * len(run.texts))]
    return tuple(
        _Char(start, end, char, _kind(char))
        for (start, end), text in zip(pairwise(ends), run.texts, strict=True)
        for char in visible(text)
    )


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    if char == "\xa0":  # shares its glyph with the space, whose text PDFium reads
        return _NEUTRAL
    return _KINDS.get(unicodedata.bidirectional(char), _NEUTRAL)


def _joined(line: Sequence[Placed]) -> Iterator[tuple[int, Placed]]:
    """Yield (index, run), neighbours that read on from left to right as one."""
    before: tuple[int, Placed] | None = None
    for index, placed in enumerate(line):
        if before is not None and _reads_on(before[1], placed):
            run = _one_run(before[1].run, placed.run)
            before = before[0], before[1]._replace(run=run)
            continue
        if before is not None:
            yield before
        before = index, placed
    if before is not None:
        yield before


def _reads_on(one: Placed, other: Placed) -> bool:
    """Return True if two pieces of text differ in nothing but their place in a line."""
    first, second = one.run, other.run
    return (
        not first.is_rtl
        and not second.is_rtl
        and first.end == second.start
        and (first.face, first.size_pt, first.style)
        == (second.face, second.size_pt, second.style)
        and (one.color, one.artifact) == (other.color, other.artifact)
        and abs(one.x_pt + first.width_pt - other.x_pt) < _TOUCH_PT
    )


@lru_cache(maxsize=KEPT_RUNS)
def _one_run(first: GlyphRun, second: GlyphRun) -> GlyphRun:
    offsets = None
    if first.offsets or second.offsets:
        offsets = tuple(
            offset
            for run in (first, second)
            for offset in run.offsets or ((0.0, 0.0),) * len(run.gids)
        )
    counts = None
    if first.counts or second.counts:
        counts = tuple(
            count
            for run in (first, second)
            for count in run.counts or (1,) * len(run.texts)
        )
    return GlyphRun(
        face=first.face,
        size_pt=first.size_pt,
        x_pt=first.x_pt,
        y_pt=first.y_pt,
        gids=first.gids + second.gids,
        advances=first.advances + second.advances,
        offsets=offsets,
        texts=(*first.texts, *second.texts),
        counts=counts,
        start=first.start,
        end=second.end,
        level=min(first.level, second.level),
        style=first.style,
        width_pt=first.width_pt + second.width_pt,
    )


@lru_cache(maxsize=KEPT_RUNS)
def _exchanged(run: GlyphRun) -> Turns:
    """Return what PDFium must be told of a run from left to right: its parts turned."""
    chars = list(_chars(run))
    while chars and chars[0].kind == _NEUTRAL:
        del chars[0]
    while chars and chars[-1].kind == _NEUTRAL:
        del chars[-1]
    parts = [
        "".join(char.text for char in group)
        for _, group in groupby(chars, lambda char: char.kind)
    ]
    if len(parts) < 2:
        return ()
    turned = "".join(reversed(parts))
    return (Turn(chars[0].start, chars[-1].end, "".join(parts), turned),)
