"""What a check is: one class, one code, one pure method that yields findings.

To add one: write the class beside its like, put it into `CHECKS` in `registry.py`, and
give it a row of good, exempt and bad cases in `tests/checks/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar, runtime_checkable

from handouts.catalog.model import Key
from handouts.checks.terms import Terms
from handouts.checks.text import Parsed
from handouts.diagnostics import Severity
from handouts.languages import Language

__all__ = [
    "Check",
    "Finding",
    "Form",
    "SelectiveCheck",
    "SignedCheck",
    "Subject",
    "applies",
    "fewest",
]

_Found = TypeVar("_Found")


class Finding(NamedTuple):
    """What a check found in `msgstr[form]`; a length of 0 means all of it."""

    form: int
    offset: int
    length: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One msgstr, and the English it answers to.

    `sources` holds the msgid; with a plural, the two English texts, the likelier one
    first: a form that agrees with either is right. `count` is the only number that
    takes this form, if there is but one: such a form may say "one" or "two hours"
    instead of printing the number.
    """

    index: int
    text: Parsed
    sources: tuple[Parsed, ...]
    count: int | None = None
    plural: bool = False

    @property
    def name(self) -> str:
        """How the PO file calls it."""
        return f"msgstr[{self.index}]" if self.plural else "msgstr"

    @property
    def is_english(self) -> bool:
        """True if nothing is translated at all."""
        bare = self.text.bare
        for source in self.sources:  # noqa: SIM110  # a loop is twice as fast here
            if source.bare == bare:
                return True
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A translated message as the checks see it.

    `form_count` is how many forms the language takes; `keep` the terms that are not
    translated; `terms` those whose translation is agreed on.
    """

    key: Key
    forms: tuple[Form, ...]
    form_count: int
    language: Language
    keep: frozenset[str] = frozenset()
    terms: Terms | None = None


class Check(Protocol):
    """One property of a translation."""

    @property
    def code(self) -> str:
        """Kebab name that states the bad thing."""
        ...

    @property
    def severity(self) -> Severity:
        """How much a finding weighs."""
        ...

    @property
    def statement(self) -> str:
        """One sentence: what is wrong with what it finds."""
        ...

    @property
    def exemptable(self) -> bool:
        """True if a translator's comment may allow it for one message."""
        ...

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Yield what is wrong; the same for the same subject."""
        ...


@runtime_checkable
class SignedCheck(Check, Protocol):
    """A check that finds nothing in a message that has none of its signs."""

    @property
    def signs(self) -> frozenset[str]:
        """The signs (`signs.py`) one of which the message must have."""
        ...


@runtime_checkable
class SelectiveCheck(Check, Protocol):
    """A check that has something to say about some messages only."""

    def applies(self, subject: Subject) -> bool:
        """True if the English and the language give it something to look for."""
        ...


def applies(check: Check, subject: Subject) -> bool:
    """True if `check` may find anything in `subject`: what its false alarms count in."""
    return not isinstance(check, SelectiveCheck) or check.applies(subject)


def fewest(
    form: Form, compare: Callable[[Parsed, Parsed], Sequence[_Found]]
) -> Sequence[_Found]:
    """Return what `compare` finds against the English that `form` agrees with best."""
    return min((compare(source, form.text) for source in form.sources), key=len)
