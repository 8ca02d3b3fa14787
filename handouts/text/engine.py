"""The text engine: styled text in, shaped paragraphs out.

It knows fonts, languages and Unicode, nothing of handouts: it is the text engine that
ReportLab lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf
from typing import Final

from handouts.fonts import REGULAR, Face, FontLibrary
from handouts.languages import Language, UnknownLocaleError
from handouts.languages import language as language_of
from handouts.text.breaks import break_tiers
from handouts.text.cjk import gap_em
from handouts.text.faces import FaceChooser
from handouts.text.isolates import automatic_isolates
from handouts.text.itemise import Item, Problem, UnsettableTextError, itemise
from handouts.text.measure import Piece, Ruler
from handouts.text.model import Direction, Style, StyledText
from handouts.text.paragraph import ShapedParagraph
from handouts.text.shape import Shaped, shape
from handouts.text.unicode import OBJECT, SEPARATOR, SOFT_HYPHEN, is_ignorable, levels

__all__ = ["TextEngine"]

_X_HEIGHT_EM: Final = 0.536
"""Type sizes are meant for a face whose x-height is 536/1000 em, as Noto Sans's."""
_UNSET: Final = frozenset((OBJECT, SEPARATOR, "\n", "\t"))
"""What is never drawn: places of objects, and breaks."""
_KEPT_PARAGRAPHS: Final = 512
"""About 100 make an edition: enough for its other formats and for the next ones."""


class TextEngine:
    """Shapes paragraphs with one font library; keeps what it shaped.

    `terms` are words, drug names first of all, that no line break and no dictionary
    may cut. Not for several threads at a time.
    """

    def __init__(self, library: FontLibrary, *, terms: Iterable[str] = ()) -> None:
        self._library = library
        self._terms = tuple(sorted(set(terms), key=lambda term: (-len(term), term)))
        self._choosers: dict[tuple[object, ...], FaceChooser] = {}
        self._scales: dict[Face, float] = {}
        self._shaped = lru_cache(maxsize=_KEPT_PARAGRAPHS)(self._shape)

    def shape(
        self,
        styled: StyledText,
        *,
        language: Language,
        direction: Direction | None = None,
        phrases: bool = False,
        hole_em: float = inf,
    ) -> ShapedParagraph:
        """Return `styled` shaped in `language`; `direction` None: the language's own.

        `phrases` lets Japanese and Chinese lines end between phrases, except where that
        leaves more than `hole_em` of a line empty.

        Raises:
            UnsettableTextError: a character has no glyph, a style parts a cluster, or a
                mark stands without a letter.
        """
        own = direction or language.direction
        return self._shaped(styled, language, own, phrases, hole_em)

    def covers(self, text: str, language: Language) -> bool:
        """True if a face of the language's chains has each character of `text`.

        A quick look before anything is set. A mark that no face has alone may still be
        set with its letter.
        """
        choosers = [self._chooser(Style(bold=bold), language) for bold in (False, True)]
        return all(
            is_ignorable(char) or chooser.choose(char)[1] is not None
            for char in sorted(set(text) - _UNSET)
            for chooser in choosers
        )

    def _shape(
        self,
        styled: StyledText,
        language: Language,
        direction: Direction,
        phrases: bool,
        hole_em: float,
    ) -> ShapedParagraph:
        text, isolates = styled.text, styled.isolates
        if direction == "rtl":
            isolates = (*isolates, *automatic_isolates(text, isolates))
        found = levels(text, direction, isolates)
        items = itemise(
            text,
            styled.runs,
            found,
            base_level=1 if direction == "rtl" else 0,
            chooser_for=lambda style: self._chooser(style, language),
        )
        pieces = self._pieces(text, items, language)
        ruler = Ruler(
            text,
            pieces,
            blanks=dict(styled.blanks),
            hyphens=self._hyphens(text, pieces, language),
            walls=found.walls,
        )
        breaks = break_tiers(
            text,
            tag=language.tag,
            terms=[term for term in self._terms if term in text],
            nobreaks=styled.nobreaks,
            phrases=phrases,
            held=styled.held,
        )
        return ShapedParagraph(ruler, breaks, direction=direction, hole_em=hole_em)

    def _chooser(self, style: Style, language: Language) -> FaceChooser:
        key = (style.bold, style.lang, language.tag, language.faces)
        found = self._choosers.get(key)
        if found is None:
            own = _quoted(style.lang, language)
            found = FaceChooser(self._library, own, bold=style.bold)
            self._choosers[key] = found
        return found

    def _pieces(
        self, text: str, items: Sequence[Item], language: Language
    ) -> list[Piece]:
        pieces: list[Piece] = []
        problems: list[Problem] = []
        optical = language.typography.optical
        for index, item in enumerate(items):
            if item.face is None:
                pieces.append(Piece(item, None, 0.0))
                continue
            glyphs = shape(
                text,
                item.start,
                item.end,
                face=item.face,
                script=item.script,
                tag=item.style.lang or language.tag,
                rtl=item.level % 2 == 1,
            )
            if glyphs.notdef or glyphs.stray:
                problems += _problems(text, item, glyphs)
            em = self._scale(item.face) * optical * item.style.scale / item.face.upem
            after = items[index + 1].start if index + 1 < len(items) else 0
            gap = gap_em(text[item.end - 1], text[after]) if after else 0.0
            pieces.append(Piece(item, glyphs, em, gap))
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

    def _hyphens(
        self, text: str, pieces: Sequence[Piece], language: Language
    ) -> dict[int, Piece]:
        """Return what is drawn where a line ends at a soft hyphen, by its offset."""
        found: dict[int, Piece] = {}
        if SOFT_HYPHEN in text:
            for piece in pieces:
                start, end = piece.item.start, piece.item.end
                at = text.find(SOFT_HYPHEN, start, end)
                hyphen = self._hyphen(piece, language) if at >= 0 else None
                while at >= 0 and hyphen is not None:
                    found[at] = hyphen
                    at = text.find(SOFT_HYPHEN, at + 1, end)
        return found

    def _hyphen(self, piece: Piece, language: Language) -> Piece | None:
        own, item = piece.item.face, piece.item
        if own is None:
            return None
        chooser = self._chooser(item.style, language)
        face = own if own.covers(ord("-")) else chooser.latin
        glyphs = shape("-", 0, 1, face=face, script="Latn", tag=language.tag, rtl=False)
        em = self._scale(face) * piece.em * own.upem / self._scale(own) / face.upem
        return Piece(Item(0, 1, face, item.level, "Latn", item.style), glyphs, em)


def _quoted(lang: str | None, language: Language) -> Language:
    """Return the language of a style: Han letters and quotation marks differ by it."""
    if lang is None or lang == language.tag:
        return language
    try:
        return language_of(lang, dict(language.faces))
    except UnknownLocaleError:
        return language


def _problems(text: str, item: Item, glyphs: Shaped) -> list[Problem]:
    return [
        Problem(code, item.start + at, text[item.start + at], item.style)
        for code, offsets in (
            ("missing-glyph", glyphs.notdef),
            ("stray-mark", glyphs.stray),
        )
        for at in offsets
    ]
