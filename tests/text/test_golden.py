"""One sentence in each language, line by line: a diff reads "this run moved 0.3 pt"."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handouts.text import GlyphRun, ShapedParagraph

if TYPE_CHECKING:
    from conftest import Desk

SIZE_PT = 12.0
WIDTH_PT = 200.0
PHONE = "+44 20 7946 0958"

SENTENCES = {
    locale: text.format(phone=PHONE)
    for locale, text in tomllib.loads(
        (Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8")
    ).items()
}


def dump(paragraph: ShapedParagraph) -> str:
    """Return lines, and their runs from left to right, at 0.01 pt."""
    return "\n".join(_rows(paragraph)) + "\n"


def _rows(paragraph: ShapedParagraph) -> Iterator[str]:
    for line in paragraph.lines(SIZE_PT, WIDTH_PT):
        text = paragraph.text[line.start : line.end]
        yield f"{line.width_pt:.2f} {escaped(text)}"
        for run in line.runs:
            yield (
                f"  {run.x_pt:.2f} +{run.width_pt:.2f} {run.face.key} {run.size_pt:.2f} "
                f"level {run.level}, {len(run.gids)} glyphs: {escaped(in_order(run))}"
            )


def in_order(run: GlyphRun) -> str:
    return "".join(list(run.texts)[::-1] if run.is_rtl else run.texts)


def escaped(text: str) -> str:
    """Return `text` so that no terminal reorders the row: escapes for right-to-left."""
    if any("\u0590" <= char <= "\u08ff" for char in text):
        return ascii(text)
    return repr(text)


@pytest.mark.golden
@pytest.mark.parametrize("locale", SENTENCES)
def test_sentence(desk: Desk, golden: Callable[[str, str], None], locale: str) -> None:
    text = SENTENCES[locale]
    paragraph = desk.shape(locale, text, ltr=PHONE)
    golden(f"text/{locale}.txt", dump(paragraph))
    lines = paragraph.lines(SIZE_PT, WIDTH_PT)
    assert sum(PHONE in text[line.start : line.end] for line in lines) == 1
