"""`sign` and `stats`: who answers for which text, and how far each catalog is."""

from __future__ import annotations

import json
from typing import Any

import click

from handouts.cli.arguments import DAY, picking_locales, this_day
from handouts.cli.listing import print_lines
from handouts.cli.terminal import Terminal

__all__ = ["sign", "stats"]


@click.command("sign")
@click.argument("locale")
@click.argument("handouts", nargs=-1)
@click.option("--role", required=True,
              type=click.Choice(["translator", "reviewer", "clinician"]),
              help="What you answer for.")  # fmt: skip
@click.option("--name", required=True, help="Your name, as it is printed.")
@click.option("--method", type=click.Choice(["human", "machine then human"]),
              help="How the translation was made.")  # fmt: skip
@click.option("--date", type=DAY, default=None, help="The day; today if left out.")
@click.option("--allow", multiple=True, metavar="CODE",
              help="A finding that is right as it is; repeatable.")  # fmt: skip
@click.pass_obj
def sign(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Record that a named person checked HANDOUTS (all, if none is named) in LOCALE."""
    from handouts.build import SignRequest, sign_all  # noqa: PLC0415  # start-up
    from handouts.catalog import Role  # noqa: PLC0415  # start-up

    request = SignRequest(
        locale=options["locale"],
        handouts=options["handouts"],
        role=Role(options["role"]),
        name=options["name"],
        date=options["date"] or this_day(),
        method=options["method"],
        allow=options["allow"],
    )
    return print_lines(terminal, lambda workshop, sink: sign_all(workshop, request, sink))


@click.command("stats")
@click.argument("handouts", nargs=-1)
@picking_locales
@click.option("--today", type=DAY, default=None,
              help="The day to judge by, if it is not today.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.pass_obj
def stats(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Show what is translated, signed, lapsed and overdue, by locale and handout."""
    from handouts.build import count_all, stats_lines, stats_record  # noqa: PLC0415  # start-up

    def work(workshop: Any, sink: Any) -> list[str]:  # noqa: ANN401  # the room's own values
        today = options["today"] or this_day()
        counted = count_all(
            workshop, options["locales"], options["handouts"], sink, today=today
        )
        if options["as_json"]:
            return [json.dumps(stats_record(counted, today), ensure_ascii=False)]
        return list(stats_lines(counted))

    return print_lines(terminal, work)
