"""Measure auditkit and its rivals: ``python -m benchmarks``.

Without options it takes hours; it begins by saying about how many. ``--quick`` runs everything once on a
very small round, to show that it works. With ``--keep``, what was measured stays if it is broken off: the
same command goes on from there, until all of it is done.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks import page, picture, plan, results, runs, table
from benchmarks.audits import SCENARIOS, Scenario
from benchmarks.rivals.job import Job, Rival
from benchmarks.rounds import bare, returned
from benchmarks.tasks import TASKS

SIZES = (20, 200, 1_700, 25_000)
QUICK = 6
WHATS = ("generate", "collate", "again", "stages")
# What was measured by a run with --keep that isn't done.
BEGUN = results.FOLDER / "begun.json"
# Runs of each rival up to that many recipients.
TIMES = {200: 5, 1_700: 3}


def main() -> int:
    """Measure, or write the page of what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one run of everything on a very small round")
    parser.add_argument("--size", type=int, action="append", help="recipients; may be repeated")
    parser.add_argument("--scenario", choices=SCENARIOS, action="append", help="may be repeated")
    parser.add_argument("--what", choices=WHATS, action="append", help="may be repeated")
    parser.add_argument("--times", type=int, help="runs of each; by default 5, fewer of large rounds")
    parser.add_argument("--datamaps", action="store_true", help="run datamaps too, installing it if need be")
    parser.add_argument(
        "--keep", action="store_true", help="put the results into latest.json, and go on where that broke off"
    )
    parser.add_argument("--docs", action="store_true", help="only write docs/scale.md from latest.json")
    said = parser.parse_args()
    if said.docs:
        picture.write(results.read())
        page.write(results.read())
        return 0
    scenarios = said.scenario or list(SCENARIOS)[: 1 if said.quick else None]
    sizes = said.size or ([QUICK] if said.quick else SIZES)
    latest = results.read() if results.LATEST.exists() else results.here()
    kept = BEGUN if said.keep else results.FOLDER / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    new = results.here()
    if said.keep and kept.exists():
        new = results.renewed(results.read(kept), new)
    # Small rounds first: by the time the large ones are run, something is known.
    todo = [
        step
        for size in sizes
        for scenario in scenarios
        for what in said.what or WHATS
        for step in plan.steps(
            *(what, scenario, size),
            said.times or (1 if said.quick else _times(size)),
            with_datamaps=said.datamaps,
        )
        if not plan.is_done(step, new)
    ]
    tell(plan.said(todo, latest))
    for (scenario, size), steps in groupby(todo, key=lambda step: (step.scenario, step.size)):
        for each in measured(SCENARIOS[scenario], size, list(steps)):
            new = new.with_one(each)
            results.write(new, kept)  # what was measured stays, whatever comes next
            if said.keep:
                latest = results.renewed(latest, new)
                results.write(latest, results.LATEST)
    if said.keep:
        kept.unlink(missing_ok=True)
    print(table.text(new))
    return 0


def _times(size: int) -> int:
    return next((times for most, times in TIMES.items() if size <= most), 1)


def measured(
    scenario: Scenario, size: int, steps: Sequence[plan.Step]
) -> Iterator[results.Row | results.Stages]:
    """Make a round and yield what working on it took, step by step."""
    rivals = {what: _rivals(steps, what) for what in TASKS}
    times = max(step.times for step in steps)
    whats = {step.what for step in steps}
    with tempfile.TemporaryDirectory(prefix="auditkit-benchmarks-") as name:
        folder = Path(name)
        if rivals["generate"]:
            bare(scenario, folder / "bare" / "round", size)
            job = Job(folder / "bare" / "round", folder / "bare" / "scratch")
            yield from runs.compared("generate", scenario, job, size, rivals["generate"], times, tell)
        if whats == {"generate"}:
            return
        tell(f"making {size:,} returns of {scenario.name}")
        returned(scenario, folder / "returned", size)
        job = Job(folder / "returned" / "round", folder / "returned" / "scratch")
        if rivals["collate"]:
            yield from runs.compared("collate", scenario, job, size, rivals["collate"], times, tell)
        if "again" in whats:
            yield from runs.again(scenario, job, size, times, tell)
        if "stages" in whats:
            yield runs.by_stage(scenario, job, size, tell)


def _rivals(steps: Sequence[plan.Step], what: str) -> list[Rival]:
    """Return who is run at a task."""
    names = {step.rival for step in steps if step.what == what}
    return [rival for rival in TASKS[what] if rival.NAME in names]


def tell(what: str) -> None:
    """Say what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
