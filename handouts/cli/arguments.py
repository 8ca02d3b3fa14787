"""What was typed, brought into click's order, and the options that commands share."""

from __future__ import annotations

import datetime
import os
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from handouts.cli.terminal import Terminal
from handouts.diagnostics import printable
from handouts.report import ReportForm

if TYPE_CHECKING:
    from handouts.build import BuildRequest

__all__ = [
    "DAY",
    "FORMS",
    "arranged",
    "choosing",
    "form_named_in",
    "picking_locales",
    "request_of",
    "this_day",
]

FORMS: Final = get_args(ReportForm)
"""The forms in which findings are written."""

_VALUE_OPTIONS: Final = ("-C", "--directory", "--diagnostic-format", "--color")
_FLAG_OPTIONS: Final = ("-q", "--quiet", "-v", "--verbose")


def arranged(argv: Sequence[str], commands: Collection[str]) -> list[str]:
    """Put general options first and `build` where no command is named.

    So `make_handouts.py ketamine-safety -l ar -q` means `-q build ketamine-safety -l ar`.
    """
    general: list[str] = []
    rest: list[str] = []
    arguments = iter(argv)
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        is_joined = bool(equals and name in _VALUE_OPTIONS) or argument.startswith("-C")
        if argument in _FLAG_OPTIONS:
            general.append(argument)
        elif argument in _VALUE_OPTIONS:
            general += [argument, *([value] if (value := next(arguments, None)) else [])]
        elif is_joined:
            general.append(argument)
        elif argument == "--":
            rest += [argument, *arguments]
        else:
            rest.append(argument)
    is_general_help = rest[:1] in (["--help"], ["-h"], ["--version"])
    if not is_general_help and (not rest or rest[0] not in commands):
        rest.insert(0, "build")
    return [*general, *rest]


def form_named_in(argv: Sequence[str]) -> ReportForm:
    """Return the form of findings before the arguments are read: they may be wrong."""
    found = "text"
    for before, one in zip(("", *argv), argv, strict=False):
        name, _, value = one.partition("=")
        if before == "--diagnostic-format":
            found = one
        elif name == "--diagnostic-format":
            found = value
    return next((form for form in FORMS if form == found), "text")


def choosing(command: Any) -> Any:  # noqa: ANN401  # a decorator of click's own type
    """Add the options that choose editions and how many are made at once."""
    for decorate in (
        click.option("-j", "--jobs", type=click.IntRange(min=0), default=None,
                     help="Processes at a time; 0: one for each core."),
        click.option("-f", "--format", "formats", multiple=True,
                     help="A format; repeatable."),
        click.option("-l", "--locale", "locales", multiple=True,
                     help="A locale; repeatable."),
        click.argument("handouts", nargs=-1),
    ):  # fmt: skip
        command = decorate(command)
    return command


def request_of(terminal: Terminal, options: dict[str, Any]) -> BuildRequest:
    """Return what a command that works on editions was asked for."""
    from handouts.build import BuildRequest  # noqa: PLC0415  # start-up

    output = options.get("output")
    return BuildRequest(
        project=terminal.project,
        handouts=options["handouts"],
        locales=options["locales"],
        formats=options["formats"],
        output=terminal.project / output if output is not None else None,
        jobs=options["jobs"],
        draft=options.get("draft", False),
        force=options.get("force", False),
        epoch_s=_epoch(os.environ.get("SOURCE_DATE_EPOCH", "")),
    )


_LATEST_EPOCH: Final = 253_402_300_799
"""The last second of the year 9999: what a date can be written for."""
_EPOCH_DIGITS: Final = 12


def _epoch(value: str) -> int | None:
    """Return SOURCE_DATE_EPOCH: seconds since 1970, or None where it is not set.

    Raises:
        click.UsageError: it is no such number; the specification wants a build to fail.
    """
    if not value:
        return None
    is_number = value.isascii() and value.isdigit() and len(value) <= _EPOCH_DIGITS
    if not is_number or int(value) > _LATEST_EPOCH:
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is `{printable(value[:40])}`, not seconds since 1970."
        )
    return int(value)


def picking_locales(command: Any) -> Any:  # noqa: ANN401  # a decorator of click's own type
    """Add the option that names locales."""
    option = click.option(
        "-l", "--locale", "locales", multiple=True, help="A locale; repeatable."
    )
    return option(command)


class _Day(click.ParamType[datetime.date]):
    """A day as ISO 8601 writes it."""

    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime.date:  # noqa: ANN401  # click's values
        """Return the day, or fail with what a day looks like."""
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is no date such as 2026-11-22", param, ctx)


DAY: Final = _Day()
"""The type of options that take a day."""


def this_day() -> datetime.date:
    """Return the day on this machine: signing is the one act that happens on a day."""
    return datetime.date.today()  # noqa: DTZ011, TID251  # the reader's own calendar day
