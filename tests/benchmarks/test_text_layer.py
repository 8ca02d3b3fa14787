"""The pure parts of the benchmarks: scores, verdicts, tables, sources, stripped pages."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.extractors import EXTRACTORS
from benchmarks.sentences import Sheet, document_of, locales, sheet
from benchmarks.tagging import TagCost, stripped, tag_table
from benchmarks.text_layer import (
    Comparison,
    Score,
    markdown_table,
    score,
    shortfalls,
)
from benchmarks.typesetters import TYPESETTERS, missing_library, typst_source
from handouts.document import Paragraph, plain_text
from handouts.layout import Box, DisplayList, Page
from handouts.layout import Path as Shape
from handouts.pdf import page_texts, text_recall

TEXT = Sheet(
    locale="en",
    tag="en",
    language="en",
    direction="ltr",
    title='A "title"',
    fonts=(("Noto Sans", Path("NotoSans.ttf")), ("Noto Sans Math", Path("Math.ttf"))),
    sentences=('Say "no" \\ or yes.', "Do not drive."),
)


def scores(**means: float) -> dict[str, Score]:
    return {name: Score(mean=mean, lowest=mean / 2) for name, mean in means.items()}


def test_a_score_is_the_mean_and_the_lowest() -> None:
    found = score(["abcd", "efgh"], "ab cd\nxefyh")
    assert found == Score(mean=pytest.approx(0.875), lowest=0.75)


def test_a_row_falls_short_beyond_the_tolerance_only() -> None:
    rows = {
        "en": scores(ours=0.95, other=0.98),
        "ar": scores(ours=0.90, other=0.95, third=0.99),
        "he": scores(ours=1.0, other=0.5),
    }
    (found,) = shortfalls("PDFium", rows, ours="ours", tolerance=0.0301)
    assert (found.locale, found.engine) == ("ar", "third")
    assert str(found) == "PDFium, ar: 0.900, third has 0.990"


def test_a_table_has_the_best_of_each_row_in_bold() -> None:
    rows = {"ar": scores(ours=0.9, other=0.99), "en": scores(ours=1.0, other=0.9999)}
    assert markdown_table(rows).splitlines() == [
        "| locale | ours | other |",
        "| --- | --- | --- |",
        "| ar | 0.900 (0.45) | **0.990** (0.49) |",
        "| en | **1.000** (0.50) | **1.000** (0.50) |",
    ]


def test_texts_are_string_literals_of_typst() -> None:
    lines = typst_source(TEXT).splitlines()
    assert r'#"Say \"no\" \\ or yes."' in lines
    assert (
        '#set text(font: ("Noto Sans", "Noto Sans Math",), lang: "en", size: 12pt)'
        in (lines)
    )
    assert r'#set document(title: "A \"title\"", date: none)' in lines


def test_a_document_of_sentences_is_numbered_as_parsed_ones_are() -> None:
    document = document_of(TEXT)
    assert [node.element for node in document.nodes] == [0, 1, 2, 3, 4]
    paragraphs = [node for node in document if isinstance(node, Paragraph)]
    assert tuple(plain_text(one.children) for one in paragraphs) == TEXT.sentences


def test_the_sentences_are_running_text_of_the_locale() -> None:
    english, arabic = sheet("en"), sheet("ar")
    assert len(english.sentences) == len(set(english.sentences)) > 20
    assert {"en", "ar"} <= set(locales())
    assert not any(text.isascii() for text in arabic.sentences)
    assert (arabic.is_rtl, arabic.fonts[0][0]) == (True, "Vazirmatn")
    assert all(file.is_file() for _, file in arabic.fonts)


def test_our_own_engine_sets_every_sentence() -> None:
    ours = TYPESETTERS[0]
    text = sheet("en")
    assert missing_library(ours.module) is None
    pages = "\n".join(page_texts(ours.set_sheet(text)))
    assert {text_recall(one, pages) for one in text.sentences} == {1.0}


def test_a_library_that_is_absent_is_told_in_a_line() -> None:
    told = missing_library("no_such_engine")
    assert told == "No module named 'no_such_engine'"


def test_a_program_that_is_absent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    poppler = next(one for one in EXTRACTORS if one.name == "poppler")
    with pytest.raises(LookupError, match=r"`pdftotext` is not installed"):
        poppler.version()


def test_an_unknown_locale_is_refused_with_the_known_ones() -> None:
    found = CliRunner().invoke(main, ["text-layer", "-l", "xx"])
    assert found.exit_code == 2
    assert "the locales are en, ar, bn" in found.output


@pytest.mark.parametrize(("other", "status"), [(0.99, 1), (0.91, 0)])
def test_the_exit_status_tells_whether_another_is_better(
    monkeypatch: pytest.MonkeyPatch, other: float, status: int
) -> None:
    rows = {"en": {"handouts": Score(mean=0.9, lowest=0.5), **scores(other=other)}}
    made = Comparison(
        sentences={"en": 7},
        versions={"handouts": "1", "other": "2", "poppler": "3"},
        left_out=("mupdf: `mutool` is not installed",),
        rows={"poppler": rows},
    )
    monkeypatch.setattr("benchmarks.text_layer.compare", lambda *_, **__: made)
    found = CliRunner().invoke(main, ["text-layer", "-l", "en"])
    assert found.exit_code == status
    assert ("not best: poppler, en: 0.900" in found.stdout) == bool(status)
    assert found.stdout.startswith("7 sentences a locale")
    assert "engines: handouts 1, other 2" in found.stdout
    assert "left out: mupdf" in found.stdout


def test_stripped_pages_have_nothing_of_an_element() -> None:
    box = Box(1.0, 2.0, 3.0, 4.0, fill="#000000", element=5)
    shape = Shape((("M", 1.0, 2.0),), element=6)
    page = Page(width_pt=100.0, height_pt=100.0, items=(box, shape))
    display = DisplayList(
        title="T", lang="en", direction="ltr", pages=(page,), size_pt=12.0
    )
    (found,) = stripped(display).pages
    assert found.items == (box._replace(element=None), shape._replace(element=None))


def test_a_stripped_file_has_the_same_text_and_no_marked_content_of_elements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from benchmarks import typesetters
    from handouts.pdf import Element, PdfInfo, write_pdf

    ours, text = TYPESETTERS[0], replace(sheet("ar"), sentences=sheet("ar").sentences[:3])
    kept: list[DisplayList] = []
    monkeypatch.setattr(
        typesetters,
        "write_pdf",
        lambda display, *_, **__: kept.append(display) or b"",
    )
    ours.set_sheet(text)
    monkeypatch.undo()
    tagged = ours.set_sheet(text)
    root = (Element("Document", -1, "ar"),)
    info = PdfInfo(title="T", lang="ar", created="2026-11")
    plain = write_pdf(stripped(kept[0]), root, info=info)
    assert page_texts(plain) == page_texts(tagged)
    assert b"/MCID" not in contents(plain)
    assert b"/MCID" in contents(tagged)
    assert len(plain) < len(tagged)


def contents(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        return b"".join(page.Contents.read_bytes() for page in document.pages)


def test_the_cost_of_tags_is_more_writing_and_the_structure() -> None:
    cost = TagCost(
        locale="en",
        whole_ms=40.0,
        elements_ms=1.0,
        tagged_ms=15.0,
        untagged_ms=12.0,
        pages_ms=3.0,
        file_ms=7.0,
        tagged_kb=55.0,
        untagged_kb=50.0,
    )
    assert cost.tags_ms == pytest.approx(4.0)
    assert tag_table([cost]).splitlines()[1].split() == [
        "en", "40.0", "15.0", "12.0", "4.0", "3.0", "7.0", "25%", "55.0", "50.0", "10%",
    ]  # fmt: skip
