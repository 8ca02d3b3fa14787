"""Fonts: folders locked by `fonts.toml` → verified faces.

A leaf. Text shapes with these faces, layout measures with them and pdf embeds them;
none of them opens a font file itself. A file is used only if its bytes are those of
the lock: a changed font would move lines, or leave letters out, in a medical text.

Metrics are font units (`upem` to the em) with the y axis up, as in the font file.
"""

from __future__ import annotations

import hashlib
import re
import struct
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Final, TypedDict

import uharfbuzz as hb

__all__ = [
    "BOLD",
    "LOCK_NAME",
    "REGULAR",
    "Face",
    "FontError",
    "FontLibrary",
    "FontRecord",
    "builtin_fonts_dir",
    "read_lock",
]

REGULAR: Final = 400
BOLD: Final = 700
LOCK_NAME: Final = "fonts.toml"
MAX_LOCK_BYTES: Final = 1 << 20
"""The lock of 59 fonts has 30 kB; a file above this is not a lock."""
MAX_FONT_BYTES: Final = 1 << 26
"""The largest font here has 11 MB; a lock that names more than 64 MiB is refused."""

_STYLES: Final = {REGULAR: "Regular", BOLD: "Bold"}
_ROLES: Final = ("main", "alt")
_TRUETYPE: Final = (b"\0\1\0\0", b"true")  # first bytes of a single TrueType font
_DEFAULT_X_HEIGHT_EM: Final = 0.536
"""x-height of Noto Sans, for a face that has neither the number nor an `x`."""

# Bits of the flags of a PDF font descriptor (named alike in ReportLab's ttfonts).
_FLAG_FIXED_PITCH: Final = 1 << 0
_FLAG_SYMBOLIC: Final = 1 << 2
_FLAG_ITALIC: Final = 1 << 6

