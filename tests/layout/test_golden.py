"""The display list of one small page, position by position (fake engine)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from handouts.layout import dump_display

GOLDEN = Path(__file__).parents[1] / "golden" / "layout" / "small.txt"
BODY = (
    '<aside class="key-message"><p>Tell us about every illness.</p></aside>'
    "<section><h2>What is it?</h2><p>A medicine for <strong>24 hours</strong>.</p>"
    "<ul><li>one thing</li><li>another</li></ul></section>"
    '<aside class="emergency"><h3>Get help</h3><ul><li>chest pain</li><li>a fit</li>'
    "<li>no breath</li><li>no answer</li></ul></aside>"
)


def test_small_page(press: Any) -> None:
    found = dump_display(press.lay_out(BODY, draft=True))
    if os.environ.get("HANDOUTS_UPDATE_GOLDENS"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")
