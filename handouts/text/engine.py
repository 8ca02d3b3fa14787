"""The text engine: styled text in, shaped paragraphs out.

It knows fonts, languages and Unicode, nothing of handouts: it is the text engine that
ReportLab lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from handouts.fonts import REGULAR, Face, FontLibrary
from handouts.languages import Language
from handouts.text.itemise import FaceChooser, Item, Problem, UnsettableTextError, itemise
from handouts.text.model import Direction, StyledText
from handouts.text.paragraph import Piece, ShapedParagraph
from handouts.text.shape import shape
from handouts.text.unicode import (
    SOFT_HYPHEN,
    graphemes,
    levels,
    line_breaks,
    script_of,
)

__all__ = ["TextEngine"]

_X_HEIGHT_EM: Final = 0.536
"""Type sizes are meant for a face whose x-height is 536/1000 em, as Noto Sans's."""
_CJK_GAP_EM: Final = 0.25
"""Between Han or Kana and Latin letters or digits (JLREQ 3.2.6)."""
_IDEOGRAPHS: Final = frozenset({"Hani", "Hira", "Kana", "Bopo"})


class TextEngine:
    """Shapes paragraphs with one font library; keeps what it shaped.

    `terms` are words, drug names first of all, that no line break and no dictionary
    may cut.
    """

    def __init__(self, library: FontLibrary, *, terms: Iterable[str] = ()) -> None:
        self._library = library
        self._terms = tuple(sorted(set(terms), key=lambda term: (-len(term), term)))
        self._choosers: dict[str, tuple[FaceChooser, FaceChooser]] = {}
        self._scales: dict[Face, float] = {}
        self.shape = lru_cache(maxsize=4096)(self._shape)

    def _shape(
        self,
        styled: StyledText,
        *,
        language: Language,
        direction: Direction | None = None,
        phrases: bool = False,
    ) -> ShapedParagraph:
        """Return `styled` shaped in `language`; `direction` None: the language's own.

        `phrases` lets Japanese lines end between phrases only (headings).

        Raises:
            UnsettableTextError: a character has no glyph, or a style parts a cluster.
        """
        direction = direction or language.direction
        text = styled.text
        items = itemise(
            text,
            styled.runs,
            levels(text, direction, styled.isolates),
            choosers=self._faces_for(language),
            main_script=_shaping_script(language),
        )
        pieces = self._pieces(text, items, language)
        hyphen = self._hyphen(pieces, language) if SOFT_HYPHEN in text else None
        return ShapedParagraph(
            text,
            pieces,
            line_breaks(
                text,
                tag=language.tag,
                terms=[term for term in self._terms if term in text],
                nobreaks=styled.nobreaks,
                phrases=phrases,
            ),
            direction=direction,
            blanks=styled.blanks,
            emergency=graphemes(text),
            hyphen=hyphen,
        )

    def _faces_for(self, language: Language) -> tuple[FaceChooser, FaceChooser]:
        found = self._choosers.get(language.tag)
        if found is None:
            found = (
                FaceChooser(self._library, language, bold=False),
                FaceChooser(self._library, language, bold=True),
            )
            self._choosers[language.tag] = found
        return found

    def _pieces(self, text: str, items: Sequence[Item], language: Language) -> list[Piece]:
        pieces: list[Piece] = []
        problems: list[Problem] = []
        optical = language.typography.optical
        for index, item in enumerate(items):
            if item.face is None:
                pieces.append(Piece(item, None, 0.0))
                continue
            tag = item.style.lang or language.tag
            glyphs = shape(
                text,
                item.start,
                item.end,
                face=item.face,
                script=item.script,
                tag=tag,
                rtl=item.level % 2 == 1,
            )
            problems += (
                Problem("missing-glyph", item.start + at, text[item.start + at], item.style)
                for at in glyphs.notdef
            )
            em = self._scale(item.face) * optical * item.style.scale / item.face.upem
            pieces.append(Piece(item, glyphs, em, _gap(text, items, index)))
        if problems:
            raise UnsettableTextError(problems)
        return pieces

    def _scale(self, face: Face) -> float:
        """Return the factor that gives the face Noto Sans's x-height.

        A family's Regular decides for its Bold too: Bold would come out smaller.
        """
        found = self._scales.get(face)
        if found is None:
            regular = self._library.face(face.family, REGULAR)
            found = self._scales[face] = _X_HEIGHT_EM * regular.upem / regular.x_height
        return found

    def _hyphen(self, pieces: Sequence[Piece], language: Language) -> Piece | None:
        """Shape a hyphen in the first face that has one, for breaks at soft hyphens."""
        for piece in pieces:
            face = piece.item.face
            if face is None or not face.covers(ord("-")):
                continue
            glyphs = shape("-", 0, 1, face=face, script="Latn", tag=language.tag, rtl=False)
            item = Item(0, 0, face, piece.item.level, "Latn", piece.item.style)
            return Piece(item, glyphs, piece.em)
        return None


def _shaping_script(language: Language) -> str:
    """Return the script that common characters take where no letter is near."""
    return {"Hans": "Hani", "Hant": "Hani", "Jpan": "Kana", "Kore": "Hang", "Aran": "Arab"}.get(
        language.script, language.script
    )


def _gap(text: str, items: Sequence[Item], index: int) -> float:
    """Return the space between an ideograph and a Latin letter or digit that meet."""
    if index + 1 >= len(items):
        return 0.0
    before, after = text[items[index].end - 1], text[items[index + 1].start]
    return _CJK_GAP_EM if _meet(before, after) or _meet(after, before) else 0.0


def _meet(one: str, other: str) -> bool:
    return script_of(one) in _IDEOGRAPHS and (
        other.isascii() and other.isalnum() or script_of(other) in {"Latn", "Cyrl", "Grek"}
    )
