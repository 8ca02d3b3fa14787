"""Planted mistakes that could harm a patient, in twenty-two languages: are they caught?

The files beside this one were written by people who had not seen the checks nor their
word lists. Each trap has a correct translation, which must pass, and a wrong one, which
must be found. `pytest tests/traps -s` prints what slips through.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from handouts.build.glossary import read_glossaries
from handouts.build.workshop import builtin_locales
from handouts.catalog import Catalog, Key, Message, SourceMessage, parse_plural_forms
from handouts.checks import vet
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.languages import language

FOLDER = Path(__file__).parent
LOCALES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SHARE = 0.95
"""Of a language's traps, at least this share is caught."""
ALWAYS = frozenset({
    "digits-order", "dropped-tag", "percent", "placeholder-doubled",
    "placeholder-dropped", "range-lost", "range-mirrored", "renamed-phone-placeholder",
    "renamed-placeholder", "swapped-digits", "tenfold-dose", "url-changed", "wrong-phone",
})  # fmt: skip
"""Kinds of number, placeholder and tag traps: every single one is caught."""


@dataclass(frozen=True, slots=True)
class Trap:
    """One message with a right and a wrong translation."""

    id: str
    kind: str
    source: SourceMessage
    good: tuple[str, ...]
    bad: tuple[str, ...]
    meaning: str


def _trap(entry: dict[str, Any]) -> Trap:
    plural = entry.get("msgid_plural")
    good, bad = entry["good"], entry["bad"]
    return Trap(
        id=entry["id"],
        kind=entry["kind"],
        source=SourceMessage(
            key=Key(entry.get("context"), entry["msgid"]),
            plural=plural,
            references=(("templates/handouts/trap.html", 1),),
        ),
        good=tuple(good) if isinstance(good, list) else (good,),
        bad=tuple(bad) if isinstance(bad, list) else (bad,),
        meaning=entry["meaning"],
    )


@cache
def _traps(locale: str) -> tuple[Trap, ...]:
    data = tomllib.loads((FOLDER / f"{locale}.toml").read_text("utf-8"))
    return tuple(_trap(entry) for entry in data["trap"])


@cache
def _glossary() -> Any:
    return read_glossaries([builtin_locales()], Sink())


def _found(locale: str, trap: Trap, msgstrs: tuple[str, ...]) -> list[Diagnostic]:
    """Return what the checks say of one translation of the trap's message."""
    own = language(locale)
    places = tuple(range(2, len(msgstrs) + 2))
    message = Message(
        key=trap.source.key,
        plural=trap.source.plural,
        msgstrs=msgstrs,
        fuzzy=False,
        line=1,
        msgstr_lines=places,
    )
    catalog = Catalog(
        locale=locale,
        file="handouts.po",
        headers={},
        plural_rule=parse_plural_forms(own.plural_rule),
        messages={trap.source.key: message},
    )
    sink = Sink()
    vet(catalog, [trap.source], own, sink, keep=_glossary().kept())
    return list(sink)


def _missed(locale: str) -> Iterator[Trap]:
    for trap in _traps(locale):
        before = {(one.code, one.message) for one in _found(locale, trap, trap.good)}
        after = _found(locale, trap, trap.bad)
        if all((one.code, one.message) in before for one in after):
            yield trap


def _false_alarms(locale: str) -> Iterator[tuple[Trap, Diagnostic]]:
    for trap in _traps(locale):
        for one in _found(locale, trap, trap.good):
            if one.severity is Severity.ERROR:
                yield trap, one


def test_ten_locales_and_more_have_forty_six_traps() -> None:
    assert len(LOCALES) >= 10
    assert all(len(_traps(locale)) >= 46 for locale in LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_traps_are_caught(locale: str) -> None:
    missed = list(_missed(locale))
    for trap in missed:
        print(f"{trap.id} {trap.kind}: {trap.bad} = {trap.meaning}")  # noqa: T201  # -s
    kinds = Counter(trap.kind for trap in missed)
    assert not ALWAYS & kinds.keys(), kinds
    assert 1 - len(missed) / len(_traps(locale)) >= SHARE, kinds


@pytest.mark.parametrize("locale", LOCALES)
def test_correct_translations_pass(locale: str) -> None:
    alarms = list(_false_alarms(locale))
    for trap, one in alarms:
        print(f"{trap.id} {one.code}: {one.message}: {trap.good}")  # noqa: T201  # -s
    assert len(alarms) <= 0.02 * len(_traps(locale))
