"""Markup → tree: what each tag becomes, in which order, with which inheritance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from handouts.document import (
    Aside,
    Blank,
    Break,
    Field,
    Figure,
    Group,
    Heading,
    Item,
    ListBlock,
    MessageSpan,
    Origin,
    Paragraph,
    Rule,
    Section,
    Table,
    Text,
    Value,
    dump,
)
from handouts.units import MM_PT

if TYPE_CHECKING:
    from conftest import Reader

LEAFLET = """\
<section data-part="clinic"><p data-src="a:1">{name:Pain Clinic}</p></section>
<section data-part="band" data-symbol="shield" data-src="a:2">
  <h1>[[Is it safe?]]</h1>
  <p class="lead">
    [[For adults]]
  </p>
</section>
<section data-part="draft">
  <p lang="en" dir="ltr"><strong>Draft.</strong> Not checked.</p>
</section>
<section data-part="body" data-src="b:1">
  <aside class="key-message" data-src="b:2">
    <p>[[Tell us <strong>all</strong>.]]</p></aside>
  <section id="home" data-risk="safety" data-src="b:3">
    <h2 data-src="b:4">[[Getting home]]</h2>
    <p data-src="b:5">[[Wait {number:24} hours.]]
       [[Take H<sub>2</sub>O<br>or tea.]]</p>
    <ul class="checklist" data-src="b:6"><li>[[one]]</li>
      <li><p>[[two]]</p><ul><li>[[in]]</li></ul></li></ul>
    <figure data-draw="people" data-src="b:7"><ul>
      <li data-count="27"><p>[[{number:27} sick]]</p>
      <p class="alt">[[{number:27} of {number:100}]]</p></li></ul>
      <figcaption><p data-key="counted">[[sick]]</p></figcaption></figure>
    <hr>
  </section>
  <section><h2>[[Effects]]</h2>
    <table><caption>[[List]]</caption>
      <thead><tr><th scope="col">[[A]]</th><th scope="col">[[B]]</th></tr></thead>
      <tbody><tr><th scope="row">[[C]]</th><td data-risk="safety">[[D]]</td></tr>
        <tr><td colspan="2">[[E]] <span data-blank="40mm"></span></td></tr></tbody>
    </table>
  </section>
  <aside class="emergency" data-symbol="phone"><h3>[[Help]]</h3>
    <figure data-draw="phones"><ul>
      <li><p>[[Call]]</p><p>{phone:112}</p></li></ul></figure>
  </aside>
  <figure data-draw="lines" data-min="2" data-max="6"><p class="alt">[[Lines]]</p>
  </figure>
