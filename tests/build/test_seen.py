"""What editions have met is told in one order, whichever of them ended first."""

from __future__ import annotations

import datetime
from itertools import permutations
from types import SimpleNamespace
from typing import Any

from handouts.batch import Job, Outcome, Status
from handouts.build.seen import LookedAt, Seen
from handouts.diagnostics import Diagnostic

NO_MESSAGES: Any = SimpleNamespace(sources=(), shared_places=())


def outcome(place: int, handout: str) -> Outcome:
    told = LookedAt(
        places=(),
        unread=(Diagnostic(code="no-change", message="of the catalog"),),
        layout=(Diagnostic(code="no-change", message=handout),),
        shared={},
        english={},
        review_by="2026-01",
    )
    job = Job(handout=handout, locale="de", format="a4")
    return Outcome(job=job, status=Status.CHECKED, told=told, place=place)


def test_what_is_left_is_told_in_the_order_asked_for() -> None:
    ended = [outcome(0, "pain"), outcome(1, "drip"), outcome(2, "diary")]

    found = set()
    for order in permutations(ended):
        seen = Seen()
        for one in order:
            seen.take(one)
        rest = [one.message for one in seen.rest(NO_MESSAGES)]
        late = seen.overdue(NO_MESSAGES, (), datetime.date(2026, 6, 1))
        found.add((*rest, *(one.handout for one in late)))

    assert found == {("of the catalog", "pain", "drip", "diary", "pain", "drip", "diary")}
