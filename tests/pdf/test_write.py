from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from handouts.fonts import Face, FontLibrary
from handouts.layout.display import Box, DisplayList, Path, Picture, Placed, Segment
from handouts.pdf import (
    Element,
    PdfInfo,
    PictureError,
    drawn_lines,
    fonts_used,
    page_texts,
    text_recall,
    texts_in,
)
from handouts.pdf import write_pdf as write_tagged
from handouts.text.model import GlyphRun, Style

Shaper = Callable[..., GlyphRun]
Placer = Callable[..., Placed]
Displayed = Callable[..., DisplayList]

INFO = PdfInfo(title="A title", lang="en", created="2026-11")

TREE = (
    Element("Document", -1, "en"),
    Element("P", 0, texts=(1,)),
    Element("Link", 1, texts=(2,)),
)
"""What the placer's texts belong to."""


def write_pdf(display: DisplayList, *, info: PdfInfo) -> bytes:
    return write_tagged(display, TREE, info=info)


# script: family, text, right to left. Words from public word lists, with marks,
# conjuncts and stacked consonants; lam-alef in the Arabic.
SCRIPTS = {
    "latin": ("Noto Sans", "Ketamine 50 mg: is it safe? AVA To", False),
    "vietnamese": ("Noto Sans", "Thuốc này có thể gây buồn ngủ", False),
    "arabic": ("Vazirmatn", "السلامة لا الأدوية لأن الاسم", True),
    "persian digits": ("Vazirmatn", "۵۰ ۲۴", False),
    "hebrew": ("Noto Sans Hebrew", "כאב כרוני", True),
    "devanagari": ("Noto Sans Devanagari", "क्या यह दवा सुरक्षित है कृपया पढ़ें", False),
    "bengali": ("Noto Sans Bengali", "ব্যথা ইংল্যান্ড কো", False),
    "tamil": ("Noto Sans Tamil", "வலி கொடு பௌ", False),
    "thai": ("Noto Sans Thai", "ยานี้ปลอดภัยหรือไม่ น้ำ", False),
    "khmer": ("Noto Sans Khmer", "អង់ហ្គីឡា ហ្វ្រិក រួម កម្ពុជា", False),
    "burmese": ("Noto Sans Myanmar", "အိန္ဒိယ ဗြိတိသျှ", False),
    "chinese": ("Noto Sans SC", "氯胺酮安全吗", False),
}


@pytest.fixture(params=SCRIPTS.values(), ids=SCRIPTS.keys())
def scripted(
    request: pytest.FixtureRequest,
    library: FontLibrary,
    shaper: Shaper,
    placer: Placer,
    displayed: Displayed,
) -> tuple[str, bytes]:
    family, text, rtl = request.param
    run = shaper(library.face(family, 400), text, rtl=rtl)
    return text, write_pdf(displayed([placer(run)], rtl=rtl), info=INFO)


def test_the_text_comes_back_in_every_script(scripted: tuple[str, bytes]) -> None:
    text, pdf = scripted

    (found,) = page_texts(pdf)

    assert text_recall(text, found) == 1.0
    assert text_recall(found, text) == 1.0  # nor is anything read twice


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed"
)
def test_poppler_reads_the_same(scripted: tuple[str, bytes]) -> None:
    text, pdf = scripted

    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )

    assert text_recall(text, done.stdout.decode()) == 1.0


def test_only_embedded_fonts_are_named(scripted: tuple[str, bytes]) -> None:
    (font,) = fonts_used(scripted[1])

    assert font.is_embedded
    assert font.has_unicode
    assert re.fullmatch(r"[A-Z]{6}\+[A-Za-z]+-Regular", font.name)


def test_no_standard_font_is_named_anywhere(scripted: tuple[str, bytes]) -> None:
    with pikepdf.open(BytesIO(scripted[1])) as pdf:
        everything = " ".join(
            thing.unparse(resolved=True).decode("latin-1")
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary)
        )

    for name in ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats"):
        assert name not in everything


# --- determinism ----------------------------------------------------------------------

