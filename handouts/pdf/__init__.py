"""The PDF room: a display list becomes the bytes of a PDF, and is proved right."""

from handouts.pdf.canvas import PictureError
from handouts.pdf.info import PdfInfo
from handouts.pdf.prove import prove_display
from handouts.pdf.read_tags import TagError, tag_tree, tagged_text
from handouts.pdf.recall import message_recalls, text_recall
from handouts.pdf.reopen import FontUse, drawn_lines, fonts_used, page_texts, texts_in
from handouts.pdf.structure import Element, elements_of
from handouts.pdf.tags import UntaggedTextError
from handouts.pdf.write import write_pdf

__all__ = [
    "Element",
    "FontUse",
    "PdfInfo",
    "PictureError",
    "TagError",
    "UntaggedTextError",
    "drawn_lines",
    "elements_of",
    "fonts_used",
    "message_recalls",
    "page_texts",
    "prove_display",
    "tag_tree",
    "tagged_text",
    "text_recall",
    "texts_in",
    "write_pdf",
]
