"""What one edition's layout knows at every size: its document, language and glyphs.

A `Source` lives as long as one layout; paragraphs are shaped once, however many sizes
a fit tries. It also reports, each finding once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final, TypeAlias, cast

from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.document.tree import (
    Block,
    Cell,
    Direction,
    Document,
    Inline,
    Item,
    Origin,
    Text,
)
from handouts.languages import Language, language
from handouts.layout.canvas import Ink
from handouts.layout.inline import Setting, base_direction, styled_text
from handouts.layout.theme import ROLES, Hue, Palette, Role, RoleName
from handouts.text import ShapedParagraph, TextEngine, UnsettableTextError
from handouts.text.model import Style, StyledText, StyleRun

__all__ = ["OVERFULL_PT", "Owner", "Place", "Source"]

_HOLES_EM: Final = {"ja": 8.0, "zh": 3.0}
"""What the end of a phrase may leave empty of a line, except in headings."""
OVERFULL_PT: Final = 0.01
"""Lines may differ from their measure by the engine's rounding."""
_ENDLESS_PT: Final = 1e6
_IDEOGRAPH: Final = "\u56fd"  # any one: all are an em wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a node of the document has, for words that stand in none."""

    element: int | None
    origin: Origin | None = None
    lang: str | None = None
    direction: Direction | None = None


Owner: TypeAlias = Place | Block | Item | Cell
"""Whose text it is: a node of the document, or a place for layout's own words."""


