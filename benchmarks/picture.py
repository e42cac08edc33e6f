"""The picture of cost against size in docs/scale.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from benchmarks.audits import SCENARIOS
from benchmarks.results import Results
from benchmarks.rivals.job import ROOT
from benchmarks.tasks import TASKS

PATH = ROOT / "docs" / "pictures" / "scale.png"
SCENARIO = "section175"
MARKS = "os^D"


def write(results: Results, path: Path = PATH) -> None:
    """Draw the CPU time of each rival against the number of recipients, both growing by powers of ten."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    for axes, (what, rivals) in zip(figure.subplots(1, len(TASKS)), TASKS.items(), strict=True):
        sizes = sorted({row.size for row in results.rows if row.key[:2] == (what, SCENARIO)})
        for rival, mark in zip(rivals, MARKS, strict=False):
            points = _points(results, what, rival.NAME)
            if points:
                axes.loglog(list(points), list(points.values()), marker=mark, label=rival.NAME)
        axes.set(
            title=f"{what}: {SCENARIOS[SCENARIO].title}", xlabel="recipients", ylabel="CPU time, seconds"
        )
        axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
        axes.minorticks_off()
        axes.grid(alpha=0.3)
        axes.legend(frameon=False, loc="upper left")
    figure.savefig(path, dpi=110, metadata={"Software": None})


def _points(results: Results, what: str, rival: str) -> Mapping[int, float]:
    rows = (row for row in results.rows if row.key[:2] == (what, SCENARIO) and row.rival == rival)
    return {row.size: row.took.cpu for row in sorted(rows, key=lambda row: row.size)}
