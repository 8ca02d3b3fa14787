"""What a pen fills in: numbers that nobody has set, the days of a diary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handouts.catalog import Key, State, parse_plural_forms
from handouts.languages import language, plural_forms
from handouts.templating.values import (
    BLANK,
    FILTERS,
    Numerals,
    Value,
    count_of,
    shown,
    weekdays,
)

if TYPE_CHECKING:
    from conftest import Clinic, Country, Desk

STAY = (
    "<p>{% trans h=clinic.stay_hours|number %}{{ h }} hour{% pluralize %}"
    "{{ h }} hours{% endtrans %}</p>"
)
LINE = '<span data-blank="14mm"></span>'
DAYS = "{% for day in weekdays %}<p>{{ day }}</p>{% endfor %}"


def test_an_unset_number_is_a_short_line(desk: Desk, clinic: type[Clinic]) -> None:
    assert desk.body(STAY) == f'<p><m n="1" t="N">{LINE} hours</m></p>'
    assert desk.codes() == []
    set_ = desk.body(STAY, clinic=clinic(stay_hours=1))
    assert set_ == '<p><m n="1" t="N"><v k="number" t="N">1</v> hour</m></p>'


def test_an_unset_number_takes_the_form_of_five(desk: Desk) -> None:
    rule = parse_plural_forms(plural_forms("pl", None))
    forms = ("%(h)s godzina", "%(h)s godziny", "%(h)s godzin")
    message = desk.message(Key(None, "%(h)s hour"), State.TRANSLATED, forms)
    vetted = desk.vetted({message.key: message}, rule.index)
    assert f"{LINE} godzin</m>" in desk.body(STAY, vetted=vetted, locale="pl")
    assert count_of(BLANK) == 5


def test_an_unset_phone_is_a_line_as_wide_as_its_field() -> None:
    assert FILTERS["phone"](None) is BLANK
    assert BLANK.__html__() == '<span data-blank="field"></span>'


@pytest.mark.parametrize(
    ("locale", "country", "first", "last"),
    [
        ("en", "GB", "Monday", "Sunday"),
        ("en", "US", "Sunday", "Saturday"),
        ("en", None, "Monday", "Sunday"),  # `en_US` is the English of the US
        ("en_US", None, "Sunday", "Saturday"),
        ("en_GB", None, "Monday", "Sunday"),
        ("pl", None, "poniedziałek", "niedziela"),
        ("fa", None, "شنبه", "جمعه"),  # Saturday to Friday
        ("fa", "GB", "دوشنبه", "یکشنبه"),  # Monday to Sunday
        ("he", None, "יום ראשון", "יום שבת"),
    ],
)
def test_a_week_begins_where_the_clinic_is(
    locale: str, country: str | None, first: str, last: str
) -> None:
    own = language(locale)
    days = weekdays(own, country)
    texts = [shown(day, Numerals(own)) for day in days if isinstance(day, Value)]
    assert (texts[0], texts[-1]) == (first, last)
    assert len(set(texts)) == 7


def test_borrowed_day_names_are_lines_to_write_on() -> None:
    assert weekdays(language("ht")) == (BLANK,) * 7


def test_the_days_are_values_in_the_page(desk: Desk, country: type[Country]) -> None:
    body = desk.body(DAYS, country=country(code="DE"), locale="de")
    assert body.startswith('<p><v k="text" t="N">Montag</v></p>')
    assert body.endswith('<p><v k="text" t="N">Sonntag</v></p>')
