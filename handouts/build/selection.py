"""Which editions a run is asked for: names that people type → jobs."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from handouts.batch import Job, plan
from handouts.build.request import BuildRequest
from handouts.build.workshop import Workshop
from handouts.diagnostics import Diagnostic, Sink
from handouts.languages import PSEUDO_LOCALES, UnknownLocaleError, uses_letter_paper
from handouts.layout import KNOWN_FORMATS

__all__ = [
    "USAGE_CODES",
    "jobs_for",
    "known_handouts",
    "known_locale",
    "known_locales",
    "no_catalog",
]

USAGE_CODES: Final = frozenset(
    {
        "internal-fault", "missing-catalog", "pseudo-locale", "unknown-format",
        "unknown-handout", "unknown-locale", "unusable-output",
    }
)  # fmt: skip
"""Findings that lie in how a command was called, or in the program: exit status 2."""


def jobs_for(workshop: Workshop, request: BuildRequest, sink: Sink) -> tuple[Job, ...]:
    """Return the editions that `request` asks for.

    Names that are not known go to `sink`; the other ones named are built. Where neither
    the call nor the settings name a format, it is the paper of the locale's country.
    """
    settings = workshop.settings.build
    handouts = known_handouts(request.handouts, workshop, sink)
    asked = request.formats or settings.formats
    formats = _known(asked, tuple(KNOWN_FORMATS), "format", sink)

    def formats_of(locale: str) -> Sequence[str]:
        return formats if asked else (_paper_of(locale, workshop),)

    present = workshop.locales()
    wanted = request.locales or settings.locales
    if wanted:  # a pseudo-locale is built where it is named, and nowhere else
        at_hand = (*present, *PSEUDO_LOCALES)
        return plan(handouts, known_locales(wanted, workshop, sink, at_hand), formats_of)
    return plan(handouts, present, formats_of)


def _paper_of(locale: str, workshop: Workshop) -> str:
    """Return the format that the readers of a locale print on."""
    return "letter" if uses_letter_paper(workshop.language(locale).territory) else "a4"


def known_handouts(names: Sequence[str], workshop: Workshop, sink: Sink) -> list[str]:
    """Return the handouts of these names, all for none; unknown ones go to `sink`."""
    known = workshop.templates.handouts()
    return _known(names or known, known, "handout", sink)


def _known(
    names: Iterable[str], known: Sequence[str], kind: str, sink: Sink
) -> list[str]:
    found = []
    for name in names:
        if name in known:
            found.append(name)
        else:
            sink.report(_unknown(name, known, kind))
    return found


def _unknown(name: str, known: Sequence[str], kind: str) -> Diagnostic:
    near = difflib.get_close_matches(name, known, 1)
    listed = ", ".join(f"`{one}`" for one in known)
    return Diagnostic(
        code=f"unknown-{kind}",
        message=f"there is no {kind} `{name}`",
        hint=f"did you mean `{near[0]}`?" if near else f"choose from {listed or 'none'}",
    )


def known_locales(
    names: Iterable[str], workshop: Workshop, sink: Sink, present: Sequence[str]
) -> list[str]:
    """Return the locales for what people typed; those not `present` go to `sink`."""
    found = []
    for name in names:
        locale = known_locale(name, workshop, sink)
        if locale is None:
            continue
        if locale in present:
            found.append(locale)
        else:
            sink.report(no_catalog(locale))
    return found


def known_locale(name: str, workshop: Workshop, sink: Sink) -> str | None:
    """Return the locale's folder name for what a user typed, or None and a finding."""
    try:
        return workshop.language(name).locale
    except UnknownLocaleError as error:
        near = ", ".join(f"`{one}`" for one in error.suggestions)
        sink.report(
            Diagnostic(
                code="unknown-locale",
                message=f"`{name}` is no locale that is known",
                hint=f"did you mean {near}?" if near else "type a tag such as `pt-BR`",
                locale=name,
            )
        )
        return None


def no_catalog(locale: str) -> Diagnostic:
    """Return why a locale has no catalog, and what to do."""
    if locale in PSEUDO_LOCALES:
        return Diagnostic(
            code="pseudo-locale",
            message=f"`{locale}` is made up from the English and has no catalog",
            hint=f"build it as it is: `python make_handouts.py build -l {locale}`",
            locale=locale,
        )
    return Diagnostic(
        code="missing-catalog",
        message=f"there is no catalog for `{locale}`",
        hint=f"make one with `python make_handouts.py init {locale}`",
        locale=locale,
    )
