"""The only room with argv, stdout, stderr and an exit status.

Arguments → settings → a command. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from handouts import __version__
from handouts.diagnostics import Diagnostic, Severity, Sink
from handouts.report import ReportForm, render

if TYPE_CHECKING:
    from handouts.batch import Outcome
    from handouts.build import BuildRequest, Workshop

__all__ = ["main", "run"]

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130

_FORMS: Final = get_args(ReportForm)
_MOST_PLACES: Final = 6
_HELP: Final = {"help_option_names": ["-h", "--help"]}


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
            found = [_placed(*one) for one in _merged(found)]
        text = render(found, self.form, color=color)
        click.echo(text, err=not is_json, nl=False, color=color)


def main(argv: Sequence[str]) -> int:
    """Run the command line; return the exit status (0, 1, 2 or 130)."""
    terminal = Terminal(form=_form_named_in(argv))
    _escape_what_cannot_be_printed()
    try:
        with _termination_interrupts():
            status = _group.main(
                _arranged(argv), prog_name="handouts", standalone_mode=False, obj=terminal
            )
        return int(status or DONE)
    except click.ClickException as error:
        _show_usage(error, terminal)
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        terminal.show([_interrupted()])
        return INTERRUPTED
    except OSError as error:
        terminal.show([_unwritten(error)])
        return USAGE
    except Exception as error:  # a fault of ours is told, not thrown at people
        if terminal.verbose:
            raise
        terminal.show([_fault(error)])
        return USAGE


def run() -> None:
    """Entry point of the installed script `handouts`."""
    sys.exit(main(sys.argv[1:]))


def _interrupted() -> Diagnostic:
    return Diagnostic(
        code="interrupted",
        message="the run was interrupted",
        hint="run it again: what is finished is kept",
    )


def _unwritten(error: OSError) -> Diagnostic:
    return Diagnostic(
        code="cannot-write",
        message=f"a file cannot be written: {(error.strerror or str(error)).lower()}",
        hint="free some space, or see whether you may write there",
        file=None if error.filename is None else str(error.filename),
    )


def _fault(error: Exception) -> Diagnostic:
    return Diagnostic(
        code="internal-fault",
        message=f"the program failed: {type(error).__name__}: {error}",
        hint="run it with `-v` for the traceback, and please report it",
    )


def _show_usage(error: click.ClickException, terminal: Terminal) -> None:
    if terminal.form == "text":
        error.show()
        return
    message = error.format_message().rstrip(".")
    hint = "`python make_handouts.py --help` lists commands and options"
    fact = message[:1].lower() + message[1:]
    terminal.show([Diagnostic(code="usage", message=fact, hint=hint)])


def _form_named_in(argv: Sequence[str]) -> ReportForm:
    """Return the form of findings before the arguments are read: they may be wrong."""
    found = "text"
    for before, one in zip(("", *argv), argv, strict=False):
        name, _, value = one.partition("=")
        if before == "--diagnostic-format":
            found = one
        elif name == "--diagnostic-format":
            found = value
    return next((form for form in _FORMS if form == found), "text")


def _escape_what_cannot_be_printed() -> None:
    """Let a console without UTF-8 show escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


@contextmanager
def _termination_interrupts() -> Iterator[None]:
    """Let SIGTERM end a build as Ctrl-C does: workers end, the manifest is kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


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
    if not is_general_help and (not rest or rest[0] not in _group.commands):
        rest.insert(0, "build")
    return [*general, *rest]


@click.group(context_settings=_HELP)
@click.version_option(__version__, message="handouts %(version)s")
@click.option(
    "-C", "--directory", type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(), help="A project folder of your own.",
)  # fmt: skip
@click.option(
    "--diagnostic-format", type=click.Choice(_FORMS), default="text",
    help="How findings are written.",
)  # fmt: skip
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto",
    help="Colour in findings (NO_COLOR and FORCE_COLOR are honoured).",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but findings.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.pass_obj
def _group(terminal: Terminal, /, **options: Any) -> None:  # noqa: ANN401  # click's values
    """Turn translated catalogs into print-ready PDF leaflets.

    Without a command, every handout is built in every locale.
    """
    terminal.project = options["directory"]
    terminal.form = options["diagnostic_format"]
    terminal.color = options["color"]
    terminal.quiet = options["quiet"]
    terminal.verbose = options["verbose"]


def _choosing(command: Any) -> Any:  # noqa: ANN401  # a decorator of click's own type
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


def _request(terminal: Terminal, options: dict[str, Any]) -> BuildRequest:
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
    )


@_group.command("build")
@_choosing
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("output"),
              help="Where the leaflets go.")  # fmt: skip
@click.option("--draft/--no-draft", default=False,
              help="Also write editions with gaps, marked DRAFT.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--force", is_flag=True, help="Make every edition anew.")
@click.pass_obj
def _build(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Write the leaflets."""
    from handouts.build import build_all  # noqa: PLC0415  # start-up

    return _carry_out(
        terminal, _request(terminal, options), build_all, strict=options["strict"]
    )


