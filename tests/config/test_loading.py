"""`handouts.toml` and flags → settings, or every finding with its place."""

from __future__ import annotations

import pickle
from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from handouts.config import Settings, describe_settings, load_settings
from handouts.diagnostics import Diagnostic, HandoutsError, Sink

FORMATS = ("a4", "letter", "large-print")
WHOLE = """\
digits = "latin"

[clinic]
name = "North Pain Clinic"
service = "Infusion unit"
country = "GB"
bring = ["music", "glasses", "music"]

[[clinic.phones]]
number = "020 7946 0018"
label = "day"
days = "mon-fri"
opens = "9:00"
closes = 17:30:00

[[clinic.phones]]
number = "111"
label = "night"

[clinic.emergency]
number = "999"
confirmed = true

[clinic.crisis]
number = "116 123"
confirmed = true

[policy]
unsigned = "refuse"
unsigned_in = { so = "mark", pt-BR = "mark" }
driving_hours = 48

[style]
brand = "#003366"
ink = "mono"
faces = { Arab = "Amiri" }

[build]
formats = ["letter", "a4", "letter"]
locales = ["zh-hans", "ar"]
jobs = 2
deadline_s = 10
"""


def load(
    folder: Path, source: str | bytes | None, **flags: object
) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    if source is not None:
        data = source if isinstance(source, bytes) else source.encode()
        (folder / "handouts.toml").write_bytes(data)
    sink = Sink()
    overrides = {name.replace("__", "."): value for name, value in flags.items()}
    settings = load_settings(
        folder,
        sink,
        overrides,
        known_formats=FORMATS,
        known_families=("Amiri", "Vazirmatn"),
    )
    assert (settings is None) == sink.has_errors
    return settings, sink.diagnostics


def finding(folder: Path, source: str | bytes) -> Diagnostic:
    _, diagnostics = load(folder, source)
    assert len(diagnostics) == 1, diagnostics
    return diagnostics[0]


def test_folder_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    settings, diagnostics = load(tmp_path, None)
    assert diagnostics == ()
    assert settings == Settings()
    assert set(settings.sources.values()) == {"default"}
    assert settings.build.formats == ()
    assert settings.policy.driving_hours == 24
    assert settings.clinic.emergency is None


def test_empty_file_has_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "")[0] == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    settings, diagnostics = load(tmp_path, WHOLE)
    assert diagnostics == ()
    assert settings is not None
    clinic = settings.clinic
    assert (clinic.name, clinic.service) == ("North Pain Clinic", "Infusion unit")
    assert (clinic.country, clinic.emergency, clinic.crisis) == ("GB", "999", "116 123")
    assert clinic.bring == ("music", "glasses")
    day, night = clinic.phones
    assert (day.number, day.shown) == ("020 7946 0018", "+44 20 7946 0018")
    assert (day.label, day.days) == ("day", (0, 1, 2, 3, 4))
    assert (day.opens, day.closes) == (time(9), time(17, 30))
    assert (night.number, night.shown, night.label) == ("111", "111", "night")
    assert (night.days, night.opens, night.closes) == ((), None, None)
    assert settings.digits == "latin"
    assert settings.policy.driving_hours == 48
    assert settings.style.brand == "#003366"
    assert settings.style.ink == "mono"
    assert settings.style.faces == (("Arab", "Amiri"),)
    assert settings.build.formats == ("letter", "a4")
    assert settings.build.locales == ("zh_Hans", "ar")
    assert (settings.build.jobs, settings.build.deadline_s) == (2, 10.0)


def test_settings_survive_the_way_to_a_worker(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, WHOLE)
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert hash(settings) == hash(settings)


def test_locale_named_by_itself_overrides_the_policy(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, WHOLE)
    assert settings is not None
    policy = settings.policy
    assert policy.unsigned_for("so", refused_by_default=True) == "mark"
    assert policy.unsigned_for("pt_BR", refused_by_default=False) == "mark"
    assert policy.unsigned_for("ar", refused_by_default=False) == "refuse"


def test_writing_the_default_out_does_not_lift_a_refusal(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, '[policy]\nunsigned = "mark"\n')
    assert settings is not None
    assert settings.policy.unsigned_for("so", refused_by_default=True) == "refuse"
    assert settings.policy.unsigned_for("ar", refused_by_default=False) == "mark"


def test_flag_overrides_file_overrides_default(tmp_path: Path) -> None:
    settings, _ = load(
        tmp_path,
        WHOLE,
        build__jobs=7,
        build__formats=("large-print",),
        build__locales=None,
    )
    assert settings is not None
    assert settings.build.jobs == 7
    assert settings.build.formats == ("large-print",)
    assert settings.build.locales == ("zh_Hans", "ar")
    assert settings.sources["build.jobs"] == "flag"
    assert settings.sources["build.locales"] == "handouts.toml:40"
    assert settings.sources["clinic.phones"] == "handouts.toml:9"
    assert settings.sources["clinic.emergency.number"] == "handouts.toml:21"
    assert settings.sources["clinic.logo"] == "default"


def test_wrong_flag_is_a_finding_without_a_file(tmp_path: Path) -> None:
    settings, (found,) = load(tmp_path, WHOLE, build__formats=("a4", "leter"))
    assert settings is None
    assert found.message == "`$.build.formats[1]` is `leter`, which is no format"
    assert found.hint == "did you mean `letter`?"
    assert (found.file, found.line) == (None, None)


def test_unknown_flag_is_the_programs_own_fault(tmp_path: Path) -> None:
    with pytest.raises(HandoutsError, match=r"no such setting: build\.jbos"):
        load(tmp_path, "", build__jbos=1)


