"""What every edition shares in one process: settings, fonts, templates, catalogs.

Opened once; catalogs are read and checked when a locale is first asked for.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from handouts import __version__
from handouts.build.request import BuildRequest
from handouts.catalog import SourceMessage, extract, read_catalog
from handouts.catalog.model import State
from handouts.checks import Vetted, vet, vet_source
from handouts.config import Settings, load_settings
from handouts.diagnostics import Diagnostic, Sink
from handouts.fonts import FontError, FontLibrary, builtin_fonts_dir
from handouts.languages import Language, UnknownLocaleError, language
from handouts.layout import KNOWN_FORMATS
from handouts.templating import TemplateSet, builtin_templates
from handouts.text import TextEngine

__all__ = ["CATALOG", "SOURCE_LOCALE", "Workshop", "builtin_locales", "open_workshop"]

SOURCE_LOCALE: Final = "en"
CATALOG: Final = Path("LC_MESSAGES", "handouts.po")
GLOSSARY: Final = "glossary.csv"

def builtin_locales() -> Path:
    """Return the folder of the catalogs that come with the program."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data" / "locales"
    return packed if packed.is_dir() else package.parent / "locales"

@dataclass(frozen=True)
class Workshop:
    """The open project. `locale_folders` stand in the order in which they are asked."""

    request: BuildRequest
    settings: Settings
    library: FontLibrary
    templates: TemplateSet
    locale_folders: tuple[Path, ...]
    sources: tuple[SourceMessage, ...]
    source: Vetted
    source_findings: tuple[Diagnostic, ...]

    @property
    def project(self) -> Path:
        """The project folder that `-C` named."""
        return self.request.project

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The glossary's medicine names, in every language it gives them in."""
        rows = self._glossary.get("drug", ())
        return tuple(sorted({name for row in rows for name in _names(row)}))

    @cached_property
    def kept_terms(self) -> frozenset[str]:
        """The glossary's terms that stay as they are in every language."""
        return frozenset(row["term"] for row in self._glossary.get("do-not-translate", ()))

    @cached_property
    def _glossary(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        return _read_glossaries(self.locale_folders)

    @cached_property
    def engine(self) -> TextEngine:
        """The text engine, which keeps medicine names whole."""
        return TextEngine(self.library, terms=self.terms)

    def language(self, locale: str) -> Language:
        """Return the language of a locale with the settings' faces."""
        return language(locale, dict(self.settings.style.faces))

    @cached_property
    def _vetted(self) -> dict[str, tuple[Vetted, tuple[Diagnostic, ...]]]:
        return {}

    def vetted(self, locale: str) -> tuple[Vetted, tuple[Diagnostic, ...]]:
        """Return the locale's vetted messages, and all that was found in its catalogs."""
        if locale == SOURCE_LOCALE:
            return self.source, self.source_findings
        if locale not in self._vetted:
            sink = Sink()
            vetted = self._vet(locale, sink)
            self._vetted[locale] = vetted, sink.located(locale=locale)
        return self._vetted[locale]

    def _vet(self, locale: str, sink: Sink) -> Vetted:
        """READ and CHECK: the project's own catalog comes before the built-in one."""
        own = self.language(locale)
        found: Vetted | None = None
        for folder in self.locale_folders:
            path = folder / locale / CATALOG
            if not path.exists():
                continue
            shown_as = self.shown(path)
            catalog = read_catalog(path, locale=locale, shown_as=shown_as, sink=sink)
            if catalog is None:
                continue
            vetted = vet(catalog, self.sources, own, sink, keep=self.kept_terms)
            found = vetted if found is None else _over(found, vetted)
        return found or vet(None, self.sources, own, sink)

    def shown(self, path: Path) -> str:
        """Return a path as the user would type it: relative to the project or whole."""
        for base in (self.project, builtin_locales().parent):
            try:
                return path.resolve().relative_to(base.resolve()).as_posix()
            except ValueError:
                continue
        return str(path)

    def locales(self) -> tuple[str, ...]:
        """Return every locale that has a catalog, the source language first.

        A project with handouts of its own is built in its own locales only.
        """
        folders = self.locale_folders
        if self.has_own_handouts and _locale_names(folders[:1]):
            folders = folders[:1]
        return (SOURCE_LOCALE, *_locale_names(folders))

    @cached_property
    def has_own_handouts(self) -> bool:
        """True if the project folder brings handouts of its own."""
        own = self.project / "templates" / "handouts"
        return own.resolve() != (builtin_templates() / "handouts").resolve() and any(
            own.glob("*.html")
        )

    @cached_property
    def digest(self) -> str:
        """Digest of what every edition depends on: program and fonts."""
        whole = hashlib.sha256(_program_digest().encode())
        for record in self.library.records:
            whole.update(f"{record.key} {record.sha256}\n".encode())
        return whole.hexdigest()

def open_workshop(request: BuildRequest, sink: Sink) -> Workshop | None:
    """Open the project; None, with the reasons in `sink`, if it cannot be worked in."""
    project = request.project
    library = _fonts(project, sink)
    settings = load_settings(
        project,
        sink,
        known_formats=tuple(KNOWN_FORMATS),
        known_families=library.families if library else (),
    )
    if settings is None or library is None:
        return None
    folders = _folders(project / "templates", builtin_templates())
    extracted = Sink()
    sources = extract(folders, extracted)
    source = vet_source(sources, extracted)
    return Workshop(
        request=request,
        settings=settings,
        library=library,
        templates=TemplateSet(folders),
        locale_folders=tuple(_folders(project / "locales", builtin_locales())),
        sources=sources,
        source=source,
        source_findings=extracted.located(locale=SOURCE_LOCALE),
    )

def _folders(own: Path, builtin: Path) -> list[Path]:
    if own.resolve() == builtin.resolve():
        return [builtin]
    return [own, builtin] if own.is_dir() else [builtin]

def _fonts(project: Path, sink: Sink) -> FontLibrary | None:
    try:
        return FontLibrary.open(_folders(project / "fonts", builtin_fonts_dir()))
    except FontError as error:
        sink.report(font_diagnostic(error))
        return None

def font_diagnostic(error: FontError) -> Diagnostic:
    """Return what is wrong with a font, as a finding."""
    return Diagnostic(
        code=error.code,
        message=str(error),
        hint=error.hint,
        file=None if error.file is None else str(error.file),
    )

def _locale_names(folders: Iterable[Path]) -> tuple[str, ...]:
    names = {
        path.parent.parent.name for folder in folders for path in folder.glob(f"*/{CATALOG}")
    }
    return tuple(sorted(names - {SOURCE_LOCALE}))

def _read_glossaries(folders: Iterable[Path]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of every glossary by kind."""
    rows: dict[str, list[dict[str, str]]] = {}
    for folder in folders:
        path = folder / GLOSSARY
        if not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("term"):
                    rows.setdefault(row.get("kind") or "", []).append(
                        {k: v for k, v in row.items() if isinstance(k, str) and v}
                    )
    return rows


def _names(row: Mapping[str, str]) -> Iterable[str]:
    skipped = {"kind", "definition", "confidence"}
    return (v.strip() for k, v in row.items() if k not in skipped and v.strip())


def _over(own: Vetted, builtin: Vetted) -> Vetted:
    """Return the project's messages, with built-in ones where it has none.

    Plural forms of the two are the same language's; a built-in message with another
    number of forms than the project's catalog counts would be read wrongly, and stays out.
    """
    same_forms = own.plural_rule.count == builtin.plural_rule.count
    messages = dict(own.messages)
    for key, message in builtin.messages.items():
        usable = same_forms or len(message.forms) == 1
        if usable and own.messages[key].state is State.MISSING:
            messages[key] = message
    return replace(own, messages=messages)


@cache
def _program_digest() -> str:
    """Digest of the program's own text: a changed program makes every edition anew."""
    whole = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        whole.update(path.read_bytes())
    return whole.hexdigest()

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

