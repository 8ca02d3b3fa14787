"""The last step to bytes: pikepdf compresses and numbers, alone.

One pinned library decides every byte: object streams, compression, and an /ID made from
the content (ISO 32000-1 14.4), so that equal content gives equal files everywhere.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf

from handouts.pdf.archive import add_archive
from handouts.pdf.info import PdfInfo

__all__ = ["save_pdf"]


def save_pdf(document: bytes, info: PdfInfo, *, recompress: bool) -> bytes:
    """Return `document` compressed, with `info` as its information and metadata.

    `recompress` takes streams that are compressed already (pictures) in as well.
    """
    with pikepdf.open(BytesIO(document)) as pdf:
        entries = pikepdf.Dictionary(Trapped=pikepdf.Name("/False"))
        for name, value in info.entries().items():
            entries[name] = pikepdf.String(value)
        pdf.trailer["/Info"] = pdf.make_indirect(entries)
        add_archive(pdf, info)
        # qpdf would keep the first half, and that hashes ReportLab's clock and title.
        del pdf.trailer["/ID"]
        target = BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=recompress,
            preserve_pdfa=True,  # an end of line before each `endstream`
            fix_metadata_version=False,
        )
    return target.getvalue()
