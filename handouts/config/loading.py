"""Reading `handouts.toml`: text → tree → checked values → `Settings`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal, cast

from handouts.config.countries import NUMBER_KINDS, NumberKind
from handouts.config.keys import KEYS, PHONE_KEYS, PHONES
from handouts.config.model import Build, Clinic, Phone, Policy, Settings, Style
from handouts.config.phones import confirmed_number, doubt, phone, wrong_phones
from handouts.config.places import Places, find_places
from handouts.config.reading import Reading, SettingError, did_you_mean, type_word
from handouts.diagnostics import Diagnostic, HandoutsError, Severity, Sink, printable

__all__ = ["SETTINGS_NAME", "load_settings"]

SETTINGS_NAME: Final = "handouts.toml"
MAX_SETTINGS_BYTES: Final = 1 << 18
"""A settings file has one or two kB; one above 256 KiB is something else."""
MAX_PHONES: Final = 20

_PATHS: Final = frozenset(key.path for key in KEYS) | {PHONES}
_TABLES: Final = frozenset(
    path[: match.start()] for path in _PATHS for match in re.finditer(r"\.", path)
)
_SEE_ALL: Final = "`info` lists every setting"
_COUNTRY: Final = "clinic.country"
_POSITION: Final = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(slots=True)
class _Load:
    """One reading of the settings: what it may look at and what it has found so far."""

    project: Path
    sink: Sink
    known_formats: tuple[str, ...]
    known_families: tuple[str, ...]
    places: Places = field(default_factory=Places)
    given: dict[str, object] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    values: dict[str, object] = field(default_factory=dict)
    failed: bool = False

    def report(self, path: str, error: SettingError, severity: Severity) -> None:
        """Report a finding about the value at `path`."""
        self.failed |= severity is Severity.ERROR
        is_flag = any(path.startswith(flag) for flag in self.flags)
        place = None if is_flag else self.places.of(path)
        self.sink.report(
            Diagnostic(
                code=error.code,
                severity=severity,
                message=f"`$.{printable(path)[:120]}` {error.message}",
                hint=error.hint,
                file=None if is_flag else SETTINGS_NAME,
                line=place.line if place else None,
                column=place.column if place else None,
                quote=place.quote if place else None,
                quoted_width=place.width if place else 1,
            )
        )

    def error(self, path: str, error: SettingError) -> None:
        """Report an error about the value at `path`."""
        self.report(path, error, Severity.ERROR)

    def reading(self, path: str) -> Reading:
        """Return what the reader of the value at `path` may look at."""
        return Reading(
            project=self.project,
            path=path,
            values=self.values,
            known_formats=self.known_formats,
            known_families=self.known_families,
            report=self.report,
        )


def load_settings(
    project: Path,
    sink: Sink,
    overrides: Mapping[str, object] = MappingProxyType({}),
    *,
    known_formats: tuple[str, ...] = (),
    known_families: tuple[str, ...] = (),
) -> Settings | None:
    """Return the settings of a project folder; None if any of them is wrong.

    A flag overrides the file, the file overrides the default; a folder without a file
    has the defaults.

    Args:
        project: The folder that may hold `handouts.toml`.
        sink: Takes every error and warning, each with its place in the file.
        overrides: What the command line sets, by path: `{"build.jobs": 4}`; None means
            that the flag was not given.
        known_formats: Names that `build.formats` may hold; empty: not checked.
        known_families: Font families that `style.faces` may hold; empty: not checked.

    Raises:
        HandoutsError: `overrides` names a key that is not declared.
    """
    load = _Load(project, sink, known_formats, known_families)
    try:
        source = _read_text(project)
        tree = _parse(source)
    except _UnusableError as error:
        sink.report(error.diagnostic)
        return None
    load.places = find_places(source)
    _collect(tree, "", load)
    _override(overrides, load)
    _read_values(load)
    phones = _read_phones(load)
    numbers = {kind: _confirmed(kind, load) for kind in NUMBER_KINDS}
    return None if load.failed else _settings(load, phones, numbers)


class _UnusableError(Exception):
    """The file as a whole cannot be used."""

    def __init__(
        self,
        code: str,
        fact: str,
        *,
        line: int | None = None,
        column: int | None = None,
        quote: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(code)
        self.diagnostic = Diagnostic(
            code=code,
            message=f"`{SETTINGS_NAME}` {fact}",
            hint=hint,
            file=SETTINGS_NAME,
            line=line,
            column=column,
            quote=quote,
        )


def _read_text(project: Path) -> str:
    """Return the file's text, empty if there is no file."""
    try:
        with (project / SETTINGS_NAME).open("rb") as file:
            data = file.read(MAX_SETTINGS_BYTES + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        fact = f"cannot be read: {error.strerror}"
        raise _UnusableError("settings-unreadable", fact) from error
    if len(data) > MAX_SETTINGS_BYTES:
        size = MAX_SETTINGS_BYTES >> 10
        raise _UnusableError("settings-too-large", f"has more than {size} KiB")
    try:
        # Windows editors put a byte order mark before UTF-8; TOML's parser wants none.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _UnusableError(
            "settings-encoding", "is not UTF-8", line=line, hint="save it as UTF-8"
        ) from error


