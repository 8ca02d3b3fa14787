from __future__ import annotations

from typing import Any

import pytest

from handouts.cli import main
from handouts.cli.arguments import arranged, form_named_in
from handouts.cli.main import COMMANDS


@pytest.mark.parametrize(
    ("argv", "in_order"),
    [
        ("", "build"),
        ("-l ar", "build -l ar"),
        ("after -l ar -q", "-q build after -l ar"),
        ("check -C x", "-C x check"),
        ("-Cx", "-Cx build"),
        ("build -C", "-C build"),
        ("--directory=x --color=never info -v", "--directory=x --color=never -v info"),
        ("init ur --diagnostic-format json", "--diagnostic-format json init ur"),
        ("-- -q", "build -- -q"),
        ("--help", "--help"),
        ("-C x --version", "-C x --version"),
        ("build --help", "build --help"),
    ],
)
def test_general_options_come_first_and_build_is_the_command(
    argv: str, in_order: str
) -> None:
    assert arranged(argv.split(), COMMANDS) == in_order.split()


@pytest.mark.parametrize(
    ("argv", "form"),
    [
        ("", "text"),
        ("--diagnostic-format json", "json"),
        ("--diagnostic-format=github -x", "github"),
        ("--diagnostic-format github --diagnostic-format json", "json"),
        ("--diagnostic-format xml", "text"),
    ],
)
def test_the_form_is_known_before_the_rest_is(argv: str, form: str) -> None:
    assert form_named_in(argv.split()) == form


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--nonsense"], "No such option '--nonsense'"),
        (["-l"], "Option '-l' requires an argument"),
        (["-j", "-1"], "-1 is not in the range x>=0"),
        (["--diagnostic-format", "xml"], "'xml' is not one of 'text', 'json', 'github'"),
        (["init"], "Missing argument 'LOCALE'"),
        (["-C", "no/such/folder"], "Directory 'no/such/folder' does not exist"),
    ],
)
def test_wrong_usage_is_told_and_is_2(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


def test_wrong_usage_in_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert main(["--diagnostic-format", "json", "-C", "no/such/folder"]) == 2
    out, err = capsys.readouterr()
    (found,) = json.loads(out)["diagnostics"]
    assert err == ""
    assert found["code"] == "usage"
    assert found["message"].startswith("invalid value for '-C' / '--directory': ")
    assert found["message"].endswith("Directory 'no/such/folder' does not exist")
    assert found["hint"] == "`python make_handouts.py --help` lists commands and options"


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "handouts 0.1.0\n"
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for command in ("build", "check", "extract", "update", "init", "fonts", "info"):
        assert f"  {command} " in out


@pytest.mark.parametrize(
    ("argv", "code", "message", "hint"),
    [
        (["afetr"], "unknown-handout", "there is no handout `afetr`",
         "did you mean `after`?"),
        (["-f", "leter"], "unknown-format", "there is no format `leter`",
         "did you mean `letter`?"),
        (["-f", "x"], "unknown-format", "there is no format `x`",
         "choose from `a4`, `letter`"),
        (["-l", "xx"], "unknown-locale", "`xx` is no locale that is known",
         "type a tag such as `pt-BR`"),
        (["-l", "German"], "unknown-locale", "`German` is no locale that is known",
         "did you mean `de`?"),
        (["-l", "nl-BE"], "missing-catalog", "there is no catalog for `nl_BE`",
         "make one with `python make_handouts.py init nl_BE`"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_name_that_is_not_known_is_usage(  # noqa: PLR0917  # a table's columns
    german: Any, command: str, argv: list[str], code: str, message: str, hint: str
) -> None:
    answer = german.run(command, *argv, "--diagnostic-format", "json")
    found = answer.one(code)
    assert (found["message"], found["severity"]) == (message, "error")
    assert found["hint"].startswith(hint[:-2])
    assert answer.status == 2
    assert german.files() == (["manifest.json"] if command == "build" else [])


def test_the_other_editions_named_are_still_built(german: Any) -> None:
    answer = german.build("-l", "de_AT", "-l", "xx", "-f", "a4", "-f", "x", "after", "no")
    assert answer.status == 2
    assert german.files() == ["de_AT/after-a4.pdf", "manifest.json"]
    assert answer.count == "1 edition written, 0 refused, 1 warning"


def test_locales_and_formats_as_asked(german: Any) -> None:
    answer = german.run(
        "after", "-l", "de-DE", "-l", "de_AT", "-f", "letter", "-o", "out/a"
    )
    assert answer.status == 2  # de_DE has no catalog
    made = sorted(path.name for path in (german.folder / "out").rglob("*.pdf"))
    assert made == ["after-letter.pdf"]
