"""What every edition shares in one process: settings, fonts, templates, catalogs.

Opened once; catalogs are read and checked when a locale is first asked for.
"""

from __future__ import annotations

import gc
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from handouts.build.glossary import Glossary, read_glossaries
from handouts.build.program import program_digest
from handouts.build.request import BuildRequest
from handouts.catalog import (
    REVIEW_FILE,
    Catalog,
    Review,
    Signature,
    SourceMessage,
    TemplateMessages,
    merged,
    messages_of,
    pseudo_catalog,
    read_catalog,
    read_review,
)
from handouts.catalog.model import Key, State
from handouts.checks import Vetted, vet_source_when_asked, vet_when_asked
from handouts.config import Settings, load_settings
from handouts.diagnostics import Diagnostic, Sink
from handouts.fonts import FontError, FontLibrary, builtin_fonts_dir
from handouts.languages import Language, language
from handouts.layout import KNOWN_FORMATS
from handouts.templating import TemplateSet, builtin_templates

if TYPE_CHECKING:
    from handouts.text import TextEngine

__all__ = [
    "CATALOG",
    "SOURCE_LOCALE",
    "Extracted",
    "LocaleMessages",
    "Workshop",
    "builtin_locales",
    "digest_of",
    "font_diagnostic",
    "is_source_language",
    "open_workshop",
]

SOURCE_LOCALE: Final = "en"
"""The locale of the templates. A locale of the same language, such as `en_US`, is no
translation: its catalog overrides single messages of the English."""
CATALOG: Final = Path("LC_MESSAGES", "handouts.po")
METHOD_HEADER: Final = "X-Translation-Method"
"""The header in which a catalog says how it was made: `machine translation, …`."""

_HANDOUTS: Final = "templates/handouts/"
_PARTS: Final = "templates/parts/"
_NAMED_PART: Final = re.compile(r"""["']parts/([^"'\n]+)["']""")
_SHARED_TEMPLATES: Final = ("layouts", "parts")
_GC_THRESHOLD: Final = (100_000, 20, 50)


def is_source_language(locale: str) -> bool:
    """Return True for the source and for locales that override some of its messages."""
    return language(locale).is_same_language(language(SOURCE_LOCALE))


