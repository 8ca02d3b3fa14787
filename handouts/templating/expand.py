"""EXPAND: a handout's template + vetted messages → markup that knows its messages."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateError
from jinja2.environment import Template

from handouts.catalog import TemplateMessages, messages_of
from handouts.catalog.model import Key, Lookup, State
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.languages import DigitsSetting, Language, language
from handouts.templating.compiled import Compiled
from handouts.templating.environment import HandoutEnvironment
from handouts.templating.faults import Names, diagnose, nearest
from handouts.templating.loading import HANDOUTS
from handouts.templating.outline import Outline, handout_findings
from handouts.templating.run import CURRENT, Run
from handouts.templating.sources import Source, Sources, read_sources
from handouts.templating.values import SHOWING, Numerals, weekdays

if TYPE_CHECKING:
    from handouts.checks import Vetted

__all__ = ["Context", "Expansion", "Person", "Signed", "TemplateSet", "expand", "reached"]

DEADLINE_S: Final = 5.0
"""Seconds for one edition; a two-page leaflet takes about 0.002."""
VARIABLES: Final = ("version", "written", "review_by", "symbol", "sources")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has signed: name and day ("2026-11-22") as the page shows them."""

    name: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who answers for the text as it stands; None is nobody yet.

    `method` is how the translation was made, as its signer says; `changed` how many
    messages are not what somebody signed last.
    """

    translator: Person | None = None
    reviewer: Person | None = None
    clinician: Person | None = None
    method: str | None = None
    changed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a template is told besides the language.

    `clinic` and `country` are records of settings: a template reads their fields.
    `source` is the locale that the templates are written in. `made_by` says how the
    translation was made: `machine`, or whatever its signature says.
    """

    format: str
    clinic: object
    country: object
    layout: str = "layouts/leaflet.html"
    source: str = "en"
    digits: DigitsSetting = "locale"
    unsigned: bool = True
    made_by: str = "machine"
    signed: Signed = Signed()  # frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """A handout's markup in one locale.

    `<m n="17" t="NONCE">` marks the text of `lookups[17]`; what lacks the nonce was not
    put there by this room. `variables` are the handout's version, dates, symbol and
    sources.
    """

    markup: str
    lookups: tuple[Lookup, ...]
    nonce: str
    variables: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """Template folders, the project's own before the built-in one."""

    folders: tuple[Path, ...]

    def __init__(self, folders: Sequence[Path]) -> None:
        object.__setattr__(self, "folders", tuple(folders))

    @property
    def environment(self) -> HandoutEnvironment:
        """The engine of these folders: one a process, whoever asks."""
        return _environment(self.folders)

    def handouts(self) -> tuple[str, ...]:
        """Return the names of the handouts to build, sorted.

        A project with handouts of its own builds those, one without the built-in ones.
        """
        return self.environment.folders.handouts()

    def share(self, folder: Path) -> None:
        """Share compiled templates with other processes, by an empty `folder` of theirs.

        Whoever can write there can run code here: it must be this run's alone.
        """
        self.environment.bytecode_cache = Compiled(folder)

    def messages(
        self, handouts: Sequence[str], *, alone: bool = False
    ) -> tuple[TemplateMessages, ...]:
        """Return what these handouts ask for and, unless `alone`, all layouts and parts.

        As `catalog.extract` finds it; here the templates are parsed to be expanded, too.
        """
        names = {f"{HANDOUTS}/{handout}.html" for handout in handouts}
        environment = self.environment
        return tuple(
            messages_of(
                self.folders,
                wanted=lambda name: (
                    name in names or not (alone or name.startswith(f"{HANDOUTS}/"))
                ),
                parsed=lambda name, _: environment.calls(name),
            )
        )

    def sources(self) -> Sources:
        """Return the sources of facts, by key."""
        return read_sources(self.folders)


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> HandoutEnvironment:
    return HandoutEnvironment(folders)


def reached(expansion: Expansion) -> frozenset[Key]:
    """Return the messages that an expansion asked for.

    An extracted message that no expansion asks for is lost text.
    """
    return frozenset(lookup.key for lookup in expansion.lookups)


def expand(
    templates: TemplateSet,
    handout: str,
    *,
    vetted: Vetted,
    source: Vetted,
    language: Language,
    context: Context,
    sink: Sink,
    deadline_s: float = DEADLINE_S,
) -> Expansion | None:
    """Return the handout's markup, or None if its template cannot be run.

    A message without a usable translation appears in English, tagged as English, and
    its lookup says why; whether that refuses the edition is for the caller.

    Args:
        templates: Where templates are.
        handout: The handout's name.
        vetted: The edition's messages.
        source: The English messages.
        language: The edition's language.
        context: What the template is told.
        sink: Takes mistakes in templates, and `furniture-untranslated`.
        deadline_s: Seconds of computing after which the template counts as endless.
    """
    env = templates.environment
    run = Run(
        vetted=vetted,
        source=source,
        own=Numerals(language, context.digits),
        english=_english(context.source),
        deadline_s=deadline_s,
    )
    run.variables = _variables(handout, language, context, templates.sources())
    token, showing = CURRENT.set(run), SHOWING.set(run.value_markup)
    try:
        return _expanded(env, handout, context, run, sink)
    except Exception as error:  # a template can raise anything; all are its author's
        if _is_bug(error):
            raise
        sink.extend(run.findings)
        sink.report(_diagnosed(error, env, run))
        return None
    finally:
        SHOWING.reset(showing)
        CURRENT.reset(token)


