"""Type roles, colours and the logo: the numbers of the page design."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from handouts.languages import language
from handouts.layout import palette_for
from handouts.layout.logo import read_logo
from handouts.layout.theme import ROLES, Scale

LATIN = Scale(12.0, 4.2, language("en").typography)


@pytest.mark.parametrize(
    ("role", "size", "leading"),
    [
        ("title", 24.96, 1.16),
        ("h2", 15.84, 1.25),
        ("h3", 12.96, 1.35),
        ("key", 13.92, 1.32),
        ("emergency", 15.0, 1.30),
        ("body", 12.0, 1.40),
        ("table", 12.0, 1.33),
        ("audience", 12.0, 1.35),
        ("phone", 21.0, 1.20),
        ("footer", 9.0, 1.40),
    ],
)
def test_latin_roles_are_the_designs(role: str, size: float, leading: float) -> None:
    assert role in ROLES
    metrics = LATIN.metrics(role)  # type: ignore[arg-type]  # asserted above
    assert metrics.size_pt == pytest.approx(size)
    assert metrics.leading_pt == pytest.approx(size * leading)


def test_ink_stands_in_the_middle_of_its_line() -> None:
    metrics = LATIN.metrics("body")
    sizes = language("en").typography
    above = metrics.baseline_pt - sizes.ink_high * 12
    below = metrics.leading_pt - metrics.baseline_pt + sizes.ink_low * 12
    assert above == pytest.approx(below)
    assert above + LATIN.ink_pt("body") + below == pytest.approx(metrics.leading_pt)


def luminance(color: str) -> float:
    """Return WCAG 2.2's relative luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ink", ["colour", "mono"])
def test_every_text_has_contrast_of_seven_to_one(ink: str) -> None:
    palette = palette_for(ink=ink)
    pairs = [
        (palette.ink, palette.white), (palette.ink, palette.sand),
        (palette.brand, palette.white), (palette.brand, palette.sand),
        (palette.white, palette.red), (palette.white, palette.brand),
    ]  # fmt: skip
    for text, ground in pairs:
        light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 7


def test_clinics_brand_replaces_ours() -> None:
    assert palette_for(brand="#004488").brand == "#004488"
    assert palette_for(ink="mono", brand="#004488").brand == "#000000"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("pixels", "size"), [((920, 100), (92.0, 10.0)), ((100, 340), (10.0, 34.0))]
)
def test_logo_is_scaled_whole_into_its_place(
    kind: str, pixels: tuple[int, int], size: tuple[float, float]
) -> None:
    data = io.BytesIO()
    Image.new("RGB", pixels).save(data, kind)
    logo = read_logo(data.getvalue())
    assert logo is not None
    assert (logo.width_pt, logo.height_pt) == pytest.approx(size)


@pytest.mark.parametrize("data", [None, b"", b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n"])
def test_what_is_no_logo_is_left_out(data: bytes | None) -> None:
    assert read_logo(data) is None