def builtin_locales() -> Path:
    """Return the folder of the catalogs that come with the program."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data" / "locales"
    return packed if packed.is_dir() else package.parent / "locales"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleMessages:
    """What one locale's catalogs give.

    `unread` is what reading them found; what the checks find is told by `findings`.
    `files` are the catalogs as users type them, with their sha256; `is_whole` is False
    if one cannot be read. `made_by` says how the translation was made, as far as the
    catalogs tell (`machine`). `review` are the signatures, the project's own last.
    """

    vetted: Vetted
    unread: tuple[Diagnostic, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True
    made_by: str = ""
    review: Review = field(default_factory=Review)

    def findings(self, keys: Iterable[Key]) -> Iterator[Diagnostic]:
        """Yield what the checks find in translations of these messages."""
        locale = self.vetted.locale
        for key in keys:
            found = self.vetted.get(key)
            for one in found.diagnostics if found and found.message else ():
                yield one if one.locale == locale else replace(one, locale=locale)


class _CatalogFile(NamedTuple):
    """A catalog as it was read, and what reading it found; None: it cannot be read."""

    shown_as: str
    digest: str
    catalog: Catalog | None
    findings: tuple[Diagnostic, ...]


class Extracted(NamedTuple):
    """The messages of all templates, and what was wrong with the templates."""

    sources: tuple[SourceMessage, ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Workshop:
    """The open project. `locale_folders` stand in the order in which they are asked."""

    request: BuildRequest
    settings: Settings
    library: FontLibrary
    templates: TemplateSet
    locale_folders: tuple[Path, ...]
    glossary: Glossary
    given: Extracted | None = None
    _messages: dict[str, LocaleMessages] = field(default_factory=dict)
    _ahead: dict[str, tuple[_CatalogFile, ...]] = field(default_factory=dict)
    _owned: dict[str, bool] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """The project folder that `-C` named."""
        return self.request.project

    @cached_property
    def extracted(self) -> Extracted:
        """What the templates ask for: as it was given, or as it is found now."""
        found = self.given
        return found or self.extracted_from(messages_of(self.templates.folders))

    def extracted_from(self, found: Iterable[TemplateMessages]) -> Extracted:
        """Return what all templates ask for, from what each asks for."""
        sink = Sink()
        sources = _asked_for(merged(found, sink), self.project)
        return Extracted(sources, sink.diagnostics)

    def know(self, handouts: Collection[str], found: Iterable[TemplateMessages]) -> None:
        """Take what these handouts ask for, which others look for; read the rest.

        Those that the others did not find are read here, too.
        """
        names = {f"handouts/{handout}.html" for handout in handouts}
        folders = self.templates.folders
        rest = tuple(messages_of(folders, wanted=lambda name: name not in names))
        by_name = {one.name: one for one in found}
        if lost := names - by_name.keys():
            rest += tuple(messages_of(folders, wanted=lost.__contains__))
        whole = self.extracted_from((*by_name.values(), *rest))
        vars(self)["extracted"] = whole  # as if it had been asked for

    @cached_property
    def source(self) -> Vetted:
        """The English, vetted."""
        return vet_source_when_asked(self.sources)

    @property
    def sources(self) -> tuple[SourceMessage, ...]:
        """The messages of the templates."""
        return self.extracted.sources

    @cached_property
    def places(self) -> Mapping[Key, int]:
        """The place of each message among `sources`: a short name for it."""
        return {source.key: place for place, source in enumerate(self.sources)}

    @cached_property
    def shared_places(self) -> tuple[int, ...]:
        """The places among `sources` of what no handout holds itself, but a layout."""
        return tuple(
            place
            for place, source in enumerate(self.sources)
            if not any(file.startswith(_HANDOUTS) for file, _ in source.references)
        )

    @cached_property
    def source_findings(self) -> tuple[Diagnostic, ...]:
        """All that is wrong with the templates' syntax and with their messages."""
        sink = Sink()
        sink.extend(self.extracted.findings)
        sink.extend(self.source.findings(self.sources))
        return sink.diagnostics

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The glossary's medicine names, in every language it gives them in."""
        return self.glossary.whole_words()

    @cached_property
    def engine(self) -> TextEngine:
        """The text engine, which keeps medicine names whole."""
        from handouts.text import TextEngine  # noqa: PLC0415  # start-up

        return TextEngine(self.library, terms=self.terms)

    def language(self, locale: str) -> Language:
        """Return the language of a locale with the settings' faces."""
        return language(locale, dict(self.settings.style.faces))

    def messages(self, locale: str) -> LocaleMessages:
        """Return the locale's vetted messages, and all that was found in its catalogs."""
        if locale not in self._messages:
            self._messages[locale] = self._read(locale)
        return self._messages[locale]

    def forget(self, locale: str) -> None:
        """Read the locale's catalogs and signatures anew when they are next asked for."""
        self._messages.pop(locale, None)
        self._ahead.pop(locale, None)

    def read_ahead(self, locale: str) -> None:
        """READ the catalogs of a locale that is asked for next, but for the checks."""
        if locale != SOURCE_LOCALE and locale not in self._messages:
            self._ahead[locale] = tuple(self._catalog_files(locale))

    def load_faces(self, locale: str) -> None:
        """Load the text engine, and what it has for a locale."""
        self.engine.covers("", self.language(locale))

    def _read(self, locale: str) -> LocaleMessages:
        """READ and CHECK the locale's catalogs, one behind the other."""
        if locale == SOURCE_LOCALE:
            review = self._review(locale, sink := Sink())
            return LocaleMessages(
                vetted=self.source, unread=sink.diagnostics, review=review
            )
        unread, own = Sink(), self.language(locale)
        if own.is_pseudo:
            return self._made_up(own)
        found: list[Vetted] = []
        is_whole = True
        files: dict[str, str] = {}
        methods: list[str] = []
        for shown_as, digest, catalog, findings in self._ahead.pop(
            locale, None
        ) or self._catalog_files(locale):
            unread.extend(findings)
            if catalog is None:
                is_whole = False
                continue
            files[shown_as] = digest
            methods.append(catalog.headers.get(METHOD_HEADER, ""))
            found.append(
                vet_when_asked(
                    catalog,
                    self.sources,
                    own,
                    keep=self.glossary.kept(),
                    terms=self.glossary.terms(own),
                )
            )
        review = self._review(locale, unread)
        return LocaleMessages(
            review=review,
            vetted=self._whole(found, own),
            unread=unread.located(locale=locale),
            files=files,
            is_whole=is_whole,
            made_by="machine" if any("machine" in one.lower() for one in methods) else "",
        )

    def _whole(self, found: list[Vetted], own: Language) -> Vetted:
        """Return all that a locale's catalogs say, and the English behind overrides."""
        if is_source_language(own.locale):
            return _stacked([*map(_without_fuzzy, found), self.source])
        return _stacked(found) if found else vet_when_asked(None, self.sources, own)

    def _made_up(self, own: Language) -> LocaleMessages:
        """CHECK a pseudo-locale's catalog, which no file holds."""
        kept = self.glossary.kept()
        catalog = pseudo_catalog(self.sources, own, keep=kept | set(self.terms))
        vetted = vet_when_asked(catalog, self.sources, own, keep=kept)
        return LocaleMessages(vetted=vetted)

    def _review(self, locale: str, sink: Sink) -> Review:
        """Return the signatures; a project's own count after the built-in ones."""
        signatures: list[Signature] = []
        for folder in reversed(self.locale_folders):
            path = folder / locale / REVIEW_FILE
            shown_as = self.shown(path)
            found = read_review(path, shown_as=shown_as, locale=locale, sink=sink)
            signatures.extend(found.signatures)
        return Review(tuple(signatures))

    def _catalog_files(self, locale: str) -> Iterator[_CatalogFile]:
        """READ: the project's own catalog comes before the built-in one."""
        for path in self._catalogs(locale):
            sink, shown_as = Sink(), self.shown(path)
            catalog = read_catalog(path, locale=locale, shown_as=shown_as, sink=sink)
            digest = digest_of(path) if catalog is not None else ""
            yield _CatalogFile(shown_as, digest, catalog, sink.diagnostics)

    def _catalogs(self, locale: str) -> Iterator[Path]:
        paths = (folder / locale / CATALOG for folder in self.locale_folders)
        return (path for path in paths if path.exists())

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
        if self.has_own_handouts:
            folders = (self.project / "locales",)
        return (SOURCE_LOCALE, *_locale_names(folders))

    def own_locales(self) -> list[str]:
        """Return the locales whose catalog lies in the project folder itself."""
        paths = (self.project / "locales").glob(f"*/{CATALOG}")
        return sorted(path.parent.parent.name for path in paths)

    def own_catalog(self, locale: str) -> Path:
        """Return where the project's own catalog of a locale is, or would be."""
        return self.project / "locales" / locale / CATALOG

    @cached_property
    def has_own_handouts(self) -> bool:
        """True if the project folder brings handouts of its own."""
        return _has_handouts(self.project)

    def owns(self, file: str) -> bool:
        """True if `templates/…` is a file of a project, not a built-in one."""
        found = self._owned.get(file)
        if found is None:
            is_two = len(self.templates.folders) > 1
            found = self._owned[file] = is_two and (self.project / file).is_file()
        return found

    @cached_property
    def shared_templates(self) -> Mapping[str, Path]:
        """What all handouts are made with: layouts, parts, the sources; by name."""
        names = {"sources.toml"}
        names |= {
            path.relative_to(folder).as_posix()
            for folder in self.templates.folders
            for shared in _SHARED_TEMPLATES
            for path in (folder / shared).rglob("*.html")
        }
        files = {name: self.template_file(name) for name in names}
        return {name: file for name, file in files.items() if file}

    def template_file(self, name: str) -> Path | None:
        """Return the file of a template such as `layouts/leaflet.html`."""
        paths = (folder / name for folder in self.templates.folders)
        return next((path for path in paths if path.is_file()), None)

    @cached_property
    def digest(self) -> str:
        """Digest of what every edition depends on: program and fonts."""
        whole = hashlib.sha256(program_digest().encode())
        for record in self.library.records:
            whole.update(f"{record.key} {record.sha256}\n".encode())
        return whole.hexdigest()


