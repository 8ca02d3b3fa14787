"""Document + format → frozen display list: the layout room's one stage.

Measures, fits, divides into pages, and paints each page once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from handouts.diagnostics import Sink
from handouts.document.tree import Block, Document, Heading, Section
from handouts.languages import Language
from handouts.layout.blocks import body_pieces
from handouts.layout.canvas import Canvas
from handouts.layout.display import DisplayList, Page
from handouts.layout.fit import Measured, best_fit
from handouts.layout.flow import Flow, FlowRoom, paginate
from handouts.layout.formats import FRAME_WIDTH_PT, PageFormat
from handouts.layout.furniture import (
    Footer,
    band_piece,
    clinic_piece,
    draft_piece,
    provenance_piece,
)
from handouts.layout.inline import plain_text
from handouts.layout.logo import Logo, read_logo
from handouts.layout.piece import Piece
from handouts.layout.pointer import box_page, has_pointer, settled
from handouts.layout.setter import Setter
from handouts.layout.source import Place, Source
from handouts.layout.symbols import draw_stamp
from handouts.layout.theme import Scale, palette_for
from handouts.text import TextEngine

__all__ = ["EditionInfo", "lay_out"]

_BELOW_HEAD_UNITS: Final = 3.0
_ABOVE_PROVENANCE_UNITS: Final = 3.5
_GUESS: Final = 2
"""Where the emergency box is taken to stand until the pages are known."""
_AIMS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """What layout prints of one edition besides its text.

    `code` is the eight-character edition code, `digits` the ten digits of the text,
    `brand` a colour `#rrggbb` or None for the built-in one, `ink` "colour" or "mono".
    """

    code: str
    draft_stamp: bool = False
    brand: str | None = None
    ink: str = "colour"
    logo: bytes | None = None
    digits: str = "0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """The handout measured at one size and unit: all that painting needs."""

    setter: Setter
    clinic: Piece
    band: Piece | None
    draft: Piece | None
    flow: Flow
    end_pt: float
    """What must be free at the foot of the last page."""


@dataclass(slots=True, kw_only=True)
class _Composer:
    """One edition's layout; keeps the trials of the fit."""

    document: Document
    format: PageFormat
    source: Source
    edition: EditionInfo
    logo: Logo | None
    foot_pt: float
    pointed: int | None = None
    """The page that pointers to the emergency box name; None leaves them out."""
    provenance: Piece | None = None
    """Measured once: its type is as large in every fit."""
    _trials: dict[tuple[float, float], _Trial] = field(default_factory=dict)
    _documents: list[Document] = field(default_factory=list)
    """Kept, because shaped paragraphs are found by the identity of their content."""

    def measured(self, size: float, unit: float) -> Measured:
        """Return what a size gives; a block higher than a page counts as a page more."""
        trial = self.trial(size, unit)
        flow = trial.flow
        top = self.format.top_pt
        frame = self.format.height_pt - self.foot_pt - top
        fill = min(1.0, max(0.0, (flow.last_foot + trial.end_pt - top) / frame))
        pages = len(flow.pages) + len(flow.overfull)
        return Measured(pages, fill, flow.cost, flow.lonely, len(trial.setter.strained))

    def trial(self, size: float, unit: float) -> _Trial:
        found = self._trials.get((size, unit))
        if found is None:
            found = self._trials[size, unit] = self._measure(size, unit)
        return found

    def point_to(self, original: Document, page: int | None) -> None:
        """Let pointers name a page, or leave them out; all is measured anew."""
        self.pointed = page
        self.document = settled(original, self.box_page)
        self.source.document = self.document
        self._documents.append(self.document)
        self._trials.clear()

    def aim(self, original: Document, size: float, unit: float) -> None:
        """Let pointers name the page on which the box stands at this size.

        Rather no pointer than a wrong one, where its own words would move the box on.
        """
        for _ in range(_AIMS):
            if self.pointed is None:
                return
            page = box_page(self.document, self.trial(size, unit).flow)
            if page == self.pointed:
                return
            self.point_to(original, page if page != 1 else None)
        self.point_to(original, None)

    def fitted(self, original: Document) -> tuple[float, float]:
        """Return the (size, unit) of the fit, with pointers aimed.

        Where they are left out, their room may take larger type, if the box stays on
        its page: elsewhere it would want a pointer again.
        """
        had_pointer = self.pointed is not None
        found = best_fit(self.format, self.measured)
        self.aim(original, *found)
        if had_pointer and self.pointed is None:
            again = best_fit(self.format, self.measured)
            pages = [
                box_page(self.document, self.trial(*at).flow) for at in (found, again)
            ]
            found = again if pages[0] == pages[1] else found
        return found

    @property
    def box_page(self) -> str | None:
        """The page that pointers name, in the edition's digits."""
        if self.pointed is None:
            return None
        return self.source.in_digits(str(self.pointed))

    def setter_at(self, size: float, unit: float) -> Setter:
        own = self.source.language
        scale = Scale(size, unit * size, own.typography, self.source.em_of(own))
        return Setter(self.source, scale)

    def _measure(self, size: float, unit: float) -> _Trial:
        setter, part = self.setter_at(size, unit), self.document.part
        clinic = clinic_piece(setter, part("clinic"), self.logo)
        band_part, draft_part = part("band"), part("draft")
        provenance, body = self.provenance, part("body")
        band = band_piece(setter, band_part) if band_part is not None else None
        draft = None
        if draft_part is not None and draft_part.blocks:
            draft = draft_piece(setter, draft_part, is_repeat=False)
        top = self.format.top_pt
        head = clinic.height_pt + (band.height_pt if band is not None else 0.0)
        head += draft.before + draft.height_pt if draft is not None else 0.0
        below = setter.units(_BELOW_HEAD_UNITS)
        room = FlowRoom(
            first_top=top + head,
            other_top=top + (draft.height_pt if draft is not None else 0.0),
            foot=self.format.height_pt - self.foot_pt,
            head_after=(below, below if draft is not None else None),
            end_pt=(
                provenance.height_pt + setter.units(_ABOVE_PROVENANCE_UNITS)
                if provenance is not None
                else 0.0
            ),
        )
        pieces = body_pieces(setter, body) if body is not None else []
        return _Trial(
            setter=setter,
            clinic=clinic,
            band=band,
            draft=draft,
            flow=paginate(pieces, room),
            end_pt=room.end_pt,
        )

    def paint(self, trial: _Trial, footer: Footer) -> tuple[Page, ...]:
        pages: list[Page] = []
        for number, laid in enumerate(trial.flow.pages):
            canvas = Canvas(self.format.side_pt, FRAME_WIDTH_PT, self.document.direction)
            if self.edition.draft_stamp:
                draw_stamp(
                    canvas,
                    self.format.width_pt,
                    self.format.height_pt,
                    color=self.source.palette.stamp,
                )
            self._paint_head(trial, canvas, number)
            for one in laid:
                one.piece.paint(canvas, one.piece.indent_pt, one.y)
            if self.provenance is not None and number == len(trial.flow.pages) - 1:
                foot = self.format.height_pt - self.foot_pt
                self.provenance.paint(canvas, 0.0, foot - self.provenance.height_pt)
            footer.paint(
                canvas,
                self.format,
                page=number + 1,
                pages=len(trial.flow.pages),
                code=self.edition.code,
            )
            pages.append(
                Page(
                    width_pt=self.format.width_pt,
                    height_pt=self.format.height_pt,
                    items=tuple(canvas.items),
                )
            )
        return tuple(pages)

    def _paint_head(self, trial: _Trial, canvas: Canvas, number: int) -> None:
        y = self.format.top_pt
        draft = trial.draft
        if number:
            if draft is not None:
                part = self.document.part("draft")
                assert part is not None
                draft_piece(trial.setter, part, is_repeat=True).paint(canvas, 0.0, y)
            return
        trial.clinic.paint(canvas, 0.0, y)
        y += trial.clinic.height_pt
        if trial.band is not None:
            trial.band.paint(canvas, 0.0, y)
            y += trial.band.height_pt
        if draft is not None:
            draft.paint(canvas, 0.0, y + draft.before)

    def report(self, flow: Flow) -> None:
        """Report what had to be forced into its frame."""
        for piece in flow.overfull:
            place = self._place(piece.element)
            frame = self.format.height_pt - self.foot_pt - self.format.top_pt
            self.source.overfull("a block", place, over_pt=piece.height_pt - frame)
        for piece in flow.forced:
            self.source.warn(
                "divided-box",
                "a box is higher than a page and is divided",
                self._place(piece.element),
                hint="shorten the box, or make two of it",
            )

    def _place(self, element: int | None) -> Place:
        node = self.document.nodes[element] if element is not None else None
        origin = getattr(node, "origin", None)
        return Place(element=element, origin=origin)


