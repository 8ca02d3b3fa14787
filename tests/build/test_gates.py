"""What is refused and what is only marked."""

from __future__ import annotations

from typing import Any

import pytest

SAFE = """\
<aside class="warning"><h3>{% trans %}Do not drive today.{% endtrans %}</h3></aside>
</section>
"""
DRIVE = "Do not drive today."


@pytest.fixture
def careful(project: Any) -> Any:
    """A handout with a safety message, in German."""
    text = project.handout.replace("</section>\n", f"</section>\n{SAFE[:-11]}", 1)
    project.add_handout("after", text)
    project.messages = {**project.german, DRIVE: "Fahren Sie heute nicht Auto."}
    project.add_catalog("de_AT", project.messages)
    return project


def test_a_whole_catalog_is_written(careful: Any) -> None:
    assert careful.build().codes == ["furniture-untranslated"]
    assert careful.manifest["de_AT/after-a4.pdf"]["draft"] is False


@pytest.mark.parametrize("draft", [[], ["--draft"]])
@pytest.mark.parametrize("text", ["", "Fahren Sie 24 Stunden nicht.", "<b>Nicht</b>"])
def test_a_safety_message_without_sound_text_always_refuses(
    careful: Any, draft: list[str], text: str
) -> None:
    careful.add_catalog("de_AT", {**careful.messages, DRIVE: text})
    answer = careful.build(*draft)
    assert answer.status == 1
    found = answer.one("safety-untranslated")
    assert found["severity"] == "error"
    assert found["msgid"] == DRIVE
    assert found["file"] == "locales/de_AT/LC_MESSAGES/handouts.po"
    lines = (careful.folder / found["file"]).read_text("utf-8").splitlines()
    assert DRIVE in lines[found["line"] - 1]
    why = "fails a check" if text else "has no translation"
    assert found["message"] == f"safety message `{DRIVE}` {why}"
    assert "--draft" not in found["hint"]
    assert careful.files() == ["en/after-a4.pdf", "manifest.json"]


def test_a_fuzzy_message_is_not_printed(careful: Any) -> None:
    path = careful.add_catalog("de_AT", careful.messages)
    text = path.read_text().replace('msgid "At home"', '#, fuzzy\nmsgid "At home"')
    path.write_text(text)
    found = careful.build().one("untranslated")
    assert found["message"] == "message `At home` is marked fuzzy"
    assert found["hint"] == (
        "check the translation, then remove the fuzzy mark; `--draft` prints it in "
        "English, marked DRAFT"
    )


@pytest.mark.parametrize("text", ["", "Zu Hause 7"])
def test_another_gap_makes_a_draft(careful: Any, text: str) -> None:
    careful.add_catalog("de_AT", {**careful.messages, "At home": text})
    assert careful.build().status == 1
    assert careful.files() == ["en/after-a4.pdf", "manifest.json"]
    answer = careful.build("--draft")
    assert answer.status == 0
    assert {one["severity"] for one in answer.diagnostics} == {"warning"}
    assert answer.one("untranslated")["locale"] == "de_AT"
    record = careful.manifest["de_AT/after-a4.pdf"]
    assert record["draft"] is True
    assert careful.build().status == 1
    assert careful.files() == ["en/after-a4.pdf", "manifest.json"]
    assert "de_AT/after-a4.pdf" not in careful.manifest


def test_an_older_edition_that_no_longer_holds_goes(careful: Any) -> None:
    assert careful.run().status == 0
    careful.add_catalog("de_AT", {**careful.messages, "At home": ""})
    answer = careful.build()
    found = answer.one("older-file-removed")
    assert found["message"] == "`de_AT/after-a4.pdf` of an earlier build was removed"
    assert found["severity"] == "warning"
    assert careful.files() == ["en/after-a4.pdf", "manifest.json"]


