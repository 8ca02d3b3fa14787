"""`verify`: a finished file proved by itself, without catalogs, templates or fonts.

What its pages should show is what its tags and marks say; what they do show, PDFium
tells. The two read the same bytes by different ways.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from xml.parsers import expat

import pikepdf

from handouts.diagnostics import Diagnostic, printable
from handouts.pdf.proof.compare import (
    Comparison,
    Stretch,
    compare_page,
    expected_lines,
    figures_in,
    is_turned,
)
from handouts.pdf.proof.content import (
    Mark,
    PageContent,
    content_of,
    font_maps,
    read_content,
)
from handouts.pdf.proof.finished import LEAST_RECALL, font_faults
from handouts.pdf.proof.seen import SeenPage, seen_pages
from handouts.pdf.proof.tree import Tree, read_tree
from handouts.pdf.reopen import fonts_in
from handouts.pdf.viewer import ViewerError

__all__ = ["Verified", "verify_pdf"]

_PROPERTY: Final = re.compile(r"<edition:(\w+)>([^<]*)</edition:\1>")
_XMP_TITLE: Final = re.compile(r"<dc:title>.*?<rdf:li[^>]*>([^<]*)</rdf:li>", re.DOTALL)
_NEEDED: Final = (
    "Handout", "Locale", "Format", "Version", "EditionCode", "SourceDigest",
)  # fmt: skip
_DEFLATE: Final = pikepdf.Name.FlateDecode
_CODE_DIGITS: Final = 8
_SHOWN: Final = 40
_AGAIN: Final = "do not hand it out: build the edition again"
_FURNITURE: Final = "furniture"


@dataclass(slots=True)
class Verified:
    """What was found wrong; `identity` is what the file says it is (empty: foreign)."""

    faults: list[Diagnostic] = field(default_factory=list)
    identity: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    elements: int = 0
    figures: int = 0

    def add(self, code: str, fact: str, hint: str = _AGAIN) -> None:
        """Take one finding."""
        self.faults.append(Diagnostic(code=code, message=fact, hint=hint))


def verify_pdf(pdf: bytes) -> Verified:
    """Prove a finished file again; never raises, whatever the bytes are.

    `not-a-pdf`, `locked-file`, `foreign-file`, `damaged-file`: nothing more can be
    told. Otherwise as the proof after writing: identity, fonts, tags, text in place.
    """
    found = Verified()
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            _verify(document, pdf, found)
    except pikepdf.PasswordError:
        hint = "verify the file as it was built, without a password"
        found.add("locked-file", "the file is locked with a password", hint)
    except _DAMAGE as error:
        _tell_damage(pdf, error, found)
    return found


# A file that somebody else made, or broke, may hold anything anywhere: what reads it
# trips over missing keys, wrong types and broken streams.
_DAMAGE: Final = (
    pikepdf.PdfError, pikepdf.DataDecodingError, ViewerError, KeyError,
    ValueError, TypeError, AttributeError, IndexError, OverflowError, RecursionError,
    RuntimeError, zlib.error, expat.ExpatError,
)  # fmt: skip


def _tell_damage(pdf: bytes, error: Exception, found: Verified) -> None:
    if b"%PDF-" not in pdf[:1024]:
        found.add("not-a-pdf", "the file is no PDF", "name a leaflet that was built")
        return
    # Of the reader's own words, those without its names for things in memory.
    reason = str(error).rpartition(": ")[2].splitlines() or ["it cannot be read"]
    found.add("damaged-file", f"the file is damaged: {printable(reason[0][:80])}")


def _verify(document: Any, pdf: bytes, found: Verified) -> None:  # noqa: ANN401  # pikepdf
    found.pages = len(document.pages)
    metadata = document.Root.get("/Metadata")
    stream = isinstance(metadata, pikepdf.Stream)
    packet = metadata.read_bytes() if stream else b""
    xmp = packet.decode("utf-8", "replace")
    found.identity = {
        name: html.unescape(value) for name, value in _PROPERTY.findall(xmp)
    }
    if not found.identity:
        found.add(
            "foreign-file",
            "the file is none of this program's leaflets",
            "only finished leaflets can be verified; was it saved by another program?",
        )
        return
    _identity(document, xmp, found)
    if b"<!" in packet:
        found.add("damaged-file", "the file's metadata are no XMP packet")
    else:
        expat.ParserCreate().Parse(packet, True)  # its own signature
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == _DEFLATE:
            # Readers make do with what they can unpack; the check sum at its end cannot.
            zlib.decompress(thing.read_raw_bytes())
    if document.get_warnings():
        found.add("damaged-file", "the file is damaged: a reader has to guess at it")
    found.faults += font_faults(fonts_in(document))
    known: dict[Any, Any] = {}
    pages = [
        read_content(content_of(page), font_maps(page, known, places=True), places=True)
        for page in document.pages
    ]
    for number, page in enumerate(pages, 1):
        for fact in dict.fromkeys(page.faults):
            found.add("broken-mark", f"{fact} on page {number}")
        for fact in page.untrue():
            found.add("told-otherwise", f"{fact} on page {number}")
    tree = read_tree(document, pages)
    found.elements = tree.elements
    for fact in dict.fromkeys(tree.faults):
        found.add("broken-tags", fact)
    with seen_pages(pdf) as seen:
        _text(pages, seen(), tree, found)


# --- identity -------------------------------------------------------------------------


def _identity(document: Any, xmp: str, found: Verified) -> None:  # noqa: ANN401  # pikepdf
    own = found.identity
    missing = [name for name in _NEEDED if not own.get(name)]
    if missing:
        found.add("no-identity", f"the file does not tell its {', '.join(missing)}")
    for name, value in own.items():
        told = str(document.docinfo.get(f"/{name}", ""))
        if told != value:
            fact = f"the file calls its {name} `{_cut(value)}` and `{_cut(told)}`"
            found.add("wrong-identity", fact)
    digest, code = own.get("SourceDigest", ""), own.get("EditionCode", "")
    if digest[:_CODE_DIGITS].upper() != code:
        fact = f"the edition code `{_cut(code)}` is not that of the sources' digest"
        found.add("wrong-identity", fact)
    language = str(document.Root.get("/Lang", ""))
    if not language or language != own.get("Locale"):
        fact = f"the language is `{_cut(language)}`, the edition's locale"
        found.add("wrong-language", f"{fact} `{_cut(own.get('Locale', ''))}`")
    title = str(document.docinfo.get("/Title", ""))
    other = _XMP_TITLE.search(xmp)
    if not title or other is None or html.unescape(other[1]) != title:
        found.add("wrong-title", f"the title `{_cut(title)}` is not told, or told twice")
    preferences = document.Root.get("/ViewerPreferences", {})
    if not preferences.get("/DisplayDocTitle", False):
        found.add("wrong-title", "readers are not told to show the title")


def _cut(text: str) -> str:
    return printable(text[:_SHOWN])


# --- text -----------------------------------------------------------------------------


def _text(
    pages: Sequence[PageContent], seen: Sequence[SeenPage], tree: Tree, found: Verified
) -> None:
    owners = {one.place: one.element for one in tree.texts}
    expected: dict[int | str | None, int] = {}
    recalled: dict[int | str | None, int] = {}
    for index, (page, one) in enumerate(zip(pages, seen, strict=True)):
        lines = expected_lines(_stretches(page, one, index, owners))
        compared = compare_page(lines, one.chars)
        found.figures += compared.figures
        for key, count in compared.expected.items():
            expected[key] = expected.get(key, 0) + count
            recalled[key] = recalled.get(key, 0) + compared.found[key]
        _page_faults(compared, index + 1, found)
    texts: dict[int, str] = {}
    for tagged in tree.texts:
        texts[tagged.element] = texts.get(tagged.element, "") + tagged.text
    for key, count in expected.items():
        if recalled[key] < LEAST_RECALL * count:
            text = texts.get(key, "") if isinstance(key, int) else "the footer"
            fact = f"{recalled[key] / count:.0%} of `{_cut(text)}` can be seen in place"
            found.add("unreadable-text", fact)


def _page_faults(compared: Comparison, number: int, found: Verified) -> None:
    for line in compared.lines:
        wanted, got = figures_in(line.expected), figures_in(line.seen)
        if wanted != got:
            fact = f"`{_cut(' '.join(wanted))}` is seen as `{_cut(' '.join(got))}`"
            found.add("number-misread", f"{fact} on page {number}")
    if compared.strays:
        fact = (
            f"`{_cut(compared.strays)}` is seen on page {number}, where nothing should be"
        )
        found.add("stray-text", fact)


def _stretches(
    page: PageContent, seen: SeenPage, index: int, owners: Mapping[tuple[int, int], int]
) -> Iterator[Stretch]:
    for number, mark in page.marks.items():
        key = owners.get((index, number))
        yield from _of_mark(mark, seen.height_pt, key)
    for mark in page.furniture:
        yield from _of_mark(mark, seen.height_pt, _FURNITURE)


def _of_mark(mark: Mark, height_pt: float, key: int | str | None) -> Iterator[Stretch]:
    shown = [one for one in mark.shown or () if one.glyphs]
    if not shown:
        return
    if mark.told is not None:
        lefts = [x for one in shown for x, _ in one.glyphs]
        right = max(one.right_pt for one in shown)
        first = shown[0]
        y = height_pt - first.y_pt
        yield Stretch(
            y, min(lefts), right, first.size_pt, mark.told, is_turned(mark.told), key
        )
        return
    for one in shown:
        text = "".join([text for _, text in one.glyphs])
        yield Stretch(
            height_pt - one.y_pt,
            one.glyphs[0][0],
            one.right_pt,
            one.size_pt,
            text,
            is_turned(text),
            key,
        )
