"""Certain fixes: what `check --fix` may write without asking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.catalog.model import Key, Message
from handouts.checks import fixed, fixes
from handouts.languages import language

RLE, PDF, RLI, PDI = "\u202b", "\u202c", "\u2067", "\u2069"


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


def test_each_plural_form_is_held_against_its_english() -> None:
    message = Message(
        key=Key(None, "a "), plural="b", msgstrs=("x", "y ", "z "), fuzzy=False, line=1,
        msgstr_lines=(1, 1, 1),
    )  # fmt: skip
    assert fixed(message, language("pl")) == ("x ", "y", "z")


def test_a_language_without_lists_keeps_its_spaces() -> None:
    assert fixes("24 mg", "24 mg", language("sw")) == ()


@given(st.text(alphabet="a 5mg\u2067\u2069\u202b\u202c\x07%()s", max_size=12))
def test_what_is_fixed_stays_fixed(text: str) -> None:
    once = _mended(text)
    assert _mended(once) == once


def _mended(text: str) -> str:
    message = Message(
        key=Key(None, "a"), plural=None, msgstrs=(text,), fuzzy=False, line=1,
        msgstr_lines=(1,),
    )  # fmt: skip
    return fixed(message, language("de"))[0]
