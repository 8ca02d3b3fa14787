"""The built-in layout and parts: what frames every leaflet, in every state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handouts.catalog import extract
from handouts.checks import vet, vet_source
from handouts.diagnostics import Sink
from handouts.document import Document, dump, parse, plain_text
from handouts.languages import language
from handouts.templating import (
    Context,
    Person,
    Signed,
    TemplateSet,
    builtin_templates,
    expand,
)

if TYPE_CHECKING:
    from conftest import Clinic, Country

HANDOUT = """\
{% extends layout %}
{% set version = "0.1" %}{% set written = "2026-11" %}{% set review_by = "2027-11" %}
{% set symbol = "shield" %}{% set sources = ["a", "b"] %}
{% from "parts/fields.html" import blank, lines, phones %}
{% block title %}{% trans %}Is it safe?{% endtrans %}{% endblock %}
{% block audience %}{% trans %}For adults{% endtrans %}{% endblock %}
{% block body %}
<section id="a"><h2>{% trans %}Help{% endtrans %}</h2>{{ lines() }}</section>
<aside class="emergency"><h3>{% trans %}Get help{% endtrans %}</h3>
  <p>{% trans line=blank("40mm") %}Ward: {{ line }}{% endtrans %}</p>
  {{ phones() }}</aside>
{% endblock %}
"""
SOURCES = '[a]\ntext = "Ferraro 2025, Cochrane CD015373"\n[b]\ntext = "Cohen 2018"\n'


class Leaflet:
    """A project whose only template is `HANDOUT`, over the built-in layout."""

    def __init__(self, folder: Path) -> None:
        (folder / "handouts").mkdir(parents=True)
        (folder / "handouts" / "x.html").write_text(HANDOUT, encoding="utf-8")
        (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
        self.folders = (folder, builtin_templates())
        self.sink = Sink()

    def document(
        self, locale: str, *, clinic: Any, country: Any, **more: Any
    ) -> Document:
        sources = extract(self.folders, self.sink)
        english = vet_source(sources, self.sink)
        own = language(locale)
        vetted = english if locale == "en" else vet(None, sources, own, self.sink)
        context = Context(format="a4", clinic=clinic, country=country, **more)
        expansion = expand(
            TemplateSet(self.folders), "x", vetted=vetted, source=english, language=own,
            context=context, sink=self.sink,
        )  # fmt: skip
        assert expansion is not None, self.sink.diagnostics
        document = parse(
            expansion.markup, expansion.lookups, nonce=expansion.nonce, lang=own.tag,
            direction=own.direction, sink=self.sink,
        )  # fmt: skip
        assert document is not None, self.sink.diagnostics
        return document


@pytest.fixture
def leaflet(tmp_path: Path) -> Leaflet:
    return Leaflet(tmp_path / "templates")


def _lines(document: Document, part: str) -> list[str]:
    found = document.part(part)
    return [] if found is None else list(_texts(found.blocks))


def _texts(blocks: Any) -> Any:
    for block in blocks:
        if hasattr(block, "blocks"):
            yield from _texts(block.blocks)
        else:
            yield plain_text(block.children)


@pytest.mark.golden
@pytest.mark.parametrize("locale", ["en", "fa"])
def test_the_whole_tree(
    leaflet: Leaflet,
    clinic: type[Clinic],
    country: type[Country],
    golden: Callable[[str, str], None],
    locale: str,
) -> None:
    document = leaflet.document(locale, clinic=clinic(), country=country())
    golden(f"templating/layout-{locale}.txt", dump(document))
    expected = {"furniture-untranslated"} if locale == "fa" else set()
    assert {d.code for d in leaflet.sink} == expected


def test_the_english_frame(
    leaflet: Leaflet, clinic: type[Clinic], country: type[Country]
) -> None:
    full = clinic(name="Northside", service="Pain service", phone="020 7946 0000")
    document = leaflet.document("en", clinic=full, country=country(emergency="112"))
    assert _lines(document, "clinic") == [
        "Northside",
        "Pain service · Phone: 020 7946 0000",
    ]
    assert _lines(document, "draft") == [
        "Draft. Not yet checked by a qualified clinician."
    ]
    assert _lines(document, "provenance") == [
        "Where the facts come from",
        "Ferraro 2025, Cochrane CD015373\xa0· Cohen 2018",
        "About this leaflet",
        "Version 0.1. Written: November 2026. Do not hand out after: November 2027.",
        "Author and clinician: not yet named.",
        "This leaflet does not replace advice from your care team. "
        "Ask the clinic for large print or another format.",
    ]
    assert _lines(document, "footer") == [
        "Is it safe? · English · version 0.1",
        "Page  of  · code ",
    ]


def test_a_translation_says_more(
    leaflet: Leaflet, clinic: type[Clinic], country: type[Country]
) -> None:
    document = leaflet.document("fa", clinic=clinic(), country=country())
    assert len(_lines(document, "draft")) == 2
    assert _lines(document, "footer")[0] == "Is it safe? · فارسی · version 0.1"
    assert _lines(document, "footer")[2] == "Is it safe? · Persian · version 0.1"
    part = document.part("footer")
    assert part is not None
    assert [(b.lang, b.direction) for b in part.blocks] == [
        (None, None), (None, None), ("en", "ltr"), ("en", "ltr"),
    ]  # fmt: skip
    assert "Translated by a computer." in _lines(document, "provenance")[5]
    human = leaflet.document("fa", clinic=clinic(), country=country(), made_by="human")
    assert "computer" not in _lines(human, "provenance")[5]


def test_a_signed_edition_has_no_draft_notice(
    leaflet: Leaflet, clinic: type[Clinic], country: type[Country]
) -> None:
    signed = Signed(clinician=Person(name="N. N.", date="2026-11-22"))
    document = leaflet.document(
        "en", clinic=clinic(), country=country(), unsigned=False, signed=signed
    )
    assert document.part("draft") is None


def test_emergency_words_of_parts_are_safety(
    leaflet: Leaflet, clinic: type[Clinic], country: type[Country]
) -> None:
    document = leaflet.document("fa", clinic=clinic(), country=country())
    furniture = {
        look.key.msgid: look.furniture for look in document.lookups if look.file != "x"
    }
    assert furniture["Your emergency number"] is False
    assert furniture["Clinic phone and hours"] is False
    assert furniture["About this leaflet"] is True
    assert furniture["Lines to write on"] is True


@pytest.mark.parametrize("handout", TemplateSet((builtin_templates(),)).handouts())
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_built_in_handouts_parse(
    clinic: type[Clinic], country: type[Country], handout: str, locale: str
) -> None:
    folders, sink = (builtin_templates(),), Sink()
    sources = extract(folders, sink)
    english, own = vet_source(sources, sink), language(locale)
    expansion = expand(
        TemplateSet(folders), handout,
        vetted=english if locale == "en" else vet(None, sources, own, sink),
        source=english, language=own,
        context=Context(format="a4", clinic=clinic(), country=country()), sink=sink,
    )  # fmt: skip
    assert expansion is not None
    document = parse(
        expansion.markup, expansion.lookups, nonce=expansion.nonce, lang=own.tag,
        direction=own.direction, sink=sink,
    )  # fmt: skip
    assert document is not None
    assert not sink.has_errors
