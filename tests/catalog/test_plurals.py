"""Plural-Forms: parsed here, held against gettext's own evaluator."""

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalog import GERMANIC, parse_plural_forms, single_count
from handouts.languages import PLURAL_FORMS

COUNTS = (*range(250), 999, 1000, 1001, 10**6, 10**6 + 1, 2**31)


@pytest.mark.parametrize("header", sorted(set(PLURAL_FORMS.values())))
def test_same_as_gettext(header: str) -> None:
    rule = parse_plural_forms(header)
    oracle = gettext.c2py(header.split("plural=", 1)[1].rstrip("; "))  # type: ignore[attr-defined]  # undocumented, in every CPython
    assert [rule.index(n) for n in COUNTS] == [int(oracle(n)) for n in COUNTS]
    assert {rule.index(n) for n in COUNTS} <= set(range(rule.count))


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("", "it is not of the form `nplurals=N; plural=EXPRESSION;`"),
        ("nplurals=2;", "it is not of the form `nplurals=N; plural=EXPRESSION;`"),
        ("nplurals=INTEGER; plural=EXPRESSION;",
         "it is not of the form `nplurals=N; plural=EXPRESSION;`"),
        ("nplurals=0; plural=0;", "nplurals is 0, which is not from 1 to 10"),
        ("nplurals=99; plural=0;", "nplurals is 99, which is not from 1 to 10"),
        ("nplurals=2; plural=n;", "n = 2 takes form 2, but nplurals is 2"),
        ("nplurals=2; plural=1/n;", "it divides by zero for n = 0"),
        ("nplurals=2; plural=n % 0;", "it divides by zero for n = 0"),
        ("nplurals=2; plural=(n != 1", "`)` is missing"),
        ("nplurals=2; plural=n != ;", "it ends too early"),
        ("nplurals=2; plural=n ? 1;", "`:` is missing"),
        ("nplurals=2; plural=n != 1);", "unexpected `)`"),
        ("nplurals=2; plural=* 1;", "unexpected `*`"),
        ("nplurals=2; plural=__import__('os');", "unexpected `__import__('os')`"),
        ("nplurals=2; plural=n==1 ? 0 : x;", "unexpected `x`"),
        ("nplurals=2; plural=" + "(" * 60 + "n" + ")" * 60 + ";",
         "it nests deeper than 50 levels"),
        ("nplurals=2; plural=" + "0+" * 300 + "0;", "it has more than 400 parts"),
        ("nplurals=2; plural=" + "1+" * 600 + "0;",
         "it is not of the form `nplurals=N; plural=EXPRESSION;`"),
    ],
)  # fmt: skip
def test_broken_headers_say_why(header: str, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        parse_plural_forms(header)
    assert str(caught.value) == reason


def test_spaces_and_the_last_semicolon_do_not_matter() -> None:
    assert parse_plural_forms(" nplurals = 2 ; plural = n != 1 ").index(1) == 0


def test_counts_beyond_the_probes_stay_within_the_forms() -> None:
    rule = parse_plural_forms("nplurals=2; plural=n > 1 ? (n == 1234567 ? 7 : 1) : 0;")
    assert rule.index(1234567) == 0
    assert (
        parse_plural_forms("nplurals=2; plural=n == 7777 ? 1/(n-n) : 0;").index(7777) == 0
    )


def test_subtraction_wraps_as_an_unsigned_long_does() -> None:
    assert parse_plural_forms("nplurals=2; plural=(n - 1 > 5);").index(0) == 1


@pytest.mark.parametrize("marks", range(1, 7))
def test_negations_keep_their_parity(marks: int) -> None:
    rule = parse_plural_forms(f"nplurals=2; plural={'!' * marks}n;")
    assert rule.index(5) == (0 if marks % 2 else 1)


def test_single_count_names_forms_of_one_number() -> None:
    arabic, russian = PLURAL_FORMS["ar"], PLURAL_FORMS["ru"]
    assert [single_count(arabic, form) for form in range(6)] == [
        0,
        1,
        2,
        None,
        None,
        None,
    ]
    assert [single_count(russian, form) for form in range(3)] == [None, None, None]
    assert [single_count(GERMANIC, form) for form in range(2)] == [1, None]


@given(st.text(alphabet="n0123456789 ?:|&!=<>+-*/%()", max_size=60))
def test_any_expression_is_a_rule_or_a_value_error(expression: str) -> None:
    try:
        rule = parse_plural_forms(f"nplurals=3; plural={expression};")
    except ValueError:
        return
    assert all(0 <= rule.index(n) < 3 for n in COUNTS)


def test_a_header_of_spaces_takes_no_time() -> None:
    with pytest.raises(ValueError, match="not of the form"):
        parse_plural_forms("nplurals=2; plural=" + " " * 980)