# Characters that are never drawn: controls, line and paragraph separator, and what
# Unicode calls Default_Ignorable_Code_Point (joiners, bidi marks, variation selectors).
# HarfBuzz hides them where a font lacks them, so they do not count as missing.
_UNDRAWN: Final = re.compile(
    "[\0-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class FontError(Exception):
    """A font or a font lock cannot be used; the message is ready for a diagnostic.

    `code` is one of `font-changed`, `font-missing`, `font-variable`,
    `font-not-truetype`, `font-embedding`, `font-unknown`, `font-lock-invalid`.
    """

    def __init__(self, message: str, *, code: str, file: Path | None, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.file = file
        self.hint = hint


@dataclass(frozen=True, slots=True, kw_only=True)
class FontRecord:
    """One entry of `fonts.toml`: one font file and where it came from.

    `script` is ISO 15924; `role` is `main` (the default of its script) or `alt` (a
    choice); `file` and `licence_file` are relative to the lock's folder, with `/`;
    `integrity` is the sha512 of the source package as npm writes it.
    """

    family: str
    weight: int
    script: str
    role: str
    file: str
    version: str
    size: int
    sha256: str
    licence: str
    licence_file: str
    package: str
    package_version: str
    integrity: str

    @property
    def key(self) -> str:
        """Name of the face in PDF and caches, such as `NotoSans-Bold`."""
        return f"{re.sub('[^A-Za-z0-9]', '', self.family)}-{_STYLES[self.weight]}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """One opened and verified font: read-only, shared, compared by identity.

    `ascender` and `descender` (negative) are those of hhea, `bbox` is
    (x_min, y_min, x_max, y_max); `italic_angle` is in degrees, `stem_v` in 1/1000 em
    and a guess from the weight, `flags` those of a PDF font descriptor for a face
    addressed by glyph id. `data` are the bytes of the file, which HarfBuzz shares.
    """

    key: str
    family: str
    weight: int
    sha256: str
    upem: int
    x_height: int
    cap_height: int
    ascender: int
    descender: int
    bbox: tuple[int, int, int, int]
    italic_angle: float
    stem_v: int
    flags: int
    glyph_count: int
    data: bytes = field(repr=False)
    hb_face: hb.Face = field(repr=False)
    hb_font: hb.Font = field(repr=False)
    _unicodes: hb.Set = field(repr=False)

    def advance(self, gid: int) -> int:
        """Return the nominal width of glyph `gid` in font units; 0 past the last."""
        return int(self.hb_font.get_glyph_h_advance(gid))

    def covers(self, codepoint: int) -> bool:
        """Return True if the face maps `codepoint` to a glyph."""
        return codepoint in self._unicodes


class FontLibrary:
    """Verified access to font folders: the project's own first, then the built-in ones.

    Opening reads only the locks; a font file is read when it is first asked for.
    """

    def __init__(
        self, entries: Mapping[tuple[str, int], tuple[FontRecord, Path]]
    ) -> None:
        """Take the record and the folder of each (family, weight); see `open`."""
        self._entries = dict(sorted(entries.items()))
        self._faces: dict[tuple[str, int], Face] = {}

    @classmethod
    def open(cls, folders: Sequence[Path]) -> FontLibrary:
        """Return the fonts of `folders`; the first that names a (family, weight) wins.

        A folder without `fonts.toml` is passed over.

        Raises:
            FontError: `font-lock-invalid`, for the first lock that is not sound.
        """
        entries: dict[tuple[str, int], tuple[FontRecord, Path]] = {}
        owners: dict[str, str] = {}  # of each key: its family
        for folder in folders:
            lock = folder / LOCK_NAME
            for record in read_lock(lock) if lock.is_file() else ():
                if (
                    owner := owners.setdefault(record.key, record.family)
                ) != record.family:
                    raise _lock_error(lock, f"`{record.family}` is too like `{owner}`")
                entries.setdefault((record.family, record.weight), (record, folder))
        return cls(entries)

    @cached_property
    def records(self) -> tuple[FontRecord, ...]:
        """Every font that can be asked for, by family and weight."""
        return tuple(record for record, _ in self._entries.values())

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The names of the families, sorted."""
        return tuple(dict.fromkeys(family for family, _ in self._entries))

    def record(self, family: str, weight: int) -> FontRecord | None:
        """Return the lock entry of exactly this weight, or None."""
        entry = self._entries.get((family, weight))
        return entry[0] if entry else None

    def path(self, record: FontRecord) -> Path:
        """Return where the file of one of this library's records lies."""
        return self._entries[record.family, record.weight][1] / record.file

    def face(self, family: str, weight: int) -> Face:
        """Return the face of `family` in `weight`, or its Regular if it lacks that.

        Raises:
            FontError: `font-unknown`, or what is wrong with the file: `font-missing`,
                `font-changed`, `font-not-truetype`, `font-variable`, `font-embedding`.
        """
        face = self._faces.get((family, weight))
        if face is None:
            face = self._faces[family, weight] = self._opened(family, weight)
        return face

    def chain(self, families: Sequence[str], weight: int) -> tuple[Face, ...]:
        """Return the faces of a fallback chain, in its order.

        Raises:
            FontError: as `face`.
        """
        return tuple(self.face(family, weight) for family in families)

    def missing(
        self, text: Iterable[str], families: Sequence[str], weight: int = REGULAR
    ) -> tuple[str, ...]:
        """Return the characters of `text` that no face of the chain covers, sorted.

        Characters that are never drawn do not count: controls, joiners, bidi marks,
        variation selectors.

        Raises:
            FontError: as `face`; later families are opened only if needed.
        """
        left = {char for part in text for char in _UNDRAWN.sub("", part)}
        for family in families:
            if not left:
                break
            face = self.face(family, weight)
            left = {char for char in left if not face.covers(ord(char))}
        return tuple(sorted(left))

    def _opened(self, family: str, weight: int) -> Face:
        entry = self._entries.get((family, weight)) or self._entries.get(
            (family, REGULAR)
        )
        if entry is None:
            raise self._unknown(family)
        record, folder = entry
        return _open_face(folder / record.file, record)

    def _unknown(self, family: str) -> FontError:
        import difflib  # noqa: PLC0415  # 7 ms that only a mistake should cost

        close = difflib.get_close_matches(family, self.families, n=1)
        hint = f"did you mean `{close[0]}`?" if close else f"add it to `{LOCK_NAME}`"
        return FontError(
            f"no font folder has the family `{family}`",
            code="font-unknown",
            file=None,
            hint=hint,
        )


def builtin_fonts_dir() -> Path:
    """Return the folder of the fonts that come with the program.

    In a checkout that is `fonts/` beside the package, which has every font; in an
    installed wheel it lies inside the package and lacks the CJK files.
    """
    package = Path(__file__).resolve().parent
    checkout = package.parent / "fonts"
    if (checkout / LOCK_NAME).is_file():
        return checkout
    return package / "_data" / "fonts"


# --- the lock -------------------------------------------------------------------------


def read_lock(path: Path) -> tuple[FontRecord, ...]:
    """Return the entries of a `fonts.toml`, in its order.

    Raises:
        FontError: `font-lock-invalid`: not UTF-8 TOML, an unknown, missing or
            impossible value, a path out of the folder, the same face twice.
    """
    records = tuple(
        _record(path, number, entry) for number, entry in enumerate(_lock_entries(path))
    )
    seen: dict[str, int] = {}
    for number, record in enumerate(records):
        if record.key in seen:
            raise _lock_error(path, f"$.font[{number}] is `{record.key}` a second time")
        seen[record.key] = number
    return records


def _lock_entries(path: Path) -> Sequence[object]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_LOCK_BYTES + 1)
        if len(raw) > MAX_LOCK_BYTES:
            raise _lock_error(path, f"file is larger than {MAX_LOCK_BYTES} bytes")
        content = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        raise _lock_error(path, f"file cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # TOML, UTF-8, digits of an integer
        raise _lock_error(path, f"file is not TOML: {error}") from error
    entries = content.pop("font", [])
    if content:
        raise _lock_error(path, f"unknown key `{min(content)}`")
    if not isinstance(entries, list):
        raise _lock_error(path, "`font` is not an array of tables")
    return entries


def _record(path: Path, number: int, entry: object) -> FontRecord:
    place = f"$.font[{number}]"
    if not isinstance(entry, dict):
        raise _lock_error(path, f"{place} is not a table")
    kinds = {f.name: int if f.type == "int" else str for f in fields(FontRecord)}
    if odd := sorted(entry.keys() - kinds.keys()):
        raise _lock_error(path, f"{place} has the unknown key `{odd[0]}`")
    for name, kind in kinds.items():
        if name not in entry:
            raise _lock_error(path, f"{place} lacks `{name}`")
        if type(entry[name]) is not kind:  # bool is an int to isinstance
            raise _lock_error(path, f"{place}.{name} is not {_KIND_WORDS[kind]}")
    record = FontRecord(**entry)
    if wrong := _impossible(record):
        raise _lock_error(path, f"{place}.{wrong} is invalid: `{getattr(record, wrong)}`")
    return record


_KIND_WORDS: Final = {int: "an integer", str: "a string"}


def _impossible(record: FontRecord) -> str | None:
    """Return the name of the first field whose value cannot be."""
    sound = {
        # ASCII, because the key is made from it and goes into the PDF as a name.
        "family": re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 -]{0,62}", record.family),
        "weight": record.weight in _STYLES,
        "script": re.fullmatch(r"[A-Z][a-z]{3}", record.script),
        "role": record.role in _ROLES,
        "file": _stays_inside(record.file),
        "size": 0 < record.size <= MAX_FONT_BYTES,
        "sha256": re.fullmatch(r"[0-9a-f]{64}", record.sha256),
        "licence_file": _stays_inside(record.licence_file),
    }
    return next((name for name, fine in sound.items() if not fine), None)


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and not set(name) & set("\\:\0")  # a Windows path, or no path at all
    )


