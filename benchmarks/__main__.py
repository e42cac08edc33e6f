"""Measure auditkit and its rivals: ``python -m benchmarks``.

Without options it takes hours. ``--quick`` runs everything once on a very small round, to show that it works.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import page, picture, results, runs, table
from benchmarks.audits import SCENARIOS, Scenario
from benchmarks.rivals import datamaps
from benchmarks.rivals.job import Job, Rival
from benchmarks.rounds import bare, returned
from benchmarks.tasks import TASKS

SIZES = (20, 200, 1_700, 25_000)
QUICK = 6
WHATS = ("generate", "collate", "again", "stages")
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
    parser.add_argument("--keep", action="store_true", help="put the results into latest.json")
    parser.add_argument("--docs", action="store_true", help="only write docs/scale.md from latest.json")
    said = parser.parse_args()
    if said.docs:
        picture.write(results.read())
        page.write(results.read())
        return 0
    scenarios = [SCENARIOS[name] for name in said.scenario or list(SCENARIOS)[: 1 if said.quick else None]]
    whats = said.what or list(WHATS)
    new = results.here()
    kept = results.FOLDER / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    for scenario in scenarios:
        for size in said.size or ([QUICK] if said.quick else SIZES):
            times = said.times or (1 if said.quick else _times(size))
            for each in measured(scenario, size, times, whats, with_datamaps=said.datamaps):
                new = new.with_one(each)
                results.write(new, kept)  # what was measured stays, whatever comes next
                if said.keep:
                    old = results.read() if results.LATEST.exists() else new
                    results.write(results.renewed(old, new), results.LATEST)
    print(table.text(new))
    return 0


def _times(size: int) -> int:
    return next((times for most, times in TIMES.items() if size <= most), 1)


def measured(
    scenario: Scenario, size: int, times: int, whats: Sequence[str], *, with_datamaps: bool
) -> Iterator[results.Row | results.Stages]:
    """Make a round and yield what working on it took."""
    with tempfile.TemporaryDirectory(prefix="auditkit-benchmarks-") as name:
        folder = Path(name)
        if "generate" in whats:
            bare(scenario, folder / "bare" / "round", size)
            job = Job(folder / "bare" / "round", folder / "bare" / "scratch")
            yield from runs.compared("generate", scenario, job, size, fit("generate", size), times, tell)
        if whats == ["generate"]:
            return
        tell(f"making {size:,} returns of {scenario.name}")
        returned(scenario, folder / "returned", size)
        job = Job(folder / "returned" / "round", folder / "returned" / "scratch")
        if "collate" in whats:
            rivals = [r for r in fit("collate", size) if with_datamaps or r is not datamaps]
            yield from runs.compared("collate", scenario, job, size, rivals, times, tell)
        if "again" in whats:
            yield from runs.again(scenario, job, size, times, tell)
        if "stages" in whats:
            yield runs.by_stage(scenario, job, size, tell)


def fit(what: str, size: int) -> list[Rival]:
    """Return the rivals that are run at this size."""
    return [rival for rival in TASKS[what] if size <= rival.LARGEST]


def tell(what: str) -> None:
    """Say what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
