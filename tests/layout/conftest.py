"""What layout's tests share: a text engine with round advances, and small documents.

Every character of the fake engine is 0.5 em wide, so that expected positions can be
worked out by hand and never change with a font.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Any, cast

import pytest

from handouts.diagnostics import Sink
from handouts.document import parse
from handouts.fonts import Face
from handouts.languages import Language, language
from handouts.layout import KNOWN_FORMATS, DisplayList, EditionInfo, lay_out
from handouts.text.engine import TextEngine
from handouts.text.model import Direction, GlyphRun, Line, StyledText

ADVANCE_EM = 0.5
EMPTY_FACE = cast("Face", None)  # nothing in layout looks into a face


@dataclass(frozen=True, slots=True)
class FakeParagraph:
    """Shaped text whose every character is 0.5 em wide and which breaks at spaces."""

    styled: StyledText
    direction: Direction

    @property
    def text(self) -> str:
        return self.styled.text

    def _width_em(self, start: int, end: int) -> float:
        text = self.text[start:end].rstrip(" \u2028")
        blanks = dict(self.styled.blanks)
        scales = {
            at: run.style.scale
            for run in self.styled.runs
            for at in range(run.start, run.end)
        }
        return sum(
            blanks.get(at, ADVANCE_EM * scales.get(at, 1.0))
            for at in range(start, start + len(text))
        )

    def _breaks(self) -> list[int]:
        kept = {at for start, end in self.styled.nobreaks for at in range(start + 1, end)}
        found = [
            at + 1
            for at, char in enumerate(self.text)
            if char in " \u2028" and at + 1 not in kept
        ]
        return [*(at for at in found if at < len(self.text)), len(self.text)]

    def width(self, size_pt: float) -> float:
        return self._width_em(0, len(self.text)) * size_pt

    def min_width(self, size_pt: float) -> float:
        return self._widest_em(self._breaks()) * size_pt

    def held_width(self, size_pt: float) -> float:
        held = self.styled.held
        return self._widest_em([at for at in self._breaks() if at not in held]) * size_pt

    def _widest_em(self, ends: list[int]) -> float:
        starts = [0, *ends]
        pairs = zip(starts, ends, strict=False)
        return max(self._width_em(a, b) for a, b in pairs)

    def line_count(self, size_pt: float, width_pt: float) -> int:
        return len(self.ends(size_pt, width_pt))

    def ends(
        self,
        size_pt: float,
        width_pt: float,
        *,
        balance: bool = False,
        avoid_short_last: bool = True,
    ) -> list[int]:
        del balance, avoid_short_last
        found: list[int] = []
        start = 0
        breaks = self._breaks()
        while start < len(self.text):
            fitting = [
                at
                for at in breaks
                if at > start and self._width_em(start, at) * size_pt <= width_pt + 1e-6
            ]
            start = fitting[-1] if fitting else next(at for at in breaks if at > start)
            forced = self.text.find("\u2028", found[-1] if found else 0, start)
            start = forced + 1 if forced >= 0 else start
            found.append(start)
        return found or [0]

    def widths(self, ends: list[int], size_pt: float) -> list[float]:
        pairs = zip([0, *ends], ends, strict=False)
        return [self._width_em(a, b) * size_pt for a, b in pairs]

    def lines(
        self,
        size_pt: float,
        width_pt: float,
        *,
        balance: bool = False,
        avoid_short_last: bool = True,
        justify: bool = False,
    ) -> tuple[Line, ...]:
        del balance, avoid_short_last, justify
        starts = 0
        made: list[Line] = []
        for end in self.ends(size_pt, width_pt):
            made.append(self._line(starts, end, size_pt))
            starts = end
        return tuple(made)

    def _line(self, start: int, end: int, size_pt: float) -> Line:
        width = self._width_em(start, end) * size_pt
        runs: list[GlyphRun] = []
        x = 0.0
        for run in self.styled.runs:
            first, last = max(start, run.start), min(end, run.end)
            text = (
                self.text[first:last].rstrip(" \u2028")
                if last == end
                else (self.text[first : max(first, last)])
            )
            if not text:
                continue
            own = len(text) * ADVANCE_EM * run.style.scale * size_pt
            left = width - x - own if self.direction == "rtl" else x
            runs.append(
                GlyphRun(
                    EMPTY_FACE,
                    size_pt * run.style.scale,
                    left,
                    0.0,
                    (0,) * len(text),
                    (own / len(text),) * len(text),
                    None,
                    text[::-1] if self.direction == "rtl" else text,
                    None,
                    first,
                    last,
                    1 if self.direction == "rtl" else 0,
                    run.style,
                    own,
                )
            )
            x += own
        return Line(runs=tuple(runs), start=start, end=end, width_pt=width)


class FakeEngine:
    """Stands in for `TextEngine`."""

    def shape(
        self,
        styled: StyledText,
        *,
        language: Language,
        direction: Direction | None = None,
        phrases: bool = False,
        hole_em: float = inf,
    ) -> FakeParagraph:
        del phrases, hole_em
        return FakeParagraph(styled, direction or language.direction)


@dataclass(slots=True)
class Press:
    """Lays out markup with the fake engine and keeps what was reported."""

    sink: Sink

    def lay_out(self, body: str, **how: Any) -> DisplayList:
        """Return the pages, which there must be."""
        made = self.try_lay_out(body, **how)
        assert made is not None, self.sink.diagnostics
        return made

    def try_lay_out(
        self,
        body: str,
        *,
        direction: Direction = "ltr",
        paper: str = "a4",
        draft: bool = False,
    ) -> DisplayList | None:
        """Return the pages, in an English that differs in nothing but its direction."""
        own = replace(language("en"), direction=direction)
        document = parse(
            skeleton(body, draft=draft),
            (),
            nonce="n",
            lang=own.tag,
            direction=direction,
            sink=(parsing := Sink()),
        )
        assert document is not None, parsing.diagnostics
        return lay_out(
            document,
            format=KNOWN_FORMATS[paper],
            language=own,
            engine=cast("TextEngine", FakeEngine()),
            edition=EditionInfo(code="7F3A91C2"),
            sink=self.sink,
        )


def skeleton(body: str, *, draft: bool) -> str:
    """Return a whole document's markup round the body's blocks."""
    notice = (
        '<section data-part="draft"><p><strong>Draft.</strong> Not checked.</p></section>'
        if draft
        else ""
    )
    return (
        '<section data-part="clinic"><p>Clinic</p><p>Pain service</p></section>'
        '<section data-part="band" data-symbol="shield"><h1>A title</h1>'
        '<p class="lead">For adults</p></section>'
        f"{notice}"
        f'<section data-part="body">{body}</section>'
        '<section data-part="provenance"><section><h2>Sources</h2><p>One</p>'
        "</section><section><h2>About</h2><p>Two</p></section></section>"
        '<section data-part="footer"><p lang="en" dir="ltr">A title</p>'
        '<p lang="en" dir="ltr">Page <span data-field="page"/> of '
        '<span data-field="pages"/> code <span data-field="code"/></p></section>'
    )


@pytest.fixture
def press() -> Press:
    """Return a press with an empty sink."""
    return Press(Sink())


@pytest.fixture(scope="session")
def new_press() -> Callable[[], Press]:
    """Return a maker of presses, for properties that need a fresh one each time."""
    return lambda: Press(Sink())
