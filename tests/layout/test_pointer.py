"""The pointer to the emergency box: its page, and what is printed without it."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from handouts.diagnostics import Sink
from handouts.document import Document, parse
from handouts.document.tree import Field, Paragraph, Value
from handouts.layout import Box, DisplayList, compose, settled
from handouts.layout.pointer import has_pointer
from handouts.layout.theme import PALETTE

POINTER = (
    '<section><h2>First</h2><p>short</p></section><p class="pointer">Red <strong>'
    'box: page <span data-field="emergency"/></strong></p>'
)
BOX = '<aside class="emergency"><h3>Get help</h3><ul><li>chest pain</li></ul></aside>'
FILLER = "<section><h2>What is it?</h2>" + f"<p>{'word ' * 180}</p>" * 4 + "</section>"


def words_of(display: DisplayList, page: int) -> str:
    return "".join(
        "".join(p.run.texts) for p in display.pages[page].placed() if p.artifact is None
    )


def page_of_box(display: DisplayList) -> int:
    pages = range(len(display.pages))
    return next(n + 1 for n in pages if "Gethelp" in squeezed(words_of(display, n)))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_it_names_the_page_of_the_box(press: Any, count: int) -> None:
    display = press.lay_out(POINTER + FILLER * count + BOX)
    page = page_of_box(display)
    assert (page == 1) == (count == 0)
    found = re.search(r"Redbox:page(\d+)", squeezed(words_of(display, 0)))
    assert (found[1] if found else None) == (str(page) if page > 1 else None)
    assert display.box_page == (str(page) if page > 1 else None)


def test_it_carries_the_signal_of_the_box(press: Any) -> None:
    def discs(body: str) -> int:
        page = press.lay_out(body).pages[0]
        return sum(getattr(item, "fill", None) == PALETTE.red for item in page.items)

    assert discs(POINTER + FILLER * 2 + BOX) == 1
    assert discs(FILLER * 2 + BOX) == 0


def test_it_stands_near_the_message_above_it(press: Any) -> None:
    def gap(display: DisplayList, text: str) -> float:
        """Return the space between the message's box and what follows it."""
        items = display.pages[0].items
        foot = max(
            item.y_pt + item.height_pt + item.stroke_pt / 2
            for item in items
            if isinstance(item, Box) and item.stroke == PALETTE.brand
        )
        (own,) = [p for p in display.pages[0].placed() if text in str(p.run.texts)]
        return own.frame[1] - foot

    message = '<aside class="key-message"><p>You decide.</p></aside>'
    pointer = '<p class="pointer">Red box: page <span data-field="emergency"/></p>'
    pointed = press.lay_out(message + pointer + FILLER * 2 + BOX)
    plain = press.lay_out(message + "<p>Red box</p>" + FILLER * 2 + BOX)
    lift = 23 / 2 - 1.4 * pointed.size_pt / 2  # its disc is higher than its line
    assert gap(pointed, "Red") - lift < 2.1 * 0.35 * pointed.size_pt
    assert gap(plain, "Red") > 2.9 * 0.30 * plain.size_pt


def test_a_document_without_one_is_left_alone(press: Any) -> None:
    display = press.lay_out(FILLER * 2 + BOX)
    assert display.box_page is None
    document = parsed(FILLER + BOX)
    assert settled(document, "2") is document


def parsed(body: str) -> Document:
    markup = f'<section data-part="body">{body}</section>'
    document = parse(markup, (), nonce="n", lang="en", direction="ltr", sink=Sink())
    assert document is not None
    return document


def test_what_is_printed_is_written_out() -> None:
    document = parsed(POINTER + BOX)
    assert has_pointer(document)
    printed = settled(document, "3")
    (field,) = [node for node in document.nodes if isinstance(node, Field)]
    value = printed.nodes[field.element]
    assert isinstance(value, Value)
    assert (value.kind, value.text) == ("number", "3")
    assert len(printed.nodes) == len(document.nodes)
    body = printed.part("body")
    assert body is not None
    assert printed.nodes[body.element] is body
    assert printed.nodes[body.blocks[1].element] is body.blocks[1]


def test_it_is_left_out_without_a_page() -> None:
    body = settled(parsed(POINTER + BOX), None).part("body")
    assert body is not None
    assert not any(isinstance(block, Paragraph) for block in body.blocks)


def test_rather_none_than_one_that_moves_its_box(
    press: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = itertools.cycle([3, 2])
    monkeypatch.setattr(compose, "box_page", lambda *_: next(pages))
    display = press.lay_out(POINTER + FILLER * 2 + BOX)
    assert display.box_page is None
    assert "Redbox" not in squeezed(words_of(display, 0))
    assert page_of_box(display) > 1


def test_where_it_is_left_out_the_type_is_as_if_it_had_never_been(press: Any) -> None:
    first, line = POINTER.split("<p class", 1)
    sizes = set()
    for count in range(14, 23):
        rest = f"<section><h2>More</h2>{'<p>words</p>' * count}</section>{BOX}"
        plain = press.lay_out(first + rest)
        pointed = press.lay_out(f"{first}<p class{line}{rest}")
        if pointed.box_page is None:
            assert pointed.size_pt == plain.size_pt
            sizes.add(plain.size_pt)
        assert page_of_box(pointed) == int(pointed.box_page or 1)
    assert len(sizes) > 1
