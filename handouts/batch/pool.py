"""Jobs → outcomes, on one process or many, through any `concurrent.futures.Executor`.

Each job is small and named; a job that fails costs itself and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context

from handouts.batch.plan import Job
from handouts.diagnostics import Diagnostic

__all__ = ["Outcome", "Status", "run"]


class Status(Enum):
    """What became of an edition."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One edition's end: its status, findings, and the manifest's record (None: refused)."""

    job: Job
    status: Status
    diagnostics: tuple[Diagnostic, ...]
    record: dict[str, object] | None = None


def run(
    jobs: Sequence[Job],
    work: Callable[[Job], Outcome],
    *,
    workers: int,
    start: Callable[[], None],
) -> Iterator[Outcome]:
    """Yield the outcome of every job as it ends.

    `work` and `start` are picklable; `start` runs once in each process. `workers` 0
    means one for each core; one worker means this process.
    """
    wanted = min(workers or available_cores(), len(jobs))
    if wanted <= 1:
        start()
        yield from map(work, jobs)
        return
    # Spawned, not forked: the same on every system, and no lock of this process copied.
    with ProcessPoolExecutor(
        wanted, mp_context=get_context("spawn"), initializer=start
    ) as executor:
        yield from _collect(executor, jobs, work)


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _collect(
    executor: Executor, jobs: Sequence[Job], work: Callable[[Job], Outcome]
) -> Iterator[Outcome]:
    futures = {executor.submit(work, job): job for job in jobs}
    try:
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _lost(futures[future])
    finally:
        for future in futures:
            future.cancel()


def _lost(job: Job) -> Outcome:
    diagnostic = Diagnostic(
        code="worker-lost",
        message=f"the process that made `{job.name}` ended without an answer",
        hint="the machine may be out of memory: build again with `-j 1`",
        locale=job.locale,
        handout=job.handout,
    )
    return Outcome(job=job, status=Status.REFUSED, diagnostics=(diagnostic,))
