"""The only room with argv, stdout, stderr and an exit status.

Arguments → settings → a command. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from handouts import __version__
from handouts.diagnostics import Diagnostic, HandoutsError, Severity, Sink
from handouts.report import render

if TYPE_CHECKING:
    from handouts.batch import Outcome
    from handouts.build import Workshop

__all__ = ["main", "run"]

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """How to speak to whoever called: the form of diagnostics, colour, loudness."""

    project: Path
    form: str
    color: str
    quiet: bool
    verbose: bool

    def tell(self, text: str) -> None:
        """Write one line to stderr, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def show(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Render diagnostics: json to stdout as one object, the other forms to stderr."""
        found = list(diagnostics)
        if self.form == "json":
            click.echo(render(found, form="json"))
        elif found:
            click.echo(render(found, form=self.form), err=True)


def main(argv: Sequence[str]) -> int:
    """Run the command line; return the exit status (0, 1, 2 or 130)."""
    try:
        return int(_group.main(_arranged(argv), prog_name="handouts", standalone_mode=False) or 0)
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except HandoutsError as error:
        click.echo(f"error: {error}", err=True)
        return USAGE


def run() -> None:
    """Entry point of the installed script `handouts`."""
    sys.exit(main(sys.argv[1:]))


_VALUE_OPTIONS: Final = ("-C", "--directory", "--diagnostic-format", "--color")
_FLAG_OPTIONS: Final = ("-q", "--quiet", "-v", "--verbose")


def _arranged(argv: Sequence[str]) -> list[str]:
    """Put general options first and `build` where no command is named.

    So `make_handouts.py ketamine-safety -l ar -q` means `-q build ketamine-safety -l ar`.
    """
    general: list[str] = []
    rest: list[str] = []
    arguments = iter(argv)
    for argument in arguments:
        name = argument.split("=", 1)[0]
        if argument in _FLAG_OPTIONS or ("=" in argument and name in _VALUE_OPTIONS):
            general.append(argument)
        elif argument in _VALUE_OPTIONS:
            general += [argument, *([value] if (value := next(arguments, None)) else [])]
        elif argument == "--":
            rest += [argument, *arguments]
        else:
            rest.append(argument)
    if rest[:1] in (["--help"], ["-h"], ["--version"]):
        return [*general, *rest]
    if not rest or rest[0] not in _group.commands:
        rest.insert(0, "build")
    return [*general, *rest]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="handouts %(version)s")
@click.option(
    "-C", "--directory", type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(), help="A project folder of your own.",
)  # fmt: skip
@click.option(
    "--diagnostic-format", "form", type=click.Choice(["text", "json", "github"]),
    default="text", help="How findings are written.",
)  # fmt: skip
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto",
    help="Colour in findings (NO_COLOR and FORCE_COLOR are honoured).",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.pass_context
def _group(
    context: click.Context, directory: Path, form: str, color: str, quiet: bool, verbose: bool
) -> None:
    """Turn translated catalogs into print-ready PDF leaflets.

    Without a command, every handout is built in every locale.
    """
    context.obj = Terminal(
        project=directory, form=form, color=color, quiet=quiet, verbose=verbose
    )


def _selection(command: Any) -> Any:  # noqa: ANN401  # a decorator of click's own type
    """Add the options that choose editions."""
    command = click.option(
        "-f", "--format", "formats", multiple=True, help="A format; repeatable."
    )(command)
    command = click.option(
        "-l", "--locale", "locales", multiple=True, help="A locale; repeatable."
    )(command)
    return click.argument("handouts", nargs=-1)(command)


@_group.command("build")
@_selection
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"),
              help="Where the leaflets go.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=None,
              help="Processes at a time; 0: one for each core.")  # fmt: skip
@click.option("--draft/--no-draft", default=False,
              help="Also write editions with gaps, marked DRAFT.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--force", is_flag=True, help="Make every edition anew.")
@click.pass_obj
def _build(terminal: Terminal, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Write the leaflets."""
    from handouts.build import BuildRequest, build_all, open_workshop  # noqa: PLC0415  # start-up

    started = time.monotonic()
    sink = Sink()
    request = BuildRequest(
        project=terminal.project,
        handouts=options["handouts"],
        locales=options["locales"],
        formats=options["formats"],
        output=terminal.project / options["output"],
        jobs=options["jobs"],
        draft=options["draft"],
        force=options["force"],
    )
    workshop = open_workshop(request, sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    with _Progress(terminal) as progress:
        outcomes = list(build_all(workshop, request, sink, progress.step))
    found = _once((*sink, *(one for outcome in outcomes for one in outcome.diagnostics)))
    terminal.show(found)
    terminal.tell(_count(outcomes, found, time.monotonic() - started))
    return _status(found, strict=options["strict"])


@_group.command("check")
@_selection
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_obj
def _check(terminal: Terminal, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check templates, catalogs, fonts and settings; write no PDF."""
    from handouts.build import BuildRequest, check_all, open_workshop  # noqa: PLC0415  # start-up

    sink = Sink()
    request = BuildRequest(
        project=terminal.project,
        handouts=options["handouts"],
        locales=options["locales"],
        formats=options["formats"],
    )
    workshop = open_workshop(request, sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    check_all(workshop, request, sink)
    found = _once(sink)
    terminal.show(found)
    errors = sum(one.is_error for one in found)
    terminal.tell(f"{_plural(errors, 'error')}, {_plural(len(found) - errors, 'warning')}")
    return _status(found, strict=options["strict"])


@_group.command("extract")
@click.pass_obj
def _extract(terminal: Terminal) -> int:
    """Write `locales/handouts.pot` from the templates."""
    from handouts.build import extract_all  # noqa: PLC0415  # start-up

    return _maintain(terminal, lambda workshop, sink: extract_all(workshop, sink))


@_group.command("update")
@click.option("-l", "--locale", "locales", multiple=True, help="A locale; repeatable.")
@click.pass_obj
def _update(terminal: Terminal, locales: tuple[str, ...]) -> int:
    """Bring every catalog up to date with the templates."""
    from handouts.build import update_all  # noqa: PLC0415  # start-up

    return _maintain(terminal, lambda workshop, sink: update_all(workshop, locales, sink))


@_group.command("init")
@click.argument("locale")
@click.pass_obj
def _init(terminal: Terminal, locale: str) -> int:
    """Make a new catalog for LOCALE."""
    from handouts.build import init_locale  # noqa: PLC0415  # start-up

    return _maintain(terminal, lambda workshop, sink: init_locale(workshop, locale, sink))


@_group.command("fonts")
@click.option("-l", "--locale", "locales", multiple=True, help="A locale; repeatable.")
@click.pass_obj
def _fonts(terminal: Terminal, locales: tuple[str, ...]) -> int:
    """List the fonts, their source and licence, and what each locale lacks."""
    from handouts.build import describe_fonts  # noqa: PLC0415  # start-up

    return _maintain(terminal, lambda workshop, sink: describe_fonts(workshop, locales, sink))


@_group.command("info")
@click.pass_obj
def _info(terminal: Terminal) -> int:
    """Print every setting, its value and where it came from."""
    from handouts.build import describe_workshop  # noqa: PLC0415  # start-up

    return _maintain(terminal, lambda workshop, _sink: describe_workshop(workshop))


def _maintain(terminal: Terminal, work: Any) -> int:  # noqa: ANN401  # one of the lambdas above
    """Open the workshop, do `work`, print the lines it gives to stdout."""
    from handouts.build import BuildRequest, open_workshop  # noqa: PLC0415  # start-up

    sink = Sink()
    workshop: Workshop | None = open_workshop(BuildRequest(project=terminal.project), sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    lines = work(workshop, sink)
    if terminal.form != "json":
        for line in lines:
            click.echo(line)
    found = _once(sink)
    terminal.show(found)
    return _status(found, strict=False)


def _once(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return list(dict.fromkeys(diagnostics))


def _status(found: Iterable[Diagnostic], *, strict: bool) -> int:
    refused = any(strict or one.severity is Severity.ERROR for one in found)
    return FINDINGS if refused else DONE


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _count(outcomes: Sequence[Outcome], found: Sequence[Diagnostic], seconds: float) -> str:
    """Return the closing line: what was written, refused and warned of."""
    from handouts.batch import Status  # noqa: PLC0415  # start-up

    tally = {status: sum(o.status is status for o in outcomes) for status in Status}
    parts = [f"{_plural(tally[Status.WRITTEN], 'edition')} written"]
    if tally[Status.UNCHANGED]:
        parts.append(f"{tally[Status.UNCHANGED]} unchanged")
    parts.append(f"{tally[Status.REFUSED]} refused")
    warnings = sum(one.severity is Severity.WARNING for one in found)
    return f"{', '.join(parts)}, {_plural(warnings, 'warning')} in {seconds:.1f} s"


class _Progress:
    """One line that is cleared on a terminal; a line per edition elsewhere."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._live = sys.stderr.isatty() and not terminal.quiet
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Progress:
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
            self._terminal.tell(f"{outcome.status.value} {outcome.job.file}")