def _parse(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise _UnusableError("settings-syntax", "is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits is a plain ValueError
        raise _syntax_error(str(error).split("; ")[0], source.split("\n")) from error


def _syntax_error(message: str, lines: list[str]) -> _UnusableError:
    """Return the finding for what tomllib says, its place taken out of the sentence."""
    match = _POSITION.search(message)
    if match is None:
        return _UnusableError("settings-syntax", f"is invalid TOML: {_lower(message)}")
    line, column = len(lines), len(lines[-1]) + 1
    if match[1]:
        line, column = int(match[1]), int(match[2])
    return _UnusableError(
        "settings-syntax",
        f"is invalid TOML: {_lower(message[: match.start()])}",
        line=line,
        column=column,
        quote=lines[line - 1],
    )


def _lower(sentence: str) -> str:
    return printable(f"{sentence[:1].lower()}{sentence[1:]}")


def _collect(tree: Mapping[str, Any], prefix: str, load: _Load) -> None:
    """Put the file's values under their paths; report what is no setting."""
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if "." in name:  # a quoted key, whose dots are no steps
            load.error(path, _unknown(name, prefix))
        elif path in _PATHS:
            load.given[path] = value
        elif path in _TABLES:
            if isinstance(value, dict):
                _collect(value, f"{path}.", load)
            else:
                fact = f"is {type_word(value)}, not a table"
                error = SettingError("wrong-type", fact, f"write `[{path}]`")
                load.error(path, error)
        else:
            load.error(path, _unknown(name, prefix))


def _unknown(name: str, prefix: str) -> SettingError:
    """Return the finding for a key that is not declared."""
    siblings = {
        path[len(prefix) :].split(".")[0] for path in _PATHS if path.startswith(prefix)
    }
    homes = {path.rpartition(".")[2]: path for path in sorted(_PATHS, reverse=True)}
    home, _, _ = homes.get(name, "").rpartition(".")
    if home:
        hint = f"`{name}` belongs under `[{home}]`"
    else:
        hint = did_you_mean(name, siblings) or did_you_mean(name, homes) or _SEE_ALL
    return SettingError("unknown-setting", "is no setting", hint)


def _override(overrides: Mapping[str, object], load: _Load) -> None:
    """Let the command line's values take the place of the file's."""
    given = {path: value for path, value in overrides.items() if value is not None}
    unknown = given.keys() - _PATHS
    if unknown:
        raise HandoutsError(f"no such setting: {', '.join(sorted(unknown))}")
    load.given.update(given)
    load.flags = frozenset(given)


def _read_values(load: _Load) -> None:
    for key in KEYS:
        if key.path not in load.given:
            continue
        try:
            load.values[key.path] = key.read(load.given[key.path], load.reading(key.path))
        except SettingError as error:
            load.error(key.path, error)


def _read_phones(load: _Load) -> tuple[Phone, ...]:
    """Read the array of tables; each line's faults are reported by themselves."""
    items = load.given.get(PHONES, ())
    if not isinstance(items, list | tuple) or len(items) > MAX_PHONES:
        many = SettingError("too-many-phones", f"has more than {MAX_PHONES} lines")
        load.error(PHONES, many if isinstance(items, list) else wrong_phones(items))
        return ()
    phones = (_read_phone(item, f"{PHONES}[{i}]", load) for i, item in enumerate(items))
    return tuple(line for line in phones if line is not None)


def _read_phone(item: object, path: str, load: _Load) -> Phone | None:
    if not isinstance(item, dict):
        load.error(path, wrong_phones(item))
        return None
    known = {key.path: key for key in PHONE_KEYS}
    values: dict[str, object] = {}
    is_whole = True
    for name, value in item.items():
        try:
            if name not in known:
                hint = did_you_mean(name, known) or _SEE_ALL
                raise SettingError("unknown-setting", "is no setting", hint)  # noqa: TRY301  # reported like the rest
            values[name] = known[name].read(value, load.reading(f"{path}.{name}"))
        except SettingError as error:
            load.error(f"{path}.{name}", error)
            is_whole = False
    return _checked_phone(values, path, load) if is_whole else None


def _checked_phone(values: Mapping[str, object], path: str, load: _Load) -> Phone | None:
    country = cast("str | None", load.values.get(_COUNTRY))
    where = f"{path}.number" if "number" in values else path
    try:
        line = phone(values, country)
    except SettingError as error:
        load.error(path if error.code == "incomplete-hours" else where, error)
        return None
    if why := doubt(line.number, country):
        load.reading(where).warn("phone-doubtful", why, "ring it before you print it")
    return line


def _confirmed(kind: NumberKind, load: _Load) -> str | None:
    path = f"clinic.{kind}.number"
    if any(key in load.given.keys() - load.values.keys() for key in (path, _COUNTRY)):
        return None  # already reported: what follows from it would only confuse
    if path not in load.values:
        path = f"clinic.{kind}"
    try:
        return confirmed_number(kind, load.reading(path))
    except SettingError as error:
        load.error(path, error)
        return None


def _settings(
    load: _Load, phones: tuple[Phone, ...], numbers: Mapping[NumberKind, str | None]
) -> Settings:
    """Return the settings; every value has been checked by its reader."""
    clinic = replace(
        _filled(Clinic(), "clinic", load),
        phones=phones,
        emergency=numbers["emergency"],
        crisis=numbers["crisis"],
        advice=numbers["advice"],
    )
    return Settings(
        digits=cast('Literal["locale", "latin"]', load.values.get("digits", "locale")),
        clinic=clinic,
        policy=_filled(Policy(), "policy", load),
        style=_filled(Style(), "style", load),
        build=_filled(Build(), "build", load),
        sources={path: _source(path, load) for path in sorted(_PATHS)},
        given=dict(load.given),
    )


def _filled(defaults: Any, table: str, load: _Load) -> Any:  # noqa: ANN401  # one of four dataclasses
    """Return the dataclass of a table with the values that were given."""
    values = {
        path.split(".")[1]: value
        for path, value in load.values.items()
        if path.split(".")[0] == table and path.count(".") == 1
    }
    return replace(defaults, **values)


def _source(path: str, load: _Load) -> str:
    if path in load.flags:
        return "flag"
    if path not in load.given:
        return "default"
    place = load.places.of(f"{path}[0]")  # of an array of tables, or else the key's own
    return f"{SETTINGS_NAME}:{place.line}" if place else SETTINGS_NAME
