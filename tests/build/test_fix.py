"""`check --fix` mends slips in the project's catalogs, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handouts.build import fixes
from handouts.catalog import Amendment

CATALOG = "locales/de_AT/LC_MESSAGES/handouts.po"
REST = "Ruhen Sie sich aus und trinken Sie Wasser."


@pytest.fixture
def slips(german: Any) -> Path:
    """Return a German catalog with a space too many and a bell (U+0007)."""
    path: Path = german.add_catalog(
        "de_AT",
        {**german.german, "At home": " Zu Hause", "For patients": "Für\aPatienten"},
    )
    path.write_text(path.read_text("utf-8").replace("Für\a", "Für \a"), "utf-8")
    return path


def test_slips_are_mended_and_told(german: Any, slips: Path) -> None:
    before = slips.read_text("utf-8")
    answer = german.run("check", "--fix")
    assert answer.stdout.splitlines() == [
        f"{CATALOG}:12: deleted U+0007",
        f"{CATALOG}:15: deleted a space",
    ]
    assert slips.read_text("utf-8") == before.replace("\a", "").replace('" Zu', '"Zu')
    assert answer.status == 0


def test_a_second_run_changes_nothing(german: Any, slips: Path) -> None:
    german.run("check", "--fix")
    once = slips.read_bytes()
    assert german.run("check", "--fix").stdout == ""
    assert slips.read_bytes() == once


def test_what_remains_decides_the_exit_status(german: Any, slips: Path) -> None:
    slips.write_text(slips.read_text("utf-8").replace(REST, ""), "utf-8")
    answer = german.run("check", "--fix", "--diagnostic-format", "json")
    assert answer.status == 1
    assert "untranslated" in answer.codes
    assert "control-character" not in answer.codes


def test_without_the_flag_nothing_is_written(german: Any, slips: Path) -> None:
    before = slips.read_bytes()
    assert german.check("-l", "de_AT").codes == [
        "control-character", "furniture-untranslated", "outer-space", "untranslated",
    ]  # fmt: skip
    assert slips.read_bytes() == before


@pytest.mark.parametrize(
    "mark", ["#, fuzzy", "# handouts: allow outer-space: it joins the next"]
)
def test_what_translators_must_settle_is_left_alone(german: Any, mark: str) -> None:
    path = german.add_catalog("de_AT", {**german.german, "At home": " Zu Hause"})
    text = path.read_text("utf-8").replace('msgid "At home"', f'{mark}\nmsgid "At home"')
    path.write_text(text + '\n#~ msgid "Gone"\n#~ msgstr " Weg"\n', "utf-8")
    before = path.read_bytes()
    assert german.run("check", "--fix").stdout == ""
    assert path.read_bytes() == before


@pytest.mark.usefixtures("slips")
def test_only_the_locales_that_are_named(german: Any) -> None:
    spanish = german.add_catalog("es", {"At home": " En casa"})
    kept = spanish.read_bytes()
    german.run("check", "--fix", "-l", "de_AT")
    assert spanish.read_bytes() == kept


def test_a_catalog_that_is_broken_is_left_alone(german: Any) -> None:
    path = german.add_catalog("de_AT", {"At home": " Zu Hause"})
    path.write_bytes(broken := path.read_bytes() + b'msgid "cut')
    answer = german.run("check", "--fix", "--diagnostic-format", "json")
    assert "po-syntax" in answer.codes
    assert path.read_bytes() == broken


def test_a_catalog_that_somebody_saves_meanwhile(
    german: Any, slips: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    amend = fixes.amend_catalog

    def late(path: Path, amendments: list[Amendment]) -> bool:
        path.write_bytes(b"# mine\n" + path.read_bytes())
        return amend(path, amendments)

    monkeypatch.setattr(fixes, "amend_catalog", late)
    found = german.run("check", "--fix", "--diagnostic-format", "json")
    assert found.one("catalog-changed")["file"] == CATALOG
    assert found.status == 1
    assert slips.read_text("utf-8").startswith("# mine\nmsgid")


def test_each_kind_of_fix_is_named(german: Any) -> None:
    handout = german.handout.replace("At home", "5 mg at home ")
    german.add_handout("after", handout)
    german.add_catalog(
        "de_AT",
        {**german.german, "5 mg at home": "5 mg zu Hause",
         "For patients": "\u202aFür\u202c Patienten"},
    )  # fmt: skip
    assert german.run("check", "--fix").stdout.splitlines() == [
        f"{CATALOG}:12: left-to-right embedding became left-to-right isolate; "
        "pop directional formatting became pop directional isolate",
        f"{CATALOG}:21: a space became no-break space",
    ]


@pytest.mark.parametrize(("digits", "shown"), [("locale", "\u06f4"), ("latin", "4")])
def test_digits_are_those_that_the_settings_print(
    german: Any, digits: str, shown: str
) -> None:
    german.add_handout("after", german.handout.replace("At home", "4 at home"))
    path = german.add_catalog("fa", {"4 at home": "\u096a در خانه"})  # Devanagari 4
    german.write("handouts.toml", f'digits = "{digits}"\n')
    answer = german.run("check", "--fix", "-l", "fa")
    assert answer.stdout.splitlines()[0].startswith("locales/fa/LC_MESSAGES/handouts.po:")
    assert "devanagari digit four became" in answer.stdout
    assert f'msgstr "{shown} در خانه"' in path.read_text("utf-8")
    assert german.run("check", "--fix", "-l", "fa").stdout == ""
