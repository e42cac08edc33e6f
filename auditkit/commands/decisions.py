"""``auditkit decisions``: what was decided about files, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import round_option, safe, say

if TYPE_CHECKING:
    from auditkit.decisions import Decision

EPILOG = """\b
Examples:
  auditkit decisions                 what was decided, by whom, when and why
  auditkit decisions --undo 3        take decision 3 back
"""


@click.command("decisions", epilog=EPILOG, short_help="List what was decided about files, or take it back.")
@click.option("--undo", "number", type=int, metavar="N", help="Take decision N back.")
@click.option("--why", default="", help="With --undo: why, for whoever asks later.")
@round_option
def command(number: int | None, why: str, folder: Path | None) -> None:
    """List what was decided about files with accept and exclude, oldest first.

    Nothing is ever taken out of the list: a decision that was taken back stays, with who did so and when.
    """
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    if number is not None:
        from auditkit.decide import undo

        entry = undo(round_, number, why=why)
        say(f"Decision {number} ({_what(entry)}) is taken back.")
        say("Next: auditkit collate")
        return
    from auditkit.decisions import read

    record = read(round_)
    if not record:
        say("Nothing was decided yet. See: auditkit accept --help, auditkit exclude --help")
    taken_back = {entry.undoes: entry.number for entry in record if entry.kind == "undo"}
    for entry in record:
        by = taken_back.get(entry.number)
        say(f"{entry.number:>3}  {_what(entry)}" + (f"  [taken back by {by}]" if by else ""))
        reason = f": {entry.why}" if entry.why else ""
        say(safe(f"     {entry.who}, {entry.time.astimezone():%d/%m/%Y %H:%M}{reason}"))


def _what(entry: Decision) -> str:
    if entry.kind == "undo":
        return f"undo {entry.undoes}"
    return safe(f"{entry.kind} {entry.file}" + (f" as {entry.recipient_id}" if entry.recipient_id else ""))
