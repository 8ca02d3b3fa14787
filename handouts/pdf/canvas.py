"""ReportLab's canvas behind types: the only module that names ReportLab.

Operators and `EmbeddedFont`s in, a PDF out. ReportLab owns the catalog, the pages, the
pictures and the links; what there is much of is written as text beside it, and the file
is put together by `file.py`. Text never goes through ReportLab's fonts, so no standard
font is named in the file. The private names this relies on are held by
`tests/pdf/test_reportlab_names.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from PIL import Image, ImageOps
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from handouts.pdf.archive import add_archive
from handouts.pdf.embedded import EmbeddedFont
from handouts.pdf.file import FileObjects
from handouts.pdf.info import PdfInfo
from handouts.pdf.marked import utf16_hex
from handouts.pdf.numbers import decimal
from handouts.pdf.paint import Link
from handouts.pdf.tag_objects import FIRST_LINK, Drawn, add_bookmarks, add_tags
from handouts.pdf.tags import Tagger

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

    def __init__(self, *, lang: str, tagger: Tagger) -> None:
        # Process-wide, and every use here wants it: binary streams, not ASCII ones.
        rl_config.useA85 = 0
        self._canvas = _BareCanvas(
            BytesIO(), pageCompression=0, invariant=1, lang=lang, pdfVersion=PDF_VERSION
        )
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        # No /Direction: with R2L, PDFium gives every Latin line and phone number back
        # in the wrong order (docs/decisions/0005).
        self._tagger = tagger
        self._heights: list[float] = []

    def begin_page(self, width_pt: float, height_pt: float) -> list[str]:
        """Open a page; the list takes its operators, in painting order."""
        # ReportLab writes the media box by repr: at most 3 decimals, please.
        self._canvas.setPageSize((round(width_pt, 3), round(height_pt, 3)))
        self._tagger.begin_page()
        self._heights.append(height_pt)
        operators: list[str] = self._canvas._code
        return operators

    def picture(
        self, data: bytes, x_pt: float, y_pt: float, width_pt: float, height_pt: float
    ) -> None:
        """Paint a PNG or JPEG with its lower left corner at (x, y), y up.

        Raises:
            PictureError: as `_image`.
        """
        self._canvas.drawImage(ImageReader(_image(data)), x_pt, y_pt, width_pt, height_pt)

    def end_page(self, links: Iterable[Link], turned: Mapping[str, str]) -> None:
        """Close the page, with its link annotations in reading order.

        `turned` are its property lists: by name, the text that PDFium is told.
        """
        for link in links:
            number = self._tagger.link(link.owner)
            annotation = _LinkObject(link, FIRST_LINK + number)
            self._canvas._addAnnotation(annotation, name=_link_name(number))
        self._canvas.showPage()
        pages = self._canvas._doc.Pages.pages
        page = pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(pages) - 1
        page.Tabs = pdfdoc.PDFName("S")
        page.Trans = None  # an empty one, else
        if turned:
            page.Resources = _resources(turned, has_images=bool(page.hasImages))

    def finish(self, fonts: Iterable[EmbeddedFont], info: PdfInfo) -> bytes:
        """Return the file, with `fonts` as the resources of every page."""
        document = self._canvas._doc
        catalog, pages = document.Catalog, document.Pages.pages
        root = _reference(catalog, document)
        drawn = Drawn(
            [_reference(page, document) for page in pages],
            [
                _reference(document.refAnnotation(_link_name(number)), document)
                for number in range(len(self._tagger.links))
            ],
            self._heights,
        )
        # From here to the end of this function ReportLab hands out no numbers.
        objects = FileObjects(document.objectcounter)
        shared = document.idToObject["BasicFonts"].dict
        for font in fonts:
            shared[font.name] = _add_font(objects, font)
        for page in pages:
            page.Contents = objects.add_text(page.stream.encode("latin-1"))
        nodes = self._tagger.finish()
        catalog.MarkInfo = "<</Marked true>>"
        catalog.StructTreeRoot = add_tags(objects, self._tagger, nodes, drawn)
        catalog.Outlines = add_bookmarks(objects, self._tagger, nodes, drawn)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.Metadata, catalog.OutputIntents = add_archive(objects, info)
        about = objects.add(info.dictionary())
        document.objectcounter = objects.last
        _add_formatted(objects, document)
        return objects.file(root=root, info=about)


def _add_formatted(objects: FileObjects, document: Any) -> None:  # noqa: ANN401  # ReportLab's
    """Add all that ReportLab writes; while it does, it makes some more."""
    number = 0
    while number < document.objectcounter:
        number += 1
        name = document.numberToId.get(number)
        if name is None:
            continue  # one of ours
        written = pdfdoc.format(document.idToObject[name], document, toplevel=1)
        dictionary, is_stream, rest = written.partition(b"\nstream\n")
        if is_stream:
            content = rest.removesuffix(b"endstream\n")
            objects.put_stream(number, dictionary, content)
        else:
            objects.put(number, written.decode("latin-1"))


def _resources(turned: Mapping[str, str], *, has_images: bool) -> Any:  # noqa: ANN401
    """Return what ReportLab would give a page, and property lists (14.6.2)."""
    resources = pdfdoc.PDFResourceDictionary()
    resources.basicFonts()
    if has_images:
        resources.allProcs()
    resources.Properties = {
        name: f"<</ActualText <FEFF{utf16_hex(text)}>>>" for name, text in turned.items()
    }
    return resources


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

    def __init__(self, link: Link, parent: int) -> None:
        self._link = link
        self._parent = parent

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
            "StructParent": self._parent,
        }
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


def _add_font(objects: FileObjects, font: EmbeddedFont) -> str:
    """Add the objects of a font; return the reference to it."""
    program, name = font.program, font.base_name()
    outlines = objects.add_stream(
        f"/Filter /FlateDecode /Length1 {program.length}", program.deflated
    )
    descriptor = objects.add(_descriptor(font, name, outlines))
    descendant = objects.add(
        f"<</Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo "
        "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "
        f"/CIDToGIDMap /Identity /DW 1000 /W {font.widths()} "
        f"/FontDescriptor {descriptor}>>"
    )
    unicode = objects.add_stream("/Filter /FlateDecode", font.to_unicode())
    return objects.add(
        f"<</Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant}] /ToUnicode {unicode}>>"
    )


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


def _reference(written: Any, document: Any) -> str:  # noqa: ANN401  # ReportLab objects
    """Return the reference to an object, which gets a number if it has none."""
    reference: bytes = document.Reference(written).format(document)
    return reference.decode("ascii")


def _link_name(number: int) -> str:
    return f"link{number}"
