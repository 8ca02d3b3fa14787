"""Scripts: direction, font chains and digits. Codes are ISO 15924 (`Arab`, `Hans`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

__all__ = [
    "SYMBOL_FAMILIES",
    "Direction",
    "chosen_face",
    "digits_of",
    "font_families",
    "run_families",
    "script_direction",
]

Direction = Literal["ltr", "rtl"]

# Unicode's scripts whose letters have Bidi_Class R or AL, living and historic.
_RTL_CODES: Final = (
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani "
    "Mend Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb "
    "Sogd Sogo Syrc Syre Syrj Syrn Thaa Yezi"
)
_RTL_SCRIPTS: Final = frozenset(_RTL_CODES.split())

_LATIN_FAMILY: Final = "Noto Sans"
SYMBOL_FAMILIES: Final = (
    "Noto Sans Math",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols",
    "Noto Emoji",
)
"""Where a sign is looked for that neither the script's face nor Noto Sans has."""

_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Latn": (_LATIN_FAMILY,),
        "Grek": (_LATIN_FAMILY,),
        "Cyrl": (_LATIN_FAMILY,),
        "Arab": ("Vazirmatn",),
        "Aran": ("Noto Nastaliq Urdu", "Vazirmatn"),
        "Hebr": ("Noto Sans Hebrew",),
        "Deva": ("Noto Sans Devanagari",),
        "Beng": ("Noto Sans Bengali",),
        "Guru": ("Noto Sans Gurmukhi",),
        "Gujr": ("Noto Sans Gujarati",),
        "Taml": ("Noto Sans Tamil",),
        "Telu": ("Noto Sans Telugu",),
        "Knda": ("Noto Sans Kannada",),
        "Mlym": ("Noto Sans Malayalam",),
        "Sinh": ("Noto Sans Sinhala",),
        # Looped letters for body text: the loopless ones suit headlines only.
        "Thai": ("Noto Sans Thai Looped",),
        "Laoo": ("Noto Sans Lao Looped",),
        "Khmr": ("Noto Sans Khmer",),
        "Mymr": ("Noto Sans Myanmar",),
        "Ethi": ("Noto Sans Ethiopic",),
        "Armn": ("Noto Sans Armenian",),
        "Geor": ("Noto Sans Georgian",),
    }
)

_SC, _TC, _JP, _KR = "Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR"
# Han by the language's tag, never by code point: one code point, four national shapes.
# The other faces follow only for a character that the tag's own face lacks.
_HAN_FAMILIES: Final = {
    "Hans": (_SC, _TC, _JP, _KR),
    "Hant": (_TC, _SC, _JP, _KR),
    "Jpan": (_JP, _SC, _TC, _KR),
    "Kore": (_KR, _JP, _TC, _SC),
}
_HAN_ELSEWHERE: Final = (_SC, _JP, _TC, _KR)
# Scripts that only some of the four write; in a text of another they keep their home.
_HAN_PARTS: Final = {
    "Hani": None,
    "Hira": "Jpan",
    "Kana": "Jpan",
    "Hrkt": "Jpan",
    "Hang": "Kore",
    "Bopo": "Hant",
}
_HAN_CODES: Final = {
    "zh": "Hans",
    "yue": "Hant",
    "ja": "Jpan",
    "ko": "Kore",
}
_HANT_TERRITORIES: Final = ("TW", "HK", "MO")

