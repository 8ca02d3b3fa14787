"""Opening hours as each language writes them."""

import datetime

import pytest

from handouts.languages import language
from handouts.templating.faults import AuthorError
from handouts.templating.values import FILTERS, Hours, Numerals, Value, hours_shown

NINE = datetime.time(9)
FIVE = datetime.time(17)
WEEK = Hours((0, 1, 2, 3, 4), NINE, FIVE)


@pytest.mark.parametrize(
    ("locale", "hours", "shown"),
    [
        ("en", WEEK, ("Mon–Fri", "09:00–17:00")),
        ("de", WEEK, ("Mo.–Fr.", "09:00–17:00")),
        ("ja", WEEK, ("月–金", "9:00–17:00")),
        ("fa", WEEK, ("دوشنبه–جمعه", "۹:۰۰–۱۷:۰۰")),  # Monday to Friday, Persian digits
        ("en", Hours((5, 0, 2, 1), NINE, FIVE), ("Mon–Wed, Sat", "09:00–17:00")),
        ("en", Hours((), NINE, FIVE), ("", "09:00–17:00")),
        ("en", Hours((6,), None, None), ("Sun", "")),
        ("ht", WEEK, ("Mon–Fri", "09:00–17:00")),  # CLDR lends Haitian Creole French days
    ],
)
def test_hours(locale: str, hours: Hours, shown: tuple[str, str]) -> None:
    value = FILTERS["hours"](hours)

    assert isinstance(value, Value)
    assert hours_shown(value, Numerals(language(locale))) == shown


def test_what_has_no_hours_is_told() -> None:
    with pytest.raises(AuthorError) as error:
        FILTERS["hours"]("nine to five")

    assert error.value.code == "invalid-value"


def test_no_hours_is_false() -> None:
    assert not Hours((), None, None)
    assert WEEK
