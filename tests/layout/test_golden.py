"""The display list of one small page, position by position (fake engine)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handouts.layout import dump_display

BODY = (
    '<aside class="key-message"><p>Tell us about every illness.</p></aside>'
    "<section><h2>What is it?</h2><p>A medicine for <strong>24 hours</strong>.</p>"
    "<ul><li>one thing</li><li>another</li></ul></section>"
    '<aside class="emergency"><h3>Get help</h3><ul><li>chest pain</li><li>a fit</li>'
    "<li>no breath</li><li>no answer</li></ul></aside>"
)


@pytest.mark.golden
def test_small_page(press: Any, golden: Callable[[str, str], None]) -> None:
    golden("layout/small.txt", dump_display(press.lay_out(BODY, draft=True)))
