"""ReportLab's canvas behind types: the only module that names ReportLab.

Operators and `EmbeddedFont`s in; an uncompressed PDF out (`save.py` compresses it).
ReportLab owns the objects, the pages and the pictures; text never goes through its
fonts, so no standard font is named in the file. The private names this relies on are
held by `tests/pdf/test_reportlab_names.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from urllib.parse import quote

from PIL import Image, ImageOps
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from handouts.pdf.embedded import EmbeddedFont
from handouts.pdf.marked import text_string
from handouts.pdf.numbers import coordinate, decimal
from handouts.pdf.paint import Link
from handouts.pdf.structure import Element
from handouts.pdf.tags import Kid, Tagger, TagNode

__all__ = ["PdfCanvas", "PictureError"]

PDF_VERSION: Final = (1, 7)
MAX_PIXELS: Final = 40_000_000
"""A logo of A4 at 600 dpi has 35 million; more is an accident or an attack."""
_PRINT: Final = 1 << 2
"""Bit 3 of an annotation's flags: print it (ISO 32000-1 table 165; ISO 19005 asks)."""
_FIRST_LINK: Final = 1 << 16
"""The parent tree's key of the first link: pages have the keys from 0."""
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
        self.has_pictures = False
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
        self.has_pictures = True
        self._canvas.drawImage(ImageReader(_image(data)), x_pt, y_pt, width_pt, height_pt)

    def end_page(self, links: Iterable[Link]) -> None:
        """Close the page, with its link annotations in reading order."""
        for link in links:
            number = self._tagger.link(link.owner)
            annotation = _LinkObject(link, _FIRST_LINK + number)
            self._canvas._addAnnotation(annotation, name=_link_name(number))
        self._canvas.showPage()
        pages = self._canvas._doc.Pages.pages
        page = pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(pages) - 1
        page.Tabs = pdfdoc.PDFName("S")
        page.Trans = None  # an empty one, else
        # As bytes it is written as it is, not looked up in ReportLab's encoding.
        page.stream = page.stream.encode("ascii")

    def finish(self, fonts: Iterable[EmbeddedFont]) -> bytes:
        """Return the document, with `fonts` as the resources of every page."""
        document = self._canvas._doc
        document.delayedFonts.extend(map(_FontObjects, fonts))
        document.delayedFonts.append(_TagObjects(self._tagger, self._heights))
        written: bytes = document.GetPDFData(self._canvas)
        return written


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


class _Written(pdfdoc.PDFObject):  # type: ignore[misc]  # ReportLab ships no types
    """An object that is written already: of a long one ReportLab formats every part."""

    def __init__(self, text: str) -> None:
        self.text = text

    def format(self, document: Any) -> bytes:  # noqa: ANN401, ARG002  # ReportLab's document
        return self.text.encode("ascii")


class _TagObjects:
    """The structure tree and the bookmarks; ReportLab asks for them when it saves."""

    def __init__(self, tagger: Tagger, heights: Sequence[float]) -> None:
        self._tagger = tagger
        self._heights = heights

    def addObjects(self, document: Any) -> None:  # noqa: ANN401, N802  # its name
        """Add the tree to `document`, each element an object of its own."""
        tagger = self._tagger
        nodes = tagger.finish()
        pages = [_reference(page, document) for page in document.Pages.pages]
        written = {index: _Written("") for index in nodes}
        names = {index: _reference(one, document) for index, one in written.items()}
        root = _Written("")
        names[-1] = _reference(root, document)
        links = [
            document.refAnnotation(_link_name(number)).format(document).decode("ascii")
            for number in range(len(tagger.links))
        ]
        for index, node in nodes.items():
            written[index].text = _element(node, names, pages, links, self._heights)
        parents = [
            f"{number} [{' '.join([names[owner] for owner in owners])}]"
            for number, owners in enumerate(tagger.pages)
        ]
        parents += [
            f"{_FIRST_LINK + number} {names[owner]}"
            for number, owner in enumerate(tagger.links)
        ]
        root.text = (
            f"<</Type /StructTreeRoot /K [{names[0]}] /ParentTree "
            f"<</Nums [{' '.join(parents)}]>> /ParentTreeNextKey "
            f"{_FIRST_LINK + len(tagger.links)}>>"
        )
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = _Written("<</Marked true>>")
        _add_bookmarks(document, nodes, tagger.places, pages, self._heights)


