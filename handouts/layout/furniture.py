"""What frames the body: clinic line, title band, draft notice, provenance, footer.

Page design, section 6. Each is measured like any block; the footer's numbers are known
only when the pages are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handouts.document.tree import (
    Block,
    Field,
    Group,
    Heading,
    Inline,
    MessageSpan,
    Paragraph,
    Section,
)
from handouts.layout.canvas import Canvas
from handouts.layout.formats import (
    FRAME_WIDTH_PT,
    MEASURE_PT,
    RAIL_PT,
    TEXT_EDGE_PT,
    PageFormat,
)
from handouts.layout.logo import Logo
from handouts.layout.piece import Piece, Stacked, paint_stack, stack_height
from handouts.layout.setter import Setter, TextBlock
from handouts.layout.symbols import SYMBOLS, draw_symbol
from handouts.layout.theme import RoleName
from handouts.units import EPSILON_PT

__all__ = ["Footer", "band_piece", "clinic_piece", "draft_piece", "provenance_piece"]

_CLINIC_PT: Final = 42.0
_CLINIC_FOOT_PT: Final = 6.0
_LOGO_FOOT_PT: Final = 7.0
_LOGO_GAP_PT: Final = 16.0
_BAND_TOP_PT: Final = 9.0
_BAND_END_PT: Final = 12.0
_BAND_FOOT_PT: Final = 10.0
_AUDIENCE_BEFORE_PT: Final = 2.0
_TITLE_LINES: Final = 2
_BAND_SYMBOL_PT: Final = 38.0
_DRAFT_BEFORE_PT: Final = 6.0
_DRAFT_PAD_PT: Final = 2.5
_DRAFT_END_PT: Final = 10.0
_DRAFT_FRAME_PT: Final = 0.75
_DRAFT_DASH: Final = (3.0, 2.0)
_PENCIL_PT: Final = 16.0
_FOOTER_RULE_PT: Final = 0.5
_FOOTER_GAP_PT: Final = 4.0
_FOOTER_BETWEEN_PT: Final = 12.0
_PROVENANCE_RULE_PT: Final = 1.5
_PROVENANCE_TOP_PT: Final = 6.0
_PROVENANCE_GAP_PT: Final = 18.0


def clinic_piece(setter: Setter, part: Section | None, logo: Logo | None) -> Piece:
    """Return the clinic's line: name, service and phone, and the logo at the end."""
    width = FRAME_WIDTH_PT - (logo.width_pt + _LOGO_GAP_PT if logo else 0.0)
    blocks = list(_paragraphs(part.blocks)) if part is not None else []
    texts = [
        setter.text(
            block.children,
            "body" if number else "clinic",
            width,
            block,
            background=setter.palette.white,
        )
        for number, block in enumerate(blocks)
    ]
    content = sum(text.height_pt for text in texts)
    height = max(_CLINIC_PT, content + _CLINIC_FOOT_PT)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        at = y + height - _CLINIC_FOOT_PT - content
        for text in texts:
            text.paint(canvas, x, at)
            at += text.height_pt
        if logo is not None:
            foot = y + height - _LOGO_FOOT_PT
            canvas.picture(
                x + FRAME_WIDTH_PT - logo.width_pt,
                foot - logo.height_pt,
                logo.width_pt,
                logo.height_pt,
                logo.data,
            )

    return Piece(height_pt=height, paint=paint)


def band_piece(setter: Setter, part: Section) -> Piece:
    """Return the title band: symbol on brand, title and audience on sand."""
    palette = setter.palette
    width = MEASURE_PT - _BAND_END_PT
    inner: list[Stacked] = []
    for block in _leaves(part.blocks):
        if isinstance(block, Heading):
            inner.append(_title(setter, block, width))
        elif isinstance(block, Paragraph) and block.css_class != "alt":
            text = setter.text(
                block.children,
                "audience",
                width,
                block,
                background=palette.sand,
                balance=True,
                after=_AUDIENCE_BEFORE_PT,
            )
            inner.append(text)
    top = _BAND_TOP_PT + setter.scale.high_ink_pt
    height = top + stack_height(inner) + _BAND_FOOT_PT
    name = part.symbol if part.symbol in SYMBOLS else "info"

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.box(x + RAIL_PT, y, FRAME_WIDTH_PT - RAIL_PT, height, fill=palette.sand)
        canvas.box(x, y, RAIL_PT, height, fill=palette.brand)
        if palette.band_rule_pt:
            middle = y + height - palette.band_rule_pt / 2
            canvas.rule(
                x,
                middle,
                FRAME_WIDTH_PT,
                thickness=palette.band_rule_pt,
                color=palette.brand,
            )
        size = _BAND_SYMBOL_PT
        draw_symbol(
            canvas,
            name or "info",
            x + (RAIL_PT - size) / 2,
            y + (height - size) / 2,
            size,
            color=palette.white,
            background=palette.brand,
            red=palette.red,
            amber=palette.amber,
        )
        paint_stack(inner, canvas, x + TEXT_EDGE_PT, y + top)

    return Piece(height_pt=height, paint=paint)


