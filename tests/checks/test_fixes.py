"""Certain fixes: what `check --fix` may write without asking."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handouts.catalog.model import Key, Message
from handouts.checks import fixed, fixes
from handouts.languages import language

RLE, PDF, RLO, RLI, PDI = "\u202b", "\u202c", "\u202e", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "expected"),
    [
        ("Wait ", " Warten", "Warten "),
        ("Wait", "Warten\n", "Warten"),
        ("Wait", "War\x07ten", "Warten"),
        ("24 mg", "24 mg", "24\u00a0mg"),
        ("%(n)s mmHg", "%(n)s mmHg", "%(n)s\u00a0mmHg"),
        ("a", f"{RLE}b{PDF}", f"{RLI}b{PDI}"),
        ("a", f"{PDF}b{RLE}", f"{PDF}b{RLE}"),
        ("a ", f"b {RLI}c", f"b {RLI}c{PDI} "),
        ("a", f"{RLE}b", f"{RLI}b{PDI}"),
        ("a", f"b{PDF}", "b"),
        ("a", f"{RLE}b{PDF} c{PDF} ", f"{RLI}b{PDI} c"),
        ("a", f"{RLO}b{PDF} c{PDF}", f"{RLO}b{PDF} c{PDF}"),
        ("a", f"{RLI}b{PDI} c{PDI}", f"{RLI}b{PDI} c"),
        ("a", f"b{PDI}{RLI}c", f"b{PDI}{RLI}c"),
        ("5-3", f"5{PDI}-3", f"5{PDI}-3"),
        ("24 grams", "24 Gramm", "24 Gramm"),
        ("a", "", ""),
        ("", " a", "a"),
    ],
)
def test_fixed(msgid: str, msgstr: str, expected: str) -> None:
    message = Message(
        key=Key(None, msgid), plural=None, msgstrs=(msgstr,), fuzzy=False, line=1,
        msgstr_lines=(1,),
    )  # fmt: skip
    assert fixed(message, language("de")) == (expected,)


# Bengali 4 (U+09EA), Devanagari 4 (U+096A), Arabic-Indic and Persian 4 (U+0664, U+06F4).
@pytest.mark.parametrize(
    ("locale", "msgid", "msgstr", "expected"),
    [
        ("fa", "Wait 24 hours", "\u0662\u0664 ساعت صبر", "\u06f2\u06f4 ساعت صبر"),
        ("fa", "Wait 24 hours", "24ساعت صبر", "\u06f2\u06f4ساعت صبر"),
        ("bn", "Take 4, then 2.", "\u096a, তারপর (2)।", "\u09ea, তারপর (\u09e8)।"),
        ("bn", "<strong>4</strong> x", "<strong>4</strong> x",
         "<strong>\u09ea</strong> x"),
        ("ar", "Wait 4 hours", "\u06f4 ساعات", "4 ساعات"),
        ("de", "Wait 4 hours", "\u0664 Stunden warten", "4 Stunden warten"),
    ],
)  # fmt: skip
def test_digits_of_another_script(
    locale: str, msgid: str, msgstr: str, expected: str
) -> None:
    assert fixed(_message(msgid, msgstr), language(locale)) == (expected,)
    assert fixes(expected, msgid, language(locale)) == ()


@pytest.mark.parametrize(
    ("locale", "msgid", "msgstr"),
    [
        pytest.param("ar", "Wait 4 hours", "\u0664 ساعات", id="of-its-own-script"),
        pytest.param("fa", "Wait 24 hours", "42 ساعت", id="another-value"),
        pytest.param("fa", "From 2 to 4", "4, 2", id="another-order"),
        pytest.param("fa", "Wait", "4 ساعت", id="not-in-the-source"),
        pytest.param("fa", "Vitamin B12", "B12", id="part-of-a-name"),
        pytest.param("fa", "COVID-19 test", "COVID-19", id="after-a-hyphen"),
        pytest.param("fa", "0.5 g", "0.5 گرم", id="a-decimal"),
        pytest.param("fa", "2/3 of it", "2/3", id="a-fraction"),
        pytest.param("fa", "5% of all", "5%", id="a-percentage"),
        pytest.param("fa", "Call 115 now", "115", id="a-phone"),
        pytest.param("fa", "See https://example.org/4 4", "4", id="an-address"),
        pytest.param("fa", "%(n)s. 4", "%(n)s.4", id="after-a-placeholder"),
        pytest.param("fa", "4 a", "&#52; a", id="an-entity"),
        pytest.param("ja", "4 hours", "\uff14時間", id="wide"),
    ],
)
def test_digits_that_are_left_alone(locale: str, msgid: str, msgstr: str) -> None:
    assert fixes(msgstr, msgid, language(locale)) == ()


@given(st.text(alphabet="a (4\u0664\u06f4\u09ea.,%-\u200f)", max_size=10))
def test_digits_keep_their_values(text: str) -> None:
    for locale in ("fa", "bn", "ar", "de"):
        (once,) = fixed(_message(text, text), language(locale))
        assert fixed(_message(text, once), language(locale)) == (once,)
        assert _values(once) == _values(text)


def _values(text: str) -> list[int]:
    return [unicodedata.decimal(sign) for sign in text if sign.isdecimal()]


def test_each_plural_form_is_held_against_its_english() -> None:
    message = Message(
        key=Key(None, "a "), plural="b", msgstrs=("x", "y ", "z "), fuzzy=False, line=1,
        msgstr_lines=(1, 1, 1),
    )  # fmt: skip
    assert fixed(message, language("pl")) == ("x ", "y", "z")


def test_a_language_without_lists_keeps_its_spaces() -> None:
    assert fixes("24 mg", "24 mg", language("sw")) == ()


@example("5 \x07g")
@given(st.text(alphabet="a 5mg\u0664\u2067\u2069\u202b\u202c\x07%()s", max_size=12))
def test_what_is_fixed_stays_fixed(text: str) -> None:
    once = _mended(text)
    assert _mended(once) == once


def _mended(text: str) -> str:
    return fixed(_message("a", text), language("de"))[0]


def _message(msgid: str, msgstr: str) -> Message:
    return Message(
        key=Key(None, msgid), plural=None, msgstrs=(msgstr,), fuzzy=False, line=1,
        msgstr_lines=(1,),
    )  # fmt: skip
