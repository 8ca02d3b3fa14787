"""Start tags carry their template's line; nothing else of the text changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from handouts.templating.source_lines import SourceLines

if TYPE_CHECKING:
    from conftest import Desk

_SOURCE = re.compile(r' data-src="f:(\d+)"')


def _marked(template: str) -> str:
    env = Environment(autoescape=True, extensions=["jinja2.ext.i18n", SourceLines])
    tree = env.parse(template, filename="f")
    code = env.compile(tree, filename="f")
    globals_ = {"gettext": lambda text, **_: text}
    return env.template_class.from_code(env, code, globals_).render()


CASES = {
    "lines": ("<p>\n<b>x</b></p>\n\n<i/>", "<p @1>\n<b @2>x</b></p>\n\n<i @4/>"),
    "attributes": ('<p\n class="a">', '<p @1\n class="a">'),
    "tag in pieces": ('<p a="{{ 1 }}"\n b="{{ 2 }}"><i>', '<p @1 a="1"\n b="2"><i @2>'),
    "greater in a value": ('<p a="x>y<z"><i>', '<p @1 a="x>y<z"><i @1>'),
    "greater in pieces": ('<p a="{{ 1 }}><b>"><i>', '<p @1 a="1><b>"><i @1>'),
    "apostrophes": ("<p a='\"<b>'><i>", "<p @1 a='\"<b>'><i @1>"),
    "comment": ("<!-- <p> '\" --><i>", "<!-- <p> '\" --><i @1>"),
    "comment in pieces": ("<!-- {{ 1 }} <p> --><i>", "<!-- 1 <p> --><i @1>"),
    "end tags": ("</p><i>", "</p><i @1>"),
    "less than": ("1 < 2 <3 <i>", "1 < 2 <3 <i @1>"),
    "jinja comment": ("{# <p> #}\n<i>", "\n<i @2>"),
    "branches": ("{% if 1 %}\n<p>{% else %}<b>{% endif %}\n<i>", "\n<p @2>\n<i @3>"),
    "trans": ("<p>{% trans %}<b>x</b>{% endtrans %}<i>", "<p @1><b>x</b><i @1>"),
    "trans in a tag": ('<p a="{% trans %}<b>{% endtrans %}"><i>', '<p @1 a="<b>"><i @1>'),
    "raw": ("{% raw %}<p>{{{% endraw %}<i>", "<p @1>{{<i @1>"),
    "unfinished": ('<p a="', '<p @1 a="'),
}  # fmt: skip


@pytest.mark.parametrize(("template", "expected"), CASES.values(), ids=CASES.keys())
def test_start_tags_are_numbered(template: str, expected: str) -> None:
    assert _SOURCE.sub(r" @\1", _marked(template)) == expected


@given(st.text(st.sampled_from("<>p/!-\"' =\na"), max_size=40))
def test_nothing_but_numbers_is_added(text: str) -> None:
    text = text.strip("\n")
    assert _SOURCE.sub("", _marked(text)) == Environment().from_string(text).render()


def test_file_names_are_escaped(desk: Desk) -> None:
    desk.write("parts/a&b.html", "<p>x</p>")
    expansion = desk.expand("{% include 'parts/a&b.html' %}")
    assert expansion is not None
    assert '<p data-src="templates/parts/a&amp;b.html:1">' in expansion.markup
