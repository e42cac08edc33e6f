"""``auditkit carry``: another partnership's answers into this round's workbook."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from auditkit.commands.screen import FAILED, asked_passwords, passwords_option, safe, say, some

EPILOG = """\b
Examples:
  auditkit carry northmoor.xlsx --into s11-2026
  auditkit carry northmoor.xlsx --into s11-2026 --as S11-007
  auditkit carry northmoor.xlsx --into s11-2026 --as S11-007 --crosswalk s11-2026/crosswalk.yaml
"""
# How many lines of what wasn't carried are shown.
SHOWN = 20


@click.command("carry", epilog=EPILOG, short_help="Carry answers from another partnership's workbook.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--into",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The round's folder.",
)
@click.option(
    "--as",
    "recipient",
    metavar="ID",
    default="",
    help="Whose it is in this round: a recipient's id, or a pack's.",
)
@click.option(
    "--crosswalk",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which questions, columns and ratings of theirs are which of ours.",
)
@passwords_option
def command(file: Path, into: Path, recipient: str, crosswalk: Path | None, ask_passwords: bool) -> None:
    """Put the answers in FILE, another partnership's workbook, into a new workbook of this round.

    FILE must be a workbook that auditkit issued. Questions of the same id and wording belong together; for
    the rest a crosswalk is drafted, in which you decide line by line. What was carried is marked, and counts
    once it is confirmed.
    """
    from auditkit import earlier
    from auditkit.carry import carry
    from auditkit.round import find, load

    round_ = load(find(into))
    outcome = carry(
        round_,
        file,
        today=dt.date.today(),
        recipient_id=recipient,
        crosswalk=crosswalk,
        passwords=asked_passwords(ask_passwords),
        source=earlier.source(round_),
    )
    found, who = outcome.matched, outcome.recipient
    if outcome.draft is not None:
        say("Nothing was issued: not all answers have a place here yet.", strong=True)
        say(f"  A crosswalk was drafted: {outcome.draft}")
        say("  It proposes, and decides nothing: in each line that waits, write which of ours is meant.")
        say(f"Next: auditkit carry {safe(file.name)} --into {into} --as {who.id} --crosswalk {outcome.draft}")
        sys.exit(FAILED)
    say(
        f"Answers to {some(len(found.rows), 'question')} carried for {safe(who.name)} ({who.id})", strong=True
    )
    say(f"  from {safe(outcome.theirs.source)}, {outcome.theirs.day}")
    for title, lines in (
        ("couldn't be used, so they are blank", found.unused),
        ("were left behind, and are on a sheet of their own", [f"{x.ref} {x.question}" for x in found.left]),
    ):
        if lines:
            say(f"  Answers that {title}: {len(lines)}")
            for line in lines[:SHOWN]:
                say(f"    {safe(line)}")
            if len(lines) > SHOWN:
                say(f"    and {len(lines) - SHOWN} more")
    if rest := outcome.theirs.of_members:
        say(f"  Rows that a pack has for one recipient alone, and that weren't carried: {rest}")
    say(f"Next: email {outcome.workbook} to {safe(who.name)}, who has to confirm each answer.")