@_group.command("check")
@_choosing
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_obj
def _check(terminal: Terminal, /, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check templates, catalogs, fonts and settings; write no PDF."""
    from handouts.build import check_all  # noqa: PLC0415  # start-up

    return _carry_out(
        terminal, _request(terminal, options), check_all, strict=options["strict"]
    )


_Runner = Callable[
    ["Workshop", "BuildRequest", Sink, "Callable[[Outcome, int], None]"],
    "Iterator[Outcome]",
]


def _carry_out(
    terminal: Terminal, request: BuildRequest, runner: _Runner, *, strict: bool
) -> int:
    """Run all editions, show the findings, and count at the end."""
    from handouts.build import open_workshop  # noqa: PLC0415  # start-up

    started = time.monotonic()
    sink = Sink()
    workshop = open_workshop(request, sink)
    if workshop is None:
        terminal.show(sink)
        return USAGE
    outcomes: list[Outcome] = []
    try:
        with _Progress(terminal) as progress:
            outcomes.extend(runner(workshop, request, sink, progress.step))
    except BaseException:  # what an interrupted run has found is worth knowing
        terminal.pending = _all_found(sink, outcomes)
        raise
    found = _all_found(sink, outcomes)
    terminal.show(found)
    terminal.tell(_count(outcomes, found, time.monotonic() - started))
    return _status(found, strict=strict)


@_group.command("extract")
@click.pass_obj
def _extract(terminal: Terminal, /) -> int:
    """Write `locales/handouts.pot` from the templates."""
    from handouts.build import extract_all  # noqa: PLC0415  # start-up

    return _print_lines(terminal, extract_all)


@_group.command("update")
@click.option("-l", "--locale", "locales", multiple=True, help="A locale; repeatable.")
@click.pass_obj
def _update(terminal: Terminal, /, locales: tuple[str, ...]) -> int:
    """Bring every catalog up to date with the templates."""
    from handouts.build import update_all  # noqa: PLC0415  # start-up

    return _print_lines(
        terminal, lambda workshop, sink: update_all(workshop, locales, sink)
    )


@_group.command("init")
@click.argument("locale")
@click.pass_obj
def _init(terminal: Terminal, /, locale: str) -> int:
    """Make a new catalog for LOCALE."""
    from handouts.build import init_locale  # noqa: PLC0415  # start-up

    return _print_lines(
        terminal, lambda workshop, sink: init_locale(workshop, locale, sink)
    )


@_group.command("fonts")
@click.option("-l", "--locale", "locales", multiple=True, help="A locale; repeatable.")
@click.pass_obj
def _fonts(terminal: Terminal, /, locales: tuple[str, ...]) -> int:
    """List the fonts, their source and licence, and what each locale lacks."""
    from handouts.build import describe_fonts  # noqa: PLC0415  # start-up

    return _print_lines(
        terminal, lambda workshop, sink: describe_fonts(workshop, locales, sink)
    )


@_group.command("info")
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=None,
              help="As `build` takes it.")  # fmt: skip
@click.pass_obj
def _info(terminal: Terminal, /, jobs: int | None) -> int:
    """Print every setting, its value and where it came from."""
    from handouts.build import describe_workshop  # noqa: PLC0415  # start-up

    return _print_lines(terminal, lambda workshop, _: describe_workshop(workshop), jobs)


def _print_lines(
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
    return _status(list(sink), strict=False)


def _all_found(sink: Sink, outcomes: Iterable[Outcome]) -> tuple[Diagnostic, ...]:
    made = (one for outcome in outcomes for one in outcome.diagnostics)
    return tuple(dict.fromkeys((*sink, *made)))


def _merged(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, list[str]]]:
    """Return each finding once, with the editions that share it: people read it once."""
    places: dict[Diagnostic, dict[str, None]] = {}
    for one in diagnostics:
        shared = places.setdefault(replace(one, locale=None, handout=None), {})
        named = one.locale is not None and f"/{one.locale}/" in (one.file or "")
        parts = (None if named and not one.handout else one.locale, one.handout)
        if place := "/".join(part for part in parts if part):
            shared.setdefault(place)
    return [(one, list(shared)) for one, shared in places.items()]


def _placed(one: Diagnostic, places: list[str]) -> Diagnostic:
    """Return the finding with a note that names its editions."""
    if not places:
        return one
    more = len(places) - _MOST_PLACES
    listed = ", ".join(places[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
    return replace(one, notes=(*one.notes, f"in: {listed}"))


def _status(found: Sequence[Diagnostic], *, strict: bool) -> int:
    from handouts.build import USAGE_CODES  # noqa: PLC0415  # start-up

    if any(one.code in USAGE_CODES for one in found):
        return USAGE
    return FINDINGS if any(strict or one.is_error for one in found) else DONE


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
    warnings = [one for one, _ in _merged(found) if one.severity is Severity.WARNING]
    return f"{', '.join(parts)}, {_plural(len(warnings), 'warning')} in {seconds:.1f} s"


class _Progress:
    """One line that is cleared on a terminal; a line per edition elsewhere."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._live = sys.stderr.isatty() and not (terminal.quiet or terminal.verbose)
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
            self._terminal.tell(
                f"{outcome.status.value} {outcome.job.file}{self._more(outcome)}"
            )

    def _more(self, outcome: Outcome) -> str:
        """Return pages and edition code, for those who want to know more."""
        record = outcome.record
        if record is None or not self._terminal.verbose:
            return ""
        return f"  {record['pages']} pages, {record['body_pt']} pt, code {record['code']}"
