"""Commands for translators: `extract`, `update`, `init`."""

from __future__ import annotations

import click

from handouts.cli.arguments import picking_locales
from handouts.cli.listing import print_lines
from handouts.cli.terminal import Terminal

__all__ = ["extract", "init", "update"]


@click.command("extract")
@click.pass_obj
def extract(terminal: Terminal, /) -> int:
    """Write `locales/handouts.pot` from the templates."""
    from handouts.build import extract_all  # noqa: PLC0415  # start-up

    return print_lines(terminal, extract_all)


@click.command("update")
@picking_locales
@click.pass_obj
def update(terminal: Terminal, /, locales: tuple[str, ...]) -> int:
    """Bring every catalog up to date with the templates."""
    from handouts.build import update_all  # noqa: PLC0415  # start-up

    return print_lines(
        terminal, lambda workshop, sink: update_all(workshop, locales, sink)
    )


@click.command("init")
@click.argument("locale")
@click.pass_obj
def init(terminal: Terminal, /, locale: str) -> int:
    """Make a new catalog for LOCALE."""
    from handouts.build import init_locale  # noqa: PLC0415  # start-up

    return print_lines(
        terminal, lambda workshop, sink: init_locale(workshop, locale, sink)
    )
