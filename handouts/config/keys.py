"""Every key of `handouts.toml`, declared once: type, default, unit, help, reader."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import time
from typing import Final

from handouts.config.model import BRING, Settings
from handouts.config.reading import (
    Reader,
    choice,
    choices,
    face_table,
    flag,
    local_time,
    name_list,
    number,
    read_country,
    read_days,
    text,
    unsigned_table,
    whole_number,
)
from handouts.config.style import read_brand, read_logo

__all__ = ["KEYS", "PHONES", "PHONE_KEYS", "Described", "Key", "describe_settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting: where it stands, what it holds, what it is when nobody sets it."""

    path: str
    type: str
    default: object
    help: str
    read: Reader
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A setting for people: value and default as TOML writes them, source as a place."""

    path: str
    type: str
    unit: str
    default: str
    help: str
    value: str
    source: str


PHONES: Final = "clinic.phones"
"""The one array of tables; its keys are `PHONE_KEYS`."""
PHONE_KEYS: Final = (
    Key(
        path="number",
        type="telephone number",
        default=None,
        help="as it is dialled in the clinic's country, or with + and country code",
        read=text,
    ),
    Key(
        path="label",
        type='"day", "night" or "any"',
        default="any",
        help="when this number is the one to ring",
        read=choice("day", "night", "any"),
    ),
    Key(
        path="days",
        type="days",
        default=None,
        help='"mon-fri" or "mon,wed"; every day if left out',
        read=read_days,
    ),
    Key(
        path="opens",
        type="time",
        default=None,
        help='from when it is answered, "09:00"',
        read=local_time,
    ),
    Key(
        path="closes",
        type="time",
        default=None,
        help='until when it is answered, "17:00"',
        read=local_time,
    ),
)
KEYS: Final = (
    Key(
        path="digits",
        type='"locale" or "latin"',
        default="locale",
        help="digits of numbers in the text; telephone numbers are always Latin",
        read=choice("locale", "latin"),
    ),
    Key(
        path="clinic.country",
        type="country",
        default=None,
        help="ISO 3166 code such as GB; telephone numbers are checked against it",
        read=read_country,
    ),
    Key(
        path="clinic.name",
        type="text",
        default=None,
        help="the clinic's name as it is printed",
        read=text,
    ),
    Key(
        path="clinic.service",
        type="text",
        default=None,
        help="the department or service, printed after the name",
        read=text,
    ),
    Key(
        path="clinic.logo",
        type="path",
        default=None,
        help="PNG or JPEG inside the project folder",
        read=read_logo,
    ),
    Key(
        path="clinic.no_food_hours",
        type="whole number",
        default=None,
        unit="hours",
        help="how long not to eat before a drip; unset, a line to write on",
        read=whole_number(minimum=1, maximum=24, unit="hours"),
    ),
    Key(
        path="clinic.no_drink_hours",
        type="whole number",
        default=None,
        unit="hours",
        help="how long not to drink anything before a drip; unset, a line to write on",
        read=whole_number(minimum=1, maximum=24, unit="hours"),
    ),
    Key(
        path="clinic.stay_hours",
        type="whole number",
        default=None,
        unit="hours",
        help="how long a patient stays for a drip; unset, a line to write on",
        read=whole_number(minimum=1, maximum=24, unit="hours"),
    ),
    Key(
        path="clinic.bring",
        type="list",
        default=(),
        help=f"what to bring for a drip: {', '.join(BRING)}; empty, lines to write on",
        read=choices(*BRING),
    ),
    Key(
        path="clinic.emergency.number",
        type="telephone number",
        default=None,
        help="where the leaflet is handed out; if left out, what is known of the country",
        read=text,
    ),
    Key(
        path="clinic.emergency.confirmed",
        type="true or false",
        default=False,
        help="true once somebody has confirmed the number; until then it is a blank",
        read=flag,
    ),
    Key(
        path="clinic.crisis.number",
        type="telephone number",
        default=None,
        help="the crisis line for thoughts of self-harm; left out, the country's",
        read=text,
    ),
    Key(
        path="clinic.crisis.confirmed",
        type="true or false",
        default=False,
        help="true once somebody has confirmed the number; until then it is a blank",
        read=flag,
    ),
    Key(
        path="clinic.advice.number",
        type="telephone number",
        default=None,
        help="the health advice line for what is no emergency; left out, the country's",
        read=text,
    ),
    Key(
        path="clinic.advice.confirmed",
        type="true or false",
        default=False,
        help="true once somebody has confirmed the number; until then it is left out",
        read=flag,
    ),
    Key(
        path="policy.unsigned",
        type='"mark" or "refuse"',
        default="mark",
        help="what happens to a translation that nobody has signed",
        read=choice("mark", "refuse"),
    ),
    Key(
        path="policy.unsigned_in",
        type="table",
        default={},
        help='the same for single locales: so = "mark"',
        read=unsigned_table,
    ),
    Key(
        path="policy.driving_hours",
        type="whole number",
        default=24,
        unit="hours",
        help="how long not to drive; may be raised, never lowered",
        read=whole_number(minimum=24, maximum=168, unit="hours"),
    ),
    Key(
        path="policy.signed_by",
        type="list",
        default=(),
        help="roles that must have signed: without, a warning, which `--strict` refuses",
        read=choices("translator", "reviewer", "clinician"),
    ),
    Key(
        path="style.brand",
        type="colour",
        default="#0b4858",
        help="colour of titles; at least 7:1 on white and on the title band",
        read=read_brand,
    ),
    Key(
        path="style.ink",
        type='"color" or "mono"',
        default="color",
        help="mono for masters that are photocopied",
        read=choice("color", "mono"),
    ),
    Key(
        path="style.faces",
        type="table",
        default={},
        help='another font family for a script: Arab = "Amiri"',
        read=face_table,
    ),
    Key(
        path="build.formats",
        type="list",
        default=(),
        help="formats that are built when none is asked for; empty means the paper "
        "of the locale's country: Letter for en_US, A4 where none is named",
        read=name_list("formats"),
    ),
    Key(
        path="build.locales",
        type="list",
        default=(),
        help="locales that are built when none is asked for; empty means all",
        read=name_list("locales"),
    ),
    Key(
        path="build.jobs",
        type="whole number",
        default=0,
        help="editions made at once; 0 means one for each core",
        read=whole_number(minimum=0, maximum=1024),
    ),
    Key(
        path="build.deadline_s",
        type="number",
        default=30.0,
        unit="seconds",
        help="how long one edition's template may compute",
        read=number(minimum=1, maximum=3600, unit="seconds"),
    ),
)


def describe_settings(settings: Settings | None = None) -> tuple[Described, ...]:
    """Return every key with its type, unit, default and help, in the file's order.

    With `settings`, each has the value in force and its source; without, the default.
    The keys of a telephone line (`clinic.phones[].label`) come once, as a pattern.
    """
    return (
        *(_described(key, key.path, settings) for key in KEYS),
        _described(
            Key(
                path=PHONES,
                type="list of tables",
                default=(),
                help="the clinic's telephone lines",
                read=text,
            ),
            PHONES,
            settings,
        ),
        *(_described(key, f"{PHONES}[].{key.path}", None) for key in PHONE_KEYS),
    )


def _described(key: Key, path: str, settings: Settings | None) -> Described:
    given = settings.given if settings else {}
    sources = settings.sources if settings else {}
    return Described(
        path=path,
        type=key.type,
        unit=key.unit,
        default=_as_toml(key.default),
        help=key.help,
        value=_as_toml(given.get(path, key.default)),
        source=sources.get(path, "default"),
    )


def _as_toml(value: object) -> str:
    """Return a value as TOML writes it on one line; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, dict):
        inner = ", ".join(f"{key} = {_as_toml(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
