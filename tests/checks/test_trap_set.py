"""The traps that translators' tools miss, and the correct text they flag.

The negation that trap 5 loses ("stop suddenly") waits for the word lists.
"""

from collections.abc import Callable
from typing import Any

import pytest

Judge = Callable[..., Any]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "codes"),
    [
        ("Take 25 mg twice a day.", "خذ ٢٥ ملغ مرتين يوميا.", set()),
        ("Take 50 mg once a day.", "خذ ٥ ملغ مرة يوميا.", {"altered-number"}),
        ("Take 75 mg once a day.", "خذ 57 ملغ مرة يوميا.", {"altered-number"}),
        (
            "Do <b>not</b> drive for {hours} hours.",
            "لا تقد السيارة لمدة {hour} ساعة.",
            {"dropped-placeholder", "unknown-placeholder", "dropped-tag"},
        ),
        ("Call {phone}", "اتصل {fone}", {"dropped-placeholder", "unknown-placeholder"}),
    ],
)
def test_traps(judge: Judge, msgid: str, msgstr: str, codes: set[str]) -> None:
    assert {found.code for found in judge(msgid, msgstr, "ar").sink} == codes
