"""What templates see of the settings."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.batch import Job
from handouts.build.workshop import SOURCE_LOCALE
from handouts.config import Settings
from handouts.templating import Context

__all__ = ["context_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicView:
    """The clinic and its rules; None is a line to write on."""

    name: str | None
    service: str | None
    phone: str | None
    night_phone: str | None
    driving_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryView:
    """The country; its numbers only if the settings confirm them."""

    code: str | None
    emergency: str | None
    crisis: str | None


def context_of(job: Job, settings: Settings, *, made_by: str) -> Context:
    """Return what the template of `job` is told besides the language."""
    clinic = settings.clinic
    return Context(
        format=job.format,
        clinic=ClinicView(
            name=clinic.name,
            service=clinic.service,
            phone=_phone(settings, "day"),
            night_phone=_phone(settings, "night"),
            driving_hours=settings.policy.driving_hours,
        ),
        country=CountryView(
            code=clinic.country, emergency=clinic.emergency, crisis=clinic.crisis
        ),
        source=SOURCE_LOCALE,
        digits=settings.digits,
        made_by=made_by,
    )


def _phone(settings: Settings, label: str) -> str | None:
    phones = settings.clinic.phones
    return next((one.shown for one in phones if one.label in {label, "any"}), None)
