"""Vertical metrics of each script: how far apart its lines stand, and why.

Measured on medical sample phrases set in the project's faces; the leadings are chosen
so that two lines of body text never touch, and are to be confirmed by readers of each
script. `ink_low` and `ink_high` are the lowest and highest ink met.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

__all__ = ["Typography", "typography"]

# What the boxes' and tables' leadings lie below the body's, as in the Latin design
# (1.40 against 1.32 and 1.33); never below the headings' of the same script.
_KEY_BELOW_BODY: Final = 0.08
_TABLE_BELOW_BODY: Final = 0.07


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """Leadings, optical size and ink of one script.

    Leadings are factors (baseline to baseline) on the scaled size: the nominal size
    times x-height scale times `optical`. `leading_title` is for h1, `leading_heading`
    for h2, `leading_box` for h3 and box headings, `leading_emergency` for the heading
    of an emergency box. `optical` enlarges scripts whose letters look smaller; the
    floor of the type size grows with it. `mid` is the centre of a bullet or tick box
    above the baseline; `ink_low` and `ink_high` the extent of ink, y up; all in em.
    """

    leading_body: float
    leading_title: float
    leading_heading: float
    leading_box: float
    leading_key: float
    leading_table: float
    leading_emergency: float
    optical: float
    mid: float
    ink_low: float
    ink_high: float


def _script(
    body: float, headings: float, optical: float, mid: float, ink: tuple[float, float]
) -> Typography:
    """Return the metrics of a script that has one leading for all headings."""
    return Typography(
        leading_body=body,
        leading_title=headings,
        leading_heading=headings,
        leading_box=headings,
        leading_key=round(max(headings, body - _KEY_BELOW_BODY), 3),
        leading_table=round(max(headings, body - _TABLE_BELOW_BODY), 3),
        leading_emergency=headings,
        optical=optical,
        mid=mid,
        ink_low=ink[0],
        ink_high=ink[1],
    )


_LATIN: Final = Typography(
    leading_body=1.40,
    leading_title=1.16,
    leading_heading=1.25,
    leading_box=1.35,
    leading_key=1.32,
    leading_table=1.33,
    leading_emergency=1.30,
    optical=1.00,
    mid=0.29,
    ink_low=-0.24,
    ink_high=0.98,
)
# Marks stand on capitals and dots below in one line (Ế, ợ): ten points more everywhere.
_VIETNAMESE: Final = replace(
    _LATIN,
    leading_body=1.50,
    leading_title=1.26,
    leading_heading=1.35,
    leading_box=1.45,
    leading_key=1.42,
    leading_table=1.43,
    leading_emergency=1.40,
)
_ARABIC: Final = _script(1.55, 1.40, 1.00, 0.24, (-0.43, 0.98))
_HEADLINE: Final = _script(1.50, 1.40, 1.08, 0.31, (-0.29, 0.92))
_TAMIL: Final = _script(1.50, 1.35, 1.00, 0.29, (-0.32, 0.84))
_TELUGU: Final = _script(1.55, 1.45, 1.04, 0.28, (-0.47, 0.97))
_THAI: Final = _script(1.60, 1.50, 1.08, 0.29, (-0.31, 1.11))
_ETHIOPIC: Final = _script(1.45, 1.30, 1.00, 0.29, (-0.27, 0.80))
_HAN: Final = _script(1.60, 1.30, 1.00, 0.38, (-0.10, 0.86))
_KOREAN: Final = _script(1.55, 1.30, 1.00, 0.38, (-0.10, 0.86))

_BY_SCRIPT: Final = {
    "Latn": _LATIN,
    "Grek": _LATIN,
    "Cyrl": _LATIN,
    "Hebr": _script(1.45, 1.30, 1.00, 0.29, (-0.19, 0.76)),
    "Arab": _ARABIC,
    "Deva": _script(1.50, 1.40, 1.08, 0.31, (-0.41, 0.90)),
    "Beng": _HEADLINE,
    "Gujr": _HEADLINE,
    "Guru": replace(_HEADLINE, optical=1.12),
    "Taml": _TAMIL,
    "Mlym": _TAMIL,
    "Telu": _TELUGU,
    "Knda": _TELUGU,
    "Sinh": _TELUGU,
    "Thai": _THAI,
    "Laoo": _THAI,
    "Khmr": _script(1.75, 1.60, 1.08, 0.28, (-0.53, 0.93)),
    "Mymr": _script(1.80, 1.65, 1.00, 0.28, (-0.47, 1.00)),
    "Ethi": _ETHIOPIC,
    "Armn": _ETHIOPIC,
    "Geor": _ETHIOPIC,
    "Hans": _HAN,
    "Hant": _HAN,
    "Jpan": _HAN,
    "Kore": _KOREAN,
}
_BY_LANGUAGE: Final = {"vi": _VIETNAMESE}
# Faces that a setting may choose; their metrics differ from their script's main face.
_BY_FACE: Final = {
    "Amiri": _script(1.85, 1.60, 1.00, 0.22, (-0.50, 1.23)),
    "Noto Nastaliq Urdu": _script(2.50, 2.30, 1.33, 0.55, (-0.60, 1.96)),
}
# A script nobody has measured yet: room enough for marks above and below.
_UNMEASURED: Final = _script(1.65, 1.55, 1.00, 0.29, (-0.50, 1.05))


def typography(script: str, *, language: str, face: str | None = None) -> Typography:
    """Return the vertical metrics for `script` as `language` writes it.

    `face` is the family that a setting chose for the script, or None for the main one.
    """
    if face in _BY_FACE:
        return _BY_FACE[face]
    if script == "Latn" and language in _BY_LANGUAGE:
        return _BY_LANGUAGE[language]
    return _BY_SCRIPT.get(script, _UNMEASURED)