def _element(
    node: TagNode,
    names: Mapping[int, str],
    pages: Sequence[str],
    links: Sequence[str],
    heights: Sequence[float],
) -> str:
    """Return a structure element as it is written (ISO 32000-1 table 323)."""
    element = node.element
    leaves = [kid for kid in node.kids if isinstance(kid, Kid)]
    page = leaves[0].page if leaves else None
    parts = [f"<</Type /StructElem /S /{element.role} /P {names[element.parent]}"]
    if page is not None:
        parts.append(f"/Pg {pages[page]}")
    if element.lang is not None:
        parts.append(f"/Lang ({element.lang})")
    if element.alt is not None:
        parts.append(f"/Alt {text_string(element.alt)}")
    if element.actual_text is not None:
        parts.append(f"/ActualText {text_string(element.actual_text)}")
    attributes = element.attributes
    if element.role == "Figure" and node.box is not None and page is not None:
        left, top, right, foot = node.box
        height = heights[page]
        box = " ".join(map(coordinate, (left, height - foot, right, height - top)))
        attributes = f"/O /Layout /Placement /Block /BBox [{box}]"
    if attributes:
        parts.append(f"/A <<{attributes}>>")
    kids = [
        _leaf(kid, page, pages, links) if isinstance(kid, Kid) else names[kid]
        for kid in node.kids
    ]
    if kids:
        parts.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
    return f"{' '.join(parts)}>>"


def _leaf(
    kid: Kid, own_page: int | None, pages: Sequence[str], links: Sequence[str]
) -> str:
    page = pages[kid.page]
    if kid.is_annotation:
        return f"<</Type /OBJR /Obj {links[kid.number]} /Pg {page}>>"
    if kid.page == own_page:
        return str(kid.number)
    return f"<</Type /MCR /Pg {page} /MCID {kid.number}>>"


def _link_name(number: int) -> str:
    return f"link{number}"


class _Outlines(_Written):
    """The root of the bookmarks; ReportLab asks whether it is ready."""

    ready = 1

    def prepare(self, document: Any, canvas: Any) -> None:  # noqa: ANN401  # its name
        """Do nothing: it is written already."""


def _add_bookmarks(
    document: Any,  # noqa: ANN401  # ReportLab's document
    nodes: Mapping[int, TagNode],
    places: Mapping[int, tuple[int, float]],
    pages: Sequence[str],
    heights: Sequence[float],
) -> None:
    """Give the document a bookmark for each heading, nested by level."""
    found = [(nodes[index].element, *places[index]) for index in sorted(places)]
    if not found:
        return
    entries = [_Outlines(""), *(_Written("") for _ in found)]
    names = [_reference(entry, document) for entry in entries]
    parents, below = _nested([element for element, _, _ in found])
    for number, (element, page, top) in enumerate(found, 1):
        up = parents[number]
        siblings = below[up]
        at = siblings.index(number)
        y = coordinate(heights[page] - top)
        parts = [
            f"<</Title {text_string(element.title or '')} /Parent {names[up]}",
            f"/Dest [{pages[page]} /XYZ null {y} null]",
        ]
        if at:
            parts.append(f"/Prev {names[siblings[at - 1]]}")
        if at + 1 < len(siblings):
            parts.append(f"/Next {names[siblings[at + 1]]}")
        entries[number].text = " ".join([*parts, *_ends(below[number], names)]) + ">>"
    entries[0].text = " ".join(["<</Type /Outlines", *_ends(below[0], names)]) + ">>"
    document.Outlines = document.Catalog.Outlines = entries[0]


def _nested(headings: Sequence[Element]) -> tuple[list[int], list[list[int]]]:
    """Return each heading's parent and children; number 0 is the root."""
    parents = [0]
    below: list[list[int]] = [[] for _ in range(len(headings) + 1)]
    open_ones = [(0, 0)]  # (level, number)
    for number, element in enumerate(headings, 1):
        level = int(element.role.removeprefix("H"))
        while open_ones[-1][0] >= level:
            open_ones.pop()
        parents.append(open_ones[-1][1])
        below[open_ones[-1][1]].append(number)
        open_ones.append((level, number))
    return parents, below


def _ends(children: Sequence[int], names: Sequence[str]) -> list[str]:
    if not children:
        return []
    ends = f"/First {names[children[0]]} /Last {names[children[-1]]}"
    return [ends, f"/Count {len(children)}"]


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
    """Add an object to `document`; return the reference to it."""
    reference: bytes = document.Reference(written).format(document)
    return reference.decode("ascii")


def _stream(content: bytes) -> Any:  # noqa: ANN401  # a ReportLab object
    return pdfdoc.PDFStream(content=content)
