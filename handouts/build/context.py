"""What templates see of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final

from handouts.batch import Job
from handouts.build.workshop import SOURCE_LOCALE
from handouts.config import BRING, Bring, Clinic, Phone, Settings, country_facts
from handouts.templating import Context, Person, Signed

__all__ = ["PROFILES", "SIGNED", "Profile", "context_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicView:
    """The clinic and its rules; None is a line to write on."""

    name: str | None
    service: str | None
    phone: str | None
    phone_hours: Phone | None
    night_phone: str | None
    night_hours: Phone | None
    driving_hours: int
    no_food_hours: int | None
    no_drink_hours: int | None
    stay_hours: int | None
    bring: tuple[Bring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """The country; its numbers only if the settings confirm them.

    `driving_law` is True where a law of its own is known about driving after ketamine,
    `licence` where it is known to be licensed as an injection for anaesthesia, and
    `off_label` where its use for long-lasting pain is known to be outside the licence.
    """

    code: str | None
    emergency: str | None
    crisis: str | None
    advice: str | None
    driving_law: bool
    licence: bool
    off_label: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A clinic and its country, as templates see them."""

    clinic: ClinicView
    country: CountryView


_HOURS: Final = Phone(number="0", shown="0", days=(0, 1), opens=time(9), closes=time(17))
PROFILES: Final = (
    Profile(
        clinic=ClinicView(
            name=None,
            service=None,
            phone=None,
            phone_hours=None,
            night_phone=None,
            night_hours=None,
            driving_hours=24,
            no_food_hours=None,
            no_drink_hours=None,
            stay_hours=None,
            bring=(),
        ),
        country=CountryView(
            code=None,
            emergency=None,
            crisis=None,
            advice=None,
            driving_law=False,
            licence=False,
            off_label=False,
        ),
    ),
    Profile(
        clinic=ClinicView(
            name="N",
            service="S",
            phone="0",
            phone_hours=_HOURS,
            night_phone="0",
            night_hours=_HOURS,
            driving_hours=24,
            no_food_hours=6,
            no_drink_hours=2,
            stay_hours=3,
            bring=BRING,
        ),
        country=CountryView(
            code=None,
            emergency="0",
            crisis="0",
            advice="0",
            driving_law=True,
            licence=True,
            off_label=True,
        ),
    ),
)
"""A clinic that has set nothing, and one that has set everything: between them they show
every word that a template has."""


_PERSON: Final = Person(name="N", date="2026-01-01")
SIGNED: Final = (
    Signed(translator=_PERSON, reviewer=_PERSON, method="machine then human"),
    Signed(translator=_PERSON, clinician=_PERSON, changed=1),
)
"""Editions that people have signed: between them they show every word about it."""


def context_of(
    job: Job,
    settings: Settings,
    *,
    made_by: str,
    unsigned: bool = True,
    signed: Signed | None = None,
) -> Context:
    """Return what the template of `job` is told besides the language."""
    clinic = settings.clinic
    day = _phone(settings, "day", "any", "night")
    night = _phone(settings, "night")
    if night is day:
        night = None
    return Context(
        format=job.format,
        clinic=ClinicView(
            name=clinic.name,
            service=clinic.service,
            phone=day.shown if day else None,
            phone_hours=_hours(day),
            night_phone=night.shown if night else None,
            night_hours=_hours(night),
            driving_hours=settings.policy.driving_hours,
            no_food_hours=clinic.no_food_hours,
            no_drink_hours=clinic.no_drink_hours,
            stay_hours=clinic.stay_hours,
            bring=clinic.bring,
        ),
        country=_country(clinic),
        source=SOURCE_LOCALE,
        digits=settings.digits,
        made_by=made_by,
        unsigned=unsigned,
        signed=signed or Signed(),
    )


def _country(clinic: Clinic) -> CountryView:
    facts = country_facts(clinic.country)
    return CountryView(
        code=clinic.country,
        emergency=clinic.emergency,
        crisis=clinic.crisis,
        advice=clinic.advice,
        driving_law=facts is not None and facts.driving_law is not None,
        licence=facts is not None and facts.licence is not None,
        off_label=facts is not None and facts.off_label is not None,
    )


def _phone(settings: Settings, *labels: str) -> Phone | None:
    """Return the first phone with one of `labels`, the first label before the next."""
    phones = settings.clinic.phones
    return next((one for label in labels for one in phones if one.label == label), None)


def _hours(phone: Phone | None) -> Phone | None:
    """Return a phone that is not answered all the time."""
    return phone if phone and (phone.days or phone.opens) else None
