"""Which face sets a character: a language's chain of fallback, per grapheme cluster.

Most text is told by looking at one character at a time: `classes` turns a text into a
string of class letters, on which a regular expression finds stretches of one face.

M, m  a letter or mark that only the language's own face sets
L     a letter, digit or sign that the Latin face sets
d     a digit where the Latin face is the language's own
b     a common sign or space that both faces have
n     such a sign that belongs to a number before which it stands
p, q  an opening and a closing bracket that both have
a     a quotation mark or dash that is Latin or Han by what stands round it
x, y  a mark without script: both faces have it, or not
s     an object or forced break
o     anything else
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from handouts.fonts import BOLD, REGULAR, Face, FontLibrary
from handouts.languages import Language
from handouts.text.unicode import (
    OBJECT,
    SEPARATOR,
    extends,
    is_ignorable,
    script_of,
    scripts_using,
)

__all__ = ["BRACKETS", "COMMON", "IDEOGRAPHIC", "FaceChooser"]

COMMON: Final = frozenset({"Zyyy", "Zinh", "Zzzz"})
IDEOGRAPHIC: Final = frozenset({"Hani", "Hira", "Kana", "Bopo", "Hang"})
"""Scripts that Chinese, Japanese and Korean mix inside a word, in one face."""
BRACKETS: Final = {
    ")": "(", "]": "[", "}": "{", "\u00bb": "\u00ab", "\u203a": "\u2039",
    "\u201d": "\u201c", "\u2019": "\u2018",
}  # fmt: skip
"""Closing → opening."""
_BEFORE_NUMBERS: Final = frozenset("+\u2212\u00b1<>\u2264\u2265~#$\u20ac\u00a3")
_OPENING: Final = frozenset(BRACKETS.values())
_MIDDLE_DOT: Final = "\u00b7"
# The script that common characters take where no letter is near.
_SHAPING_SCRIPTS: Final = {
    "Hans": "Hani",
    "Hant": "Hani",
    "Jpan": "Kana",
    "Kore": "Hang",
    "Aran": "Arab",
}


class FaceChooser:
    """Chooses faces for one language and weight, remembering every character it met.

    Attributes:
        tag: The language, BCP 47.
        script: The language's own script, as the shaper takes it.
        main: The first face of the language's own chain.
        latin: The face of Latin letters and of digits.
        is_ideographic: True for Chinese, Japanese and Korean.
    """

    def __init__(self, library: FontLibrary, language: Language, *, bold: bool) -> None:
        self._library = library
        self._language = language
        self._weight = BOLD if bold else REGULAR
        self.tag = language.tag
        self.script = _SHAPING_SCRIPTS.get(language.script, language.script)
        self.is_ideographic = self.script in IDEOGRAPHIC
        self.main = self._required(language.families)
        self.latin = self._required(language.families_for("Latn"))
        self._clusters: dict[str, tuple[str, Face | None]] = {}
        self._classes = _Classes(self)

    def classes(self, text: str) -> str:
        """Return one class letter for each code point; see the module."""
        return text.translate(self._classes)

    def choose(self, cluster: str) -> tuple[str, Face | None]:
        """Return the script (`Zyyy` if common) and face for one grapheme cluster.

        The face is None if no face of the chain covers the cluster.
        """
        found = self._clusters.get(cluster)
        if found is None:
            found = self._clusters[cluster] = self._choose(cluster)
        return found

    def like(self, face: Face) -> Face:
        """Return `face` in the chooser's weight."""
        return self._library.face(face.family, self._weight)

    def is_own(self, script: str) -> bool:
        """Return True for scripts that the main face sets together with its own."""
        if self.is_ideographic:
            return script in IDEOGRAPHIC
        return script == self.script

    def _required(self, families: Sequence[str]) -> Face:
        known = (one for one in families if self._library.record(one, REGULAR))
        return self._library.face(next(known, families[0]), self._weight)

    def _choose(self, cluster: str) -> tuple[str, Face | None]:
        script = next((s for c in cluster if (s := script_of(c)) not in COMMON), "Zyyy")
        if script == "Zyyy" or self.is_own(script):
            families = self._language.families
        else:
            families = self._language.families_for(script)
        script = self.script if self.is_own(script) else script
        drawn = [c for c in cluster if not is_ignorable(c)]
        face = self._first(families, drawn)
        if face is None and script == "Zyyy":
            # `「` in an English text: the signs of another script come with its letters.
            face = self._first(self._families_using(cluster), drawn)
        if face is None and not unicodedata.is_normalized("NFC", cluster):
            # HarfBuzz composes: a face may have `ế` but not its parts.
            composed = unicodedata.normalize("NFC", cluster)
            return self._choose(composed)
        return script, face

    def _families_using(self, cluster: str) -> list[str]:
        scripts = (one for char in cluster for one in scripts_using(char))
        known = (one for one in scripts if one not in COMMON)
        return [family for one in known for family in self._language.families_for(one)]

    def _first(self, families: Sequence[str], drawn: Sequence[str]) -> Face | None:
        for family in families:
            if self._library.record(family, REGULAR) is None:
                continue
            face = self._library.face(family, self._weight)
            if all(face.covers(ord(char)) for char in drawn):
                return face
        return None


class _Classes(dict[int, str]):
    """Code point → class letter, filled as characters are met."""

    def __init__(self, chooser: FaceChooser) -> None:
        super().__init__()
        self._chooser = chooser

    def __missing__(self, code: int) -> str:
        found = self[code] = self._class_of(chr(code))
        return found

    def _class_of(self, char: str) -> str:
        if char in {OBJECT, SEPARATOR}:
            return "s"
        chooser = self._chooser
        script = script_of(char)
        is_common = script in COMMON
        if is_ignorable(char) or char == "\t":  # a tab is set as a space
            return "x" if extends(char) else "b"
        by_main = chooser.main.covers(ord(char))
        by_latin = chooser.latin.covers(ord(char))
        if extends(char):
            if is_common and by_main and by_latin:
                return "x"
            return "m" if by_main and (is_common or chooser.is_own(script)) else "y"
        if is_common:
            return self._sign(char, by_main=by_main, by_latin=by_latin)
        is_latin = by_latin and script == "Latn"
        return "M" if by_main and chooser.is_own(script) else "L" if is_latin else "o"

    def _sign(self, char: str, *, by_main: bool, by_latin: bool) -> str:
        chooser = self._chooser
        if not by_main or not by_latin:
            return "M" if by_main else "L" if by_latin else "o"
        used = scripts_using(char)
        if "Latn" not in used and any(map(chooser.is_own, used)):
            return "M"
        if char.isascii() and char.isdigit():
            return "d" if chooser.main is chooser.latin else "L"
        if chooser.main is chooser.latin:
            return "b"
        return self._shared_sign(char)

    def _shared_sign(self, char: str) -> str:
        """Return the class of a sign that two different faces have."""
        is_wide = self._chooser.is_ideographic and not char.isascii()
        if is_wide and char == _MIDDLE_DOT:
            return "L"  # between spaces it is Latin's: an em wide, it would tear a hole
        if is_wide and not char.isspace():
            return "a"
        if char in _BEFORE_NUMBERS:
            return "n"
        return "p" if char in _OPENING else "q" if char in BRACKETS else "b"
