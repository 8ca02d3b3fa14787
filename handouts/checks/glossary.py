"""Terms that the glossary has agreed on: the translation uses the agreed word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from handouts.checks.check import Finding, Subject
from handouts.checks.terms import says_term
from handouts.diagnostics import Severity

__all__ = ["GlossaryTerm"]


class GlossaryTerm:
    """The English has a term of the glossary, the translation another word for it."""

    code: Final = "glossary-term"
    severity: Final = Severity.WARNING
    statement: Final = "the translation does not use the glossary's word for a term"
    exemptable: Final = True

    def applies(self, subject: Subject) -> bool:
        """True if the English has a term that the glossary gives in the language."""
        terms = subject.terms
        return terms is not None and any(
            terms.in_english(form.sources[0]) for form in subject.forms
        )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield each term whose agreed word is missing, in every form."""
        if subject.terms is None:
            return
        language = subject.language.language
        for form in subject.forms:
            if not form.text.bare:
                continue
            for term in subject.terms.in_english(form.sources[0]):
                if not says_term(form.text, term, language):
                    yield Finding(
                        form.index, 0, 0,
                        f"translation lacks `{term.variants[0]}`, the glossary's word "
                        f"for `{term.english}`",
                        "write it, in the form that the sentence needs; if another word "
                        "is as good, add it to locales/glossary.csv after a `|`",
                    )  # fmt: skip
