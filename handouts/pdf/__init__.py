"""The PDF room: a display list becomes the bytes of a PDF, and is proved right."""

from handouts.pdf.canvas import PictureError
from handouts.pdf.info import PdfInfo
from handouts.pdf.proof import (
    FileProof,
    PagesProof,
    Reading,
    Verified,
    prove_finished,
    prove_pages,
    reading_of,
    verify_pdf,
)
from handouts.pdf.prove import prove_display
from handouts.pdf.read_tags import TagError, tag_tree, tagged_text
from handouts.pdf.recall import message_recalls, text_recall
from handouts.pdf.reopen import FontUse, drawn_lines, fonts_used, page_texts, texts_in
from handouts.pdf.structure import Element, elements_of
from handouts.pdf.tags import UntaggedTextError
from handouts.pdf.write import write_pdf

__all__ = [
    "Element",
    "FileProof",
    "FontUse",
    "PagesProof",
    "PdfInfo",
    "PictureError",
    "Reading",
    "TagError",
    "UntaggedTextError",
    "Verified",
    "drawn_lines",
    "elements_of",
    "fonts_used",
    "message_recalls",
    "page_texts",
    "prove_display",
    "prove_finished",
    "prove_pages",
    "reading_of",
    "tag_tree",
    "tagged_text",
    "text_recall",
    "texts_in",
    "verify_pdf",
    "write_pdf",
]
