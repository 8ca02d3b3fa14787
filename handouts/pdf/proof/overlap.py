"""PROVE: do texts and boxes of different blocks keep clear of each other?

The letters' middle zone is looked at, up to where most scripts are at their fullest:
marks above and below may pass those of the next line, letters may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias

from handouts.diagnostics import Diagnostic, printable
from handouts.layout import Box, Page, Placed
from handouts.pdf.proof.reading import Reading

__all__ = ["prove_places"]

_HIGH_EM: Final = 0.6
_SLACK_PT: Final = 0.5
_SHOWN: Final = 40
_HINT: Final = "this is a fault of the program: please report it with the edition"

_Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom; y down."""
_Key: TypeAlias = tuple[str, int]


class _Text(NamedTuple):
    """A run: of which block, and what it takes up."""

    top: float
    bottom: float
    left: float
    right: float
    key: _Key
    placed: Placed


def prove_places(page: Page, number: int, reading: Reading) -> Iterator[Diagnostic]:
    """Yield `overlap`: text on another block's text, or across another block's box."""
    texts = sorted(_texts(page, reading), key=itemgetter(0))
    for one, other in _overlapping(texts):
        yield _fault(reading, one.placed, number, f"lies over `{_shown(other.placed)}`")
    boxes = list(_boxes(page, reading))
    for text in texts:
        yield from _beside_boxes(text, boxes, number, reading)
    for (one_element, one_area), (element, area) in combinations(boxes, 2):
        if one_element != element and _meet(one_area, area):
            message = f"two boxes lie over each other on page {number}"
            yield reading.fault("overlap", message, _HINT)


def _texts(page: Page, reading: Reading) -> Iterator[_Text]:
    for placed in page.placed():
        run = placed.run
        if not run.width_pt:
            continue
        element = run.style.element
        at = reading.leaf_of.get(element if element is not None else -1, -1)
        key = ("", at) if placed.artifact is None else (placed.artifact, element or 0)
        y, x = placed.y_pt, placed.x_pt
        top = y - _HIGH_EM * run.size_pt
        yield _Text(top, y, x, x + run.width_pt, key, placed)


def _overlapping(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Yield runs of different blocks that lie over each other; `texts` by their top."""
    near: list[_Text] = []
    for text in texts:
        near = [one for one in near if one.bottom > text.top + _SLACK_PT]
        for one in near:
            if (
                one.key != text.key
                and one.right > text.left + _SLACK_PT
                and text.right > one.left + _SLACK_PT
            ):
                yield one, text
        near.append(text)


def _boxes(page: Page, reading: Reading) -> Iterator[tuple[int, _Area]]:
    for item in page.items:
        element = item.element if isinstance(item, Box) else None
        if isinstance(item, Box) and element in reading.aside_elements:
            x, y = item.x_pt, item.y_pt
            yield element or 0, (x, y, x + item.width_pt, y + item.height_pt)


def _beside_boxes(
    text: _Text, boxes: list[tuple[int, _Area]], number: int, reading: Reading
) -> Iterator[Diagnostic]:
    kind, at = text.key
    if kind or at < 0:
        return
    asides = reading.leaves[at].asides
    area = (text.left, text.top, text.right, text.bottom)
    for element, box in boxes:
        if element not in asides and _meet(area, box):
            yield _fault(reading, text.placed, number, "lies in another block's box")


def _meet(one: _Area, other: _Area) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > _SLACK_PT
        and min(one[3], other[3]) - max(one[1], other[1]) > _SLACK_PT
    )


def _shown(placed: Placed) -> str:
    return printable("".join(placed.run.texts)[:_SHOWN])


def _fault(reading: Reading, placed: Placed, number: int, fact: str) -> Diagnostic:
    return reading.fault(
        "overlap",
        f"`{_shown(placed)}` {fact} on page {number}",
        _HINT,
        lookup=placed.run.style.message,
    )
