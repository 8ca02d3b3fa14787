"""Faults planted in the pages before they are written: each must be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from handouts.layout import Box, Path, Picture, Placed, Segment
from handouts.layout.display import Item
from handouts.pdf import prove_pages
from handouts.pdf.proof.ground import contrast

Editions = Callable[..., Any]


@pytest.fixture(params=["en", "ar", "ja"])
def one(edition: Editions, request: pytest.FixtureRequest) -> Any:
    return edition(request.param)


def body(items: list[Item], length: int = 20) -> list[int]:
    """Return where long texts of the document stand among the items of a page."""
    return [
        at
        for at, item in enumerate(items)
        if isinstance(item, Placed)
        and item.artifact is None
        and len(item.run.gids) >= length
    ]


def around(placed: Placed, grow: float = 2.0) -> tuple[float, float, float, float]:
    size = placed.run.size_pt
    x, y = placed.x_pt - grow, placed.y_pt - size - grow
    return x, y, placed.run.width_pt + 2 * grow, 1.3 * size + 2 * grow


def test_a_sound_edition_is_sound(one: Any) -> None:
    proof = prove_pages(one.display, one.reading)

    assert proof.faults == ()
    assert proof.contrast >= 7
    assert proof.glyphs > 1500


def recolor(items: list[Item]) -> None:
    at = body(items)[-1]
    items[at] = items[at]._replace(color="#ffffff")  # type: ignore[union-attr]


def faint(items: list[Item]) -> None:
    at = body(items)[-1]
    items[at] = items[at]._replace(color="#767676")  # type: ignore[union-attr]


def dark_ground(items: list[Item]) -> None:
    at = body(items)[-1]
    placed: Any = items[at]
    items.insert(at, Box(*around(placed), fill="#333333"))


def dark_shape(items: list[Item]) -> None:
    at = body(items)[-1]
    placed: Any = items[at]
    x, y, width, height = around(placed)
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    lines = [("L", *corner) for corner in corners[1:]]
    items.insert(at, Path((("M", *corners[0]), *lines, ("Z",)), fill="#333333"))


def dark_end(items: list[Item]) -> None:
    """Put a dark circle under the last letters only."""
    at = body(items)[-1]
    placed: Any = items[at]
    x, y = placed.x_pt + placed.run.width_pt, placed.y_pt - placed.run.size_pt / 4
    r, k = 14.0, 14.0 * 0.5523
    circle = (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
    )
    items.insert(at, Path(circle, fill="#333333"))


def thick_line(items: list[Item]) -> None:
    at = body(items)[-1]
    placed: Any = items[at]
    y = placed.y_pt - placed.run.size_pt / 4
    right = placed.x_pt + placed.run.width_pt
    items.insert(at, Segment(placed.x_pt, y, right, y, 9.0, "#222222"))


def picture_below(items: list[Item]) -> None:
    at = body(items)[-1]
    placed: Any = items[at]
    items.insert(at, Picture(*around(placed), data=b""))


def covered(items: list[Item]) -> None:
    placed: Any = items[body(items)[-1]]
    items.append(Box(*around(placed), fill="#ffffff"))


def lost_word(items: list[Item]) -> None:
    at = body(items)[2]
    placed: Any = items[at]
    run = placed.run
    items[at] = placed._replace(
        run=replace(run, gids=run.gids[:-6], texts=run.texts[:-6],
                    advances=run.advances[:-6], offsets=None, counts=None)
    )  # fmt: skip


def lost_run(items: list[Item]) -> None:
    del items[body(items)[2]]


def twice(items: list[Item]) -> None:
    items.append(items[body(items)[-1]])


def exchanged(items: list[Item]) -> None:
    """Draw two neighbouring paragraphs in the other order, each where it stands."""
    places = body(items, 1)
    first: Any = items[places[0]]
    element = first.run.style.element
    later = next(
        at
        for at in places
        if items[at].run.style.element != element  # type: ignore[union-attr]
    )
    items[places[0]], items[later] = items[later], items[places[0]]


def overlapped(items: list[Item]) -> None:
    """Let a text stand where another block's text stands."""
    places = body(items)
    first: Any = items[places[1]]
    last: Any = items[places[-1]]
    frame = (first.x_pt, first.y_pt - 40, 400.0, 80.0)
    items[places[-1]] = last._replace(x_pt=first.x_pt + 1, y_pt=first.y_pt, frame=frame)


