"""A paragraph → items: stretches of one face, level, script and style.

Fonts are chosen per grapheme cluster, so that a mark never leaves its base; spaces and
signs stay with the face of their neighbours, digits with the Latin one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from handouts.fonts import Face
from handouts.text.faces import BRACKETS, FaceChooser
from handouts.text.model import Style, StyleRun
from handouts.text.unicode import Levels, extends, graphemes, is_ignorable

__all__ = ["Item", "Problem", "UnsettableTextError", "itemise"]

# Stretches of one face, by the class letters of faces.py. `o` with `w`s is a cluster.
_TOKEN: Final = re.compile(
    "[Mm](?:[Mmbdx]|n(?!n*L))*|n*L[Lbdnx]*|d[dbx]*|[bxn]+|ow*|s|[pqa]"
)
# Where looking at single characters will not do: a mark that the face of its base may
# lack, or of another script than its base.
_NEEDS_CLUSTERS: Final = re.compile("[oy]|(?:^|[^Mmx])x*m")
_SAME: Final = re.compile(rb"(.)\1*", re.DOTALL)
_WORD: Final = re.compile("[MmLdo]")
_Setting: TypeAlias = "tuple[Face, str]"  # a face, and the script that shaping is told


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a paragraph cannot be set.

    `code` is `missing-glyph`, `split-cluster` (a style begins inside a grapheme
    cluster) or `stray-mark` (a mark without a letter, which would get a dotted circle).
    """

    code: str
    offset: int
    text: str
    style: Style


