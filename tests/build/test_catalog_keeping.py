"""`extract`, `update`, `init`: what they write into a project folder."""

from __future__ import annotations

from typing import Any

import pytest

POT = "locales/handouts.pot"


def read(project: Any, name: str) -> str:
    return str((project.folder / name).read_text("utf-8"))


def test_a_project_without_handouts_extracts_the_built_in_ones(project: Any) -> None:
    answer = project.run("extract")
    assert (answer.status, answer.stdout, answer.stderr) == (0, f"{POT}\n", "")
    text = read(project, POT)
    assert 'msgid "Is ketamine safe for me?"' in text
    assert 'msgid "About this leaflet"' in text


def test_a_project_with_handouts_extracts_its_own_and_the_layouts_words(
    german: Any,
) -> None:
    assert german.run("extract").status == 0
    text = read(german, POT)
    assert 'msgid "Rest and drink water."' in text
    assert 'msgid "About this leaflet"' in text
    assert "etamine" not in text
    assert "#: templates/handouts/ketamine-safety.html" not in text


def test_only_the_parts_that_a_project_uses_give_messages(german: Any) -> None:
    assert german.run("extract").status == 0
    assert "templates/parts/" not in read(german, POT)
    file = german.folder / "templates" / "handouts" / "after.html"
    body = '{% from "parts/medical.html" import emergency_box %}\n'
    head, title, rest = file.read_text("utf-8").partition("{% block title")
    file.write_text(head + body + title + rest, "utf-8")
    assert german.run("extract").status == 0
    text = read(german, POT)
    assert 'msgid "nobody can wake you"' in text
    assert 'msgid "Your emergency number"' in text  # of a part that this part uses
    (german.folder / "templates" / "folder.html").mkdir()  # no file: passed over
    assert german.run("extract").status == 0
    assert read(german, POT) == text


@pytest.mark.parametrize(
    ("name", "locale", "forms"),
    [
        ("ur", "ur", "nplurals=2; plural=(n != 1);"),
        ("zh-Hant", "zh_Hant", "nplurals=1; plural=0;"),
        ("fr-CA", "fr_CA", "nplurals=2; plural=(n > 1);"),
    ],
)
def test_init_makes_a_catalog(german: Any, name: str, locale: str, forms: str) -> None:
    path = f"locales/{locale}/LC_MESSAGES/handouts.po"
    answer = german.run("init", name)
    assert (answer.status, answer.stdout) == (0, f"{path}\n")
    text = read(german, path)
    assert f'"Language: {locale}\\n"' in text
    assert f'"Plural-Forms: {forms}\\n"' in text
    assert "etamine" not in text
    again = german.run("init", name, "--diagnostic-format", "json")
    assert again.status == 1
    found = again.one("catalog-exists")
    assert (found["file"], found["locale"]) == (path, locale)


def test_init_of_no_locale(german: Any) -> None:
    answer = german.run("init", "klingonisch", "--diagnostic-format", "json")
    assert answer.status == 2
    assert answer.codes == ["unknown-locale"]


def test_update_changes_the_projects_own_catalogs_only(german: Any) -> None:
    german.add_handout("after", german.handout.replace("At home", "At home now"))
    answer = german.run("update")
    assert answer.status == 0
    assert answer.stdout.splitlines() == [
        POT,
        "locales/de_AT/LC_MESSAGES/handouts.po: 3 kept, 1 fuzzy, "
        + answer.stdout.splitlines()[1].split("fuzzy, ")[1],
    ]
    text = read(german, "locales/de_AT/LC_MESSAGES/handouts.po")
    assert '#| msgid "At home"\nmsgid "At home now"\nmsgstr "Zu Hause"' in text
    folders = [path.name for path in (german.folder / "locales").iterdir()]
    assert sorted(folders) == ["de_AT", "handouts.pot"]


def test_update_of_one_locale(german: Any) -> None:
    german.add_catalog("nl", {})
    before = read(german, "locales/nl/LC_MESSAGES/handouts.po")
    assert german.run("update", "-l", "de_AT").status == 0
    assert read(german, "locales/nl/LC_MESSAGES/handouts.po") == before
    answer = german.run("update", "-l", "sv", "-l", "xx", "--diagnostic-format", "json")
    assert answer.status == 2
    assert answer.codes == ["missing-catalog", "unknown-locale"]


def test_update_leaves_a_broken_catalog_alone(german: Any) -> None:
    path = german.write("locales/nl/LC_MESSAGES/handouts.po", 'msgid "x')
    answer = german.run("update", "--diagnostic-format", "json")
    assert answer.status == 1
    assert answer.codes == ["po-syntax"]
    assert path.read_text() == 'msgid "x'


@pytest.mark.parametrize("command", [["extract"], ["update"], ["init", "nl"]])
def test_a_folder_that_cannot_be_written(german: Any, command: list[str]) -> None:
    (german.folder / "locales" / "de_AT").rename(german.folder / "de_AT")
    (german.folder / "locales").rmdir()
    german.write("locales", "in the way")
    answer = german.run(*command, "--diagnostic-format", "json")
    assert answer.status == 2
    assert answer.codes == ["cannot-write"]


def test_fonts_say_what_a_locale_lacks(german: Any) -> None:
    german.add_catalog("de_AT", {**german.german, "At home": "Zu Hause \ue000"})
    answer = german.run("fonts", "-l", "de_AT")
    assert answer.status == 0
    lines = answer.stdout.splitlines()
    assert any(line.startswith("Noto Sans Regular  2.") for line in lines)
    assert german.run("fonts", "-l", "en").stdout.splitlines()[-1] == (
        "en: Noto Sans covers exemplars and catalog"
    )
    assert german.run("fonts", "-l", "xx").status == 2
    assert german.run("fonts").stdout.count(": Noto Sans covers") >= 1


def test_info_names_handouts_and_locales(german: Any) -> None:
    lines = german.run("info").stdout.splitlines()
    assert lines[-2:] == ["handouts: after", "locales: en, de_AT"]


@pytest.mark.parametrize("command", ["extract", "update", "check"])
def test_a_claim_in_the_english_is_told_where_it_stands(
    german: Any, command: str
) -> None:
    claim = german.handout.replace("Rest and", "Ketamine is safe:")
    path = german.add_handout("after", claim)
    line = claim[: claim.index("is safe")].count("\n") + 1
    assert "is safe" in path.read_text("utf-8").split("\n")[line - 1]
    answer = german.run(command, "--diagnostic-format", "json")
    found = [one for one in answer.diagnostics if one["code"] == "promotional-claim"]
    assert {(one["file"], one["line"]) for one in found} == {
        ("templates/handouts/after.html", line)
    }
    assert {(one["severity"], one["message"]) for one in found} == {
        ("warning", "the English claims `is safe`")
    }
