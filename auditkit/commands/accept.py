"""``auditkit accept``: a file that was held counts as somebody's return."""

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
  auditkit accept returns/copy.xlsx --as S11-007
  auditkit accept "mail.eml/Return.xlsx" --as S11-007 --why "Kit rang: it is theirs"
"""


@click.command("accept", epilog=EPILOG, short_help="Count a held file as somebody's return.")
@click.argument("file")
@click.option("--as", "recipient", metavar="ID", required=True, help="Whose return it is: their id.")
@click.option("--why", default="", help="Why you are sure, for whoever asks later.")
@passwords_option
@jobs_option
@returns_option
@round_option
def command(
    file: str,
    recipient: str,
    why: str,
    ask_passwords: bool,
    jobs: int | None,
    returns: Path | None,
    folder: Path | None,
) -> None:
    """Count FILE as the return of a recipient, from the next collate on.

    FILE is a path, or a name as collate shows it; a file inside a message or archive is named after it
    (mail.eml/Return.xlsx). The decision is recorded with your name and the time, and holds for this content
    wherever the file is moved. Nothing in the returns folder is changed.
    """
    from auditkit.decide import accept
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    passwords = asked_passwords(ask_passwords)
    with reading() as on_file:
        decided = accept(
            round_,
            returns or round_.returns,
            file,
            recipient,
            why=why,
            passwords=passwords,
            jobs=jobs,
            on_file=on_file,
        )
    name = next((r.name for r in round_.addressees if r.id == recipient), "")
    number = decided.decision.number
    say(f"Decision {number}: {safe(decided.decision.file)} counts as the return of {recipient} {safe(name)}.")
    if decided.against:
        say(f"  What stood against it: {'; '.join(decided.against)}")
    for other, reason in decided.superseded:
        say(safe(f"  {other} is superseded now: {reason}"))
    for copy in decided.copies:
        say(f"  The same content: {safe(copy)}")
    if decided.is_blank:
        say(f"  No question in it counts as answered, so {recipient} stands as not returned all the same.")
    say(f"Next: {collating(round_, returns)}")
    say(f"To take it back: auditkit decisions --undo {number}")
