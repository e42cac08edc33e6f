"""What was asked of auditkit, and what was measured of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.results import ONE_MORE, UNCHANGED, Results, Row, Run
from benchmarks.rivals import (
    auditkit_collate,
    datamaps,
    pandas_calamine,
    pandas_openpyxl,
    xlsxwriter_anew,
)

HEADINGS = ("Section 11", "Asked", "Measured", "In CPU time", "Met")
SCENARIO, SIZE, LARGE = "section11", 1_700, 25_000
MEGABYTE = 1024 * 1024
# What a figure is made of: the clock, say.
Of = Callable[[Run], float]
# A figure, and whether it was worked out from a smaller round: then nothing is met by it.
Figure = tuple[float, bool]


@dataclass(frozen=True)
class Target:
    """A figure that was asked for: at least ``limit`` or, with ``at_most``, no more than that.

    ``figure`` gives what was measured, None if nothing was. A target that isn't ``timed`` has one figure.
    """

    name: str
    limit: float
    figure: Callable[[Results, Of], Figure | None]
    unit: str = " ×"
    at_most: bool = False
    timed: bool = True


def _times_quicker(what: str, rival: str, results: Results, of: Of) -> Figure | None:
    """Return how many times as long a rival takes."""
    own, other = _row(results, what, auditkit_collate.NAME, SIZE), _row(results, what, rival, SIZE)
    if own is None or other is None:
        return None
    each = of(other.took) / other.size / (of(own.took) / own.size)
    return each, {own.size, other.size} != {SIZE}


def _grown(results: Results, of: Of) -> Figure | None:
    small, large = (results.row("collate", SCENARIO, n, auditkit_collate.NAME) for n in (SIZE, LARGE))
    if small is None or large is None:
        return None
    return of(large.took) / large.size / (of(small.took) / small.size), False


def _share(again: str, results: Results, of: Of) -> Figure | None:
    """Return what a run after another takes of a cold one, in the largest round in which both were run."""
    second = _row(results, again, auditkit_collate.NAME, SIZE)
    cold = second and results.row("collate", SCENARIO, second.size, auditkit_collate.NAME)
    if second is None or cold is None:
        return None
    return of(second.took) / of(cold.took), second.size != SIZE


def _memory(size: int, results: Results, _: Of) -> Figure | None:
    row = results.row("collate", SCENARIO, size, auditkit_collate.NAME)
    return None if row is None else (row.took.together / MEGABYTE, False)


def _row(results: Results, what: str, rival: str, most: int) -> Row | None:
    """Return what was measured of the largest round up to a size."""
    rows = [row for row in results.rows if (row.what, row.scenario, row.rival) == (what, SCENARIO, rival)]
    return max((row for row in rows if row.size <= most), key=lambda row: row.size, default=None)


TARGETS = (
    Target("generate, against XlsxWriter", 25, partial(_times_quicker, "generate", xlsxwriter_anew.NAME)),
    Target("collate, against the pandas loop", 12, partial(_times_quicker, "collate", pandas_openpyxl.NAME)),
    Target(
        "collate, against the loop with calamine", 3, partial(_times_quicker, "collate", pandas_calamine.NAME)
    ),
    Target("collate, against datamaps", 15, partial(_times_quicker, "collate", datamaps.NAME)),
    Target("one return of 25,000, against one of 1,700", 1.3, _grown, at_most=True),
    Target("nothing changed, against a cold run", 0.15, partial(_share, UNCHANGED), at_most=True),
    Target("one return more, against a cold run", 0.5, partial(_share, ONE_MORE), at_most=True),
    Target("memory at most, 1,700", 700, partial(_memory, SIZE), " MB", at_most=True, timed=False),
    Target("memory at most, 25,000", 1_500, partial(_memory, LARGE), " MB", at_most=True, timed=False),
)


def rows(results: Results) -> Iterator[tuple[str, ...]]:
    """Yield what was asked, what was measured, and whether it is met: times by the clock."""
    for target in TARGETS:
        bound = "≤" if target.at_most else "≥"
        clock = target.figure(results, lambda run: run.wall)
        cpu = target.figure(results, lambda run: run.cpu) if target.timed else None
        asked = f"{bound} {target.limit:,g}{target.unit}"
        yield target.name, asked, _shown(target, clock), _shown(target, cpu), _met(target, clock)


def _shown(target: Target, figure: Figure | None) -> str:
    if figure is None:
        return ""
    value, worked_out = figure
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{'≈ ' if worked_out else ''}{value:,.{digits}f}{target.unit}"


def _met(target: Target, figure: Figure | None) -> str:
    if figure is None or figure[1]:
        return "not measured"
    is_met = figure[0] <= target.limit if target.at_most else figure[0] >= target.limit
    return "yes" if is_met else "no"