@pytest.mark.parametrize("msgid", ["At home", DRIVE])
def test_an_exemption_counts_for_a_safety_message_only_once_signed(
    careful: Any, msgid: str
) -> None:
    messages = {**careful.messages, msgid: f"7 {careful.messages[msgid]}"}
    path = careful.add_catalog("de_AT", messages)
    comment = f'# handouts: allow added-number: a floor\nmsgid "{msgid}"'
    text = path.read_text("utf-8").replace(f'msgid "{msgid}"', comment)
    path.write_text(text, "utf-8")
    answer = careful.build("--draft")
    if msgid == "At home":
        assert (answer.status, answer.codes) == (0, ["furniture-untranslated"])
        return
    found = answer.one("added-number")
    assert (answer.status, found["severity"], found["msgid"]) == (1, "error", DRIVE)
    assert found["hint"] == (
        "a safety message's exemption counts only once a signed review names it"
    )
    assert careful.files() == ["en/after-a4.pdf", "manifest.json"]


def test_a_warning_of_a_check_is_told_where_the_message_is_used(careful: Any) -> None:
    careful.add_catalog("de_AT", {**careful.messages, "At home": "Дома"})
    answer = careful.build()
    found = answer.one("wrong-script")
    assert (answer.status, found["severity"]) == (0, "warning")
    assert (found["locale"], found["handout"]) == ("de_AT", "after")


@pytest.mark.parametrize(
    ("settings", "locale", "refused"),
    [
        ("", "de_AT", False),
        ('[policy]\nunsigned = "refuse"\n', "de_AT", True),
        ('[policy]\nunsigned = "refuse"\n', "en", True),
        (
            '[policy]\nunsigned = "refuse"\n[policy.unsigned_in]\nde_AT = "mark"\n',
            "de_AT",
            False,
        ),
        ('[policy.unsigned_in]\nde_AT = "refuse"\n', "de_AT", True),
    ],
)
def test_who_refuses_unsigned_text(
    careful: Any, settings: str, locale: str, refused: bool
) -> None:
    careful.write("handouts.toml", settings)
    answer = careful.build("-l", locale)
    assert ("unsigned" in answer.codes) is refused
    assert answer.status == int(refused)
    if refused:
        found = answer.one("unsigned")
        name = {"de_AT": "German (Austria)", "en": "English"}[locale]
        assert found["message"] == f"no qualified person has signed the {name} text"
        assert found["hint"] == "have it reviewed and signed, or build with `--draft`"
        assert careful.build("-l", locale, "--draft").status == 0
        assert careful.manifest[f"{locale}/after-a4.pdf"]["draft"] is True


PART = """\
{% macro care() %}
<section id="care"><h2>{% trans %}Take care{% endtrans %}</h2>
<p>{% trans %}Eat well.{% endtrans %}</p></section>
{% endmacro %}
"""


def test_a_part_of_ones_own_is_content_and_a_layout_is_not(german: Any) -> None:
    german.write("templates/parts/care.html", PART)
    text = german.handout.replace(
        "{% block body %}", '{% block body %}{% from "parts/care.html" import care %}'
    ).replace("</section>\n", "</section>\n{{ care() }}\n")
    german.add_handout("after", text)
    answer = german.build()
    assert answer.status == 1
    missing = {
        one["msgid"] for one in answer.diagnostics if one["code"] == "untranslated"
    }
    assert missing == {"Take care", "Eat well."}
    assert {
        one["file"] for one in answer.diagnostics if one["code"] == "untranslated"
    } == {"templates/parts/care.html"}


def test_how_a_translation_was_made_comes_from_its_catalog(german: Any) -> None:
    from handouts.pdf import page_texts

    words = {"Translated by a computer.": "Von einem Computer übersetzt."}
    path = german.folder / "output" / "de_AT" / "after-a4.pdf"
    for headers, printed in (
        ({}, False),
        ({"X-Translation-Method": "human"}, False),
        ({"X-Translation-Method": "machine translation, unreviewed"}, True),
    ):
        german.add_catalog("de_AT", {**german.german, **words}, headers=headers)
        assert german.run("-l", "de_AT").status == 0
        text = " ".join("".join(page_texts(path.read_bytes())).split())
        assert ("Von einem Computer übersetzt." in text) is printed
