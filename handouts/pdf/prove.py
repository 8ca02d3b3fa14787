"""PROVE, the first look: does every glyph of the display list say what its text says?

Display list → diagnostics, without drawing. What is drawn and what is read back come
from the same string, so comparing those proves little; here the glyphs themselves are
held against the characters they stand for, and against the frames that hold them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from handouts.diagnostics import Diagnostic, printable
from handouts.fonts import Face
from handouts.layout import DisplayList, Page, Placed
from handouts.pdf.unicode_map import KEPT_RUNS, visible
from handouts.text.model import GlyphRun
from handouts.text.subset import closure, is_blank, nominal_glyph

__all__ = ["prove_display"]

TOLERANCE_PT = 0.01
"""Rounding of a line's advances adds up to less; a printer's dot is six times this."""
_HYPHENS = "-\u2010"
_CONTEXT = 3
"""Clusters either side whose letters may have a part in a cluster's glyphs."""


def prove_display(
    display: DisplayList, *, msgids: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the glyphs of `display`; nothing is, if it is empty.

    `missing-glyph`: a character is drawn as .notdef. `glyph-outside-closure`: a glyph
    that no shaping of its cluster's characters gives. `outside-frame`: text leaves its
    frame or the page. `msgids[style.message]` names the message, where there is one.
    """
    found: dict[Diagnostic, None] = {}
    for number, page in enumerate(display.pages, 1):
        for placed in page.placed():
            for code, message in _faults(placed, page, number):
                found.setdefault(_diagnostic(code, message, placed.run, msgids))
    return tuple(found)


def _faults(placed: Placed, page: Page, number: int) -> Iterator[tuple[str, str]]:
    run = placed.run
    for text, gid in _wrong_glyphs(run):
        shown = f"{_named(text)} is drawn as glyph {gid} of `{run.face.key}`"
        if gid == 0:
            yield "missing-glyph", f"{_named(text)} has no glyph in `{run.face.key}`"
        else:
            yield "glyph-outside-closure", f"{shown}, which it cannot give"
    if not _is_inside(placed, page):
        text = printable("".join(run.texts))
        yield "outside-frame", f"`{text}` leaves its frame on page {number}"


def _diagnostic(
    code: str, message: str, run: GlyphRun, msgids: Sequence[str]
) -> Diagnostic:
    index = run.style.message
    known = index is not None and 0 <= index < len(msgids)
    return Diagnostic(
        code=code,
        message=message,
        msgid=msgids[index] if known and index is not None else None,
    )


def _named(text: str) -> str:
    points = " ".join(f"U+{ord(char):04X}" for char in text)
    return f"`{printable(text)}` ({points})" if text else "an invisible character"


# --- glyphs ---------------------------------------------------------------------------


@lru_cache(maxsize=KEPT_RUNS)
def _wrong_glyphs(run: GlyphRun) -> tuple[tuple[str, int], ...]:
    """Return (cluster text, glyph) of the glyphs that the cluster cannot give."""
    if run.counts is None and _all_explained(run):
        return ()
    return tuple(_cluster_faults(run))


def _cluster_faults(run: GlyphRun) -> Iterator[tuple[str, int]]:
    start = 0
    counts = run.counts or (1,) * len(run.texts)
    for index, (count, text) in enumerate(zip(counts, run.texts, strict=True)):
        gids = run.gids[start : start + count]
        start += count
        for gid in _unexplained(run.face, gids, text):
            if gid == 0 or not _is_contextual(run, index, gid):
                yield text, gid


def _all_explained(run: GlyphRun) -> bool:
    pairs = set(zip(run.gids, run.texts, strict=True))
    return not any(_unexplained(run.face, (gid,), text) for gid, text in pairs)


@lru_cache(maxsize=65536)
def _unexplained(face: Face, gids: tuple[int, ...], text: str) -> tuple[int, ...]:
    if len(gids) == 1 and len(text) == 1 and gids[0] == nominal_glyph(face, ord(text)):
        return gids if gids[0] == 0 else ()
    own = closure(face, text if visible(text) else text + _HYPHENS)
    return tuple(
        gid
        for gid in gids
        if gid not in own
        and (gid == 0 or visible(text).strip() or not is_blank(face, gid))
    )


def _is_contextual(run: GlyphRun, index: int, gid: int) -> bool:
    """Return True if the cluster and its neighbours together give the glyph.

    Vowel signs move before their consonant and consonants change their neighbours, so a
    part of one cluster may be drawn in the next. Only letters and marks of scripts
    without case may do so: a digit or a Latin letter always speaks for itself. Nor may
    a neighbour's plain letter stand in for the cluster's own.
    """
    own = run.texts[index]
    if not _shapes_neighbours(own):
        return False
    near = range(max(0, index - _CONTEXT), min(len(run.texts), index + _CONTEXT + 1))
    around = {char for at in near for char in run.texts[at] if _shapes_neighbours(char)}
    if gid not in closure(run.face, "".join(sorted(around.union(own)))):
        return False
    return not any(
        gid == nominal_glyph(run.face, ord(char))
        for char in around.difference(own)
        if unicodedata.category(char) == "Lo"
    )


def _shapes_neighbours(text: str) -> bool:
    categories = {unicodedata.category(char) for char in visible(text)}
    return categories <= {"Lo", "Mn", "Mc"}


# --- places ---------------------------------------------------------------------------


def _is_inside(placed: Placed, page: Page) -> bool:
    left, top, width, height = placed.frame
    right, bottom = min(left + width, page.width_pt), min(top + height, page.height_pt)
    if not max(top, 0) - TOLERANCE_PT <= placed.y_pt <= bottom + TOLERANCE_PT:
        return False
    run, start = placed.run, placed.x_pt
    least, most = max(left, 0) - TOLERANCE_PT, right + TOLERANCE_PT
    if least <= start and start + run.width_pt <= most:
        return True
    ink = _without_edge_spaces(run)  # spaces at a line's end hang over by design
    return ink is None or (least <= start + ink[0] and start + ink[1] <= most)


def _without_edge_spaces(run: GlyphRun) -> tuple[float, float] | None:
    """Return from where to where the run has ink, from its left end; None: nowhere."""
    inked = [i for i, gid in enumerate(run.gids) if not is_blank(run.face, gid)]
    if not inked:
        return None
    before = sum(run.advances[: inked[0]])
    after = sum(run.advances[inked[-1] + 1 :])
    return before, run.width_pt - after
