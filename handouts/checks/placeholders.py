"""Placeholders: what a value comes in for must be in both texts, spelt alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.signs import FIELDS
from handouts.checks.text import Kind
from handouts.diagnostics import Severity

__all__ = [
    "DroppedPlaceholder",
    "InvalidPlaceholder",
    "RepeatedPlaceholder",
    "TemplateSyntax",
    "UnknownPlaceholder",
]


class DroppedPlaceholder:
    """The source has a placeholder that the translation lacks."""

    code: Final = "dropped-placeholder"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks a placeholder that the source has"
    exemptable: Final = True
    signs: Final = frozenset({FIELDS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each missing placeholder."""
        for form in subject.forms:
            for text in _missing(form):
                yield Finding(
                    form.index, 0, 0,
                    f"translation lacks `{text}`, which the source has",
                    f"add `{text}` to the {form.name}",
                )  # fmt: skip


class UnknownPlaceholder:
    """The translation has a placeholder that nothing fills in."""

    code: Final = "unknown-placeholder"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a placeholder that the source lacks"
    exemptable: Final = False
    signs: Final = frozenset({FIELDS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each placeholder that no source text has."""
        for form in subject.forms:
            if not form.text.tokens:
                continue
            known = _of_source(form)
            for token in form.text.placeholders:
                if token.text not in known:
                    yield Finding(
                        form.index, token.start, token.end - token.start,
                        f"translation has `{token.text}`, which the source lacks",
                        _known(known),
                    )  # fmt: skip


class RepeatedPlaceholder:
    """The translation has a placeholder more often than the source."""

    code: Final = "repeated-placeholder"
    severity: Final = Severity.WARNING
    statement: Final = "the translation has a placeholder more often than the source"
    exemptable: Final = True
    signs: Final = frozenset({FIELDS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield the occurrences that are too many."""
        for form in subject.forms:
            if not form.text.tokens:
                continue
            if len({*form.text.placeholder_names}) == len(form.text.placeholder_names):
                continue  # each once
            allowed: Counter[str] = Counter()
            for source in form.sources:
                allowed |= Counter(source.placeholder_names)
            seen: Counter[str] = Counter()
            for token in form.text.placeholders:
                seen[token.text] += 1
                if 0 < allowed[token.text] < seen[token.text]:
                    yield Finding(
                        form.index, token.start, token.end - token.start,
                        f"translation has `{token.text}` more often than the source",
                        f"delete `{token.text}` here, if once is enough",
                    )  # fmt: skip


class InvalidPlaceholder:
    """A printf conversion other than `%(name)s`."""

    code: Final = "invalid-placeholder"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has a conversion that nothing fills in"
    exemptable: Final = False
    signs: Final = frozenset({FIELDS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each `%s`, `%d`, `%(x)d` or `%(x)9s`."""
        for form in subject.forms:
            if not form.text.tokens:
                continue
            known = _of_source(form)
            for token in form.text.of(Kind.PRINTF):
                yield Finding(
                    form.index, token.start, token.end - token.start,
                    f"`{token.text}` is not a valid placeholder",
                    f"{_known(known)}; a percent sign that is text takes a space "
                    "after it, or is `%%`",
                )  # fmt: skip


class TemplateSyntax:
    """Jinja syntax, which a translation never needs."""

    code: Final = "template-syntax-in-translation"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has template syntax, which would be printed"
    exemptable: Final = False
    signs: Final = frozenset({FIELDS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each sign that begins or ends Jinja syntax."""
        for form in subject.forms:
            if not form.text.tokens:
                continue
            known = _of_source(form)
            for token in form.text.of(Kind.JINJA):
                yield Finding(
                    form.index, token.start, token.end - token.start,
                    f"translation has `{token.text}`, which belongs to templates",
                    _known(known),
                )  # fmt: skip


def _of_source(form: Form) -> set[str]:
    """Return the placeholders that any text of the source has."""
    return {token.text for source in form.sources for token in source.placeholders}


def _known(known: set[str]) -> str:
    if not known:
        return "delete it: the source has no placeholder"
    return f"use {' or '.join(f'`{text}`' for text in sorted(known))}"


def _missing(form: Form) -> list[str]:
    """Return what is missing from `form`, less the number it may put into words."""
    if not form.sources[0].tokens:
        return []
    wanted, found = form.sources[0].placeholder_names, form.text.placeholder_names
    if wanted == found:
        return []
    lacking = Counter(wanted) - Counter(found)
    if form.count is not None and len(form.sources) > 1:
        lacking.pop(_number(form) or "", None)
    return sorted(lacking.elements())


def _number(form: Form) -> str | None:
    """Return the placeholder of the number, if the English tells which it is."""
    singular, plural = (set(source.placeholder_names) for source in form.sources)
    both = singular | plural
    only = both if len(both) == 1 else singular ^ plural
    return next(iter(only)) if len(only) == 1 else None
