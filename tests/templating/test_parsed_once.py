"""A template that is parsed to be shown asks for what the extractor finds in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.catalog import merged, messages_of
from handouts.diagnostics import Diagnostic, Sink
from handouts.templating import TemplateSet, builtin_templates

HEAD = "{% extends layout %}{% block body %}\n"
BODIES = {
    "plain": '<p id="a">{% trans %}Rest <b>well</b>{% endtrans %}</p>\n',
    "counted": "{% trans n=3|number %}{{ n }} hour{% pluralize %}{{ n }} hours"
    "{% endtrans %}",
    "context": '{% trans "verb" %}Rest{% endtrans %}{{ pgettext("noun", "Rest") }}',
    "call": '{{ _("Say " ~ "it") }}{{ gettext("One") ~ ngettext("a", "b", 2) }}',
    "loop": '{% for one in (1, 2) %}{% if one %}{{ gettext("In") }}{% else %}'
    '{{ gettext("Out") }}{% endif %}{% endfor %}',
    "macro": '{% macro box(text) %}{{ text }}{% endmacro %}{% call box(gettext("A")) %}'
    '{{ gettext("B") }}{% endcall %}',
    "note": "{# NOTE: for you #}{% trans %}Noted{% endtrans %}",
    "empty": "{% trans %}{% endtrans %}",
    "syntax": "{% if %}",
    "recursive": '{% for a in [] recursive %}{{ gettext("Deep") }}{% endfor %}',
    "unknown": '{{ gettext("Text")|no_such_filter }}',
    "nested": "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "long": '{{ gettext("Long") }}{{ ' + " + ".join("1" * 3000) + " }}",
    "large": "{{ gettext('Large') }}" + " " * 300_000,
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, ...]:
    """Template folders, the first with a handout of each kind."""
    handouts = tmp_path / "handouts"
    handouts.mkdir()
    for name, body in BODIES.items():
        (handouts / f"{name}.html").write_text(f"{HEAD}{body}{{% endblock %}}")
    (handouts / "bytes.html").write_bytes(b"\xff")
    return tmp_path, builtin_templates()


@pytest.mark.parametrize("name", [*BODIES, "bytes"])
def test_what_is_parsed_to_be_shown_is_what_the_extractor_finds(
    folders: tuple[Path, ...], name: str
) -> None:
    file = f"handouts/{name}.html"
    shared = {one.name: one for one in TemplateSet(folders).messages([name])}
    (alone,) = messages_of(folders, wanted=file.__eq__)
    assert shared[file] == alone
    assert shared.keys() - {file} == {
        one.name for one in messages_of(folders) if not one.name.startswith("handouts/")
    }


def test_what_is_nested_too_deep_is_told_alike_wherever_it_is_found(
    folders: tuple[Path, ...],
) -> None:
    def found(calls: int) -> tuple[Diagnostic, ...]:
        if calls:
            return found(calls - 1)
        (nested,) = messages_of(folders, wanted="handouts/nested.html".__eq__)
        return nested.findings

    (finding,) = found(0)
    assert finding.message.endswith("brackets or tags stand too deep in one another")
    assert {found(calls) for calls in range(1, 9)} == {(finding,)}


def test_shipped_templates_ask_for_the_same_both_ways() -> None:
    templates = TemplateSet((builtin_templates(),))
    shared = templates.messages(templates.handouts())
    alone = tuple(messages_of(templates.folders))
    assert shared == alone
    assert len(merged(shared, sink := Sink())) > 300
    assert not len(sink)
