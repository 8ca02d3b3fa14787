"""The settings as the rest of the program sees them: frozen, checked, with defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from handouts.languages import DigitsSetting  # Babel is not needed at start-up

__all__ = [
    "BRING",
    "Bring",
    "Build",
    "Clinic",
    "Ink",
    "Logo",
    "Phone",
    "PhoneLabel",
    "Policy",
    "Settings",
    "SigningRole",
    "Style",
    "Unsigned",
]

PhoneLabel = Literal["day", "night", "any"]
Unsigned = Literal["mark", "refuse"]
Ink = Literal["color", "mono"]
Bring = Literal["medicines", "letter", "glasses", "clothes", "music", "helper-phone"]
SigningRole = Literal["translator", "reviewer", "clinician"]

BRING: Final[tuple[Bring, ...]] = get_args(Bring)
"""What a clinic may ask patients to bring; the leaflet has the words of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One of the clinic's telephone numbers.

    `number` is as typed, `shown` as it is printed: grouped in the international way
    where the number is a known one. `days` count from Monday = 0; empty means every
    day. `opens` and `closes` are both set or both None; a line that closes at or before
    it opens runs past midnight.
    """

    number: str
    shown: str
    label: PhoneLabel = "any"
    days: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The clinic's logo: a picture that has been opened once and is whole."""

    path: Path
    kind: Literal["png", "jpeg"]
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """Who hands the leaflets out; None is what is not set.

    `country` is an ISO 3166 code. `emergency`, `crisis` and `advice` are numbers
    that the settings confirm; a number without its confirmation is None here. The hours
    are the clinic's own rules for the day of a drip; `bring` is what patients take along.
    """

    name: str | None = None
    service: str | None = None
    country: str | None = None
    logo: Logo | None = None
    phones: tuple[Phone, ...] = ()
    emergency: str | None = None
    crisis: str | None = None
    advice: str | None = None
    no_food_hours: int | None = None
    no_drink_hours: int | None = None
    stay_hours: int | None = None
    bring: tuple[Bring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is refused and what is marked.

    `unsigned` holds for every locale but those that `unsigned_in` names and those that
    the program refuses by default. `signed_by` are the roles whose signatures a strict
    run asks for.
    """

    unsigned: Unsigned = "mark"
    unsigned_in: tuple[tuple[str, Unsigned], ...] = ()
    driving_hours: int = 24
    signed_by: tuple[SigningRole, ...] = ()

    def unsigned_for(self, locale: str, *, refused_by_default: bool) -> Unsigned:
        """Return what happens to unsigned text in `locale` (gettext's form)."""
        named = dict(self.unsigned_in).get(locale)
        if named is not None:
            return named
        return "refuse" if refused_by_default else self.unsigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the page looks, as far as a clinic may choose.

    `brand` is `#rrggbb`; `faces` are (script, family).
    """

    brand: str = "#0b4858"
    ink: Ink = "color"
    faces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What is built, and how hard.

    No formats means the paper of each locale's country, no locales all of them, no jobs
    every core.
    """

    formats: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    jobs: int = 0
    deadline_s: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings.

    `sources` says where each key's value came from: `default`, `handouts.toml:12` or
    `flag`; `given` holds the values as they were written there.
    """

    digits: DigitsSetting = "locale"
    clinic: Clinic = Clinic()
    policy: Policy = Policy()
    style: Style = Style()
    build: Build = Build()
    sources: Mapping[str, str] = field(default_factory=dict, compare=False)
    given: Mapping[str, object] = field(default_factory=dict, compare=False)
