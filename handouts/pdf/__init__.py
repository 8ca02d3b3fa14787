"""The PDF room: a display list becomes the bytes of a PDF, and is proved right.

Everything is loaded when it is asked for: a check needs none of it, and a build proves
its files without what reads them for tests and tools.
"""

from typing import TYPE_CHECKING, Final

from handouts.when_asked import loaded_when_asked

if TYPE_CHECKING:
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
    from handouts.pdf.viewer import Pixels, page_pixels
    from handouts.pdf.write import write_pdf

__all__ = [
    "Element",
    "FileProof",
    "FontUse",
    "PagesProof",
    "PdfInfo",
    "PictureError",
    "Pixels",
    "Reading",
    "TagError",
    "UntaggedTextError",
    "Verified",
    "drawn_lines",
    "elements_of",
    "fonts_used",
    "message_recalls",
    "page_pixels",
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

_MODULES: Final = {
    "canvas": ("PictureError",),
    "info": ("PdfInfo",),
    "proof": (
        "FileProof",
        "PagesProof",
        "Reading",
        "Verified",
        "prove_finished",
        "prove_pages",
        "reading_of",
        "verify_pdf",
    ),
    "prove": ("prove_display",),
    "read_tags": ("TagError", "tag_tree", "tagged_text"),
    "recall": ("message_recalls", "text_recall"),
    "reopen": ("FontUse", "drawn_lines", "fonts_used", "page_texts", "texts_in"),
    "structure": ("Element", "elements_of"),
    "tags": ("UntaggedTextError",),
    "viewer": ("Pixels", "page_pixels"),
    "write": ("write_pdf",),
}
__getattr__ = loaded_when_asked(__name__, _MODULES)
