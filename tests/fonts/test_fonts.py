"""The committed fonts against their lock, and what `handouts.fonts` refuses."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import shutil
import struct
import tarfile
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from handouts.fonts import (
    BOLD,
    REGULAR,
    Face,
    FontError,
    FontLibrary,
    FontRecord,
    builtin_fonts_dir,
    read_lock,
)

FONTS: Final = Path(__file__).resolve().parents[2] / "fonts"
RECORDS: Final = read_lock(FONTS / "fonts.toml")
REGULAR_ONLY: Final = {"Noto Emoji", "Noto Sans Math", "Noto Sans Symbols 2"}
FALLBACK: Final = (
    "Noto Sans",
    "Noto Sans Math",
    "Noto Sans Symbols 2",
    "Noto Sans Symbols",
    "Noto Emoji",
)


@pytest.fixture
def library() -> FontLibrary:
    return FontLibrary.open([FONTS])


@pytest.fixture(scope="session")
def lock_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fonts_lock", FONTS / "lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- the committed files --------------------------------------------------------------


def test_lock_names_every_font_file_and_no_other() -> None:
    on_disk = {p.relative_to(FONTS).as_posix() for p in FONTS.rglob("*.[to]tf")}
    assert {record.file for record in RECORDS} == on_disk
    assert len(RECORDS) == 59
    assert len({record.family for record in RECORDS}) == 31


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_file_is_the_recorded_one_and_may_be_embedded(record: FontRecord) -> None:
    path = FONTS / record.file
    data = path.read_bytes()
    assert len(data) == record.size
    assert hashlib.sha256(data).hexdigest() == record.sha256
    with TTFont(path, lazy=True) as font:
        assert "glyf" in font
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0
        assert font["OS/2"].usWeightClass == record.weight
        assert font["hhea"].lineGap == 0
        assert font["name"].getDebugName(6) == record.key


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_licence_text_lies_beside_the_file(record: FontRecord) -> None:
    assert record.licence == "OFL-1.1"
    assert Path(record.licence_file).parent == Path(record.file).parent
    text = (FONTS / record.licence_file).read_text(encoding="utf-8")
    assert text.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_origin_is_recorded(record: FontRecord) -> None:
    assert record.package.startswith(("@expo-google-fonts/", "@fontsource/"))
    assert record.package_version
    assert record.integrity.startswith("sha512-")


def test_families_without_bold_are_the_known_ones() -> None:
    weights = {(record.family, record.weight) for record in RECORDS}
    families = {family for family, _ in weights}
    assert {f for f in families if (f, BOLD) not in weights} == REGULAR_ONLY
    assert all((family, REGULAR) in weights for family in families)


def test_lock_script_finds_the_lock_up_to_date(
    lock_script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lock_script.main(["--check"]) == 0
    assert capsys.readouterr() == ("", "")


# --- faces ----------------------------------------------------------------------------


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.key)
def test_face_reads_the_metrics_that_fonttools_reads(
    library: FontLibrary, record: FontRecord
) -> None:
    face = library.face(record.family, record.weight)
    with TTFont(FONTS / record.file, lazy=True) as font:
        head, hhea, os2, post = (font[tag] for tag in ("head", "hhea", "OS/2", "post"))
        assert face.upem == head.unitsPerEm
        assert (face.ascender, face.descender) == (hhea.ascent, hhea.descent)
        assert face.bbox == (head.xMin, head.yMin, head.xMax, head.yMax)
        assert face.cap_height == os2.sCapHeight
        assert face.x_height == (os2.sxHeight or round(0.536 * head.unitsPerEm))
        assert face.italic_angle == post.italicAngle == 0
        assert face.flags == 4  # symbolic only: nothing fixed-pitch, nothing italic
        assert face.glyph_count == font["maxp"].numGlyphs
        assert face.advance(5) == font["hmtx"][font.getGlyphName(5)][0]
        codepoints = sorted(font.getBestCmap())
        assert face.covers(codepoints[0])
        assert face.covers(codepoints[-1])
    assert (face.key, face.sha256) == (record.key, record.sha256)


def test_keys_are_unique(library: FontLibrary) -> None:
    assert len({record.key for record in library.records}) == len(library.records)


@pytest.mark.parametrize(
    ("family", "x_height", "line_height"),
    [  # fonts whose sizes and leading differ most: x-height and line, 1/1000 em
        ("Noto Sans", 536, 1362),
        ("Noto Sans Gurmukhi", 622, 1304),
        ("Noto Sans Telugu", 500, 1352),
        ("Noto Sans Tamil", 554, 1240),
        ("Noto Sans Thai Looped", 536, 1600),
        ("Noto Sans Lao Looped", 536, 1600),
        ("Noto Sans Myanmar", 536, 2184),
        ("Noto Nastaliq Urdu", 536, 2500),
        ("Amiri", 433, 1758),
        ("Vazirmatn", 528, 1562),
        ("Noto Sans SC", 543, 1448),
    ],
)
def test_measured_numbers_hold(
    library: FontLibrary, family: str, x_height: int, line_height: int
) -> None:
    face = library.face(family, REGULAR)
    assert round(1000 * face.x_height / face.upem) == x_height
    assert round(1000 * (face.ascender - face.descender) / face.upem) == line_height


def test_stem_guess_grows_with_the_weight(library: FontLibrary) -> None:
    assert library.face("Noto Sans", REGULAR).stem_v == 87
    assert library.face("Noto Sans", BOLD).stem_v == 165


def test_face_without_x_height_measures_the_letter(tmp_path: Path) -> None:
    path = tiny_font(tmp_path, x_height=0)
    assert only_face(path).x_height == 500  # the top of the square that stands for x


@pytest.mark.parametrize("family", sorted(REGULAR_ONLY))
def test_bold_falls_back_to_regular(library: FontLibrary, family: str) -> None:
    face = library.face(family, BOLD)
    assert face is library.face(family, REGULAR)
    assert face.weight == REGULAR
    assert library.record(family, BOLD) is None


def test_face_is_opened_once_in_a_process(library: FontLibrary) -> None:
    again = FontLibrary.open([FONTS])
    assert again.face("Noto Sans", BOLD) is library.face("Noto Sans", BOLD)


def test_chain_keeps_its_order(library: FontLibrary) -> None:
    keys = [face.key for face in library.chain(["Noto Sans Lao Looped", *FALLBACK], BOLD)]
    assert keys == [
        "NotoSansLaoLooped-Bold",
        "NotoSans-Bold",
        "NotoSansMath-Regular",
        "NotoSansSymbols2-Regular",
        "NotoSansSymbols-Bold",
        "NotoEmoji-Regular",
    ]


@pytest.mark.parametrize(
    ("family", "held", "lacked"),
    [
        ("Noto Sans", "aĦя½²℃ạọ", "≥→√∞☐ก"),
        ("Noto Sans Math", "≤≥→√∞", "ệ"),
        ("Noto Sans Symbols 2", "✓✔☐☑⚠☎🚑🌡", "⚕"),
        ("Noto Sans Symbols", "⚕☾→", "☐"),
        ("Noto Emoji", "📞💊🏥⏰🔔", "ệ"),
        ("Noto Sans Lao Looped", "ກ", "0a."),  # LAO LETTER KO; no digit, no ASCII
        ("Noto Sans SC", "痩药", ""),  # "thin" (Japanese form), "medicine"
        ("Noto Sans TC", "藥", "痩"),  # "medicine"; "thin" in its Japanese form
    ],
)
def test_covers(library: FontLibrary, family: str, held: str, lacked: str) -> None:
    face = library.face(family, REGULAR)
    assert [c for c in held if not face.covers(ord(c))] == []
    assert [c for c in lacked if face.covers(ord(c))] == []


# --- missing characters ---------------------------------------------------------------


def test_missing_is_what_no_face_of_the_chain_covers(library: FontLibrary) -> None:
    text = ["≥ 38 °C ☎", "ยา", "a"]  # "medicine" in Thai
    assert library.missing(text, ["Noto Sans"]) == ("ย", "า", "≥", "☎")
    assert library.missing(text, FALLBACK) == ("ย", "า")
    assert library.missing(text, ["Noto Sans Thai Looped", *FALLBACK]) == ()


def test_missing_passes_over_what_is_never_drawn(library: FontLibrary) -> None:
    undrawn = "\n\u00ad\u200b\u200d\u2068\u2069\ufe0f"
    assert library.missing([undrawn], ["Noto Sans Lao Looped"]) == ()


def test_missing_opens_later_families_only_if_needed(library: FontLibrary) -> None:
    assert library.missing(["a"], ["Noto Sans", "No Such Font"]) == ()
    with pytest.raises(FontError, match="No Such Font"):
        library.missing(["☎"], ["Noto Sans", "No Such Font"])


# --- folders --------------------------------------------------------------------------


def test_builtin_folder_is_the_checkouts() -> None:
    assert builtin_fonts_dir() == FONTS


def test_builtin_folder_lies_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "handouts.fonts.__file__", str(tmp_path / "handouts" / "fonts.py")
    )
    assert builtin_fonts_dir() == tmp_path.resolve() / "handouts" / "_data" / "fonts"


def test_first_folder_that_names_a_face_wins(tmp_path: Path) -> None:
    path = tiny_font(tmp_path, family="Noto Sans")
    library = FontLibrary.open([path.parent, FONTS])
    regular, bold = (library.record("Noto Sans", weight) for weight in (REGULAR, BOLD))
    assert regular is not None
    assert bold is not None
    assert library.path(regular) == path
    assert library.path(bold) == FONTS / bold.file
    assert len(library.records) == len(RECORDS)


def test_two_families_with_one_key_are_refused(tmp_path: Path) -> None:
    tiny_font(tmp_path, family="Noto Sans Symbols2")
    with pytest.raises(FontError) as caught:
        FontLibrary.open([tmp_path, FONTS])
    assert caught.value.code == "font-lock-invalid"
    assert str(caught.value) == "`Noto Sans Symbols 2` is too like `Noto Sans Symbols2`"


def test_folder_without_a_lock_is_passed_over(tmp_path: Path) -> None:
    library = FontLibrary.open([tmp_path, tmp_path / "absent", FONTS])
    assert library.records == FontLibrary.open([FONTS]).records


def test_records_and_families_are_sorted(library: FontLibrary) -> None:
    pairs = [(record.family, record.weight) for record in library.records]
    assert pairs == sorted(pairs)
    assert list(library.families) == sorted({family for family, _ in pairs})


# --- refusals -------------------------------------------------------------------------


@pytest.fixture
def hebrew(tmp_path: Path) -> Path:
    """Return a folder with one real family and its own lock."""
    shutil.copytree(FONTS / "noto-sans-hebrew", tmp_path / "noto-sans-hebrew")
    write_lock(tmp_path, [r for r in RECORDS if r.family == "Noto Sans Hebrew"])
    return tmp_path


@pytest.mark.parametrize("offset", [0, 100, -1])
def test_byte_changed(hebrew: Path, offset: int) -> None:
    path = hebrew / "noto-sans-hebrew" / "NotoSansHebrew_400Regular.ttf"
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)
    error = refusal(hebrew, "Noto Sans Hebrew")
    assert (error.code, error.file) == ("font-changed", path)
    assert str(error) == "font file is not the one that `fonts.toml` records"
    assert "python fonts/lock.py" in error.hint
    assert FontLibrary.open([hebrew]).face("Noto Sans Hebrew", BOLD).weight == BOLD


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0"])
def test_length_changed(hebrew: Path, change: object) -> None:
    assert callable(change)
    path = hebrew / "noto-sans-hebrew" / "NotoSansHebrew_400Regular.ttf"
    path.write_bytes(change(path.read_bytes()))
    assert refusal(hebrew, "Noto Sans Hebrew").code == "font-changed"


def test_file_missing(hebrew: Path) -> None:
    path = hebrew / "noto-sans-hebrew" / "NotoSansHebrew_400Regular.ttf"
    path.unlink()
    error = refusal(hebrew, "Noto Sans Hebrew")
    assert (error.code, error.file) == ("font-missing", path)
    assert str(error) == "font file is missing"
    assert "wheel carries no Chinese" in error.hint


def test_file_is_a_folder(hebrew: Path) -> None:
    path = hebrew / "noto-sans-hebrew" / "NotoSansHebrew_400Regular.ttf"
    path.unlink()
    path.mkdir()
    error = refusal(hebrew, "Noto Sans Hebrew")
    assert error.code == "font-missing"
    assert str(error).startswith("font file cannot be read: ")


def test_family_unknown(library: FontLibrary) -> None:
    with pytest.raises(FontError) as caught:
        library.face("Noto Sans Tamyl", REGULAR)
    error = caught.value
    assert (error.code, error.file) == ("font-unknown", None)
    assert str(error) == "no font folder has the family `Noto Sans Tamyl`"
    assert error.hint == "did you mean `Noto Sans Tamil`?"


def test_family_unknown_in_an_empty_library() -> None:
    with pytest.raises(FontError) as caught:
        FontLibrary.open([]).face("Noto Sans", REGULAR)
    assert caught.value.hint == "add it to `fonts.toml`"


def test_variable_font(tmp_path: Path) -> None:
    path = tiny_font(tmp_path, variable=True)
    error = refusal(tmp_path, "Tiny")
    assert (error.code, error.file) == ("font-variable", path)
    assert str(error) == "font is variable (it has `fvar`)"
    assert "static" in error.hint


def test_cff_font(tmp_path: Path) -> None:
    path = tiny_font(tmp_path, cff=True)
    error = refusal(tmp_path, "Tiny")
    assert (error.code, error.file) == ("font-not-truetype", path)
    assert str(error) == "font is not a single TrueType font"


def test_outlines_absent(tmp_path: Path) -> None:
    path = tiny_font(tmp_path)
    relock(path, without_table(path.read_bytes(), b"glyf"))
    error = refusal(tmp_path, "Tiny")
    assert error.code == "font-not-truetype"
    assert str(error) == "font has no TrueType outlines (`glyf`)"


@pytest.mark.parametrize("tag", ["OS/2", "head", "hhea", "post"])
def test_table_absent(tmp_path: Path, tag: str) -> None:
    path = tiny_font(tmp_path)
    relock(path, without_table(path.read_bytes(), tag.encode()))
    error = refusal(tmp_path, "Tiny")
    assert error.code == "font-not-truetype"
    assert str(error) == f"font table `{tag}` is missing or damaged"


def test_file_is_no_font(tmp_path: Path) -> None:
    path = tiny_font(tmp_path)
    relock(path, b"wOF2 and so on")
    assert refusal(tmp_path, "Tiny").code == "font-not-truetype"


def test_embedding_restricted(tmp_path: Path) -> None:
    path = tiny_font(tmp_path, fs_type=2)
    error = refusal(tmp_path, "Tiny")
    assert (error.code, error.file) == ("font-embedding", path)
    assert str(error) == "font restricts embedding (fsType 2)"


# --- a lock that is not sound ---------------------------------------------------------

SOUND: Final = {
    "family": '"Tiny"',
    "weight": "400",
    "script": '"Latn"',
    "role": '"main"',
    "file": '"tiny/Tiny.ttf"',
    "version": '"1.0"',
    "size": "10",
    "sha256": '"' + "0" * 64 + '"',
    "licence": '"OFL-1.1"',
    "licence_file": '"tiny/OFL.txt"',
    "package": '""',
    "package_version": '""',
    "integrity": '""',
}


def lock_text(**changed: str) -> str:
    lines = (f"{k} = {v}\n" for k, v in {**SOUND, **changed}.items() if v)
    return "[[font]]\n" + "".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[font]", "file is not TOML: "),
        ("a = 1", "unknown key `a`"),
        ("font = 3", "`font` is not an array of tables"),
        ("font = [3]", "$.font[0] is not a table"),
        (lock_text(size=""), "$.font[0] lacks `size`"),
        (lock_text(colour='"red"'), "$.font[0] has the unknown key `colour`"),
        (lock_text(size='"10"'), "$.font[0].size is not an integer"),
        (lock_text(size="true"), "$.font[0].size is not an integer"),
        (lock_text(file="1"), "$.font[0].file is not a string"),
        (lock_text(size="0"), "$.font[0].size is invalid: `0`"),
        (lock_text(size="99999999999"), "$.font[0].size is invalid: `99999999999`"),
        (lock_text(size="9" * 5000), "file is not TOML: "),
        (lock_text(weight="500"), "$.font[0].weight is invalid: `500`"),
        (lock_text(role='"fb"'), "$.font[0].role is invalid: `fb`"),
        (lock_text(script='"Latin"'), "$.font[0].script is invalid: `Latin`"),
        (lock_text(sha256='"0"'), "$.font[0].sha256 is invalid: `0`"),
        (lock_text(family='"T\\u00fcny"'), "$.font[0].family is invalid: `Tüny`"),
        (lock_text(file='"../Tiny.ttf"'), "$.font[0].file is invalid: `../Tiny.ttf`"),
        (lock_text(file='"/Tiny.ttf"'), "$.font[0].file is invalid: `/Tiny.ttf`"),
        (lock_text(file='""'), "$.font[0].file is invalid: ``"),
        (lock_text(file="'C:\\Tiny.ttf'"), "$.font[0].file is invalid: `C:\\Tiny.ttf`"),
        (lock_text(licence_file='"../O"'), "$.font[0].licence_file is invalid: `../O`"),
        (lock_text() + lock_text(), "$.font[1] is `Tiny-Regular` a second time"),
        ("#" * (1 << 20) + "#", "file is larger than 1048576 bytes"),
    ],
    ids=range(24),
)
def test_lock_not_sound(tmp_path: Path, text: str, message: str) -> None:
    lock = tmp_path / "fonts.toml"
    lock.write_text(text, encoding="utf-8")
    with pytest.raises(FontError) as caught:
        FontLibrary.open([tmp_path])
    error = caught.value
    assert (error.code, error.file) == ("font-lock-invalid", lock)
    assert str(error) == message or (message.endswith(": ") and message in str(error))
    assert error.hint == f"`python fonts/lock.py --folder {tmp_path}` writes this file"


def test_lock_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "fonts.toml").write_bytes(b"a = '\xff'")
    with pytest.raises(FontError, match="file is not TOML: 'utf-8'"):
        FontLibrary.open([tmp_path])


def test_lock_unreadable(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="file cannot be read: ") as caught:
        read_lock(tmp_path)
    assert caught.value.code == "font-lock-invalid"


def test_lock_may_be_empty(tmp_path: Path) -> None:
    (tmp_path / "fonts.toml").write_text("")
    assert FontLibrary.open([tmp_path]).records == ()


# --- the lock script ------------------------------------------------------------------


def test_script_writes_the_lock_of_a_folder(
    hebrew: Path, lock_script: ModuleType
) -> None:
    before = (hebrew / "fonts.toml").read_bytes()
    assert lock_script.main(["--folder", str(hebrew)]) == 0
    assert (hebrew / "fonts.toml").read_bytes() == before


def test_script_names_what_changed(
    hebrew: Path, lock_script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "noto-sans-hebrew/NotoSansHebrew_400Regular.ttf"
    with (hebrew / name).open("ab") as file:
        file.write(b"\0\0\0\0")
    assert lock_script.main(["--folder", str(hebrew), "--check"]) == 1
    assert refusal(hebrew, "Noto Sans Hebrew").code == "font-changed"
    assert lock_script.main(["--folder", str(hebrew)]) == 0
    assert capsys.readouterr().err == f"changed: {name}\n" * 2
    face = FontLibrary.open([hebrew]).face("Noto Sans Hebrew", REGULAR)
    assert face.covers(ord("א"))  # HEBREW LETTER ALEF


def test_script_wants_an_entry_for_every_font(
    hebrew: Path, lock_script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = hebrew / "noto-sans-hebrew"
    shutil.copy(folder / "NotoSansHebrew_700Bold.ttf", folder / "Other.ttf")
    assert lock_script.main(["--folder", str(hebrew)]) == 1
    expected = "error: `noto-sans-hebrew/Other.ttf` has no [[font]] in fonts.toml: "
    assert capsys.readouterr().err.startswith(expected)


def test_script_wants_the_licence_text(
    hebrew: Path, lock_script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (hebrew / "noto-sans-hebrew" / "OFL.txt").unlink()
    assert lock_script.main(["--folder", str(hebrew)]) == 1
    assert "has no OFL.txt beside it" in capsys.readouterr().err


def test_script_takes_fonts_from_a_package(hebrew: Path, lock_script: ModuleType) -> None:
    names = ["NotoSansHebrew_400Regular.ttf", "NotoSansHebrew_700Bold.ttf"]
    source = FONTS / "noto-sans-hebrew"
    contents = {f"package/{name}": (source / name).read_bytes() for name in names}
    contents["package/LICENSE_FONT"] = (source / "OFL.txt").read_bytes()
    about = {"name": "@expo-google-fonts/noto-sans-hebrew", "version": "9.9.9"}
    contents["package/package.json"] = json.dumps(about).encode()
    tarball = hebrew / "package.tgz"
    with tarfile.open(tarball, "w:gz") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    (hebrew / "noto-sans-hebrew" / names[0]).write_bytes(b"spoilt")
    assert lock_script.main(["--folder", str(hebrew), str(tarball)]) == 0
    records = FontLibrary.open([hebrew]).records
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    assert {record.package_version for record in records} == {"9.9.9"}
    assert {record.integrity for record in records} == {f"sha512-{digest}"}
    assert FontLibrary.open([hebrew]).face("Noto Sans Hebrew", REGULAR).upem == 1000


# --- tools ----------------------------------------------------------------------------


def write_lock(folder: Path, records: list[FontRecord]) -> None:
    text = "# Written by fonts/lock.py: change the fonts, not this file.\n"
    for record in records:
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        lines = (f"{name} = {json.dumps(value)}\n" for name, value in values.items())
        text += "\n[[font]]\n" + "".join(lines)
    (folder / "fonts.toml").write_text(text)


def relock(path: Path, data: bytes, family: str = "Tiny") -> None:
    """Write `data` as the font `path` with a lock that agrees with it."""
    path.write_bytes(data)
    text = lock_text(
        family=f'"{family}"',
        file=f'"{path.name}"',
        licence_file='"OFL.txt"',
        size=str(len(data)),
        sha256=f'"{hashlib.sha256(data).hexdigest()}"',
    )
    (path.parent / "fonts.toml").write_text(text)


def refusal(folder: Path, family: str) -> FontError:
    with pytest.raises(FontError) as caught:
        FontLibrary.open([folder]).face(family, REGULAR)
    return caught.value


def only_face(path: Path) -> Face:
    return FontLibrary.open([path.parent]).face("Tiny", REGULAR)


def tiny_font(
    folder: Path,
    *,
    family: str = "Tiny",
    x_height: int = 400,
    fs_type: int = 0,
    variable: bool = False,
    cff: bool = False,
) -> Path:
    """Build a font whose only letter, x, is a square 500 units high, and its lock."""
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder([".notdef", "x"])
    builder.setupCharacterMap({ord("x"): "x"})
    if cff:
        pens = {name: T2CharStringPen(600, None) for name in (".notdef", "x")}
        shapes = {name: square(pen).getCharString() for name, pen in pens.items()}
        builder.setupCFF(family, {}, shapes, {})
    else:
        builder.setupGlyf(
            {name: square(TTGlyphPen(None)).glyph() for name in (".notdef", "x")}
        )
    builder.setupHorizontalMetrics({".notdef": (600, 0), "x": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(version=4, sxHeight=x_height, sCapHeight=700, fsType=fs_type)
    builder.setupPost()
    if variable:
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    path = folder / "Tiny.ttf"
    builder.save(path)
    relock(path, path.read_bytes(), family)
    return path


def square(pen: Any) -> Any:  # any pen of fontTools, which has no types
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen


def without_table(data: bytes, tag: bytes) -> bytes:
    """Return the font with the table renamed, so that nothing finds it."""
    (count,) = struct.unpack_from(">H", data, 4)
    for entry in range(12, 12 + 16 * count, 16):
        if data[entry : entry + 4] == tag:
            return data[:entry] + b"ZZZZ" + data[entry + 4 :]
    raise AssertionError(tag)