def open_workshop(
    request: BuildRequest, sink: Sink, *, extracted: Extracted | None = None
) -> Workshop | None:
    """Open the project; None, with the reasons in `sink`, if it cannot be worked in.

    `extracted` is what another process has found in the templates just now.
    The process is then one that makes editions, and collects garbage as suits that.
    """
    # An edition leaves hardly a cycle behind: by default a quarter of a batch's time
    # goes into looking for some (15 full collections for 200 editions).
    gc.set_threshold(*_GC_THRESHOLD)
    project = request.project
    library = _fonts(project, sink)
    settings = load_settings(
        project,
        sink,
        request.overrides(),
        known_formats=tuple(KNOWN_FORMATS),
        known_families=library.families if library else (),
    )
    if settings is None or library is None:
        return None
    folders = _folders(project / "templates", builtin_templates())
    locales = tuple(_folders(project / "locales", builtin_locales()))
    return Workshop(
        request=request,
        settings=settings,
        library=library,
        templates=TemplateSet(folders),
        locale_folders=locales,
        glossary=read_glossaries(locales, sink),
        given=extracted,
    )


def _folders(own: Path, builtin: Path) -> list[Path]:
    if own.resolve() == builtin.resolve():
        return [builtin]
    return [own, builtin] if own.is_dir() else [builtin]