def _title(setter: Setter, block: Heading, width: float) -> TextBlock:
    """Return the title, smaller where that saves a line or it would take over two."""

    def set_as(role: RoleName) -> TextBlock:
        return setter.text(
            block.children,
            role,
            width,
            block,
            background=setter.palette.sand,
            after=_AUDIENCE_BEFORE_PT,
        )

    title = set_as("title")
    if title.lines == 1:
        return title
    small = set_as("title-small")
    return small if small.lines == 1 or title.lines > _TITLE_LINES else title


def draft_piece(setter: Setter, part: Section, *, is_repeat: bool) -> Piece:
    """Return the draft notice: dashed, without colour, weaker than every box.

    It is content on the first page and furniture where it is repeated.
    """
    palette = setter.palette
    width = MEASURE_PT - _DRAFT_END_PT
    texts = [
        setter.text(
            block.children,
            "draft-source" if number else "draft",
            width,
            block,
            background=palette.white,
            artifact="draft" if is_repeat else None,
            balance=True,
        )
        for number, block in enumerate(_paragraphs(part.blocks))
    ]
    edge = _DRAFT_PAD_PT + _DRAFT_FRAME_PT
    height = sum(text.height_pt for text in texts) + 2 * edge

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.box(
            x,
            y,
            FRAME_WIDTH_PT,
            height,
            stroke=palette.ink,
            stroke_pt=_DRAFT_FRAME_PT,
            dash=_DRAFT_DASH,
        )
        size = _PENCIL_PT
        draw_symbol(
            canvas,
            "pencil",
            x + (RAIL_PT - size) / 2,
            y + (height - size) / 2,
            size,
            color=palette.ink,
            background=palette.white,
        )
        at = y + edge
        for text in texts:
            text.paint(canvas, x + TEXT_EDGE_PT, at)
            at += text.height_pt

    return Piece(height_pt=height, paint=paint, before=_DRAFT_BEFORE_PT)


def provenance_piece(setter: Setter, part: Section) -> Piece:
    """Return where the text comes from: a rule and two columns."""
    columns = _columns(part)
    count = max(1, len(columns))
    width = (FRAME_WIDTH_PT - (count - 1) * _PROVENANCE_GAP_PT) / count
    stacks = [_provenance_column(setter, blocks, width) for blocks in columns]
    top = _PROVENANCE_RULE_PT + _PROVENANCE_TOP_PT
    height = top + max((stack_height(stack) for stack in stacks), default=0.0)

    def paint(canvas: Canvas, x: float, y: float) -> None:
        canvas.rule(
            x,
            y + _PROVENANCE_RULE_PT / 2,
            FRAME_WIDTH_PT,
            thickness=_PROVENANCE_RULE_PT,
            color=setter.palette.brand,
        )
        for at, stack in enumerate(stacks):
            paint_stack(stack, canvas, x + at * (width + _PROVENANCE_GAP_PT), y + top)

    return Piece(height_pt=height, paint=paint)


def _provenance_column(
    setter: Setter, blocks: Sequence[Block], width: float
) -> list[TextBlock]:
    white = setter.palette.white
    return [
        setter.text(
            block.children,
            "provenance-head" if isinstance(block, Heading) else "provenance",
            width,
            block,
            background=white,
        )
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    ]


