"""The PDF room: a display list becomes the bytes of a PDF, and is proved right.

What reads a file for tests and tools, with libraries of its own, is loaded when it is
asked for: a build proves its files without it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

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
from handouts.pdf.structure import Element, elements_of
from handouts.pdf.tags import UntaggedTextError
from handouts.pdf.write import write_pdf

if TYPE_CHECKING:
    from handouts.pdf.read_tags import TagError, tag_tree, tagged_text
    from handouts.pdf.recall import message_recalls, text_recall
    from handouts.pdf.reopen import (
        FontUse,
        drawn_lines,
        fonts_used,
        page_texts,
        texts_in,
    )
    from handouts.pdf.viewer import Pixels, page_pixels

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

_READERS: Final = {
    "read_tags": ("TagError", "tag_tree", "tagged_text"),
    "recall": ("message_recalls", "text_recall"),
    "reopen": ("FontUse", "drawn_lines", "fonts_used", "page_texts", "texts_in"),
    "viewer": ("Pixels", "page_pixels"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # whatever the module has
    """Load the reader that has `name` (PEP 562)."""
    for module, names in _READERS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