PROGRAM = textwrap.dedent(
    """
    import hashlib, sys
    sys.path.insert(0, sys.argv[1])
    from conftest import TREE, display, place, shape
    from handouts.fonts import FontLibrary, builtin_fonts_dir
    from handouts.layout.display import Box
    from handouts.pdf import PdfInfo, write_pdf
    library = FontLibrary.open([builtin_fonts_dir()])
    runs = [
        shape(library.face("Noto Sans", 400), "Ketamine 50 mg"),
        shape(library.face("Noto Sans Devanagari", 400), "सुरक्षित है"),
        shape(library.face("Vazirmatn", 700), "السلامة", rtl=True),
    ]
    items = [place(run, y=100 + 30 * i) for i, run in enumerate(runs)]
    items.append(Box(10, 10, 20, 20, 3, fill="#eeeeee"))
    info = PdfInfo(title="A title", lang="en", created="2026-11")
    print(hashlib.sha256(write_pdf(display(items), TREE, info=info)).hexdigest())
    """
)


def test_the_bytes_are_the_same_in_any_process(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Tehran", "SOURCE_DATE_EPOCH": "1"},
    ]

    digests = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(request.path.parent)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **setting},
            cwd=tmp_path_factory.mktemp("cwd"),
            capture_output=True,
            check=True,
        ).stdout
        for setting in settings
    }

    assert len(digests) == 1
    assert re.fullmatch(rb"[0-9a-f]{64}\s*", digests.pop())