def _expanded(
    env: HandoutEnvironment, handout: str, context: Context, run: Run, sink: Sink
) -> Expansion | None:
    name = f"{HANDOUTS}/{handout}.html"
    template = env.get_template(name)
    layout = env.outlines[_name(env.get_template(context.layout))]
    outline = env.outlines[name]
    run.nonce = outline.digest
    findings = list(handout_findings(outline, layout))
    sink.extend(findings)
    if any(finding.code in _FATAL for finding in findings):
        return None
    sources = read_sources(env.folders.folders)
    markup, variables = _rendered(env, template, run)
    run.findings += _variable_findings(variables, outline, sources)
    sink.extend(sources.findings)
    sink.extend(run.findings)
    sink.extend(_furniture(run.lookups, context))
    return Expansion(
        markup=markup,
        lookups=tuple(run.lookups),
        nonce=run.nonce,
        variables=MappingProxyType(variables),
    )


_FATAL: Final = frozenset({"missing-layout", "missing-variable", "missing-block"})


def _rendered(
    env: HandoutEnvironment, template: Template, run: Run
) -> tuple[str, dict[str, object]]:
    """Return the markup and what the handout sets at its top level."""
    state = template.new_context(run.variables)
    pieces: list[str] = []
    try:
        for piece in template.root_render_func(state):
            run.charge(len(piece))
            pieces.append(piece)
        run.look_at_time()
    except Exception:  # noqa: BLE001  # the engine raises it again, with template lines
        env.handle_exception()
    return "".join(pieces), {name: state.vars.get(name) for name in VARIABLES}


def _variables(
    handout: str, language: Language, context: Context, sources: Sources
) -> dict[str, object]:
    """Return all names that a template may use, besides filters and functions."""

    def sources_data(keys: Iterable[str]) -> tuple[Source, ...]:
        return tuple(sources.by_key[key] for key in keys if key in sources.by_key)

    return {
        "layout": context.layout,
        "locale": language.locale,
        "source": context.source,
        "format": context.format,
        "handout": handout,
        "clinic": context.clinic,
        "country": context.country,
        "unsigned": context.unsigned,
        "made_by": context.made_by,
        "signed": context.signed,
        "is_source": language.is_same_language(_english(context.source).language),
        "english_name": language.english_name,
        "own_name": language.own_name,
        "weekdays": weekdays(language, getattr(context.country, "code", None)),
        "sources_data": sources_data,
    }


def _variable_findings(
    variables: Mapping[str, object], outline: Outline, sources: Sources
) -> Iterable[Diagnostic]:
    """Yield what is wrong with the values that a handout sets."""
    if not isinstance(variables["version"], str) or not variables["version"].strip():
        yield _bad_value("version", 'a text such as `"0.1"`', outline)
    if not isinstance(variables["symbol"], str):
        yield _bad_value("symbol", 'a symbol\'s name such as `"info"`', outline)
    for name in ("written", "review_by"):
        if not _MONTH.fullmatch(str(variables[name])):
            yield _bad_value(name, 'a month such as `"2026-11"`', outline)
    keys = variables["sources"]
    if not isinstance(keys, (list, tuple)):
        yield _bad_value("sources", 'a list such as `["cochrane-2025"]`', outline)
        return
    for key in keys:
        if key not in sources.by_key:
            yield Diagnostic(
                code="unknown-source",
                message=f"source `{key}` is not in templates/sources.toml",
                hint=nearest(str(key), sources.by_key)
                or f"add a table `[{key}]` to templates/sources.toml",
                file=outline.file,
                line=outline.assigned.get("sources"),
            )


def _bad_value(name: str, wanted: str, outline: Outline) -> Diagnostic:
    return Diagnostic(
        code="invalid-variable",
        message=f"`{name}` of the handout is not of its form",
        hint=f"set `{name}` to {wanted}",
        file=outline.file,
        line=outline.assigned.get(name),
    )


def _furniture(lookups: Iterable[Lookup], context: Context) -> Iterable[Diagnostic]:
    """Yield one warning if the layout's own words appear in English."""
    unusable = {State.MISSING, State.FUZZY, State.FAILING}
    texts = {
        lookup.key.msgid: None
        for lookup in lookups
        if lookup.furniture and lookup.state in unusable
    }
    if texts:
        yield Diagnostic(
            code="furniture-untranslated",
            severity=Severity.WARNING,
            message=f"{len(texts)} of the layout's own texts appear in English",
            hint="translate them in this language's handouts.po",
            file=f"templates/{context.layout}",
            notes=tuple(f"`{text}`" for text in texts),
        )


def _diagnosed(error: Exception, env: HandoutEnvironment, run: Run) -> Diagnostic:
    attributes = {
        field.name
        for value in run.variables.values()
        if is_dataclass(value)
        for field in fields(value)
    }
    names = Names(
        names=(*run.variables, *VARIABLES, *env.globals),
        attributes=attributes,
        filters=(name for name in env.filters if not name.startswith("_")),
    )
    return diagnose(
        error, files=env.files, names=names, templates=env.folders.list_templates
    )


def _is_bug(error: Exception) -> bool:
    """Return True for a fault of this program: it is no diagnostic."""
    if isinstance(error, TemplateError):
        return False
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    module = frames[-1].f_globals.get("__name__", "")
    kinds = (AttributeError, NameError, LookupError, AssertionError)
    return isinstance(error, kinds) and str(module).startswith("handouts.")


def _english(source: str) -> Numerals:
    return Numerals(language(source))


def _name(template: Template) -> str:
    assert template.name is not None
    return template.name
