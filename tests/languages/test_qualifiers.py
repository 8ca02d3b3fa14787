"""A number stays with the word that says how it is meant, in every shipped language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import is_qualified

CASES = [
    # language, text that ends where a number begins, its meaning
    ("ar", "لمدة لا تقل عن نحو ", "for no less than about"),
    ("bn", "গাড়ি চালাবেন না কমপক্ষে ", "do not drive, at least"),
    ("de", "Fahren Sie mindestens ", "drive, at least"),
    ("de", "etwa\u00a0", "about"),
    ("en", "Do not drive for at least ", ""),
    ("en", "for up to ", ""),
    ("es", "durante al menos ", "during at least"),
    ("fa", "حدود ", "about"),
    ("he", "למשך לפחות ", "for at least"),
    ("hi", "कम से कम ", "at least"),
    ("ja", "運転しないでください。少なくとも", "do not drive. At least"),
    ("ja", "約", "about"),
    ("ja", "悪い夢を見ることが、最長で", "bad dreams, at the longest"),
    ("km", "យ៉ាងតិច ", "at least"),
    ("pl", "przez co najmniej ", "for at least"),
    ("ru", "не менее ", "not less than"),
    ("th", "อย่างน้อย ", "at least"),
    ("zh", "大约", "about"),
    ("zh", "至少 ", "at least"),
]


@pytest.mark.parametrize(("language", "text", "meaning"), CASES)
def test_it_is_qualified(language: str, text: str, meaning: str) -> None:
    del meaning
    assert is_qualified(text + "24", len(text), language)
    assert is_qualified(("x" * 50) + " " + text + "24", len(text) + 51, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "page "),
        ("en", "at least the "),
        ("en", "throughout "),
        ("de", "Zimmer "),
        ("ja", "電話は"),
        ("tlh", "at least "),
        ("en", ""),
    ],
)
def test_other_words_do_not_count(language: str, text: str) -> None:
    assert not is_qualified(text + "24", len(text), language)


@given(before=st.text(max_size=40), after=st.text(max_size=9))
def test_only_what_stands_before_it_counts(before: str, after: str) -> None:
    at = len(before)
    assert is_qualified(before + after, at, "en") == is_qualified(before, at, "en")
