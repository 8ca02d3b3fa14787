"""Script of the text against the locale's: a Russian text in the Arabic catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.text import FILLER
from handouts.diagnostics import Severity

__all__ = ["SCRIPT_BLOCKS", "WrongScript"]

_HAN: Final = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
_KANA: Final = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_ARABIC: Final = "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_BOPOMOFO: Final = "\u3105-\u312f"

SCRIPT_BLOCKS: Final[dict[str, str]] = {
    "Adlm": "\U0001e900-\U0001e95f",
    "Arab": _ARABIC,
    "Aran": _ARABIC,
    "Armn": "\u0530-\u058f\ufb13-\ufb17",
    "Beng": "\u0980-\u09ff",
    "Cans": "\u1400-\u167f\u18b0-\u18ff",
    "Cher": "\u13a0-\u13ff\uab70-\uabbf",
    "Cyrl": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Deva": "\u0900-\u097f\ua8e0-\ua8ff",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Gujr": "\u0a80-\u0aff",
    "Guru": "\u0a00-\u0a7f",
    "Hans": _HAN,
    "Hant": _HAN + _BOPOMOFO,
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "Jpan": _HAN + _KANA,
    "Khmr": "\u1780-\u17ff",
    "Knda": "\u0c80-\u0cff",
    "Kore": _HANGUL + _HAN,
    "Laoo": "\u0e80-\u0eff",
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff"
    "\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f",
    "Mlym": "\u0d00-\u0d7f",
    "Mong": "\u1800-\u18af",
    "Mymr": "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f",
    "Nkoo": "\u07c0-\u07ff",
    "Orya": "\u0b00-\u0b7f",
    "Rohg": "\U00010d00-\U00010d3f",
    "Sinh": "\u0d80-\u0dff",
    "Syrc": "\u0700-\u074f\u0860-\u086f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Tfng": "\u2d30-\u2d7f",
    "Thaa": "\u0780-\u07bf",
    "Thai": "\u0e00-\u0e7f",
    "Tibt": "\u0f00-\u0fff",
    "Yiii": "\ua000-\ua4cf",
}
"""ISO 15924 code → the Unicode blocks its letters stand in, as a regex class."""

_LETTER: Final = re.compile(r"[^\W\d_]")


class WrongScript:
    """No letter of the locale's script in a text that has letters."""

    code: Final = "wrong-script"
    severity: Final = Severity.WARNING
    statement: Final = "the translation has no letter of the locale's script"
    exemptable: Final = True

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each form written in another script alone; the English is another's."""
        own = _script(subject.language.script)
        if own is None:
            return
        for form in subject.forms:
            text = form.text.visible
            if own.search(text) or any(form.text.raw == s.raw for s in form.sources):
                continue
            for term in sorted(subject.keep, key=len, reverse=True):
                text = text.replace(term, FILLER * len(term))
            letter = _LETTER.search(text)
            if letter:
                yield Finding(
                    form.index, 0, 0,
                    f"translation has no letter of `{subject.language.script}` script",
                    f"write it in {subject.language.english_name}; is the text in the "
                    "catalog of another language?",
                )  # fmt: skip


@lru_cache(maxsize=64)
def _script(code: str) -> re.Pattern[str] | None:
    blocks = SCRIPT_BLOCKS.get(code)
    return re.compile(f"[{blocks}]") if blocks else None
