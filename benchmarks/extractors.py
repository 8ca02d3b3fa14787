"""Four programs that give a PDF's text back, each as a reader's viewer or a search does.

All in their default mode: nobody who copies a sentence sets options first.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Final

__all__ = ["EXTRACTORS", "Extractor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """`read` gives the text of all pages; `version` raises LookupError without it."""

    name: str
    version: Callable[[], str]
    read: Callable[[bytes], str]


def _tool(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise LookupError(f"`{name}` is not installed ({package})")
    return found


def _tool_version(name: str, package: str) -> str:
    """Return the version that a program tells with `-v`, on whichever stream."""
    done = subprocess.run(
        [_tool(name, package), "-v"], capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).split("\n", 1)[0].split()[-1]


def _package_version(name: str) -> str:
    try:
        importlib.import_module(name)
    except ImportError as error:
        raise LookupError(str(error)) from error
    return metadata.version(name)


def _poppler(pdf: bytes) -> str:
    return _through(pdf, _tool("pdftotext", "poppler-utils"), "{}", "-")


def _mupdf_version() -> str:
    """Return the version of MuPDF in PyMuPDF, else of `mutool`.

    Neither comes with an extra of this project: MuPDF is AGPL. PyMuPDF has the newer
    one; Debian's of 2022 takes no notice of ActualText.
    """
    if importlib.util.find_spec("pymupdf") is None:
        return _tool_version("mutool", "mupdf-tools, or the package pymupdf")
    import pymupdf  # noqa: PLC0415  # only where it is installed

    return f"{pymupdf.mupdf_version} in PyMuPDF {pymupdf.__version__}"


def _mupdf(pdf: bytes) -> str:
    if importlib.util.find_spec("pymupdf") is not None:
        import pymupdf  # noqa: PLC0415  # only where it is installed

        with pymupdf.open(stream=pdf, filetype="pdf") as document:
            return "\n".join(page.get_text() for page in document)
    tool = _tool("mutool", "mupdf-tools")
    return _through(pdf, tool, "draw", "-q", "-F", "txt", "-o", "-", "{}")


def _through(pdf: bytes, *command: str) -> str:
    """Return what a program prints; `{}` stands for the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.pdf"
        path.write_bytes(pdf)
        filled = [str(path) if part == "{}" else part for part in command]
        done = subprocess.run(filled, capture_output=True, check=True)
    return done.stdout.decode()


def _pdfium(pdf: bytes) -> str:
    from handouts.pdf import page_texts  # noqa: PLC0415  # as the program proves its own

    return "\n".join(page_texts(pdf))


def _pypdf(pdf: bytes) -> str:
    import pypdf  # noqa: PLC0415  # the extra `bench`

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


EXTRACTORS: Final = (
    Extractor(
        name="poppler",
        version=lambda: _tool_version("pdftotext", "poppler-utils"),
        read=_poppler,
    ),
    Extractor(name="PDFium", version=lambda: _package_version("pypdfium2"), read=_pdfium),
    Extractor(name="pypdf", version=lambda: _package_version("pypdf"), read=_pypdf),
    Extractor(name="mupdf", version=_mupdf_version, read=_mupdf),
)
