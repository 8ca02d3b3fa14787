"""Plural forms: as many as the language takes, none of them empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.signs import PLURAL
from handouts.diagnostics import Severity

__all__ = ["EmptyPluralForm", "PluralFormCount"]


class PluralFormCount:
    """More or fewer forms than the catalog's Plural-Forms says."""

    code: Final = "plural-form-count"
    severity: Final = Severity.ERROR
    statement: Final = "the translation has not as many plural forms as the language"
    exemptable: Final = False
    signs: Final = frozenset({PLURAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield one finding if the number of forms is not that of the header."""
        found, wanted = len(subject.forms), subject.form_count
        if subject.forms[0].plural and found != wanted:
            yield Finding(
                found - 1, 0, 0,
                f"translation has {found} plural form{'s' if found > 1 else ''}, "
                f"the header's nplurals is {wanted}",
                f"write msgstr[0] to msgstr[{wanted - 1}]"
                if wanted > 1 else "write msgstr[0] alone",
            )  # fmt: skip


class EmptyPluralForm:
    """A form without text beside forms that have some."""

    code: Final = "empty-plural-form"
    severity: Final = Severity.ERROR
    statement: Final = "one of the plural forms is empty"
    exemptable: Final = False
    signs: Final = frozenset({PLURAL})

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each empty form."""
        for form in subject.forms:
            if form.plural and not form.text.bare:
                yield Finding(
                    form.index, 0, 0,
                    f"{form.name} is empty",
                    "write the form for its numbers, even if it is the same as another",
                )  # fmt: skip
