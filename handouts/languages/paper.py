"""Which paper a country prints on."""

from __future__ import annotations

from typing import Final

__all__ = ["uses_letter_paper"]

# CLDR 47, supplemental/supplementalData.xml, measurementData, `paperSize
# type="US-Letter"`; everywhere else it is A4. Babel does not carry it.
_LETTER: Final = frozenset(
    "BZ CA CL CO CR GT MX NI PA PH PR SV US VE".split()  # noqa: SIM905  # as CLDR has it
)


def uses_letter_paper(territory: str | None) -> bool:
    """Return True if CLDR has Letter, not A4, as a territory's paper.

    None, a locale that names no territory, is A4: it is read in many countries.
    """
    return territory in _LETTER
