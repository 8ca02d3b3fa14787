"""The faces of one document: resource names, widths, ToUnicode maps, font programs.

Glyph runs in; `EmbeddedFont`s out, which `canvas.py` writes as font objects. A code in
a page's text is a glyph id of the embedded program, two bytes (Identity-H, ISO 32000-1
9.7.5.2). Its glyphs are those that the document uses, so that most scripts have no code
above 255: PDFium keeps the box of a glyph up to there, and loads others each time anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from handouts.fonts import Face
from handouts.pdf.file import deflated
from handouts.pdf.marked import utf16_hex
from handouts.pdf.numbers import decimal
from handouts.pdf.unicode_map import glyph_texts
from handouts.text.model import GlyphRun
from handouts.text.subset import subset_font

__all__ = ["EmbeddedFont", "collect_fonts", "subset_tag", "to_unicode_cmap"]

_BLOCK: Final = 100
"""Most entries of one bfchar block (ISO 32000-1 9.10.3 follows Adobe TN 5014)."""
_WIDTH_STEPS: Final = 1000
_KEPT_SUBSETS: Final = 32
"""Some 20 kB each."""
_TAG_LENGTH: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """What draws each glyph of a font: two characters that stand for its code's bytes.

    Compared by identity: fonts with the same glyphs share one.
    """

    of: Mapping[int, str]


class Program(NamedTuple):
    """A font program as it stands in the file, and its length before that.

    `gids` are its glyphs, by the ids of the face: code n draws the n-th.
    """

    deflated: bytes
    length: int
    gids: tuple[int, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EmbeddedFont:
    """One face of one document: what the page's text and the font objects need.

    `name` is the resource name (`F1`), `gids` the glyphs used, ascending; `plain` are
    the (glyph, cluster text) whose text the ToUnicode map gives. `program` has the
    outlines of the glyphs used, and their codes.
    """

    face: Face
    name: str
    gids: tuple[int, ...]
    plain: frozenset[tuple[int, str]]
    unicode: Mapping[int, str]
    program: Program

    def base_name(self) -> str:
        """Return the PostScript name with the tag of this subset."""
        return f"{subset_tag(self.face, self.gids)}+{self.face.key}"

    def widths(self) -> str:
        """Return the /W array: one group from code 0 on (ISO 32000-1 9.7.4.3)."""
        return _widths(self.face, self.program.gids)

    def to_unicode(self) -> bytes:
        """Return the CMap that gives the text of each code, as /FlateDecode reads it."""
        return _to_unicode(self.program.codes, tuple(self.unicode.items()))

    def thousandths(self, units: float) -> str:
        """Return font units as thousandths of an em, the unit of font dictionaries."""
        return _thousandths(self.face, units)


def collect_fonts(runs: Iterable[GlyphRun]) -> dict[Face, EmbeddedFont]:
    """Return the fonts of a document, named in the order of their first glyph."""
    found: dict[Face, list[GlyphRun]] = {}
    for run in runs:
        found.setdefault(run.face, []).append(run)
    return {
        face: _embedded(f"F{number}", face, own)
        for number, (face, own) in enumerate(found.items(), 1)
    }


def _embedded(name: str, face: Face, runs: Sequence[GlyphRun]) -> EmbeddedFont:
    texts = glyph_texts(face, runs)
    gids = tuple(sorted(texts.gids))
    return EmbeddedFont(
        face=face,
        name=name,
        gids=gids,
        plain=texts.plain,
        unicode=texts.unicode,
        program=_program(face, gids),
    )


# What a face's subset is written as is kept: the other paper, the next clinic and the
# next edition of the same leaflet use the same glyphs.


@lru_cache(maxsize=_KEPT_SUBSETS)
def _program(face: Face, gids: tuple[int, ...]) -> Program:
    program, kept = subset_font(face, gids)
    codes = {gid: chr(code >> 8) + chr(code & 0xFF) for code, gid in enumerate(kept)}
    return Program(deflated(program), len(program), kept, Codes(codes))


def _thousandths(face: Face, units: float) -> str:
    return decimal(units * 1000 / face.upem, _WIDTH_STEPS)


@lru_cache(maxsize=_KEPT_SUBSETS)
def subset_tag(face: Face, gids: tuple[int, ...]) -> str:
    """Return the six letters that name this subset: the same face and glyphs, the same.

    ISO 32000-1 9.6.4 leaves their choice free, but two subsets of a file must differ.
    """
    content = face.sha256 + " ".join(map(str, gids))
    number = int.from_bytes(hashlib.sha256(content.encode("ascii")).digest()[:8], "big")
    letters = []
    for _ in range(_TAG_LENGTH):
        number, letter = divmod(number, 26)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


@lru_cache(maxsize=_KEPT_SUBSETS)
def _widths(face: Face, gids: tuple[int, ...]) -> str:
    return f"[0 [{' '.join([_thousandths(face, face.advance(gid)) for gid in gids])}]]"


@lru_cache(maxsize=_KEPT_SUBSETS)
def _to_unicode(codes: Codes, unicode: tuple[tuple[int, str], ...]) -> bytes:
    texts = {codes.of[gid]: text for gid, text in unicode}
    return deflated(to_unicode_cmap(texts))


def to_unicode_cmap(unicode: Mapping[str, str]) -> bytes:
    """Return the CMap stream that gives the text of each code (ISO 32000-1 9.10.3)."""
    entries = [
        f"<{code.encode('latin-1').hex().upper()}> <{utf16_hex(text)}>"
        for code, text in unicode.items()
    ]
    blocks = []
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join((*_CMAP_HEAD, *blocks, *_CMAP_TAIL, "")).encode("ascii")


_CMAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange",
    "<0000> <FFFF>",
    "endcodespacerange",
)
_CMAP_TAIL: Final = (
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
)
