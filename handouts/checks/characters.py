"""Characters that nobody sees: controls, bidi overrides, isolates left open.

Explicit directional characters are those of UAX #9, section 2. Isolates and the marks
LRM, RLM and ALM may stand in a text; embeddings and overrides, which can make a page
read otherwise than its letters stand, may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.signs import UNUSUAL
from handouts.diagnostics import Severity

__all__ = [
    "CONTROLS",
    "BidiOverride",
    "ControlCharacter",
    "ReplacementCharacter",
    "UnbalancedIsolate",
    "character_name",
    "unbalanced",
]

_OVERRIDES: Final = re.compile("[\u202a-\u202e]")
_ISOLATES: Final = re.compile("[\u2066-\u2069]")
_PDI: Final = "\u2069"
# C0 and C1 without tab and line feed; line and paragraph separators; invisible signs
# of mathematics, deprecated format characters, the byte-order mark, interlinear
# annotation, tag characters.
CONTROLS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u2061-\u2064\u206a-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_REPLACEMENT: Final = "\ufffd"


class ControlCharacter:
    """A control or an invisible character that no leaflet needs."""

    code: Final = "control-character"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a control or hidden character"
    exemptable: Final = False
    signs: Final = frozenset({UNUSUAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each such character."""
        for form in subject.forms:
            for match in CONTROLS.finditer(form.text.visible):
                yield _character(form, match, "the hidden character", "delete it")


class BidiOverride:
    """An embedding or override of the direction."""

    code: Final = "bidi-override"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a bidi embedding or override"
    exemptable: Final = False
    signs: Final = frozenset({UNUSUAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each of LRE, RLE, PDF, LRO and RLO."""
        for form in subject.forms:
            for match in _OVERRIDES.finditer(form.text.visible):
                yield _character(
                    form, match, "the bidi control",
                    "delete it; to keep words apart put `<bdi>` round them, if the "
                    "source has it, or U+2068 before and U+2069 after",
                )  # fmt: skip


class UnbalancedIsolate:
    """An isolate that is not closed, or closed but not open."""

    code: Final = "unbalanced-isolate"
    severity: Final = Severity.ERROR
    statement: Final = "the translation opens or closes a bidi isolate without its pair"
    exemptable: Final = False
    signs: Final = frozenset({UNUSUAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each isolate character that has no pair."""
        for form in subject.forms:
            for match in unbalanced(form.text.visible):
                hint = (
                    "delete it, or put an isolate before the words it closes"
                    if match[0] == _PDI
                    else "put U+2069 after the words it isolates"
                )
                yield _character(form, match, "unpaired", hint)


class ReplacementCharacter:
    """What is left of a character that an editor could not read."""

    code: Final = "replacement-character"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a character that was lost on the way"
    exemptable: Final = False
    signs: Final = frozenset({UNUSUAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each U+FFFD."""
        for form in subject.forms:
            for match in re.finditer(_REPLACEMENT, form.text.visible):
                yield _character(form, match, "lost text:", "type the character again")


def unbalanced(text: str) -> list[re.Match[str]]:
    """Return the isolate characters of `text` that have no pair, in order."""
    alone: list[re.Match[str]] = []
    opened: list[re.Match[str]] = []
    for match in _ISOLATES.finditer(text):
        if match[0] != _PDI:
            opened.append(match)
        elif opened:
            opened.pop()
        else:
            alone.append(match)
    return sorted(alone + opened, key=lambda match: match.start())


def character_name(character: str) -> str:
    """Return `U+202E RIGHT-TO-LEFT OVERRIDE`, or the number alone."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{' ' + name if name else ''}"


def _character(form: Form, match: re.Match[str], what: str, hint: str) -> Finding:
    return Finding(
        form.index,
        match.start(),
        1,
        f"translation has {what} `{character_name(match[0])}`",
        hint,
    )
