"""``auditkit plan``: who owes what by when, counted from a day that the officer gives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import safe, say

if TYPE_CHECKING:
    from auditkit.round import Round

EPILOG = """\b
Examples:
  auditkit plan --from 24/11/2026                  the first plan begins
  auditkit plan --of jtai --from 2026-12-01        another one does
  auditkit plan                                    again, after a change of round.yaml
"""


@click.command("plan", epilog=EPILOG, short_help="Work out who owes what by when.")
@click.option(
    "--from",
    "start",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="DATE",
    help="The day that the plan's steps are counted from. round.yaml remembers it.",
)
@click.option(
    "--of", "plan_id", metavar="PLAN", help="Which plan begins then; the audit's first if left out."
)
@click.argument("folder", metavar="[ROUND]", required=False, type=click.Path(exists=True, path_type=Path))
def command(start: dt.datetime | None, plan_id: str | None, folder: Path | None) -> None:
    """Work out the days on which the steps of the audit's plans are due, into plan.xlsx and plan.ics.

    It goes by the round that the folder ROUND is in, by default the current one.

    Working days leave out weekends, the bank holidays of England and Wales, and what round.yaml names under
    closed. If a step says when workbooks are back, that becomes the round's deadline.
    """
    from auditkit import plan
    from auditkit.errors import AuditkitError
    from auditkit.plan.outputs import write
    from auditkit.round import begin, find, load

    round_ = load(find(folder or Path()))
    if plan_id and not start:
        raise click.UsageError("--of goes with --from.")
    if start:
        round_ = begin(round_, plan.chosen(round_.audit.plans, plan_id).id, start.date())
    made = round_.schedule
    if not made.dues:
        first = plan.chosen(round_.audit.plans, None)
        raise AuditkitError(
            f"No plan of this round has begun. {first.title} starts on {first.starts}. Say which day "
            "that is: auditkit plan --from DATE"
        )
    _say(round_)
    settings = round_.settings
    written = write(round_.folder, round_.private, made, settings.title, dt.date.today(), settings.id)
    for path in written.kept:
        say(f"Somebody worked in the last plan, so it is kept: {path}")
    say(f"To print: {written.paths[0]}")
    say(f"For calendars: {written.paths[1]}")


def _say(round_: Round) -> None:
    """Print the days, and what an officer should know of them."""
    from auditkit import plan
    from auditkit.round import SETTINGS, of_plan

    made = round_.schedule
    say(safe(round_.settings.title), strong=True)
    for each in made.plans:
        say(f"  {safe(each.title)}: counted from {plan.written(made.starts[each.id])}, {safe(each.starts)}")
    widest = max(len(plan.written(due.day)) for due in made.dues)
    for due in made.dues:
        say(f"  {plan.written(due.day).ljust(widest)}  {safe(due.step.who)}: {safe(due.step.what)}")
    for each in (each for each in round_.audit.plans if each.id not in made.starts):
        say(f"  {safe(each.title)} hasn't begun. It starts on {safe(each.starts)}:")
        say(f"    auditkit plan --of {each.id} --from DATE")
    for note in of_plan(round_):
        say(f"  Note: {safe(note)}")
    if made.deadline:
        say(f"  The deadline in {SETTINGS} is {plan.written(round_.settings.deadline)}")
