"""Four ways to set a `Sheet`: A4, one column, one paragraph a sentence, 12 to 14 pt.

Each engine is used as its manual says for the language: tags on where it has them, its
own line breaking, shaping and bidi, and the project's font files, best first. Each is
loaded only when it is asked for; one that is not there is left out, and says so.
"""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from benchmarks.sentences import Sheet, document_of, shipped
from handouts import __version__
from handouts.diagnostics import Sink
from handouts.languages import language
from handouts.layout import KNOWN_FORMATS, EditionInfo, lay_out
from handouts.pdf import PdfInfo, elements_of, prove_display, write_pdf

__all__ = ["TYPESETTERS", "Typesetter", "missing_library", "typst_source"]

_SIZE_PT: Final = 12
_MARGIN_PT: Final = 51


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetter:
    """`set_sheet` gives the bytes of a PDF; `module` must load before it is called."""

    name: str
    module: str
    version: Callable[[], str]
    set_sheet: Callable[[Sheet], bytes]


def missing_library(module: str) -> str | None:
    """Return why `module` cannot be loaded, in a line; None if it can.

    WeasyPrint raises OSError where the system lacks Pango.
    """
    try:
        importlib.import_module(module)
    except (ImportError, OSError) as error:
        return str(error).strip().splitlines()[0]
    return None


def _ours(sheet: Sheet) -> bytes:
    """Lay out, prove and write a document of these paragraphs, as of any handout."""
    document, sink = document_of(sheet), Sink()
    display = lay_out(
        document,
        format=KNOWN_FORMATS["a4"],
        language=language(sheet.locale),
        engine=shipped().engine,
        edition=EditionInfo(code="00000000"),
        sink=sink,
    )
    sink.extend(prove_display(display) if display else ())
    if display is None or sink.has_errors:
        raise SystemExit("\n".join(one.message for one in sink))
    info = PdfInfo(title=sheet.title, lang=sheet.tag, created="2026-11")
    return write_pdf(display, elements_of(document), info=info)


def _typst(sheet: Sheet) -> bytes:
    import typst  # noqa: PLC0415  # the extra `bench`

    folders = list(dict.fromkeys(str(file.parent) for _, file in sheet.fonts))
    pdf = typst.compile(
        typst_source(sheet).encode(),
        font_paths=folders,
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    assert isinstance(pdf, bytes)
    return pdf


def typst_source(sheet: Sheet) -> str:
    """Return the sheet in Typst's language; the texts are its string literals."""

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    families = ", ".join(quoted(family) for family, _ in sheet.fonts)
    paragraphs = "\n\n".join(f"#{quoted(one)}" for one in sheet.sentences)
    return (
        f"#set document(title: {quoted(sheet.title)}, date: none)\n"
        f'#set page(paper: "a4", margin: {_MARGIN_PT}pt)\n'
        f'#set text(font: ({families},), lang: "{sheet.language}", size: {_SIZE_PT}pt)\n'
        "#set par(leading: 0.8em, spacing: 1.3em)\n"
        f"{paragraphs}\n"
    )


def _weasyprint(sheet: Sheet) -> bytes:
    import weasyprint  # noqa: PLC0415  # the extra `bench`

    faces = "\n".join(
        f'@font-face {{ font-family: "{family} own"; src: url("{file.as_uri()}") }}'
        for family, file in sheet.fonts
    )
    families = ", ".join(f'"{family} own"' for family, _ in sheet.fonts)
    paragraphs = "\n".join(f"<p>{html.escape(one)}</p>" for one in sheet.sentences)
    page = (
        f'<!doctype html><html lang="{sheet.tag}" dir="{sheet.direction}"><head>'
        f"<title>{html.escape(sheet.title)}</title><style>{faces}\n"
        f"@page {{ size: A4; margin: {_MARGIN_PT}pt }}\n"
        f"body {{ font-family: {families}; font-size: {_SIZE_PT}pt; line-height: 1.5 }}"
        f"</style></head><body>{paragraphs}</body></html>"
    )
    pdf = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(pdf, bytes)
    return pdf


def _fpdf2(sheet: Sheet) -> bytes:
    from fpdf import FPDF  # noqa: PLC0415  # the extra `bench`

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_margin(_MARGIN_PT)
    pdf.set_auto_page_break(True, _MARGIN_PT)
    names = [f"face{number}" for number in range(len(sheet.fonts))]
    for name, (_, file) in zip(names, sheet.fonts, strict=True):
        pdf.add_font(name, fname=file)
    pdf.set_fallback_fonts(names[1:], exact_match=False)
    pdf.set_lang(sheet.tag)
    pdf.set_title(sheet.title)
    pdf.add_page()
    pdf.set_font(names[0], size=_SIZE_PT)
    # Without a direction it finds the runs' own by UAX #9.
    pdf.set_text_shaping(True)
    for sentence in sheet.sentences:
        pdf.multi_cell(
            0,
            _SIZE_PT * 1.5,
            sentence,
            align="R" if sheet.is_rtl else "L",
            new_x="LMARGIN",
            new_y="NEXT",
        )
        pdf.ln(_SIZE_PT / 2)
    return bytes(pdf.output())


TYPESETTERS: Final = (
    Typesetter(
        name="handouts",
        module="handouts",
        version=lambda: __version__,
        set_sheet=_ours,
    ),
    Typesetter(
        name="Typst",
        module="typst",
        version=lambda: metadata.version("typst"),
        set_sheet=_typst,
    ),
    Typesetter(
        name="WeasyPrint",
        module="weasyprint",
        version=lambda: metadata.version("weasyprint"),
        set_sheet=_weasyprint,
    ),
    Typesetter(
        name="fpdf2",
        module="fpdf",
        version=lambda: metadata.version("fpdf2"),
        set_sheet=_fpdf2,
    ),
)