# Numbering system of CLDR → its zero; the other nine digits follow it in Unicode.
_ZEROS: Final = {
    "adlm": "\N{ADLAM DIGIT ZERO}",
    "arab": "\N{ARABIC-INDIC DIGIT ZERO}",
    "arabext": "\N{EXTENDED ARABIC-INDIC DIGIT ZERO}",
    "beng": "\N{BENGALI DIGIT ZERO}",
    "cakm": "\N{CHAKMA DIGIT ZERO}",
    "deva": "\N{DEVANAGARI DIGIT ZERO}",
    "gujr": "\N{GUJARATI DIGIT ZERO}",
    "guru": "\N{GURMUKHI DIGIT ZERO}",
    "hmnp": "\N{NYIAKENG PUACHUE HMONG DIGIT ZERO}",
    "khmr": "\N{KHMER DIGIT ZERO}",
    "knda": "\N{KANNADA DIGIT ZERO}",
    "laoo": "\N{LAO DIGIT ZERO}",
    "latn": "0",
    "mlym": "\N{MALAYALAM DIGIT ZERO}",
    "mong": "\N{MONGOLIAN DIGIT ZERO}",
    "mtei": "\N{MEETEI MAYEK DIGIT ZERO}",
    "mymr": "\N{MYANMAR DIGIT ZERO}",
    "mymrshan": "\N{MYANMAR SHAN DIGIT ZERO}",
    "nkoo": "\N{NKO DIGIT ZERO}",
    "olck": "\N{OL CHIKI DIGIT ZERO}",
    "orya": "\N{ORIYA DIGIT ZERO}",
    "rohg": "\N{HANIFI ROHINGYA DIGIT ZERO}",
    "tamldec": "\N{TAMIL DIGIT ZERO}",
    "telu": "\N{TELUGU DIGIT ZERO}",
    "thai": "\N{THAI DIGIT ZERO}",
    "tibt": "\N{TIBETAN DIGIT ZERO}",
    "vaii": "\N{VAI DIGIT ZERO}",
}


def script_direction(script: str) -> Direction:
    """Return the direction in which `script` is written: `rtl` or `ltr`."""
    return "rtl" if script in _RTL_SCRIPTS else "ltr"


def digits_of(numbering_system: str) -> str:
    """Return the ten digits, zero first, of a numbering system of CLDR.

    One that is not positional (`hebr`, `roman`) or not in the table gives ASCII's.
    """
    zero = ord(_ZEROS.get(numbering_system, "0"))
    return "".join(map(chr, range(zero, zero + 10)))


def chosen_face(script: str, faces: Mapping[str, str]) -> str | None:
    """Return the family that a setting chose for `script`, or None."""
    if script == "Aran":
        return faces.get("Aran", _FAMILIES["Aran"][0])
    return faces.get(script)


def _han_code(tag: str) -> str | None:
    """Return which of the four Han traditions the BCP 47 tag belongs to, or None."""
    subtags = tag.split("-")
    for code in _HAN_FAMILIES:
        if code in subtags:
            return code
    if subtags[0] in {"zh", "yue"}:
        if any(territory in subtags for territory in _HANT_TERRITORIES):
            return "Hant"
        if "CN" in subtags:
            return "Hans"
    return _HAN_CODES.get(subtags[0])


def _script_families(script: str, tag: str) -> tuple[str, ...]:
    """Return the faces that hold the letters of `script`, best first."""
    if script in _HAN_FAMILIES:
        return _HAN_FAMILIES[script]
    if script in _HAN_PARTS:
        code = _HAN_PARTS[script] or _han_code(tag)
        return _HAN_FAMILIES[code] if code else _HAN_ELSEWHERE
    return _FAMILIES.get(script, ())


def font_families(
    script: str, tag: str, faces: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """Return the font chain for text of `script` inside a language, best first.

    Args:
        script: ISO 15924 code; `Hani` takes the shapes that `tag` asks for.
        tag: BCP 47 tag of the language that the text stands in.
        faces: Script → family, where a setting chose another than the main one; the
            main one stays in the chain behind it.
    """
    chosen = chosen_face(script, faces)
    first = (chosen,) if chosen else ()
    chain = (*first, *_script_families(script, tag), _LATIN_FAMILY, *SYMBOL_FAMILIES)
    return tuple(dict.fromkeys(chain))


def run_families(
    script: str, own_script: str, tag: str, faces: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the chain for a run of `script` in a text whose own script is another.

    The text's own faces come last: a sign that no other has (a circled digit in a
    Latin run of a Japanese text) is taken from there.
    """
    own = font_families(own_script, tag, faces)
    return tuple(dict.fromkeys((*font_families(script, tag, faces), *own)))
