"""Inline content: styles, isolates, what no line may part."""

from __future__ import annotations

from handouts.document.tree import Blank, Field, Group, MessageSpan, Text, Value
from handouts.layout.inline import (
    LEAST_BLANK_PT,
    Setting,
    base_direction,
    below_label,
    styled_text,
)
from handouts.text.model import Isolate, Style

PLAIN = Setting(base=Style(element=1), lang="en", direction="ltr")
HEADING = Setting(
    base=Style(element=1, bold=True), lang="en", direction="ltr", strict=True
)
ARABIC = Setting(base=Style(element=1), lang="ar", direction="rtl")


def kept(text: str, setting: Setting) -> list[str]:
    styled = styled_text((Text(text=text),), setting)
    return [text[start:end] for start, end in styled.nobreaks]


def test_runs_cover_the_text_once_and_name_their_node() -> None:
    children = (
        Text(text="Do "),
        MessageSpan(
            element=2,
            lookup=7,
            children=(Group(element=3, kind="strong", children=(Text(text="not"),)),),
        ),
        Text(text=" drive"),
    )
    styled = styled_text(children, PLAIN)
    assert styled.text == "Do not drive"
    assert [(run.start, run.end) for run in styled.runs] == [(0, 3), (3, 6), (6, 12)]
    assert styled.runs[1].style == Style(bold=True, message=7, element=3)


def test_value_is_isolated_and_stays_with_its_unit() -> None:
    children = (
        Value(element=2, kind="number", text="24"),
        Text(text=" hours or more"),
    )
    styled = styled_text(children, PLAIN)
    assert styled.isolates == (Isolate(0, 2, None),)
    assert (1, 4) in styled.nobreaks  # "4 h": "24" is kept whole by itself
    assert (0, 2) in styled.nobreaks


def test_a_number_is_held_by_the_word_that_qualifies_it() -> None:
    number = Value(element=2, kind="number", text="24")
    hours = Text(text=" hours")
    for before, held in (
        ("for at least ", "at least "),
        ("about ", "about "),
        ("for ", ""),
    ):
        styled = styled_text((Text(text=before), number, hours), PLAIN)
        end = len(before)
        assert styled.held == tuple(range(end - len(held) + 1, end + 1)[: len(held)])
    blank = Blank(element=2, width_pt=40.0)
    assert styled_text((Text(text="about "), blank, hours), PLAIN).held == (*range(1, 7),)
    bold = Group(element=3, kind="strong", children=(Text(text="up to "), number))
    assert styled_text((bold, hours), PLAIN).held == (1, 2, 3, 4, 5, 6)
    assert styled_text((Text(text="at least "), number), ARABIC).held == ()


def test_phone_runs_from_left_to_right_in_arabic() -> None:
    styled = styled_text((Value(element=2, kind="phone", text="+44 20 1"),), ARABIC)
    assert styled.isolates == (Isolate(0, 8, "ltr"),)
    assert (0, 8) in styled.nobreaks


def test_missing_message_is_isolated_and_turns_its_paragraph() -> None:
    span = MessageSpan(
        element=2, lookup=0, children=(Text(text="Call us"),), lang="en", direction="ltr"
    )
    assert base_direction((span,), "rtl") == "ltr"
    assert base_direction((span, Text(text=" "), span), "rtl") == "ltr"
    assert base_direction((span, Text(text="x")), "rtl") == "rtl"
    styled = styled_text((span,), ARABIC)
    assert styled.isolates == (Isolate(0, 7, "ltr"),)
    assert styled.runs[0].style.lang == "en"


def test_not_stays_with_its_verb() -> None:
    assert kept("Do not drive", HEADING) == ["not d"]
    assert kept("Do not drive", PLAIN) == ["not d"]
    assert "at least 24" in kept("for at least 24 hours", HEADING)


def test_headings_do_not_break_at_hyphens() -> None:
    assert kept("long-lasting pain", HEADING) == ["long-lasting"]


def test_what_leans_on_a_verb_begins_no_line() -> None:
    assert kept("appelez-nous vite", PLAIN) == ["z-nous"]
    assert kept("informe-nos", PLAIN) == ["e-nos"]
    assert kept("long-lasting pain", PLAIN) == []


def test_number_and_unit_typed_in_a_message_stay_together() -> None:
    assert kept("above 180 mmHg at rest", PLAIN) == ["180 mmHg"]
    assert kept("in 20 % of people", PLAIN) == ["20 %"]


def test_blank_is_an_object_with_its_width_in_em() -> None:
    styled = styled_text((Text(text="Phone: "), Blank(element=2, width_pt=60.0)), PLAIN)
    assert styled.text == "Phone: \ufffc"
    assert styled.blanks == ((7, 5.0),)


def test_a_blank_at_the_end_asks_only_what_it_needs() -> None:
    long = Blank(element=2, width_pt=240.0)
    least = LEAST_BLANK_PT / 12
    assert styled_text((Text(text="Why: "), long), PLAIN).blanks == ((5, least),)
    assert styled_text((Text(text="Why: "), long, Text(text=" ")), PLAIN).blanks == (
        (5, least),
    )
    inside = (Text(text="for "), long, Text(text=" hours"))
    assert styled_text(inside, PLAIN).blanks == ((4, 20.0),)


def test_a_blank_at_the_end_can_have_its_own_line() -> None:
    blank = Blank(element=4, width_pt=60.0)
    label = MessageSpan(element=3, lookup=0, children=(Text(text="Why: "), blank))
    assert styled_text(below_label((label,)), PLAIN).text == "Why: \u2028\ufffc"
    plain = (Text(text="no line"),)
    assert below_label(plain) == plain


def test_fields_are_filled_in() -> None:
    setting = Setting(
        base=Style(), lang="en", direction="ltr", fields=(("page", "2"), ("pages", "3"))
    )
    children = (
        Text(text="Page "),
        Field(element=1, name="page"),
        Text(text=" of "),
        Field(element=2, name="pages"),
    )
    assert styled_text(children, setting).text == "Page 2 of 3"
