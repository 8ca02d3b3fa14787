"""Plain messages are gathered; what they ask for and print is what the engine makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateAssertionError, TemplateSyntaxError, nodes
from jinja2.ext import extract_from_ast
from jinja2.lexer import get_lexer
from markupsafe import Markup

from handouts.catalog import KEYWORDS, NEWSTYLE, TRIMMED
from handouts.templating import builtin_templates
from handouts.templating.environment import HandoutEnvironment
from handouts.templating.lexing import FILLED, WORDS
from handouts.templating.texts import Question, question_of, stretch_of

if TYPE_CHECKING:
    from conftest import Desk

_FILE = "handouts/x.html"


def _plain_engine() -> Any:
    env: Any = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    env.policies["ext.i18n.trimmed"] = TRIMMED
    env.install_gettext_callables(Markup, lambda *_: "counted", newstyle=NEWSTYLE)
    return env


_PLAIN = _plain_engine()
_OURS = HandoutEnvironment(())


def _asked(template: str) -> object:
    """Return what the engine alone finds, or why it cannot read the template."""
    try:
        return tuple(extract_from_ast(_PLAIN.parse(template), KEYWORDS))
    except TemplateSyntaxError as error:
        return error.lineno, error.message


def _asked_by_ours(template: str) -> object:
    try:
        _OURS.parse(template, _FILE, _FILE)
    except TemplateSyntaxError as error:
        return error.lineno, error.message
    return _OURS.outlines[_FILE].calls


_COMMON = (
    "{% trans %}", "{%- trans -%}", "{% trans 'c' %}", "{% trans n=2 %}",
    "{% endtrans %}", "{%- endtrans %}", "{% pluralize %}", "{{ n }}", "{% trans %}A",
    "{% trans %}Rest{% endtrans %}", "{% trans %} 5 %\n  now {% endtrans %}",
    "{{ _('b') }}", "<p>", " ", "\n", "100 %", "{# note #}", "trans",
    "{% raw %}{{{% endraw %}", "{% if 1 %}", "{% endif %}", "{% block b %}",
    "{% endblock %}",
)  # fmt: skip
_ODD = (
    "{% trans n=2|number %}{{ n }} 5 %\n h{% pluralize %}{{n}} hs", "{% trans n=in %}",
    "{% trans a=b.c|d, n=10 %}{{ a }}{% endtrans %}", "{% trans num=n %}{{ num }}",
    "{% trans n=1, n=2 %}", "{% trans n=a[0] %}", "{% set x = '{% trans %}' %}",
    "{{ '%}' }}", "{%- if n -%}", "{# {% trans %} #}", "{% set s = ['a', (1, 2)] %}",
    "{", "}", "{{", "%}", "#}", "{#", "{% raw %}", "{%\ntrans\n%}", "\r\n", "{{ n }",
    "{% trans n=2 %}{{ 5 }}", "{% rawer %}", "{% trans n=01 %}a{% endtrans %}",
    "{% trans %}A{ b{% endtrans %}", "{% x( %}", "{{ n.m('a') }}",
    "{% set e = '\\\\' %}", '{{ "\\"" }}', '{{ "\\" }}',
)  # fmt: skip
_PIECES = st.lists(st.sampled_from(_COMMON), max_size=9)


@given(_PIECES)
@example(["{% trans %}", "{{ n }}", "{% trans %}Rest{% endtrans %}", "{% endtrans %}"])
@example(["{% trans %}", "A", "{% trans %}", "Rest", "{% endtrans %}"])
@example(["{% trans %}", "{% endtrans %}", "{% trans %}Rest{% endtrans %}"])
@example(["{{ _('b') }}", "{% trans %}Rest{% endtrans %}", "{{ _('b') }}"])
@example(["{% trans %}Rest{% endtrans %}", "\n", "{% trans %}"])
@example(["{% if 1 %}", "{% trans %} 5 %\n  now {% endtrans %}"])
def test_a_template_asks_for_the_same_and_is_refused_the_same(pieces: list[str]) -> None:
    template = "".join(pieces)
    assert _asked_by_ours(template) == _asked(template)


def _parsed(template: str, engine: HandoutEnvironment) -> object:
    """Return the tree with all its lines, or why there is none."""
    try:
        tree = engine.parse(template, _FILE, _FILE)
    except (TemplateSyntaxError, TemplateAssertionError) as error:
        return error.lineno, error.message
    tree = _joined(_as_the_engines(tree))
    lines = [(type(node), node.lineno) for node in tree.find_all(nodes.Node)]
    return tree, lines, engine.outlines[_FILE]


def _joined(tree: Any) -> Any:
    """Return the tree with what is printed one behind the other as one output."""
    for node in (tree, *tree.find_all(nodes.Node)):
        for name, held in node.iter_fields():
            if isinstance(held, list) and held:
                setattr(node, name, _as_one(held))
    return tree


def _as_one(held: list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in held:
        if (
            found
            and isinstance(one, nodes.Output)
            and isinstance(found[-1], nodes.Output)
        ):
            found[-1].nodes += one.nodes
        else:
            found.append(one)
    return found


def _as_the_engines(tree: Any) -> Any:
    """Return the tree with the engine's own call wherever ours asks for a message.

    A stretch stands for itself: its number among the texts is no matter.
    """
    for output in tree.find_all(nodes.Output):
        for at, node in enumerate(output.nodes):
            if question := question_of(node):
                output.nodes[at] = _engines_call(node, question)
            elif stretch := stretch_of(node):
                output.nodes[at] = nodes.Const(stretch).set_lineno(node.lineno)
    return tree


def _engines_call(call: Any, question: Question) -> nodes.Call:
    line, singular, plural, counted, where = question
    texts: list[nodes.Expr] = [nodes.Const(singular)]
    values = {one.key: one.value for one in call.kwargs}
    if plural is not None:
        texts += (nodes.Const(plural), values[counted])
        if counted == "num":
            del values["num"]
    filled = [nodes.Keyword(name, value) for name, value in values.items()]
    name = nodes.Name("gettext" if plural is None else "ngettext", "load")
    asking = nodes.Call(name, texts, filled, None, None).set_lineno(line)
    place = nodes.Const((where.file, line, where.is_furniture))
    asking.kwargs.append(nodes.Keyword("_place", place, lineno=line))
    return asking


class _Slow(HandoutEnvironment):
    lexer = property(get_lexer)


_SLOW = _Slow(())


@given(st.lists(st.sampled_from((*_COMMON, *_ODD)), max_size=9))
@example(
    ["{% trans n=2|number %}{{ n }} 5 %\n h{% pluralize %}{{n}} hs", "{% endtrans %}"]
)
@example(["{% trans a=b.c|d, n=10 %}{{ a }}{% endtrans %}", "\n"])
@example(["{% trans %}A{% endtrans %}", "{% trans a=b.c|d, n=10 %}{{ a }}{% endtrans %}"])
@example(["{% trans a=b.c|d, n=10 %}{{ a }}{% endtrans %}", "{% trans %}A{% endtrans %}"])
@example(["{% trans n=1, n=2 %}", "{{ n }}", "{% endtrans %}"])
@example(["{# {% trans %} #}", "{% trans %}Rest{% endtrans %}", "\n", "\n"])
@example(["{% trans num=n %}{{ num }}", "{% pluralize %}", "{{ num }}", "{% endtrans %}"])
@example(["{% raw %}", "{% trans %}Rest{% endtrans %}", "{% raw %}{{{% endraw %}"])
@example(["{% trans n=2 %}", "{% trans %}Rest{% endtrans %}", "{% endtrans %}", "\n"])
@example(["{%- if n -%}", " ", "{% trans %}Rest{% endtrans %}", "{% endif %}"])
@example(["{% x( %}", "{% trans %}Rest{% endtrans %}", "{{ n.m('a') }}"])
@example(["{{ n }", "{% trans %}Rest{% endtrans %}", "{{ n }}"])
def test_the_quick_lexer_changes_no_tree(pieces: list[str]) -> None:
    template = "".join(pieces)
    assert _parsed(template, _OURS) == _parsed(template, _SLOW)


def test_a_shipped_template_is_read_quickly() -> None:
    folder = builtin_templates()
    for path in sorted(folder.rglob("*.html")):
        found = list(_OURS.lexer.tokeniter(path.read_text("utf-8"), None))
        quick = [kind for _, kind, _ in found if kind in {WORDS, FILLED}]
        assert len(quick) > 0.6 * path.read_text("utf-8").count("{% trans")


@pytest.mark.parametrize(
    "template",
    [
        "<p>{% trans %}Rest <b>well</b>{% endtrans %}</p>\n<p>{% trans %}\n Now\n"
        "{% endtrans %}</p>",
        "<p>{% set x %}<i>{% trans %}A{% endtrans %}</i>{% endset %}{{ x }}{{ x }}</p>",
        "{% macro m() %}<p>{% trans %}Rest{% endtrans %}{{ caller() }}</p>{% endmacro %}"
        "{% call m() %}<b>{% trans %}Wait{% endtrans %}</b>{% endcall %}",
        "{% for a in (1, 2) %}<p>{{ a }}{% trans %}Rest{% endtrans %}</p>{% endfor %}",
        "<p>{%- trans -%} Rest {%- endtrans -%} </p>",
    ],
    ids=["block", "set", "macro", "loop", "dashes"],
)
def test_the_same_is_printed(desk: Desk, template: str) -> None:
    shown = re.sub(r"</?m\b[^>]*>", "", desk.body(template))
    shown = re.sub(r"<span data-value[^>]*>(.*?)</span>", r"\1", shown)
    assert shown == _PLAIN.from_string(template).render()


def test_a_stretch_is_one_leaf() -> None:
    tree = _OURS.parse(
        "<p>{% trans %}A{% endtrans %}</p>{% trans %}B{% endtrans %}", _FILE, _FILE
    )
    assert not list(tree.find_all(nodes.Call))
    (leaf,) = tree.find_all(nodes.EnvironmentAttribute)
    stretch = stretch_of(leaf)
    assert stretch is not None
    assert [text for _, text, is_message in stretch.pieces if is_message] == ["A", "B"]


def test_a_value_may_have_any_name(desk: Desk) -> None:
    assert ">2</v> of" in desk.body("{% trans self=2 %}{{ self }} of it{% endtrans %}")


def test_a_message_knows_its_line(desk: Desk) -> None:
    expansion = desk.expand("\n<p>\n{% trans %}Unknown{% endtrans %}\n</p>")
    assert expansion is not None
    (lookup,) = (one for one in expansion.lookups if one.key.msgid == "Unknown")
    assert (lookup.file, lookup.line) == (f"templates/{_FILE}", 7)


def test_templates_with_the_same_text_know_their_own_files() -> None:
    engine = HandoutEnvironment(())
    for file in ("a", "b"):
        engine.parse("{% trans %}A{% endtrans %}", file, file)
    assert [text.where.file for (text,) in engine.texts.values()] == ["a", "b"]


def test_messages_outside_blocks_are_strays(desk: Desk) -> None:
    desk.write(
        _FILE, "{% extends layout %}\n<p>\n{% trans %}A{% endtrans %}\n {% trans %}B"
        "{% endtrans %}\n",
    )  # fmt: skip
    desk.templates.environment.calls(_FILE)
    assert desk.templates.environment.outlines[_FILE].strays == (2, 3, 4)
