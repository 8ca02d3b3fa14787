"""Jobs → outcomes, in this process or in many (`processes.py`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from handouts.batch.model import Brief, Outcome, Start, Work
from handouts.batch.plan import Job

__all__ = ["available_cores", "run"]

_MOST_ON_WINDOWS: Final = 61
"""How many processes Windows can wait for (`ProcessPoolExecutor` refuses more)."""


def run(
    jobs: Sequence[Job],
    work: Work,
    *,
    workers: int,
    start: Start,
    brief: Brief = lambda _each, _is_shared: _nothing_more,
) -> Iterator[Outcome]:
    """Yield the outcome of every job as it ends.

    `work` and `start` are picklable; `start` runs once in each process. `brief` is for
    what all jobs need and takes long to find out: it is called in this process while the
    others start, may give them parts of it to do, and what it returns runs in each
    before its first job.

    `workers` 0 means one for each core; one worker means this process. A job whose
    process dies is refused as `worker-lost`; those that were under way beside it are
    made again.
    """
    wanted = min(workers or available_cores(), len(jobs))
    if sys.platform == "win32":
        wanted = min(wanted, _MOST_ON_WINDOWS)
    if wanted <= 1:
        if jobs:
            start()
            brief(map, True)()
        yield from map(work, jobs)
        return
    # Multiprocessing takes longer to load than a leaflet takes to set.
    from handouts.batch.processes import run_in_processes  # noqa: PLC0415

    yield from run_in_processes(jobs, work, workers=wanted, start=start, brief=brief)


def _nothing_more() -> None:
    """Tell a process nothing beyond what it starts with."""


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
