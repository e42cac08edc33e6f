"""What is still to be measured, and about how long that will take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.results import ONE_MORE, UNCHANGED, Results
from benchmarks.rivals import auditkit_collate
from benchmarks.tasks import TASKS

# Seconds for each return that is made, on two cores.
MAKING = 0.02
# Stages are measured in one process, which takes about so many times as long as a run by two.
IN_ONE = 2.0


@dataclass(frozen=True)
class Step:
    """One thing to measure: a rival at a task, re-runs (``again``) or ``stages``, in a round of a size."""

    what: str
    scenario: str
    size: int
    rival: str
    times: int


def steps(what: str, scenario: str, size: int, times: int, *, with_datamaps: bool) -> Iterator[Step]:
    """Yield what is measured of a round."""
    own = auditkit_collate.NAME
    for rival in TASKS.get(what, ()):
        if size <= rival.LARGEST and (with_datamaps or rival.NAME != "datamaps"):
            yield Step(what, scenario, size, rival.NAME, times)
    if what not in TASKS:
        yield Step(what, scenario, size, own, times if what == "again" else 1)


def is_done(step: Step, done: Results) -> bool:
    """Tell whether something was measured already."""
    if step.what == "stages":
        return any(each.key == (step.scenario, step.size) for each in done.stages)
    whats = (UNCHANGED, ONE_MORE) if step.what == "again" else (step.what,)
    return all(done.row(what, step.scenario, step.size, step.rival) for what in whats)


def seconds(todo: Iterable[Step], known: Results) -> tuple[float, int]:
    """Return about how long steps take by what was measured before, and of how many that isn't known."""
    total, unknown, made = 0.0, 0, set()
    for step in todo:
        if step.what != "generate":
            made.add((step.scenario, step.size))
        one = _once(step, known)
        total += 0 if one is None else one * step.times
        unknown += one is None
    return total + sum(size * MAKING for _, size in made), unknown


def _once(step: Step, known: Results) -> float | None:
    """Return how long a step takes once: as in the largest round that was measured, return by return."""
    what = step.what if step.what in TASKS else "collate"
    rows = [
        row for row in known.rows if (row.what, row.scenario, row.rival) == (what, step.scenario, step.rival)
    ]
    if not rows:
        return None
    largest = max(rows, key=lambda row: row.size)
    exact = next((row for row in rows if row.size == step.size), None)
    cold = exact.took.wall if exact else largest.took.wall / largest.size * step.size
    # Again: a cold run, one that finds nothing new, and one with a return more.
    return cold * {"again": 2.0, "stages": IN_ONE}.get(step.what, 1.0)


def said(todo: Sequence[Step], known: Results) -> str:
    """Return how long it takes in words."""
    if not todo:
        return "everything was measured already"
    total, unknown = seconds(todo, known)
    rest = f", and {unknown} that were never measured here" if unknown else ""
    return f"{len(todo)} to measure: about {int(total // 3600)} h {int(total % 3600 // 60):02} min{rest}"
