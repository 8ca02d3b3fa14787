"""Real editions, made once, for tests that break them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from benchmarks.read_back import CLINIC, PHONE
from handouts.batch import Job
from handouts.build import BuildRequest, open_workshop
from handouts.build.edition import Resolved, make, proved, resolve
from handouts.diagnostics import Sink
from handouts.layout import DisplayList, Page, settled
from handouts.layout.display import Item
from handouts.pdf import PdfInfo, Reading, prove_finished, prove_pages, reading_of
from handouts.pdf.embedded import collect_fonts
from handouts.text.model import GlyphRun

ESCAPES = {b"n": b"\n", b"r": b"\r"}


@dataclass(frozen=True)
class Edition:
    """One edition: what was laid out, what was written."""

    resolved: Resolved
    display: DisplayList
    reading: Reading
    info: PdfInfo
    pdf: bytes
    record: dict[str, Any]
    terms: tuple[str, ...]

    phone = PHONE

    def shown(self, text: str) -> bytes:
        """Return the glyph codes of `text` as the first page shows them."""
        for placed in self.display.pages[0].placed():
            run = placed.run
            drawn = "".join(run.texts).replace("\xa0", " ")
            at = drawn.find(text)
            if at >= 0 and run.counts is None and len(drawn) == len(run.gids):
                return self.codes_of(run)[at * 4 : (at + len(text)) * 4]
        raise AssertionError(f"{text} is not on the first page")

    def codes_of(self, run: GlyphRun) -> bytes:
        """Return the glyph codes of a run, in hexadecimal digits."""
        fonts = collect_fonts(p.run for page in self.display.pages for p in page.placed())
        codes = fonts[run.face].program.codes
        drawn = "".join([codes.of[gid] for gid in run.gids])
        return drawn.encode("latin-1").hex().upper().encode()

    def content(self) -> bytes:
        """Return the operators of the first page, its strings in hexadecimal digits."""
        with pikepdf.open(BytesIO(self.pdf)) as document:
            page: Any = document.pages[0]
            return readable(page.Contents.read_bytes())

    def edited(self, change: Callable[[pikepdf.Pdf], object]) -> bytes:
        """Return the file with its objects changed."""
        with pikepdf.open(BytesIO(self.pdf)) as document:
            change(document)
            target = BytesIO()
            document.save(target)
        return target.getvalue()

    def codes(self, pdf: bytes) -> set[str]:
        """Return what the proof finds in another file that claims to be this edition."""
        found = prove_finished(
            pdf, self.display, self.reading, info=self.info, terms=self.terms
        )
        return {one.code for one in found.faults}

    def page_codes(self, display: DisplayList) -> set[str]:
        return {one.code for one in prove_pages(display, self.reading).faults}

    def with_page(self, number: int, change: Callable[[list[Item]], Any]) -> DisplayList:
        """Return the pages with the items of one of them changed."""
        items = list(self.display.pages[number].items)
        changed = change(items)
        old = self.display.pages[number]
        new = Page(
            width_pt=old.width_pt,
            height_pt=old.height_pt,
            items=tuple(items if changed is None else changed),
        )
        pages = (*self.display.pages[:number], new, *self.display.pages[number + 1 :])
        return replace(self.display, pages=pages)

    def rewritten(self, change: Callable[[bytes], bytes], number: int = 0) -> bytes:
        """Return the file with the operators of one page changed."""

        def on_page(pdf: pikepdf.Pdf) -> None:
            page: Any = pdf.pages[number]
            before = readable(page.Contents.read_bytes())
            after = change(before)
            assert after != before, "nothing was planted"
            page.Contents = pdf.make_stream(as_written(after))

        return self.edited(on_page)


def readable(content: bytes) -> bytes:
    """Return operators with glyph codes in hexadecimal digits, to be edited."""

    def digits(found: re.Match[bytes]) -> bytes:
        plain = re.sub(
            rb"\\(.)", lambda one: ESCAPES.get(one[1], one[1]), found[1], flags=re.DOTALL
        )
        return b"<" + plain.hex().upper().encode() + b">"

    return re.sub(rb"\(((?:[^\\()]|\\.)*)\)", digits, content, flags=re.DOTALL)


def as_written(content: bytes) -> bytes:
    """Return edited operators with glyph codes as the program writes them."""

    def literal(found: re.Match[bytes]) -> bytes:
        text = bytes.fromhex(found[1].decode())
        text = re.sub(rb"([\\()])", rb"\\\1", text)
        return b"(" + text.replace(b"\n", b"\\n").replace(b"\r", b"\\r") + b")"

    # What is told stays as it is: it is no glyph code.
    shown = re.compile(rb"(?<!ActualText )<([0-9A-F]*)>")
    return shown.sub(literal, content)


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Edition]:
    """Return `edition(locale, handout)`."""
    from handouts.build import edition as room

    project = tmp_path_factory.mktemp("clinic")
    (project / "handouts.toml").write_text(CLINIC)
    sink = Sink()
    workshop = open_workshop(BuildRequest(project=project), sink)
    assert workshop is not None, sink.diagnostics

    @cache
    def made(locale: str, handout: str = "understanding-pain") -> Edition:
        job = Job(handout=handout, locale=locale, format="a4")
        found = Sink()
        resolved = resolve(job, workshop, found)
        assert resolved is not None, found.diagnostics
        display = proved(job, resolved, workshop, found)
        assert display is not None, found.diagnostics
        finished = make(job, resolved, workshop, found)
        assert finished is not None, found.diagnostics
        return Edition(
            resolved,
            display,
            reading_of(settled(resolved.document, display.box_page)),
            room._pdf_info(job, resolved, workshop, display),
            finished.pdf,
            finished.record,
            workshop.terms,
        )

    return made
