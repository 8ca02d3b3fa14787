"""What `fonts` and `info` print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from handouts.build.selection import known_locales
from handouts.build.workshop import Workshop, font_diagnostic
from handouts.config import describe_settings
from handouts.diagnostics import Sink
from handouts.fonts import BOLD, REGULAR, FontError
from handouts.languages import Language
from handouts.text import exemplars

__all__ = ["describe_fonts", "describe_workshop"]

_WEIGHTS: Final = {REGULAR: "Regular", BOLD: "Bold"}


def describe_fonts(workshop: Workshop, names: Sequence[str], sink: Sink) -> Iterator[str]:
    """Yield a line for each font, then for each locale what its fonts lack."""
    for record in workshop.library.records:
        yield "  ".join(
            (
                f"{record.family} {_WEIGHTS[record.weight]}",
                record.version,
                record.licence,
                f"{record.package} {record.package_version}",
                f"({record.role}, {record.script})",
            )
        )
    present = workshop.locales()
    for locale in known_locales(names, workshop, sink, present) if names else present:
        try:
            yield _coverage(workshop, workshop.language(locale))
        except FontError as error:
            sink.report(font_diagnostic(error))


def _coverage(workshop: Workshop, language: Language) -> str:
    """Return what CLDR's main exemplars and the catalog need and the chain lacks."""
    exemplar = workshop.library.missing(exemplars(language.tag), language.families)
    catalog = workshop.library.missing(_letters(workshop, language), language.families)
    if not exemplar and not catalog:
        return f"{language.locale}: {language.families[0]} covers exemplars and catalog"
    lacking = "; ".join(
        f"{name}: {' '.join(f'U+{ord(c):04X}' for c in chars)}"
        for name, chars in (("exemplars", exemplar), ("catalog", catalog))
        if chars
    )
    return f"{language.locale}: lacks {lacking}"


def _letters(workshop: Workshop, language: Language) -> str:
    vetted = workshop.messages(language.locale).vetted
    texts: set[str] = set()
    for source in workshop.sources:
        found = vetted.get(source.key)
        if found is not None:
            texts.update(*found.forms)
    return "".join(sorted(texts))


def describe_workshop(workshop: Workshop) -> Iterator[str]:
    """Yield every setting with its value and where the value came from."""
    settings = workshop.settings
    for described in describe_settings(settings):
        yield f"{described.path} = {described.value}  ({described.source})"
    yield f"handouts: {', '.join(workshop.templates.handouts())}"
    yield f"locales: {', '.join(workshop.locales())}"
