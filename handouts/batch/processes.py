"""Jobs → outcomes in worker processes, through `concurrent.futures.Executor`s.

Each job is small and named; one that fails, or takes its process with it, costs itself
and nothing else.

Where a process can be forked without danger, those that work at the jobs begin with all
that this one knows by then. Elsewhere (macOS, Windows, a process with threads) each
starts anew, and what all must know is handed to it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import connection, get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from handouts.batch.model import Brief, Outcome, Start, Status, Work
from handouts.batch.plan import Job
from handouts.diagnostics import Diagnostic

__all__ = ["can_fork", "run_in_processes"]

_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")
_AHEAD: Final = 2
"""Jobs under way for each worker: none waits, and a long batch takes no more memory."""


def run_in_processes(
    jobs: Sequence[Job], work: Work, *, workers: int, start: Start, brief: Brief
) -> Iterator[Outcome]:
    """Yield the outcome of every job as it ends, as `pool.run` does."""
    waiting = deque(jobs)
    with TemporaryDirectory(prefix="handouts-") as folder:
        crew = _Crew(start, brief, Path(folder) / "briefing")
        work = partial(_briefed, crew.briefing, work)
        try:
            while waiting:
                with crew.briefed(workers) as executor:
                    suspects = yield from _collect(
                        executor, waiting, work, workers * _AHEAD
                    )
                for job in suspects:
                    yield _made_alone(job, work, crew)
        finally:
            _BRIEFED.discard(crew.briefing)


def can_fork() -> bool:
    """True if a fork of this process is whole: no thread of it would be missing.

    Only Linux tells of threads that libraries have started; elsewhere system libraries
    may have some at any time (macOS), or there is no fork.
    """
    if sys.platform != "linux":
        return False
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:  # no /proc is mounted
        return False


class _Crew:
    """The worker processes of a run; `briefing` is the file of what all must know."""

    def __init__(self, start: Start, brief: Brief, briefing: Path) -> None:
        self._start = start
        self._brief = brief
        self._told: Start | None = None
        # Decided once: the threads of the first executor are over when the next one
        # begins, but may be listed a moment longer.
        self._forks = can_fork()
        self.briefing = briefing

    @contextmanager
    def briefed(self, workers: int) -> Iterator[Executor]:
        """Give processes that know what they must, or read it before their first job."""
        if self._told is None and self._forks:
            # These help to find out what all must know, and end: those that work at the
            # jobs are forked when this process knows it.
            with self.awake(workers) as executor:
                told = self._brief(partial(_each, executor), True)
            told()
            _BRIEFED.add(self.briefing)
            self._told = told
        with self.awake(workers) as executor:
            if self._told is None:
                self._told = self._brief(partial(_each, executor), False)
                self.briefing.write_bytes(pickle.dumps(self._told))
            yield executor

    @contextmanager
    def awake(self, workers: int) -> Iterator[Executor]:
        """Start all processes: each begins when there is something for it to do."""
        with ProcessPoolExecutor(
            workers,
            mp_context=get_context("fork" if self._forks else "spawn"),
            initializer=partial(_begin, self._start),
        ) as executor:
            with suppress(BrokenProcessPool):  # which the first job will tell
                for _ in range(workers):
                    _submitted(executor, _awake)
            yield executor


def _each(
    executor: Executor, work: Callable[[_Thing], _Answer], things: Sequence[_Thing]
) -> Iterator[_Answer]:
    """Let the processes begin; yield their answers, or this one's if they are lost."""
    doing: deque[Future[_Answer]] = deque()
    with suppress(BrokenProcessPool), _interrupts_held():
        doing.extend(executor.submit(work, thing) for thing in things)
    return _answers(doing, work, things)


def _answers(
    doing: deque[Future[_Answer]],
    work: Callable[[_Thing], _Answer],
    things: Iterable[_Thing],
) -> Iterator[_Answer]:
    left = deque(things)
    with suppress(BrokenProcessPool):
        while doing:
            answer = doing.popleft().result()
            left.popleft()
            yield answer
    yield from map(work, left)


def _awake() -> None:
    """Do nothing, in a process that has started."""


_BRIEFED: set[Path] = set()


def _briefed(briefing: Path, work: Work, job: Job) -> Outcome:
    """Do a job in a process that knows what all must know."""
    if briefing not in _BRIEFED:
        gc.disable()  # what is read stays
        pickle.loads(briefing.read_bytes())()  # noqa: S301  # this program has written it
        gc.freeze()
        gc.enable()
        _BRIEFED.add(briefing)
    return work(job)


def _collect(
    executor: Executor, waiting: deque[Job], work: Work, most: int
) -> Generator[Outcome, None, list[Job]]:
    """Take jobs from `waiting` and yield what becomes of them.

    Returns the jobs that were under way when a worker was lost: any may be the cause.
    """
    flying: dict[Future[Outcome], Job] = {}
    suspects: list[Job] = []
    try:
        while (waiting or flying) and not suspects:
            while waiting and len(flying) < most:
                try:
                    future = _submitted(executor, work, waiting[0])
                except BrokenProcessPool:
                    if not flying:  # no process has even begun
                        suspects.append(waiting.popleft())
                    break  # those that fly will tell
                flying[future] = waiting.popleft()
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=flying.__getitem__):
                yield from _landed(future, flying.pop(future), suspects)
        for future, job in flying.items():
            yield from _landed(future, job, suspects)
    finally:
        for future in flying:
            future.cancel()
    return suspects


def _landed(future: Future[Outcome], job: Job, suspects: list[Job]) -> Iterator[Outcome]:
    try:
        yield future.result()
    except BrokenProcessPool:
        suspects.append(job)


def _made_alone(job: Job, work: Work, crew: _Crew) -> Outcome:
    """Run one job in a process of its own, so that only the guilty one is lost."""
    with crew.awake(1) as executor:
        try:
            return _submitted(executor, work, job).result()
        except BrokenProcessPool:
            return _lost(job)


def _submitted(
    executor: Executor, work: Callable[..., _Answer], *jobs: Job
) -> Future[_Answer]:
    with _interrupts_held():  # submitting may start a process, which inherits this
        return executor.submit(work, *jobs)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: it is for this process, not for its workers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(start: Start) -> None:
    """Begin a worker: deaf to Ctrl-C, ending when the process that started it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a fork has what its parent does
    gc.freeze()  # what is known already stays
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _lost(job: Job) -> Outcome:
    diagnostic = Diagnostic(
        code="worker-lost",
        message=f"the process that made `{job.name}` ended without an answer",
        hint="the machine may be out of memory: build again with `-j 1`",
        locale=job.locale,
        handout=job.handout,
    )
    return Outcome(job=job, status=Status.REFUSED, diagnostics=(diagnostic,))
