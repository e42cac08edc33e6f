"""Results as rows of text: the same on the screen and in the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from benchmarks.results import ONE_MORE, UNCHANGED, Results, Row, Stages
from benchmarks.tasks import TASKS

MEGABYTE = 1024 * 1024
HEADINGS = (
    "",
    "Recipients",
    "CPU, s",
    "ms each",
    "× auditkit",
    "Time, s",
    "Largest process, MB",
    "All processes, MB",
    "Runs",
)
AUDITKIT = "auditkit"
# What of reading is done when all files are read, by one process.
ALONE = ("read: compare returns", "read: keep")
# How many returns a national body may have, and by how many workers they are read.
NATIONAL, WORKERS = (25_000, 60_000), (2, 64)
PAST_HEADINGS = ("Returns", "Workers", "Reading, min", "The rest, min", "Together, min")


def comparison(results: Results, what: str, scenario: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a comparison: what each rival took at each size.

    A rival that wasn't run at a size has what its largest run makes likely, marked with ≈.
    """
    own = [row for row in results.rows if (row.what, row.scenario) == (what, scenario)]
    for rival in TASKS[what]:
        mine = {row.size: row for row in own if row.rival == rival.NAME}
        for size in sorted({row.size for row in own}) if mine else ():
            base = results.row(what, scenario, size, AUDITKIT)
            if size in mine:
                yield _measured(mine[size], base)
            elif size > max(mine):
                yield _likely(mine[max(mine)], size, base)


def reruns(results: Results) -> Iterator[tuple[str, ...]]:
    """Yield, by scenario and size, what re-runs took as a share of a cold one."""
    for row in results.rows:
        again = [results.row(what, row.scenario, row.size, AUDITKIT) for what in (UNCHANGED, ONE_MORE)]
        if row.what == "collate" and row.rival == AUDITKIT and all(again):
            shares = [f"{each.took.cpu / row.took.cpu:.0%}" for each in again if each]
            yield (row.scenario, f"{row.size:,}", f"{row.took.cpu:,.1f}", *shares)


def by_stage(stages: Stages) -> Iterator[tuple[str, ...]]:
    """Yield what each stage took, the longest first."""
    for name, seconds in sorted(stages.seconds.items(), key=lambda item: -item[1]):
        each = f"{seconds / stages.size * 1000:,.2f}"
        yield name, f"{seconds:,.1f}", each, f"{stages.memory[name] / MEGABYTE:,.0f}"


def past_one_machine(stages: Stages) -> Iterator[tuple[str, ...]]:
    """Yield what large rounds would take, by how many workers read: worked out, not measured.

    Reading is shared out; the rest is done by one process, whatever there is besides.
    """
    shared = [s for name, s in stages.seconds.items() if name.startswith("read: ") and name not in ALONE]
    read = sum(shared) / stages.size
    rest = sum(stages.seconds.values()) / stages.size - read
    for size, workers in product(NATIONAL, WORKERS):
        minutes = size * (read / workers + rest) / 60
        one = (f"{size:,}", str(workers), f"{size * read / workers / 60:,.1f}", f"{size * rest / 60:,.1f}")
        yield (*one, f"≈ {minutes:,.1f}")


def growth(results: Results, scenario: str, small: int, large: int) -> float | None:
    """Return how many times what one return takes grows from one size of round to another."""
    rows = [results.row("collate", scenario, size, AUDITKIT) for size in (small, large)]
    each = [row.took.cpu / row.size for row in rows if row]
    return each[1] / each[0] if len(each) == 2 else None


def markdown(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown, numbers to the right."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def text(results: Results) -> str:
    """Return everything as it is put on the screen."""
    parts = []
    pairs = dict.fromkeys((row.what, row.scenario) for row in results.rows if row.what in TASKS)
    for what, scenario in pairs:
        parts += [f"{what}, {scenario}", markdown(HEADINGS, comparison(results, what, scenario))]
    parts.append(markdown(RERUN_HEADINGS, reruns(results)))
    for stages in results.stages:
        parts += [f"stages, {stages.scenario}, {stages.size:,}", markdown(STAGE_HEADINGS, by_stage(stages))]
    return "\n\n".join(parts)


RERUN_HEADINGS = ("", "Recipients", "Cold, CPU s", "Nothing changed", "One return more")
STAGE_HEADINGS = ("Stage", "CPU, s", "ms a return", "Memory at most, MB")


def _measured(row: Row, base: Row | None) -> tuple[str, ...]:
    took = row.took
    return (
        row.rival,
        f"{row.size:,}",
        f"{took.cpu:,.1f}",
        f"{took.cpu / row.size * 1000:,.1f}",
        f"{took.cpu / base.took.cpu:.2f}" if base else "",
        f"{took.wall:,.1f}",
        f"{took.largest / MEGABYTE:,.0f}",
        f"{took.together / MEGABYTE:,.0f}",
        str(row.runs),
    )


def _likely(row: Row, size: int, base: Row | None) -> tuple[str, ...]:
    cpu = row.took.cpu / row.size * size
    against = f"≈ {cpu / base.took.cpu:.2f}" if base else ""
    return row.rival, f"{size:,}", f"≈ {cpu:,.1f}", "", against, "", "", "", ""
