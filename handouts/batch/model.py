"""What those who ask for many editions and those who make them say to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeVar

from handouts.batch.plan import Job
from handouts.diagnostics import Diagnostic

__all__ = ["Brief", "Each", "Outcome", "Start", "Status", "Work"]

_Thing = TypeVar("_Thing")
_Answer = TypeVar("_Answer")
Work = Callable[[Job], "Outcome"]
"""Makes one edition; picklable."""
Start = Callable[[], None]
"""Runs once in each process, before its first job; picklable."""


class Each(Protocol):
    """Does a piece of work for each of several things, in any of the processes."""

    def __call__(
        self, work: Callable[[_Thing], _Answer], things: Sequence[_Thing], /
    ) -> Iterator[_Answer]:
        """Yield the answers in the order of the things; all are picklable."""
        ...


Brief = Callable[[Each, bool], Start]
"""Is called once, in this process; every one runs what it returns.

The second argument is True if those that work at the jobs have what this process has.
"""


class Status(Enum):
    """What became of an edition."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One edition's end: its status, findings, and the manifest's record (None: none).

    `told` is whatever else the work has to say to whoever asked for it; picklable.
    `place` is where the edition stands among those that were asked for, from 0.
    """

    job: Job
    status: Status
    diagnostics: tuple[Diagnostic, ...] = ()
    record: dict[str, object] | None = None
    told: object = None
    place: int = 0
