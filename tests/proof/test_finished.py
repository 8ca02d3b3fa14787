"""Faults planted in finished files: each must be found, by the build and by `verify`."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from handouts.pdf import prove_finished, verify_pdf
from handouts.pdf.proof import seen
from handouts.pdf.proof.seen import seen_pages
from handouts.pdf.viewer import ViewerError, turn

Edition = Any
Editions = Callable[..., Any]


MISREAD = {"number-misread", "told-otherwise"}
"""A wrong number is seen where it stands, or where a span tells it and shows another."""


def swapped(codes: bytes, one: int, other: int) -> bytes:
    glyphs = [codes[at : at + 4] for at in range(0, len(codes), 4)]
    glyphs[one], glyphs[other] = glyphs[other], glyphs[one]
    return b"".join(glyphs)


def reversed_codes(codes: bytes) -> bytes:
    glyphs = [codes[at : at + 4] for at in range(0, len(codes), 4)]
    return b"".join(reversed(glyphs))


@pytest.fixture(params=["en", "ar", "th"])
def one(edition: Editions, request: pytest.FixtureRequest) -> Edition:
    return edition(request.param)


def test_a_sound_file_is_sound(one: Edition) -> None:
    proof = prove_finished(
        one.pdf, one.display, one.reading, info=one.info, terms=one.terms
    )

    assert not proof.faults
    assert verify_pdf(one.pdf).faults == []
    assert proof.phones == 3
    assert proof.recall_min == proof.recall_mean == 1.0
    told = one.record["proof"]
    assert told["figures"] == proof.figures == verify_pdf(one.pdf).figures
    assert {key: told[key] for key in ("messages", "marks", "phones", "recall_min")} == {
        "messages": proof.messages,
        "marks": proof.marks,
        "phones": 3,
        "recall_min": 1.0,
    }
    assert "contrast" in told["passed"]


# --- numbers and words ----------------------------------------------------------------


def digits_of(one: Edition) -> bytes:
    """Return the codes of the clinic's number, as it is drawn in one piece."""
    content = one.content()
    group = one.phone.split(" ")[-1]
    codes = one.shown(group)
    assert codes in content
    return codes


def test_a_digit_that_is_dropped_is_found(one: Edition) -> None:
    codes = digits_of(one)

    pdf = one.rewritten(lambda content: content.replace(codes, codes[4:]))

    assert MISREAD & one.codes(pdf)


def test_two_digits_that_are_swapped_are_found(one: Edition) -> None:
    codes = digits_of(one)

    pdf = one.rewritten(lambda content: content.replace(codes, swapped(codes, 1, 2)))

    assert MISREAD & one.codes(pdf)


def test_a_phone_that_is_turned_round_is_found(one: Edition) -> None:
    codes = one.shown(one.phone)

    pdf = one.rewritten(lambda content: content.replace(codes, reversed_codes(codes)))

    assert MISREAD & one.codes(pdf)


def test_a_word_that_is_dropped_is_found(edition: Editions) -> None:
    english = edition("en")
    codes = english.shown("pain ")

    pdf = english.rewritten(lambda content: content.replace(codes, b"", 1))

    assert {"tags-read-wrong", "other-text"} <= english.codes(pdf)


def test_letters_of_an_arabic_word_that_are_swapped_are_found(edition: Editions) -> None:
    arabic = edition("ar")
    content = arabic.content()
    run = next(
        run
        for run in (placed.run for placed in arabic.display.pages[0].placed())
        if run.is_rtl and len(run.gids) > 12 and run.counts is None
        and arabic.codes_of(run) in content
    )  # fmt: skip
    pairs = enumerate(pairwise(run.texts))
    at = next(at for at, (a, b) in pairs if a != b and (a + b).isalpha())
    codes = arabic.codes_of(run)

    pdf = arabic.rewritten(
        lambda content: content.replace(codes, swapped(codes, at, at + 1), 1)
    )

    found = prove_finished(pdf, arabic.display, arabic.reading, info=arabic.info)
    assert found.recall_min < 1


def test_a_medicine_that_cannot_be_read_is_found(edition: Editions) -> None:
    thai = edition("th", "ketamine-evidence")
    word = "เคตามีน"  # ketamine
    assert word in thai.terms
    placed = next(
        placed
        for placed in thai.display.pages[0].placed()
        if word in "".join(placed.run.texts) and placed.artifact is None
    )
    first = thai.codes_of(placed.run)[:4]
    starts = [m.start() for m in re.finditer(b"<" + first, thai.content())]
    assert starts
    found: set[str] = set()
    for at in starts:  # whichever of them begins that word
        pdf = thai.rewritten(
            lambda content, at=at: content[: at + 1] + content[at + 5 :]  # type: ignore[misc]
        )
        found |= thai.codes(pdf)

    assert "term-misread" in found


