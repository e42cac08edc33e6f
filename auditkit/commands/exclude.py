"""``auditkit exclude``: nothing in a file ever counts."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import (
    asked_passwords,
    collating,
    jobs_option,
    passwords_option,
    reading,
    returns_option,
    round_option,
    safe,
    say,
)

EPILOG = """\b
Examples:
  auditkit exclude returns/test.xlsx --why "our own trial"
  auditkit exclude "mail.eml" --why "an out-of-office reply"
"""


@click.command("exclude", epilog=EPILOG, short_help="Let nothing in a file count.")
@click.argument("file")
@click.option("--why", required=True, help="Why, for whoever asks later.")
@passwords_option
@jobs_option
@returns_option
@round_option
def command(
    file: str, why: str, ask_passwords: bool, jobs: int | None, returns: Path | None, folder: Path | None
) -> None:
    """Leave FILE out from the next collate on; it is listed as passed over, with your reason.

    FILE is a path, or a name as collate shows it. The decision is recorded with your name and the time, and
    holds for this content wherever the file is moved. Nothing in the returns folder is changed.
    """
    from auditkit.decide import exclude
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    passwords = asked_passwords(ask_passwords)
    with reading() as on_file:
        decided = exclude(
            round_, returns or round_.returns, file, why=why, passwords=passwords, jobs=jobs, on_file=on_file
        )
    number = decided.decision.number
    say(f"Decision {number}: nothing in {safe(decided.decision.file)} counts.")
    for copy in decided.copies:
        say(f"  The same content: {safe(copy)}")
    say(f"Next: {collating(round_, returns)}")
    say(f"To take it back: auditkit decisions --undo {number}")
