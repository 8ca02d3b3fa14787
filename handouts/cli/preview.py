"""`preview`: one locale in the browser, built again as its files are saved."""

from __future__ import annotations

import webbrowser

import click

from handouts.cli.terminal import DONE, USAGE, Terminal
from handouts.diagnostics import Diagnostic, Sink

__all__ = ["preview"]


@click.command("preview")
@click.argument("locale")
@click.argument("handouts", nargs=-1)
@click.option("-f", "--format", "formats", metavar="FORMAT",
              help="The format to show; else as `build` chooses it.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=0,
              help="The port of the address; 0: any that is free.")  # fmt: skip
@click.option("--open/--no-open", "opens", default=False,
              help="Open the browser, too.")  # fmt: skip
@click.pass_obj
def preview(
    terminal: Terminal,
    /,
    locale: str,
    handouts: tuple[str, ...],
    formats: str | None,
    port: int,
    *,
    opens: bool,
) -> int:
    """Show the leaflets of LOCALE in a browser, and again as you save.

    Prints the address, which only this machine can reach; Ctrl-C ends it.
    """
    from handouts.build import BuildRequest  # noqa: PLC0415  # start-up
    from handouts.preview import PortError, open_session  # noqa: PLC0415  # start-up

    request = BuildRequest(
        project=terminal.project,
        handouts=handouts,
        locales=(locale,),
        formats=(formats,) if formats else (),
        draft=True,
    )
    sink = Sink()
    try:
        session = open_session(request, port, sink)
    except PortError as error:
        sink.report(_no_port(port, str(error)))
        session = None
    if session is None:
        terminal.show(sink)
        return USAGE
    try:
        with session:
            click.echo(session.address, err=terminal.form == "json")
            terminal.tell("open this address in a browser; Ctrl-C ends the preview")
            if opens:
                webbrowser.open(session.address)
            session.run()
    except KeyboardInterrupt:  # the usual way to end it
        terminal.show(())
    return DONE


def _no_port(port: int, reason: str) -> Diagnostic:
    return Diagnostic(
        code="port-unavailable",
        message=f"port {port} cannot be used: {reason}",
        hint="leave `--port` out, and any free one is taken",
    )
