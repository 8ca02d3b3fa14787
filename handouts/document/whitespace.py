"""White space in markup → what is printed: collapsed as HTML does it, none in CJK."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

__all__ = ["BREAK", "OBJECT", "collapsed"]

BREAK: Final = "\x01"
"""Stands for a forced line break; like the joint below it cannot occur in XML."""
OBJECT: Final = "\ufffc"
"""Stands for a blank or a field."""

_JOINT: Final = "\x00"
_SPACE: Final = " \t\n\r\f"
_STRETCH: Final = re.compile(f"[{_SPACE}][{_SPACE}{_JOINT}]*")
_UNTIDY: Final = re.compile(
    f"[\t\n\r\f]| {_JOINT}*(?: |{BREAK}|$)|(?:^|{BREAK}){_JOINT}* "
)
# Scripts written without spaces, of which a line break in the source adds none:
# Han, kana, bopomofo, their punctuation and full-width forms; not Hangul (CSS Text 3,
# 4.1.3, segment break transformation).
_WIDE: Final = re.compile(
    "[\u2e80-\u312f\u3190-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)


def collapsed(pieces: Sequence[str]) -> list[str]:
    """Return the pieces of one paragraph, as many as came, white space collapsed.

    A run of white space becomes one space, in the piece where it begins; none stays at
    the ends, at a forced break, or where a line ended between two CJK signs.
    """
    joined = _JOINT.join(pieces)
    if _UNTIDY.search(joined):
        joined = _STRETCH.sub(_replaced, joined)
    return joined.split(_JOINT)


def _replaced(found: re.Match[str]) -> str:
    text, stretch = found.string, found[0]
    joints = _JOINT * stretch.count(_JOINT)
    before = text[: found.start()].rstrip(_JOINT)[-1:]
    after = text[found.end() : found.end() + 1]
    if before in {"", BREAK} or after in {"", BREAK}:
        return joints
    if "\n" in stretch and _WIDE.match(before) and _WIDE.match(after):
        return joints
    return f" {joints}"
