"""One wrong value in `handouts.toml` → one error with its path, line and hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.config import load_settings
from handouts.diagnostics import Diagnostic, Sink


def finding(folder: Path, source: str) -> Diagnostic:
    (folder / "handouts.toml").write_text(source, encoding="utf-8")
    sink = Sink()
    settings = load_settings(
        folder,
        sink,
        known_formats=("a4", "letter", "large-print"),
        known_families=("Amiri", "Vazirmatn"),
    )
    assert settings is None
    assert len(sink) == 1, sink.diagnostics
    return sink.diagnostics[0]


@pytest.mark.parametrize(
    ("source", "code", "message", "hint"),
    [
        (
            "jobs = 2",
            "unknown-setting",
            "`$.jobs` is no setting",
            "`jobs` belongs under `[build]`",
        ),
        (
            "[biuld]\njobs = 2",
            "unknown-setting",
            "`$.biuld` is no setting",
            "did you mean `build`?",
        ),
        (
            "phnoes = 2",
            "unknown-setting",
            "`$.phnoes` is no setting",
            "did you mean `phones`?",
        ),
        (
            "[clinic]\nqqq = 2",
            "unknown-setting",
            "`$.clinic.qqq` is no setting",
            "`info` lists every setting",
        ),
        (
            '"clinic.name" = "x"',
            "unknown-setting",
            "`$.clinic.name` is no setting",
            "did you mean `clinic`?",
        ),
        (
            '"\\u202e" = 1',
            "unknown-setting",
            "`$.\\u{202E}` is no setting",
            "`info` lists every setting",
        ),
        (
            "clinic = 3",
            "wrong-type",
            "`$.clinic` is a whole number, not a table",
            "write `[clinic]`",
        ),
        (
            "[clinic]\nname = 3",
            "wrong-type",
            "`$.clinic.name` is a whole number, not a text",
            None,
        ),
        (
            '[clinic]\nname = "a\\nb"',
            "invalid-text",
            "`$.clinic.name` holds U+000A, which cannot be printed",
            "type the text on one line, without control characters",
        ),
        (
            f'[clinic]\nname = "{"x" * 201}"',
            "text-too-long",
            "`$.clinic.name` has 201 characters, more than 200",
            None,
        ),
        (
            'digits = "latn"',
            "invalid-choice",
            "`$.digits` is `latn`, which is none of the choices",
            "did you mean `latin`?",
        ),
        (
            'digits = "roman"',
            "invalid-choice",
            "`$.digits` is `roman`, which is none of the choices",
            'write "locale" or "latin"',
        ),
        (
            '[clinic]\nbring = ["glasses", "musik"]',
            "invalid-choice",
            "`$.clinic.bring[1]` is `musik`, which is none of the choices",
            "did you mean `music`?",
        ),
        (
            '[clinic]\nbring = "glasses"',
            "wrong-type",
            "`$.clinic.bring` is a text, not a list",
            None,
        ),
        ("digits = []", "wrong-type", "`$.digits` is a list, not a text", None),
        (
            '[clinic]\ncountry = "UK"',
            "invalid-country",
            "`$.clinic.country` is `UK`, which is no ISO 3166 country code",
            'did you mean "GB"?',
        ),
        (
            '[clinic]\ncountry = "Poland"',
            "invalid-country",
            "`$.clinic.country` is `Poland`, which is no ISO 3166 country code",
            'did you mean "PL"?',
        ),
        (
            '[clinic]\ncountry = "EU"',
            "invalid-country",
            "`$.clinic.country` is `EU`, which is no ISO 3166 country code",
            'write two letters such as "GB"',
        ),
        (
            "[clinic]\ncountry = true",
            "wrong-type",
            "`$.clinic.country` is true or false, not a text",
            None,
        ),
        (
            "[policy]\ndriving_hours = 12",
            "below-minimum",
            "`$.policy.driving_hours` is 12 hours, less than 24",
            "write 24 or more",
        ),
        (
            "[policy]\ndriving_hours = 10000",
            "above-maximum",
            "`$.policy.driving_hours` is 10000 hours, more than 168",
            "write 168 or less",
        ),
        (
            "[policy]\ndriving_hours = 24.5",
            "wrong-type",
            "`$.policy.driving_hours` is a number, not a whole number",
            None,
        ),
        (
            "[policy]\nunsigned_in = { zz = 'mark' }",
            "unknown-locale",
            "`$.policy.unsigned_in.zz` is `zz`, which is no locale of CLDR",
            "write a locale such as `pt_BR`",
        ),
        (
            "[policy]\nunsigned_in = { so = 'no' }",
            "invalid-choice",
            "`$.policy.unsigned_in.so` is `no`, which is none of the choices",
            'write "mark" or "refuse"',
        ),
        (
            "[policy]\nunsigned_in = 3",
            "wrong-type",
            "`$.policy.unsigned_in` is a whole number, not a table",
            None,
        ),
        (
            "[build]\nformats = ['a5']",
            "unknown-format",
            "`$.build.formats[0]` is `a5`, which is no format",
            "write one of `a4`, `letter`, `large-print`",
        ),
        (
            "[build]\nformats = [4]",
            "wrong-type",
            "`$.build.formats[0]` is a whole number, not a text",
            None,
        ),
        (
            "[build]\nlocales = ['pt_RB']",
            "unknown-locale",
            "`$.build.locales[0]` is `pt_RB`, which is no locale of CLDR",
            "did you mean `pt_BR` or `pt`?",
        ),
        (
            "[build]\nlocales = 'ar'",
            "wrong-type",
            "`$.build.locales` is a text, not a list",
            None,
        ),
        (
            "[build]\nlocales = [1979-05-27]",
            "wrong-type",
            "`$.build.locales[0]` is a date or time, not a text",
            None,
        ),
        (
            "[build]\njobs = true",
            "wrong-type",
            "`$.build.jobs` is true or false, not a whole number",
            None,
        ),
        (
            "[build]\njobs = -1",
            "below-minimum",
            "`$.build.jobs` is -1, less than 0",
            "write 0 or more",
        ),
        (
            "[build]\ndeadline_s = nan",
            "wrong-type",
            "`$.build.deadline_s` is `nan`, not a number",
            None,
        ),
        (
            "[build]\ndeadline_s = inf",
            "above-maximum",
            "`$.build.deadline_s` is inf seconds, more than 3600",
            "write 3600 or less",
        ),
        (
            "[build]\ndeadline_s = '9'",
            "wrong-type",
            "`$.build.deadline_s` is a text, not a number",
            None,
        ),
        (
            "[style]\nfaces = { arab = 'Amiri' }",
            "invalid-script",
            "`$.style.faces.arab` is no ISO 15924 script code",
            "write four letters such as `Arab`",
        ),
        (
            "[style]\nfaces = { Arab = 'Amirii' }",
            "unknown-font",
            "`$.style.faces.Arab` is `Amirii`, which is no font family here",
            "did you mean `Amiri`?",
        ),
        (
            "[style]\nfaces = { Arab = 1 }",
            "wrong-type",
            "`$.style.faces.Arab` is a whole number, not a text",
            None,
        ),
        (
            "[clinic]\nemergency = { confirmed = 'yes' }",
            "wrong-type",
            "`$.clinic.emergency.confirmed` is a text, not true or false",
            None,
        ),
    ],
)
def test_wrong_value_is_an_error_with_its_path(
    tmp_path: Path, source: str, code: str, message: str, hint: str | None
) -> None:
    found = finding(tmp_path, source)
    assert (found.code, found.message, found.hint) == (code, message, hint)
    assert found.is_error
    assert found.file == "handouts.toml"
    assert found.line is not None
    assert found.quote == source.split("\n")[found.line - 1]
