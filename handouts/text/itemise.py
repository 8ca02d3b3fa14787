"""A paragraph → items: stretches of one face, level, script and style.

Fonts are chosen per grapheme cluster along the language's chain of fallback, so that a
mark never leaves its base; common characters stay with their neighbours' face.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from handouts.fonts import BOLD, REGULAR, Face, FontLibrary
from handouts.languages import Language
from handouts.text.model import Style, StyleRun
from handouts.text.unicode import OBJECT, SEPARATOR, extends, is_ignorable, script_of

__all__ = ["FaceChooser", "Item", "Problem", "UnsettableTextError", "itemise"]

_COMMON: Final = frozenset({"Zyyy", "Zinh", "Zzzz"})
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", "\u00bb": "\u00ab", "\u201d": "\u201c"}
_IDEOGRAPHIC: Final = frozenset({"Hans", "Hant", "Jpan", "Kore", "Hira", "Kana", "Hani"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a paragraph cannot be set: `code` is `missing-glyph` or `split-cluster`."""

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


class FaceChooser:
    """Chooses faces for one language and weight, remembering every cluster it met."""

    def __init__(self, library: FontLibrary, language: Language, *, bold: bool) -> None:
        self._library = library
        self._language = language
        self._weight = BOLD if bold else REGULAR
        self._main = self._chain(language.families)
        self._latin = self._chain(language.families_for("Latn"))
        self._known: dict[tuple[str, Face | None], tuple[str, Face | None]] = {}
        self._cjk = language.script in _IDEOGRAPHIC

    @cached_property
    def latin(self) -> Face | None:
        """The face of Latin letters and digits."""
        return self._first(self._latin, [0x30])

    def _chain(self, families: Sequence[str]) -> tuple[tuple[str, int], ...]:
        return tuple((family, self._weight) for family in families)

    def choose(self, cluster: str, near: Face | None) -> tuple[str, Face | None]:
        """Return the script (`Zyyy` if common) and face for one grapheme cluster.

        `near` is the face before it on the same level. The face is None if no face of
        the chain covers the cluster.
        """
        found = self._known.get((cluster, near))
        if found is None:
            found = self._known[cluster, near] = self._choose(cluster, near)
        return found

    def _choose(self, cluster: str, near: Face | None) -> tuple[str, Face | None]:
        script = next((s for c in cluster if (s := script_of(c)) not in _COMMON), "Zyyy")
        drawn = [ord(c) for c in cluster if not is_ignorable(c)]
        if script == "Zyyy":
            return script, self._common(cluster, drawn, near)
        if script == self._language.script or script in _IDEOGRAPHIC and self._cjk:
            return script, self._first(self._main, drawn)
        return script, self._first(self._chain(self._language.families_for(script)), drawn)

    def _common(self, cluster: str, drawn: list[int], near: Face | None) -> Face | None:
        """Signs, digits and spaces: Latin digits in the Latin face, the rest as nearby."""
        if cluster.isascii() and cluster.isalnum():
            return self._first(self._latin, drawn)
        if not drawn:
            return near or self._first(self._main, [0x20])
        prefer_main = self._cjk and not cluster.isascii()
        if near is not None and not prefer_main and all(map(near.covers, drawn)):
            return near
        return self._first(self._main, drawn)

    def _first(self, chain: Sequence[tuple[str, int]], drawn: list[int]) -> Face | None:
        for family, weight in chain:
            if self._library.record(family, REGULAR) is None:
                continue
            face = self._library.face(family, weight)
            if all(map(face.covers, drawn)):
                return face
        return None


def itemise(
    text: str,
    runs: Sequence[StyleRun],
    levels: bytes,
    *,
    choosers: tuple[FaceChooser, FaceChooser],
    main_script: str,
) -> list[Item]:
    """Cut a paragraph into items; together they cover it once, in order.

    `choosers` are for regular and bold.

    Raises:
        UnsettableTextError: with every character that has no glyph.
    """
    problems: list[Problem] = []
    items: list[Item] = []
    brackets: dict[str, Face | None] = {}
    near: Face | None = None
    near_level = -1
    script = main_script
    pending: tuple[int, Face | None, int, str, Style] | None = None
    end = 0
    for start, end, style in _clusters(text, runs, problems):
        cluster = text[start:end]
        level = levels[start]
        if level != near_level:
            # A phone in an Arabic line starts with a sign: it goes with its digits.
            near = choosers[style.bold].latin if level and level % 2 == 0 else None
            near_level = level
        face: Face | None = None
        if cluster not in {OBJECT, SEPARATOR}:
            opener = _BRACKETS.get(cluster)
            own, face = choosers[style.bold].choose(cluster, brackets.get(opener or "", near))
            if own != "Zyyy":
                script = own
            if face is None:
                problems.append(Problem("missing-glyph", start, cluster, style))
            elif opener is None and cluster in "([{\u00ab\u201c":
                brackets[cluster] = face
            near = face
        key = (face, level, script if face else "", style)
        if pending is None or pending[1:] != key or face is None:
            if pending is not None:
                items.append(Item(pending[0], start, *pending[1:]))
            pending = (start, *key)
    if pending is not None:
        items.append(Item(pending[0], end, *pending[1:]))
    if problems:
        raise UnsettableTextError(problems)
    return items


def _clusters(
    text: str, runs: Sequence[StyleRun], problems: list[Problem]
) -> Iterator[tuple[int, int, Style]]:
    """Yield (start, end, style) of base characters with what extends them."""
    for run in runs:
        if run.start and run.start < run.end and extends(text[run.start]):
            problems.append(Problem("split-cluster", run.start, text[run.start], run.style))
        at = run.start
        while at < run.end:
            end = at + 1
            while end < run.end and extends(text[end]):
                end += 1
            yield at, end, run.style
            at = end