class UnsettableTextError(Exception):
    """A character has no glyph, or a style begins inside a grapheme cluster."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(f"{one.code} at {one.offset}" for one in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Item:
    """Code points `start` to `end`, set in one go. `face` None: an object or a break."""

    start: int
    end: int
    face: Face | None
    level: int
    script: str
    style: Style


def itemise(
    text: str,
    runs: Sequence[StyleRun],
    levels: Levels,
    *,
    base_level: int,
    chooser_for: Callable[[Style], FaceChooser],
) -> list[Item]:
    """Cut a paragraph into items; together they cover it once, in order.

    Raises:
        UnsettableTextError: with every character that has no glyph and every style that
            parts a cluster.
    """
    work = _Itemiser(text, levels, base_level)
    for run in runs:
        if run.start < run.end:
            work.segment(run, chooser_for(run.style))
    problems = [*_split_clusters(text, runs), *work.problems]
    if problems:
        raise UnsettableTextError(sorted(problems, key=lambda one: one.offset))
    return work.items()


def _split_clusters(text: str, runs: Sequence[StyleRun]) -> Iterator[Problem]:
    inner = [r for r in runs if 0 < r.start < r.end and not _part(text, r.start)]
    if inner:
        ends = set(graphemes(text))
        for run in inner:
            if run.start not in ends:
                yield Problem("split-cluster", run.start, text[run.start], run.style)


def _part(text: str, offset: int) -> bool:
    """Return True if the two characters at `offset` are surely not of one cluster."""
    before, after = text[offset - 1], text[offset]
    return after.isascii() or (before.isascii() and not extends(after))


class _Itemiser:
    """The state of one paragraph's itemisation: what stood before."""

    def __init__(self, text: str, levels: Levels, base_level: int) -> None:
        self.problems: list[Problem] = []
        self._items: list[Item] = []
        self._pending: tuple[_Setting, int, Style] | None = None
        self._start = self._end = 0
        self._text = text
        self._levels = levels
        self._base_level = self._level = base_level
        self._chooser: FaceChooser | None = None
        self._near: _Setting | None = None
        self._at_base: _Setting | None = None
        self._brackets: dict[str, _Setting] = {}
        self._last_word = ""

    def items(self) -> list[Item]:
        """Return what was found."""
        self._flush()
        return self._items

    def segment(self, run: StyleRun, chooser: FaceChooser) -> None:
        """Add the items of one style run."""
        if chooser is not self._chooser:
            self._change(chooser)
        classes = chooser.classes(self._text[run.start : run.end])
        levels = self._levels.of[run.start : run.end]
        # The algorithm may give a joiner another level than the letter before it.
        is_mixed = "x" in classes and levels.count(levels[0]) != len(levels)
        if is_mixed or _NEEDS_CLUSTERS.search(classes):
            classes, levels = self._by_clusters(run, classes, levels)
        walls = self._walls(run) if self._levels.walls else ()
        for start, end in _level_runs(levels, walls):
            if walls and run.start + start in self._levels.walls:
                self._flush()
            if levels[start] != self._level:
                self._enter(levels[start])
            for match in _TOKEN.finditer(classes, start, end):
                setting = self._resolve(chooser, classes, match, run, end)
                self._add(setting, match, run)

    def _walls(self, run: StyleRun) -> list[int]:
        walls = self._levels.walls
        return sorted(one - run.start for one in walls if run.start <= one < run.end)

    def _change(self, chooser: FaceChooser) -> None:
        """Another weight takes the same families, another language starts afresh."""
        old, self._chooser = self._chooser, chooser
        if old is not None and old.tag == chooser.tag:
            self._near = _in_weight(self._near, chooser)
            self._at_base = _in_weight(self._at_base, chooser)
            self._brackets = {
                char: (chooser.like(face), script)
                for char, (face, script) in self._brackets.items()
            }
            return
        self._near = self._at_base = (chooser.main, chooser.script)
        self._brackets = {}

    def _enter(self, level: int) -> None:
        """Begin a quotation in the other direction, or go on with the text round it."""
        self._level = level
        self._near = self._at_base if level == self._base_level else None

    def _by_clusters(
        self, run: StyleRun, classes: str, levels: bytes
    ) -> tuple[str, bytes]:
        """Mark every cluster that is more than its characters as `o` and `w`s.

        All of a cluster takes the level of its first character.
        """
        found, deep = list(classes), bytearray(levels)
        ends = graphemes(self._text[run.start : run.end])
        for start, end in pairwise((0, *ends)):
            deep[start:end] = levels[start : start + 1] * (end - start)
            if found[start] != "s" and _NEEDS_CLUSTERS.search(classes[start:end]):
                found[start:end] = "o" + "w" * (end - start - 1)
        return "".join(found), bytes(deep)

    def _resolve(
        self,
        chooser: FaceChooser,
        classes: str,
        match: re.Match[str],
        run: StyleRun,
        end: int,
    ) -> _Setting | None:
        """Return the face and script of one token, None for an object."""
        # Signs before a number go with it.
        first = match[0].lstrip("n")[:1] or "b"
        if first == "s":
            return None
        if first in "bpqa":
            text = self._text[run.start + match.start() : run.start + match.end()]
            setting = self._sign(chooser, classes, match, text, end)
            self._remember(setting)
            return setting
        if first != "o":
            self._last_word = first
            setting = _of_class(chooser, first)
            self._remember(setting)
            return setting
        return self._cluster(chooser, match, run)

    def _cluster(
        self, chooser: FaceChooser, match: re.Match[str], run: StyleRun
    ) -> _Setting | None:
        at = run.start + match.start()
        cluster = self._text[at : run.start + match.end()]
        script, face = chooser.choose(cluster)
        near = self._near
        if script == "Zyyy" and near and all(near[0].covers(ord(c)) for c in cluster):
            return near
        if face is None:
            self.problems.append(Problem("missing-glyph", at, cluster, run.style))
            return None
        if script == "Zyyy":  # a sign: what follows it stays with the words before
            return face, self._near[1] if self._near else chooser.script
        self._last_word = "o"
        self._remember((face, script))
        return face, script

    def _sign(
        self,
        chooser: FaceChooser,
        classes: str,
        match: re.Match[str],
        text: str,
        end: int,
    ) -> _Setting:
        """Return what sets a common sign: the face of its neighbours, or its pair's."""
        kind = match[0][0].replace("n", "b")
        if kind == "a" and self._is_among_latin(classes, match.end()):
            return chooser.latin, "Latn"
        opener = BRACKETS.get(text)
        if opener is not None and kind != "b":
            setting = self._brackets.pop(opener, None)
            if setting is not None:
                return setting
        if kind == "a":
            setting = chooser.main, chooser.script
        else:
            setting = self._near or self._ahead(chooser, classes, match.start(), end)
            if not all(setting[0].covers(ord(c)) or is_ignorable(c) for c in text):
                setting = chooser.main, chooser.script
        if opener is None and kind != "b":
            self._brackets[text] = setting
        return setting

    def _is_among_latin(self, classes: str, at: int) -> bool:
        following = _WORD.search(classes, at)
        return self._last_word == "L" and following is not None and following[0] == "L"

    def _ahead(
        self, chooser: FaceChooser, classes: str, start: int, end: int
    ) -> _Setting:
        """Return what sets the next word, of this level first, for signs before it.

        The digits after a minus sign may lie on another level.
        """
        following = _WORD.search(classes, start, end) or _WORD.search(classes, start)
        if following is None:
            return _of_class(chooser, "M" if self._level % 2 else "L")
        return _of_class(chooser, following[0])

    def _remember(self, setting: _Setting) -> None:
        self._near = setting
        if self._level == self._base_level:
            self._at_base = setting

    def _add(self, setting: _Setting | None, match: re.Match[str], run: StyleRun) -> None:
        """Lengthen the last item or begin a new one."""
        start, end = run.start + match.start(), run.start + match.end()
        if setting is None:
            self._flush()
            self._items.append(Item(start, end, None, self._level, "", run.style))
            return
        key = (setting, self._level, run.style)
        if key != self._pending:
            self._flush()
            self._pending, self._start = key, start
        self._end = end

    def _flush(self) -> None:
        if self._pending is not None:
            (face, script), level, style = self._pending
            self._items.append(Item(self._start, self._end, face, level, script, style))
            self._pending = None


def _in_weight(setting: _Setting | None, chooser: FaceChooser) -> _Setting | None:
    return None if setting is None else (chooser.like(setting[0]), setting[1])


def _of_class(chooser: FaceChooser, letter: str) -> _Setting:
    if letter == "L":
        return chooser.latin, "Latn"
    return chooser.main, chooser.script


def _level_runs(levels: bytes, walls: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of one level without a wall."""
    if not walls and levels.count(levels[0]) == len(levels):
        yield 0, len(levels)
        return
    for low, high in pairwise((0, *walls, len(levels))):
        for match in _SAME.finditer(levels, low, high):
            yield match.span()
