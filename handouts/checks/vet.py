"""CHECK: a catalog against the templates' messages → what may be printed.

A message that fails a check at error level gives no text at all, so that nothing
downstream can print it by mistake.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Final

from handouts.catalog import locate, parse_plural_forms, single_count
from handouts.catalog.model import (
    Catalog,
    Key,
    Message,
    PluralRule,
    SourceMessage,
    State,
)
from handouts.catalog.plurals import GERMANIC
from handouts.checks.check import Check, Finding, Form, Subject
from handouts.checks.registry import CHECKS, CHECKS_BY_CODE
from handouts.checks.severities import called_for
from handouts.checks.signs import signs_of
from handouts.checks.source import source_diagnostics
from handouts.checks.terms import Terms
from handouts.checks.text import Parsed, parse
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.languages import Language

__all__ = [
    "Vetted",
    "VettedMessage",
    "vet",
    "vet_source",
    "vet_source_when_asked",
    "vet_when_asked",
]

_MAX_REFERENCES: Final = 3
_MAX_FINDINGS: Final = 20  # of one check in one message: the rest adds nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedMessage:
    """A message and what may be printed of it.

    Attributes:
        key: What identifies it.
        state: What its translation may be used for.
        forms: Safe markup, one for each plural form: inline tags kept, `&` and `<` of
            the text escaped, `%(name)s` kept and every other `%` doubled. Empty unless
            the state is TRANSLATED; the English keeps its forms even when FAILING.
        message: The entry of the catalog, where there is one.
        diagnostics: What the checks found, warnings too.
        exempted: What they found and a translator's comment allowed. For a safety
            message that is not enough: a signed review must name the code.
    """

    key: Key
    state: State
    forms: tuple[str, ...] = ()
    message: Message | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    exempted: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetted:
    """All messages of the templates, in one language; `file` is the catalog's.

    `behind` is another catalog of the language, for the messages that this one lacks.
    Each message is counted by the plural rule of the catalog that gives it.
    """

    locale: str
    file: str | None
    plural_rule: PluralRule
    messages: Mapping[Key, VettedMessage]
    behind: Vetted | None = None

    def get(self, key: Key) -> VettedMessage | None:
        """Return the message, or None if no template has it."""
        return self.given(key)[1]

    def given(self, key: Key) -> tuple[Vetted, VettedMessage | None]:
        """Return the message and what gives it: this catalog, or one behind it."""
        own = self.messages.get(key)
        lacks = own is None or own.state is State.MISSING
        return self.behind.given(key) if lacks and self.behind else (self, own)

    def findings(self, sources: Iterable[SourceMessage]) -> Iterator[Diagnostic]:
        """Yield what the checks find in the messages of `sources`, in their order."""
        for source in sources:
            if (found := self.messages.get(source.key)) is not None:
                yield from found.diagnostics

    def plural_index(self, n: int) -> int:
        """Return which of a message's forms the count `n` takes."""
        return self.plural_rule.index(n)


def vet(
    catalog: Catalog | None,
    sources: Iterable[SourceMessage],
    language: Language,
    sink: Sink,
    *,
    keep: frozenset[str] = frozenset(),
    terms: Terms | None = None,
) -> Vetted:
    """Return what `catalog` (None: there is none) may print of `sources`.

    `keep` are terms that stay untranslated, `terms` those whose translation the glossary
    gives. Findings go to `sink`. A missing or fuzzy
    message is no finding: whether it matters depends on where it stands.
    """
    sources = tuple(sources)
    vetted = vet_when_asked(catalog, sources, language, keep=keep, terms=terms)
    sink.extend(vetted.findings(sources))
    return vetted


def vet_when_asked(
    catalog: Catalog | None,
    sources: Iterable[SourceMessage],
    language: Language,
    *,
    keep: frozenset[str] = frozenset(),
    terms: Terms | None = None,
) -> Vetted:
    """Return what `vet` does; each message is looked at when it is first asked for."""

    def look(source: SourceMessage) -> VettedMessage:
        message = catalog.messages.get(source.key) if catalog else None
        if catalog is None or message is None or not _is_written(message):
            return VettedMessage(key=source.key, state=State.MISSING, message=message)
        if message.fuzzy:
            return VettedMessage(key=source.key, state=State.FUZZY, message=message)
        return _Vetting(catalog, source, message, language, keep, terms).result()

    return Vetted(
        locale=language.locale,
        file=catalog.file if catalog else None,
        plural_rule=catalog.plural_rule
        if catalog
        else parse_plural_forms(language.plural_rule),
        messages=_WhenAsked(sources, look),
    )


def vet_source(
    sources: Iterable[SourceMessage], sink: Sink, *, locale: str = "en"
) -> Vetted:
    """Return the English of `sources`, vetted: mistakes that a template's author makes.

    A failing message keeps its forms: there is nothing to print in its place, and they
    are safe, only wrong.
    """
    sources = tuple(sources)
    vetted = vet_source_when_asked(sources, locale=locale)
    sink.extend(vetted.findings(sources))
    return vetted


def vet_source_when_asked(
    sources: Iterable[SourceMessage], *, locale: str = "en", judged: bool = True
) -> Vetted:
    """Return what `vet_source` does; each message is looked at when it is asked for.

    Unless it is to be `judged`, a message has its forms, and no finding.
    """
    rule = parse_plural_forms(GERMANIC)
    messages = _WhenAsked(sources, partial(_vetted_source, judged=judged))
    return Vetted(locale=locale, file=None, plural_rule=rule, messages=messages)


