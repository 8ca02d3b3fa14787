"""Display lists made by hand: a tiny shaper and pages, so that only `pdf/` is tested."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
import uharfbuzz as hb

from handouts.fonts import Face, FontLibrary, builtin_fonts_dir
from handouts.layout.display import DisplayList, Item, Page, Placed
from handouts.pdf import Element
from handouts.text.model import GlyphRun, Style

PAGE = (595.28, 841.89)
PARAGRAPH, LINK = 1, 2
TREE = (
    Element("Document", -1, "en"),
    Element("P", 0, texts=(PARAGRAPH,)),
    Element("Link", 1, texts=(LINK,)),
)
"""A document of one paragraph with a link, for texts that `place` places."""
FRAME = (40.0, 40.0, 515.28, 761.89)


def shape(
    face: Face,
    text: str,
    *,
    size: float = 12.0,
    rtl: bool = False,
    style: Style | None = None,
) -> GlyphRun:
    """Shape `text` as one run; clusters as the text engine hands them over."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(face.hb_font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    scale = size / face.upem
    clusters = [info.cluster for info in infos]
    firsts = list(dict.fromkeys(clusters))
    ends = dict(zip(sorted(firsts), [*sorted(firsts)[1:], len(text)], strict=True))
    advances = tuple(one.x_advance * scale for one in positions)
    return GlyphRun(
        face=face,
        size_pt=size,
        x_pt=0.0,
        y_pt=0.0,
        gids=tuple(info.codepoint for info in infos),
        advances=advances,
        offsets=tuple((one.x_offset * scale, one.y_offset * scale) for one in positions)
        if any(one.x_offset or one.y_offset for one in positions)
        else None,
        texts=[_shown(text[first : ends[first]]) for first in firsts],
        counts=tuple(clusters.count(first) for first in firsts)
        if len(firsts) < len(clusters)
        else None,
        start=0,
        end=len(text),
        level=int(rtl),
        style=style or Style(),
        width_pt=sum(advances),
    )


def _shown(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def place(
    run: GlyphRun, x: float = 50.0, y: float = 100.0, color: str = "#000000"
) -> Placed:
    """Place a run as text of `TREE`'s paragraph, or of its link if it opens something."""
    element = LINK if run.style.href else PARAGRAPH
    run = replace(run, style=run.style._replace(element=element))
    return Placed(run, x, y, color, "#ffffff", FRAME)


def display(*pages: Sequence[Item], rtl: bool = False) -> DisplayList:
    return DisplayList(
        title="A title",
        lang="ar" if rtl else "en",
        direction="rtl" if rtl else "ltr",
        pages=tuple(
            Page(width_pt=PAGE[0], height_pt=PAGE[1], items=tuple(items))
            for items in pages
        ),
        size_pt=12.0,
    )


@pytest.fixture(scope="session")
def library() -> FontLibrary:
    return FontLibrary.open([builtin_fonts_dir()])


@pytest.fixture(scope="session")
def sans(library: FontLibrary) -> Face:
    return library.face("Noto Sans", 400)


@pytest.fixture(scope="session")
def shaper() -> Callable[..., GlyphRun]:
    return shape


@pytest.fixture(scope="session")
def placer() -> Callable[..., Placed]:
    return place


@pytest.fixture(scope="session")
def displayed() -> Callable[..., DisplayList]:
    return display
