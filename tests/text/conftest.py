"""What the tests of the text engine share: one engine, and ways to look at its lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from handouts.fonts import FontLibrary, builtin_fonts_dir
from handouts.languages import language
from handouts.text import (
    Direction,
    GlyphRun,
    Isolate,
    Line,
    ShapedParagraph,
    Style,
    StyledText,
    StyleRun,
    TextEngine,
)

TERMS = ("ketamine", "เคตามีน", "កេតាមីន", "ကက်တမင်း", "ເຄຕາມີນ")  # ketamine: en th km my lo
WIDE_PT = 1e6


class Desk:
    """Shapes text, and takes lines apart again."""

    def __init__(self, library: FontLibrary) -> None:
        self.library = library
        self.terms = TERMS
        self.engine = TextEngine(library, terms=TERMS)

    # In

    @staticmethod
    def styled(
        text: str,
        *,
        ltr: str | None = None,
        bold: str | None = None,
        isolates: Iterable[Isolate] = (),
        styles: Sequence[tuple[int, int, Style]] = (),
        nobreaks: Sequence[tuple[int, int]] = (),
        blanks: Sequence[tuple[int, float]] = (),
        held: Sequence[int] = (),
    ) -> StyledText:
        """Return `text` with `styles` on its ranges and plain style between them.

        `ltr` is a part of the text to isolate, `bold` one to make bold.
        """
        if ltr is not None:
            isolates = [Isolate(text.index(ltr), text.index(ltr) + len(ltr), "ltr")]
        if bold is not None:
            start = text.index(bold)
            styles = [(start, start + len(bold), Style(bold=True))]
        runs: list[StyleRun] = []
        at = 0
        for start, end, style in styles:
            runs += [StyleRun(at, start, Style())] if at < start else []
            runs.append(StyleRun(start, end, style))
            at = end
        runs += [StyleRun(at, len(text), Style())] if at < len(text) else []
        return StyledText(
            text=text,
            runs=tuple(runs),
            isolates=tuple(isolates),
            nobreaks=tuple(nobreaks),
            blanks=tuple(blanks),
            held=tuple(held),
        )

    def shape(
        self,
        locale: str,
        text: str,
        *,
        direction: Direction | None = None,
        phrases: bool = False,
        **kwargs: Any,
    ) -> ShapedParagraph:
        return self.engine.shape(
            self.styled(text, **kwargs),
            language=language(locale),
            direction=direction,
            phrases=phrases,
        )

    def line(self, locale: str, text: str, size_pt: float = 12.0, **kwargs: Any) -> Line:
        """Return `text` as the one line that it makes."""
        (line,) = self.shape(locale, text, **kwargs).lines(size_pt, WIDE_PT)
        return line

    # Out

    @staticmethod
    def texts(
        paragraph: ShapedParagraph, size_pt: float, width_pt: float, **kwargs: Any
    ) -> list[str]:
        lines = paragraph.lines(size_pt, width_pt, **kwargs)
        return [paragraph.text[line.start : line.end] for line in lines]

    @staticmethod
    def reading(line: Line) -> list[GlyphRun]:
        """Return the runs in logical order."""
        return sorted(line.runs, key=lambda run: run.start)

    @staticmethod
    def clusters(run: GlyphRun) -> list[str]:
        """Return the clusters' texts in logical order."""
        return list(run.texts)[::-1] if run.is_rtl else list(run.texts)

    def logical(self, line: Line) -> str:
        """Return the line's text, put together again from its runs."""
        return "".join("".join(self.clusters(run)) for run in self.reading(line))

    @staticmethod
    def visual(line: Line) -> str:
        """Return the characters from left to right, each cluster's own turned too."""
        return "".join(
            text[::-1] if run.is_rtl else text for run in line.runs for text in run.texts
        )

    def faces(self, line: Line) -> list[tuple[str, str]]:
        """Return (text, face) of the runs in logical order."""
        return [("".join(self.clusters(run)), run.face.key) for run in self.reading(line)]

    @staticmethod
    def places(line: Line) -> dict[str, float]:
        """Return where each cluster's left edge is; for texts without repetition."""
        found = {}
        for run in line.runs:
            x, glyph = run.x_pt, 0
            for text, count in zip(
                run.texts, run.counts or [1] * len(run.texts), strict=True
            ):
                found[text] = x
                x += sum(run.advances[glyph : glyph + count])
                glyph += count
        return found

    @staticmethod
    def widths_em(paragraph: ShapedParagraph, steps: int = 12) -> list[float]:
        """Return widths from the narrowest that holds every word to one whole line."""
        low, high = paragraph.min_width(1.0), paragraph.width(1.0)
        return [low + (high - low) * step / steps for step in range(steps + 1)]


@pytest.fixture(scope="session")
def desk() -> Desk:
    return Desk(FontLibrary.open([builtin_fonts_dir()]))
