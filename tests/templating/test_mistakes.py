"""What an author does wrong in a template comes back with file, line and hint."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from handouts.diagnostics import Severity

if TYPE_CHECKING:
    from conftest import Clinic, Desk

BODY_LINE = 5
"""Of the first line of a body that `Desk.expand` writes."""

CASES = {
    "unknown tag": (
        "\n{% tranz %}x{% endtranz %}",
        ("template-syntax", 1, "unknown tag `tranz`", "did you mean `trans`?"),
    ),
    "unclosed tag": (
        "\n{% if clinic.name %}<p>x</p>",
        (
            "template-syntax",
            1,
            "`endblock` stands where another tag is still open",
            "close `if` with `{% endif %}`",
        ),
    ),
    "unclosed trans": (
        "<p>{% trans %}x</p>",
        ("template-syntax", 0, "control structures", "`{% endtrans %}`"),
    ),
    "broken expression": ("{{ 1 + }}", ("template-syntax", 0, "unexpected 'end", None)),
    "undefined name": (
        "\n\n<p>{{ clinik.name }}</p>",
        ("undefined-name", 2, "name `clinik` is not defined", "did you mean `clinic`?"),
    ),
    "undefined attribute": (
        "<p>{{ clinic.fone|phone }}</p>",
        ("undefined-name", 0, "there is no `fone` here", "did you mean `phone`?"),
    ),
    "unknown filter": (
        "\n<p>{{ 3|numbr }}</p>",
        ("undefined-name", 1, "there is no filter `numbr`", "did you mean `number`?"),
    ),
    "undefined in a message": (
        "<p>{% trans h=ours|number %}{{ h }}{% endtrans %}</p>",
        ("undefined-name", 0, "name `ours` is not defined", None),
    ),
    "missing include": (
        "{% include 'parts/feilds.html' %}",
        (
            "missing-template",
            0,
            "template `parts/feilds.html` does not exist",
            "did you mean `parts/fields.html`?",
        ),
    ),
    "climbing include": (
        "{% include '../../secret' %}",
        ("missing-template", 0, "template `../../secret` does not exist", None),
    ),
    "including itself": (
        "{% include 'handouts/x.html' %}",
        ("template-recursion", None, "without end", "take out"),
    ),
    "macro calling itself": (
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        ("template-recursion", None, "without end", "take out"),
    ),
    "no number": (
        "<p>{{ 'many'|number }}</p>",
        ("invalid-value", 0, "`many` is not a number", "write a number"),
    ),
    "infinite number": (
        "<p>{{ 'inf'|number }}</p>",
        ("invalid-value", 0, "`inf` is not a number", "write a number"),
    ),
    "huge number": (
        "<p>{{ '1e400'|number }}</p>",
        ("invalid-value", 0, "`1e400` is not a number", "write a number"),
    ),
    "no date": (
        "<p>{{ '2026-13'|date }}</p>",
        ("invalid-value", 0, "`2026-13` is not a date", "`2026-11`"),
    ),
    "no count": (
        "<p>{% trans n='x' %}{{ n }} a{% pluralize %}{{ n }} b{% endtrans %}</p>",
        ("invalid-count", 0, "`x` cannot choose a plural form", "`hours=24|number`"),
    ),
    "unset value printed": (
        "<p>{{ clinic.name }}</p>",
        ("unset-value", 0, "a value that is not set is printed", "`|name`"),
    ),
    "unset value in a message": (
        "\n<p>{% trans c=clinic.name %}At {{ c }}{% endtrans %}</p>",
        ("unset-value", 1, "placeholder `c` has no value", "`c=…|name`"),
    ),
    "text that grows": (
        "{% set n = namespace(x='xxxxxxxxxx') %}{% for i in range(60) %}"
        "{% set n.x = n.x ~ n.x %}{% endfor %}",
        ("template-too-large", 0, "more than 8000000 characters", "loops shorter"),
    ),
    "long loops": (
        "{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}",
        ("template-too-long", 0, "more than 200000 steps", "loops shorter"),
    ),
    "large range": (
        "{% for i in range(9999999) %}x{% endfor %}",
        ("forbidden-in-template", 0, "a range has more than 1000 numbers", None),
    ),
    "multiplied text": (
        "{{ 'x' * 999999999 }}",
        ("forbidden-in-template", 0, "`*` works on numbers only", None),
    ),
    "formatted text": (
        "{{ '%999999999d' % 1 }}",
        ("forbidden-in-template", 0, "`%` works on numbers only", None),
    ),
    "power": (
        "{{ 9 ** 999999999 }}",
        ("forbidden-in-template", 0, "a power is too large", None),
    ),
    "padding": (
        "{{ 'x'.ljust(999999999) }}",
        ("forbidden-in-template", 0, "access to attribute", None),
    ),
    "str.format": (
        "{{ '{:999999999}'.format(1) }}",
        ("forbidden-in-template", 0, "access to attribute", None),
    ),
    "the interpreter": (
        "{{ ''.__class__.__mro__ }}",
        ("forbidden-in-template", 0, "access to attribute", None),
    ),
    "the interpreter by a macro": (
        "{% macro m() %}{% endmacro %}{{ m.__init__.__globals__ }}",
        ("forbidden-in-template", 0, "access to attribute", None),
    ),
    "recursive loop": (
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        ("template-syntax", 0, "recursive loops are not supported", None),
    ),
    "sum of unlike things": (
        "{{ 1 + 'x' }}",
        ("template-failure", 0, "template failed: ", "see the expression"),
    ),
    "escaping taken away": (
        "{{ '<b>'|safe }}",
        ("undefined-name", 0, "there is no filter `safe`", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_mistakes_in_a_body(
    desk: Desk, body: str, expected: tuple[str, int | None, str, str | None]
) -> None:
    desk.write("parts/fields.html", "")
    assert desk.expand(body) is None
    code, line, message, hint = expected
    found = desk.sink.diagnostics[-1]
    assert (found.code, found.severity) == (code, Severity.ERROR)
    assert message in found.message
    assert found.message == found.message.strip().removesuffix(".")
    assert hint is None or hint in (found.hint or "")
    if line is not None:
        assert (found.file, found.line) == ("templates/handouts/x.html", BODY_LINE + line)


def test_unclosed_block_names_what_to_close(desk: Desk) -> None:
    whole = "{% extends layout %}\n{% block body %}\n<p>x</p>"
    assert desk.expand(whole=whole) is None
    (found,) = desk.sink.diagnostics
    assert found.code == "template-syntax"
    assert found.message == "template ends inside a tag that is not closed"
    assert found.hint == "close `block` with `{% endblock %}`"


def test_misspelt_block_is_found_with_its_line(desk: Desk) -> None:
    desk.expand(whole=_whole(body="x", more="{% block bdoy %}lost{% endblock %}"))
    (found,) = desk.sink.diagnostics
    assert found.code == "misspelt-block"
    assert found.message == "block `bdoy` is not in the layout: it would not be printed"
    assert (found.file, found.line) == ("templates/handouts/x.html", 6)
    assert found.hint == "did you mean `body`?"


@pytest.mark.parametrize(
    "stray",
    ["lost", "{{ 1 }}", "{% trans %}lost{% endtrans %}", "{% if 1 %}lost{% endif %}",
     "{% include 'parts/a.html' %}"],
)  # fmt: skip
def test_text_outside_blocks_is_found(desk: Desk, stray: str) -> None:
    desk.write("parts/a.html", "")
    desk.expand(whole=_whole(body="x", more=f"\n{stray}"))
    assert [(d.code, d.line) for d in desk.sink] == [("text-outside-block", 7)]


def test_space_comments_and_settings_may_stand_outside(desk: Desk) -> None:
    desk.write(
        "parts/a.html", "{% macro m() %}<p>{% trans %}M{% endtrans %}</p>{% endmacro %}"
    )
    more = (
        "\n {# a comment #} {% set n = 2 %}\n{% from 'parts/a.html' import m %}"
        "{% if n %}{% set k = 3 %}{% endif %}{% macro own() %}text{% endmacro %}"
    )
    expansion = desk.expand(whole=_whole(body="{{ m() }}{{ own() }}{{ n }}", more=more))
    assert not desk.sink.diagnostics
    assert expansion is not None
    assert "text2" in expansion.markup


def test_every_missing_setting_and_block_is_named(desk: Desk) -> None:
    assert desk.expand(whole="{% extends layout %}{% block body %}{% endblock %}") is None
    assert [d.message for d in desk.sink] == [
        "handout has no block `title`",
        "handout sets no `review_by`",
        "handout sets no `sources`",
        "handout sets no `symbol`",
        "handout sets no `version`",
        "handout sets no `written`",
    ]


def test_handout_without_layout(desk: Desk) -> None:
    assert desk.expand(whole="<p>x</p>") is None
    assert desk.codes() == ["missing-layout"]


def test_values_of_the_wrong_form_are_named_with_their_line(desk: Desk) -> None:
    whole = (
        "{% extends layout %}\n{% set version = 1 %}{% set written = 'May 2026' %}\n"
        "{% set review_by = '2027-13' %}{% set symbol = 3 %}{% set sources = 'x' %}"
        "{% block title %}{% endblock %}"
    )
    desk.expand(whole=whole)
    assert [(d.code, d.message.split("`")[1], d.line) for d in desk.sink] == [
        ("invalid-variable", "version", 2),
        ("invalid-variable", "symbol", 3),
        ("invalid-variable", "written", 2),
        ("invalid-variable", "review_by", 3),
        ("invalid-variable", "sources", 3),
    ]


def test_unknown_source_is_named(desk: Desk) -> None:
    desk.write("sources.toml", '[cochrane-2025]\ntext = "Ferraro 2025"\n')
    desk.expand(whole=_whole(body="x", sources='["cochrane-2052"]'))
    (found,) = desk.sink.diagnostics
    assert found.message == "source `cochrane-2052` is not in templates/sources.toml"
    assert found.hint == "did you mean `cochrane-2025`?"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a\n", "cannot read the sources: "),
        ('[a]\ntitle = "x"\n', "source `a` has no `text`"),
        ("a = 1\n", "source `a` has no `text`"),
    ],
)
def test_broken_sources_are_named(desk: Desk, text: str, message: str) -> None:
    desk.write("sources.toml", text)
    desk.expand(whole=_whole(body="x"))
    (found,) = desk.sink.diagnostics
    assert found.code == "unreadable-sources"
    assert found.message.startswith(message)


def test_file_that_is_no_text(desk: Desk) -> None:
    desk.write("handouts/x.html", "")
    (desk.folder / "handouts" / "x.html").write_bytes(b"one\ntwo \xff\n")
    assert desk.expand() is None
    (found,) = desk.sink.diagnostics
    assert (found.code, found.line) == ("not-utf8", 2)


def test_folder_in_place_of_a_file(desk: Desk) -> None:
    (desk.folder / "handouts" / "x.html").mkdir(parents=True)
    assert desk.expand() is None
    (found,) = desk.sink.diagnostics
    assert found.code == "unreadable-template"
    assert found.message == "template cannot be read: Is a directory"


def test_file_that_is_too_large(desk: Desk) -> None:
    desk.write("handouts/x.html", "x" * 300_000)
    assert desk.expand() is None
    assert desk.codes() == ["template-too-large"]


def test_missing_handout(desk: Desk) -> None:
    assert desk.expand() is None
    assert desk.codes() == ["missing-template"]


def test_time_is_limited(desk: Desk) -> None:
    body = "{% for i in range(500) %}{% for j in range(300) %}{% endfor %}{% endfor %}"
    assert desk.expand(body, deadline_s=0.0) is None
    assert desk.codes() == ["template-too-long"]
    assert desk.sink.diagnostics[0].message == "template takes more than 0 s of computing"


def test_time_in_which_the_machine_sleeps_does_not_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.templating.run import Run

    look = Run.look_at_time

    def look_an_hour_later(run: Run) -> None:
        later = time.monotonic() + 3600
        monkeypatch.setattr(time, "monotonic", lambda: later)
        look(run)

    monkeypatch.setattr(Run, "look_at_time", look_an_hour_later)
    body = "{% for i in range(100) %}{% for j in range(300) %}{% endfor %}{% endfor %}"
    assert desk.expand(body) is not None
    assert not desk.codes()


def test_a_bug_of_the_program_is_no_diagnostic(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.templating.run import Run

    monkeypatch.delattr(Run, "_lookup")
    with pytest.raises(AttributeError):
        desk.expand("<p>x</p>")


def test_catalog_text_is_never_code(desk: Desk, clinic: type[Clinic]) -> None:
    body = desk.body(
        "<p>{% trans n=clinic.name|name %}At {{ n }}{% endtrans %}</p>",
        clinic=clinic(name="<b>{{ 1 }}</b> & %(x)s"),
    )
    assert body == (
        '<p><m n="1" t="N">At <v k="name" t="N">&lt;b&gt;{{ 1 }}&lt;/b&gt; &amp; %(x)s'
        "</v></m></p>"
    )


def _whole(*, body: str, more: str = "", sources: str = "[]") -> str:
    return (
        "{% extends layout %}\n{% set version = '0.1' %}{% set written = '2026-11' %}\n"
        "{% set review_by = '2027-11' %}{% set symbol = 'info' %}\n"
        f"{{% set sources = {sources} %}}{{% block title %}}"
        f"{{% trans %}}T{{% endtrans %}}{{% endblock %}}\n"
        f"{{% block body %}}{body}{{% endblock %}}\n{more}"
    )
