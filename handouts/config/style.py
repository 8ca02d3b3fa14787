"""The clinic's look, checked: its colour and its logo."""

from __future__ import annotations

import io
import math
import re
from pathlib import Path
from typing import Final, Literal

from handouts.config.model import Logo
from handouts.config.reading import Reading, SettingError, type_word
from handouts.diagnostics import printable

__all__ = ["contrast", "grey_k", "read_brand", "read_logo"]

MIN_CONTRAST: Final = 7.0
"""WCAG 2, success criterion 1.4.6 (AAA), for text of every size."""
MIN_GREY_K: Final = 65.0
"""Percent of black that is left of the colour in greyscale, to stay darker than amber."""
_GROUNDS: Final = (("white", "#ffffff"), ("the title band", "#f6f1e6"))

MAX_LOGO_BYTES: Final = 2 << 20
MAX_LOGO_PX: Final = 4000
MIN_LOGO_DPI: Final = 200
_LOGO_BOX_PT: Final = (92.0, 34.0)
"""The room that the clinic line keeps for the logo, width and height."""
_MAGIC: Final[tuple[tuple[bytes, Literal["png", "jpeg"]], ...]] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)


def _luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, ground: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(color), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grey_k(color: str) -> float:
    """Return the percent of black of `#rrggbb` when it is printed in greyscale."""
    luminance = _luminance(color)
    encoded = 12.92 * luminance
    if luminance > 0.0031308:
        encoded = 1.055 * math.pow(luminance, 1 / 2.4) - 0.055
    return 100 * (1 - encoded)


def read_brand(value: object, _: Reading) -> str:
    """Read `#rrggbb`; it must be dark enough for text and for greyscale."""
    if not isinstance(value, str) or not re.fullmatch("#[0-9A-Fa-f]{6}", value):
        shown = f"`{printable(value)[:40]}`" if isinstance(value, str) else "no text"
        message = f"is {shown}, which is no colour"
        raise SettingError("invalid-color", message, 'write "#rrggbb", such as "#0b4858"')
    color = value.lower()
    faults = [
        f"{ratio:.2f}:1 on {name} ({MIN_CONTRAST:g}:1 is needed)"
        for name, ground in _GROUNDS
        if (ratio := contrast(color, ground)) < MIN_CONTRAST
    ]
    if (grey := grey_k(color)) < MIN_GREY_K:
        faults.append(f"{grey:.0f} % black in grey ({MIN_GREY_K:g} % is needed)")
    if faults:
        message = f"is `{color}`, which is too light: {', '.join(faults)}"
        raise SettingError("brand-contrast", message, "take a darker shade of it")
    return color


def read_logo(value: object, reading: Reading) -> Logo | None:
    """Read the path of a PNG or JPEG inside the project folder; open it once."""
    if not isinstance(value, str):
        raise SettingError("wrong-type", f"is {type_word(value)}, not a text")
    if not value.strip():
        return None
    shown = printable(value)
    path = _inside(reading.project, value, shown)
    data = _bytes(path, shown)
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is None:
        raise SettingError(
            "logo-type",
            f"names `{shown}`, which is neither PNG nor JPEG",
            "save the logo as PNG",
        )
    width, height = _size(data, shown)
    dots = 72 * max(width / _LOGO_BOX_PT[0], height / _LOGO_BOX_PT[1])
    if dots < MIN_LOGO_DPI:
        reading.warn(
            "logo-coarse",
            f"names `{shown}` of {width} by {height} pixels: {dots:.0f} to the inch",
            f"save it with {MIN_LOGO_DPI} to the inch: 256 pixels wide or 95 high",
        )
    return Logo(path=path, kind=kind, width_px=width, height_px=height)


def _inside(project: Path, value: str, shown: str) -> Path:
    """Return the file's path, links followed; it must lie in the project folder."""
    try:
        path = (project / value).resolve()
        is_inside = path.is_relative_to(project.resolve())
        is_file = path.is_file()
    except (OSError, RuntimeError, ValueError) as error:  # NUL, a loop of links
        raise SettingError(
            "logo-missing", f"is `{shown}`, which is no usable path"
        ) from error
    if not is_inside:
        raise SettingError(
            "logo-outside",
            f"is `{shown}`, which lies outside the project folder",
            "copy the logo into the project folder and write its relative path",
        )
    if not is_file:
        raise SettingError("logo-missing", f"is `{shown}`, which is no file")
    return path


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LOGO_BYTES + 1)
    except OSError as error:
        message = f"names `{shown}`, which cannot be read: {error.strerror}"
        raise SettingError("logo-missing", message) from error
    if len(data) > MAX_LOGO_BYTES:
        message = f"names `{shown}`, which has more than {MAX_LOGO_BYTES >> 20} MiB"
        raise SettingError("logo-too-large", message, "save it smaller")
    return data


def _size(data: bytes, shown: str) -> tuple[int, int]:
    """Return width and height in pixels of a picture that is whole.

    The size comes from the header, before a pixel is unpacked: a small file can claim
    a picture that fills the memory.
    """
    import warnings  # noqa: PLC0415  # with Pillow, only where a logo is set

    from PIL import Image  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                width, height = image.size
                if max(width, height) <= MAX_LOGO_PX:
                    image.load()
    except Image.DecompressionBombError as error:
        message = f"names `{shown}`, which unpacks to far too many pixels"
        raise SettingError("logo-too-large", message, "save it smaller") from error
    except Exception as error:  # Pillow raises nearly anything
        message = f"names `{shown}`, which is damaged"
        raise SettingError("logo-damaged", message, "save the logo again") from error
    if max(width, height) > MAX_LOGO_PX:
        message = (
            f"names `{shown}` of {width} by {height} pixels; {MAX_LOGO_PX} a side at most"
        )
        raise SettingError("logo-too-large", message, "save it smaller")
    return width, height
