"""`check` finds all that a build would, and writes nothing."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AS_JSON = ("check", "--diagnostic-format", "json")
CONTROL = "control-character"
LAYOUTS = ROOT / "templates" / "layouts"


def test_nothing_is_written(german: Any) -> None:
    answer = german.check()
    assert (answer.status, answer.codes) == (0, ["furniture-untranslated"])
    assert not (german.folder / "output").exists()
    assert answer.count == "2 editions checked, 0 refused, 1 warning"


def test_gaps_are_errors(german: Any) -> None:
    german.add_catalog("de_AT", {**german.german, "At home": ""})
    answer = german.check()
    assert answer.status == 1
    found = answer.one("untranslated")
    path = german.folder / found["file"]
    entry = path.read_text("utf-8").splitlines()[found["line"] - 1 :]
    assert entry[0] == 'msgid "At home"'
    assert answer.count == "1 edition checked, 1 refused, 1 warning"


def test_a_character_that_no_font_has(german: Any) -> None:
    german.add_catalog("de_AT", {**german.german, "At home": "Zu Hause \U00012000"})
    answer = german.check()
    assert answer.status == 1
    assert "missing-glyph" in answer.codes


def test_pages_are_laid_out_only_where_asked(german: Any) -> None:
    endless = "Zu " + "Hause" * 60
    german.add_catalog("de_AT", {**german.german, "At home": endless})
    assert german.check().codes == ["furniture-untranslated"]
    assert "broken-word" in german.check("--pages").codes


def test_garbage_is_looked_for_less_where_no_page_is_laid_out(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(gc, "set_threshold", lambda *counts: asked.append(counts[0]))
    german.check("--pages")
    with_pages = max(asked)
    german.check()
    assert max(asked) > with_pages


def test_a_message_that_no_edition_shows_is_checked_too(german: Any) -> None:
    german.write(
        "templates/parts/lost.html",
        "{% macro x() %}<p>{% trans %}Lost words{% endtrans %}</p>{% endmacro %}",
    )
    german.add_catalog("de_AT", {**german.german, "Lost words": "Verlorene\u0007 Worte"})
    found = german.check().one("control-character")
    assert (found["locale"], found["handout"]) == ("de_AT", None)


def test_a_message_of_a_handout_that_no_edition_shows_is_checked_too(
    german: Any,
) -> None:
    lost = "{% if false %}<p>{% trans %}Lost words{% endtrans %}</p>{% endif %}"
    end = "{% endblock %}"
    at = german.handout.rindex(end)
    german.add_handout(text=german.handout[:at] + lost + german.handout[at:])
    german.add_catalog("de", {**german.german, "Lost words": "Verlorene\u0007 Worte"})
    found = german.check().one("control-character")
    assert (found["locale"], found["handout"]) == ("de", None)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_english_is_looked_at_once_shown_or_not(german: Any, jobs: int) -> None:
    bad = "{% trans %}Bell \u0007 {% endtrans %}"
    part = f"{{% macro x() %}}<p>{bad.replace('Bell', 'Lost')}</p>{{% endmacro %}}"
    german.write("templates/parts/lost.html", part)
    at = german.handout.rindex("{% endblock %}")
    german.add_handout(text=german.handout[:at] + f"<p>{bad}</p>" + german.handout[at:])
    found = german.run(*AS_JSON, jobs=jobs).diagnostics
    told = [(one["locale"], one["file"]) for one in found if one["code"] == CONTROL]
    assert told == [
        (None, "templates/handouts/after.html"), (None, "templates/parts/lost.html"),
    ]  # fmt: skip


def test_what_a_lost_worker_had_met_is_looked_at_in_the_end(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.build import runs

    german.add_catalog("de_AT", {**german.german, "At home": "Zu\u0007 Hause"})

    def lost(*_: object) -> None:
        raise RuntimeError("planned")

    monkeypatch.setattr(runs, "looked_at", lost)
    answer = german.check("--today", "2030-01-01")
    assert answer.codes == [
        "control-character", "furniture-untranslated", "internal-fault",
        "review-overdue", "untranslated",
    ]  # fmt: skip


def test_text_that_no_handout_shows(german: Any) -> None:
    part = "{% macro x() %}<p>{% trans %}Lost words{% endtrans %}</p>{% endmacro %}"
    german.write("templates/parts/lost.html", part)
    answer = german.check()
    found = answer.one("unreachable-message")
    assert (found["file"], found["line"]) == ("templates/parts/lost.html", 1)
    assert found["message"] == "no handout shows `Lost words`"
    assert found["severity"] == "warning"
    assert german.check("after").codes == ["furniture-untranslated"]
    assert german.check("--strict").status == 1


def test_words_that_only_translations_show_are_reached(project: Any) -> None:
    project.add_handout()
    project.write(
        "templates/layouts/leaflet.html", (LAYOUTS / "leaflet.html").read_text("utf-8")
    )
    assert project.check().codes == []


def test_safety_words_outside_safety_are_told(project: Any) -> None:
    text = project.handout.replace("Rest and drink water.", "Never swim alone.")
    project.add_handout("after", text)
    found = project.check().one("unmarked-safety")
    assert (found["severity"], found["locale"]) == ("warning", "en")


def test_a_damaged_font_is_found_without_being_used(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.fonts import FontError, FontLibrary

    opened = FontLibrary.face

    def face(self: FontLibrary, family: str, weight: int) -> Any:
        if family == "Noto Sans Thai":
            raise FontError("planned", code="font-changed", file=None, hint="mend it")
        return opened(self, family, weight)

    monkeypatch.setattr(FontLibrary, "face", face)
    answer = german.check()
    assert answer.status == 1
    assert answer.one("font-changed")["message"] == "planned"
    assert german.run("fonts", "-l", "de_AT").status == 0


def test_the_shipped_project_is_clean() -> None:
    from handouts.cli import main

    assert main(["-C", str(ROOT), "check", "-q", "-j", "1", "-l", "en", "--strict"]) == 0
