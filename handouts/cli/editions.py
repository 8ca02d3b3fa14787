"""`build` and `check`: run all editions, show what was found, count at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.arguments import DAY, choosing, request_of, this_day
from handouts.cli.terminal import USAGE, Terminal, merged, status_of
from handouts.diagnostics import Diagnostic, Severity, Sink, printable

if TYPE_CHECKING:
    from handouts.batch import Outcome
    from handouts.build import BuildRequest, Workshop

__all__ = ["Progress", "build", "check"]


@click.command("build")
@choosing
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"),
              help="Where the leaflets go.")  # fmt: skip
@click.option("--draft/--no-draft", default=False,
              help="Also write editions with gaps, marked DRAFT.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--force", is_flag=True, help="Make every edition anew.")
@click.pass_obj
def build(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Write the leaflets."""
    from handouts.build import build_all  # noqa: PLC0415  # start-up

    return _carry_out(
        terminal, request_of(terminal, options), build_all, strict=options["strict"]
    )


@click.command("check")
@choosing
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--pages", is_flag=True,
              help="Also lay all pages out: does text leave its frame?")  # fmt: skip
@click.option("--fix", is_flag=True,
              help="First mend what is certain in the project's catalogs.")  # fmt: skip
@click.option("--today", type=DAY, default=None,
              help="The day to judge by, if it is not today.")  # fmt: skip
@click.pass_obj
def check(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check templates, catalogs, fonts and settings; write no PDF."""
    from handouts.build import check_all, fix_all  # noqa: PLC0415  # start-up

    def mend(workshop: Workshop, sink: Sink) -> None:
        for line in fix_all(workshop, options["locales"], sink):
            if terminal.form != "json":
                click.echo(printable(line))

    request = replace(
        request_of(terminal, options),
        today=options["today"] or this_day(),
        pages=options["pages"],
    )
    first = mend if options["fix"] else None
    return _carry_out(terminal, request, check_all, strict=options["strict"], first=first)


_Runner = Callable[
    ["Workshop", "BuildRequest", Sink, "Callable[[Outcome, int], None]"],
    "Iterator[Outcome]",
]


def _carry_out(
    terminal: Terminal,
    request: BuildRequest,
    runner: _Runner,
    *,
    strict: bool,
    first: Callable[[Workshop, Sink], None] | None = None,
) -> int:
    """Do what comes `first`, run all editions, show the findings, count at the end."""
    from handouts.build import open_workshop  # noqa: PLC0415  # start-up

    started = time.monotonic()
    sink = Sink()
    workshop = open_workshop(request, sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    if first is not None:
        first(workshop, sink)
    outcomes: list[Outcome] = []
    try:
        with Progress(terminal) as progress:
            outcomes.extend(runner(workshop, request, sink, progress.step))
    except BaseException:  # what an interrupted run has found is worth knowing
        terminal.pending = _all_found(sink, outcomes)
        raise
    found = _all_found(sink, outcomes)
    terminal.show(found)
    terminal.tell(_count(outcomes, found, time.monotonic() - started))
    return status_of(found, strict=strict)


def _all_found(sink: Sink, outcomes: Iterable[Outcome]) -> tuple[Diagnostic, ...]:
    # Not as they ended: several processes are not equally fast each time.
    ordered = sorted(outcomes, key=attrgetter("place"))
    made = (one for outcome in ordered for one in outcome.diagnostics)
    return tuple(dict.fromkeys((*sink, *made)))


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _count(
    outcomes: Sequence[Outcome], found: Sequence[Diagnostic], seconds: float
) -> str:
    """Return the closing line: what was written, refused and warned of."""
    from handouts.batch import Status  # noqa: PLC0415  # start-up

    tally = {status: sum(o.status is status for o in outcomes) for status in Status}
    done = Status.CHECKED if tally[Status.CHECKED] else Status.WRITTEN
    parts = [f"{_plural(tally[done], 'edition')} {done.value}"]
    if tally[Status.UNCHANGED]:
        parts.append(f"{tally[Status.UNCHANGED]} unchanged")
    parts.append(f"{tally[Status.REFUSED]} refused")
    warnings = merged(one for one in found if one.severity is Severity.WARNING)
    return f"{', '.join(parts)}, {_plural(len(warnings), 'warning')} in {seconds:.1f} s"


class Progress:
    """One line that is cleared on a terminal; a line per edition elsewhere."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._live = sys.stderr.isatty() and not (terminal.quiet or terminal.verbose)
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if self._live:
            from rich.console import Console  # noqa: PLC0415  # only on a terminal
            from rich.progress import Progress  # noqa: PLC0415  # only on a terminal

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("editions", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, outcome: Outcome, total: int) -> None:
        """Show that one more of `total` editions has ended."""
        if self._bar is not None:
            self._bar.update(self._task, advance=1, total=total)
        else:
            self._terminal.tell(
                f"{outcome.status.value} {outcome.job.file}{self._more(outcome)}"
            )

    def _more(self, outcome: Outcome) -> str:
        """Return pages and edition code, for those who want to know more."""
        record = outcome.record
        if record is None or not self._terminal.verbose:
            return ""
        return f"  {record['pages']} pages, {record['body_pt']} pt, code {record['code']}"
