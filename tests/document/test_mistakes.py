"""What is wrong with markup: code, the template's line, a message that says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from handouts.diagnostics import Diagnostic

if TYPE_CHECKING:
    from conftest import Reader

H2 = "<section><h2>[[H]]</h2></section>"
HEAD = '<thead><tr><th scope="col">[[x]]</th></tr></thead>'

EMERGENCY = '<aside class="emergency"><h3>[[help]]</h3></aside>'
POINTER = '<p class="pointer">[[see <span data-field="emergency"></span>]]</p>'

CASES: dict[str, tuple[str, str, str]] = {
    "unknown tag": ("<div>x</div>", "unknown-tag", "unknown tag `<div>`"),
    "misspelt tag": ("<tabel/>", "unknown-tag", "unknown tag `<tabel>`"),
    "heading in a paragraph": (
        "<p>[[x]]<h2>y</h2></p>", "wrong-nesting", "`<h2>` cannot stand inside `<p>`",
    ),
    "block in a message": (
        "<p>[[a<p>b</p>]]</p>", "wrong-nesting", "`<p>` cannot stand inside `<m>`",
    ),
    "section in a section": (
        "<section><h2>[[a]]</h2><section><h2>[[b]]</h2></section></section>",
        "wrong-nesting", "`<section>` cannot stand inside `<section>`",
    ),
    "item outside a list": ("<li>[[x]]</li>", "wrong-nesting", "`<li>` cannot stand"),
    "list in a list": ("<ul><ul><li>[[x]]</li></ul></ul>", "wrong-nesting", "`<ul>`"),
    "unknown attribute": (
        "<p style='x'>[[x]]</p>", "unknown-attribute", "`<p>` has no attribute `style`",
    ),
    "wrong value": (
        '<p data-risk="high">[[x]]</p>', "invalid-attribute",
        "`data-risk` of `<p>` is `high`",
    ),
    "wrong count": (
        '<ul><li data-count="101">[[x]]</li></ul>', "invalid-attribute", "`101`",
    ),
    "page outside a pointer": (
        f'<p>[[see <span data-field="emergency"></span>]]</p>{EMERGENCY}',
        "lost-page", "asked outside a pointer",
    ),
    "pointer without a page": (
        f'<p class="pointer">[[see]]</p>{EMERGENCY}',
        "misplaced-pointer", "does not name the page",
    ),
    "pointer in a section": (
        f'<section><h2>[[H]]</h2>{POINTER}</section>{EMERGENCY}',
        "misplaced-pointer", "elsewhere than directly in the body",
    ),
    "pointer without a box": (
        POINTER, "misplaced-pointer", "no emergency box to point to",
    ),
    "script in a link": (
        '<p><a href="javascript:x">[[x]]</a></p>', "invalid-attribute", "`href` of `<a>`",
    ),
    "unknown symbol": (
        '<aside class="note" data-symbol="skull"><p>[[x]]</p></aside>',
        "invalid-attribute", "`data-symbol` of `<aside>` is `skull`",
    ),
    "box without a class": (
        "<aside><p>[[x]]</p></aside>", "missing-attribute", "`<aside>` lacks `class`",
    ),
    "text between blocks": ("lost<p>[[x]]</p>", "stray-text", "`lost` stands directly"),
    "message between blocks": (
        "[[x]]<p>[[y]]</p>", "stray-text", "a message or value stands directly in",
    ),
    "text in a list": ("<ul>lost<li>[[x]]</li></ul>", "stray-text", "`lost` stands"),
    "text in a blank": (
        '<p>[[a]]<span data-blank="4mm">x</span></p>', "stray-text", "a blank or a field",
    ),
    "section without a heading": (
        "<section><p>[[x]]</p></section>",
        "missing-heading", "does not begin with `<h2>`",
    ),
    "two headings": (
        "<section><h2>[[x]]</h2><h2>[[y]]</h2></section>", "heading-order",
        "`<section>` has more than one `<h2>`",
    ),
    "h3 before any h2": (
        '<aside class="note"><h3>[[x]]</h3></aside>',
        "heading-order", "before any `<h2>`",
    ),
    "warning without a heading": (
        f'{H2}<aside class="warning"><p>[[x]]</p></aside>', "missing-heading",
        "`warning` box has no heading",
    ),
    "emergency without a heading": (
        f'{H2}<aside class="emergency"><p>[[x]]</p></aside>', "missing-heading",
        "`emergency` box has no heading",
    ),
    "two key messages": (
        '<aside class="key-message"><p>[[x]]</p></aside>' * 2, "second-key-message",
        "more than one key message",
    ),
    "empty paragraph": ("<p> </p>", "empty-block", "`<p>` is empty"),
    "empty list": ("<ul></ul>", "empty-block", "`<ul>` has no `<li>`"),
    "empty item": ("<ul><li> </li></ul>", "empty-block", "`<li>` has no text"),
    "same id": (
        '<section id="a"><h2>[[x]]</h2></section>'
        '<section id="a"><h2>[[y]]</h2></section>',
        "duplicate-id", "id `a` is given twice",
    ),
    "author's message": (
        '<p><m n="0">x</m></p>', "reserved-tag", "`<m>` is written by an author",
    ),
    "author's value": (
        '<p><v k="number" t="M">1</v></p>', "reserved-tag", "`<v>` is written",
    ),
    "headless table": (
        "<table><tbody><tr><td>[[x]]</td></tr></tbody></table>", "missing-table-head",
        "table has no head",
    ),
    "bodyless table": (
        '<table><thead><tr><th scope="col">[[x]]</th></tr></thead></table>',
        "empty-block",
        "table has no body",
    ),
    "ragged table": (
        '<table><thead><tr><th scope="col">[[x]]</th></tr></thead><tbody><tr>'
        "<td>[[a]]</td><td>[[b]]</td></tr></tbody></table>",
        "ragged-table", "row has 2 columns, the table 1",
    ),
    "ragged by a span": (
        '<table><thead><tr><th scope="col">[[x]]</th></tr></thead><tbody><tr>'
        '<td rowspan="2">[[a]]</td></tr><tr><td>[[b]]</td></tr></tbody></table>',
        "ragged-table", "row has 2 columns, the table 1",
    ),
    "diary of two weeks": (
        f'<table class="diary">{HEAD}<tbody>{"<tr><td></td></tr>" * 9}</tbody></table>',
        "long-diary", "diary has 9 rows",
    ),
    "diary with a span": (
        '<table class="diary"><thead><tr><th scope="col">[[x]]</th>'
        '<th scope="col">[[y]]</th></tr></thead><tbody><tr><td colspan="2"></td></tr>'
        "</tbody></table>",
        "ragged-table", "a cell of the diary spans others",
    ),
    "diary with a list": (
        f'<table class="diary">{HEAD}<tbody><tr><td><ul><li>[[a]]</li></ul></td></tr>'
        "</tbody></table>",
        "list-in-diary", "a cell of the diary holds a list or a figure",
    ),
    "head cell without scope": (
        "<table><thead><tr><th>[[x]]</th></tr></thead><tbody><tr><td>[[a]]</td></tr>"
        "</tbody></table>",
        "header-without-scope", "`<th>` does not say",
    ),
    "lines without words": (
        '<figure data-draw="lines"></figure>', "missing-alt", "`lines` has no text",
    ),
    "scale without labels": (
        '<figure data-draw="scale"><p class="alt">[[x]]</p></figure>',
        "incomplete-figure",
        "`scale` has 0 end labels",
    ),
    "people without words": (
        '<figure data-draw="people"><ul><li data-count="3"><p>[[x]]</p></li></ul>'
        "</figure>",
        "missing-alt", "an item of `people` has no text",
    ),
    "people without a count": (
        '<figure data-draw="people"><ul><li><p>[[x]]</p>'
        '<p class="alt">[[y]]</p></li></ul></figure>',
        "incomplete-figure", "an item of `people` has no count",
    ),
    "people without a list": (
        '<figure data-draw="people"></figure>', "incomplete-figure", "does not hold one",
    ),
    "too many people": (
        '<figure data-draw="people"><ul>'
        + '<li data-count="3"><p>[[x]]</p><p class="alt">[[y]]</p></li>' * 4
        + "</ul></figure>",
        "incomplete-figure", "`people` has 4 items, room is for 3",
    ),
    "too many phones": (
        '<figure data-draw="phones"><ul>'
        + "<li><p>[[x]]</p><p>[[y]]</p></li>" * 7
        + "</ul></figure>",
        "incomplete-figure", "`phones` has 7 items, room is for 6",
    ),
    "alarm with one bell": (
        '<figure data-draw="alarm"><ul><li><p>[[x]]</p></li></ul><p class="alt">[[y]]</p>'
        "</figure>",
        "incomplete-figure", "`alarm` has 1 items, it shows 2 pictures",
    ),
    "receptor without words": (
        '<figure data-draw="receptor"><ul><li><p>[[x]]</p></li><li><p>[[y]]</p></li></ul>'
        "</figure>",
        "missing-alt", "`receptor` has no text to read aloud",
    ),
    "bar of stops that are not there": (
        '<figure data-draw="timeline" data-bar="2-4"><ol><li><p>[[x]]</p></li>'
        '<li><p>[[y]]</p></li></ol><p class="alt">[[z]]</p></figure>',
        "invalid-attribute", "`data-bar` 2-4 is no stretch of 2 stops",
    ),
    "bar the wrong way round": (
        '<figure data-draw="timeline" data-bar="2-1"><ol><li><p>[[x]]</p></li>'
        '<li><p>[[y]]</p></li></ol><p class="alt">[[z]]</p></figure>',
        "invalid-attribute", "`data-bar` 2-1 is no stretch of 2 stops",
    ),
    "certainty without a level": (
        '<figure data-draw="certainty"><p>[[x]]</p></figure>',
        "missing-attribute", "`certainty` lacks `data-level`",
    ),
    "certainty without words": (
        '<figure data-draw="certainty" data-level="2"></figure>',
        "incomplete-figure", "`certainty` does not hold one paragraph",
    ),
    "another figure in a cell": (
        '<table><thead><tr><th scope="col">[[x]]</th></tr></thead><tbody><tr><td>'
        '<figure data-draw="symbol"></figure></td></tr></tbody></table>',
        "wrong-nesting", "`symbol` cannot stand in a cell",
    ),
    "certainty in a diary": (
        '<table class="diary"><thead><tr><th scope="col">[[x]]</th></tr></thead><tbody>'
        '<tr><td><figure data-draw="certainty" data-level="2"><p>[[y]]</p></figure></td>'
        "</tr></tbody></table>",
        "list-in-diary", "a cell of the diary holds a list or a figure",
    ),
    "phone without a number": (
        '<figure data-draw="phones"><ul><li><p>[[x]]</p></li></ul></figure>',
        "incomplete-figure", "an item of `phones` is not a label and a number",
    ),
    "lines the wrong way round": (
        '<figure data-draw="lines" data-min="6" data-max="2"><p class="alt">[[x]]</p>'
        "</figure>",
        "invalid-attribute", "`data-min` 6 is more than `data-max` 2",
    ),
    "rule with text": ("<hr>x</hr>", "stray-end-tag", "`</hr>` closes nothing"),
    "unclosed tag": (
        "<p>[[x]]", "unclosed-tag", "`<p>` is not closed before `</section>`",
    ),
    "stray end tag": ("<p>[[x]]</p></ul>", "stray-end-tag", "`</ul>` closes nothing"),
    "crossed tags": (
        "<p>[[<strong>a<em>b</strong>]]</p>", "unclosed-tag",
        "`<em>` is not closed before `</strong>`",
    ),
    "bare less-than": ("<p>1 < 2</p>", "malformed-markup", "is not a tag"),
    "attribute without quotes": (
        "<p class=alt>[[x]]</p>", "malformed-markup", "is not a",
    ),
    "bare ampersand": (
        "<p>Q & A</p>", "malformed-markup", "`&` is not a character's name",
    ),
    "unknown entity": ("<p>&nosuch;</p>", "malformed-markup", "`&nosuch`"),
    "attribute given twice": (
        '<p class="alt" class="lead">[[x]]</p>', "malformed-markup",
        "invalid markup: attribute class redefined",
    ),
    "message in an attribute": (
        '<p title="[[x]]">[[y]]</p>', "message-in-attribute", "a message stands in an",
    ),
    "value in an attribute": (
        '<ul><li data-count="{number:27}">[[y]]</li></ul>', "value-in-attribute",
        "a formatted value stands in an attribute",
    ),
    "document type": (
        '<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>', "malformed-markup", "is not a tag",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "code", "message"), CASES.values(), ids=CASES.keys())
def test_mistakes(reader: Reader, body: str, code: str, message: str) -> None:
    assert (
        reader.parse(f'<section data-part="body" data-src="t:3">{body}</section>') is None
    )
    found = [d for d in reader.sink if d.code == code]
    assert found, reader.sink.diagnostics
    assert message in found[0].message
    assert (found[0].file, found[0].line) == ("t", 3)
    assert all(_is_well_told(d) for d in reader.sink)


def _is_well_told(found: Diagnostic) -> bool:
    """A hint, no final period, no capital at the start."""
    message = found.message
    return bool(found.hint) and not message.endswith(".") and not message[0].isupper()


def test_all_mistakes_are_reported_at_their_own_lines(reader: Reader) -> None:
    assert reader.errors(
        '<p data-src="t:1" style="x">[[a]]</p>\n<ul data-src="t:2"></ul>'
        '<section data-src="t:3"><p data-src="t:4">[[b]]</p></section>'
    ) == [("unknown-attribute", 1), ("empty-block", 2), ("missing-heading", 3)]


def test_all_unclosed_tags_are_reported_at_their_own_lines(reader: Reader) -> None:
    assert reader.errors(
        '<p data-src="t:1"><b data-src="t:2">a</p>\n<p data-src="t:3">b & c</p>'
        '<ul data-src="t:4"><li data-src="t:5">x</ul>'
    ) == [("unclosed-tag", 2), ("malformed-markup", 3), ("unclosed-tag", 5)]


@pytest.mark.parametrize("markup", ["<p>x</p>", "x", "<section><p>x</p></section>"])
def test_only_parts_stand_at_the_top(reader: Reader, markup: str) -> None:
    assert reader.parse(markup) is None


def test_parts_come_in_one_order(reader: Reader) -> None:
    parts = [
        f'<section data-part="{name}"><p>[[x]]</p></section>'
        for name in ("footer", "body")
    ]
    assert reader.parse("".join(parts)) is None
    assert [d.code for d in reader.sink] == ["part-order"]


def test_deep_nesting_is_a_mistake_not_a_crash(reader: Reader) -> None:
    deep = "<span>" * 5000 + "x" + "</span>" * 5000
    assert [code for code, _ in reader.errors(f"<p>{deep}</p>")] == ["malformed-markup"]


def test_words_outside_messages_are_warned_of(reader: Reader) -> None:
    reader.body(
        '<p data-src="t:4">Lost. [[x]]</p><p lang="en">data</p><p>{name:A} · 3</p>'
    )
    assert [(d.code, d.line, d.is_error) for d in reader.sink] == [
        ("untranslated-text", 4, False)
    ]


def test_a_lookup_that_does_not_exist_is_a_bug(reader: Reader) -> None:
    with pytest.raises(ValueError, match="lookup 7 of 0"):
        reader.body('<p><m n="7" t="N">x</m></p>')


def test_the_same_markup_is_reported_each_time(
    new_reader: Callable[[], Reader],
) -> None:
    markup = "<div>x</div><p>words</p>"
    first, again = new_reader().errors(markup), new_reader().errors(markup)
    assert first == again
    assert first
