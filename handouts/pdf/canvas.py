"""ReportLab's canvas behind types: the only module that names ReportLab.

Operators and `EmbeddedFont`s in; an uncompressed PDF out (`save.py` compresses it).
ReportLab owns the objects, the pages and the pictures; text never goes through its
fonts, so no standard font is named in the file. The private names this relies on are
held by `tests/pdf/test_reportlab_names.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from PIL import Image, ImageOps
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from handouts.pdf.embedded import EmbeddedFont
from handouts.pdf.numbers import decimal
from handouts.pdf.paint import Link

__all__ = ["PdfCanvas", "PictureError"]

PDF_VERSION: Final = (1, 7)
MAX_PIXELS: Final = 40_000_000
"""A logo of A4 at 600 dpi has 35 million; more is an accident or an attack."""
_PRINT: Final = 1 << 2
"""Bit 3 of an annotation's flags: print it (ISO 32000-1 table 165; ISO 19005 asks)."""
# RFC 3986 reserved and unreserved characters and `%` stay; the rest is percent-encoded.
_URI_SAFE: Final = ":/?#[]@!$&'()*+,;=-._~%"


class PictureError(ValueError):
    """The bytes of a picture are not a sound PNG or JPEG; the text says why."""


class _BareCanvas(canvas.Canvas):  # type: ignore[misc]  # ReportLab ships no types
    """A canvas that opens no font: ReportLab's own names Helvetica on every page."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class PdfCanvas:
    """A document in the making: `begin_page`, paint, `end_page`, and so on; `finish`."""

    def __init__(self, *, lang: str) -> None:
        # Process-wide, and every use here wants it: binary streams, not ASCII ones.
        rl_config.useA85 = 0
        self._canvas = _BareCanvas(
            BytesIO(), pageCompression=0, invariant=1, lang=lang, pdfVersion=PDF_VERSION
        )
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        # No /Direction: with R2L, PDFium gives every Latin line and phone number back
        # in the wrong order (docs/decisions/0005).
        self.has_pictures = False

    def begin_page(self, width_pt: float, height_pt: float) -> list[str]:
        """Open a page; the list takes its operators, in painting order."""
        # ReportLab writes the media box by repr: at most 3 decimals, please.
        self._canvas.setPageSize((round(width_pt, 3), round(height_pt, 3)))
        operators: list[str] = self._canvas._code
        return operators

    def picture(
        self, data: bytes, x_pt: float, y_pt: float, width_pt: float, height_pt: float
    ) -> None:
        """Paint a PNG or JPEG with its lower left corner at (x, y), y up.

        Raises:
            PictureError: as `_image`.
        """
        self.has_pictures = True
        self._canvas.drawImage(ImageReader(_image(data)), x_pt, y_pt, width_pt, height_pt)

    def end_page(self, links: Iterable[Link]) -> None:
        """Close the page, with its link annotations in reading order."""
        for link in links:
            self._canvas._addAnnotation(_LinkObject(link))
        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]
        page.Trans = None  # an empty one, else
        # As bytes it is written as it is, not looked up in ReportLab's encoding.
        page.stream = page.stream.encode("ascii")

    def finish(self, fonts: Iterable[EmbeddedFont]) -> bytes:
        """Return the document, with `fonts` as the resources of every page."""
        self._canvas._doc.delayedFonts.extend(map(_FontObjects, fonts))
        document: bytes = self._canvas._doc.GetPDFData(self._canvas)
        return document


def _image(data: bytes) -> Any:  # noqa: ANN401  # what ImageReader takes: no types
    """Return what ReportLab can embed without a mask: JPEG bytes or an opaque picture.

    Raises:
        PictureError: `data` is no PNG or JPEG, is damaged, or has too many pixels.
    """
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                raise PictureError(f"picture has {image.width} x {image.height} pixels")
            image.load()
            if image.format == "JPEG" and image.mode in ("L", "RGB") and _upright(image):
                return BytesIO(data)  # as it is: decoding it again would only lose
            return _on_white(ImageOps.exif_transpose(image))
    except _DAMAGE as error:
        raise PictureError(f"picture is not a sound PNG or JPEG: {error}") from error


# Pillow reports damage by any of these; the warning where warnings are errors.
_DAMAGE: Final = (
    OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def _upright(image: Image.Image) -> bool:
    return bool(image.getexif().get(0x0112, 1) == 1)  # Exif tag Orientation


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in RGB, laid on white: paper, and PDF/A without groups."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(white, layer).convert("RGB")


class _LinkObject(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab ships no types
    """A link annotation: ReportLab's own lets neither /Contents nor a plain /A in."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def format(self, document: Any) -> bytes:  # noqa: ANN401  # ReportLab's document
        uri = quote(self._link.href, safe=_URI_SAFE)
        action = {"S": "/URI", "URI": pdfdoc.PDFString(uri)}
        entries = {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pdfdoc.PDFArray([round(number, 2) for number in self._link.rect]),
            "Border": "[0 0 0]",
            "F": _PRINT,
            "Contents": pdfdoc.PDFString(self._link.href),
            "A": pdfdoc.PDFDictionary(action),
        }
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


class _FontObjects:
    """The objects of one embedded font; ReportLab asks for them when it saves."""

    def __init__(self, font: EmbeddedFont) -> None:
        self._font = font

    def addObjects(self, document: Any) -> None:  # noqa: ANN401, N802  # its name
        """Add the font to `document` and to the fonts that all its pages share."""
        font = self._font
        program, name = font.program(), font.base_name()
        outlines = _stream(program)
        outlines.dictionary["Length1"] = len(program)
        descriptor = _Written(_descriptor(font, name, _reference(outlines, document)))
        descendant = _Written(
            f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo "
            "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
            f"/CIDToGIDMap /Identity /DW 1000 /W {font.widths()} "
            f"/FontDescriptor {_reference(descriptor, document)}>>"
        )
        font_object = _Written(
            f"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{_reference(descendant, document)}] "
            f"/ToUnicode {_reference(_stream(font.to_unicode()), document)}>>"
        )
        shared = document.idToObject["BasicFonts"].dict
        shared[font.name] = document.Reference(font_object)


def _descriptor(font: EmbeddedFont, name: str, outlines: str) -> str:
    face = font.face
    return (
        f"<</Type /FontDescriptor /FontName /{name} /Flags {face.flags} "
        f"/FontBBox [{' '.join(map(font.thousandths, face.bbox))}] "
        f"/ItalicAngle {decimal(face.italic_angle, 1000)} "
        f"/Ascent {font.thousandths(face.ascender)} "
        f"/Descent {font.thousandths(face.descender)} "
        f"/CapHeight {font.thousandths(face.cap_height)} "
        f"/StemV {face.stem_v} /FontFile2 {outlines}>>"
    )


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab ships no types
    """An object that is written already: of a long one ReportLab formats every part."""

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, document: Any) -> bytes:  # noqa: ANN401, ARG002  # ReportLab's document
        return self._text.encode("ascii")


def _reference(written: Any, document: Any) -> str:  # noqa: ANN401  # ReportLab objects
    """Add an object to `document`; return the reference to it."""
    reference: bytes = document.Reference(written).format(document)
    return reference.decode("ascii")


def _stream(content: bytes) -> Any:  # noqa: ANN401  # a ReportLab object
    return pdfdoc.PDFStream(content=content)
