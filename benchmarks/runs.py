"""The runs themselves: rivals in turn, re-runs, stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from unittest.mock import patch

from auditkit.collate import collate
from auditkit.returns.collate import read_returns
from auditkit.round import load
from benchmarks import stages
from benchmarks.audits import Scenario
from benchmarks.measure import run
from benchmarks.results import ONE_MORE, UNCHANGED, Row, Run, Stages, median
from benchmarks.rivals import auditkit_collate
from benchmarks.rivals.job import ROOT, Job, Rival
from benchmarks.rounds import AS_AT

Tell = Callable[[str], None]


def compared(
    what: str, scenario: Scenario, job: Job, size: int, rivals: Sequence[Rival], times: int, tell: Tell
) -> Iterator[Row]:
    """Run rivals in turn, each ``times`` times, and yield what each took."""
    took: dict[str, list[Run]] = {rival.NAME: [] for rival in rivals}
    for n in range(times):
        for rival in rivals:
            tell(f"{what} {scenario.name} {size:,}: {rival.NAME}, run {n + 1} of {times}")
            rival.prepare(job)
            took[rival.NAME].append(_once(rival, job))
    for name, runs in took.items():
        yield Row(what, scenario.name, size, name, len(runs), median(runs))


def again(scenario: Scenario, job: Job, size: int, times: int, tell: Tell) -> Iterator[Row]:
    """Collate a second and a third time: nothing changed, then one return more."""
    unchanged, one_more = [], []
    last = max((job.round / "returns").iterdir())
    held = job.round / last.name
    for n in range(times):
        tell(f"collate again {scenario.name} {size:,}: run {n + 1} of {times}")
        last.rename(held)
        auditkit_collate.prepare(job)
        _once(auditkit_collate, job)
        unchanged.append(_once(auditkit_collate, job))
        held.rename(last)
        one_more.append(_once(auditkit_collate, job))
    for what, runs in ((UNCHANGED, unchanged), (ONE_MORE, one_more)):
        yield Row(what, scenario.name, size, auditkit_collate.NAME, len(runs), median(runs))


def by_stage(scenario: Scenario, job: Job, size: int, tell: Tell) -> Stages:
    """Collate in this process and return where its time went."""
    tell(f"stages {scenario.name} {size:,}")
    auditkit_collate.prepare(job)
    # The worker can't be sampled from here, so its work is done in this process.
    reads = partial(read_returns, isolated=False)
    with patch("auditkit.read.read_returns", reads), stages.sampled() as spent:
        round_ = load(job.round)
        collate(round_, round_.returns, as_at=AS_AT)
    return Stages(scenario.name, size, spent.seconds, spent.memory)


def _once(rival: Rival, job: Job) -> Run:
    command = rival.command(job)
    return run(command.arguments, ROOT, command.all_variables())