def _vetted_source(source: SourceMessage, *, judged: bool) -> VettedMessage:
    diagnostics = source_diagnostics(source) if judged else ()
    failing = any(diagnostic.is_error for diagnostic in diagnostics)
    texts = (source.key.msgid, *((source.plural,) if source.plural else ()))
    return VettedMessage(
        key=source.key,
        state=State.FAILING if failing else State.SOURCE,
        forms=tuple(parse(text).fragment for text in texts),
        diagnostics=diagnostics,
    )


class _WhenAsked(Mapping[Key, VettedMessage]):
    """The messages of `sources`; `look` is called once for each that is asked for."""

    def __init__(
        self,
        sources: Iterable[SourceMessage],
        look: Callable[[SourceMessage], VettedMessage],
    ) -> None:
        self._sources = {source.key: source for source in sources}
        self._look = look
        self._known: dict[Key, VettedMessage] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._sources

    def __getitem__(self, key: Key) -> VettedMessage:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._look(self._sources[key])
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def _is_written(message: Message) -> bool:
    return any(text and not text.isspace() for text in message.msgstrs)


@dataclass(frozen=True, slots=True)
class _Vetting:
    """One translated message before all checks."""

    catalog: Catalog
    source: SourceMessage
    message: Message
    language: Language
    keep: frozenset[str]
    terms: Terms | None

    def result(self) -> VettedMessage:
        """Run the checks; say what may be printed."""
        subject = self._subject()
        diagnostics = list(self._exemption_mistakes())
        exempted: list[Diagnostic] = []
        if self.message.plural != self.source.plural:
            diagnostics.append(self._outdated_plural())
        else:
            allowed = {code for code, _ in self.message.exempt}
            for check, diagnostic in self._run(subject):
                spared = check.exemptable and check.code in allowed
                (exempted if spared else diagnostics).append(diagnostic)
        failing = any(diagnostic.is_error for diagnostic in diagnostics)
        return VettedMessage(
            key=self.source.key,
            state=State.FAILING if failing else State.TRANSLATED,
            forms=() if failing else tuple(f.text.fragment for f in subject.forms),
            message=self.message,
            diagnostics=tuple(diagnostics),
            exempted=tuple(exempted),
        )

    def _subject(self) -> Subject:
        rule, plural = self.catalog.plural_rule, self.source.plural
        english = [parse(self.source.key.msgid)]
        if plural is not None:
            english.append(parse(plural))
        return Subject(
            key=self.source.key,
            forms=tuple(
                self._form(index, text, english)
                for index, text in enumerate(self.message.msgstrs)
            ),
            form_count=rule.count if plural is not None else 1,
            language=self.language,
            keep=self.keep,
            terms=self.terms,
        )

    def _form(self, index: int, msgstr: str, english: Sequence[Parsed]) -> Form:
        if len(english) == 1:
            return Form(index=index, text=parse(msgstr), sources=tuple(english))
        count = single_count(self.catalog.plural_rule.header, index)
        return Form(
            index=index,
            text=parse(msgstr),
            sources=tuple(english if count == 1 else reversed(english)),
            count=count,
            plural=True,
        )

    def _run(self, subject: Subject) -> Iterator[tuple[Check, Diagnostic]]:
        for check, severity in called_for(signs_of(subject), self.language.language):
            for finding in islice(check.find(subject), _MAX_FINDINGS):
                yield check, self._diagnostic(check.code, severity, finding)

    def _diagnostic(self, code: str, severity: Severity, finding: Finding) -> Diagnostic:
        place = locate(self.message, finding.form, finding.offset, finding.length)
        return Diagnostic(
            code=code,
            message=finding.message,
            severity=severity,
            hint=finding.hint,
            file=self.catalog.file,
            line=place.line,
            column=place.column,
            locale=self.catalog.locale,
            msgid=self.source.key.msgid,
            quote=place.quote,
            quoted_width=place.width,
            notes=tuple(
                f"used by: {file}:{line}"
                for file, line in self.source.references[:_MAX_REFERENCES]
            ),
        )

    def _outdated_plural(self) -> Diagnostic:
        return self._diagnostic(
            "outdated-plural",
            Severity.ERROR,
            Finding(
                0, 0, 0,
                "the msgid_plural of the catalog is not that of the templates",
                "run `update`, then check the forms",
            ),
        )  # fmt: skip

    def _exemption_mistakes(self) -> Iterator[Diagnostic]:
        for code, _ in self.message.exempt:
            check = CHECKS_BY_CODE.get(code)
            if check is not None and check.exemptable:
                continue
            known = sorted(c.code for c in CHECKS if c.exemptable)
            near = difflib.get_close_matches(code, known, 1)
            finding = Finding(
                0, 0, 0,
                f"`{code}` cannot be allowed" if check
                else f"`{code}` is not the code of a check",
                "mend the translation" if check
                else f"did you mean `{near[0]}`?" if near
                else f"the codes are {', '.join(known)}",
            )  # fmt: skip
            diagnostic = self._diagnostic("exemption-ignored", Severity.WARNING, finding)
            yield replace(diagnostic, notes=())
