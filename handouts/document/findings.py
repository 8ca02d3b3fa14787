"""What the parser has to say about an element, with the template's file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from handouts.diagnostics import Diagnostic, Severity
from handouts.document.tree import Origin

__all__ = ["Findings", "origin_of"]


def origin_of(element: Any) -> Origin | None:  # noqa: ANN401  # lxml has no types
    """Return where the nearest tag that knows its place stands."""
    while element is not None:
        source = element.get("data-src")
        if source:
            file, _, line = source.rpartition(":")
            return Origin(file, int(line)) if line.isdigit() else None
        element = element.getparent()
    return None


class Findings:
    """Collects the mistakes of one markup."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    @property
    def has_errors(self) -> bool:
        """True if any of them refuses the markup."""
        return any(finding.is_error for finding in self.found)

    def error(self, code: str, element: Any, message: str, hint: str | None) -> None:  # noqa: ANN401  # lxml has no types
        """Report a mistake in or at `element`."""
        self._report(code, element, message, hint, Severity.ERROR)

    def warning(self, code: str, element: Any, message: str, hint: str | None) -> None:  # noqa: ANN401  # the same
        """Report what is allowed but looks wrong."""
        self._report(code, element, message, hint, Severity.WARNING)

    def _report(
        self,
        code: str,
        element: Any,  # noqa: ANN401  # lxml has no types
        message: str,
        hint: str | None,
        severity: Severity,
    ) -> None:
        origin = origin_of(element)
        self.found.append(
            Diagnostic(
                code=code,
                message=message,
                severity=severity,
                hint=hint,
                file=origin.file if origin else None,
                line=origin.line if origin else None,
            )
        )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the hint that names the known word most like `name`, or None."""
    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"did you mean `{found[0]}`?" if found else None
