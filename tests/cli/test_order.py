"""Findings stand in one order, however fast the processes were that found them."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from handouts.batch import Job, Outcome, Status
from handouts.cli.editions import _all_found
from handouts.diagnostics import Diagnostic, Sink


def outcome(place: int, locale: str, handout: str) -> Outcome:
    job = Job(handout=handout, locale=locale, format="a4")
    own = Diagnostic(code="no-change", message=job.name, locale=locale, handout=handout)
    shared = Diagnostic(code="no-change", message="in all of them")
    return Outcome(job=job, status=Status.CHECKED, diagnostics=(own, shared), place=place)


def test_findings_stand_by_edition() -> None:
    sink = Sink()
    sink.report(Diagnostic(code="no-change", message="of no edition"))
    ended = [outcome(0, "en", "b"), outcome(1, "ar", "b"), outcome(2, "ar", "a")]

    found = {
        tuple(one.message for one in _all_found(sink, order))
        for order in permutations(ended)
    }

    expected = ("of no edition", "en/b-a4", "in all of them", "ar/b-a4", "ar/a-a4")
    assert found == {expected}


@pytest.mark.parametrize("processes", ["1", "2"])
def test_editions_keep_the_order_in_which_they_were_asked_for(
    german: Any, processes: str
) -> None:
    german.add_handout("later", german.handout.replace("<p>", "<p>{{ x }}"))
    german.add_catalog("nl", german.german)

    answer = german.run("check", "-l", "nl", "-l", "en", "-j", processes)

    assert "= in: nl, en\n" in answer.stderr
