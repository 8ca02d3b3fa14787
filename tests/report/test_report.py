"""How diagnostics are shown: goldens of each form, and nothing raw on a terminal."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import Diagnostic, Severity
from handouts.report import render

FOUND = Diagnostic(
    code="dropped-placeholder",
    message="translation lacks `%(phone)s`, which the source has",
    hint="add `%(phone)s` to the msgstr",
    file="locales/de/LC_MESSAGES/handouts.po",
    line=412,
    column=8,
    locale="de",
    msgid="Call %(phone)s before %(time)s",
    quote='msgstr "Rufen Sie vor %(time)s an"',
    quoted_width=27,
    notes=("used by: templates/handouts/ketamine-safety.html:31",),
)


def quoted(quote: str, column: int = 9, width: int = 1, line: int = 7) -> list[str]:
    """The lines between the arrow and the end."""
    found = Diagnostic(
        code="x", message="m", file="f", line=line, column=column, quote=quote,
        quoted_width=width,
    )  # fmt: skip
    return render([found], "text").splitlines()[2:]


def test_text_is_as_the_conventions_show_it() -> None:
    assert render([FOUND], "text") == (
        "error[dropped-placeholder]: "
        "translation lacks `%(phone)s`, which the source has\n"
        "  --> locales/de/LC_MESSAGES/handouts.po:412:8\n"
        "    |\n"
        '412 | msgstr "Rufen Sie vor %(time)s an"\n'
        "    |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "    = used by: templates/handouts/ketamine-safety.html:31\n"
        "hint: add `%(phone)s` to the msgstr\n"
    )


def test_text_of_several_has_a_line_between() -> None:
    bare = Diagnostic(code="a", message="m", severity=Severity.WARNING)
    placed = Diagnostic(code="b", message="n", file="x.po", hint="h")
    assert render([bare, placed], "text") == (
        "warning[a]: m\n\nerror[b]: n\n --> x.po\nhint: h\n"
    )


def test_nothing_found_is_nothing_said() -> None:
    assert render([], "text") == ""
    assert render([], "github") == ""
    assert json.loads(render([], "json")) == {"schema": 1, "diagnostics": []}


def test_colour_marks_the_severity_alone() -> None:
    warning = Diagnostic(code="a", message="m", severity=Severity.WARNING)
    error = Diagnostic(code="b", message="n")
    assert render([warning, error], "text", color=True) == (
        "\x1b[1;33mwarning[a]\x1b[0m: m\n\n\x1b[1;31merror[b]\x1b[0m: n\n"
    )


def test_json_has_every_field_and_null_for_the_unknown() -> None:
    (full, bare) = json.loads(render([FOUND, Diagnostic(code="a", message="m")], "json"))[
        "diagnostics"
    ]
    assert full == {
        "code": "dropped-placeholder",
        "severity": "error",
        "message": "translation lacks `%(phone)s`, which the source has",
        "hint": "add `%(phone)s` to the msgstr",
        "file": "locales/de/LC_MESSAGES/handouts.po",
        "line": 412,
        "column": 8,
        "locale": "de",
        "handout": None,
        "msgid": "Call %(phone)s before %(time)s",
    }
    assert set(bare) == set(full)
    assert [bare[key] for key in ("file", "line", "hint", "msgid")] == [None] * 4


def test_github_escapes_what_would_end_a_command() -> None:
    found = Diagnostic(
        code="x",
        message="50% of `a`",
        file="a,b:c.po",
        line=3,
        column=4,
        hint="two\nlines",
    )
    assert render([found, Diagnostic(code="y", message="m")], "github") == (
        "::error file=a%2Cb%3Ac.po,line=3,col=4,title=x::"
        "50%25 of `a`%0Ahint: two\\u{000A}lines\n"
        "::error title=y::m\n"
    )


def test_carets_stand_under_wide_characters() -> None:
    # Two Japanese characters ("heart", "medicine") take four columns.
    assert quoted('msgstr "心薬 x"', column=12) == [
        "  |", '7 | msgstr "心薬 x"', "  |              ^",
    ]  # fmt: skip


def test_carets_stand_under_escaped_characters() -> None:
    assert quoted('msgstr "a\x07b"', column=11) == [
        "  |", '7 | msgstr "a\\u{0007}b"', "  |                  ^",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "width", "note"),
    [
        # Arabic-Indic five, then "mg".
        ('msgstr "٥ ملغ"', 1, "meant is: `٥` (U+0665)"),
        # Hindi "do not": consonants with vowel signs.
        ('msgstr "न कीजिए"', 3, "meant is: `न क` (U+0928 U+0020 U+0915)"),
        ('msgstr "\u202ex"', 1, "meant is: `\\u{202E}` (U+202E)"),
        ('msgstr "اتصل بالطبيب"', 12, "meant is: `اتصل بالطبيب` (U+0627 "
         "U+062A U+0635 U+0644 U+0020 U+0628 U+0627 U+0644 U+0637 U+0628 U+064A U+0628)"),
        ('msgstr "اتصل بالطبيب "', 13, "meant is: `اتصل بالطبيب `"),
    ],
)  # fmt: skip
def test_no_carets_where_they_would_lie(quote: str, width: int, note: str) -> None:
    lines = quoted(quote, width=width)
    assert lines[-1] == f"  = {note}"
    assert not any("^" in line for line in lines)


def test_long_lines_show_what_is_meant() -> None:
    quote = f'msgstr "{"a" * 300}%s{"b" * 300}"'
    _, shown, marks = quoted(quote, column=309, width=2)
    assert shown == f"7 | …{'a' * 40}%s{'b' * 78}…"
    assert marks == f"  | {' ' * 41}^^"
    _, shown, marks = quoted(quote, column=8, width=999)
    assert shown.endswith("…")
    assert len(marks) <= len(shown)


def test_a_column_past_the_line_is_still_shown() -> None:
    assert quoted('msgstr "a"', column=30, width=4)[-1].endswith("^")


@given(st.text(), st.text(), st.integers(0, 50), st.integers(0, 50))
def test_nothing_of_a_catalog_reaches_a_terminal_raw(
    text: str, quote: str, column: int, width: int
) -> None:
    found = Diagnostic(
        code="x", message=text, hint=text, file=text, line=1, column=column, quote=quote,
        quoted_width=width, notes=(text,), msgid=text,
    )  # fmt: skip
    for form in ("text", "github"):
        for character in render([found], form):  # type: ignore[arg-type]  # both are forms
            assert character == "\n" or unicodedata.category(character)[0] != "C"
    assert render([found], "json").isascii()
    (read,) = json.loads(render([found], "json"))["diagnostics"]
    assert read["msgid"] == text
