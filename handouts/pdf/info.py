"""What a PDF says about itself, apart from its pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handouts import __version__
from handouts.pdf.marked import text_string

__all__ = ["PdfInfo", "pdf_date", "xmp_date"]

_PROGRAM: Final = f"handouts {__version__}"
_DATE: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfInfo:
    """The document information of one edition (ISO 32000-1 14.3.3).

    `lang` is BCP 47. `created` is the date of the content, `2026-11` or `2026-11-01`,
    never the clock's: the same content gives the same bytes. `edition` are further
    entries (ASCII name, value), such as the handout, the format and the edition's code.
    """

    title: str
    lang: str
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    created: str | None = None
    creator: str = _PROGRAM
    producer: str = _PROGRAM
    edition: tuple[tuple[str, str], ...] = ()

    def entries(self) -> dict[str, str]:
        """Return the text entries of the information dictionary, without empty ones."""
        values = {
            "/Title": self.title,
            "/Author": self.author,
            "/Subject": self.subject,
            "/Keywords": ", ".join(self.keywords),
            "/Creator": self.creator,
            "/Producer": self.producer,
            "/CreationDate": self.created and pdf_date(self.created),
            "/ModDate": self.created and pdf_date(self.created),
        }
        values.update((f"/{name}", value) for name, value in self.edition)
        return {name: value for name, value in values.items() if value}

    def dictionary(self) -> str:
        """Return the information dictionary as it is written."""
        entries = [f"{name} {text_string(text)}" for name, text in self.entries().items()]
        return f"<<{' '.join(entries)} /Trapped /False>>"


def pdf_date(date: str) -> str:
    """Return `2026-11` or `2026-11-01` as a PDF date (ISO 32000-1 7.9.4), midnight UTC.

    Raises:
        ValueError: `date` has another form.
    """
    year, month, day = _parts(date)
    return f"D:{year}{month}{day}000000Z"


def xmp_date(date: str) -> str:
    """Return `2026-11` or `2026-11-01` as XMP writes it, the same moment.

    Raises:
        ValueError: `date` has another form.
    """
    return f"{'-'.join(_parts(date))}T00:00:00Z"


def _parts(date: str) -> tuple[str, str, str]:
    match = _DATE.fullmatch(date)
    if match is None:
        raise ValueError(f"`{date}` is not a date such as `2026-11` or `2026-11-01`")
    year, month, day = match.groups(default="01")
    return year, month, day