def _lock_error(path: Path, message: str) -> FontError:
    return FontError(
        message,
        code="font-lock-invalid",
        file=path,
        hint=f"`python fonts/lock.py --folder {path.parent}` writes this file",
    )


# --- the font file --------------------------------------------------------------------


@cache  # once a process, however many libraries are opened
def _open_face(path: Path, record: FontRecord) -> Face:
    # HarfBuzz gets the very bytes that were hashed: a file mapped into memory could
    # change after the check.
    data = _verified_bytes(path, record)
    if data[:4] not in _TRUETYPE:
        raise _font_error(path, "font-not-truetype", "font is not a single TrueType font")
    hb_face = hb.Face(hb.Blob(data))
    _refuse_unusable(path, hb_face)
    hb_font = hb.Font(hb_face)
    return Face(
        key=record.key,
        family=record.family,
        weight=record.weight,
        sha256=record.sha256,
        data=data,
        hb_face=hb_face,
        hb_font=hb_font,
        _unicodes=hb_face.unicodes,
        upem=hb_face.upem,
        glyph_count=hb_face.glyph_count,
        **_metrics(path, hb_face, hb_font),
    )


def _verified_bytes(path: Path, record: FontRecord) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(record.size + 1)  # one more shows a longer file
    except FileNotFoundError as error:
        raise _font_error(path, "font-missing", "font file is missing") from error
    except OSError as error:
        raise _font_error(
            path, "font-missing", f"font file cannot be read: {error.strerror}"
        ) from error
    if len(data) != record.size or hashlib.sha256(data).hexdigest() != record.sha256:
        raise _font_error(
            path, "font-changed", f"font file is not the one that `{LOCK_NAME}` records"
        )
    return data