def test_other_content_gives_another_id(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    ids = set()
    for text in ("one", "two"):
        pdf = write_pdf(displayed([placer(shaper(sans, text))]), info=INFO)
        with pikepdf.open(BytesIO(pdf)) as document:
            ids.add(bytes(document.trailer.ID[0]))

    assert len(ids) == 2


# --- the document ---------------------------------------------------------------------


def test_the_catalog_and_the_information(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    info = PdfInfo(
        title="كيتامين",  # Arabic: ketamine
        lang="ar",
        author="Clinic",
        keywords=("pain", "ketamine"),
        created="2026-11-05",
        edition=(("EditionCode", "7F3A91C2"), ("Empty", "")),
    )
    pdf = write_pdf(displayed([placer(shaper(sans, "x"))], rtl=True), info=info)

    with pikepdf.open(BytesIO(pdf)) as document:
        preferences = document.Root.ViewerPreferences
        assert str(document.Root.Lang) == "ar"
        assert preferences.DisplayDocTitle is True
        assert "/Direction" not in preferences  # docs/decisions/0005
        found = {key: str(value) for key, value in document.trailer.Info.items()}
    assert found == {
        "/Title": "كيتامين",
        "/Author": "Clinic",
        "/Keywords": "pain, ketamine",
        "/Creator": info.creator,
        "/Producer": info.producer,
        "/CreationDate": "D:20261105000000Z",
        "/ModDate": "D:20261105000000Z",
        "/EditionCode": "7F3A91C2",
        "/Trapped": "/False",
    }


def test_a_date_is_a_date() -> None:
    with pytest.raises(ValueError, match="`soon` is not a date such as `2026-11`"):
        PdfInfo(title="", lang="en", created="soon").entries()


def test_pages_have_their_own_size(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    display = displayed([placer(shaper(sans, "one"))], [placer(shaper(sans, "two"))], [])
    first, *others = display.pages
    display = replace(display, pages=(replace(first, width_pt=200.0), *others))

    pdf = write_pdf(display, info=INFO)

    with pikepdf.open(BytesIO(pdf)) as document:
        boxes = [[float(n) for n in page.MediaBox] for page in document.pages]
    assert boxes == [
        [0, 0, 200, 841.89],
        [0, 0, 595.28, 841.89],
        [0, 0, 595.28, 841.89],
    ]
    assert page_texts(pdf) == ("one", "two", "")


# --- places and paint -----------------------------------------------------------------


PLAIN = re.compile(r"/(?:P|Link|Artifact) .*(?:BDC|BMC)$|EMC$")
"""Marks whose text needs no telling; `test_tags.py` looks at them."""


def operators(pdf: bytes, page: int = 0) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        content = document.pages[page].Contents.read_bytes().decode("latin-1")
    return [
        line for line in content.split("\n") if line.strip() and not PLAIN.match(line)
    ]


def test_the_page_is_turned_once(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    top, bottom = placer(shaper(sans, "top"), y=50), placer(shaper(sans, "foot"), y=800)

    pdf = write_pdf(displayed([top, bottom]), info=INFO)

    upper, lower = texts_in(pdf, [(0, (0, 0, 500, 100)), (0, (0, 750, 500, 90))])
    assert (upper, lower) == ("top", "foot")
    assert "50 791.89 Td" in operators(pdf)


def test_drawn_lines_are_what_the_reader_sees(
    library: FontLibrary, sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    arabic = shaper(library.face("Vazirmatn", 400), "هاتف ", rtl=True)  # "telephone"
    phone = shaper(sans, "+44 20 7946 0958")
    items = [placer(phone), placer(arabic, x=50 + phone.width_pt), placer(phone, y=70)]

    (lines,) = drawn_lines(write_pdf(displayed(items, rtl=True), info=INFO))

    assert lines == ("+44 20 7946 0958", "+44 20 7946 0958 فتاه")


def test_runs_of_a_line_share_a_text_object_a_font_and_a_colour(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    one, two = shaper(sans, "left "), shaper(sans, "right")
    items = [placer(one), placer(two, x=50 + one.width_pt)]

    found = operators(write_pdf(displayed(items), info=INFO))

    assert [line.split()[-1] for line in found] == [
        "BT", "Tf", "rg", "Td", found[4].split()[-1], "Td", found[6].split()[-1], "ET",
    ]  # fmt: skip


def test_kerned_glyphs_stand_where_shaping_put_them(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = shaper(sans, "AVAVAV")
    loose = replace(run, advances=tuple(a + 0.7 for a in run.advances))

    found = operators(write_pdf(displayed([placer(loose)]), info=INFO))

    (array,) = [line for line in found if line.endswith("]TJ")]
    moved = sum(float(n) for n in re.findall(r"\)(-?[\d.]+)\(", array))
    nominal = sum(sans.advance(gid) for gid in run.gids[:-1]) * 12 / sans.upem
    assert nominal - moved * 12 / 1000 == pytest.approx(
        sum(loose.advances[:-1]), abs=0.002
    )


def test_every_byte_of_a_code_comes_back(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    gids = tuple(range(1, 0x0D30))  # where all are used, their codes: \n ( \r ) \\ too
    run = replace(
        shaper(sans, "a"), gids=gids, advances=(6.0,) * len(gids), texts="a" * len(gids)
    )

    pdf = write_pdf(displayed([placer(run)]), info=INFO)

    with pikepdf.open(BytesIO(pdf)) as document:
        (shown,) = [
            operands[0]
            for operands, operator in pikepdf.parse_content_stream(document.pages[0])
            if str(operator) in {"Tj", "TJ"}
        ]
        parts = shown if isinstance(shown, pikepdf.Array) else [shown]
        codes = b"".join(
            bytes(part) for part in parts if isinstance(part, pikepdf.String)
        )
    assert codes == b"".join(gid.to_bytes(2, "big") for gid in gids)


def test_a_raised_mark_leaves_the_baseline_as_it_was(
    library: FontLibrary, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    khmer = shaper(library.face("Noto Sans Khmer", 400), "ហ្គី")
    assert khmer.offsets is not None

    found = operators(write_pdf(displayed([placer(khmer)]), info=INFO))

    rises = [line for line in found if line.endswith(" Ts")]
    assert len(rises) > 1
    assert rises[-1] == "0 Ts"


def test_a_box_a_line_and_a_shape(displayed: Displayed) -> None:
    items = [
        Box(10, 10, 100, 50, fill="#ff0000"),
        Box(10, 100, 100, 50, 8, stroke="#00ff00", stroke_pt=1.5, dash=(3, 2)),
        Segment(10, 200, 110, 200, 0.5, "#0000ff", round_cap=True),
        Path(
            (("M", 10, 300), ("L", 60, 300), ("C", 60, 350, 20, 350, 10, 300), ("Z",)),
            fill="#ffffff",
            stroke="#000000",
            stroke_pt=1,
        ),
        Box(0, 0, 1, 1),
    ]

    found = operators(write_pdf(displayed(items), info=INFO))

    assert found[:3] == ["1 0 0 rg", "10 781.89 100 50 re", "f"]
    assert {"0 1 0 RG", "1.5 w", "[3 2] 0 d"} <= set(found)
    assert sum(line.endswith(" c") for line in found) == 5  # four corners, one shape
    assert found[found.index("1 J") :][:4] == [
        "1 J", "10 641.89 m", "110 641.89 l", "S",
    ]  # fmt: skip
    assert "60 491.89 20 491.89 10 541.89 c" in found
    assert found[-3:] == ["B", "0 840.89 1 1 re", "n"]


def test_a_colour_is_six_digits(displayed: Displayed) -> None:
    with pytest.raises(ValueError, match="`#eef0` is not a colour"):
        write_pdf(displayed([Box(0, 0, 1, 1, fill="#eef0")]), info=INFO)


def test_links_open_their_address_one_area_a_line(
    library: FontLibrary, sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    style = Style(href="https://example.org/é")
    bold = library.face("Noto Sans", 700)
    one, two = shaper(sans, "see ", style=style), shaper(bold, "here", style=style)
    items = [
        placer(one),
        placer(two, x=50 + one.width_pt),
        placer(shaper(sans, " not this"), x=50 + one.width_pt + two.width_pt),
        placer(two, y=130),
        placer(shaper(sans, "other", style=Style(href="tel:+15550100")), x=200, y=130),
    ]

    pdf = write_pdf(displayed(items), info=INFO)

    with pikepdf.open(BytesIO(pdf)) as document:
        notes = list(document.pages[0].Annots)
        assert [str(note.A.URI) for note in notes] == [
            "https://example.org/%C3%A9",
            "https://example.org/%C3%A9",
            "tel:+15550100",
        ]
        assert {note.Subtype for note in notes} == {"/Link"}
        assert {note.F for note in notes} == {4}
        assert str(notes[0].Contents) == "https://example.org/é"
        left, bottom, right, top = (float(n) for n in notes[0].Rect)
    assert left == pytest.approx(50)
    assert right == pytest.approx(50 + one.width_pt + two.width_pt, abs=0.01)
    assert bottom < 841.89 - 100 < top
    strokes = [line for line in operators(pdf) if line.endswith(" l S")]
    assert len(strokes) == 3


def test_an_underline_runs_under_its_words_only(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = shaper(sans, "word", style=Style(underline=True))
    items = [placer(run, color="#123456"), placer(shaper(sans, "plain"), x=200)]

    found = operators(write_pdf(displayed(items), info=INFO))

    end = f"{50 + run.width_pt:.2f}".rstrip("0").rstrip(".")
    assert found[found.index("ET") + 1 :] == [
        "0.071 0.204 0.337 RG",
        "0.66 w",
        "[] 0 d",
        "0 J",
        f"50 740.45 m {end} 740.45 l S",
    ]


# --- text that needs more than one glyph ----------------------------------------------


def test_a_glyph_with_two_meanings_says_the_rarer_one_itself(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = shaper(sans, "aaa")
    odd = replace(run, texts=["a", "α", "a"])  # the same glyph as a Greek alpha

    pdf = write_pdf(displayed([placer(odd)]), info=INFO)

    assert [line for line in operators(pdf) if "Span" in line] == [
        "/Span <</MCID 1 /ActualText <FEFF03B1>>> BDC"
    ]


def test_a_no_break_space_needs_no_span(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = shaper(sans, "a b\u00a0c")

    pdf = write_pdf(displayed([placer(run)]), info=INFO)

    assert not [line for line in operators(pdf) if "Span" in line]


def test_invisible_characters_are_never_written(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = shaper(sans, "a b-")
    marked = replace(run, texts=["a\u200d", "\u200e", "b\u2060", "\u00ad"])

    pdf = write_pdf(displayed([placer(marked)]), info=INFO)

    spans = [line for line in operators(pdf) if "Span" in line]
    assert spans == [
        "/Span <</MCID 1 /ActualText <FEFF>>> BDC"
    ]  # the hyphen of a soft hyphen
    assert page_texts(pdf)[0].startswith("a")
    with pikepdf.open(BytesIO(pdf)) as document:
        (font,) = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing
        ]
        cmap = font.ToUnicode.read_bytes().decode("ascii")
    assert not re.search(r"200D|200E|2060|00AD|<0000> <(?!FFFF>)", cmap)


def test_lam_alef_is_one_character(
    library: FontLibrary, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    # Arabic: "no"; Vazirmatn draws it as one glyph.
    run = shaper(library.face("Vazirmatn", 400), "لا", rtl=True)
    assert len(run.gids) == 1

    pdf = write_pdf(displayed([placer(run)], rtl=True), info=INFO)

    with pikepdf.open(BytesIO(pdf)) as document:
        cmaps = [
            thing.ToUnicode.read_bytes()
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing
        ]
    assert re.search(rb"<[0-9A-F]{4}> <FEF[BC]>", cmaps[0])


def test_a_cluster_without_glyphs_is_passed_over(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = replace(shaper(sans, "ab"), texts=["a", "\u200d", "b"], counts=(1, 0, 1))

    pdf = write_pdf(displayed([placer(run)]), info=INFO)

    assert page_texts(pdf) == ("ab",)
    assert not [line for line in operators(pdf) if "Span" in line]


def test_an_empty_run_draws_nothing(
    sans: Face, shaper: Shaper, placer: Placer, displayed: Displayed
) -> None:
    run = replace(shaper(sans, "a"), gids=(), advances=(), texts=[])

    assert operators(write_pdf(displayed([placer(run)]), info=INFO)) == []


# --- pictures -------------------------------------------------------------------------


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def the_picture(pdf: bytes) -> tuple[str, Image.Image]:
    with pikepdf.open(BytesIO(pdf)) as document:
        (raw,) = document.pages[0].Resources.XObject.values()
        assert "/SMask" not in raw
        picture = pikepdf.PdfImage(raw)
        return str(raw.Filter), picture.as_pil_image().convert("RGB")


def test_a_transparent_logo_lies_on_white(displayed: Displayed) -> None:
    image = Image.new("RGBA", (4, 2), (255, 0, 0, 128))

    item = Picture(10, 20, 40, 20, encoded(image, "PNG"))
    pdf = write_pdf(displayed([item, item]), info=INFO)

    _, picture = the_picture(pdf)
    assert picture.size == (4, 2)
    assert picture.getpixel((0, 0)) == (255, 127, 127)
    assert sum(line.endswith("Do") for line in operators(pdf)) == 2


def test_a_jpeg_is_embedded_as_it_is(displayed: Displayed) -> None:
    data = encoded(Image.new("RGB", (8, 8), (0, 0, 255)), "JPEG")

    pdf = write_pdf(displayed([Picture(10, 20, 40, 40, data)]), info=INFO)

    kind, _ = the_picture(pdf)
    assert "DCTDecode" in kind
    assert data in pdf


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "I;16"])
def test_any_png_becomes_rgb(displayed: Displayed, mode: str) -> None:
    data = encoded(Image.new(mode, (3, 3)), "PNG")

    pdf = write_pdf(displayed([Picture(0, 0, 3, 3, data)]), info=INFO)

    assert the_picture(pdf)[1].size == (3, 3)


def test_a_turned_photo_is_turned_back(displayed: Displayed) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.new("CMYK", (8, 4)), "JPEG", exif=exif)

    pdf = write_pdf(displayed([Picture(0, 0, 4, 8, data)]), info=INFO)

    assert the_picture(pdf)[1].size == (4, 8)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        encoded(Image.new("RGB", (1, 1)), "GIF"),
        encoded(Image.effect_noise((64, 64), 50), "PNG")[:-900],
        encoded(Image.new("1", (7000, 7000)), "PNG"),
    ],
    ids=["empty", "text", "gif", "cut off", "too large"],
)
def test_a_broken_picture_is_refused(displayed: Displayed, data: bytes) -> None:
    with pytest.raises(PictureError, match=r"^picture "):
        write_pdf(displayed([Picture(0, 0, 10, 10, data)]), info=INFO)


def test_the_same_picture_gives_the_same_bytes(displayed: Displayed) -> None:
    data = encoded(Image.effect_noise((32, 32), 50), "PNG")
    display = displayed([Picture(0, 0, 10, 10, data)])

    first, second = (hashlib.sha256(write_pdf(display, info=INFO)) for _ in range(2))

    assert first.digest() == second.digest()
