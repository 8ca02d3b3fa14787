"""What should stand on a page, held against characters with their places."""

from __future__ import annotations

import pytest

from handouts.pdf.proof.compare import (
    Comparison,
    Stretch,
    compare_page,
    drawn_order,
    expected_lines,
    figures_in,
    is_turned,
    plain,
)
from handouts.pdf.proof.seen import Chars


def stretch(
    text: str, *, x: float = 50.0, y: float = 100.0, rtl: bool = False
) -> Stretch:
    return Stretch(y, x, x + 6.0 * len(text), 12.0, text, rtl, 1)


def chars(text: str, *, x: float = 50.0, y: float = 100.0) -> Chars:
    places = [x + 6.0 * at for at, char in enumerate(text) if char != " "]
    return Chars(x_pt=places, y_pt=[y] * len(places), text=text.replace(" ", ""))


def together(*parts: Chars) -> Chars:
    return Chars(
        x_pt=[x for part in parts for x in part.x_pt],
        y_pt=[y for part in parts for y in part.y_pt],
        text="".join(part.text for part in parts),
    )


def compared(stretches: list[Stretch], seen: Chars) -> Comparison:
    return compare_page(expected_lines(stretches), seen)


def test_a_line_as_it_should_be() -> None:
    found = compared([stretch("24 hours")], chars("24 hours"))

    assert (found.lines, found.strays, found.figures) == ([], "", 2)
    assert found.expected == found.found == {1: 7}
    assert [number for _, number in found.first] == [0]


def test_characters_come_in_any_order() -> None:
    mixed = together(chars("hours", x=68.0), chars("24 "))

    assert compared([stretch("24 hours")], mixed).lines == []


def test_exchanged_digits_are_a_difference() -> None:
    (line,) = compared([stretch("24 hours")], chars("42 hours")).lines

    assert (figures_in(line.expected), figures_in(line.seen)) == (["24"], ["42"]) or (
        line.expected,
        line.seen,
    ) == ("24hours", "42hours")


def test_what_stands_elsewhere_is_a_stray() -> None:
    found = compared([stretch("24")], together(chars("24"), chars("no", y=300.0)))

    assert found.strays == "no"


def test_a_raised_mark_belongs_to_the_line_under_it() -> None:
    lines = [stretch("กิน", y=100.0), stretch("ยา", y=125.0)]  # eat, medicine
    mark = chars("ิ", x=55.0, y=95.0)
    seen = together(chars("ก"), mark, chars("น", x=62.0), chars("ยา", y=125.0))

    found = compared(lines, seen)

    assert (found.lines, found.strays) == ([], "")


def test_a_mark_may_stand_before_its_letter_but_not_on_another() -> None:
    word = "لاًجد"
    assert compared([stretch(word, rtl=True)], chars("لًاجد")).lines == []
    assert compared([stretch(word, rtl=True)], chars("جًالد")).lines != []


def test_brackets_that_a_viewer_turned_are_one_kind() -> None:
    assert compared([stretch(")באכ(", rtl=True)], chars("(באכ)")).lines == []
    assert compared([stretch("(pain)")], chars(")pain(")).lines != []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("+442079460958", ["+442079460958"]),
        ("2.5-5", ["2.5-5"]),
        ("۵۰میلی", ["۵۰"]),
        ("NMDAبا24", ["NMDA", "24"]),
        ("لا", []),
    ],
)
def test_the_figures_of_a_line(text: str, figures: list[str]) -> None:
    assert figures_in(text) == figures


def test_words_as_they_are_drawn() -> None:
    assert drawn_order("قِف") == "فقِ"
    assert is_turned("1 قف")
    assert not is_turned("stop")
    assert not is_turned("१२")
    assert plain("ﻻ a\u200c\u00a0b") == "لاab"
