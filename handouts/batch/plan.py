"""Which editions a build is asked for: handouts by locales by formats, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Job", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Job:
    """One edition to make. `file` is relative to the output folder, with `/`."""

    handout: str
    locale: str
    format: str

    @property
    def file(self) -> str:
        """Where the edition goes, such as `ar/ketamine-safety-a4.pdf`."""
        return f"{self.locale}/{self.handout}-{self.format}.pdf"

    @property
    def name(self) -> str:
        """What messages call the edition, such as `ar/ketamine-safety-a4`."""
        return self.file.removesuffix(".pdf")


def plan(
    handouts: Iterable[str],
    locales: Iterable[str],
    formats_of: Callable[[str], Iterable[str]],
) -> tuple[Job, ...]:
    """Return every edition once, locale by locale: what a script needs stays cached.

    `formats_of` gives the formats of a locale.
    """
    handouts = tuple(dict.fromkeys(handouts))
    return tuple(
        Job(handout=handout, locale=locale, format=format_)
        for locale in dict.fromkeys(locales)
        for handout in handouts
        for format_ in dict.fromkeys(formats_of(locale))
    )
