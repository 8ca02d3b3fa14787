from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from handouts.build import BuildRequest
from handouts.cli import main
from handouts.cli.editions import Progress

RED = "\x1b[1;31m"


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_stdout_is_empty_and_the_last_line_counts(german: Any) -> None:
    answer = german.run()
    assert answer.status == 0
    assert answer.stdout == ""
    lines = answer.stderr.splitlines()
    assert lines[:2] == ["written en/after-a4.pdf", "written de_AT/after-a4.pdf"]
    assert answer.count == "2 editions written, 0 refused, 1 warning"
    assert german.run().count == ("0 editions written, 2 unchanged, 0 refused, 1 warning")


def test_json_is_one_object_on_stdout_and_the_count_on_stderr(german: Any) -> None:
    answer = german.build("-q")
    assert list(json.loads(answer.stdout)) == ["schema", "diagnostics"]
    assert answer.stderr == ""
    assert list(answer.one("furniture-untranslated")) == [
        "code", "severity", "message", "hint", "file", "line", "column", "locale",
        "handout", "msgid",
    ]  # fmt: skip


def test_json_with_nothing_found_is_an_object_too(project: Any) -> None:
    project.add_handout()
    assert project.build().diagnostics == []
    for command in ("info", "fonts", "extract", "update"):
        answer = project.run(command, "--diagnostic-format", "json")
        assert answer.diagnostics == []


def test_github_annotates(german: Any) -> None:
    german.add_catalog("de_AT", {**german.german, "For patients": ""})
    answer = german.run("--diagnostic-format", "github")
    assert answer.status == 1
    assert answer.stdout == ""
    assert (
        ",title=untranslated::message `For patients` has no translation%0Ahint: "
        "translate it in this language's handouts.po"
    ) in answer.stderr
    assert "::error file=locales/de_AT/LC_MESSAGES/handouts.po,line=" in answer.stderr


def test_a_finding_of_many_editions_is_told_once(german: Any) -> None:
    german.add_handout("later", german.handout.replace("<p>", "<p>{{ x }}"))
    german.add_catalog("nl", german.german)
    answer = german.run()
    assert answer.status == 1
    assert answer.stderr.count("error[undefined-name]") == 1
    assert "= in: en, de_AT, nl\n" in answer.stderr
    found = [one for one in german.build().diagnostics if one["code"] == "undefined-name"]
    assert [one["locale"] for one in found] == ["en", "de_AT", "nl"]


def test_many_editions_are_named_in_short(project: Any) -> None:
    project.add_handout()
    for locale in ("da", "de_AT", "et", "fi", "nl", "nl_BE", "sv", "sv_FI"):
        project.add_catalog(locale, project.german)
    assert "  = in: da, de_AT, et, fi, nl, nl_BE and 2 more\n" in project.run("-q").stderr


def test_quiet_says_findings_only(german: Any) -> None:
    answer = german.run("-q")
    assert answer.stderr.startswith("warning[furniture-untranslated]")
    assert "after-a4.pdf" not in answer.stderr
    assert " refused, " not in answer.stderr


def test_verbose_says_more(german: Any) -> None:
    german.run()
    codes = german.manifest
    code = codes["en/after-a4.pdf"]["code"]
    answer = german.run("-v", "-l", "en")
    assert f"unchanged en/after-a4.pdf  1 pages, 14.0 pt, code {code}" in answer.stderr


@pytest.mark.parametrize(
    ("argv", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": ""}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color_when_it_is_asked_for(
    german: Any,
    monkeypatch: pytest.MonkeyPatch,
    argv: list[str],
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (RED in german.run("-f", "x", *argv).stderr) is colored
    german_json = german.run("-f", "x", *argv, "--diagnostic-format", "json")
    assert RED not in german_json.stdout


def test_a_terminal_gets_color_and_one_line_of_progress(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert main(["-C", str(german.folder), "-j", "1", "-f", "x", "-f", "a4"]) == 2
    shown = screen.getvalue()
    assert RED in shown
    assert "written en/after-a4.pdf" not in shown
    assert "2 editions written" in shown


def test_strict_makes_warnings_findings(german: Any) -> None:
    assert german.run("--strict").status == 1
    assert german.run("--strict").status == 1  # unchanged: the warning still holds
    assert german.run("check", "--strict").status == 1
    assert german.run("check").status == 0
    assert german.run("--strict", "-l", "en").status == 0


def test_an_interruption_is_130(german: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "step", interrupted)
    answer = german.run()
    assert answer.status == 130
    assert answer.stderr.splitlines()[-2:] == [
        "error[interrupted]: the run was interrupted",
        "hint: run it again: what is finished is kept",
    ]
    assert "manifest.json" in german.files()
    assert german.build().codes == ["interrupted"]


def test_a_fault_of_the_program_is_told_and_is_2(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: BuildRequest) -> None:
        raise ZeroDivisionError("planned")

    monkeypatch.setattr(BuildRequest, "overrides", fail)
    answer = german.build()
    assert answer.status == 2
    found = answer.one("internal-fault")
    assert found["message"] == "the program failed: ZeroDivisionError: planned"
    assert found["hint"] == "run it with `-v` for the traceback, and please report it"
    with pytest.raises(ZeroDivisionError):
        german.run("-v")


def test_a_console_that_lacks_letters_gets_escapes(
    german: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", console)
    german.write("handouts.toml", '[clinic]\nname = "عيادة"\n')
    assert main(["-C", str(german.folder), "info"]) == 0
    console.flush()
    shown = rb'clinic.name = "\u0639\u064a\u0627\u062f\u0629"  (handouts.toml:2)'
    assert shown in console.buffer.getvalue()  # type: ignore[attr-defined]
