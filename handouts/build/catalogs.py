"""Catalog keeping: templates → POT → every PO.

A project's POT holds the messages of its own handouts and of the layouts and parts
they use; those of the built-in handouts only if it builds these.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace

from handouts import __version__
from handouts.build.remarks import remarked
from handouts.build.selection import known_locale, known_locales, no_catalog
from handouts.build.survey import survey
from handouts.build.workshop import Workshop, is_source_language
from handouts.catalog import SourceMessage, init_catalog, update_catalog, write_pot
from handouts.diagnostics import Sink
from handouts.languages import PSEUDO_LOCALES

__all__ = ["extract_all", "init_locale", "update_all"]


def extract_all(workshop: Workshop, sink: Sink) -> list[str]:
    """Write `locales/handouts.pot`; return its path, to be printed.

    Nothing is written while a template has errors: its messages would be missing, and
    an update would throw their translations out.

    Raises:
        OSError: the file cannot be written.
    """
    sources = _sources(workshop, sink)
    return [] if sources is None else [_write_pot(sources, workshop)]


def _sources(workshop: Workshop, sink: Sink) -> tuple[SourceMessage, ...] | None:
    """Return the messages with all remarks; None if a template has errors."""
    extracted, uses = survey(workshop)
    gc.freeze()  # what is there stays: 20,000 messages need not be looked at again
    found = replace(workshop, given=extracted).source_findings
    sink.extend(found)
    if any(one.is_error for one in found):
        return None
    return remarked(extracted.sources, uses)


def _write_pot(sources: Sequence[SourceMessage], workshop: Workshop) -> str:
    path = workshop.project / "locales" / "handouts.pot"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pot(sources, path, version=__version__)
    return workshop.shown(path)


def update_all(workshop: Workshop, names: Sequence[str], sink: Sink) -> list[str]:
    """Bring the project's catalogs up to date; return a line for each.

    Raises:
        OSError: a file cannot be written; those before it are done.
    """
    sources = _sources(workshop, sink)
    if sources is None:
        return []
    lines = [_write_pot(sources, workshop)]
    present = workshop.own_locales()
    wanted = known_locales(names, workshop, sink, present) if names else present
    for locale in wanted:
        path = workshop.own_catalog(locale)
        shown_as = workshop.shown(path)
        done = update_catalog(
            sources,
            path,
            shown_as=shown_as,
            sink=sink,
            adds=not is_source_language(locale),
        )
        if done is not None:
            lines.append(
                f"{shown_as}: {done.kept} kept, {done.fuzzy} fuzzy, {done.new} new, "
                f"{done.obsolete} obsolete"
            )
    return lines


def init_locale(workshop: Workshop, name: str, sink: Sink) -> list[str]:
    """Make a new catalog; return its path, to be printed.

    One that overrides the source has no messages yet: those that it lacks are the
    source's own.

    Raises:
        OSError: the file cannot be written.
    """
    locale = known_locale(name, workshop, sink)
    if locale is not None and locale in PSEUDO_LOCALES:
        sink.report(no_catalog(locale))
        return []
    sources = _sources(workshop, sink)
    if locale is None or sources is None:
        return []
    path = workshop.own_catalog(locale)
    found = Sink()
    made = init_catalog(
        () if is_source_language(locale) else sources,
        path,
        locale=locale,
        plural_forms=workshop.language(locale).plural_rule,
        version=__version__,
        sink=found,
    )
    sink.extend(replace(one, file=workshop.shown(path)) for one in found)
    return [workshop.shown(path)] if made else []
