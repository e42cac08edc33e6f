"""What was measured, kept as JSON: ``latest.json`` is what docs/scale.md is written from."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"
LATEST = FOLDER / "latest.json"
# What is measured besides the tasks themselves.
UNCHANGED, ONE_MORE = "collate again, nothing changed", "collate again, one return more"


@dataclass(frozen=True)
class Run:
    """What one run took: seconds of the clock and of CPU, and bytes of memory.

    ``largest`` is the most that any one process held, ``together`` the most that all held at one moment;
    memory that processes share counts for each.
    """

    wall: float
    cpu: float
    largest: int
    together: int


@dataclass(frozen=True)
class Row:
    """The medians of one rival's runs at one size; ``what`` is "generate", "collate" or a re-run of it.

    ``size`` is the number of recipients, ``runs`` how often it was run.
    """

    what: str
    scenario: str
    size: int
    rival: str
    runs: int
    took: Run

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What tells a row from all others."""
        return self.what, self.scenario, self.size, self.rival


@dataclass(frozen=True)
class Stages:
    """auditkit's CPU seconds and largest memory (bytes) by stage, of collating one round in one process."""

    scenario: str
    size: int
    seconds: dict[str, float]
    memory: dict[str, int]

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others."""
        return self.scenario, self.size


@dataclass(frozen=True)
class Results:
    """All that was measured on one machine."""

    machine: str
    day: str
    rows: tuple[Row, ...] = ()
    stages: tuple[Stages, ...] = ()

    def row(self, what: str, scenario: str, size: int, rival: str) -> Row | None:
        """Return what one rival took, None if it wasn't run."""
        return next((row for row in self.rows if row.key == (what, scenario, size, rival)), None)

    def with_one(self, one: Row | Stages) -> Results:
        """Return the same results with one more."""
        if isinstance(one, Row):
            return replace(self, rows=(*self.rows, one))
        return replace(self, stages=(*self.stages, one))


def here() -> Results:
    """Return results of this machine, as of today, with nothing in them yet."""
    machine = f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    return Results(machine, dt.date.today().isoformat())


def read(path: Path = LATEST) -> Results:
    """Return results that were kept."""
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = (Row(**{**row, "took": Run(**row["took"])}) for row in said["rows"])
    stages = (Stages(**each) for each in said["stages"])
    return Results(said["machine"], said["day"], tuple(rows), tuple(stages))


def write(results: Results, path: Path) -> None:
    """Keep results."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(asdict(results), indent=1) + "\n", encoding="utf-8")


def renewed(old: Results, new: Results) -> Results:
    """Return new results with what only the old ones have; those of another machine are left out."""
    if old.machine != new.machine:
        return new
    rows = {row.key: row for row in (*old.rows, *new.rows)}
    stages = {each.key: each for each in (*old.stages, *new.stages)}
    return Results(new.machine, new.day, tuple(rows.values()), tuple(stages.values()))


def median(runs: Sequence[Run]) -> Run:
    """Return a run whose every figure is the median of those of ``runs``."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.largest for run in runs)),
        int(statistics.median(run.together for run in runs)),
    )