def test_all_errors_come_at_once_with_their_places(tmp_path: Path) -> None:
    source = """\
digits = 1
[clinic]
nmae = "x"
[[clinic.phones]]
number = "+44 1"
[[clinic.phones]]
number = "+44 20 7946 0018"
label = "dya"
[style]
brand = "#777777"
"""
    _, diagnostics = load(tmp_path, source)
    assert sorted((d.line, d.column, d.code) for d in diagnostics) == [
        (1, 1, "wrong-type"),
        (3, 1, "unknown-setting"),
        (5, 1, "phone-invalid"),
        (8, 1, "invalid-choice"),
        (10, 1, "brand-contrast"),
    ]


@pytest.mark.parametrize(
    ("source", "code", "message", "place"),
    [
        (
            "[clinic]\nname = North",
            "settings-syntax",
            "`handouts.toml` is invalid TOML: invalid value",
            (2, 8),
        ),
        (
            "[clinic]\nname =",
            "settings-syntax",
            "`handouts.toml` is invalid TOML: invalid value",
            (2, 7),
        ),
        (
            "a = " + "[" * 5000,
            "settings-syntax",
            "`handouts.toml` is nested too deeply",
            (None, None),
        ),
        (
            b'[clinic]\nname = "\xff"',
            "settings-encoding",
            "`handouts.toml` is not UTF-8",
            (2, None),
        ),
        (
            b"# " + b"x" * (1 << 18),
            "settings-too-large",
            "`handouts.toml` has more than 256 KiB",
            (None, None),
        ),
    ],
)
def test_unusable_file_is_one_error(
    tmp_path: Path,
    source: str | bytes,
    code: str,
    message: str,
    place: tuple[int | None, int | None],
) -> None:
    found = finding(tmp_path, source)
    assert (found.code, found.message) == (code, message)
    assert (found.line, found.column) == place


def test_number_of_thousands_of_digits_is_one_error(tmp_path: Path) -> None:
    found = finding(tmp_path, "[build]\njobs = " + "9" * 5000)
    assert found.code == "settings-syntax"


def test_directory_in_place_of_the_file_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "handouts.toml").mkdir()
    sink = Sink()
    assert load_settings(tmp_path, sink) is None
    (found,) = sink
    assert found.code == "settings-unreadable"
    assert found.message == "`handouts.toml` cannot be read: Is a directory"


def test_byte_order_mark_and_windows_line_ends_are_taken(tmp_path: Path) -> None:
    source = b'\xef\xbb\xbf[clinic]\r\nname = "North"\r\n'
    settings, _ = load(tmp_path, source)
    assert settings is not None
    assert settings.clinic.name == "North"
    assert settings.sources["clinic.name"] == "handouts.toml:2"


KEY = st.sampled_from(
    ["digits", "clinic", "name", "phones", "number", "emergency", "policy", "build"]
)
TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEY | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def as_toml(value: object) -> str:
    """Return any value as an inline TOML value."""
    if isinstance(value, dict):
        items = (f"{as_toml(str(key))} = {as_toml(item)}" for key, item in value.items())
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    escaped = "".join(
        f"\\U{ord(c):08X}" if not "\ud800" <= c <= "\udfff" else "?" for c in str(value)
    )
    return f'"{escaped}"'


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEY | st.text(max_size=5), TREE, max_size=5))
def test_any_tree_gives_settings_or_findings(
    tmp_path: Path, tree: dict[str, object]
) -> None:
    lines = [f"{as_toml(key)} = {as_toml(value)}" for key, value in tree.items()]
    load(tmp_path, "\n".join(lines))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text("[]{}=\"\n'#.a1, \\", max_size=40))
def test_any_bytes_give_settings_or_findings(tmp_path: Path, source: str | bytes) -> None:
    load(tmp_path, source)


def test_every_key_is_described_with_value_and_source(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, WHOLE, build__jobs=3)
    assert settings is not None
    rows = {row.path: row for row in describe_settings(settings)}
    assert (rows["build.jobs"].value, rows["build.jobs"].source) == ("3", "flag")
    hours = rows["policy.driving_hours"]
    assert (hours.value, hours.default, hours.unit) == ("48", "24", "hours")
    assert hours.source == "handouts.toml:31"
    assert rows["style.faces"].value == '{ Arab = "Amiri" }'
    assert rows["clinic.logo"].value == ""
    assert rows["clinic.phones"].source == "handouts.toml:9"
    assert rows["clinic.phones"].value.endswith('{ number = "111", label = "night" }]')
    assert rows["clinic.phones[].label"].default == '"any"'
    assert settings.sources.keys() <= rows.keys()


def test_defaults_are_described_without_settings() -> None:
    rows = {row.path: row for row in describe_settings()}
    assert rows["build.formats"].value == rows["build.formats"].default == "[]"
    assert all(row.help and row.type and row.source == "default" for row in rows.values())


def test_declared_defaults_are_those_of_the_settings() -> None:
    settings = Settings()
    rows = {row.path: row.default for row in describe_settings()}
    assert rows["style.brand"] == f'"{settings.style.brand}"'
    assert rows["policy.unsigned"] == f'"{settings.policy.unsigned}"'
    assert rows["policy.driving_hours"] == str(settings.policy.driving_hours)
    assert rows["build.deadline_s"] == str(settings.build.deadline_s)
    assert rows["build.jobs"] == str(settings.build.jobs)
    assert rows["build.formats"] == "[]"
    assert settings.build.formats == ()
    assert rows["digits"] == f'"{settings.digits}"'
