"""The clinic's colour and logo: what cannot print well is refused with its figures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from handouts.config import Settings, load_settings
from handouts.config.style import contrast, grey_k
from handouts.diagnostics import Diagnostic, Sink


def load(folder: Path, source: str) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    (folder / "handouts.toml").write_text(source, encoding="utf-8")
    sink = Sink()
    return load_settings(folder, sink), sink.diagnostics


@pytest.mark.parametrize(
    ("color", "ground", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#0B4858", "#FFFFFF", 10.1),
        ("#0B4858", "#F6F1E6", 9.0),
        ("#8C1418", "#FFFFFF", 9.4),
        ("#FFCF4D", "#000000", 14.3),
    ],
)
def test_contrast_is_that_of_the_design(color: str, ground: str, ratio: float) -> None:
    assert contrast(color, ground) == pytest.approx(ratio, abs=0.06)
    assert contrast(ground, color) == contrast(color, ground)


@pytest.mark.parametrize(
    ("color", "k"),
    [("#000000", 100), ("#ffffff", 0), ("#0B4858", 74), ("#8C1418", 73), ("#FFCF4D", 17)],
)
def test_grey_is_that_of_the_design(color: str, k: int) -> None:
    assert grey_k(color) == pytest.approx(k, abs=0.6)


@pytest.mark.parametrize(
    ("brand", "code", "message"),
    [
        (
            "#777777",
            "brand-contrast",
            "`$.style.brand` is `#777777`, which is too light: 4.48:1 on white (7:1 is "
            "needed), 3.98:1 on the title band (7:1 is needed), 53 % black in grey "
            "(65 % is needed)",
        ),
        (
            "#565656",
            "brand-contrast",
            "`$.style.brand` is `#565656`, which is too light: 6.52:1 on the title band "
            "(7:1 is needed)",
        ),
        ("red", "invalid-color", "`$.style.brand` is `red`, which is no colour"),
        ("#12345", "invalid-color", "`$.style.brand` is `#12345`, which is no colour"),
    ],
)
def test_brand_that_cannot_be_read_is_an_error(
    tmp_path: Path, brand: str, code: str, message: str
) -> None:
    settings, (found,) = load(tmp_path, f'[style]\nbrand = "{brand}"\n')
    assert settings is None
    assert (found.code, found.message) == (code, message)


def picture(size: tuple[int, int], kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#0b4858").save(file, kind)
    return file.getvalue()


def claims(width: int, height: int) -> bytes:
    """Return a tiny PNG whose header claims a picture of that size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


def with_logo(folder: Path, data: bytes, name: str = "logo.png") -> str:
    (folder / name).write_bytes(data)
    return f'[clinic]\nlogo = "{name}"\n'


@pytest.mark.parametrize(("kind", "word"), [("PNG", "png"), ("JPEG", "jpeg")])
def test_logo_is_known_by_its_bytes(tmp_path: Path, kind: str, word: str) -> None:
    source = with_logo(tmp_path, picture((400, 120), kind), "logo.bin")
    settings, diagnostics = load(tmp_path, source)
    assert diagnostics == ()
    assert settings is not None
    logo = settings.clinic.logo
    assert logo is not None
    assert (logo.kind, logo.width_px, logo.height_px) == (word, 400, 120)
    assert logo.path == (tmp_path / "logo.bin").resolve()


def test_coarse_logo_is_a_warning(tmp_path: Path) -> None:
    settings, (found,) = load(tmp_path, with_logo(tmp_path, picture((150, 40))))
    assert settings is not None
    assert not found.is_error
    assert found.message == (
        "`$.clinic.logo` names `logo.png` of 150 by 40 pixels: 117 to the inch"
    )
    assert found.hint == "save it with 200 to the inch: 256 pixels wide or 95 high"


def test_no_logo_is_no_finding(tmp_path: Path) -> None:
    settings, diagnostics = load(tmp_path, '[clinic]\nlogo = " "\n')
    assert settings is not None
    assert settings.clinic.logo is None
    assert diagnostics == ()


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (
            b"GIF89a" + b"\0" * 50,
            "logo-type",
            "names `logo.png`, which is neither PNG nor JPEG",
        ),
        (b"", "logo-type", "names `logo.png`, which is neither PNG nor JPEG"),
        (
            picture((400, 120))[:200],
            "logo-damaged",
            "names `logo.png`, which is damaged",
        ),
        (
            b"\xff\xd8\xff\xe0 nothing",
            "logo-damaged",
            "names `logo.png`, which is damaged",
        ),
        (
            claims(60000, 60000),
            "logo-too-large",
            "names `logo.png`, which unpacks to far too many pixels",
        ),
        (
            claims(4001, 200),
            "logo-too-large",
            "names `logo.png` of 4001 by 200 pixels; 4000 a side at most",
        ),
        (
            picture((400, 120)) + b"\0" * (2 << 20),
            "logo-too-large",
            "names `logo.png`, which has more than 2 MiB",
        ),
    ],
)
def test_logo_that_cannot_be_used_is_an_error(
    tmp_path: Path, data: bytes, code: str, message: str
) -> None:
    settings, (found,) = load(tmp_path, with_logo(tmp_path, data))
    assert settings is None
    assert (found.code, found.message) == (code, f"`$.clinic.logo` {message}")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("'../logo.png'", "logo-outside"),
        ("'/etc/hostname'", "logo-outside"),
        ("'link.png'", "logo-outside"),
        ("'none.png'", "logo-missing"),
        ("'.'", "logo-missing"),
        ('"a\\u0000b"', "logo-missing"),
        ("'loop.png'", "logo-missing"),
        ("3", "wrong-type"),
    ],
)
def test_logo_stays_inside_the_project(tmp_path: Path, value: str, code: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "logo.png").write_bytes(picture((400, 120)))
    (project / "link.png").symlink_to(tmp_path / "logo.png")
    (project / "loop.png").symlink_to(project / "loop.png")
    settings, (found,) = load(project, f"[clinic]\nlogo = {value}\n")
    assert settings is None
    assert found.code == code
