"""The emergency box: signs in lines that need no second one, labels near their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from handouts.layout import Box, DisplayList, Placed

BLANK = '<span data-blank="field"></span>'
THREE = (
    '<figure data-draw="phones"><ul><li><p>Emergency</p><p>112</p></li>'
    f"<li><p>Clinic</p><p>{BLANK}</p></li>"
    "<li><p>{}</p><p>{}</p><p>day and night</p></li></ul></figure>"
)


def box(*signs: str) -> str:
    items = "".join(f"<li>{sign}</li>" for sign in signs)
    return emergency(f"<ul>{items}</ul>")


def emergency(content: str) -> str:
    heading = "<section><h2>A heading</h2><p>words</p></section>"
    return f'{heading}<aside class="emergency"><h3>Get help</h3>{content}</aside>'


def phones(*labels: str, number: str = BLANK) -> str:
    items = "".join(f"<li><p>{label}</p><p>{number}</p></li>" for label in labels)
    return emergency(f'<p>signs</p><figure data-draw="phones"><ul>{items}</ul></figure>')


def placed(display: DisplayList) -> list[Placed]:
    return [one for page in display.pages for one in page.placed()]


def at(display: DisplayList, text: str) -> Placed:
    (found,) = [one for one in placed(display) if str(one.run.texts) == text]
    return found


def frames(display: DisplayList) -> list[Box]:
    """Return the frames to write in, in their order."""
    return [
        item
        for page in display.pages
        for item in page.items
        if isinstance(item, Box) and item.stroke_pt == 1.0 and item.fill is None
    ]


def columns(display: DisplayList, signs: Sequence[str]) -> list[float]:
    """Return where the lines of the signs begin; each sign must have a single line."""
    return [at(display, sign).x_pt for sign in signs]


# Letters are 7 pt wide at 14 pt, items are indented by 17.5 in a text of 411.28.
SHORT, HALF, LONGER, LONG = "s" * 8, "h" * 25, "l" * 30, "x" * 40


def test_short_signs_stand_in_two_equal_columns(press: Any) -> None:
    signs = [SHORT + str(at) for at in range(5)] + [HALF]
    first, second = sorted(set(columns(press.lay_out(box(*signs)), signs)))
    assert second - first == pytest.approx((411.28 + 16) / 2)


def test_a_longer_sign_widens_its_column_where_the_other_has_room(press: Any) -> None:
    signs = [SHORT + "1", LONGER, SHORT + "3", SHORT + "4", SHORT + "5", SHORT + "6"]
    starts = columns(press.lay_out(box(*signs)), signs)
    assert starts[:3] == [starts[0]] * 3
    assert starts[3:] == [starts[3]] * 3
    assert starts[3] - starts[0] == pytest.approx(17.5 + 30 * 7 + 16, abs=0.1)
    # In the second column it pushes the first together, and all ends at the edge.
    starts = columns(press.lay_out(box(*reversed(signs))), signs)
    assert starts[0] - starts[5] == pytest.approx(411.28 - 30 * 7 - 17.5, abs=0.1)


def test_signs_are_parted_where_each_has_one_line(press: Any) -> None:
    # In the middle, two long ones would stand side by side.
    signs = [SHORT + "1", SHORT + "2", LONGER + "3", LONGER + "4", SHORT + "5", SHORT]
    starts = columns(press.lay_out(box(*signs)), signs)
    assert starts[:4] == [starts[0]] * 4
    assert starts[4:] == [starts[4]] * 2
    assert starts[4] > starts[0]


@pytest.mark.parametrize(
    "signs",
    [
        [SHORT + "1", HALF + "2", LONG + "3", HALF + "4", HALF + "5", SHORT + "6"],
        # Two and six would be no columns.
        [SHORT + "1", SHORT + "2", *(LONGER + str(at) for at in range(6))],
        [SHORT + "1", SHORT + "2", SHORT + "3"],
    ],
)
def test_else_signs_stand_one_below_another(press: Any, signs: list[str]) -> None:
    starts = columns(press.lay_out(box(*signs)), signs)
    assert starts == [starts[0]] * len(signs)


@pytest.mark.parametrize("inner", ["one<br/>two", "<p>one</p><ul><li>two</li></ul>"])
def test_a_sign_of_more_than_a_line_is_no_short_one(press: Any, inner: str) -> None:
    display = press.lay_out(box("a", "b", inner, "d"))
    assert len({at(display, text).x_pt for text in "abd"}) == 1


def test_columns_of_signs_turn_with_the_page(press: Any) -> None:
    signs = [SHORT + "1", LONGER, SHORT + "3", SHORT + "4", SHORT + "5", SHORT + "6"]
    ends = [
        one.x_pt + one.run.width_pt
        for sign in signs
        for one in placed(press.lay_out(box(*signs), direction="rtl"))
        if str(one.run.texts) == sign[::-1]
    ]
    assert ends[:3] == pytest.approx([ends[0]] * 3)
    assert ends[0] - ends[3] == pytest.approx(17.5 + 30 * 7 + 16, abs=0.1)


def test_a_label_is_nearer_to_its_frame_than_to_what_stands_above_it(press: Any) -> None:
    display = press.lay_out(phones("Emergency", "Practice", "Crisis"))
    above = at(display, "signs").y_pt
    labels = ("Emergency", "Practice", "Crisis")
    for label, frame in zip(labels, frames(display), strict=True):
        own = at(display, label)
        top = own.y_pt - 0.98 * own.run.size_pt
        assert frame.height_pt == pytest.approx(21 - 1)  # its stroke is inside
        assert 0 < frame.y_pt - own.y_pt < top - above
        if label == "Practice":
            above = frame.y_pt + frame.height_pt


def test_a_frame_stands_beside_a_number_and_is_as_high(press: Any) -> None:
    display = press.lay_out(
        '<figure data-draw="phones"><ul><li><p>Emergency</p><p>112</p></li>'
        f"<li><p>Clinic</p><p>{BLANK}</p></li></ul></figure>"
    )
    (frame,), number = frames(display), at(display, "112")
    _, top, _, height = number.frame
    assert frame.y_pt - 0.5 == pytest.approx(top + 1)
    assert frame.y_pt + frame.height_pt + 0.5 == pytest.approx(top + height)


@pytest.mark.parametrize("label", ["Crisis line", "A crisis line " * 5])
def test_the_odd_phone_field_stands_above_its_own_blank_alone(
    press: Any, label: str
) -> None:
    display = press.lay_out(THREE.format(label, BLANK))
    words = [p for p in display.pages[0].placed() if "risis" in "".join(p.run.texts)]
    clinics, own = frames(display)
    label_top = words[0].y_pt - words[0].run.size_pt
    assert clinics.y_pt + clinics.height_pt < label_top < words[-1].y_pt < own.y_pt
    assert own.y_pt - words[-1].y_pt < 0.6 * words[-1].run.size_pt
    assert own.x_pt - 0.5 == words[0].x_pt < clinics.x_pt
    assert own.x_pt + own.width_pt == clinics.x_pt + clinics.width_pt
    hours = at(display, "day and night")
    assert hours.x_pt == pytest.approx(own.x_pt - 0.5)
    assert hours.y_pt > own.y_pt + own.height_pt


def test_the_odd_phone_field_has_its_number_below_its_label(press: Any) -> None:
    display = press.lay_out(THREE.format("Crisis line", "116 123"))
    label, number = at(display, "Crisis line"), at(display, "116 123")
    assert number.y_pt > label.y_pt
    assert number.x_pt == label.x_pt == at(display, "Emergency").x_pt
    hours = at(display, "day and night")
    assert (hours.x_pt, hours.y_pt > number.y_pt) == (number.x_pt, True)


def test_fields_are_as_wide_as_labels_of_one_line_ask(press: Any) -> None:
    def widths(*labels: str) -> list[float]:
        shown = press.lay_out(phones(*labels))
        return [frame.width_pt + 1 for frame in frames(shown)]

    half = (411.28 - 16) / 2
    assert widths("a", "b") == pytest.approx([half] * 2)
    assert widths("a", "b " * 20) == pytest.approx(
        [411.28 - 16 - 39 * 7, 39 * 7], abs=0.1
    )
    assert widths("a " * 20, "b") == pytest.approx(
        [39 * 7, 411.28 - 16 - 39 * 7], abs=0.1
    )
    # No field is too narrow for a number, and of two long labels none is narrower.
    assert widths("a", "b " * 24) == pytest.approx([half] * 2)
    assert widths("a " * 16, "b " * 16) == pytest.approx([half] * 2)
    # Rows stand below each other.
    first, second, *below = widths("a", "b " * 20, "c", "d")
    assert below == [first, second]


def test_a_number_is_not_broken_for_a_neighbours_label(press: Any) -> None:
    long = "+49 6421 58 66 0"
    display = press.lay_out(phones("a", "b " * 20, number=long))
    starts = {one.x_pt for one in placed(display) if str(one.run.texts) == long}
    assert max(starts) - min(starts) == pytest.approx((411.28 + 16) / 2)
