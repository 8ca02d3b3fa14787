"""PROVE: the pages before they are written, the file after; and any file, again."""

from handouts.pdf.proof.finished import FileProof, prove_finished
from handouts.pdf.proof.pages import PagesProof, prove_pages
from handouts.pdf.proof.reading import Reading, reading_of
from handouts.pdf.proof.verify import Verified, verify_pdf

__all__ = [
    "FileProof",
    "PagesProof",
    "Reading",
    "Verified",
    "prove_finished",
    "prove_pages",
    "reading_of",
    "verify_pdf",
]
