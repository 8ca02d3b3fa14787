"""What viewers turn round in right-to-left text, and what the file tells them instead."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from handouts.fonts import Face, FontLibrary
from handouts.layout.display import Box, DisplayList, Placed
from handouts.pdf import Element, PdfInfo, page_texts, tagged_text, text_recall
from handouts.pdf import write_pdf as write_tagged
from handouts.pdf.embedded import collect_fonts
from handouts.pdf.turned import Turn, with_turns
from handouts.pdf.unicode_map import anchor_glyph, has_anchors
from handouts.text.model import GlyphRun

Shaper = Callable[..., GlyphRun]
Placer = Callable[..., Placed]
Displayed = Callable[..., DisplayList]
Setter = Callable[..., list[Placed]]
Maker = Callable[[Sequence[Placed]], bytes]

INFO = PdfInfo(title="A title", lang="he", created="2026-11")
TREE = (Element("Document", -1, "he"), Element("P", 0, texts=(1,)))
PHONE = "+44 20 7946 0958"

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed"
)


@pytest.fixture
def make(displayed: Displayed) -> Maker:
    return lambda line: write_tagged(displayed(line, rtl=True), TREE, info=INFO)


@pytest.fixture
def line(library: FontLibrary, sans: Face, shaper: Shaper, placer: Placer) -> Setter:
    """Return `line(*parts)`: a right-to-left line, its parts in logical order.

    A part in Latin letters or digits is set from left to right; a list of parts is
    several runs that follow each other so.
    """
    faces = {True: library.face("Noto Sans Hebrew", 400), False: sans}

    def set_line(*parts: str | list[str]) -> list[Placed]:
        start, runs = 0, list[list[GlyphRun]]()
        for part in parts:
            runs.append([])
            for text in [part] if isinstance(part, str) else part:
                rtl = any("\u0590" <= char <= "\u05ff" for char in text) or text in ")("
                run = shaper(faces[rtl], text, rtl=rtl)
                end = start + len(text)
                level = 1 if rtl else 2
                runs[-1].append(replace(run, start=start, end=end, level=level))
                start = end
        x, placed = 50.0, list[Placed]()
        for group in reversed(runs):
            for run in group:
                placed.append(placer(run, x))
                x += run.width_pt
        return placed

    return set_line


def poppler(pdf: bytes) -> str:
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def told(pdf: bytes) -> list[str]:
    """Return what the first page tells PDFium."""
    with pikepdf.open(BytesIO(pdf)) as document:
        lists: Any = document.pages[0].Resources.get("/Properties", {})
        return [str(one.ActualText) for _, one in sorted(lists.items())]


# Hebrew: "phone: "; "about ", " a day", " one day".
@pytest.mark.parametrize(
    ("parts", "turned"),
    [
        (["טלפון: ", PHONE], ["0958 7946 20 +44"]),
        (["בערך ", ["180", " mmHg"], " ביום"], ["mmHg 180"]),
        (["בערך ", "off-label", " ביום אחד"], ["label-off"]),
        (["בערך ", "180", " ביום"], []),
        (["בערך ", "NHS England"], []),
    ],
    ids=["phone", "number and unit", "words", "one number", "mostly Latin"],
)
def test_what_runs_from_left_to_right_comes_back_in_order(
    line: Setter, make: Maker, parts: list[Any], turned: list[str]
) -> None:
    latin = "".join(parts[1])

    pdf = make(line(*parts))

    assert latin in tagged_text(pdf)
    assert latin in page_texts(pdf)[0].replace("\xa0", " ")
    assert told(pdf) == turned


@needs_poppler
def test_poppler_does_not_see_what_pdfium_is_told(line: Setter, make: Maker) -> None:
    found = poppler(make(line("בערך ", ["180", " mmHg"], " (יום)")))

    assert "180 mmHg" in found
    assert text_recall("(יום)", found) == 1.0


def test_neighbours_of_another_look_stay_apart(line: Setter) -> None:
    placed = line("בערך ", ["180", " mmHg"])
    items = [placed[0]._replace(color="#777777"), *placed[1:]]

    found = [item for item, _ in with_turns(items)]

    assert found == items


def test_neighbours_become_one_run_with_all_their_glyphs(line: Setter) -> None:
    one, other, hebrew = line("בערך יום ", ["20 ", "q\u0308"])
    first = one.run
    second = replace(other.run, texts=["q\u0308"], counts=(2,))
    assert second.offsets is not None  # the mark's

    items = [one, other._replace(run=second), hebrew]
    (joined, turns), *others = with_turns(items)

    assert isinstance(joined, Placed)
    run = joined.run
    assert [item for item, _ in others] == [hebrew]
    assert turns == (Turn(0, 5, "20 q\u0308", "\u0308q 20"),)
    assert run.gids == first.gids + second.gids
    assert run.advances == first.advances + second.advances
    assert run.offsets == ((0.0, 0.0),) * 3 + second.offsets
    assert run.counts == (1, 1, 1, 2)
    assert (run.start, run.end, run.width_pt) == (
        first.start, second.end, first.width_pt + second.width_pt,
    )  # fmt: skip


def test_spaces_at_the_ends_of_a_run_are_not_exchanged(line: Setter) -> None:
    (item, turns), *_ = with_turns(line("בערך יום", " 20 mg "))

    assert isinstance(item, Placed)
    assert turns == (Turn(1, 6, "20 mg", "mg 20"),)


# Hebrew: "hand (right)", "(hand)" and so on.
@pytest.mark.parametrize("text", ["יד (ימין)", "(יד)", "יד «יד» יד [יד]", "((יד))"])
def test_brackets_come_back_as_they_are(line: Setter, make: Maker, text: str) -> None:
    pdf = make(line(text))

    assert tagged_text(pdf) == text
    assert text_recall(text, page_texts(pdf)[0]) == 1.0


@needs_poppler
def test_poppler_reads_brackets_too(line: Setter, make: Maker) -> None:
    found = poppler(make(line("יד (ימין) ((יד))")))

    assert text_recall("יד (ימין) ((יד))", found) == 1.0


def test_a_bracket_after_latin_needs_nothing(line: Setter) -> None:
    # PDFium mirrors brackets after right-to-left letters only.
    placed = line("יד (", "PTSD", ") יד")

    turns = {"".join(item.run.texts): turns for item, turns in with_turns(placed)
             if isinstance(item, Placed)}  # fmt: skip

    assert turns["( די"] == (Turn(0, 1, "(", ")"),)
    assert turns["די )"] == ()


def test_the_same_list_is_never_used_twice_running(line: Setter, make: Maker) -> None:
    pdf = make(line("((יד"))

    assert told(pdf) == [")", ")"]
    assert text_recall("((יד", page_texts(pdf)[0]) == 1.0


def test_a_page_without_right_to_left_text_is_as_it_was(
    sans: Face, shaper: Shaper, placer: Placer, make: Maker
) -> None:
    items = [placer(shaper(sans, "20 mg (a day)")), Box(0, 0, 1, 1, fill="#eeeeee")]

    assert list(with_turns(items)) == [(item, ()) for item in items]
    assert told(make(items[:1])) == []  # type: ignore[arg-type]


def test_a_line_of_latin_stays_as_it_is_on_a_right_to_left_page(
    line: Setter, sans: Face, shaper: Shaper, placer: Placer
) -> None:
    latin = placer(shaper(sans, "20 mg (a day)"), y=200)
    box = Box(0, 0, 1, 1, fill="#eeeeee")

    found = list(with_turns([*line("יד"), box, latin]))

    assert found[1:] == [(box, ()), (latin, ())]


def test_cells_are_taken_by_their_place(line: Setter) -> None:
    # The right cell of a table is painted first; PDFium reads both as one line.
    left, right = line("(ימין"), line("יד")
    right = [one._replace(x_pt=400.0) for one in right]

    found = list(with_turns([*right, *left]))

    assert [turns for _, turns in found] == [(), (Turn(4, 5, "(", ")"),)]


# --- raised marks ---------------------------------------------------------------------

# Arabic: "much", "first", "slow", "licensed" and, Persian, "about": marks at the end of
# a word, over lam-alef, over a letter of two glyphs, inside a word, left of its letter.
MARKED = ["كثيرًا", "أولًا", "بطيئًا", "مرخّص", "تقریباً"]


@pytest.fixture
def naskh(library: FontLibrary) -> Face:
    return library.face("Vazirmatn", 400)


@pytest.mark.parametrize("word", MARKED)
def test_marks_stay_with_their_letters(
    naskh: Face, shaper: Shaper, placer: Placer, make: Maker, word: str
) -> None:
    text = f"ألم {word} ألم"
    run = shaper(naskh, text, rtl=True)
    assert has_anchors(run)

    pdf = make([placer(run)])

    assert tagged_text(pdf) == text
    (found,) = page_texts(pdf)
    assert "\n" not in found
    # Over lam-alef the mark comes back after both letters: no glyph is between them.
    assert text_recall(text.replace("لًا", "لاً"), found) == 1.0


@needs_poppler
@pytest.mark.parametrize("word", [word for word in MARKED if "لًا" not in word])
def test_poppler_keeps_marks_in_their_line(
    naskh: Face, shaper: Shaper, placer: Placer, make: Maker, word: str
) -> None:
    text = f"ألم {word} ألم"

    found = poppler(make([placer(shaper(naskh, text, rtl=True))]))

    assert text_recall(text, found) > 0.9
    assert len(found.strip().splitlines()) == 1


def pens(pdf: bytes, run: GlyphRun, x: float, size: float) -> list[tuple[int, float]]:
    """Return (glyph, where the pen was) of a page's glyphs, by the face's own widths."""
    face, found = run.face, []
    by_code = collect_fonts([run])[face].program.gids
    with pikepdf.open(BytesIO(pdf)) as document:
        for instruction in pikepdf.parse_content_stream(document.pages[0]):
            if str(instruction.operator) not in {"Tj", "TJ"}:
                continue
            shown: Any = instruction.operands[0]
            for part in shown if str(instruction.operator) == "TJ" else [shown]:
                if not isinstance(part, pikepdf.String):
                    x -= float(part) * size / 1000
                    continue
                codes = bytes(part)
                for at in range(0, len(codes), 2):
                    gid = by_code[int.from_bytes(codes[at : at + 2], "big")]
                    found.append((gid, x))
                    x += face.advance(gid) * size / face.upem
    return found


def test_anchors_move_no_glyph(
    naskh: Face, shaper: Shaper, placer: Placer, make: Maker
) -> None:
    run = shaper(naskh, "سببًا ودّ أولًا كثيرًا", rtl=True)
    assert run.offsets is not None
    wanted, x = [], 50.0
    for gid, advance, offset in zip(run.gids, run.advances, run.offsets, strict=True):
        wanted.append((gid, x + offset[0]))
        x += advance

    found = pens(make([placer(run, 50.0)]), run, 50.0, run.size_pt)

    anchor = anchor_glyph(naskh)
    drawn = [one for one in found if one[0] != anchor]
    assert len(found) == len(drawn) + 3 * 4
    assert [gid for gid, _ in drawn] == list(run.gids)
    assert [x for _, x in drawn] == pytest.approx([x for _, x in wanted], abs=0.002)


def test_an_anchor_has_neither_ink_nor_width(library: FontLibrary, naskh: Face) -> None:
    gid = anchor_glyph(naskh)
    assert gid
    assert naskh.advance(gid) == 0
    assert anchor_glyph(library.face("Noto Sans Hebrew", 400)) == 0  # it draws a box


def test_letters_off_the_baseline_have_no_anchors(naskh: Face, shaper: Shaper) -> None:
    run = shaper(naskh, "كثيرًا", rtl=True)
    assert run.offsets is not None

    nastaliq = replace(run, offsets=tuple((x, y + 2.0) for x, y in run.offsets))

    assert has_anchors(run)
    assert not has_anchors(nastaliq)
    assert not has_anchors(replace(run, level=0))
    assert not has_anchors(replace(run, offsets=None))