def _columns(part: Section) -> list[list[Block]]:
    """Return the blocks of each column: one a section, or one a heading."""
    columns: list[list[Block]] = []
    for block in part.blocks:
        if isinstance(block, Section):
            columns.append(list(_leaves(block.blocks)))
        elif isinstance(block, Heading) or not columns:
            columns.append([block])
        else:
            columns[-1].append(block)
    return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """The footer: rows of (start, end) paragraphs; a row in English is set as English.

    Row 2 stays a left-to-right line in right-to-left pages: a nurse who cannot read
    the leaflet checks it there.
    """

    setter: Setter
    rows: tuple[tuple[Paragraph, Paragraph | None], ...]

    @classmethod
    def of(cls, setter: Setter, part: Section | None) -> Footer:
        """Read the rows: a paragraph with the page number ends its row."""
        rows: list[tuple[Paragraph, Paragraph | None]] = []
        for block in _paragraphs(part.blocks) if part is not None else ():
            has_page = any(isinstance(leaf, Field) for leaf in _inlines(block.children))
            if has_page and rows and rows[-1][1] is None:
                rows[-1] = (rows[-1][0], block)
            else:
                rows.append((block, None))
        return cls(setter=setter, rows=tuple(rows))

    def foot_pt(self, page_format: PageFormat, code: str) -> float:
        """Return how far above the sheet's foot the frame ends."""
        if not self.rows:
            return page_format.footer_pt
        widest = _fields("88", "88", code)
        heights = [_row_height(self._set(row, widest)) for row in self.rows]
        base = page_format.foot_pt if len(heights) == 1 else page_format.foot_two_pt
        usual = len(heights) * self.setter.metrics("footer", "en").leading_pt
        return base + max(0.0, sum(heights) - usual)

    def paint(
        self, canvas: Canvas, page_format: PageFormat, *, page: int, pages: int, code: str
    ) -> None:
        """Draw the footer of one page."""
        if not self.rows:
            return
        latin = _fields(str(page), str(pages), code)
        rows = [self._set(row, latin) for row in self.rows]
        heights = [_row_height(row) for row in rows]
        y = page_format.height_pt - page_format.footer_pt - sum(heights)
        rule = y - _FOOTER_GAP_PT - _FOOTER_RULE_PT / 2
        canvas.rule(
            0.0,
            rule,
            FRAME_WIDTH_PT,
            thickness=_FOOTER_RULE_PT,
            color=self.setter.palette.ink,
        )
        for (start, end), height in zip(rows, heights, strict=True):
            own = Canvas(
                canvas.left_pt, canvas.width_pt, start.shaped.direction, canvas.items
            )
            start.paint(own, 0.0, y)
            if end is not None:
                end.paint(own, FRAME_WIDTH_PT - end.width_pt, y)
            y += height

    def _set(
        self, row: tuple[Paragraph, Paragraph | None], fields: Mapping[str, str]
    ) -> tuple[TextBlock, TextBlock | None]:
        """Set a row, smaller where that saves a line: staff read it, and rarely."""
        usual = self._set_as("footer", row, fields)
        if _row_height(usual) <= usual[0].metrics.leading_pt + EPSILON_PT:
            return usual
        small = self._set_as("footer-small", row, fields)
        return small if small[0].lines < usual[0].lines else usual

    def _set_as(
        self,
        role: RoleName,
        row: tuple[Paragraph, Paragraph | None],
        fields: Mapping[str, str],
    ) -> tuple[TextBlock, TextBlock | None]:
        end = None
        width = FRAME_WIDTH_PT
        if row[1] is not None:
            end = self._text(row[1], role, FRAME_WIDTH_PT, fields, is_end=True)
            own = end.shaped.width(end.metrics.size_pt) + 0.01
            end = self._text(row[1], role, own, fields, is_end=True)
            width -= own + _FOOTER_BETWEEN_PT
        return self._text(row[0], role, width, fields, is_end=False), end

    def _text(
        self,
        block: Paragraph,
        role: RoleName,
        width: float,
        fields: Mapping[str, str],
        *,
        is_end: bool,
    ) -> TextBlock:
        source = self.setter.source
        if source.language_of(block.lang) is source.language:
            fields = {
                name: value if name == "code" else source.in_digits(value)
                for name, value in fields.items()
            }
        return self.setter.text(
            block.children,
            role,
            width,
            block,
            background=self.setter.palette.white,
            artifact="footer",
            fields=fields,
            align="end" if is_end else "start",
            bold=is_end,
        )


def _row_height(row: tuple[TextBlock, TextBlock | None]) -> float:
    return max(text.height_pt for text in row if text is not None)


def _fields(page: str, pages: str, code: str) -> dict[str, str]:
    grouped = f"{code[:4]} {code[4:]}".strip()
    return {"page": page, "pages": pages, "code": grouped}


def _leaves(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _leaves(block.blocks)
        else:
            yield block


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in _leaves(blocks):
        if isinstance(block, Paragraph) and block.css_class != "alt":
            yield block


def _inlines(children: Sequence[Inline]) -> Iterator[Inline]:
    for child in children:
        if isinstance(child, Group | MessageSpan):
            yield from _inlines(child.children)
        else:
            yield child
