"""Pseudo-locales: English that looks foreign, to try pages with before anyone translates.

CLDR reserves their names: `en_XA` (accents, longer) and `ar_XB` (from right to left).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from handouts.languages.scripts import Direction

__all__ = ["NO_LANGUAGE", "PSEUDO_LOCALES", "PseudoLocale"]

NO_LANGUAGE: Final = "zxx"
"""ISO 639 for "no linguistic content": no word list is its own."""


class PseudoLocale(NamedTuple):
    """What sets a pseudo-locale apart from English; `name` is what pages call it."""

    direction: Direction
    name: str


PSEUDO_LOCALES: Final[Mapping[str, PseudoLocale]] = MappingProxyType(
    {
        "en_XA": PseudoLocale("ltr", "Test text (accented English)"),
        "ar_XB": PseudoLocale("rtl", "Test text (English from right to left)"),
    }
)
"""Folder name → the pseudo-locale; there are no such folders."""
