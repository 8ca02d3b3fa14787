"""The tag tree: what each part of a document becomes, and where its content went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from handouts.batch import Job
from handouts.build import BuildRequest, open_workshop
from handouts.build.edition import make, resolve
from handouts.diagnostics import Sink
from handouts.document import Document, parse
from handouts.fonts import Face, FontLibrary
from handouts.layout.display import Box, DisplayList, Placed, Segment
from handouts.pdf import (
    Element,
    PdfInfo,
    TagError,
    UntaggedTextError,
    elements_of,
    tag_tree,
    tagged_text,
    write_pdf,
)
from handouts.text.model import GlyphRun, Style

Shaper = Callable[..., GlyphRun]
Placer = Callable[..., Placed]
Displayed = Callable[..., DisplayList]

INFO = PdfInfo(title="A title", lang="en", created="2026-11")
ROOT = Element("Document", -1, "en")


def read(markup: str) -> Document:
    sink = Sink()
    document = parse(
        f'<section data-part="body">{markup}</section>',
        (),
        nonce="",
        lang="en",
        direction="ltr",
        sink=sink,
    )
    assert document is not None, sink.diagnostics
    return document


def shown(markup: str) -> list[str]:
    """Return the elements of a body, one a line, indented by depth."""
    elements = elements_of(read(markup))
    depths = [0]
    for element in elements[1:]:
        depths.append(depths[element.parent] + 1)
    lines = []
    for depth, element in zip(depths[1:], elements[1:], strict=True):
        words = [element.role]
        words += [f"lang {element.lang}"] if element.lang else []
        words += [f"alt {element.alt}"] if element.alt else []
        words += [f"reads {element.actual_text}"] if element.actual_text else []
        words += [element.attributes] if element.attributes else []
        lines.append("  " * (depth - 1) + " ".join(words))
    return lines


def placed(run: GlyphRun, element: int, x: float = 50.0, y: float = 100.0) -> Placed:
    run = replace(run, style=run.style._replace(element=element))
    return Placed(run, x, y, "#000000", "#ffffff", (40.0, 40.0, 515.0, 761.0))


# --- from the document ----------------------------------------------------------------


def test_lists_have_labels_where_a_mark_says_something() -> None:
    assert shown("<ol><li>one</li></ol><ul class='checklist'><li>two</li></ul>") == [
        "L /O /List /ListNumbering /Decimal",
        "  LI",
        "    Lbl",
        "    LBody",
        "L /O /List /ListNumbering /None",
        "  LI",
        "    Lbl reads ☐",
        "    LBody",
    ]


def test_a_table_tells_scopes_and_spans() -> None:
    found = shown(
        "<table><caption>Doses</caption><thead><tr><th scope='col'>a</th>"
        "<th scope='col'>b</th></tr></thead><tbody><tr><th scope='row'>c</th><td>d</td>"
        "</tr><tr><td colspan='2'>e</td></tr></tbody></table>"
    )

    assert found == [
        "Table",
        "  Caption",
        "  THead",
        "    TR",
        "      TH /O /Table /Scope /Column",
        "      TH /O /Table /Scope /Column",
        "  TBody",
        "    TR",
        "      TH /O /Table /Scope /Row",
        "      TD",
        "    TR",
        "      TD /O /Table /ColSpan 2",
    ]


def test_another_language_is_told_where_it_begins() -> None:
    found = shown(
        '<p>One <span lang="la">in vitro</span></p>'
        '<p lang="de" dir="ltr">Zwei <span lang="de">drei</span></p>'
    )

    assert found == ["P", "  Span lang la", "P lang de"]


def test_heading_levels_skip_none() -> None:
    levels = shown(
        "<section><h2>First</h2><p>x</p></section>"
        "<aside class='warning'><h3>Second</h3><p>x</p></aside>"
        "<section><h2>Third</h2><p>x</p></section>"
    )

    # This body stands without its band, and so without the title's H1.
    assert [line.strip() for line in levels if "H" in line] == ["H1", "H2", "H2"]


def test_a_drawing_has_its_alternative_and_a_blank_is_read() -> None:
    assert shown(
        '<figure data-draw="lines" data-min="2" data-max="6">'
        '<p class="alt">Lines to write on</p></figure>'
        '<p>Name: <span data-blank="40mm"></span></p>'
    ) == ["Div", "  Figure alt Lines to write on", "P", "  Span reads ____"]


def test_the_boxes_of_a_certainty_only_repeat_its_words() -> None:
    found = shown(
        "<table><thead><tr><th scope='col'>a</th></tr></thead><tbody><tr><td>"
        "<figure data-draw='certainty' data-level='2'><p>Weak evidence</p></figure>"
        "</td></tr></tbody></table>"
    )

    assert found[-1].strip() == "TD"


def test_a_timeline_is_a_drawing_and_a_list_in_its_order() -> None:
    assert shown(
        '<figure data-draw="timeline"><ol><li><p>one</p></li><li><p>two</p></li></ol>'
        '<p class="alt">Two steps</p></figure>'
    )[:4] == [
        "Div",
        "  Figure alt Two steps",
        "  L /O /List /ListNumbering /Decimal",
        "    LI",
    ]


def test_links_are_links() -> None:
    assert shown('<p>See <a href="https://example.org/">this</a>.</p>') == ["P", "  Link"]


# --- on the page ----------------------------------------------------------------------


def test_text_of_no_element_is_never_drawn(
    sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    display = displayed([placed(shaper(sans, "stray"), 7)])

    with pytest.raises(UntaggedTextError, match=r"`stray` belongs to no element"):
        write_pdf(display, (ROOT,), info=INFO)


def test_a_link_stands_in_a_link_element(
    sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    run = shaper(sans, "x", style=Style(href="https://example.org/"))
    tree = (ROOT, Element("P", 0, texts=(1,)))

    with pytest.raises(UntaggedTextError, match="no Link element"):
        write_pdf(displayed([placed(run, 1)]), tree, info=INFO)


def test_a_paragraph_over_two_pages_is_one_element(
    sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    one, two = shaper(sans, "head "), shaper(sans, "tail")
    two = replace(two, start=5, end=9)
    tree = (ROOT, Element("P", 0, texts=(1,)))

    pdf = write_pdf(displayed([placed(one, 1)], [placed(two, 1)]), tree, info=INFO)

    assert tag_tree(pdf) == "Document Lang='en'\n  P 'head tail'\n"


def test_a_repeated_table_head_is_read_once(
    sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    tree = (
        ROOT,
        Element("Table", 0),
        Element("THead", 1),
        Element("TR", 2),
        Element("TH", 3, attributes="/O /Table /Scope /Column", texts=(1,)),
        Element("TBody", 1),
        Element("TR", 5),
        Element("TD", 6, texts=(2,)),
    )
    head, cell = placed(shaper(sans, "head"), 1), placed(shaper(sans, "cell"), 2, y=200)

    pdf = write_pdf(displayed([head, cell], [head]), tree, info=INFO)

    assert tagged_text(pdf) == "headcell"


def test_what_is_drawn_from_left_to_right_is_read_in_order(
    library: FontLibrary, sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    # Hebrew: "pain", a number after it; on the page the number stands left.
    hebrew = shaper(library.face("Noto Sans Hebrew", 400), "כאב ", rtl=True)
    number = replace(shaper(sans, "24"), start=4, end=6)
    tree = (ROOT, Element("P", 0, texts=(1,)))
    items = [placed(number, 1, x=50), placed(hebrew, 1, x=70)]

    pdf = write_pdf(displayed(items, rtl=True), tree, info=INFO)

    assert tagged_text(pdf) == "כאב 24"


def test_shapes_are_drawings_or_artifacts(displayed: Displayed) -> None:
    tree = (ROOT, Element("Figure", 0, alt="Two boxes", drawings=(3,)))
    items = [
        Box(10, 10, 20, 20, fill="#eeeeee"),
        Box(50, 50, 20, 20, fill="#eeeeee", element=3),
        Segment(50, 80, 90, 80, 2.0, "#000000", element=3),
        Box(0, 0, 1, 1, fill="#eeeeee"),
    ]

    pdf = write_pdf(displayed(items), tree, info=INFO)

    assert tag_tree(pdf) == "Document Lang='en'\n  Figure Alt='Two boxes' '[drawing]'\n"
    with pikepdf.open(BytesIO(pdf)) as document:
        (root,) = document.Root.StructTreeRoot.K
        box = [float(number) for number in root.K.A.BBox]
        content = document.pages[0].Contents.read_bytes()
    assert box == pytest.approx([50, 841.89 - 81, 90, 841.89 - 50], abs=0.02)
    assert content.count(b"/Artifact BMC") == 2


def test_each_number_has_one_owner_who_names_it(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(BytesIO(made("ar"))) as document:
        root: Any = document.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        for page in document.pages:
            owners = numbers[numbers.index(page.obj.StructParents) + 1]
            for number, owner in enumerate(owners):
                kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
                named = [
                    kid
                    for kid in kids
                    if (isinstance(kid, int) and owner.Pg == page.obj and kid == number)
                    or (
                        isinstance(kid, pikepdf.Dictionary)
                        and kid.get("/MCID") == number
                        and kid.Pg == page.obj
                    )
                ]
                assert len(named) == 1


def test_bookmarks_are_the_headings(made: Callable[[str], bytes]) -> None:
    with pikepdf.open(BytesIO(made("en"))) as document, document.open_outline() as found:
        (title,) = found.root
        names = [one.title for one in title.children]
        inner = [one.title for one in title.children[2].children]

    assert title.title == "Is ketamine safe for me?"
    assert names[:2] == ["What is ketamine?", "Common effects on the day"]
    assert names[2] == "Before you decide: what to tell us"
    assert inner == ["Do not mix ketamine with these"]


# --- whole leaflets -------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    sink = Sink()
    workshop = open_workshop(BuildRequest(project=tmp_path_factory.mktemp("p")), sink)
    assert workshop is not None, sink.diagnostics

    def make_leaflet(locale: str) -> bytes:
        job = Job(handout="ketamine-safety", locale=locale, format="a4")
        resolved = resolve(job, workshop, sink)
        assert resolved is not None, sink.diagnostics
        found = make(job, resolved, workshop, sink)
        assert found is not None, sink.diagnostics
        return found.pdf

    return make_leaflet


@pytest.mark.golden
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_the_tree_of_a_leaflet(
    locale: str,
    made: Callable[[str], bytes],
    golden: Callable[[str, str], None],
) -> None:
    golden(f"pdf/ketamine-safety.{locale}.tags.txt", tag_tree(made(locale)))


# --- reading a broken file ------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"0 0 1 1 re f", "f stands in no mark"),
        (b"/P <</MCID 0>> BDC", "a mark is left open"),
        (b"/P <</MCID 0>> BDC BT EMC ET", "crosses the edge"),
        (b"/P <</MCID 0>> BDC EMC /P <</MCID 0>> BDC EMC", "MCID 0"),
        (b"/P <</MCID 0>> BDC /Span <</MCID 1>> BDC EMC EMC", "MCID 1"),
    ],
)
def test_marks_that_do_not_hold_together(
    content: bytes, fault: str, displayed: Displayed
) -> None:
    pdf = write_pdf(displayed([]), (ROOT,), info=INFO)
    with pikepdf.open(BytesIO(pdf)) as document:
        document.pages[0].Contents = document.make_stream(content)
        target = BytesIO()
        document.save(target)

    with pytest.raises(TagError, match=fault):
        tag_tree(target.getvalue())


def test_a_link_of_the_tree_is_an_annotation(
    sans: Face, shaper: Shaper, displayed: Displayed
) -> None:
    run = shaper(sans, "here", style=Style(href="https://example.org/"))
    tree = (ROOT, Element("P", 0, texts=(1,)), Element("Link", 1, texts=(2,)))

    pdf = write_pdf(displayed([placed(run, 2)]), tree, info=INFO)

    assert tag_tree(pdf).splitlines()[2:] == ["    Link -> https://example.org/ 'here'"]
    with pikepdf.open(BytesIO(pdf)) as document:
        (note,) = document.pages[0].Annots
        numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owner = numbers[numbers.index(note.StructParent) + 1]
    assert str(owner.S) == "/Link"
