"""``auditkit triangulate``: practitioners' answers and case grades beside agencies' own ratings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import safe, say, some

EPILOG = """\b
Examples:
  auditkit triangulate s11-2026 --survey practice-2026
  auditkit triangulate s11-2026 --survey practice-2026 --cases cases-2026
  auditkit triangulate . --survey ../practice-2026 --to board-papers
"""
ROUND = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("triangulate", epilog=EPILOG, short_help="Lay practice beside agencies' own ratings.")
@click.argument("own", metavar="SECTION11", type=ROUND)
@click.option(
    "--survey",
    type=ROUND,
    metavar="ROUND",
    required=True,
    help="The folder of a survey of practitioners. Its groups are agencies of SECTION11, by name or id.",
)
@click.option("--cases", type=ROUND, metavar="ROUND", help="The folder of a case audit.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Where to. By default reports/.")
def command(own: Path, survey: Path, cases: Path | None, to: Path | None) -> None:
    """Lay what practitioners answer beside their agency's own rating of the same standard.

    SECTION11 is the folder of a self assessment. It goes by the last collate of each round, and writes
    triangulation.xlsx and triangulation.csv: a row for each agency and standard, the largest difference
    first, each figure with how many it is of. Which question goes with which standard is said in the
    definitions ('beside'). What goes with nothing is listed. Small counts are hidden as in the survey's
    report.
    """
    from auditkit.triangulation.write import write

    folders = [own, survey, *([cases] if cases else [])]
    made, book, table = write(folders, to, dt.date.today())
    counted = [line for line in made.lines if line.rank is not None]
    agencies = len({line.agency for line in made.lines})
    standards = len({line.standard for line in made.lines})
    of = f"{some(agencies, 'agency', 'agencies')} and {some(standards, 'standard')}"
    say(f"{some(len(made.lines), 'row')} of {of}", strong=True)
    say(f"  {some(len(counted), 'difference')} ranked")
    if len(made.lines) > len(counted):
        say(f"  {some(len(made.lines) - len(counted), 'row')} without a rank: the last column says why")
    if made.unmatched:
        say(f"  Not matched: {len(made.unmatched)}; see the sheet Not matched")
    say(f"Side by side: {safe(str(book))}")
    say(f"As CSV:       {safe(str(table))}")