</section>
<section data-part="footer"><p>[[Page <span data-field="page"></span>]]</p></section>
"""


@pytest.mark.golden
def test_a_leaflet_is_the_golden_tree(
    reader: Reader, golden: Callable[[str, str], None]
) -> None:
    document = reader.parse(LEAFLET, lang="fa", direction="rtl")
    assert document is not None, reader.sink.diagnostics
    assert not reader.sink.diagnostics
    golden("document/leaflet.txt", dump(document))


def test_elements_are_numbered_in_reading_order(reader: Reader) -> None:
    document = reader.parse(LEAFLET)
    assert document is not None
    assert [node.element for node in document.nodes] == list(range(len(document.nodes)))
    assert [node.lookup for node in document if isinstance(node, MessageSpan)] == list(
        range(len(document.lookups))
    )


def test_safety_is_inherited_and_lists_its_messages(reader: Reader) -> None:
    document = reader.parse(LEAFLET)
    assert document is not None
    safe = {document.lookups[n].key.msgid for n in document.safety_lookups}
    assert {"Getting home", "one", "in", "sick", "D", "Help", "Call"} <= safe
    assert not {"Is it safe?", "Effects", "List", "C", "E", "Lines"} & safe
    kinds = {type(node) for node in document if getattr(node, "safety", False)}
    assert kinds >= {Section, Aside, Heading, Paragraph, ListBlock, Item, Figure, Rule}


def test_safety_content_is_no_furniture(reader: Reader) -> None:
    document = reader.body(
        '<section data-risk="safety"><h2>[[in]]</h2></section><p>[[out]]</p>'
    )
    assert [lookup.furniture for lookup in document.lookups] == [False, True]


def test_language_and_direction_stand_only_where_they_are_set(reader: Reader) -> None:
    document = reader.body(
        '<p lang="en" dir="ltr">in <span lang="la">vitro</span></p><p>[[x]]</p>',
        lang="fa",
        direction="rtl",
    )
    outer, other = document.parts[0].blocks
    assert isinstance(outer, Paragraph)
    assert (outer.lang, outer.direction) == ("en", "ltr")
    assert (other.lang, other.direction) == (None, None)
    group = outer.children[1]
    assert isinstance(group, Group)
    assert (group.lang, group.direction) == ("la", None)


def test_values_know_how_they_read(reader: Reader) -> None:
    document = reader.body(
        "<p>[[{number:5} {percent:5%} {date:x} {phone:1} {url:u} {name:n} {text:t}]]</p>"
        '<p dir="ltr">[[{number:5}]]</p>',
        direction="rtl",
    )
    values = [node for node in document if isinstance(node, Value)]
    assert [(v.kind, v.direction) for v in values] == [
        ("number", "rtl"), ("percent", "rtl"), ("date", "rtl"), ("phone", "ltr"),
        ("url", "ltr"), ("name", None), ("text", None), ("number", "ltr"),
    ]  # fmt: skip


def test_blanks_fields_and_breaks(reader: Reader) -> None:
    document = reader.body(
        '<p>[[a<br/>b]] <span data-blank="40mm"></span><span data-blank="field"/>'
        '<span data-field="code"></span></p>'
    )
    found = [n for n in document if isinstance(n, (Break, Blank, Field))]
    assert [type(n) for n in found] == [Break, Blank, Blank, Field]
    assert found[1] == Blank(element=found[1].element, width_pt=40 * MM_PT)
    assert found[2] == Blank(element=found[2].element, width_pt=None)
    assert found[3] == Field(element=found[3].element, name="code")


def test_entities_of_html_are_characters(reader: Reader) -> None:
    document = reader.body(
        "<p>[[Q &amp; A&nbsp;&mdash; &lt;b&gt; &eacute;&#233;&#x20ac;]]</p>"
    )
    message = document.nodes[2]
    assert isinstance(message, MessageSpan)
    assert message.children == (Text(text="Q & A\xa0— <b> éé€"),)


def test_items_and_cells_hold_text_or_blocks(reader: Reader) -> None:
    document = reader.body(
        "<ul><li>[[a]] <em>b</em><ul><li>[[c]]</li></ul> [[d]]</li></ul>"
    )
    block = document.parts[0].blocks[0]
    assert isinstance(block, ListBlock)
    assert [type(b) for b in block.items[0].blocks] == [Paragraph, ListBlock, Paragraph]


def test_origin_is_that_of_the_tag_or_the_nearest_round_it(reader: Reader) -> None:
    document = reader.body('<ul data-src="a/b.html:7"><li>[[x]]</li></ul>')
    block = document.parts[0].blocks[0]
    assert isinstance(block, ListBlock)
    assert block.items[0].origin == Origin("a/b.html", 7)


def test_tables_keep_head_body_and_spans(reader: Reader) -> None:
    document = reader.parse(LEAFLET)
    assert document is not None
    (table,) = [node for node in document if isinstance(node, Table)]
    assert (len(table.head), len(table.body)) == (1, 2)
    assert table.body[1].cells[0].colspan == 2
    assert [cell.scope for cell in table.body[0].cells] == ["row", None]


def test_parts_are_found_by_name(reader: Reader) -> None:
    document = reader.parse(LEAFLET)
    assert document is not None
    band = document.part("band")
    assert band is not None
    assert band.symbol == "shield"
    assert document.part("provenance") is None
