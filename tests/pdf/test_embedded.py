from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from handouts.fonts import Face, FontLibrary
from handouts.pdf.embedded import collect_fonts, subset_tag, to_unicode_cmap
from handouts.text.model import GlyphRun

Shaper = Callable[..., GlyphRun]


@given(
    st.dictionaries(
        st.integers(1, 0xFFFF),
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=3),
        max_size=350,
    )
)
def test_a_cmap_has_small_blocks_and_all_texts(unicode: dict[int, str]) -> None:
    lines = to_unicode_cmap(unicode).decode("ascii").splitlines()

    counts = [int(line.split()[0]) for line in lines if line.endswith(" beginbfchar")]
    entries = [line for line in lines if line.startswith("<") and line != "<0000> <FFFF>"]
    assert all(0 < count <= 100 for count in counts)
    assert sum(counts) == len(entries) == len(unicode)
    pairs = (entry.strip("<>").split("> <") for entry in entries)
    assert {int(g, 16): bytes.fromhex(t).decode("utf-16-be") for g, t in pairs} == unicode


def test_widths_are_thousandths_of_an_em_in_groups(
    library: FontLibrary, shaper: Shaper
) -> None:
    face = library.face("Vazirmatn", 400)  # 2048 units to the em
    font = collect_fonts([shaper(face, "ab c")])[face]

    tokens = font.widths().replace("[", " [ ").replace("]", " ] ").split()

    assert tokens[0] == "["
    assert tokens[-2:] == ["]", "]"]
    numbers = [float(token) for token in tokens if token not in "[]"]
    for gid in font.gids:
        wanted = face.advance(gid) * 1000 / face.upem
        assert gid in numbers or gid - 1 in font.gids
        assert any(abs(number - wanted) < 0.001 for number in numbers)


def test_the_program_has_the_glyphs_used_under_their_ids(
    sans: Face, shaper: Shaper
) -> None:
    run = shaper(sans, "Ab")

    written = collect_fonts([run])[sans].program()
    content = zlib.decompress(written.deflated)
    assert written.length == len(content)
    program = TTFont(BytesIO(content))

    assert set(program.keys()) - {"GlyphOrder"} == {
        "glyf", "loca", "head", "hhea", "hmtx", "maxp",
    }  # fmt: skip
    drawn = [
        gid
        for gid, name in enumerate(program.getGlyphOrder())
        if program["glyf"][name].numberOfContours
    ]
    assert set(run.gids) <= set(drawn)


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
