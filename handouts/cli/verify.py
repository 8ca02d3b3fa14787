"""`verify`: prove finished PDFs again, without what they were made of."""

from __future__ import annotations

import time
from pathlib import Path

import click

from handouts.cli.terminal import Terminal, status_of
from handouts.diagnostics import Diagnostic

__all__ = ["verify"]


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(path_type=Path, exists=True, dir_okay=False))  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_obj
def verify(terminal: Terminal, /, files: tuple[Path, ...], *, strict: bool) -> int:
    """Prove finished PDFs again: text, numbers, tags, fonts; that none was changed."""
    from handouts.build import verify_files  # noqa: PLC0415  # start-up

    started = time.monotonic()
    found: list[Diagnostic] = []
    sound = 0
    for one in verify_files(files):
        found += one.findings
        sound += one.is_sound
        verdict = "proved" if one.is_sound else "refused"
        terminal.tell(
            f"{verdict} {one.file}" + (f"  {one.summary}" if one.summary else "")
        )
    terminal.show(found)
    seconds = time.monotonic() - started
    files_proved = "1 file" if sound == 1 else f"{sound} files"
    terminal.tell(
        f"{files_proved} proved, {len(files) - sound} refused in {seconds:.1f} s"
    )
    return status_of(found, strict=strict)