def lay_out(
    document: Document,
    *,
    format: PageFormat,
    language: Language,
    engine: TextEngine,
    edition: EditionInfo,
    sink: Sink,
) -> DisplayList | None:
    """Return the pages of one edition, in points from the top left.

    Reports `missing-glyph`, `split-cluster` and `overfull`, and warns of `broken-word`
    and `divided-box`. Returns None where an error makes the pages unprintable.
    """
    source = Source(
        document=document,
        engine=engine,
        language=language,
        palette=palette_for(ink=edition.ink, brand=edition.brand),
        digits=edition.digits,
        sink=sink,
    )
    composer = _Composer(
        document=document,
        format=format,
        source=source,
        edition=edition,
        logo=read_logo(edition.logo),
        foot_pt=format.foot_pt,
    )
    setter = composer.setter_at(format.size_min_pt, format.unit_min)
    end = document.part("provenance")
    if end is not None and end.blocks:
        composer.provenance = provenance_piece(setter, end)
    footer = Footer.of(setter, document.part("footer"))
    composer.foot_pt = footer.foot_pt(format, edition.code)
    if has_pointer(document):
        composer.point_to(document, _GUESS)
    size, unit = composer.fitted(document)
    trial = composer.trial(size, unit)
    footer = replace(footer, setter=trial.setter)
    pages = composer.paint(trial, footer)
    composer.report(trial.flow)
    if source.failed:
        return None
    return DisplayList(
        title=_title(document),
        lang=document.lang,
        direction=document.direction,
        pages=pages,
        size_pt=size,
        box_page=composer.box_page,
    )


def _title(document: Document) -> str:
    band = document.part("band")
    return _heading(band.blocks) if band is not None else ""


def _heading(blocks: tuple[Block, ...]) -> str:
    for block in blocks:
        if isinstance(block, Heading):
            return " ".join(plain_text(block.children).split())
        if isinstance(block, Section) and (found := _heading(block.blocks)):
            return found
    return ""
