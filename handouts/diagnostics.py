"""What was found, where, and the way out: the only language rooms use to complain.

A leaf: every stage takes a `Sink` and reports to it; `cli/` renders. An author's
mistake is a `Diagnostic`; the program's own fault is a `HandoutsError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum

__all__ = ["Diagnostic", "HandoutsError", "Severity", "Sink", "printable"]


class HandoutsError(Exception):
    """The program's own fault, or a broken machine: never an author's mistake."""


class Severity(Enum):
    """How much a finding weighs; the value is the word that is printed."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    `line` and `column` count from 1; `file` is a path as the user would type it,
    relative to the project folder where it lies inside. `quote` is the offending line
    as it stands in the file, `quoted_width` how many characters of it from `column`
    are meant. Unknown values are None.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    locale: str | None = None
    handout: str | None = None
    msgid: str | None = None
    quote: str | None = None
    quoted_width: int = 1
    notes: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """True if this refuses what it is about."""
        return self.severity is Severity.ERROR


@dataclass(slots=True)
class Sink:
    """Collects diagnostics in the order found; the same one twice counts once."""

    _found: dict[Diagnostic, None] = field(default_factory=dict)

    def report(self, diagnostic: Diagnostic) -> None:
        """Take one finding."""
        self._found.setdefault(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take several findings."""
        for diagnostic in diagnostics:
            self.report(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings so far."""
        return tuple(self._found)

    @property
    def has_errors(self) -> bool:
        """True if any finding is an error."""
        return any(diagnostic.is_error for diagnostic in self._found)

    def located(self, **place: str | None) -> tuple[Diagnostic, ...]:
        """All findings, with `locale` and `handout` filled in where they are unknown."""
        return tuple(
            replace(d, **{k: v for k, v in place.items() if getattr(d, k) is None})  # type: ignore[arg-type]  # keys are the two str fields
            for d in self._found
        )


def printable(text: str) -> str:
    r"""Return `text` with control, bidi and zero-width characters as `\u{XXXX}`.

    Catalogs come from strangers: nothing of theirs reaches a terminal raw.
    """
    if text.isprintable():  # as nearly all are
        return text
    return "".join(
        c if c.isprintable() or c == " " else f"\\u{{{ord(c):04X}}}" for c in text
    )
