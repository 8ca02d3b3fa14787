from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from handouts.fonts import Face, FontLibrary
from handouts.pdf.embedded import collect_fonts, subset_tag, to_unicode_cmap
from handouts.text.model import GlyphRun

Shaper = Callable[..., GlyphRun]


@given(
    st.dictionaries(
        st.integers(1, 0xFFFF).map(lambda code: chr(code >> 8) + chr(code & 0xFF)),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=3),
        max_size=350,
    )
)
def test_a_cmap_has_small_blocks_and_all_texts(unicode: dict[str, str]) -> None:
    lines = to_unicode_cmap(unicode).decode("ascii").splitlines()

    counts = [int(line.split()[0]) for line in lines if line.endswith(" beginbfchar")]
    entries = [line for line in lines if line.startswith("<") and line != "<0000> <FFFF>"]
    assert all(0 < count <= 100 for count in counts)
    assert sum(counts) == len(entries) == len(unicode)
    pairs = (entry.strip("<>").split("> <") for entry in entries)
    assert {
        bytes.fromhex(code).decode("latin-1"): bytes.fromhex(text).decode("utf-16-be")
        for code, text in pairs
    } == unicode


def test_widths_are_thousandths_of_an_em_from_code_0_on(
    library: FontLibrary, shaper: Shaper
) -> None:
    face = library.face("Vazirmatn", 400)  # 2048 units to the em
    font = collect_fonts([shaper(face, "ab c")])[face]

    found = re.fullmatch(r"\[0 \[([0-9. ]+)\]\]", font.widths())
    assert found
    numbers = [float(number) for number in found[1].split(" ")]
    assert numbers == pytest.approx(
        [face.advance(gid) * 1000 / face.upem for gid in font.program.gids], abs=0.001
    )
    assert {0, *font.gids} <= set(font.program.gids)


def number(code: str) -> int:
    return int.from_bytes(code.encode("latin-1"), "big")


def test_codes_number_the_glyphs_used_in_the_order_of_the_face(
    library: FontLibrary, shaper: Shaper
) -> None:
    face = library.face("Vazirmatn", 400)
    run, other = shaper(face, "سلام", rtl=True), shaper(face, "Ab")

    program = collect_fonts([run, other])[face].program

    assert program.gids[0] == 0
    assert list(program.gids) == sorted({0, *run.gids, *other.gids})
    codes = {gid: number(code) for gid, code in program.codes.of.items()}
    assert codes == {gid: code for code, gid in enumerate(program.gids)}
    assert max(run.gids) > 255 > max(codes.values())


def test_fonts_of_the_same_glyphs_share_codes(sans: Face, shaper: Shaper) -> None:
    codes = [
        collect_fonts([shaper(sans, text)])[sans].program.codes
        for text in ("abba", "baab", "bcb")
    ]

    assert codes[0] is codes[1]
    assert codes[0] is not codes[2]


def test_a_code_may_take_two_bytes(library: FontLibrary, shaper: Shaper) -> None:
    face = library.face("Noto Sans SC", 400)
    text = "".join(map(chr, range(0x4E00, 0x5200)))

    codes = collect_fonts([shaper(face, text)])[face].program.codes

    assert len(codes.of) > 0x300
    assert [number(code) for code in codes.of.values()] == list(range(len(codes.of)))
    assert all(len(code) == 2 for code in codes.of.values())


def test_the_program_has_the_outlines_of_the_glyphs_under_their_codes(
    sans: Face, shaper: Shaper
) -> None:
    run = shaper(sans, "Aéb")  # é is composed: its accent gets a code too

    written = collect_fonts([run])[sans].program
    content = zlib.decompress(written.deflated)
    assert written.length == len(content)
    program = TTFont(BytesIO(content))

    assert set(program.keys()) - {"GlyphOrder"} == {
        "glyf", "loca", "head", "hhea", "hmtx", "maxp",
    }  # fmt: skip
    whole, names = TTFont(BytesIO(sans.data)), program.getGlyphOrder()
    assert len(names) == len(written.gids) > len({0, *run.gids})
    assert {0, *run.gids} < set(written.gids)
    for name, gid in list(zip(names, written.gids, strict=True))[1:]:
        assert outline(program, name) == outline(whole, whole.getGlyphName(gid))


def outline(font: TTFont, name: str) -> object:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value


def test_the_tag_names_the_glyphs(library: FontLibrary, sans: Face) -> None:
    bold = library.face("Noto Sans", 700)
    tags = {subset_tag(sans, (1, 2)), subset_tag(sans, (1, 3)), subset_tag(bold, (1, 2))}

    assert len(tags) == 3
    assert all(len(tag) == 6 and tag.isalpha() and tag.isupper() for tag in tags)
    assert subset_tag(sans, (1, 2)) in tags


def test_fonts_are_named_in_the_order_of_their_first_glyph(
    library: FontLibrary, sans: Face, shaper: Shaper
) -> None:
    bold = library.face("Noto Sans", 700)

    fonts = collect_fonts([shaper(bold, "x"), shaper(sans, "y"), shaper(bold, "z")])

    assert [(face, font.name) for face, font in fonts.items()] == [
        (bold, "F1"),
        (sans, "F2"),
    ]
