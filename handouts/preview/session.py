"""A preview from its start to its end: build, wait for a save, build again."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from handouts.batch import Job
from handouts.build import (
    CATALOG,
    BuildRequest,
    Workshop,
    fault_diagnostic,
    jobs_for,
    open_workshop,
)
from handouts.catalog import REVIEW_FILE
from handouts.diagnostics import Diagnostic, Sink
from handouts.preview.board import Board
from handouts.preview.screen import Making
from handouts.preview.server import Server
from handouts.preview.watch import Watch, watched_files

__all__ = ["PortError", "Session", "open_session"]

_STOP_S: Final = 0.05
"""How often the server looks whether it is to stop."""
_GLANCE_S: Final = 0.15
"""Head start of the pictures over the leaflets that nobody looks at."""


class PortError(Exception):
    """The port that was asked for cannot be had."""


class Session:
    """One locale's preview; a context manager, because it holds a port."""

    def __init__(
        self, request: BuildRequest, jobs: tuple[Job, ...], server: Server
    ) -> None:
        self._request = request
        self._jobs = jobs
        self._server = server
        self._board = server.board
        self._workshop: Workshop | None = None
        self._found: tuple[Diagnostic, ...] = ()
        (self._locale,) = {job.locale for job in jobs}
        self._over = threading.Event()
        files = partial(watched_files, request.project, self._locale)
        self._watch = Watch(files, pause=self._over.wait)
        self._serving = threading.Thread(
            target=server.serve_forever, args=(_STOP_S,), daemon=True
        )

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return self._server.address

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._serving.join()
        self._server.server_close()

    def run(self) -> None:
        """Build, and again after each save, until interrupted or closed."""
        self.build()
        while (changed := self._watch.wait()) is not None:
            self.build(changed)

    def build(self, changed: frozenset[Path] | None = None) -> None:
        """Build every handout, the one that is looked at first, after what `changed`.

        A save meanwhile ends it early: the next build begins again with what is looked
        at.
        """
        self._take_up(changed)
        first, rest = _by_interest(self._jobs, self._board.wanted)
        making = self._making(first)
        self._board.put([making.drawn()])
        if self._board.wanted is not None:
            self._over.wait(_GLANCE_S)
        done = [making.proved()]
        for job in rest:
            if self._watch.has_changed():
                break
            done.append(self._making(job).proved())
        self._board.put(done, all_of_them=len(done) == len(self._jobs))

    def _take_up(self, changed: frozenset[Path] | None) -> None:
        """Read what was saved: a catalog by itself, anything else with the project."""
        if self._workshop is not None and changed and all(map(_is_catalog, changed)):
            self._workshop.forget(self._locale)
            return
        sink = Sink()
        self._workshop = self._open(sink)
        if self._workshop is not None:
            self._jobs = _jobs(self._workshop, self._request, sink) or self._jobs
        self._found = sink.diagnostics

    def _open(self, sink: Sink) -> Workshop | None:
        try:
            return open_workshop(self._request, sink)
        except Exception as error:  # noqa: BLE001  # a fault must not end the preview
            sink.report(fault_diagnostic(error))
            return None

    def _making(self, job: Job) -> Making:
        before = self._board.screen(job.handout)
        return Making(job, self._workshop, self._found, before=before)


def open_session(request: BuildRequest, port: int, sink: Sink) -> Session | None:
    """Open a preview of the one locale of `request`; None, with the reasons in `sink`.

    Raises:
        PortError: `port` is taken, or may not be used.
    """
    workshop = open_workshop(request, sink)
    jobs = _jobs(workshop, request, sink) if workshop else ()
    if not jobs:
        return None
    try:
        server = Server(Board(), port=port)
    except OSError as error:
        raise PortError((error.strerror or str(error)).lower()) from error
    return Session(request, jobs, server)


def _jobs(workshop: Workshop, request: BuildRequest, sink: Sink) -> tuple[Job, ...]:
    """Return each handout in its first format; nothing if a name is not known."""
    asked = Sink()
    jobs = jobs_for(workshop, request, asked)
    sink.extend(asked)
    if asked.has_errors:
        return ()
    return tuple({job.handout: job for job in reversed(jobs)}.values())[::-1]


def _is_catalog(path: Path) -> bool:
    return path.name in {CATALOG.name, REVIEW_FILE}


def _by_interest(
    jobs: tuple[Job, ...], wanted: str | None
) -> tuple[Job, tuple[Job, ...]]:
    first = next((job for job in jobs if job.handout == wanted), jobs[0])
    return first, tuple(job for job in jobs if job is not first)
