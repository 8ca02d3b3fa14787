"""How the program speaks: findings in one of three forms, lines to stderr, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from pathlib import Path
from typing import Final

import click

from handouts.diagnostics import Diagnostic
from handouts.report import ReportForm, render

__all__ = ["DONE", "FINDINGS", "INTERRUPTED", "USAGE", "Terminal", "merged", "status_of"]

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

_MOST_PLACES: Final = 6
_WHAT: Final = attrgetter(
    *({one.name for one in fields(Diagnostic)} - {"locale", "handout"})
)
"""What is found, whatever the edition."""


@dataclass(slots=True, kw_only=True)
class Terminal:
    """How to speak to whoever called: the form of diagnostics, colour, loudness."""

    form: ReportForm = "text"
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    project: Path = Path()
    pending: tuple[Diagnostic, ...] = ()

    def tell(self, text: str) -> None:
        """Write one line to stderr, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def show(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Render diagnostics: json to stdout as one object, the other forms to stderr."""
        is_json = self.form == "json"
        found: Iterable[Diagnostic] = (*self.pending, *diagnostics)
        color = not is_json and _wants_color(self.color)
        if not is_json:
            found = [_placed(*one) for one in merged(found)]
        text = render(found, self.form, color=color)
        click.echo(text, err=not is_json, nl=False, color=color)


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def merged(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, list[str]]]:
    """Return each finding once, with the editions that share it: people read it once."""
    found: dict[object, tuple[Diagnostic, dict[str, None]]] = {}
    for one in diagnostics:
        _, shared = found.setdefault(_WHAT(one), (one, {}))
        named = one.locale is not None and f"/{one.locale}/" in (one.file or "")
        parts = (None if named and not one.handout else one.locale, one.handout)
        if place := "/".join(part for part in parts if part):
            shared.setdefault(place)
    return [
        (replace(one, locale=None, handout=None), list(shared))
        for one, shared in found.values()
    ]


def _placed(one: Diagnostic, places: list[str]) -> Diagnostic:
    """Return the finding with a note that names its editions."""
    if not places:
        return one
    more = len(places) - _MOST_PLACES
    listed = ", ".join(places[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
    return replace(one, notes=(*one.notes, f"in: {listed}"))


def status_of(found: Sequence[Diagnostic], *, strict: bool) -> int:
    """Return the exit status that these findings stand for."""
    from handouts.build import USAGE_CODES  # noqa: PLC0415  # start-up

    if any(one.code in USAGE_CODES for one in found):
        return USAGE
    return FINDINGS if any(strict or one.is_error for one in found) else DONE
