"""Phones, doses and addresses in right-to-left text that nobody isolated by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.text.isolates import automatic_isolates
from handouts.text.model import Isolate


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("اتصل على +44 20 7946 0958 الآن", ["+44 20 7946 0958"]),  # call … now
        ("هاتف (020) 7946-0958.", ["(020) 7946-0958"]),  # phone
        ("جرعة 0.5–1 mg/kg كل يوم", ["0.5–1 mg/kg"]),  # dose … every day
        ("من 3 إلى 5 mg", ["5 mg"]),  # from … to …
        ("أعلى من 180 mmHg (الرقم العلوي)", ["180 mmHg"]),  # above … (upper number)
        ("أكثر من 38 °C", ["38 °C"]),  # more than
        ("50% منهم", ["50%"]),  # of them
        ("الإصدار 0.1", ["0.1"]),  # version
        ("في 2026-11.", ["2026-11"]),  # in
        ("موقع www.example.org/help.", ["www.example.org/help"]),  # site
        ("انظر https://a.example/b?c=1.", ["https://a.example/b?c=1"]),  # see
        ("nurse@clinic.example", ["nurse@clinic.example"]),
        # The bidi algorithm keeps these with the Latin word before them by itself.
        ("مجلة BMJ 336:973 صفحة", []),  # journal … page
        ("CRPS 12 NMDA", []),
        # Digits of the language's own: it writes them its own way.
        ("۵۰ mg در ۲۴ ساعت", []),  # 50 mg in 24 hours
        ("24 NMDA receptors", ["24"]),
        ("1 2 3", []),
        ("", []),
    ],
)
def test_what_is_isolated(text: str, isolated: list[str]) -> None:
    found = [text[one.start : one.end] for one in automatic_isolates(text, ())]

    assert found == isolated


def test_a_placeholders_own_isolate_may_stand_inside() -> None:
    text = "فوق 180 mmHg"  # above 180 mmHg
    inner = Isolate(4, 7, None)

    assert list(automatic_isolates(text, [inner])) == [Isolate(4, 12, "ltr")]


def test_isolates_never_cross() -> None:
    text = "فوق 180 mmHg"
    crossing = Isolate(0, 7, "rtl")

    assert list(automatic_isolates(text, [crossing])) == []


@given(
    st.text("ab 0123456789.,:/+-()–%mgمن", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_isolates_nest_whatever_the_text(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    given_isolates = [
        Isolate(start, end, None) for start, end in ranges if start < end <= len(text)
    ]
    for one in automatic_isolates(text, given_isolates):
        assert 0 <= one.start < one.end <= len(text)
        for other in given_isolates:
            apart = one.end <= other.start or other.end <= one.start
            nested = (one.start <= other.start and other.end <= one.end) or (
                other.start <= one.start and one.end <= other.end
            )
            assert apart or nested