def _refuse_unusable(path: Path, hb_face: hb.Face) -> None:
    tags = set(hb_face.table_tags)
    if "fvar" in tags:
        # Its default master would be printed in silence, Thin for CJK and Hebrew.
        raise _font_error(path, "font-variable", "font is variable (it has `fvar`)")
    if "glyf" not in tags:
        raise _font_error(
            path, "font-not-truetype", "font has no TrueType outlines (`glyf`)"
        )
    (fs_type,) = struct.unpack_from(">H", _table(path, hb_face, "OS/2", 78), 8)
    if fs_type != 0:
        raise _font_error(
            path, "font-embedding", f"font restricts embedding (fsType {fs_type})"
        )


class _Metrics(TypedDict):
    """The fields of `Face` that are read from the font's tables."""

    x_height: int
    cap_height: int
    ascender: int
    descender: int
    bbox: tuple[int, int, int, int]
    italic_angle: float
    stem_v: int
    flags: int


def _metrics(path: Path, hb_face: hb.Face, hb_font: hb.Font) -> _Metrics:
    # Byte offsets: head bbox 36; hhea ascender 4; post angle 4, fixed pitch 12; OS/2
    # version 0, weight 4, x-height 86 and cap height 88 from version 2 on. The tests
    # hold them against fontTools.
    head = _table(path, hb_face, "head", 54)
    hhea = _table(path, hb_face, "hhea", 36)
    post = _table(path, hb_face, "post", 32)
    os2 = _table(path, hb_face, "OS/2", 78)
    ascender, descender = struct.unpack_from(">hh", hhea, 4)
    angle, fixed_pitch = struct.unpack_from(">i4xI", post, 4)
    version, weight = struct.unpack_from(">H2xH", os2, 0)
    has_heights = version >= 2 and len(os2) >= 90
    x_height, cap_height = struct.unpack_from(">hh", os2, 86) if has_heights else (0, 0)
    italic = _FLAG_ITALIC if angle else 0
    fixed = _FLAG_FIXED_PITCH if fixed_pitch else 0
    return {
        "x_height": x_height if x_height > 0 else _measured_x_height(hb_face, hb_font),
        "cap_height": cap_height if cap_height > 0 else ascender,
        "ascender": ascender,
        "descender": descender,
        "bbox": struct.unpack_from(">4h", head, 36),
        "italic_angle": angle / 65536,  # 16.16 fixed point
        "stem_v": 50 + (weight * weight) // (65 * 65),  # ReportLab's ttfonts guess alike
        "flags": _FLAG_SYMBOLIC | italic | fixed,
    }


def _measured_x_height(hb_face: hb.Face, hb_font: hb.Font) -> int:
    gid = hb_font.get_nominal_glyph(ord("x"))
    extents = hb_font.get_glyph_extents(gid) if gid else None
    if extents and extents.y_bearing > 0:
        return int(extents.y_bearing)
    return round(_DEFAULT_X_HEIGHT_EM * int(hb_face.upem))


def _table(path: Path, hb_face: hb.Face, tag: str, least_bytes: int) -> bytes:
    data = bytes(hb_face.reference_table(tag).data)
    if len(data) < least_bytes:
        raise _font_error(
            path, "font-not-truetype", f"font table `{tag}` is missing or damaged"
        )
    return data


_FONT_HINTS: Final = {
    "font-missing": "restore the file with `git checkout`; an installed wheel carries no "
    "Chinese, Japanese or Korean fonts: use a checkout for those",
    "font-changed": "restore the file with `git checkout`, or run `python fonts/lock.py` "
    "if the change is meant",
    "font-variable": "use the static Regular and Bold files of the family",
    "font-not-truetype": "use a `.ttf` with TrueType outlines",
    "font-embedding": "use a font that may be embedded, such as one under OFL-1.1",
}


def _font_error(path: Path, code: str, message: str) -> FontError:
    return FontError(message, code=code, file=path, hint=_FONT_HINTS[code])
