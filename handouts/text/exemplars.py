"""Which characters a language is written with (CLDR exemplar sets, through ICU)."""

from __future__ import annotations

import icu

__all__ = ["exemplars"]

_STANDARD = 0
"""CLDR's main set (ULocaleDataExemplarSetType ULOCDATA_ES_STANDARD)."""
_PUNCTUATION = 3


def exemplars(tag: str) -> str:
    """Return the main letters, their capitals and the punctuation of a BCP 47 tag."""
    data = icu.LocaleData(icu.Locale.forLanguageTag(tag).getName())
    found: set[str] = set()
    for kind in (_STANDARD, _PUNCTUATION):
        for entry in data.getExemplarSet(0, kind):
            found.update(entry)
            found.update(entry.upper())
    return "".join(sorted(found))
