"""Inline tags: those of the source, spelt alike, properly nested, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Form, Subject
from handouts.checks.signs import TAGS
from handouts.checks.text import INLINE_TAGS, Parsed, Tag
from handouts.diagnostics import Severity

__all__ = ["BrokenMarkup", "DroppedTag", "UnknownTag"]


class DroppedTag:
    """The source stresses, isolates or marks something, the translation does not."""

    code: Final = "dropped-tag"
    severity: Final = Severity.ERROR
    statement: Final = "the translation lacks an inline tag that the source has"
    exemptable: Final = True
    signs: Final = frozenset({TAGS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each start tag that is missing."""
        for form in subject.forms:
            if not any(source.tags for source in form.sources):
                continue
            wanted, found = _likest(form).start_tags, form.text.start_tags
            lost = Counter(wanted) - Counter(found) if wanted != found else Counter()
            for tag in sorted(lost.elements()):
                yield Finding(
                    form.index, 0, 0,
                    f"translation lacks `{tag}`, which the source has",
                    f"put `{tag}` round the same words, as the msgid does"
                    if tag != "<br>" else "add `<br>` to the msgstr",
                )  # fmt: skip


class UnknownTag:
    """The translation has a tag of its own."""

    code: Final = "unknown-tag"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has an inline tag that the source lacks"
    exemptable: Final = False
    signs: Final = frozenset({TAGS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each start tag that the source does not have (that often)."""
        for form in subject.forms:
            if not form.text.tags:
                continue
            left = Counter(_likest(form).start_tags)
            for tag in form.text.tags:
                if tag.closing and tag.name in INLINE_TAGS:
                    continue  # nesting is another check's
                left[tag.canonical] -= 1
                if left[tag.canonical] < 0:
                    yield _unknown(form, tag)


class BrokenMarkup:
    """Tags that do not nest, or are not finished."""

    code: Final = "broken-markup"
    severity: Final = Severity.ERROR
    statement: Final = "the tags of the translation do not nest, or are not finished"
    exemptable: Final = False
    signs: Final = frozenset({TAGS})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each fault of the markup."""
        for form in subject.forms:
            for fault in form.text.faults:
                length = fault.end - fault.start
                yield Finding(form.index, fault.start, length, fault.what, fault.hint)


def _unknown(form: Form, tag: Tag) -> Finding:
    allowed = sorted({t.canonical for s in form.sources for t in s.tags if not t.closing})
    hint = (
        f"use {' or '.join(f'`{t}`' for t in allowed)}" if allowed else "delete the tag"
    )
    return Finding(
        form.index,
        tag.token.start,
        tag.token.end - tag.token.start,
        f"translation has `{tag.canonical}`, which the source lacks",
        hint,
    )


def _likest(form: Form) -> Parsed:
    """Return the English whose tags differ least from the form's."""
    for source in form.sources:
        if source.start_tags == form.text.start_tags:
            return source
    own = Counter(form.text.start_tags)

    def distance(source: Parsed) -> int:
        theirs = Counter(source.start_tags)
        return ((theirs - own) + (own - theirs)).total()

    return min(form.sources, key=distance)
