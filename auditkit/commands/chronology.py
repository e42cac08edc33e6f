"""``auditkit chronology``: all agencies' chronologies in one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import safe, say, some

EPILOG = """\b
Examples:
  auditkit chronology
  auditkit chronology --subject "Child A" --from 1/9/2024 --to 31/8/2025
  auditkit chronology ../review-2026 --gap-days 14
"""
DAY = click.DateTime(["%d/%m/%Y", "%Y-%m-%d"])


@click.command("chronology", epilog=EPILOG, short_help="Merge all chronologies into one.")
@click.argument("folder", metavar="[ROUND]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--subject", default="", metavar="ROLE", help="Only what is about this person, by role.")
@click.option("--theme", default="", metavar="NAME", help="Only what has this theme.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Only what may be of this day or later.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Only what may be of this day or earlier.")
@click.option(
    "--gap-days",
    type=click.IntRange(min=1),
    metavar="N",
    help="Call so many days without an event a gap. By default as the definition says.",
)
def command(
    folder: Path | None,
    subject: str,
    theme: str,
    first: dt.datetime | None,
    last: dt.datetime | None,
    gap_days: int | None,
) -> None:
    """Put the events of all agencies in one order, and point out what to look at.

    It goes by the last collate of the round that the folder ROUND is in, by default the current one, and
    writes a workbook and a picture into reports/. Every row is in it once, with its file and row. Likely
    duplicates and contradictions stand side by side, never merged. Gaps, rows without an action or a reason,
    and dates that can't be right are listed.
    """
    from auditkit.chronology import actions, contradictions, dates, duplicates, gaps
    from auditkit.chronology.build import build
    from auditkit.chronology.order import Wanted
    from auditkit.chronology.write import write
    from auditkit.round import find, load

    round_, today = load(find(folder or Path())), dt.date.today()
    wanted = Wanted(subject, theme, first.date() if first else None, last.date() if last else None)
    chronology = build(round_, wanted, as_at=today, gap_days=gap_days)
    written = write(round_, chronology, today)
    agencies = len({event.recipient_id for event in chronology.events})
    of = some(agencies, "agency", "agencies")
    say(f"{some(len(chronology.events), 'event')} of {of}, by the last collate", strong=True)
    if chronology.left_out:
        say(f"  left out as not {safe(', '.join(chronology.filters))}: {some(chronology.left_out, 'event')}")
    counts = (
        (contradictions.KIND, "contradiction", "contradictions"),
        (duplicates.KIND, "likely duplicate", "likely duplicates"),
        (gaps.KIND, "gap", "gaps"),
        (actions.KIND, "row without an action or a reason", "rows without an action or a reason"),
        (dates.KIND, "date to check", "dates to check"),
    )
    for kind, one, many in counts:
        say(f"  {some(len(chronology.of_kind(kind)), one, many)}")
    say(f"Chronology: {written.workbook}")
    say(f"Timeline:   {written.timeline}")
