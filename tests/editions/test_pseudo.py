"""The built-in handouts in the pseudo-locales: they fit, and say that they are tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from handouts.languages import PSEUDO_LOCALES

ROOT = Path(__file__).parents[2]
LOCALES = tuple(PSEUDO_LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_handout_builds_without_a_spill(project: Any, locale: str) -> None:
    answer = project.build("-l", locale)
    assert answer.status == 0
    assert answer.diagnostics == []
    made = project.manifest
    assert len(made) == len(list(ROOT.glob("templates/handouts/*.html")))
    assert {one["draft"] for one in made.values()} == {True}
    for file, record in made.items():
        with pikepdf.open(project.folder / "output" / file) as pdf:
            assert len(pdf.pages) == record["pages"]
            assert str(pdf.Root.Lang) == locale.replace("_", "-")


@pytest.mark.parametrize("locale", LOCALES)
def test_they_are_checked_as_other_locales_are(german: Any, locale: str) -> None:
    answer = german.check("-l", locale, "--strict")
    assert (answer.status, answer.diagnostics) == (0, [])
    broken = german.handout.replace("drink water", "drink {{ waters }}")
    german.add_handout("after", broken)
    assert german.check("-l", locale).status == 1


def test_they_are_not_among_all_locales(german: Any) -> None:
    assert german.build().status == 0
    assert {one.split("/")[0] for one in german.manifest} == {"de_AT", "en"}


def test_they_have_no_catalog_to_make_update_or_sign(german: Any) -> None:
    made = german.run("init", "en-XA", "--diagnostic-format", "json")
    assert made.status == 2
    assert made.one("pseudo-locale")["hint"].endswith("build -l en_XA`")
    for command in ("update", "stats"):
        asked = german.run(command, "-l", "ar_XB", "--diagnostic-format", "json")
        assert asked.status == 2
        assert asked.one("pseudo-locale")["hint"].endswith("build -l ar_XB`")
    who = ("--role", "reviewer", "--name", "Somebody")
    signed = german.run("sign", "en_XA", "after", *who, "--diagnostic-format", "json")
    assert signed.status == 2
    assert signed.codes == ["pseudo-locale"]
    assert not (german.folder / "locales" / "en_XA").exists()
