"""Letter or A4, held against ICU, which carries the table that Babel lacks."""

from __future__ import annotations

import icu
import pytest
from babel import Locale

from handouts.languages import uses_letter_paper

LETTER_MM = (279, 216)
COUNTRIES = [code for code in Locale("en").territories if len(code) == 2]


def test_the_table_is_cldrs() -> None:
    assert len(COUNTRIES) > 240
    ours = {code for code in COUNTRIES if uses_letter_paper(code)}
    theirs = {
        code
        for code in COUNTRIES
        if icu.LocaleData(f"und_{code}").getPaperSize() == LETTER_MM
    }
    assert ours == theirs
    assert {"US", "CA", "MX", "PH"} <= ours


@pytest.mark.parametrize("territory", [None, "GB", "419", "XA"])
def test_all_else_is_a4(territory: str | None) -> None:
    assert not uses_letter_paper(territory)
