"""``auditkit collate``: what came back, read into the master."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import (
    DECISIONS,
    DONE,
    asked_passwords,
    counting,
    passwords_option,
    round_option,
    safe,
    say,
    some,
)

if TYPE_CHECKING:
    from auditkit.collate import Collated

EPILOG = """\b
Examples:
  auditkit collate returns/
  auditkit collate returns/ --as-at 2026-12-18     what was overdue on that day
  auditkit collate returns/ --json                 the figures, for another program
  auditkit collate returns/ --ask-passwords        some came back locked with a password

\b
Exit codes: 0 all files accepted, 3 master written but something needs a decision,
1 no master, 2 wrong usage.
"""

# How many files are named on the screen; the master's Returns sheet has them all.
NAMED = 8


@click.command("collate", epilog=EPILOG, short_help="Read what came back into master.xlsx.")
@click.argument("returns", type=click.Path(path_type=Path))
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to which the master speaks (year-month-day). By default today.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the report.")
@passwords_option
@round_option
def command(
    returns: Path, as_at: dt.datetime | None, as_json: bool, ask_passwords: bool, folder: Path | None
) -> None:
    """Read every file in the folder RETURNS into the round's master.xlsx.

    Nothing in RETURNS is changed. Run it as often as you like: the master is made anew each time.
    """
    from auditkit.collate import collate
    from auditkit.round import find, find_from, load

    round_ = load(find(folder) if folder else find_from(returns))
    day = as_at.date() if as_at else dt.date.today()
    passwords = asked_passwords(ask_passwords)
    with counting("Reading returns") as on_file:
        collated = collate(round_, returns, as_at=day, passwords=passwords, on_file=on_file)
    if as_json:
        import json

        click.echo(json.dumps(collated.as_json(), ensure_ascii=False))
    else:
        report(collated)
    sys.exit(DECISIONS if collated.needs_decision else DONE)


def report(collated: Collated) -> None:
    """Print where the round stands, on one screen."""
    counts, tables = collated.counts, collated.tables
    say(f"{tables.settings.title}, as at {tables.as_at:%d/%m/%Y}", strong=True)
    back = counts.recipients - counts.not_returned
    say(f"  {back} of {some(counts.recipients, 'recipient')} sent something back")
    say(
        f"    {counts.returned} returned, {counts.partly} partly, {counts.nil_return} nil return, "
        f"{counts.not_returned} not returned"
    )
    say(f"  {some(counts.files, 'file')} read, {some(counts.answers, 'answer')}")
    say(
        f"    {counts.accepted} accepted, {counts.superseded} superseded, {counts.held} held, "
        f"{counts.rejected} rejected, {counts.passed_over} passed over"
    )
    _files(collated, "rejected", "couldn't be read; ask for the workbook again")
    _files(collated, "held", "for you to decide on (auditkit accept or exclude; see the sheet Queries)")
    queries = (tables.findings["severity"] == "query").sum()
    say(f"  {some(int(queries), 'query', 'queries')} on answers (the master's sheet Queries)")
    say()
    if collated.kept:
        say(f"The master had been edited since it was made; that one is kept as {collated.kept.name}")
    if tables.settings.master_password:
        say("The master is encrypted: it opens with master_password of round.yaml")
    say(f"Master: {collated.master}", strong=True)


def _files(collated: Collated, outcome: str, sentence: str) -> None:
    returns = collated.tables.returns
    names = [safe(name) for name in returns.loc[returns["outcome"] == outcome, "file"]]
    if not names:
        return
    say(f"  {some(len(names), 'file')} {sentence}:")
    for name in names[:NAMED]:
        say(f"    {name}")
    if len(names) > NAMED:
        say(f"    and {len(names) - NAMED} more (the master's sheet Returns)")
