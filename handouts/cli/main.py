"""The way in: what was typed → a command → an exit status; every fault is told."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import click

from handouts import __version__
from handouts.cli import catalogs, editions, listing, preview, review, verify
from handouts.cli.arguments import FORMS, arranged, form_named_in
from handouts.cli.terminal import DONE, INTERRUPTED, USAGE, Terminal
from handouts.diagnostics import Diagnostic

__all__ = ["COMMANDS", "main", "run"]

_HELP: Final = {"help_option_names": ["-h", "--help"]}
_ALL: Final = (
    editions.build,
    editions.check,
    catalogs.extract,
    catalogs.update,
    catalogs.init,
    preview.preview,
    review.stats,
    review.sign,
    verify.verify,
    listing.fonts,
    listing.info,
)
COMMANDS: Final = {str(command.name): command for command in _ALL}
"""Every command by its name."""


def main(argv: Sequence[str]) -> int:
    """Run the command line; return the exit status (0, 1, 2 or 130)."""
    terminal = Terminal(form=form_named_in(argv))
    _escape_what_cannot_be_printed()
    try:
        with _termination_interrupts():
            status = _group.main(
                arranged(argv, COMMANDS),
                prog_name="handouts",
                standalone_mode=False,
                obj=terminal,
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
    """Entry point: do what was typed, and end this process."""
    _end(main(sys.argv[1:]))


def _end(status: int) -> None:
    """End this process, without taking apart first all that it has read.

    Of a large project that takes as long as reading it. Whoever waits for Python's own
    end gets it: another thread, a debugger, a profiler.
    """
    if threading.active_count() == 1 and not _is_watched():
        with suppress(OSError, ValueError):  # a pipe that is closed: Python deals with it
            sys.stdout.flush()
            sys.stderr.flush()
            atexit._run_exitfuncs()
            os._exit(status)
    sys.exit(status)


def _is_watched() -> bool:
    monitoring = getattr(sys, "monitoring", None)  # Python 3.12
    tools = map(monitoring.get_tool, range(6)) if monitoring else ()
    return any((sys.gettrace(), sys.getprofile(), *tools))


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


@click.group(context_settings=_HELP, commands=COMMANDS)
@click.version_option(__version__, message="handouts %(version)s")
@click.option(
    "-C", "--directory", type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(), help="A project folder of your own.",
)  # fmt: skip
@click.option(
    "--diagnostic-format", type=click.Choice(FORMS), default="text",
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
