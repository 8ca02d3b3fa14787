"""The values that enter and leave the text engine; all frozen.

In: `StyledText`, one paragraph in logical order. Out: `Line`s of `GlyphRun`s in
visual order, in points, x from the left edge of the line, baseline at y = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from handouts.fonts import Face

__all__ = ["Direction", "GlyphRun", "Isolate", "Line", "Style", "StyleRun", "StyledText"]

Direction = Literal["ltr", "rtl"]


# The four values that come in are tuples: the engine looks paragraphs up by them, and a
# tuple is made, compared and hashed several times faster than a frozen dataclass.


class Style(NamedTuple):
    """How a stretch of text looks and what it is part of.

    `scale` multiplies the paragraph's size; `rise` lifts the baseline, in em of the
    paragraph's size (`sup`, `sub`). `lang` is BCP 47 or None for the paragraph's own.
    `message` and `element` are opaque to this room: they come back on the glyph runs.
    """

    bold: bool = False
    underline: bool = False
    color: str | None = None
    scale: float = 1.0
    rise: float = 0.0
    lang: str | None = None
    href: str | None = None
    message: int | None = None
    element: int | None = None


class StyleRun(NamedTuple):
    """`style` holds for the code points `start` to `end` (end exclusive)."""

    start: int
    end: int
    style: Style


class Isolate(NamedTuple):
    """A bidi isolate round `start` to `end`; direction None means by first strong letter.

    UAX #9 BD9-BD11. It is no character of the text: levels see it, breaking does not.
    """

    start: int
    end: int
    direction: Direction | None


class StyledText(NamedTuple):
    """One paragraph in logical order.

    `runs` cover `text` once, in order. `isolates` nest and never cross. `nobreaks` are
    ranges inside which no line may end, `held` offsets at which one should not, if its
    measure has another place. `blanks` are (offset, width in em of the
    paragraph's size) of write-on lines: at each offset stands U+FFFC. A forced line
    break is U+2028.
    """

    text: str
    runs: tuple[StyleRun, ...]
    isolates: tuple[Isolate, ...] = ()
    nobreaks: tuple[tuple[int, int], ...] = ()
    blanks: tuple[tuple[int, float], ...] = ()
    held: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class GlyphRun:
    """Glyphs of one face, size, direction and style, left to right as drawn.

    Compared by identity, so that those who read it can keep what they found: the
    engine gives the same run again where a paragraph is set again.

    `advances` are points; `offsets` (x, y) in points, y up, or None if all are zero.
    Cluster i has the text `texts[i]` (logical order inside the cluster; directional
    marks and other default-ignorables left out where they have no glyph) and
    `counts[i]` glyphs; `counts` None means one glyph each. `texts` may be a plain str
    if every cluster is one character. `start` is the code-point offset in the
    paragraph of the cluster that is first in logical order.
    """

    face: Face
    size_pt: float
    x_pt: float
    y_pt: float
    gids: tuple[int, ...]
    advances: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...] | None
    texts: Sequence[str]
    counts: tuple[int, ...] | None
    start: int
    end: int
    level: int
    style: Style
    width_pt: float
    is_rtl: bool = field(init=False)
    """True if the run reads from right to left (odd level, UAX #9)."""

    def __post_init__(self) -> None:
        # Every stage asks for it.
        object.__setattr__(self, "is_rtl", self.level % 2 == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: its runs from left to right, `x_pt` from the left end of its ink box.

    `start` to `end` is the range of code points of the paragraph, the spaces at the
    line end included (they are drawn at their logical end, outside `width_pt`, so that
    words do not join when the text is copied). `blanks` are (x, width, offset) in points.
    """

    runs: tuple[GlyphRun, ...]
    start: int
    end: int
    width_pt: float
    blanks: tuple[tuple[float, float, int], ...] = ()
