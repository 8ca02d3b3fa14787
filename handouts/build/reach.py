"""Is every message that the templates hold shown by some handout?

In Jinja a misspelt block loses its text without a word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from handouts.batch import Job
from handouts.build.context import PROFILES, SIGNED, context_of
from handouts.build.workshop import SOURCE_LOCALE, Workshop
from handouts.catalog import SourceMessage
from handouts.catalog.model import Key
from handouts.checks import Vetted, vet_when_asked
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.languages import language
from handouts.layout import KNOWN_FORMATS
from handouts.templating import expand, reached

__all__ = ["unreached"]

_HANDOUTS: Final = "templates/handouts/"
_LAYOUTS: Final = "templates/layouts/"
_TRANSLATED: Final = "es"
"""Any language but the source: layouts say more in a translation."""


def unreached(workshop: Workshop, shown: Collection[Key] = ()) -> Iterator[Diagnostic]:
    """Yield the messages that no expansion asks for; `shown` are known to be.

    None if a template cannot be run: what it would show is not known. A project answers
    for its own handouts and parts, not for what it leaves of the built-in ones, nor for
    what a layout says only of some handouts.
    """
    places = {s.key: at for s in workshop.sources if (at := _own_place(s, workshop))}
    missing = places.keys() - set(shown)
    if not missing:
        return
    sources = {source.key: source for source in workshop.sources}
    spoken = {SOURCE_LOCALE: workshop.source, _TRANSLATED: _untranslated(workshop)}
    for handout in _likeliest_first(workshop, {places[key][0] for key in missing}):
        if not missing:
            return
        found = _asked(workshop, handout, spoken)
        if found is None:
            return
        missing -= found
    for key, place in places.items():
        if key in missing:
            yield _unreachable(sources[key], *place)


def _own_place(source: SourceMessage, workshop: Workshop) -> tuple[str, int] | None:
    """Return the first place at which the project answers for a message."""
    is_builtin = len(workshop.templates.folders) == 1
    for file, line in source.references:
        if is_builtin or (not file.startswith(_LAYOUTS) and workshop.owns(file)):
            return file, line
    return None


def _likeliest_first(workshop: Workshop, files: Collection[str]) -> Sequence[str]:
    """Return all handouts, those of these files before the others."""
    handouts = workshop.templates.handouts()
    return sorted(handouts, key=lambda name: f"{_HANDOUTS}{name}.html" not in files)


def _untranslated(workshop: Workshop) -> Vetted:
    return vet_when_asked(None, workshop.sources, language(_TRANSLATED))


def _asked(
    workshop: Workshop, handout: str, spoken: Mapping[str, Vetted]
) -> set[Key] | None:
    """Return what a handout shows, in the source language and in another one.

    It is asked for this clinic, for one that has set nothing, for one that has set
    everything, and as people sign it: what only others see is reached, too.
    """
    asked: set[Key] = set()
    for locale, vetted in spoken.items():
        job = Job(handout=handout, locale=locale, format=next(iter(KNOWN_FORMATS)))
        set_here = context_of(job, workshop.settings, made_by="machine")
        made_up = (
            replace(set_here, clinic=one.clinic, country=one.country) for one in PROFILES
        )
        signed = (replace(set_here, unsigned=False, signed=one) for one in SIGNED)
        for context in (set_here, *made_up, *signed):
            expansion = expand(
                workshop.templates,
                handout,
                vetted=vetted,
                source=workshop.source,
                language=language(locale),
                context=context,
                sink=Sink(),
                deadline_s=workshop.settings.build.deadline_s,
            )
            if expansion is None:
                return None
            asked |= reached(expansion)
    return asked


def _unreachable(source: SourceMessage, file: str, line: int) -> Diagnostic:
    return Diagnostic(
        code="unreachable-message",
        severity=Severity.WARNING,
        message=f"no handout shows `{source.key.msgid}`",
        hint="remove it from the template, or use the block or macro it stands in",
        file=file,
        line=line,
        msgid=source.key.msgid,
    )
