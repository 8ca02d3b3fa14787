"""Display list → where each message stands, and how much room is left behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from handouts.layout import DisplayList, Page, Placed

__all__ = ["Box", "Drawn", "Room", "drawn_messages"]

_SAME_LINE_PT: Final = 0.05
_TOUCHING_PT: Final = 1.0
"""Runs of one message nearer than this share a box."""

_Frame: TypeAlias = tuple[float, float, float, float]


class Box(NamedTuple):
    """A rectangle on a page (counted from 1), in points from the page's top left."""

    page: int
    x_pt: float
    y_pt: float
    width_pt: float
    height_pt: float


class Room(NamedTuple):
    """What is free in the last line of a message, and how many letters that is."""

    pt: float
    letters: int


@dataclass(slots=True)
class Drawn:
    """Where one message stands: its boxes in reading order, a line's at a time.

    `room` is that behind its end: what is longer takes another line.
    """

    boxes: list[Box] = field(default_factory=list)
    room: Room | None = None


@dataclass(slots=True)
class _Line:
    """The runs of one frame that share a baseline."""

    baseline_pt: float
    placed: list[Placed] = field(default_factory=list)


def drawn_messages(display: DisplayList) -> dict[int, Drawn]:
    """Return every message that is drawn, by its number in the document's lookups."""
    found: dict[int, Drawn] = {}
    for number, page in enumerate(display.pages, start=1):
        for frame, lines in _frames(page).items():
            _add(found, number, frame, lines)
    return found


def _frames(page: Page) -> dict[_Frame, list[_Line]]:
    """Return the page's frames in reading order, each with its lines from the top."""
    frames: dict[_Frame, list[_Line]] = {}
    for placed in page.placed():
        lines = frames.setdefault(placed.frame, [])
        baseline = placed.y_pt + placed.run.y_pt
        if not lines or abs(lines[-1].baseline_pt - baseline) > _SAME_LINE_PT:
            lines.append(_Line(baseline))
        lines[-1].placed.append(placed)
    return frames


def _add(found: dict[int, Drawn], page: int, frame: _Frame, lines: list[_Line]) -> None:
    left, top, width, height = frame
    pitch = _pitch(lines, height)
    for line in lines:
        y = top + line.baseline_pt - lines[0].baseline_pt
        for message, placed in _by_message(line.placed).items():
            drawn = found.setdefault(message, Drawn())
            for start, end in _stretches(placed, left, left + width):
                drawn.boxes.append(Box(page, start, y, end - start, pitch))
    free = width - sum(end - start for start, end in _inked(lines[-1], left, width))
    for message in {m for line in lines for m in _by_message(line.placed)}:
        own = [p for line in lines for p in line.placed if p.run.style.message == message]
        found[message].room = _room(max(free, 0.0), own)


def _pitch(lines: list[_Line], height: float) -> float:
    """Return how far a frame's lines stand from each other."""
    steps = [after.baseline_pt - before.baseline_pt for before, after in pairwise(lines)]
    return min((step for step in steps if step > 0), default=height)


def _by_message(placed: Iterable[Placed]) -> dict[int, list[Placed]]:
    messages: dict[int, list[Placed]] = {}
    for one in placed:
        if one.run.style.message is not None:
            messages.setdefault(one.run.style.message, []).append(one)
    return messages


def _inked(line: _Line, left: float, width: float) -> list[tuple[float, float]]:
    return list(_stretches(line.placed, left, left + width))


def _stretches(
    placed: Iterable[Placed], left: float, right: float
) -> Iterator[tuple[float, float]]:
    """Yield from where to where runs of a line reach, without what hangs over."""
    start = end = None
    for one in sorted(placed, key=lambda one: one.x_pt):
        x0 = max(one.x_pt, left)
        x1 = min(one.x_pt + one.run.width_pt, right)
        if x1 <= x0:
            continue
        if start is not None and end is not None and x0 - end <= _TOUCHING_PT:
            end = max(end, x1)
            continue
        if start is not None and end is not None:
            yield start, end
        start, end = x0, x1
    if start is not None and end is not None:
        yield start, end


def _room(free_pt: float, placed: list[Placed]) -> Room:
    letters = sum(len("".join(one.run.texts)) for one in placed)
    width = sum(one.run.width_pt for one in placed)
    mean = width / letters if letters else 0.0
    return Room(free_pt, int(free_pt / mean) if mean > 0 else 0)
