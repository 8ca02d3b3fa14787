"""A page's marks read at once are those that are read line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.pdf.proof.content import (
    Mark,
    PageContent,
    _Font,
    _Reader,
    _Texts,
    content_of,
    font_maps,
    read_content,
)

Editions = Callable[..., Any]
Fonts = Any

LINES = (
    b"/P <</MCID 0>> BDC",
    b"/P <</MCID 1>> BDC",
    b"/Span <</MCID 2 /ActualText <FEFF00610031>>> BDC",
    b"/Span <</MCID 2/ActualText <feff0061>>> BDC",
    b"/Span <</MCID 3 /ActualText <>>> BDC",
    b"/Span <</ActualText <FEFF0062>>> BDC",
    b"/Span /T0 BDC",
    b"/Artifact BMC",
    b"/Artifact <</Type /Pagination>> BDC",
    b"EMC", b" EMC", b"EMC EMC",
    b"BT", b"ET",
    b"/F1 12 Tf", b"/F2 9.5 Tf", b"/F9 9 Tf",
    b"1 2 Td", b"0.5 Ts", b"1 0 0 rg",
    b"(\x00\x01)Tj", b"(\x00\x01\x00\x02)Tj", b"(\x00\x03 \x00\\()Tj",
    b"[(\x00\x01)-12.5(\x00\x02)]TJ", b"[(\x00\x09)]TJ", b"(\x00\x01) Tj",
    b"1 2 m", b"3 4 l", b"S", b"f", b"/Im1 Do", b"q", b"1 0 0 1 0 0 Tm", b"", b"%",
)  # fmt: skip
TEXTS = _Texts({1: "a", 2: "1", 3: "b", 0x28: "("})


def fonts() -> Fonts:
    return {"F1": _Font(TEXTS, {}), "F2": _Font(_Texts({1: "x", 2: "\u0662"}), {})}


def told(mark: Mark) -> tuple[object, ...]:
    return mark.number, mark.told, mark.glyphs, mark.has_shapes


def facts(page: PageContent) -> tuple[object, ...]:
    """Return all that a proof asks of a page."""
    return (
        [(number, told(mark)) for number, mark in page.marks.items()],
        list(map(told, page.furniture)),
        list(map(told, page.painted)),
        page.faults,
        list(page.untrue()),
    )


def by_line(content: bytes, fonts: Fonts) -> PageContent:
    reader = _Reader(fonts, places=False)
    reader.lines(content)
    return reader.finish()


def pages_of(pdf: bytes) -> Iterator[tuple[bytes, Fonts]]:
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            yield content_of(page), font_maps(page, {}, places=False)


@pytest.mark.parametrize("locale", ["en", "ar", "km", "bn", "th", "ja", "fa"])
def test_a_page_as_it_is_written_is_read_the_same(edition: Editions, locale: str) -> None:
    marks = 0
    for content, maps in pages_of(edition(locale, "ketamine-safety").pdf):
        page = read_content(content, maps, places=False)

        assert facts(page) == facts(by_line(content, maps))
        with_places = read_content(content, maps, places=True)
        assert facts(page) == facts(with_places)
        assert not page.faults
        marks += len(page.marks)
    assert marks > 50


@given(st.lists(st.sampled_from(LINES), max_size=24))
def test_whatever_a_page_holds_is_read_the_same(lines: list[bytes]) -> None:
    content = b"\n".join(lines)

    assert facts(read_content(content, fonts(), places=False)) == facts(
        by_line(content, fonts())
    )


@given(st.data())
def test_a_page_that_was_changed_is_read_the_same(
    edition: Editions, data: st.DataObject
) -> None:
    locale = data.draw(st.sampled_from(["en", "ar", "km"]))
    content, maps = next(pages_of(edition(locale).pdf))
    lines = content.split(b"\n")
    heads = [at for at, line in enumerate(lines) if re.search(rb"BDC$|BMC$|EMC$", line)]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.sampled_from(heads))
        kind = data.draw(st.integers(0, 4))
        if kind == 0:
            lines[at] = b""
        elif kind == 1:
            lines[at] = data.draw(st.sampled_from(LINES))
        elif kind == 2:
            lines[at] += b"\n" + data.draw(st.sampled_from(LINES))
        elif kind == 3:
            other = data.draw(st.sampled_from(heads))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            place = data.draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + lines[at][place + 1 :]
    changed = b"\n".join(lines)

    assert facts(read_content(changed, maps, places=False)) == facts(
        by_line(changed, maps)
    )


@pytest.mark.parametrize("font", [b"/F112 Tf", b"/F1  Tf", b"F1 12 Tf", b"/F1 1.2.3 Tf"])
@pytest.mark.parametrize("is_inside", [True, False])
def test_a_font_that_is_not_set_rightly_is_a_fault(font: bytes, is_inside: bool) -> None:
    lines = [b"/P <</MCID 0>> BDC", b"(\0\1)Tj", b"EMC"]
    lines.insert(int(is_inside), font)
    content = b"BT\n" + b"\n".join(lines) + b"\nET\n"
    page = read_content(content, fonts(), places=False)
    assert page.faults == ["a font is set without its name or its size"]
    assert facts(page) == facts(by_line(content, fonts()))


def test_what_stands_in_a_mark_is_asked_of_each_font() -> None:
    content = (
        b"BT\n/F1 12 Tf\n1 2 Td\n/P <</MCID 0>> BDC\n(\x00\x01)Tj\n"
        b"/F2 12 Tf\n(\x00\x01\x00\x09)Tj\nEMC\n/P <</MCID 1>> BDC\n(\x00\x02)Tj\nEMC\n"
        b"ET\n/Artifact BMC\n1 2 m\n3 4 l\nS\nEMC\n"
    )

    page = read_content(content, fonts(), places=False)

    assert [mark.glyphs for mark in page.marks.values()] == [
        ["a", "x", "\ufffd"],
        ["\u0662"],
    ]
    assert [mark.has_shapes for mark in page.painted] == [False, False, True]


def test_a_digit_that_is_lacking_is_no_crash() -> None:
    content = b"/Span <</MCID 0 /ActualText <FEFF0061006>>> BDC\nEMC\n"

    page = read_content(content, fonts(), places=False)

    assert [mark.told for mark in page.painted] == ["a`"]
