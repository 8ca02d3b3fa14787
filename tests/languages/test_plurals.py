"""Every `Plural-Forms` header holds, and parts the integers as CLDR does."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from gettext import c2py

import pytest
from babel import Locale, localedata

from handouts.languages import PLURAL_FORMS, language, plural_forms

COUNTS = range(1001)
HEADER = re.compile(r"nplurals=(\d); plural=(.+);")
# Where gettext and CLDR disagree, and gettext wins; each with what CLDR has instead.
KNOWN_DIFFERENCES = {
    "ga": "CLDR: five forms",
    "he": "CLDR: a dual",
    "ht": "CLDR: inherits French, zero as one",
    "lv": "CLDR: teens and tens with zero",
    "pt": "CLDR means Brazil, gettext Portugal",
}
# Languages of the handouts, shipped or wanted.
NEEDED = (
    "es pl ru ar fa he hi bn th km zh ja en ur fil gu so ht ta am my ti ps yo uk ro pt "
    "pt_BR vi ko tr fr de it nl el ku sq ne sr cs sk sl lt lv ga hu fi sv da nb pa tl ckb"
)


def rule(header: str) -> tuple[int, Callable[[int], int]]:
    match = HEADER.fullmatch(header)
    assert match is not None
    return int(match[1]), c2py(match[2])


def partition(names: Iterable[Hashable]) -> tuple[int, ...]:
    """Return the names numbered in the order in which they first come."""
    numbers: dict[Hashable, int] = {}
    return tuple(numbers.setdefault(name, len(numbers)) for name in names)


@pytest.mark.parametrize("header", sorted(set(PLURAL_FORMS.values())))
def test_header_counts_its_own_forms(header: str) -> None:
    count, index = rule(header)
    used = {index(n) for n in (*COUNTS, 10**6, 10**7 + 1)}
    assert used == set(range(count))


@pytest.mark.parametrize("code", sorted(PLURAL_FORMS))
def test_integers_part_as_in_cldr(code: str) -> None:
    if not localedata.exists(code):
        pytest.skip("not in CLDR under this code")  # tl is fil there
    _, index = rule(PLURAL_FORMS[code])
    category = Locale.parse(code).plural_form
    same = partition(map(index, COUNTS)) == partition(map(category, COUNTS))
    assert same == (code not in KNOWN_DIFFERENCES)


def test_languages_left_out_have_two_forms_or_none_in_cldr() -> None:
    left_out = {name for name in localedata.locale_identifiers() if "_" not in name}
    for code in left_out - PLURAL_FORMS.keys():
        categories = len(set(map(Locale.parse(code).plural_form, COUNTS)))
        assert categories <= 2 or code in {"gv", "kw", "prg"}, code


def test_every_needed_language_is_listed() -> None:
    assert set(NEEDED.split()) <= PLURAL_FORMS.keys()


@pytest.mark.parametrize(
    ("locale", "header"),
    [
        ("ja", "nplurals=1; plural=0;"),
        ("pt", "nplurals=2; plural=(n != 1);"),
        ("pt_PT", "nplurals=2; plural=(n != 1);"),
        ("pt_BR", "nplurals=2; plural=(n > 1);"),
        ("zh_Hans", "nplurals=1; plural=0;"),
        ("tl", plural_forms("fil")),
        ("sr_Latn", plural_forms("ru")),
    ],
)
def test_locale_has_its_languages_header(locale: str, header: str) -> None:
    assert language(locale).plural_rule == header


@pytest.mark.parametrize(
    ("code", "count", "form"),
    [
        ("pl", 1, 0), ("pl", 24, 1), ("pl", 25, 2), ("pl", 112, 2), ("pl", 21, 2),
        ("ru", 21, 0), ("ru", 24, 1), ("ru", 11, 2),
        ("ar", 0, 0), ("ar", 2, 2), ("ar", 24, 4), ("ar", 103, 3), ("ar", 100, 5),
    ],
)  # fmt: skip
def test_known_counts(code: str, count: int, form: int) -> None:
    assert rule(PLURAL_FORMS[code])[1](count) == form
