"""What Unicode says of a text: bidi levels, scripts, graphemes, line boundaries.

The door of ICU, which ships no types. Offsets in and out are code points; ICU's own are
UTF-16 units and are mapped here, once. ICU's iterators are kept and reused: not for
several threads at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

import icu

from handouts.text.model import Direction, Isolate

__all__ = [
    "OBJECT", "SEPARATOR", "SOFT_HYPHEN", "Levels", "extends", "graphemes",
    "is_ignorable", "levels", "line_boundaries", "script_of", "scripts_using",
    "visual_order",
]  # fmt: skip

OBJECT: Final = "\ufffc"
"""Stands for a thing that is no text, such as a line to write on."""
SEPARATOR: Final = "\u2028"
"""A forced line break."""
SOFT_HYPHEN: Final = "\u00ad"

_CONTROLS: Final = {"ltr": "\u2066", "rtl": "\u2067", None: "\u2068"}  # LRI, RLI, FSI
_PDI: Final = "\u2069"
_NEEDS_BIDI: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\u2068\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Grapheme_Extend and SpacingMark that are no marks (category M) for Python.
_EXTENDING: Final = frozenset("\u200c\u200d\u0e33\u0eb3\uff9e\uff9f")


@dataclass(frozen=True, slots=True)
class Levels:
    """The embedding level of every code point (UAX #9, rules P to I).

    `walls` are the levels of what stands at an offset without being text: the edges of
    isolates, where these lie lower than the text on both sides. Without them two
    isolates that touch would be reordered as one.
    """

    of: bytes
    walls: Mapping[int, int] = field(default_factory=dict)


def levels(text: str, direction: Direction, isolates: Sequence[Isolate]) -> Levels:
    """Return the levels of a paragraph.

    Isolates become the controls LRI, RLI and FSI only inside this call.
    """
    has_rtl = direction == "rtl" or any(one.direction == "rtl" for one in isolates)
    if not text or (not has_rtl and _NEEDS_BIDI.search(text) is None):
        return Levels(bytes(len(text)))
    marked, kept = _with_isolates(text, isolates)
    # ICU keeps a pointer to the characters: the object must outlive the call.
    paragraph = icu.UnicodeString(marked)
    bidi = icu.Bidi()
    bidi.setPara(paragraph, 1 if direction == "rtl" else 0)
    found = bidi.getLevels()
    if len(found) != len(marked):
        found = _per_code_point(found, marked)
    every = bytes(found)
    own = b"".join([every[start:end] for start, end in kept])
    return Levels(own, _walls(own, every, kept))


def _walls(
    own: bytes, every: bytes, kept: Sequence[tuple[int, int]]
) -> Mapping[int, int]:
    found: dict[int, int] = {}
    offset = 0
    for (start, end), (following, _) in pairwise(kept):
        offset += end - start
        if end < following and 0 < offset < len(own):
            wall = min(every[end:following])
            if wall < min(own[offset - 1], own[offset]):
                found[offset] = wall
    return found


def _with_isolates(
    text: str, isolates: Sequence[Isolate]
) -> tuple[str, list[tuple[int, int]]]:
    """Return `text` with isolate controls, and where its own stretches stand in it."""
    controls: dict[int, str] = {}
    for isolate in sorted(isolates, key=lambda one: (one.start, -one.end)):
        if isolate.start < isolate.end:
            opening = controls.get(isolate.start, "")
            controls[isolate.start] = opening + _CONTROLS[isolate.direction]
            # Closing comes before what opens at the same place.
            controls[isolate.end] = _PDI + controls.get(isolate.end, "")
    parts: list[str] = []
    kept: list[tuple[int, int]] = []
    start = at = 0
    for offset in [*sorted(controls), len(text)]:
        added = controls.get(offset, "") if offset < len(text) else ""
        parts += (text[start:offset], added)
        kept.append((at, at + offset - start))
        at += offset - start + len(added)
        start = offset
    return "".join(parts), kept


def _per_code_point(found: Sequence[int], text: str) -> list[int]:
    """Keep the level of the first UTF-16 unit of every code point."""
    kept: list[int] = []
    at = 0
    for char in text:
        kept.append(found[at])
        at += 2 if char > "\uffff" else 1
    return kept


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Return the indices of runs from left to right (UAX #9 L2), given their levels."""
    order = list(range(len(run_levels)))
    lowest_odd = min((level for level in run_levels if level % 2), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(run_levels), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and run_levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


@lru_cache(maxsize=65536)
def script_of(char: str) -> str:
    """Return the ISO 15924 code of the character's script (UAX #24), `Zyyy` if common."""
    name: str = icu.Script.getScript(ord(char)).getShortName()
    return name


@lru_cache(maxsize=4096)
def scripts_using(char: str) -> tuple[str, ...]:
    """Return the scripts that a common character is used in (Script_Extensions)."""
    name = icu.Char.getPropertyValueName
    codes = icu.Script.getScriptExtensions(ord(char))
    return tuple(
        name(icu.UProperty.SCRIPT, code, icu.UPropertyNameChoice.SHORT_PROPERTY_NAME)
        for code in codes
    )


@lru_cache(maxsize=65536)
def extends(char: str) -> bool:
    """Return True if the character continues the one before it: a mark, a joiner."""
    return (
        unicodedata.category(char).startswith("M")
        or char in _EXTENDING
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
    )


@lru_cache(maxsize=65536)
def is_ignorable(char: str) -> bool:
    """Return True for default-ignorable code points (DerivedCoreProperties)."""
    ignorable = icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT
    return bool(icu.Char.hasBinaryProperty(char, ignorable))


def graphemes(text: str) -> list[int]:
    """Return the ends of the extended grapheme clusters (UAX #29).

    Marks that UAX #29 lets stand alone, such as the Burmese visarga, stay with their
    letter: no shaper can set them without it.
    """
    found = _boundaries(_characters(), text)
    if text.isascii():
        return found
    inner = [b for b in found[:-1] if not extends(text[b]) or _is_alone(text[b - 1])]
    return inner + found[-1:]


def _is_alone(char: str) -> bool:
    """Return True if no mark can stand on `char`."""
    return char == OBJECT or unicodedata.category(char) in {"Cc", "Zl", "Zp"}


def line_boundaries(text: str, tag: str) -> list[int]:
    """Return where UAX #14 and ICU's dictionaries let a line end, in BCP 47 `tag`."""
    return _boundaries(_lines(tag), text)


def word_boundaries(text: str, tag: str) -> list[int]:
    """Return where words end (UAX #29 and ICU's dictionaries), in BCP 47 `tag`."""
    return _boundaries(_words(tag), text)


@lru_cache(maxsize=64)
def _words(tag: str) -> icu.BreakIterator:
    return icu.BreakIterator.createWordInstance(icu.Locale.forLanguageTag(tag))


@lru_cache(maxsize=64)
def _lines(tag: str) -> icu.BreakIterator:
    return icu.BreakIterator.createLineInstance(icu.Locale.forLanguageTag(tag))


@lru_cache(maxsize=1)
def _characters() -> icu.BreakIterator:
    return icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())


def _boundaries(iterator: icu.BreakIterator, text: str) -> list[int]:
    """Return the boundaries after offset 0, in code points."""
    iterator.setText(text)
    found = list(iterator)
    if text.isascii() or max(text) <= "\uffff":
        return found
    units = {0: 0}
    at = 0
    for offset, char in enumerate(text):
        at += 2 if char > "\uffff" else 1
        units[at] = offset + 1
    return [units[one] for one in found if one in units]
