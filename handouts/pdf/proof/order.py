"""PROVE: is every text of the document on the pages, once, and in its order?

Display list and document → diagnostics.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from handouts.diagnostics import Diagnostic, printable
from handouts.layout import DisplayList
from handouts.pdf.proof.reading import Leaf, Reading, squeezed
from handouts.pdf.unicode_map import KEPT_RUNS
from handouts.text.model import GlyphRun

__all__ = ["prove_order"]

_SHOWN: Final = 40
_REPORT: Final = "this is a fault of the program: please report it with the edition"


def prove_order(display: DisplayList, reading: Reading) -> Iterator[Diagnostic]:
    """Yield what is lost, doubled or out of order.

    `text-lost`, `text-twice`: a text of the document is not on the pages as it is, or
    more than once. `reading-order`: a block is drawn before one that it follows. A
    table's head may come again.
    """
    drawn: list[list[GlyphRun]] = [[] for _ in reading.leaves]
    last = -1
    for number, page in enumerate(display.pages, 1):
        for placed in page.placed():
            element = placed.run.style.element
            if placed.artifact is not None or element is None:
                continue
            at = reading.leaf_of.get(element)
            if at is None:
                continue  # it has no tag either: writing it raises
            again = at < last and reading.leaves[at].is_head
            if at < last and not again:
                yield _fault(reading, "reading-order", at, number)
            drawn[at].append(placed.run)
            last = max(last, at)
    for at, (leaf, runs) in enumerate(zip(reading.leaves, drawn, strict=True)):
        if leaf.is_head:
            code = "text-lost" if _has_gaps(leaf, runs) else None
        else:
            code = _difference(leaf.text, logical_text(runs))
        if code is not None:
            yield _fault(reading, code, at)


def logical_text(runs: Iterable[GlyphRun]) -> str:
    """Return the text of a paragraph's runs in the order of the paragraph."""
    return _logical(tuple(runs))


# Kept as what else is known of runs: a paragraph that is set again has the same.
@lru_cache(maxsize=KEPT_RUNS)
def _logical(runs: tuple[GlyphRun, ...]) -> str:
    parts: list[str] = []
    for run in sorted(runs, key=_start):
        parts += reversed(run.texts) if run.is_rtl else run.texts
    return squeezed("".join(parts))


def _start(run: GlyphRun) -> int:
    return run.start


def _difference(expected: str, found: str) -> str | None:
    if found == expected:
        return None
    return "text-twice" if len(found) > len(expected) else "text-lost"


def _has_gaps(leaf: Leaf, runs: list[GlyphRun]) -> bool:
    end = 0
    for run in sorted(runs, key=_start):
        if run.start > end:
            return True
        end = max(end, run.end)
    return bool(leaf.text) and end < leaf.size


_FACTS: Final = {
    "text-lost": "is not on the pages as a whole",
    "text-twice": "is on the pages more than once",
    "reading-order": "is drawn after what follows it",
}


def _fault(reading: Reading, code: str, at: int, page: int | None = None) -> Diagnostic:
    leaf = reading.leaves[at]
    shown = printable(leaf.text[:_SHOWN])
    where = f" on page {page}" if page is not None else ""
    return reading.fault(
        code, f"`{shown}` {_FACTS[code]}{where}", _REPORT, lookup=leaf.message
    )
