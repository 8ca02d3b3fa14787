"""Diagnostics → text for people, JSON for programs, annotations for GitHub.

Catalog text comes from strangers and a terminal obeys control characters, so what is
printed goes through `printable`; JSON escapes everything outside ASCII instead, which
is as safe and keeps each value exact.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal, assert_never

from handouts.diagnostics import Diagnostic, Severity, printable

__all__ = [
    "SCHEMA",
    "ReportForm",
    "render",
    "render_github",
    "render_json",
    "render_text",
]

ReportForm = Literal["text", "json", "github"]

SCHEMA: Final = 1
"""Version of the JSON form; a change that breaks a reader raises it."""

_JSON_FIELDS: Final = (
    "code", "severity", "message", "hint", "file", "line", "column", "locale",
    "handout", "msgid",
)  # fmt: skip
_QUOTE_WIDTH: Final = 120  # characters of a long line that are shown
_QUOTE_LEAD: Final = 40  # of these, how many may stand before what is meant
_CODE_POINTS: Final = 12  # a longer part is quoted, its code points are not listed
_ELLIPSIS: Final = "\u2026"
_RTL: Final = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_WIDE: Final = frozenset({"W", "F"})
_COLOURS: Final = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_PLAIN: Final = "\x1b[0m"


def render(
    diagnostics: Iterable[Diagnostic], form: ReportForm, *, color: bool = False
) -> str:
    """Return `diagnostics` in one of the forms, with a line end after the last line.

    Nothing found is the empty string, but for JSON, which is one object always.
    """
    match form:
        case "text":
            return render_text(diagnostics, color=color)
        case "json":
            return render_json(diagnostics)
        case "github":
            return render_github(diagnostics)
        case _:
            assert_never(form)


def render_text(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """Return the form for people: where, the line itself, carets, and the way out."""
    return "\n".join(_text(diagnostic, color=color) for diagnostic in diagnostics)


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return one JSON object; unknown values are null."""
    found = [
        {
            **{name: getattr(diagnostic, name) for name in _JSON_FIELDS},
            "severity": diagnostic.severity.value,
        }
        for diagnostic in diagnostics
    ]
    return json.dumps({"schema": SCHEMA, "diagnostics": found}, indent=2) + "\n"


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return workflow commands that GitHub shows beside the changed lines."""
    return "".join(_annotation(diagnostic) + "\n" for diagnostic in diagnostics)


def _text(diagnostic: Diagnostic, *, color: bool) -> str:
    lines = [_headline(diagnostic, color=color)]
    gutter = len(str(diagnostic.line or "")) or 1
    margin = " " * (gutter + 1)
    if diagnostic.file is not None:
        lines.append(f"{' ' * max(gutter - 1, 1)}--> {_place(diagnostic)}")
    notes = [printable(note) for note in diagnostic.notes]
    if diagnostic.quote and diagnostic.line is not None:
        shown, marks = _quoted(diagnostic)
        lines += [f"{margin}|", f"{diagnostic.line:>{gutter}} | {shown}"]
        if marks is None:
            notes.insert(0, _code_points(diagnostic))
        else:
            lines.append(f"{margin}| {marks}")
    lines += [f"{margin}= {note}" for note in notes]
    if diagnostic.hint is not None:
        lines.append(f"hint: {printable(diagnostic.hint)}")
    return "\n".join(lines) + "\n"


def _headline(diagnostic: Diagnostic, *, color: bool) -> str:
    label = f"{diagnostic.severity.value}[{diagnostic.code}]"
    if color:
        label = f"{_COLOURS[diagnostic.severity]}{label}{_PLAIN}"
    return f"{label}: {printable(diagnostic.message)}"


def _place(diagnostic: Diagnostic) -> str:
    parts = (diagnostic.file, diagnostic.line, diagnostic.column)
    return printable(":".join(str(part) for part in parts if part is not None))


def _quoted(diagnostic: Diagnostic) -> tuple[str, str | None]:
    """Return the line as it is shown, and the carets; None where carets would lie.

    A terminal reorders right-to-left text and stacks combining marks, so that no
    column of it is known.
    """
    quote = (diagnostic.quote or "").replace("\t", " ")
    start = max((diagnostic.column or 1) - 1, 0)
    stop = min(start + max(diagnostic.quoted_width, 1), max(len(quote), start + 1))
    quote, start, stop = _clipped(quote, start, stop)
    if not _is_plain(quote):
        return printable(quote), None
    before = _width(printable(quote[:start]))
    return printable(quote), " " * before + "^" * max(
        _width(printable(quote[start:stop])), 1
    )


def _clipped(quote: str, start: int, stop: int) -> tuple[str, int, int]:
    """Return a window of a long line, and where the part that is meant stands in it."""
    if len(quote) <= _QUOTE_WIDTH:
        return quote, start, stop
    begin = max(0, min(start - _QUOTE_LEAD, len(quote) - _QUOTE_WIDTH))
    end = begin + _QUOTE_WIDTH
    head = _ELLIPSIS if begin else ""
    tail = _ELLIPSIS if end < len(quote) else ""
    shift = len(head) - begin
    return f"{head}{quote[begin:end]}{tail}", start + shift, min(stop, end) + shift


def _is_plain(text: str) -> bool:
    """True if each character takes its own columns, from left to right."""
    return text.isascii() or not any(
        unicodedata.category(c).startswith("M") or unicodedata.bidirectional(c) in _RTL
        for c in text
    )


def _width(text: str) -> int:
    """Return how many columns of a terminal `text` takes (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)


def _code_points(diagnostic: Diagnostic) -> str:
    start = max((diagnostic.column or 1) - 1, 0)
    part = (diagnostic.quote or "")[start : start + max(diagnostic.quoted_width, 1)]
    shown = printable(part[:_QUOTE_WIDTH])
    if len(part) > _CODE_POINTS:
        return f"meant is: `{shown}`"
    codes = " ".join(f"U+{ord(character):04X}" for character in part)
    return f"meant is: `{shown}` ({codes})"


def _annotation(diagnostic: Diagnostic) -> str:
    known = {
        "file": diagnostic.file,
        "line": diagnostic.line,
        "col": diagnostic.column,
        "title": diagnostic.code,
    }
    properties = ",".join(
        f"{name}={_property(str(value))}"
        for name, value in known.items()
        if value is not None
    )
    text = printable(diagnostic.message)
    if diagnostic.hint is not None:
        text = f"{text}\nhint: {printable(diagnostic.hint)}"
    return f"::{diagnostic.severity.value} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
