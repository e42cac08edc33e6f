"""docs/scale.md, written from what was measured so that no figure in it is typed by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks import table, targets
from benchmarks.audits import SCENARIOS
from benchmarks.results import Results
from benchmarks.rivals.job import ROOT

PATH = ROOT / "docs" / "scale.md"
NOTE = "<!-- Written by python -m benchmarks --docs from benchmarks/results/latest.json. -->"
INTRO = """\
How long a round of {least:,} to {most:,} recipients takes, and what else could do the same work.

{picture}

Measured on {day}: {machine}. Every figure is the median of the runs in its row. CPU time is what to compare:
the clock also counts what else the machine was doing. Memory of all processes counts shared pages once for
each. auditkit runs as it is installed by itself, without pandas.

Every recipient has returned a workbook. Returns are made up from a seed: about 85 % of the questions are
answered, in texts of 20 to 600 characters, no two alike. The Section 11 audit is the shipped one with its
register repeated; the other asks 14 × 8 questions, as a school's audit does."""
ASKED = """\
What auditkit was to reach on two cores, and what was measured. Times are by the clock, and so is whether a
target is met; on a machine that was doing something else as well, the CPU time beside it says more. ≈ marks
what was worked out from a smaller round, each return taken to cost the same; no target is met by that."""
GENERATE = """\
XlsxWriter writes each workbook from scratch, with everything in it that auditkit puts there. openpyxl loads
one workbook, writes the recipient's name into it and saves it: everyone is asked the same. Pre-filled
workbooks (`--prefill`) show beside each question what their recipient answered last time, as made-up
recipients did to 85 % of the questions."""
COLLATE = """\
The loops put all cells of all sheets below each other. They don't know whose a workbook is or which question
a cell answers, and check nothing. datamaps reads cells by their address from a list.

≈ marks what a rival's largest run comes to if its cost a return stays the same; the column *ms each* shows
whether it does."""
AGAIN = "The CPU time of a second run as a share of a cold one."
PAST = """\
[On a cluster](cluster.md) reading is shared out among all workers; tables and master are made by one process.
So many workers shorten the first, and nothing shortens the second. Below is what that comes to from the CPU
time a return that was measured on this one machine (*Where the time goes*, the largest round of each audit).
**It is worked out and wasn't measured**: fetching files from a store and the network between machines come on
top, and a large round's memory isn't in it."""
STAGES = """\
auditkit's own CPU time, all in one process, and the most memory that process held at that stage."""


def text(results: Results) -> str:
    """Return the page."""
    picture = "![CPU time against the number of recipients](pictures/scale.png)"
    sizes = [row.size for row in results.rows]
    said = {"least": min(sizes), "most": max(sizes), "day": results.day, "machine": results.machine}
    parts = [NOTE, "# Scale", INTRO.format(picture=picture, **said)]
    parts += ["## Against what was asked", ASKED, table.markdown(targets.HEADINGS, targets.rows(results))]
    for what, about in (("generate", GENERATE), ("collate", COLLATE)):
        parts += [f"## auditkit {what}", about]
        for name, scenario in SCENARIOS.items():
            rows = list(table.comparison(results, what, name))
            if rows:
                parts += [f"### {what}: {scenario.title}", table.markdown(table.HEADINGS, rows)]
            grown = table.growth(results, name, 1_700, 25_000)
            if what == "collate" and grown is not None:
                parts.append(f"One return of 25,000 takes {grown:.2f} times what one of 1,700 does.")
    parts += ["## Again", AGAIN, table.markdown(table.RERUN_HEADINGS, table.reruns(results))]
    largest = {stages.scenario: stages for stages in sorted(results.stages, key=lambda one: one.size)}
    parts += ["## Past one machine", PAST]
    for name, stages in largest.items():
        parts.append(f"### On a cluster: {SCENARIOS[name].title}, from {stages.size:,} returns")
        parts.append(table.markdown(table.PAST_HEADINGS, table.past_one_machine(stages)))
    parts += ["## Where the time goes", STAGES]
    for stages in results.stages:
        parts.append(f"### {SCENARIOS[stages.scenario].title}, {stages.size:,} returns")
        parts.append(table.markdown(table.STAGE_HEADINGS, table.by_stage(stages)))
    return "\n\n".join(parts) + "\n"


def write(results: Results, path: Path = PATH) -> None:
    """Write the page."""
    path.write_text(text(results), encoding="utf-8", newline="\n")