# --- drawing --------------------------------------------------------------------------


def test_text_that_is_drawn_twice_in_one_place_is_found(one: Edition) -> None:
    def twice(content: bytes) -> bytes:
        block = re.search(rb"BT\n.*?ET\n", content, re.DOTALL)
        assert block is not None
        inner = re.sub(rb"/\w+ <<[^\n]*>> BDC\n|EMC\n", b"", block[0])
        again = b"/Artifact BMC\n" + inner + b"EMC\n"
        return content[: block.end()] + again + content[block.end() :]

    assert "other-text" in one.codes(one.rewritten(twice))


@pytest.mark.parametrize("far", [b"9", b"1", b"-"])
def test_text_that_is_moved_is_found(one: Edition, far: bytes) -> None:
    def moved(content: bytes) -> bytes:
        block = re.search(rb"BT\n.*?ET\n", content, re.DOTALL)
        assert block is not None
        place = re.search(rb"^(\d+\.?\d*) [\d.]+ Td$", block[0], re.MULTILINE)
        assert place is not None
        at = block.start() + place.start(1)
        return content[:at] + far + content[at:]

    assert {"moved-text", "unreadable-text"} & one.codes(one.rewritten(moved))


def test_text_between_the_lines_is_found(one: Edition) -> None:
    codes = one.shown(one.phone)
    font = re.search(rb"/F\d+ [\d.]+ Tf", one.content())
    assert font is not None
    extra = b"BT\n" + font[0] + b"\n10 10 Td\n<" + codes + b">Tj\nET\n"

    pdf = one.rewritten(lambda content: content + b"\n/Artifact BMC\n" + extra + b"EMC\n")

    assert {"stray-text", "other-text"} <= one.codes(pdf)


def test_white_text_is_found(one: Edition) -> None:
    def white(content: bytes) -> bytes:
        return content.replace(b"\n0 0 0 rg\n", b"\n1 1 1 rg\n", 1)

    assert one.codes(one.rewritten(white)) == {"wrong-colour"}


# --- tags -----------------------------------------------------------------------------


def first(pdf: pikepdf.Pdf, role: str) -> Any:
    found: Any = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    return next(one for one in found if one.get("/S") == role and "/K" in one)


def test_text_without_a_mark_is_found(one: Edition) -> None:
    def bare(content: bytes) -> bytes:
        return re.sub(rb"/P <</MCID \d+>> BDC\n([^/]*?)EMC\n", rb"\1", content, count=1)

    assert {"broken-mark", "broken-tags"} <= one.codes(one.rewritten(bare))


def test_a_mark_left_open_is_found(one: Edition) -> None:
    pdf = one.rewritten(lambda content: content[: content.rindex(b"EMC")])

    assert "broken-mark" in one.codes(pdf)


def test_a_mark_that_is_there_twice_is_found(one: Edition) -> None:
    pdf = one.rewritten(lambda content: re.sub(rb"/MCID 1\b", b"/MCID 0", content))

    assert {"broken-mark", "broken-tags"} <= one.codes(pdf)


def test_an_operator_of_another_program_is_found(one: Edition) -> None:
    pdf = one.rewritten(lambda content: content + b"\n1 0 0 1 0 0 Tm\n")

    assert one.codes(pdf) == {"broken-mark"}


def adopted(pdf: pikepdf.Pdf) -> None:
    """Give an element a mark that another one has."""
    first(pdf, "/H2").K = 0


def orphaned(pdf: pikepdf.Pdf) -> None:
    kids = first(pdf, "/Document").K
    del kids[0]


