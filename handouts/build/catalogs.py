"""Catalog keeping: templates → POT → every PO."""

from __future__ import annotations

from collections.abc import Iterable

from handouts import __version__
from handouts.build.workshop import CATALOG, SOURCE_LOCALE, Workshop, known_locale
from handouts.catalog import init_catalog, update_catalog, write_pot
from handouts.diagnostics import Sink
from handouts.languages import plural_forms

__all__ = ["extract_all", "init_locale", "update_all"]


def extract_all(workshop: Workshop, sink: Sink) -> list[str]:
    """Write `locales/handouts.pot`; return its path, to be printed."""
    sink.extend(workshop.source_findings)
    path = workshop.project / "locales" / "handouts.pot"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_pot(workshop.sources, path, version=__version__)
    return [workshop.shown(path)]


def update_all(workshop: Workshop, locales: Iterable[str], sink: Sink) -> list[str]:
    """Bring the project's catalogs up to date; return a line for each."""
    lines = extract_all(workshop, sink)
    named = [one for name in locales if (one := known_locale(name, workshop, sink))]
    for locale in named or workshop.locales():
        path = workshop.project / "locales" / locale / CATALOG
        if locale == SOURCE_LOCALE or not path.exists():
            continue
        update = update_catalog(
            workshop.sources, path, shown_as=workshop.shown(path), sink=sink
        )
        if update is not None:
            lines.append(f"{workshop.shown(path)}: {update}")
    return lines


def init_locale(workshop: Workshop, name: str, sink: Sink) -> list[str]:
    """Make a new catalog; return its path, to be printed."""
    locale = known_locale(name, workshop, sink)
    if locale is None:
        return []
    path = workshop.project / "locales" / locale / CATALOG
    path.parent.mkdir(parents=True, exist_ok=True)
    made = init_catalog(
        workshop.sources,
        path,
        locale=locale,
        plural_forms=plural_forms(locale),
        version=__version__,
        sink=sink,
    )
    return [workshop.shown(path)] if made else []
