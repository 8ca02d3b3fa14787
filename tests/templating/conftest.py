"""Templates in a folder of their own, and vetted messages without the checks room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from handouts.catalog import Key, State, extract
from handouts.diagnostics import Sink
from handouts.languages import language
from handouts.templating import Context, Expansion, TemplateSet, expand

LAYOUT = """\
<section data-part="band"><h1>{% block title required %}{% endblock %}</h1>\
<p class="lead">{% block audience %}{% endblock %}</p></section>
<section data-part="body">{% block body %}{% endblock %}</section>
"""
HEAD = """\
{% extends layout %}
{% set version = "0.1" %}{% set written = "2026-11" %}{% set review_by = "2027-11" %}
{% set symbol = "info" %}{% set sources = [] %}
{% block title %}{% trans %}Title{% endtrans %}{% endblock %}
"""


@dataclass(frozen=True)
class Clinic:
    """What `handouts.config` gives as `clinic`."""

    name: str | None = None
    service: str | None = None
    phone: str | None = None
    phone_hours: object = None
    night_phone: str | None = None
    night_hours: object = None
    no_food_hours: int | None = None
    no_drink_hours: int | None = None
    stay_hours: int | None = None
    bring: tuple[str, ...] = ()


@dataclass(frozen=True)
class Country:
    """What `handouts.config` gives as `country`."""

    code: str | None = None
    emergency: str | None = None
    crisis: str | None = None
    advice: str | None = None
    driving_law: bool = False
    licence: bool = False
    off_label: bool = False


@dataclass(frozen=True)
class FakeMessage:
    key: Key
    state: State
    forms: tuple[str, ...]
    message: Any = None
    diagnostics: tuple[Any, ...] = ()


@dataclass
class FakeVetted:
    """Looks like `handouts.checks.Vetted`."""

    messages: Mapping[Key, FakeMessage]
    index: Callable[[int], int] = lambda n: int(n != 1)
    file: str | None = None
    asked: list[Key] = field(default_factory=list)

    def get(self, key: Key) -> FakeMessage | None:
        self.asked.append(key)
        return self.messages.get(key)

    def given(self, key: Key) -> tuple[FakeVetted, FakeMessage | None]:
        return self, self.get(key)

    def plural_index(self, count: int) -> int:
        return self.index(count)


class Desk:
    """A folder of templates and the shortest way to expand one of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sink = Sink()
        self.write("layouts/leaflet.html", LAYOUT)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @property
    def templates(self) -> TemplateSet:
        return TemplateSet((self.folder,))

    def source(self) -> FakeVetted:
        """English as `vet_source` gives it: tags kept, everything else escaped."""
        found = extract((self.folder,), Sink())
        return FakeVetted(
            {
                m.key: FakeMessage(
                    m.key,
                    State.SOURCE,
                    tuple(_escaped(t) for t in (m.key.msgid, m.plural) if t is not None),
                )
                for m in found
            }
        )

    def expand(
        self,
        body: str | None = None,
        *,
        whole: str | None = None,
        locale: str = "en",
        translations: Mapping[str, tuple[str, ...]] | None = None,
        vetted: FakeVetted | None = None,
        clinic: Any = None,
        country: Any = None,
        digits: str = "locale",
        deadline_s: float = 5.0,
    ) -> Expansion | None:
        if whole is None and body is not None:
            whole = f"{HEAD}{{% block body %}}{body}{{% endblock %}}"
        if whole is not None:
            self.write("handouts/x.html", whole)
        source = self.source()
        if vetted is None:
            vetted = source if translations is None else _vetted(translations)
        return expand(
            self.templates,
            "x",
            vetted=vetted,  # type: ignore[arg-type]  # quacks like it
            source=source,  # type: ignore[arg-type]  # the same
            language=language(locale),
            context=Context(
                format="a4",
                clinic=clinic or Clinic(),
                country=country or Country(),
                digits=digits,  # type: ignore[arg-type]  # one of the two
            ),
            sink=self.sink,
            deadline_s=deadline_s,
        )

    def body(self, body: str, **options: Any) -> str:
        """Return the expanded body, the nonce as `N`, without `data-src`."""
        expansion = self.expand(body, **options)
        assert expansion is not None, self.sink.diagnostics
        markup = expansion.markup.partition('data-part="body">')[2]
        markup = markup.removesuffix("</section>").replace(expansion.nonce, "N")
        return _without_sources(markup)

    message = staticmethod(FakeMessage)
    vetted = staticmethod(FakeVetted)

    def codes(self) -> list[str]:
        return [d.code for d in self.sink]


def _without_sources(markup: str) -> str:
    import re

    return re.sub(r' data-src="[^"]*"', "", markup)


def _escaped(text: str) -> str:
    import re

    text = re.sub(r"%%|%(?!\(\w+\)s)", "%%", text)
    return re.sub(r"&(?!\w+;)", "&amp;", text)


def _vetted(translations: Mapping[str, tuple[str, ...]]) -> FakeVetted:
    return FakeVetted(
        {
            Key(None, msgid): FakeMessage(Key(None, msgid), State.TRANSLATED, forms)
            for msgid, forms in translations.items()
        }
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "templates")


@pytest.fixture(scope="session")
def new_desk() -> type[Desk]:
    return Desk


@pytest.fixture(scope="session")
def clinic() -> type[Clinic]:
    return Clinic


@pytest.fixture(scope="session")
def country() -> type[Country]:
    return Country
