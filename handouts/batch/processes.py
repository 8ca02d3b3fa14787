"""Jobs → outcomes in worker processes, through `concurrent.futures.Executor`s.

Each job is small and named; one that fails, or takes its process with it, costs itself
and nothing else.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
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

from handouts.batch.plan import Job
from handouts.batch.pool import Brief, Outcome, Start, Status, Work
from handouts.diagnostics import Diagnostic

__all__ = ["run_in_processes"]

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
        briefing = Path(folder) / "briefing"
        work = partial(_briefed, briefing, work)
        while waiting:
            with _executor(workers, start) as executor:
                _wake(executor, workers)
                if not briefing.exists():
                    start_all = brief(partial(_each, executor))
                    briefing.write_bytes(pickle.dumps(start_all))
                suspects = yield from _collect(executor, waiting, work, workers * _AHEAD)
            for job in suspects:
                yield _made_alone(job, work, start)


def _wake(executor: Executor, workers: int) -> None:
    """Start all processes: each begins when there is something for it to do."""
    with suppress(BrokenProcessPool):  # which the first job will tell
        for _ in range(workers):
            _submitted(executor, _awake)


def _each(
    executor: Executor, work: Callable[[_Thing], _Answer], things: Sequence[_Thing]
) -> Iterator[_Answer]:
    """Yield the answers of the processes; of this one, if they are lost."""
    try:
        with _interrupts_held():
            doing = [executor.submit(work, thing) for thing in things]
        answers = [future.result() for future in doing]
    except BrokenProcessPool:
        answers = [work(thing) for thing in things]
    return iter(answers)


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


def _executor(workers: int, start: Start) -> ProcessPoolExecutor:
    # Spawned, not forked: the same on every system, and no lock of this process copied.
    return ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=partial(_begin, start)
    )


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


def _made_alone(job: Job, work: Work, start: Start) -> Outcome:
    """Run one job in a process of its own, so that only the guilty one is lost."""
    with _executor(1, start) as executor:
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
