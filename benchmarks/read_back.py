"""`python -m benchmarks read-back`: what two viewers give back of the shipped leaflets.

Every leaflet in every locale is made as for a clinic; each message that was drawn is
looked for in the text that a viewer gives of its page, by the metric of the program's
own proof (`message_recalls`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from benchmarks.extractors import EXTRACTORS
from handouts.batch import Job
from handouts.build import BuildRequest, Workshop, open_workshop
from handouts.build.edition import make, proved, resolve
from handouts.diagnostics import Sink
from handouts.layout import DisplayList, Page, Placed
from handouts.pdf import message_recalls, page_texts
from handouts.text import GlyphRun

__all__ = [
    "CLINIC",
    "LEAST",
    "PHONE",
    "VIEWERS",
    "Reading",
    "drawn_messages",
    "logical_text",
    "read_back",
    "reading_table",
    "recalls",
]

_HANDOUTS: Final = sorted(
    path.stem for path in Path(__file__).parents[1].glob("templates/handouts/*.html")
)
LEAST: Final = 0.90
"""A message of which less comes back counts as one that a viewer spoils."""
_BLANK_PT: Final = 28.0
"""A blank to write a number on is 14 mm wide, a space a tenth of that."""
_SHORTEST: Final = 4
"""Characters of a message: of shorter ones a recall says nothing."""
PHONE: Final = "+44 20 7946 0958"
"""One of the numbers that the regulator keeps for fiction."""
CLINIC: Final = f"""\
[clinic]
name = "Rose Clinic"
country = "GB"
[[clinic.phones]]
number = "{PHONE}"
[clinic.emergency]
number = "999"
confirmed = true
[policy]
unsigned = "mark"
"""
"""The settings of a clinic with a phone and an emergency number, for tests, too."""
VIEWERS: Final[Mapping[str, Callable[[bytes], Sequence[str]]]] = {
    "poppler": lambda pdf: EXTRACTORS[0].read(pdf).split("\f")[:-1],
    "PDFium": page_texts,
}
"""Viewer → what gives the text of each page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Recalls of a locale's messages in one viewer; `below` of them miss `LEAST`."""

    mean: float
    lowest: float
    below: int

    def __str__(self) -> str:
        """Tell it as a cell of the table."""
        below = f"{self.below} below" if self.below else "none below"
        return f"{self.mean:.3f}, lowest {self.lowest:.2f}, {below}"


def drawn_messages(page: Page) -> list[tuple[str, ...]]:
    """Return the drawn lines of each message on a page, in logical order.

    A blank to write on parts a line: a viewer takes what follows for another column.
    """
    found: dict[int, dict[float, list[Placed]]] = {}
    for placed in page.placed():
        style = placed.run.style
        owner = style.message if style.message is not None else -(style.element or 0)
        if placed.artifact is None:
            found.setdefault(owner, {}).setdefault(round(placed.y_pt), []).append(placed)
    return [
        tuple(logical_text(part) for line in lines.values() for part in _parts(line))
        for lines in found.values()
    ]


def _parts(line: Sequence[Placed]) -> Iterator[list[GlyphRun]]:
    """Yield the runs of a line, parted where there is room for a blank between them."""
    ordered = sorted(line, key=lambda placed: placed.x_pt)
    part = [ordered[0].run]
    for before, placed in pairwise(ordered):
        if placed.x_pt - (before.x_pt + before.run.width_pt) > _BLANK_PT:
            yield part
            part = []
        part.append(placed.run)
    yield part


def logical_text(runs: Iterable[GlyphRun]) -> str:
    """Return what runs of one line say, in logical order."""
    ordered = sorted(runs, key=lambda run: run.start)
    return "".join(
        "".join(reversed(run.texts) if run.is_rtl else run.texts) for run in ordered
    )


def recalls(display: DisplayList, pages: Sequence[str]) -> list[tuple[str, float]]:
    """Return each drawn message and how much of it its page gives back.

    A message counts whole or line by line, whichever is better: a viewer may read the
    cells of a table in another order.
    """
    found = []
    for page, text in zip(display.pages, pages, strict=True):
        for lines in drawn_messages(page):
            if len(whole := "".join(lines)) >= _SHORTEST:
                by_line = _recall(lines, text)
                found.append((whole, max(_recall((whole,), text), by_line)))
    return found


def _recall(texts: Sequence[str], page: str) -> float:
    """Return the mean recall of texts, weighted by their lengths."""
    found = message_recalls(texts, page)
    whole = len("".join(texts))
    return sum(len(t) * r for t, r in zip(texts, found, strict=True)) / whole


def read_back(
    locales: Sequence[str], paper: str, *, tell: Callable[[str], None]
) -> dict[str, dict[str, Reading]]:
    """Make and read all leaflets on a paper: locale → viewer → reading.

    `tell` hears of each locale as its turn comes.
    """
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "handouts.toml").write_text(CLINIC, encoding="utf-8")
        sink = Sink()
        workshop = open_workshop(BuildRequest(project=Path(folder)), sink)
        if workshop is None:
            raise _refused(sink)
        return {locale: _readings(workshop, locale, paper, tell) for locale in locales}


def _readings(
    workshop: Workshop, locale: str, paper: str, tell: Callable[[str], None]
) -> dict[str, Reading]:
    tell(locale)
    found: dict[str, list[float]] = {viewer: [] for viewer in VIEWERS}
    for handout in _HANDOUTS:
        job = Job(handout=handout, locale=locale, format=paper)
        display, pdf = _made(workshop, job)
        for viewer, pages_of in VIEWERS.items():
            found[viewer] += [recall for _, recall in recalls(display, pages_of(pdf))]
    return {
        viewer: Reading(
            mean=sum(values) / len(values),
            lowest=min(values),
            below=sum(value < LEAST for value in values),
        )
        for viewer, values in found.items()
    }


def _made(workshop: Workshop, job: Job) -> tuple[DisplayList, bytes]:
    sink = Sink()
    resolved = resolve(job, workshop, sink)
    display = proved(job, resolved, workshop, sink) if resolved else None
    made = make(job, resolved, workshop, sink) if resolved else None
    if display is None or made is None:
        raise _refused(sink)
    return display, made.pdf


def _refused(sink: Sink) -> SystemExit:
    return SystemExit("\n".join(one.message for one in sink))


def reading_table(found: Mapping[str, Mapping[str, Reading]]) -> str:
    """Return the table of the page; locales of which all cells agree share a row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for locale, readings in found.items():
        rows.setdefault(tuple(map(str, readings.values())), []).append(locale)
    lines = [f"| locale | {' | '.join(VIEWERS)} |", f"|---{'|---' * len(VIEWERS)}|"]
    lines += [f"| {' '.join(who)} | {' | '.join(cells)} |" for cells, who in rows.items()]
    return "\n".join(lines)
