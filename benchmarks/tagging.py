"""What tags and proofs cost: the warm leaflet written with its structure and without.

The program has no way to leave the tags out, and needs none. Here the display list is
stripped instead: every text becomes page furniture and every shape decoration, so that
`write_pdf` meets no content of an element. What stays are the glyphs, their text layer
(ToUnicode, ActualText) and a tree of one empty element; link areas go with the links.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.sentences import HANDOUT, shipped
from handouts.batch import Job
from handouts.build.edition import make, proved, resolve
from handouts.diagnostics import Sink
from handouts.layout import DisplayList, Item, Placed, settled
from handouts.pdf import (
    Element,
    PdfInfo,
    elements_of,
    prove_finished,
    prove_pages,
    reading_of,
    write_pdf,
)

__all__ = ["LOCALES", "TagCost", "stripped", "tag_cost", "tag_table"]

LOCALES: Final = ("en", "ar", "km", "bn")
_FURNITURE: Final = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCost:
    """The fastest of the rounds in ms, in a warm process, and sizes in kB.

    `whole_ms` is all of an edition, from the catalog's messages to the tagged file, with
    its proofs; `elements_ms` makes the structure; `pages_ms` is the proof of the pages
    before they are written, `file_ms` that of the finished file.
    """

    locale: str
    whole_ms: float
    elements_ms: float
    tagged_ms: float
    untagged_ms: float
    pages_ms: float
    file_ms: float
    tagged_kb: float
    untagged_kb: float

    @property
    def proofs_ms(self) -> float:
        """What both proofs cost."""
        return self.pages_ms + self.file_ms

    @property
    def tags_ms(self) -> float:
        """What tags cost: making the structure, and writing more."""
        return self.elements_ms + self.tagged_ms - self.untagged_ms


def stripped(display: DisplayList) -> DisplayList:
    """Return the same pages with nothing on them that belongs to an element."""
    return replace(
        display,
        pages=tuple(
            replace(page, items=tuple(_decoration(item) for item in page.items))
            for page in display.pages
        ),
    )


def _decoration(item: Item) -> Item:
    if isinstance(item, Placed):
        return item._replace(artifact=item.artifact or _FURNITURE)
    if isinstance(item, tuple):
        return item._replace(element=None)
    return replace(item, element=None)


def tag_cost(locale: str, rounds: int) -> TagCost:
    """Measure the shipped leaflet in a locale; the kinds of work take turns."""
    workshop, sink = shipped(), Sink()
    job = Job(handout=HANDOUT, locale=locale, format="a4")
    resolved = resolve(job, workshop, sink)
    # A message that is refused is measured in English: the work is the same.
    display = proved(job, resolved, workshop, Sink()) if resolved else None
    if resolved is None or display is None:
        raise SystemExit("\n".join(one.message for one in sink))
    document = settled(resolved.document, display.box_page)
    elements = elements_of(document)
    root, plain = (Element("Document", -1, document.lang),), stripped(display)
    info = PdfInfo(title=display.title, lang=document.lang, created="2026-11")
    tagged, reading = write_pdf(display, elements, info=info), reading_of(document)

    def whole() -> None:
        again = resolve(job, workshop, Sink())
        assert again is not None
        make(job, again, workshop, Sink())

    fastest = _fastest(
        (
            whole,
            lambda: elements_of(document),
            lambda: write_pdf(display, elements, info=info),
            lambda: write_pdf(plain, root, info=info),
            lambda: prove_pages(display, reading_of(document)),
            lambda: prove_finished(
                tagged, display, reading, info=info, terms=workshop.terms
            ),
        ),
        rounds,
    )
    return TagCost(
        locale=locale,
        whole_ms=fastest[0],
        elements_ms=fastest[1],
        tagged_ms=fastest[2],
        untagged_ms=fastest[3],
        pages_ms=fastest[4],
        file_ms=fastest[5],
        tagged_kb=len(tagged) / 1000,
        untagged_kb=len(write_pdf(plain, root, info=info)) / 1000,
    )


def _fastest(works: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """Return the fastest round of each in ms: other work on the machine only adds."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    gc.collect()
    for _ in range(rounds):
        for kept, work in zip(times, works, strict=True):
            started = time.perf_counter()
            work()
            kept.append((time.perf_counter() - started) * 1000)
    return [min(one) for one in times]


def tag_table(costs: Sequence[TagCost]) -> str:
    """Return the costs as a table, one row a locale."""
    head = (
        f"{'locale':8}{'whole ms':>10}{'write tagged':>14}{'untagged':>10}"
        f"{'tags ms':>9}{'proof: pages':>14}{'file':>7}{'of whole':>10}"
        f"{'kB tagged':>11}{'untagged':>10}{'more':>7}"
    )
    rows = [
        f"{one.locale:8}{one.whole_ms:10.1f}{one.tagged_ms:14.1f}{one.untagged_ms:10.1f}"
        f"{one.tags_ms:9.1f}{one.pages_ms:14.1f}{one.file_ms:7.1f}"
        f"{one.proofs_ms / one.whole_ms:10.0%}"
        f"{one.tagged_kb:11.1f}{one.untagged_kb:10.1f}"
        f"{one.tagged_kb / one.untagged_kb - 1:7.0%}"
        for one in costs
    ]
    return "\n".join([head, *rows])
