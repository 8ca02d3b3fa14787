"""Faces asked by glyph: the part of a font that is embedded, and what text can reach.

For `pdf/`, which may not use HarfBuzz itself. Embedding: used glyphs → the bytes of a
font program. Proof: characters → the glyphs that shaping could draw for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import uharfbuzz as hb

from handouts.fonts import Face

__all__ = ["FontSubset", "closure", "is_blank", "nominal_glyph", "subset_font"]

# What a PDF viewer reads of a font addressed by glyph id (ISO 32000-1 9.9 and table
# 126); a table that is not named here is dropped.
_DRAWN_TABLES: Final = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp"})
# Which glyphs a text can reach does not hang on these; without them it is found faster.
_NO_GLYPH_TABLES: Final = ("GPOS", "GDEF", "kern", "OS/2", "name", "post")

# HarfBuzz decomposes these though Unicode gives them no canonical decomposition: Thai
# and Lao AM (hb-ot-shaper-thai), Khmer split vowels (hb-ot-shaper-khmer). The full
# compatibility decomposition would be too wide: it lets `²` be drawn as `2`.
_SPLIT: Final = {
    0x0E33: (0x0E4D, 0x0E32),
    0x0EB3: (0x0ECD, 0x0EB2),
    0x17BE: (0x17C1, 0x17BE),
    0x17BF: (0x17C1, 0x17BF),
    0x17C0: (0x17C1, 0x17C0),
    0x17C4: (0x17C1, 0x17C4),
    0x17C5: (0x17C1, 0x17C5),
}
# Drawn as another character where the font lacks it (hb-ot-shape-normalize), and the
# soft hyphen, which shows as a hyphen at the end of a line.
_STAND_INS: Final = {
    0x2011: (0x2010, 0x2D),
    0x2010: (0x2D,),
    0xAD: (0x2010, 0x2D),
    0xA0: (0x20,),
    0x202F: (0x20,),
    0x2007: (0x20,),
}
# They steer which form a letter takes and have no ink: a rule may ask for their glyphs.
_JOINERS: Final = (0x200C, 0x200D)


class FontSubset(NamedTuple):
    """A TrueType program, and the face's own id of each of its glyphs, ascending."""

    program: bytes
    gids: tuple[int, ...]


def subset_font(face: Face, gids: Iterable[int]) -> FontSubset:
    """Return a program with the outlines of `gids`, of their components and of .notdef.

    Its glyphs are numbered anew from 0 (.notdef), in the order of the face. Hinting and
    all tables that only shaping needs are left out.
    """
    request = hb.SubsetInput()
    request.flags = (
        hb.SubsetFlags.NO_LAYOUT_CLOSURE  # the final glyphs are known
        | hb.SubsetFlags.NO_HINTING
    )
    request.drop_table_tag_set.update(_undrawn_tables(face))
    request.glyph_set.update(gids)
    plan = hb.SubsetPlan(face.hb_face, request)
    numbers = dict(plan.new_to_old_glyph_mapping)
    kept = tuple(numbers[number] for number in range(len(numbers)))
    return FontSubset(bytes(plan.execute().blob.data), kept)


@lru_cache(maxsize=64)
def _undrawn_tables(face: Face) -> tuple[int, ...]:
    return _tags(set(face.hb_face.table_tags) - _DRAWN_TABLES)


def _tags(names: Iterable[str]) -> tuple[int, ...]:
    return tuple(int.from_bytes(name.encode("ascii"), "big") for name in names)


@lru_cache(maxsize=65536)
def closure(face: Face, text: str) -> frozenset[int]:
    """Return every glyph of `face` that shaping could draw for the characters of `text`.

    Closed over the face's substitutions in any context made of these characters, over
    canonical composition and decomposition, over mirroring, and over the few
    substitutes that HarfBuzz itself draws. .notdef is never among them.
    """
    request = hb.SubsetInput()
    request.drop_table_tag_set.update(_tags(_NO_GLYPH_TABLES))
    request.unicode_set.update(_characters(text))
    plan = hb.SubsetPlan(face.hb_face, request)
    return frozenset(plan.old_to_new_glyph_mapping.keys()) - {0}


def _characters(text: str) -> set[int]:
    found = set(_JOINERS)
    for form in ("NFC", "NFD"):
        found.update(map(ord, unicodedata.normalize(form, text)))
    found.update(map(ord, text))
    for table in (_SPLIT, _STAND_INS):
        for codepoint in tuple(found & table.keys()):
            found.update(table[codepoint])
    return found


@lru_cache(maxsize=65536)
def nominal_glyph(face: Face, codepoint: int) -> int:
    """Return the glyph that `face` maps `codepoint` to, before shaping; 0 if none."""
    return int(face.hb_font.get_nominal_glyph(codepoint) or 0)


@lru_cache(maxsize=65536)
def is_blank(face: Face, gid: int) -> bool:
    """Return True if glyph `gid` has no ink, as that of a space."""
    extents = face.hb_font.get_glyph_extents(gid)
    return extents is None or extents.width == 0 or extents.height == 0
