"""Sets paragraphs: inline content, a role and a width → lines that can be painted.

A `Setter` is a `Source` at one type size and one unit of space, so that a fit can try
many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import Final, NamedTuple

from handouts.document.tree import Blank, Inline
from handouts.layout.canvas import Align, Canvas, Ink
from handouts.layout.inline import BLANK, LEAST_BLANK_PT, below_label
from handouts.layout.piece import Piece
from handouts.layout.source import OVERFULL_PT, Owner, Place, Source
from handouts.layout.theme import ROLES, Metrics, Palette, RoleName, Scale
from handouts.text import Line, ShapedParagraph
from handouts.units import EPSILON_PT

__all__ = ["Setter", "TextBlock"]

PARAGRAPH_EM: Final = 34.5
"""The widest paragraph, in B: 64 to 74 English characters (PAGE.md, 2)."""
CJK_PARAGRAPH_EM: Final = 35
CJK_JUSTIFIED_EM: Final = 20
"""Chinese is justified from this width on."""
_CJK: Final = frozenset({"ja", "zh"})


class TextBlock(NamedTuple):
    """A paragraph measured at one size in one width.

    A tuple, because a fit makes some hundreds of them.
    """

    source: Source
    shaped: ShapedParagraph
    metrics: Metrics
    width_pt: float
    lines: int
    height_pt: float
    ink: Ink
    place: Owner
    balance: bool = False
    balance_short: bool = False
    """Balanced only if the last line would be under a third, or the first can end
    where a reader pauses (key message)."""
    justify: bool = False
    align: Align = "start"
    before: float = 0.0
    after: float = 0.0
    """The spaces it asks where it stands in a stack, undivided (`Stacked`)."""

    def paint(
        self,
        canvas: Canvas,
        x: float,
        y: float,
        *,
        first: int = 0,
        last: int | None = None,
    ) -> None:
        """Draw the lines `first` to `last` (exclusive) from `y` down."""
        metrics, width, align = self.metrics, self.width_pt, self.align
        lines = self._lines()[first:last]
        widest = max([line.width_pt for line in lines], default=0.0)
        if widest - width > OVERFULL_PT:
            self.source.overfull("a line", self.place, over_pt=widest - width)
        elif self.source.measured(self.shaped, metrics.size_pt, width)[1]:
            self._warn_of_broken_word()
        if align == "start" and self.shaped.direction != canvas.direction:
            # English lines in an Arabic page keep their own even edge; the block that
            # they form stands at the page's start side.
            width, align = min(widest, width), "end"
        frame = (y, len(lines) * metrics.leading_pt)
        for number, line in enumerate(lines):
            baseline = y + number * metrics.leading_pt + metrics.baseline_pt
            canvas.text(
                self._to_the_edge(line) if align == "start" and line.blanks else line,
                x,
                baseline,
                width,
                ink=self.ink,
                frame=frame,
                align=align,
                blanks=self._blanks() if line.blanks else None,
            )

    @property
    def widest_pt(self) -> float:
        """How wide its widest line is."""
        return max((line.width_pt for line in self._lines()), default=0.0)

    def _to_the_edge(self, line: Line) -> Line:
        """Let a line to write on run to the measure's end, if the text ends in one.

        A blank of a width of its own is at most so wide.
        """
        x, width, offset = max(line.blanks, key=itemgetter(2))
        element = self._blanks().get(offset)
        node = self.source.document.nodes[element] if element is not None else None
        is_last = not self.shaped.text[offset + 1 : line.end].strip()
        if not (is_last and isinstance(node, Blank)):
            return line
        more = self.width_pt - line.width_pt
        if node.width_pt is not None:
            set_pt = min(node.width_pt, LEAST_BLANK_PT)
            more = min(more, width * (node.width_pt / set_pt - 1.0))
        more = max(0.0, more)
        longer = (x - more if self.shaped.direction == "rtl" else x, width + more, offset)
        blanks = [longer if one[2] == offset else one for one in line.blanks]
        return replace(line, blanks=tuple(blanks))

    def _blanks(self) -> dict[int, int | None]:
        """Return the node of each line to write on, by its offset in the text."""
        offsets = [at for at, char in enumerate(self.shaped.text) if char == BLANK]
        first = self.place.element
        nodes = self.source.document.nodes[first:] if first is not None else ()
        blanks = (node.element for node in nodes if isinstance(node, Blank))
        return dict(zip(offsets, blanks, strict=False))

    def _warn_of_broken_word(self) -> None:
        self.source.warn(
            "broken-word",
            f"a word is wider than its {self.width_pt:.0f} pt and breaks inside",
            self.place,
            hint="use a shorter word, or mark where it divides with a soft hyphen",
        )

    def _lines(self) -> tuple[Line, ...]:
        size, width = self.metrics.size_pt, self.width_pt
        if self.balance:
            return self.shaped.lines(size, width, balance=True)
        lines = self.shaped.lines(size, width, justify=self.justify)
        if not self.balance_short or len(lines) < 2:
            return lines
        if lines[-1].width_pt >= width / 3 and not self.shaped.pauses(size, width):
            return lines
        return self.shaped.lines(size, width, balance=True)

    def piece(
        self,
        *,
        before: float = 0.0,
        after: float = 0.0,
        keep_next: bool = False,
        indent: float = 0.0,
    ) -> Piece:
        """Return the paragraph as a piece that divides between lines two and two."""
        return self._part(
            0, self.lines, before=before, after=after, keep_next=keep_next, indent=indent
        )

    def _part(
        self,
        first: int,
        last: int,
        *,
        before: float,
        after: float,
        keep_next: bool = False,
        indent: float = 0.0,
    ) -> Piece:
        count, leading = last - first, self.metrics.leading_pt
        can_split = count >= 4 and not keep_next

        def paint(canvas: Canvas, x: float, y: float) -> None:
            self.paint(canvas, x, y, first=first, last=last)

        def split(room: float) -> tuple[Piece, Piece] | None:
            fitting = min(int((room + EPSILON_PT) / leading), count - 2)
            if fitting < 2:
                return None
            middle = first + fitting
            head = self._part(first, middle, before=before, after=0.0)
            tail = self._part(middle, last, before=0.0, after=after)
            return head, tail

        return Piece(
            height_pt=count * leading,
            paint=paint,
            before=before,
            after=after,
            first_pt=2 * leading if can_split else None,
            keep_next=keep_next,
            split=split if can_split else None,
            indent_pt=indent,
            element=self.place.element,
        )


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets text at one size; `scale` is the edition's own language's."""

    source: Source
    scale: Scale
    strained: list[Owner] = field(default_factory=list)
    """Whose words are wider than their line: a smaller type may set them whole."""
    _metrics: dict[tuple[RoleName, str | None], Metrics] = field(default_factory=dict)

    @property
    def size_pt(self) -> float:
        """The body size B."""
        return self.scale.size_pt

    @property
    def palette(self) -> Palette:
        """The edition's colours."""
        return self.source.palette

    def units(self, count: float) -> float:
        """Return `count` u in points."""
        return count * self.scale.unit_pt

    def metrics(self, name: RoleName, lang: str | None = None) -> Metrics:
        """Return a role's metrics in the language of a block."""
        found = self._metrics.get((name, lang))
        if found is None:
            found = self._metrics[name, lang] = self._metrics_of(name, lang)
        return found

    def _metrics_of(self, name: RoleName, lang: str | None) -> Metrics:
        own = self.source.language_of(lang)
        if own is self.source.language:
            return self.scale.metrics(name)
        em = self.source.em_of(own)
        return replace(self.scale, sizes=own.typography, em=em).metrics(name)

    def shaped(
        self,
        children: Sequence[Inline],
        name: RoleName,
        place: Owner,
        *,
        bold: bool | None = None,
    ) -> tuple[ShapedParagraph, float]:
        """Return a paragraph and the size of its type, to ask how wide it is."""
        found = self.source.shape(children, name, place, bold=bold)
        return found, self.metrics(name, place.lang).size_pt

    def text(
        self,
        children: Sequence[Inline],
        name: RoleName,
        width_pt: float,
        place: Owner,
        *,
        background: str | None = None,
        artifact: str | None = None,
        color: str | None = None,
        align: Align = "start",
        bold: bool | None = None,
        balance: bool | None = None,
        justify: bool = False,
        fields: Mapping[str, str] | None = None,
        big: tuple[float, str] | None = None,
        after: float = 0.0,
    ) -> TextBlock:
        """Return a paragraph set in a role and a width.

        `big` is the scale and colour of its first value, where that is a picture's
        number; `after` the space it asks below where it stands in a stack.
        """
        source = self.source
        shaped = source.shape(children, name, place, bold=bold, fields=fields, big=big)
        metrics = self.metrics(name, place.lang)
        count, is_cut = source.measured(shaped, metrics.size_pt, width_pt)
        if count > 1 and shaped.text.endswith(BLANK):
            # A label is not broken where its line can stand below it.
            parted = source.kept((id(children),), partial(below_label, children))
            other = source.shape(parted, name, place, bold=bold, fields=fields, big=big)
            if source.measured(other, metrics.size_pt, width_pt)[0] <= count:
                shaped = other
        if is_cut:
            self.strained.append(place)
        role = ROLES[name]
        return TextBlock(  # hot: no keywords
            source,
            shaped,
            metrics,
            width_pt,
            count,
            count * metrics.leading_pt,
            source.ink(color or role.hue, background, artifact),
            place,
            role.strict if balance is None else balance,
            False,
            justify and self.justifies(width_pt),
            align,
            0.0,
            after,
        )

    def label(
        self,
        text: str,
        name: RoleName,
        *,
        width_pt: float,
        color: str,
        background: str,
        artifact: str,
        align: Align = "start",
        lang: str | None = "en",
        element: int | None = None,
    ) -> TextBlock:
        """Return a short text of layout's own: a number in a disc, a figure.

        `element` is the node that it labels or is part of, if it is more than furniture.
        By default it is set as English: Latin digits, and the Latin middle of the line.
        """
        return self.text(
            self.source.label(text),
            name,
            width_pt,
            Place(element=element, lang=lang, direction="ltr"),
            color=color,
            background=background,
            artifact=artifact,
            align=align,
        )

    def paragraph_width(self, width_pt: float) -> float:
        """Return the measure of running text inside `width_pt`."""
        width = min(width_pt, PARAGRAPH_EM * self.size_pt)
        if self.source.language.language not in _CJK:
            return width
        em = self.source.ideograph_em * self.size_pt
        return min(int((width + EPSILON_PT) / em), CJK_PARAGRAPH_EM) * em

    def justifies(self, width_pt: float) -> bool:
        """Return whether running text of that width is justified (PAGE.md, 10).

        Chinese words are short enough for even lines; Japanese phrases are not.
        """
        if self.source.language.language != "zh":
            return False
        return width_pt >= CJK_JUSTIFIED_EM * self.source.ideograph_em * self.size_pt
