"""extract: the POT asks for exactly what a page asks for, in a fixed order."""

from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts.catalog import NEWSTYLE, TRIMMED, Key, SourceMessage, extract
from handouts.diagnostics import Sink

Files = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Write templates into a folder."""

    def _files(folder: str = "templates", **templates: str) -> Path:
        for name, text in templates.items():
            path = tmp_path / folder / (name.replace("__", "/") + ".html")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path / folder

    return _files


def extracted(*folders: Path) -> tuple[SourceMessage, ...]:
    sink = Sink()
    found = extract(folders, sink)
    assert not len(sink), list(sink)
    return found


def asked_for(text: str) -> list[Key]:
    """The keys that the run time asks gettext for."""
    asked: list[Key] = []
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.policies["ext.i18n.trimmed"] = TRIMMED

    def take(msgid: str, context: str | None = None) -> str:
        asked.append(Key(context, msgid))
        return "x"

    environment.install_gettext_callables(  # type: ignore[attr-defined]  # Jinja adds it
        take,
        lambda one, _many, _n: take(one),
        newstyle=NEWSTYLE,
        pgettext=lambda context, msgid: take(msgid, context),
        npgettext=lambda context, one, _many, _n: take(one, context),
    )
    environment.from_string(text).render(x=1, hours=24)
    return asked


@pytest.mark.parametrize(
    "body",
    [
        "{% trans %}plain{% endtrans %}",
        "{% trans %}50% of people{% endtrans %}",
        "{% trans x=24 %}{{ x }} hour{% pluralize %}{{ x }} hours{% endtrans %}",
        "{% trans %}  two\n   lines {{ x }} 5%\n{% endtrans %}",
        '{% trans "verb" %}Call{% endtrans %}',
        '{% trans "c" n=2 %}a{% pluralize %}{{ n }} b{% endtrans %}',
        "{% trans %}a &amp; b < c <strong>d</strong>{% endtrans %}",
        "{% trans %}%(x)s typed{% endtrans %}",
        "{% trans notrimmed %} kept \n space {% endtrans %}",
        "{{ _('called') }}",
    ],
)
def test_the_msgid_is_the_one_the_page_asks_for(files: Files, body: str) -> None:
    found = extracted(files(handouts__a=body))
    assert [message.key for message in found] == asked_for(body)


def test_placeholders_percent_signs_and_plurals(files: Files) -> None:
    text = (
        "{% trans hours=24 %}{{ hours }} hour, 5%{% pluralize %}"
        "{{ hours }} hours, 5%{% endtrans %}"
    )
    (message,) = extracted(files(handouts__a=text))
    assert message.key.msgid == "%(hours)s hour, 5%%"
    assert message.plural == "%(hours)s hours, 5%%"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", blacklist_characters="{}\r"), max_size=40))
def test_any_text_is_extracted_as_it_is_asked_for(files: Files, text: str) -> None:
    body = f"{{% trans %}}x {text}{{% endtrans %}}"
    found = extracted(files(handouts__a=body))
    assert [message.key for message in found] == asked_for(body)


def test_handouts_first_then_the_rest_by_name_and_line(files: Files) -> None:
    folder = files(
        layouts__leaflet="{% trans %}page{% endtrans %}",
        handouts__b="{% trans %}b1{% endtrans %}\n{% trans %}page{% endtrans %}",
        handouts__a="\n{% trans %}a2{% endtrans %}\n{% trans %}b1{% endtrans %}",
        parts__box="{% trans %}box{% endtrans %}",
    )
    found = extracted(folder)
    assert [message.key.msgid for message in found] == ["a2", "b1", "page", "box"]
    assert found[1].references == (
        ("templates/handouts/a.html", 3),
        ("templates/handouts/b.html", 1),
    )


def test_an_earlier_folder_hides_a_template(files: Files) -> None:
    own = files("own", handouts__a="{% trans %}own{% endtrans %}")
    built_in = files(
        "built_in",
        handouts__a="{% trans %}hidden{% endtrans %}",
        layouts__x="{% trans %}layout{% endtrans %}",
    )
    found = extracted(own, built_in)
    assert [message.key.msgid for message in found] == ["own", "layout"]
    assert found[0].references == (("templates/handouts/a.html", 1),)


def test_notes_to_translators(files: Files) -> None:
    text = (
        "{# NOTE: on the\n   cover #}\n{% trans %}a{% endtrans %}\n"
        "{# TRANSLATORS: a verb #}{% trans %}b{% endtrans %}\n"
        "{# to authors #}{% trans %}c{% endtrans %}\n"
    )
    found = extracted(files(handouts__a=text))
    assert [message.comments for message in found] == [("on the cover",), ("a verb",), ()]


def test_a_syntax_error_is_reported_and_the_rest_extracted(files: Files) -> None:
    folder = files(
        handouts__a="x\n  {% trans %}{% if %}{% endtrans %}",
        handouts__b="{% trans %}b{% endtrans %}",
    )
    sink = Sink()
    assert [message.key.msgid for message in extract([folder], sink)] == ["b"]
    (found,) = sink
    assert (found.code, found.file, found.line) == (
        "template-syntax", "templates/handouts/a.html", 2,
    )  # fmt: skip
    assert found.message == (
        "the template is not valid Jinja: control structures in translatable sections "
        "are not allowed; saw `if`"
    )
    assert (
        found.hint == "mend this line; until then none of the template's messages counts"
    )
    assert found.quote == "  {% trans %}{% if %}{% endtrans %}"
    assert found.column == 3


def test_empty_messages_are_reported_not_printed(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    sink = Sink()
    text = "{% trans %} {% endtrans %}\n{% trans 'c' %}{% endtrans %}{{ _('') }}"
    assert extract([files(handouts__a=text)], sink) == ()
    assert [(d.code, d.line) for d in sink] == [
        ("empty-message", 1),
        ("empty-message", 2),
    ]
    assert capsys.readouterr() == ("", "")


def test_two_plurals_of_one_msgid(files: Files) -> None:
    sink = Sink()
    text = (
        "{% trans n=1 %}one{% pluralize %}many{% endtrans %}\n"
        "{% trans %}one{% endtrans %}\n"
        "{% trans n=1 %}one{% pluralize %}more{% endtrans %}\n"
    )
    (message,) = extract([files(handouts__a=text)], sink)
    assert message.plural == "many"
    (found,) = sink
    assert (found.code, found.line) == ("conflicting-plural", 3)
    assert found.message == "the same msgid has two different plurals; gettext knows one"
    assert found.notes == ("first used: templates/handouts/a.html:1",)


def test_a_template_in_another_encoding(files: Files) -> None:
    folder = files(handouts__a="{% trans %}a{% endtrans %}")
    (folder / "handouts" / "b.html").write_bytes("\nü".encode("latin-1"))
    sink = Sink()
    assert len(extract([folder], sink)) == 1
    (found,) = sink
    assert (found.code, found.line) == ("not-utf8", 2)


def test_a_byte_order_mark_is_no_text(files: Files) -> None:
    (message,) = extracted(files(handouts__a="\ufeff{% trans %}a{% endtrans %}"))
    assert message.key.msgid == "a"