def left_frame(items: list[Item]) -> None:
    at = body(items)[-1]
    placed: Any = items[at]
    items[at] = placed._replace(x_pt=placed.x_pt + 300)


PLANTED = {
    "low-contrast": (recolor, faint, dark_ground, dark_shape, dark_end, thick_line),
    "text-over-picture": (picture_below,),
    "covered-text": (covered,),
    "text-lost": (lost_run,),
    "text-twice": (twice,),
    "reading-order": (exchanged,),
    "overlap": (overlapped,),
    "outside-frame": (left_frame,),
}


@pytest.mark.parametrize(
    ("code", "plant"), [(code, one) for code, plants in PLANTED.items() for one in plants]
)
def test_a_planted_fault_is_found(
    one: Any, code: str, plant: Callable[[list[Item]], None]
) -> None:
    number = len(one.display.pages) - 2

    assert code in one.page_codes(one.with_page(number, plant))


def test_a_word_that_lost_its_glyphs_is_found(edition: Editions) -> None:
    english = edition("en")

    assert english.page_codes(english.with_page(1, lost_word)) == {"text-lost"}


def test_a_finding_names_its_message_and_page(edition: Editions) -> None:
    english = edition("en")
    display = english.with_page(1, recolor)

    found = prove_pages(display, english.reading).faults

    assert all(one.msgid and one.hint for one in found)
    assert all(
        one.message.endswith(
            "stands out by 1.00 to 1 only "
            "(#ffffff on #ffffff; 7 to 1 is needed) on page 2"
        )
        for one in found
    )


def test_text_in_another_blocks_box_is_found(edition: Editions) -> None:
    english = edition("en")
    boxes = english.reading.aside_elements
    assert boxes

    def grown(items: list[Item]) -> None:
        at = next(
            at
            for at, item in enumerate(items)
            if isinstance(item, Box) and item.element in boxes
        )
        box: Any = items[at]
        items[at] = box._replace(height_pt=box.height_pt + 60)

    numbers = [
        number
        for number, page in enumerate(english.display.pages)
        if any(isinstance(item, Box) and item.element in boxes for item in page.items)
    ]
    assert numbers
    assert english.page_codes(english.with_page(numbers[0], grown)) == {"overlap"}


def test_two_boxes_over_each_other_are_found(edition: Editions) -> None:
    english = edition("en", "ketamine-evidence")
    first, second = sorted(english.reading.aside_elements)[:2]
    area = (10.0, 10.0, 5.0, 5.0)

    def add(items: list[Item]) -> None:
        items.append(Box(*area, stroke="#000000", element=first))
        items.append(Box(*area, stroke="#000000", element=second))

    assert english.page_codes(english.with_page(0, add)) == {"overlap"}


def test_a_tables_head_may_come_again_but_not_be_lost(edition: Editions) -> None:
    english = edition("en", "ketamine-evidence")
    reading = english.reading
    heads = {
        element for element, at in reading.leaf_of.items() if reading.leaves[at].is_head
    }
    assert heads
    number, runs = next(
        (number, runs)
        for number, page in enumerate(english.display.pages)
        if (runs := [p for p in page.placed() if p.run.style.element in heads])
    )

    def again(items: list[Item]) -> None:
        items.extend(one._replace(y_pt=820.0, frame=(0, 0, 595, 841)) for one in runs)

    def lost(items: list[Item]) -> list[Item]:
        return [item for item in items if item not in runs]

    assert "reading-order" not in english.page_codes(english.with_page(number, again))
    assert english.page_codes(english.with_page(number, lost)) == {"text-lost"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_the_contrast_of_two_colours(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)
