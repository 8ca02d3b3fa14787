"""Every handout in every locale follows PDF/UA-1 and PDF/A-2a, and reads in order."""

from __future__ import annotations

import importlib.util
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.document import Figure, Heading, ListBlock, Paragraph, Table, plain_text
from handouts.pdf import tag_tree, tagged_text
from handouts.pdf.unicode_map import visible

pytestmark = pytest.mark.all_locales

RTL = frozenset({"ar", "fa", "he"})
FALSE_POSITIVES = frozenset({"PDFA2A-STREAM-LENGTH-001"})
"""page-validation reports a compressed stream that happens to end in CR."""


def test_verapdf_finds_nothing(
    editions: Any, everything: Any, judge: Any, tmp_path: Path
) -> None:
    made = {**editions, **everything}
    verdicts = judge({name: one.pdf for name, one in made.items()}, tmp_path)

    assert {name: found for name, found in verdicts.items() if found} == {}


def untag(pdf: pikepdf.Pdf) -> None:
    page: Any = pdf.pages[0]
    content = re.sub(rb"/H1 <</MCID \d+>> BDC", b"/H1 BMC", page.Contents.read_bytes())
    page.Contents = pdf.make_stream(content)


def first(pdf: pikepdf.Pdf, role: str) -> Any:
    found: Any = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    return next(one for one in found if one.get("/S") == role)


def lose_text(pdf: pikepdf.Pdf) -> None:
    fonts: Any = pdf.pages[0].obj.Resources.Font
    del next(iter(fonts.values())).ToUnicode


def lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang
    del first(pdf, "/Document").Lang


MISTAKES: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "no-language": lose_language,
    "no-title-shown": lambda pdf: pdf.Root.__delattr__("ViewerPreferences"),
    "no-mark": lambda pdf: pdf.Root.__delattr__("MarkInfo"),
    "no-tree": lambda pdf: pdf.Root.__delattr__("StructTreeRoot"),
    "no-metadata": lambda pdf: pdf.Root.__delattr__("Metadata"),
    "no-colours": lambda pdf: pdf.Root.__delattr__("OutputIntents"),
    "no-alternative": lambda pdf: first(pdf, "/Figure").__delattr__("Alt"),
    "skipped-heading": lambda pdf: setattr(first(pdf, "/H2"), "S", pikepdf.Name.H4),
    "no-scope": lambda pdf: first(pdf, "/TH").__delattr__("A"),
    "ragged-table": lambda pdf: first(pdf, "/TR").K.__delitem__(0),
    "stray-item": lambda pdf: setattr(first(pdf, "/LI"), "S", pikepdf.Name.P),
    "untagged": untag,
    "no-text-of-a-glyph": lose_text,
}


def broken(pdf: bytes, breaks: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        breaks(document)
        target = BytesIO()
        document.save(target)
    return target.getvalue()


def test_verapdf_catches_what_is_wrong(editions: Any, judge: Any, tmp_path: Path) -> None:
    pdf = editions["ketamine-safety.en"].pdf
    files = {name: broken(pdf, breaks) for name, breaks in MISTAKES.items()}

    verdicts = judge(files, tmp_path)

    caught = {name for (name, _), found in verdicts.items() if found}
    assert caught == set(files)


def test_a_second_judge_agrees(editions: Any, everything: Any, tmp_path: Path) -> None:
    if importlib.util.find_spec("page") is None:
        reason = "page-validation is missing: the extra `conformance`"
        if os.environ.get("HANDOUTS_REQUIRE_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    import page

    found = {}
    for name, one in {**editions, **everything}.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(one.pdf)
        for profile in ("ua1", "pdfa-2a"):
            report = page.validate_pdf(str(path), profile=profile)
            rules = {failure.rule_id for failure in report.failures} - FALSE_POSITIVES
            if rules:
                found[name, profile] = sorted(rules)
    assert found == {}


def test_the_tree_reads_as_the_document(editions: Any) -> None:
    for name, one in editions.items():
        parts = [part for part in one.document.parts if part.part != "footer"]
        is_rtl = name.rpartition(".")[2] in RTL
        # A timeline that has no room is a numbered list; the numbers of a scale are
        # drawn in the digits of the language.
        drawn, listed = (
            bare("".join(told), is_rtl=is_rtl)
            for told in (
                [text for part in parts for text in texts(part)],
                [text for part in parts for text in texts(part, are_listed=True)],
            )
        )
        got = in_latin(bare(tagged_text(one.pdf), is_rtl=is_rtl))
        assert got in {in_latin(drawn), in_latin(listed)}, name


def in_latin(text: str) -> str:
    """Return text with every decimal digit as a Latin one."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text
    )


@pytest.mark.golden
def test_the_tree_of_everything(
    everything: Any, golden: Callable[[str, str], None]
) -> None:
    golden("pdf/everything.ar.tags.txt", tag_tree(everything["everything.ar"].pdf))


def texts(node: Any, *, are_listed: bool = False) -> Iterator[str]:
    """Yield the document's texts in its own order, those never drawn left out."""
    if isinstance(node, Paragraph | Heading):
        if getattr(node, "css_class", None) != "alt":
            yield plain_text(node.children)
    elif isinstance(node, Table):
        yield from _table_texts(node, are_listed=are_listed)
    else:
        if isinstance(node, Figure) and node.draw == "scale":
            yield from map(str, range(11))
        is_timeline = isinstance(node, Figure) and node.draw == "timeline"
        if is_timeline and not are_listed:
            yield from (text for item in _stops(node) for text in texts(item))
            return
        for field in ("blocks", "items", "caption"):
            for number, block in enumerate(getattr(node, field, ()), 1):
                yield from _label(node, number)
                yield from texts(block, are_listed=are_listed)


def _table_texts(node: Table, *, are_listed: bool) -> Iterator[str]:
    yield plain_text(node.caption or ())
    for row in (*node.head, *node.body):
        for cell in row.cells:
            for block in cell.blocks:
                yield from texts(block, are_listed=are_listed)


def _stops(figure: Figure) -> Iterator[Any]:
    """Yield the stops of a timeline, which is drawn without numbers."""
    for block in figure.blocks:
        yield from getattr(block, "items", ())


def _label(node: Any, number: int) -> Iterator[str]:
    if isinstance(node, ListBlock) and node.kind == "number":
        yield str(number)


def bare(text: str, *, is_rtl: bool) -> str:
    """Return what counts; punctuation alone in a mark has no direction to read it in."""
    shown = re.sub(r"\s", "", visible(unicodedata.normalize("NFKC", text)))
    if is_rtl:
        return "".join(c for c in shown if not unicodedata.category(c).startswith("P"))
    return shown
