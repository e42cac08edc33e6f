"""What is measured of a round, what of it is left to do, and how long that takes."""

from __future__ import annotations

from itertools import chain

import pytest

from benchmarks import plan
from benchmarks.__main__ import WHATS
from benchmarks.results import ONE_MORE, UNCHANGED, Results, Row, Run, Stages

TOOK = Run(10.0, 8.0, 0, 0)


def steps(size: int, *, datamaps: bool = True) -> list[plan.Step]:
    each = (plan.steps(what, "section11", size, 3, with_datamaps=datamaps) for what in WHATS)
    return list(chain.from_iterable(each))


def done(*ones: Row | Stages) -> Results:
    results = Results("a machine", "2026-10-01")
    for one in ones:
        results = results.with_one(one)
    return results


def row(what: str, size: int = 200, rival: str = "auditkit") -> Row:
    return Row(what, "section11", size, rival, 3, TOOK)


def test_a_rival_is_left_out_beyond_its_largest_round_and_if_it_wasnt_asked_for():
    assert {step.rival for step in steps(25_000)} == {"auditkit"}
    assert "datamaps" in {step.rival for step in steps(1_700)}
    assert "datamaps" not in {step.rival for step in steps(1_700, datamaps=False)}


def test_what_was_measured_isnt_measured_again():
    found = done(
        *map(row, ("generate", "collate", UNCHANGED, ONE_MORE)), Stages("section11", 200, {"load": 1.0}, {})
    )
    left = [step for step in steps(200) if not plan.is_done(step, found)]
    assert "auditkit" not in {step.rival for step in left}
    again = next(step for step in steps(200) if step.what == "again")
    assert not plan.is_done(again, done(row(UNCHANGED)))
    assert all(not plan.is_done(step, found) for step in steps(1_700))


def test_how_long_it_takes_is_what_it_took_before_and_more_for_more_returns():
    known = done(row("collate"))
    collate = [step for step in steps(200) if (step.what, step.rival) == ("collate", "auditkit")]
    larger = [step for step in steps(1_700) if (step.what, step.rival) == ("collate", "auditkit")]
    assert plan.seconds(collate, known) == (30 + 200 * plan.MAKING, 0)
    assert plan.seconds(larger, known) == (pytest.approx(30 * 8.5 + 1_700 * plan.MAKING), 0)
    assert plan.seconds(collate, done())[1] == 1
    assert plan.said(larger, known) == "1 to measure: about 0 h 04 min"
    assert "1 that were never measured" in plan.said(larger, done())
    assert plan.said([], known) == "everything was measured already"