def _has_handouts(project: Path) -> bool:
    own = project / "templates" / "handouts"
    is_builtin = own.resolve() == (builtin_templates() / "handouts").resolve()
    return not is_builtin and any(own.glob("*.html"))


def _asked_for(
    sources: tuple[SourceMessage, ...], project: Path
) -> tuple[SourceMessage, ...]:
    """Return the messages of the handouts that are built, and of layouts and parts.

    A project with handouts of its own does not build the built-in ones, whose messages
    would only clutter its catalogs, as would those of parts that it does not use.
    """
    if not _has_handouts(project):
        return sources
    parts = _parts_named(project)
    files = {file for source in sources for file, _ in source.references}
    others = {
        file
        for file in files
        if file.startswith((_HANDOUTS, _PARTS))
        and file not in parts
        and not (project / file).is_file()
    }
    kept = (_without(source, others) for source in sources)
    return tuple(source for source in kept if source.references)


def _without(source: SourceMessage, files: Set[str]) -> SourceMessage:
    """Return a message without its uses in `files`."""
    left = tuple(one for one in source.references if one[0] not in files)
    same = len(left) == len(source.references)
    return source if same else replace(source, references=left)


def _parts_named(project: Path) -> frozenset[str]:
    """Return the files of the parts that a project's templates name, and theirs."""
    folders = (project / "templates", builtin_templates())
    texts = [*folders[0].rglob("*.html"), *(folders[1] / "layouts").rglob("*.html")]
    named: dict[str, None] = {}
    while texts:
        try:
            text = texts.pop().read_text("utf-8", "replace")
        except OSError:  # reported where the template is read for its own sake
            continue
        new = dict.fromkeys(_NAMED_PART.findall(text)).keys() - named.keys()
        named |= dict.fromkeys(new)
        paths = (folder / "parts" / name for name in new for folder in folders)
        texts += [path for path in paths if path.is_file()]
    return frozenset(f"{_PARTS}{name}" for name in named)


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


def digest_of(path: Path) -> str:
    """Return the sha256 of a file; of nothing, if it is gone by now."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _locale_names(folders: Iterable[Path]) -> tuple[str, ...]:
    names = {
        path.parent.parent.name
        for folder in folders
        for path in folder.glob(f"*/{CATALOG}")
    }
    return tuple(sorted(names - {SOURCE_LOCALE}))


def _without_fuzzy(overrides: Vetted) -> Vetted:
    """Return overrides without doubtful ones: the English itself is sound there."""
    messages = {
        key: one
        for key, one in overrides.messages.items()
        if one.state is not State.FUZZY
    }
    return replace(overrides, messages=messages)


def _stacked(found: list[Vetted]) -> Vetted:
    """Return the first of the catalogs, with the next one behind it, and so on."""
    *before, last = found
    for vetted in reversed(before):
        last = replace(vetted, behind=last)
    return last
