"""Numbers by value, in any digits and any language's way of writing them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.checks.values import ENGLISH, marks, numbers, readings
from handouts.languages import language

Judge = Callable[..., Any]


def values(text: str, locale: str | None = None) -> list[object]:
    written = marks(language(locale).cldr) if locale else ENGLISH
    return [n.readings[0][0] for n in numbers(text, written) if len(n.readings[0]) == 1]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("24 hours", None, [24]),
        ("1,000 and 12,345,678", None, [1000, 12345678]),
        ("2.5 mg, 0.125 mg", None, [Fraction(5, 2), Fraction(1, 8)]),
        ("1,2 or 3", None, [1, 2, 3]),
        ("6-8 and 2–3", None, [6, 8, 2, 3]),
        ("½ and 2½", None, [Fraction(1, 2), Fraction(5, 2)]),
        ("8:30", None, [8, 30]),
        ("2025.08.18", None, [2025, 8, 18]),
        ("CYP3A4 B12 m²", None, [3, 4, 12]),
        ("1.000,5", "de", [Fraction(2001, 2)]),
        ("1.000", "de", [1000]),
        ("1,000", "de", [1]),
        ("0.125", "de", [Fraction(1, 8)]),
        ("10'000", "de_CH", [10000]),
        ("1 000", "fr", [1000]),
        ("1\u202f000,25", "fr", [Fraction(4001, 4)]),
        ("12,34,567", "hi", [1234567]),
        ("१२,३४,५६७", "hi", [1234567]),
        ("٢٥", "ar", [25]),
        ("١٬٠٠٠٫٥", "ar", [Fraction(2001, 2)]),
        ("۲٫۵", "fa", [Fraction(5, 2)]),
        ("١,٥", "ar", [Fraction(3, 2)]),
        ("２４時間", "ja", [24]),
        ("១២ ម៉ោង", "km", [12]),
        ("1·5", "en_GB", [Fraction(3, 2)]),
        ("1,000.5", "xx", [Fraction(2001, 2)]),
    ],
)
def test_values(text: str, locale: str | None, expected: list[object]) -> None:
    if locale == "xx":
        assert [n.readings[0][0] for n in numbers(text, marks("xx"))] == expected
    else:
        assert values(text, locale) == expected


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale"),
    [
        ("12,000 people", "12.000 Menschen", "de"),
        ("12,000 people", "12 000 personnes", "fr"),
        ("2 to 3 hours", "2–3 Stunden", "de"),
        ("1/2 tablet", "½ Tablette", "de"),
        ("½ tablet", "1/2 Tablette", "de"),
        ("at 10:30", "um 10.30 Uhr", "de"),
        ("2.5 mg", "২.৫ মিগ্রা", "bn"),
        ("2.5 mg", "2,5 мг", "ru"),
        ("27 of 100 people", "100 人中 27 人", "ja"),
        ("24 hours", "២៤ ម៉ោង", "km"),
        ("24 hours", "२४ घंटे", "hi"),
        ("Room 2 000 people", "Raum 2, 000 Leute", "de"),
    ],
)
def test_the_same_values_are_no_finding(
    judge: Judge, msgid: str, msgstr: str, locale: str
) -> None:
    assert [d.code for d in judge(msgid, msgstr, locale).sink] == []


@pytest.mark.parametrize(
    ("msgid", "msgstr", "codes"),
    [
        ("Take 50 mg once a day", "Nehmen Sie 1 mg am Tag", ["altered-number"]),
        ("2 of 100", "2 von 10", ["altered-number"]),
        ("2 of 100", "2 von vielen", ["dropped-number"]),
        ("2 and 2", "2", ["dropped-number"]),
        ("1,000", "1,000", ["altered-number"]),
        ("6 and 8", "5 und 7", ["altered-number", "altered-number"]),
        ("5", "5 und 6 und 7", ["added-number", "added-number"]),
    ],
)
def test_other_values_are(
    judge: Judge, msgid: str, msgstr: str, codes: list[str]
) -> None:
    assert [d.code for d in judge(msgid, msgstr).sink if d.is_error] == codes


def test_numbers_of_names_and_tags_do_not_count(judge: Judge) -> None:
    found = judge('<span lang="x1">a %(h24)s</span>', '<span lang="x1">b %(h24)s</span>')
    assert not found.sink.has_errors


DIGITS = st.sampled_from(
    ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "၀၁၂၃၄၅၆၇၈၉", "០១២៣៤៥៦៧៨៩"]
)


@given(st.lists(st.integers(0, 10**6), max_size=5), DIGITS)
def test_digits_of_any_script_mean_the_same(found: list[int], digits: str) -> None:
    text = "; ".join(map(str, found))
    own = text.translate(str.maketrans("0123456789", digits))
    assert values(own, "ar") == found


@given(st.text("0123456789.,'\u00a0 /½٫٬٣۵", max_size=40), st.sampled_from(["de", "ar"]))
def test_any_run_of_digits_has_readings(text: str, locale: str) -> None:
    found = numbers(text, marks(language(locale).cldr))
    assert all(n.readings and text[n.start : n.end] == n.text for n in found)
    assert next(readings(found)) == tuple(
        sorted(value for n in found for value in n.readings[0])
    )


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale", "right"),
    [
        ("30,000 people", "3万人", "ja", True),
        ("30,000 people", "3千人", "ja", False),
        ("3 people", "3万人", "ja", False),
        ("about 1.5 million", "约150万", "zh_Hans", False),
        ("about 1,500,000", "约150万", "zh_Hans", True),
        ("30 thousand people", "30 हज़ार लोग", "hi", True),
        ("30,000 people", "30 tys. osób", "pl", True),
        ("30,000 people", "30 mil personas", "es", True),
        ("30 ml", "30 mililitros", "es", True),
        ("30,000 people", "3 หมื่นคน", "th", True),
    ],
)
def test_part_digits_part_word(
    judge: Judge, msgid: str, msgstr: str, locale: str, right: bool
) -> None:
    codes = {found.code for found in judge(msgid, msgstr, locale).sink}
    assert right is not any(code.endswith("-number") for code in codes)