def misplaced(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/LI").S = pikepdf.Name.TR


def misread(pdf: pikepdf.Pdf) -> None:
    """Let the parent tree name another element than the one that has the mark."""
    parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    parents[0] = parents[len(parents) - 1]


def disordered(pdf: pikepdf.Pdf) -> None:
    kids = first(pdf, "/Document").K
    kids.insert(0, kids[4])
    del kids[5]


TAGS = {
    "broken-tags": (
        adopted, orphaned, misplaced, misread,
        lambda pdf: pdf.Root.__delattr__("StructTreeRoot"),
        lambda pdf: first(pdf, "/P").__setattr__("K", 999),
        lambda pdf: first(pdf, "/P").__setattr__("K", pikepdf.Name.Odd),
        lambda pdf: first(pdf, "/P").__setattr__("S", pikepdf.Name.Marquee),
        lambda pdf: first(pdf, "/L").K.append(first(pdf, "/Document")),
        lambda pdf: pdf.Root.StructTreeRoot.__delattr__("ParentTree"),
    ),
    "tags-read-wrong": (disordered,),
    "wrong-title": (lambda pdf: pdf.docinfo.__setitem__("/Title", "Another"),),
    "wrong-language": (lambda pdf: pdf.Root.__setattr__("Lang", pikepdf.String("tlh")),),
    "wrong-pages": (lambda pdf: pdf.pages.__delitem__(1),),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "plant"), [(code, one) for code, plants in TAGS.items() for one in plants]
)
def test_what_is_wrong_with_the_structure_is_found(
    edition: Editions, code: str, plant: Callable[[pikepdf.Pdf], Any]
) -> None:
    english = edition("en")

    assert code in english.codes(english.edited(plant))


# --- fonts ----------------------------------------------------------------------------


def fonts_of(pdf: pikepdf.Pdf) -> Any:
    page: Any = pdf.pages[0]
    return page.Resources.Font


def taken_out(pdf: pikepdf.Pdf) -> None:
    font = next(iter(fonts_of(pdf).values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def without_text(pdf: pikepdf.Pdf) -> None:
    del next(iter(fonts_of(pdf).values())).ToUnicode


def standard(pdf: pikepdf.Pdf) -> None:
    name = pikepdf.Name.Helvetica
    kind = pikepdf.Name.Type1
    fonts_of(pdf).F99 = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=kind, BaseFont=name)
    )


@pytest.mark.parametrize(
    ("code", "plant"),
    [
        ("font-not-embedded", taken_out),
        ("font-not-embedded", without_text),
        ("standard-font", standard),
    ],
)
def test_a_font_that_others_would_replace_is_found(
    one: Edition, code: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    pdf = one.edited(plant)

    assert code in one.codes(pdf)
    assert code in {fault.code for fault in verify_pdf(pdf).faults}


def test_a_file_that_cannot_be_opened_again_is_found(edition: Editions) -> None:
    english = edition("en")

    assert english.codes(b"%PDF-1.7\n") == {"unreadable-file"}


def test_characters_are_the_same_asked_for_singly(
    one: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with seen_pages(one.pdf) as pages:
        at_once = [page.chars for page in pages()]
    # What PDFium gives of a page whose characters are not one code unit each.
    monkeypatch.setattr(seen.pdfium, "FPDFText_GetText", lambda *_: 0)

    with seen_pages(one.pdf) as pages:
        assert [page.chars for page in pages()] == at_once


def test_a_place_that_is_not_told_is_none_of_another_page(
    one: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with seen_pages(one.pdf) as pages:
        assert 0.0 not in {x for page in pages() for x in page.chars.x_pt}
    monkeypatch.setattr(seen, "_place_of", lambda *_: 0)

    with seen_pages(one.pdf) as pages:
        assert {x for page in pages() for x in page.chars.x_pt} == {0.0}


def test_what_pdfium_cannot_open_is_told_when_its_pages_are_asked_for() -> None:
    with seen_pages(b"%PDF-1.7\n") as pages, pytest.raises(ViewerError):
        pages()


def test_threads_are_hurried_only_while_pdfium_reads(
    one: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried: list[float] = []
    count = seen._count_of

    def counted(document: object) -> int:
        hurried.append(sys.getswitchinterval())
        return int(count(document))

    monkeypatch.setattr(seen, "_count_of", counted)
    before = sys.getswitchinterval()

    with seen_pages(one.pdf) as pages:
        assert len(pages()) == len(one.display.pages)
        assert sys.getswitchinterval() == before
    assert hurried[0] < before
    with pytest.raises(ZeroDivisionError), seen_pages(one.pdf):
        raise ZeroDivisionError
    with turn():
        assert sys.getswitchinterval() == before


def test_a_file_is_closed_when_it_is_let_go(one: Edition) -> None:
    with seen_pages(one.pdf) as pages:
        pages()
        readers = [thread for thread in threading.enumerate() if thread.name == "PDFium"]
        assert [reader.is_alive() for reader in readers][-1:] == [True]
    for reader in readers:
        reader.join(timeout=60)
    assert not any(reader.is_alive() for reader in readers)
