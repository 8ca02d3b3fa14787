"""PROVE, before anything is written: all that a display list can be held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.diagnostics import Diagnostic
from handouts.layout import DisplayList
from handouts.pdf.proof.ground import Grounds, prove_grounds
from handouts.pdf.proof.order import prove_order
from handouts.pdf.proof.overlap import prove_places
from handouts.pdf.proof.reading import Reading
from handouts.pdf.prove import prove_display

__all__ = ["PagesProof", "prove_pages"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesProof:
    """What was found wrong, and how much was looked at."""

    faults: tuple[Diagnostic, ...]
    glyphs: int
    contrast: float


def prove_pages(display: DisplayList, reading: Reading) -> PagesProof:
    """Hold every page against the document it shows.

    Glyphs and frames (`prove_display`), order and completeness, overlaps, contrast.
    """
    grounds = Grounds()
    faults = dict.fromkeys(_faults(display, reading, grounds))
    glyphs = sum(len(p.run.gids) for page in display.pages for p in page.placed())
    return PagesProof(
        faults=tuple(faults), glyphs=glyphs, contrast=round(grounds.lowest, 2)
    )


def _faults(
    display: DisplayList, reading: Reading, grounds: Grounds
) -> Iterator[Diagnostic]:
    lookups = reading.document.lookups
    yield from prove_display(display, msgids=[one.key.msgid for one in lookups])
    yield from prove_order(display, reading)
    for number, page in enumerate(display.pages, 1):
        yield from prove_places(page, number, reading)
        yield from prove_grounds(page, number, reading, grounds)
