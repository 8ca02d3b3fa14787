"""`fonts` and `info`, and how every command that answers with lines prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from handouts.cli.arguments import picking_locales
from handouts.cli.terminal import USAGE, Terminal, status_of
from handouts.diagnostics import Sink

if TYPE_CHECKING:
    from handouts.build import Workshop

__all__ = ["fonts", "info", "print_lines"]


@click.command("fonts")
@picking_locales
@click.pass_obj
def fonts(terminal: Terminal, /, locales: tuple[str, ...]) -> int:
    """List the fonts, their source and licence, and what each locale lacks."""
    from handouts.build import describe_fonts  # noqa: PLC0415  # start-up

    return print_lines(
        terminal, lambda workshop, sink: describe_fonts(workshop, locales, sink)
    )


@click.command("info")
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=None,
              help="As `build` takes it.")  # fmt: skip
@click.pass_obj
def info(terminal: Terminal, /, jobs: int | None) -> int:
    """Print every setting, its value and where it came from."""
    from handouts.build import describe_workshop  # noqa: PLC0415  # start-up

    return print_lines(terminal, lambda workshop, _: describe_workshop(workshop), jobs)


def print_lines(
    terminal: Terminal,
    work: Callable[[Workshop, Sink], Iterable[str]],
    jobs: int | None = None,
) -> int:
    """Open the workshop, do `work`, print the lines it gives to stdout."""
    from handouts.build import BuildRequest, open_workshop  # noqa: PLC0415  # start-up

    sink = Sink()
    workshop = open_workshop(BuildRequest(project=terminal.project, jobs=jobs), sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    for line in work(workshop, sink):
        if terminal.form != "json":
            click.echo(line)
    terminal.show(sink)
    return status_of(list(sink), strict=False)
