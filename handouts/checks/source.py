"""The English itself: mistakes that a template's author makes in a trans block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from handouts.catalog.model import SourceMessage
from handouts.checks.characters import character_name, unbalanced
from handouts.checks.claims import claims_of
from handouts.checks.lexicon import ENGLISH as ENGLISH_LISTS
from handouts.checks.text import INLINE_TAGS, Kind, Parsed, parse
from handouts.checks.values import ENGLISH, numbers
from handouts.diagnostics import Diagnostic, Severity

__all__ = ["SOURCE_CODES", "source_diagnostics"]

_RAW: Final = re.compile(r"%%\(([^\W\d]\w*)\)[A-Za-z]")
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff]"
)

# What has not come up by now, which is no word on what may.
_NO_CLAIMS: Final = re.compile(r"(?<!\w)no (?:new|more|other|further|worse) side effects")


class _Found(NamedTuple):
    code: str
    severity: Severity
    message: str
    hint: str


SOURCE_CODES: Final = {
    "raw-placeholder": Severity.ERROR,
    "link-in-msgid": Severity.ERROR,
    "tag-in-msgid": Severity.ERROR,
    "broken-markup": Severity.ERROR,
    "control-character": Severity.ERROR,
    "number-in-msgid": Severity.WARNING,
    "promotional-claim": Severity.WARNING,
}
"""What `source_diagnostics` may report."""


def source_diagnostics(source: SourceMessage) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a message of the templates, at its first use."""
    file, line = source.references[0] if source.references else (None, None)
    texts = (source.key.msgid, *((source.plural,) if source.plural else ()))
    found = dict.fromkeys(found for text in texts for found in _source(parse(text)))
    if not found:
        return ()
    more = tuple(f"used by: {ref}:{at}" for ref, at in source.references[1:4])
    return tuple(
        Diagnostic(
            code=one.code,
            message=one.message,
            severity=one.severity,
            hint=one.hint,
            file=file,
            line=line,
            msgid=source.key.msgid,
            notes=more,
        )
        for one in found
    )


def _source(text: Parsed) -> Iterator[_Found]:
    if text.tokens:
        yield from _raw_placeholders(text)
        yield from _tags(text)
    if text.has_unusual:
        yield from _characters(text)
    if text.has_numerals:
        yield from _typed_numbers(text)
    yield from _claims(text)


def _raw_placeholders(text: Parsed) -> Iterator[_Found]:
    for match in _RAW.finditer(text.raw):
        yield _Found(
            "raw-placeholder",
            Severity.ERROR,
            f"`{match[0][1:]}` is typed as gettext writes it; Jinja doubles its `%`",
            f"write `{{{{ {match[1]} }}}}` in the trans block",
        )


def _tags(text: Parsed) -> Iterator[_Found]:
    for tag in text.tags:
        if tag.name == "a":
            if not tag.closing:
                yield _Found(
                    "link-in-msgid",
                    Severity.ERROR,
                    "a link stands in a message: a translation could lead elsewhere",
                    "make it a placeholder: `{{ link }}`, with the `url` filter",
                )
        elif tag.name not in INLINE_TAGS:
            yield _Found(
                "tag-in-msgid",
                Severity.ERROR,
                f"`{tag.canonical}` stands in a message",
                "end the trans block before it; a message may have "
                + ", ".join(f"`{name}`" for name in sorted(INLINE_TAGS)),
            )
        elif "%(" in tag.token.text:
            yield _Found(
                "broken-markup",
                Severity.ERROR,
                f"a placeholder stands in the tag `{tag.name}`: it is not filled in",
                "write the value itself, or move the tag out of the message",
            )
    for fault in text.faults:
        yield _Found("broken-markup", Severity.ERROR, fault.what, fault.hint)


def _characters(text: Parsed) -> Iterator[_Found]:
    for match in (*_HIDDEN.finditer(text.visible), *unbalanced(text.visible)):
        yield _Found(
            "control-character",
            Severity.ERROR,
            f"the message has the character `{character_name(match[0])}`",
            "delete it; direction is set with `<bdi>`",
        )


def _typed_numbers(text: Parsed) -> Iterator[_Found]:
    for number in numbers(text.visible, ENGLISH):
        yield _Found(
            "number-in-msgid",
            Severity.WARNING,
            f"the number `{number.text}` is typed into a message",
            f"make it a placeholder: `{{% trans n={number.text}|number %}}`"
            if text.of(Kind.PLACEHOLDER) == () and number.text.isdecimal()
            else "make it a placeholder",
        )


def _claims(text: Parsed) -> Iterator[_Found]:
    """Yield what the English promises; a template has no comment that could allow it."""
    shown = text.plain
    if ENGLISH_LISTS.may_claim(shown):
        for claim in claims_of(_NO_CLAIMS.sub("", shown), ENGLISH_LISTS):
            yield _Found(
                "promotional-claim",
                Severity.WARNING,
                f"the English claims `{claim}`",
                "say what is known and what is not; a question or a denial is no claim",
            )
