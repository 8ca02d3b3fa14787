from __future__ import annotations

import importlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from handouts.batch import (
    Brief,
    Each,
    Job,
    Start,
    Status,
    available_cores,
    plan,
    processes,
    run,
)
from handouts.batch.processes import can_fork

WORKERS = """\
import os, signal, time
from handouts.batch import Outcome, Status
STARTED = []

def start():
    STARTED.append(os.getpid())

def work(job):
    assert STARTED == [os.getpid()]
    if job.handout == "deadly":
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job=job, status=Status.WRITTEN, record={"pid": os.getpid()})

def failing_start():
    os._exit(1)

KNOWN = []

def square(number):
    return number * number

def know(numbers):
    assert not KNOWN
    KNOWN.extend(numbers)

def work_briefed(job):
    return Outcome(job=job, status=Status.WRITTEN, record={"known": list(KNOWN)})

def work_told(job):
    work(job)
    return work_briefed(job)

def deadly_elsewhere(here):
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return 7
"""


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Return a module that spawned processes can import."""
    (tmp_path / "pool_workers.py").write_text(WORKERS)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("pool_workers")
    del sys.modules["pool_workers"]


def jobs(*handouts: str) -> tuple[Job, ...]:
    return plan(handouts, ["en"], lambda _locale: ["a4"])


def test_one_worker_is_this_process(workers: ModuleType) -> None:
    found = list(run(jobs("a", "b"), workers.work, workers=1, start=workers.start))
    assert [outcome.job.handout for outcome in found] == ["a", "b"]
    assert not multiprocessing.active_children()


def test_no_jobs_start_nothing(workers: ModuleType) -> None:
    assert list(run((), workers.work, workers=2, start=workers.failing_start)) == []


def test_many_workers_do_every_job_once(workers: ModuleType) -> None:
    wanted = jobs(*"abcdefg")
    found = list(run(wanted, workers.work, workers=2, start=workers.start))
    assert sorted(outcome.job for outcome in found) == sorted(wanted)
    assert not multiprocessing.active_children()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_worker_costs_its_own_job_only(workers: ModuleType) -> None:
    wanted = jobs("a", "deadly", "c", "d", "e", "f")
    found = list(run(wanted, workers.work, workers=2, start=workers.start))
    assert sorted(outcome.job for outcome in found) == sorted(wanted)
    (lost,) = (one for one in found if one.status is Status.REFUSED)
    (diagnostic,) = lost.diagnostics
    assert lost.job.handout == "deadly"
    assert diagnostic.code == "worker-lost"
    assert diagnostic.message == (
        "the process that made `en/deadly-a4` ended without an answer"
    )
    assert diagnostic.hint == "the machine may be out of memory: build again with `-j 1`"


def test_workers_that_cannot_begin_lose_each_job(workers: ModuleType) -> None:
    found = list(
        run(jobs("a", "b"), workers.work, workers=2, start=workers.failing_start)
    )
    assert [one.diagnostics[0].code for one in found] == ["worker-lost"] * 2


def test_a_run_that_is_given_up_leaves_no_process(workers: ModuleType) -> None:
    outcomes = run(jobs(*"abcdefgh"), workers.work, workers=2, start=workers.start)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]  # a generator
    assert not multiprocessing.active_children()


def test_cores_are_counted() -> None:
    assert available_cores() >= 1


def test_cores_are_counted_where_none_can_be_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert available_cores() == 1


def _brief(workers: ModuleType, told: list[list[int]]) -> Brief:
    """Return a brief that asks for squares and lets every process know them."""

    def brief(each: Each, _is_shared: bool) -> Start:
        told.append(list(each(workers.square, (1, 2, 3, 4))))
        return partial(workers.know, told[-1])

    return brief


@pytest.mark.parametrize("count", [1, 2])
def test_every_process_is_briefed_before_its_first_job(
    workers: ModuleType, count: int
) -> None:
    told: list[list[int]] = []
    brief = _brief(workers, told)
    found = list(
        run(
            jobs(*"abcdefg"),
            workers.work_briefed,
            workers=count,
            start=workers.start,
            brief=brief,
        )
    )
    assert told == [[1, 4, 9, 16]]  # once
    assert [outcome.record for outcome in found] == [{"known": [1, 4, 9, 16]}] * 7
    workers.KNOWN.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_that_is_lost_while_all_are_briefed_costs_nothing(
    workers: ModuleType,
) -> None:
    answers: list[int] = []

    def brief(each: Each, _is_shared: bool) -> Start:
        answers.extend(each(workers.deadly_elsewhere, (os.getpid(), os.getpid())))
        return partial(workers.know, answers)

    found = list(
        run(
            jobs("a", "b", "c"),
            workers.work_briefed,
            workers=2,
            start=workers.start,
            brief=brief,
        )
    )
    assert answers == [7, 7]
    assert [outcome.status for outcome in found] == [Status.WRITTEN] * 3


A_RUN = """\
import os, signal, sys, threading, time
from functools import partial
from handouts.batch import Outcome, Status, plan, run

HERE = []

def nothing():
    pass

def square(number):
    return number * number

def know(numbers):
    HERE.append(numbers)

def work(job):
    if job.handout == "deadly":
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
    return Outcome(job=job, status=Status.WRITTEN, record={"here": HERE})

def brief(each, is_shared):
    HERE.append(is_shared)
    return partial(know, list(each(square, (1, 2, 3))))

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if "thread" in sys.argv:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    jobs = plan(("a", "deadly", "c", "d"), ["en"], lambda _: ["a4"])
    for found in run(jobs, work, workers=2, start=nothing, brief=brief):
        print(found.job.handout, found.status.value, found.record)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
@pytest.mark.parametrize("has_thread", [False, True], ids=["alone", "threads"])
def test_workers_are_forked_only_from_a_process_without_threads(
    tmp_path: Path, has_thread: bool
) -> None:
    script = tmp_path / "a_run.py"
    script.write_text(A_RUN)
    ended = subprocess.run(
        [sys.executable, str(script), *(["thread"] if has_thread else [])],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    is_forked = sys.platform == "linux" and not has_thread
    # A fork has what its parent has found out and done; others are told of it.
    known = {"here": [True, [1, 4, 9]] if is_forked else [[1, 4, 9]]}
    assert ended.stderr == ""
    assert sorted(ended.stdout.splitlines()) == [
        f"a written {known}",
        f"c written {known}",
        f"d written {known}",
        "deadly refused None",
    ]


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_only_linux_tells_of_all_threads(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert not can_fork()


def test_without_the_list_of_threads_nothing_is_forked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unlisted(_path: Path) -> Iterator[Path]:
        raise FileNotFoundError

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "iterdir", unlisted)
    assert not can_fork()


@pytest.mark.parametrize("threads", [1, 2])
def test_a_process_is_forked_while_it_has_no_other_thread(
    monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "iterdir", lambda path: iter([path] * threads))
    assert can_fork() is (threads == 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_processes_that_start_anew_are_told(
    workers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: False)
    told: list[list[int]] = []
    wanted = jobs("a", "deadly", "c")
    found = list(
        run(
            wanted,
            workers.work_told,
            workers=2,
            start=workers.start,
            brief=_brief(workers, told),
        )
    )
    assert told == [[1, 4, 9, 16]]
    assert sorted(outcome.job for outcome in found) == sorted(wanted)
    made = [one.record for one in found if one.status is Status.WRITTEN]
    assert made == [{"known": told[0]}] * 2
    assert workers.KNOWN == []
