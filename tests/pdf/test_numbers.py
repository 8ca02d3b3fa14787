import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.numbers import coordinate, decimal, from_steps, to_steps

# ISO 32000-1 7.3.3: digits, one point, a leading minus; no exponent.
PDF_NUMBER = re.compile(r"-?(?:[1-9]\d*|0)(?:\.\d{1,3})?")


@given(st.floats(-1e6, 1e6), st.sampled_from([10, 100, 1000]))
def test_a_number_is_short_plain_and_near(value: float, steps: int) -> None:
    text = decimal(value, steps)

    assert PDF_NUMBER.fullmatch(text)
    assert not text.endswith(".0")
    assert text != "-0"
    assert abs(float(text) - value) <= 0.5 / steps + 1e-9


@given(st.integers(-(10**9), 10**9))
def test_steps_come_back(count: int) -> None:
    assert round(float(from_steps(count, 1000)) * 1000) == count


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-0.0, "0"), (-0.001, "0"), (1, "1"), (12.5, "12.5"), (-0.126, "-0.13")],
)
def test_coordinates_have_two_decimals(value: float, text: str) -> None:
    assert coordinate(value) == text
    assert to_steps(value) == round(value * 100)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_no_number_is_no_coordinate(value: float) -> None:
    with pytest.raises((ValueError, OverflowError)):
        coordinate(value)