@dataclass(slots=True, kw_only=True)
class Source:
    """What one edition's layout needs at every size; keeps what it shaped."""

    document: Document
    engine: TextEngine
    language: Language
    palette: Palette
    digits: str
    sink: Sink
    _shaped: dict[tuple[object, ...], ShapedParagraph] = field(default_factory=dict)
    _counts: dict[tuple[ShapedParagraph, float, float], tuple[int, bool]] = field(
        default_factory=dict
    )
    _labels: dict[str, tuple[Text, ...]] = field(default_factory=dict)
    _kept: dict[tuple[int, ...], tuple[Inline, ...]] = field(default_factory=dict)
    _ems: dict[str, float] = field(default_factory=dict)
    _inks: dict[tuple[str | None, ...], Ink] = field(default_factory=dict)
    _ideograph_em: float = 0.0
    _languages: dict[str, Language] = field(default_factory=dict)
    _reported: set[tuple[object, ...]] = field(default_factory=set)
    failed: bool = False

    def language_of(self, lang: str | None) -> Language:
        """Return the language of a block: the edition's unless it has its own."""
        if lang is None or lang == self.document.lang:
            return self.language
        found = self._languages.get(lang)
        if found is None:
            found = self._languages[lang] = language(lang)
        return found

    def shape(
        self,
        children: Sequence[Inline],
        name: RoleName,
        place: Owner,
        *,
        bold: bool | None = None,
        big: tuple[float, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> ShapedParagraph:
        """Return the paragraph's glyphs, the same object each time it is asked."""
        # A label of layout's own ("1") stands at many nodes.
        key: tuple[object, ...] = (id(children), name, bold, place.element)
        if big is not None or fields:
            key = (*key, big, tuple(fields.items()) if fields else ())
        found = self._shaped.get(key)
        if found is None:
            role = ROLES[name]
            if bold is not None:
                role = replace(role, bold=bold)
            found = self._shaped[key] = self._shape(children, role, place, big, fields)
        return found

    def _shape(
        self,
        children: Sequence[Inline],
        role: Role,
        place: Owner,
        big: tuple[float, str] | None,
        fields: Mapping[str, str] | None,
    ) -> ShapedParagraph:
        own = self.language_of(place.lang)
        direction = place.direction or (
            self.document.direction if own is self.language else own.direction
        )
        direction = base_direction(children, direction)
        styled = styled_text(
            tuple(children),
            Setting(
                base=Style(bold=role.bold, element=place.element),
                lang=own.tag,
                direction=direction,
                strict=role.strict,
                first_value=big[0] if big else 1.0,
                big=big[1] if big else None,
                fields=tuple(fields.items()) if fields else (),
                size=1.0 if role.fixed else role.size,
            ),
        )
        try:
            return self.engine.shape(
                styled,
                language=own,
                direction=direction,
                phrases=True,
                hole_em=inf if role.strict else _HOLES_EM.get(own.language, inf),
            )
        except UnsettableTextError as error:
            self._report_unsettable(error, place)
        empty = StyledText(text="", runs=())
        return self.engine.shape(empty, language=own, direction=direction)

    def measured(
        self, shaped: ShapedParagraph, size_pt: float, width_pt: float
    ) -> tuple[int, bool]:
        """Return how many lines a paragraph takes, and whether a word is cut in one.

        An address may be cut.
        """
        key = (shaped, size_pt, width_pt)
        found = self._counts.get(key)
        if found is None:
            is_cut = (
                shaped.min_width(size_pt) > width_pt + OVERFULL_PT
                and "/" not in shaped.text
            )
            found = self._counts[key] = shaped.line_count(size_pt, width_pt), is_cut
        return found

    def ink(self, color: str, background: str | None, artifact: str | None) -> Ink:
        """Return the colours of a text; `color` is `#rrggbb` or a hue's name."""
        key = (color, background, artifact)
        found = self._inks.get(key)
        if found is None:
            own = color if color.startswith("#") else self.palette.hue(cast("Hue", color))
            found = Ink(own, background or self.palette.white, artifact)
            self._inks[key] = found
        return found

    def kept(
        self, key: tuple[int, ...], make: Callable[[], tuple[Inline, ...]]
    ) -> tuple[Inline, ...]:
        """Return inline content that layout put together, always the same object."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found

    def em_of(self, own: Language) -> float:
        """Return the real size of a language's letters at the nominal size 1."""
        found = self._ems.get(own.tag)
        if found is None:
            name = own.own_name
            mark = StyledText(text=name, runs=(StyleRun(0, len(name), Style()),))
            lines = self.engine.shape(mark, language=own).lines(1.0, _ENDLESS_PT)
            sizes = [run.size_pt for line in lines for run in line.runs]
            found = self._ems[own.tag] = sizes[0] if sizes else 1.0
        return found

    def in_digits(self, text: str) -> str:
        """Return `text` with its figures in the edition's digits."""
        return text.translate(str.maketrans("0123456789", self.digits))

    @property
    def ideograph_em(self) -> float:
        """The width of one ideograph, in em of the nominal size."""
        if not self._ideograph_em:
            run = StyleRun(0, len(_IDEOGRAPH), Style())
            mark = StyledText(text=_IDEOGRAPH, runs=(run,))
            self._ideograph_em = self.engine.shape(mark, language=self.language).width(
                1.0
            )
        return self._ideograph_em

    def label(self, text: str) -> tuple[Text, ...]:
        """Return a text of layout's own as inline content, always the same object."""
        return self._labels.setdefault(text, (Text(text=text),))

    def overfull(self, what: str, place: Owner, *, over_pt: float) -> None:
        """Report content that is larger than its frame."""
        key = ("overfull", place.element, what)
        if key in self._reported:
            return
        self._reported.add(key)
        self.failed = True
        origin = place.origin
        self.sink.report(
            Diagnostic(
                code="overfull",
                message=f"{what} is {over_pt:.1f} pt larger than its frame",
                hint="shorten the text, or divide the block in the template",
                file=origin.file if origin else None,
                line=origin.line if origin else None,
                msgid=self.msgid_of(place.element),
            )
        )

    def warn(self, code: str, message: str, place: Owner, *, hint: str) -> None:
        """Report what can be printed but should be mended."""
        key = (code, place.element, message)
        if key in self._reported:
            return
        self._reported.add(key)
        origin = place.origin
        self.sink.report(
            Diagnostic(
                code=code,
                message=message,
                severity=Severity.WARNING,
                hint=hint,
                file=origin.file if origin else None,
                line=origin.line if origin else None,
                msgid=self.msgid_of(place.element),
            )
        )

    def msgid_of(self, element: int | None) -> str | None:
        """Return the first message inside a node, for a diagnostic."""
        if element is None:
            return None
        nodes = self.document.nodes
        for node in nodes[element : element + 8]:
            lookup = getattr(node, "lookup", None)
            if isinstance(lookup, int) and lookup < len(self.document.lookups):
                return self.document.lookups[lookup].key.msgid
        return None

    def _report_unsettable(self, error: UnsettableTextError, place: Owner) -> None:
        self.failed = True
        for problem in error.problems:
            shown = " ".join(f"U+{ord(char):04X}" for char in problem.text)
            lookup = problem.style.message
            known = self.document.lookups[lookup] if lookup is not None else None
            origin = place.origin
            file = origin.file if origin else None
            line = origin.line if origin else None
            if known is not None and known.file is not None:
                file, line = known.file, known.line
            self.sink.report(
                Diagnostic(
                    code=problem.code,
                    message=f"{shown} cannot be set in {self.language.tag}",
                    hint="replace the character, or add a font that has it",
                    file=file,
                    line=line,
                    msgid=known.key.msgid if known else None,
                )
            )
