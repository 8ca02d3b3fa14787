"""One way to set the benchmark's leaflet for each engine: prepare once, then set.

A peer gets the text as plain data, so that its process loads nothing of this project.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from handouts.build import Workshop
    from handouts.document import Block

__all__ = ["ENGINES", "LOCALES", "Engine", "Leaflet", "leaflet"]

ROOT: Final = Path(__file__).resolve().parent
FONTS: Final = ROOT.parent / "fonts"
LOCALES: Final = ("en", "ar")
HANDOUT: Final = "benchmark"
FAMILIES: Final = {"en": "Noto Sans", "ar": "Vazirmatn"}
FILES: Final = {"en": "noto-sans/NotoSans_{}.ttf", "ar": "vazirmatn/Vazirmatn_{}.ttf"}

Setter = Callable[[], bytes]
Part = tuple[str, list[str]]
Leaflet = Mapping[str, Any]
"""`locale`, `direction` and `parts`: (kind, texts), kinds h1 h2 h3 p li row box end."""


@dataclass(frozen=True, slots=True)
class Engine:
    """`prepare(leaflet)` does what a warm process has done; its result sets a PDF."""

    name: str
    prepare: Callable[[Leaflet], Setter]


def _workshop() -> Workshop:
    from handouts.build import BuildRequest, open_workshop  # noqa: PLC0415  # not for peers
    from handouts.diagnostics import Sink  # noqa: PLC0415  # not for peers

    sink = Sink()
    found = open_workshop(BuildRequest(project=ROOT / "project"), sink)
    if found is None:
        raise SystemExit("\n".join(one.message for one in sink))
    return found


def _ours(leaflet: Leaflet) -> Setter:
    from handouts.batch import Job  # noqa: PLC0415  # not for peers
    from handouts.build.edition import make, resolve  # noqa: PLC0415  # not for peers
    from handouts.diagnostics import Sink  # noqa: PLC0415  # not for peers

    workshop = _workshop()
    job = Job(handout=HANDOUT, locale=leaflet["locale"], format="a4")

    def set_leaflet() -> bytes:
        sink = Sink()
        resolved = resolve(job, workshop, sink)
        made = make(job, resolved, workshop, sink) if resolved else None
        if made is None:
            raise SystemExit("\n".join(one.message for one in sink))
        return made.pdf

    return set_leaflet


def leaflet(locale: str) -> Leaflet:
    """Return the benchmark's text in one locale, as this project's own stages give it."""
    from handouts.batch import Job  # noqa: PLC0415  # not for peers
    from handouts.build.edition import resolve  # noqa: PLC0415  # not for peers
    from handouts.diagnostics import Sink  # noqa: PLC0415  # not for peers

    job = Job(handout=HANDOUT, locale=locale, format="a4")
    resolved = resolve(job, _workshop(), Sink())
    assert resolved is not None
    document = resolved.document
    return {
        "locale": locale,
        "direction": document.direction,
        "parts": list(_parts(document.parts)),
    }


def _parts(blocks: Iterable[Block]) -> Iterator[Part]:
    from handouts import document  # noqa: PLC0415  # not for peers

    for block in blocks:
        match block:
            case document.Heading():
                yield f"h{block.level}", [document.plain_text(block.children)]
            case document.Paragraph() if block.css_class != "alt":
                yield "p", [document.plain_text(block.children)]
            case document.ListBlock():
                yield from (("li", [_text(item.blocks)]) for item in block.items)
            case document.Table():
                for row in (*block.head, *block.body):
                    yield "row", [_text(cell.blocks) for cell in row.cells]
            case document.Aside():
                yield "box", []
                yield from _parts(block.blocks)
                yield "end", []
            case _:
                yield from _parts(getattr(block, "blocks", ()))


def _text(blocks: Iterable[Block]) -> str:
    return " ".join(text for _, texts in _parts(blocks) for text in texts)


def _typst(leaflet: Leaflet) -> Setter:
    # A compiler for each leaflet, as for leaflets that differ: one that is kept gives an
    # unchanged text from its memory, in a sixth of the time.
    import typst  # noqa: PLC0415  # the extra `bench`

    source = _typst_source(leaflet).encode()
    folders = [str(FONTS / "noto-sans"), str(FONTS / "vazirmatn")]

    def set_leaflet() -> bytes:
        pdf = typst.compile(
            source, font_paths=folders, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
        assert isinstance(pdf, bytes)
        return pdf

    return set_leaflet


def _typst_source(leaflet: Leaflet) -> str:
    found, locale = leaflet["parts"], leaflet["locale"]

    def quoted(text: str) -> str:
        return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    title = next(texts[0] for kind, texts in found if kind == "h1")
    lines = [
        f"#set document(title: {quoted(title)[1:]}, date: none)",
        '#set page(paper: "a4", margin: 51pt, footer: context counter(page).display())',
        f'#set text(font: ("{FAMILIES[locale]}", "Noto Sans"), lang: "{locale}")',
        "#set text(size: 12pt)",
        "#set par(leading: 0.8em)",
    ]
    rows: list[list[str]] = []
    for kind, texts in [*found, ("p", [""])]:
        if kind == "row":
            rows.append(texts)
            continue
        if rows:
            cells = ",".join(f"[{quoted(one)}]" for row in rows[1:] for one in row)
            head = ",".join(f"[{quoted(one)}]" for one in rows[0])
            lines.append(
                f"#table(columns: {len(rows[0])}, table.header({head}), {cells})"
            )
            rows = []
        match kind:
            case "h1" | "h2" | "h3":
                lines.append(f"{'=' * int(kind[1])} {quoted(texts[0])}")
            case "li":
                lines.append(f"- {quoted(texts[0])}")
            case "box":
                lines.append(
                    "#block(stroke: 2pt, radius: 5pt, inset: 10pt, width: 100%)["
                )
            case "end":
                lines.append("]")
            case _:
                lines.append(f"{quoted(texts[0])}\n" if texts[0] else "")
    return "\n".join(lines)


def _reportlab(leaflet: Leaflet) -> Setter:
    from reportlab import rl_config  # noqa: PLC0415  # a peer here, not the project's canvas
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.platypus import (  # noqa: PLC0415
        Paragraph as Flowing,
    )
    from reportlab.platypus import (  # noqa: PLC0415
        SimpleDocTemplate,
        Spacer,
    )
    from reportlab.platypus import (  # noqa: PLC0415
        Table as Grid,
    )

    rl_config.useA85 = 0
    file = FILES[leaflet["locale"]]
    pdfmetrics.registerFont(TTFont("R", FONTS / file.format("400Regular"), shapable=True))
    pdfmetrics.registerFont(TTFont("B", FONTS / file.format("700Bold"), shapable=True))
    common = {"shaping": 1, "wordWrap": "RTL" if leaflet["direction"] == "rtl" else None}
    styles = {
        "p": ParagraphStyle("p", fontName="R", fontSize=12, leading=17, **common),
        "li": ParagraphStyle(
            "li", fontName="R", fontSize=12, leading=17, leftIndent=15, **common
        ),
        "h1": ParagraphStyle("h1", fontName="B", fontSize=25, leading=29, **common),
        "h2": ParagraphStyle("h2", fontName="B", fontSize=16, leading=20, **common),
        "h3": ParagraphStyle("h3", fontName="B", fontSize=13, leading=18, **common),
    }

    def set_leaflet() -> bytes:
        story: list[object] = []
        rows: list[list[object]] = []
        for kind, texts in [*leaflet["parts"], ("end", [])]:
            if kind == "row":
                rows.append([Flowing(html.escape(one), styles["p"]) for one in texts])
                continue
            if rows:
                story.append(Grid(rows))
                rows = []
            if kind in styles and texts[0]:
                story += [Flowing(html.escape(texts[0]), styles[kind]), Spacer(1, 5)]
        out = io.BytesIO()
        SimpleDocTemplate(out, pagesize=(595.28, 841.89), invariant=1).build(story)
        return out.getvalue()

    return set_leaflet


ENGINES: Final = (
    Engine("handouts", _ours),
    Engine("Typst, PDF/UA-1", _typst),
    Engine("ReportLab Paragraph", _reportlab),
)
