"""Symbols: inside their square, and mirrored only where the design says so."""

from __future__ import annotations

from itertools import pairwise

import pytest

from handouts.layout.canvas import Canvas
from handouts.layout.display import Path
from handouts.layout.symbols import MIRRORED, SYMBOLS, draw_people, draw_symbol

WIDTH = 200.0


def drawn(name: str, *, direction: str, x: float = 10.0) -> list[Path]:
    canvas = Canvas(0.0, WIDTH, "rtl" if direction == "rtl" else "ltr")
    draw_symbol(canvas, name, x, 5.0, 24.0, color="#111111", background="#eeeeee")
    return [item for item in canvas.items if isinstance(item, Path)]


def points(paths: list[Path]) -> list[tuple[float, float]]:
    return [
        (float(c[i]), float(c[i + 1]))
        for path in paths
        for c in path.commands
        for i in range(1, len(c), 2)
    ]


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_symbol_stays_in_its_square(name: str) -> None:
    for x, y in points(drawn(name, direction="ltr")):
        assert 10.0 <= x <= 34.0
        assert 5.0 <= y <= 29.0


def test_the_boxes_of_a_list_do_not_touch() -> None:
    boxes = [one for one in drawn("list", direction="ltr") if one.fill is not None]
    edges = [
        (min(heights) - box.stroke_pt / 2, max(heights) + box.stroke_pt / 2)
        for box in boxes
        for heights in [[y for _, y in points([box])]]
    ]
    assert len(edges) == 3
    for (_, foot), (top, _) in pairwise(edges):
        assert top - foot >= 1.0


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_symbol_turns_only_if_it_is_on_the_list(name: str) -> None:
    ltr = points(drawn(name, direction="ltr"))
    rtl = points(drawn(name, direction="rtl"))
    if name in MIRRORED:
        expected = [(WIDTH - x, y) for x, y in ltr]
    else:
        expected = [(x + WIDTH - 10.0 - 34.0, y) for x, y in ltr]
    assert [y for _, y in rtl] == pytest.approx([y for _, y in expected])
    assert [x for x, _ in rtl] == pytest.approx([x for x, _ in expected])


def test_mirrored_list_is_the_designs() -> None:
    assert frozenset({"speech", "pencil", "list", "ambulance", "people"}) == MIRRORED


def test_people_are_one_shape_with_an_outline_of_half_a_point() -> None:
    canvas = Canvas(0.0, WIDTH, "ltr")
    cells = ((0.0, 0.0), (12.0, 0.0))
    draw_people(canvas, cells, 9.6, fill="#ffffff", stroke="#000000")
    (path,) = canvas.items
    assert isinstance(path, Path)
    assert path.stroke_pt == pytest.approx(0.5)


def test_no_people_draw_nothing() -> None:
    canvas = Canvas(0.0, WIDTH, "ltr")
    draw_people(canvas, (), 9.6, fill="#ffffff", stroke=None)
    assert not canvas.items
