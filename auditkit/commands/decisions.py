"""``auditkit decisions``: what was decided about files, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import collating, round_option, safe, say

if TYPE_CHECKING:
    from auditkit.decisions import Decision

EPILOG = """\b
Examples:
  auditkit decisions                 what was decided, by whom, when and why
  auditkit decisions --json          the same, for another program
  auditkit decisions --undo 3        take decision 3 back
"""
# The column in which the state of a decision stands, unless what was decided takes more.
STATE_COLUMN = 60


@click.command("decisions", epilog=EPILOG, short_help="List what was decided about files, or take it back.")
@click.option("--undo", "number", type=int, metavar="N", help="Take decision N back.")
@click.option("--why", default="", help="With --undo: why, for whoever asks later.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array instead of the list.")
@round_option
def command(number: int | None, why: str, as_json: bool, folder: Path | None) -> None:
    """List what was decided about files with accept and exclude, oldest first, and which of it is in force.

    Nothing is ever taken out of the list: a decision that was taken back stays, with who did so and when.
    """
    from auditkit.decisions import in_force, read, states
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    if number is not None:
        from auditkit.decide import undo

        entry = undo(round_, number, why=why)
        say(f"Decision {number} ({_what(entry)}) is taken back.")
        again = in_force(read(round_)).get(entry.sha256)
        if again is not None:
            say(f"Decision {again.number} ({_what(again)}) is in force for that file.")
        say(f"Next: {collating(round_)}")
        return
    record = read(round_)
    state = {n: str(each) for n, each in states(record).items()}
    if as_json:
        import json
        from dataclasses import asdict

        entries = [{**asdict(entry), "state": state.get(entry.number, "")} for entry in record]
        click.echo(json.dumps(entries, ensure_ascii=False))
        return
    if not record:
        say("Nothing was decided yet. See: auditkit accept --help, auditkit exclude --help")
    width = min(max((len(_what(entry)) for entry in record), default=0), STATE_COLUMN)
    for entry in record:
        say(f"{entry.number:>3}  {_what(entry):<{width}}  {state.get(entry.number, '')}".rstrip())
        reason = f": {entry.why}" if entry.why else ""
        say(safe(f"     {entry.who}, {entry.time.astimezone():%d/%m/%Y %H:%M}{reason}"))


def _what(entry: Decision) -> str:
    if entry.kind == "undo":
        return f"undo {entry.undoes}"
    return safe(f"{entry.kind} {entry.file}" + (f" as {entry.recipient_id}" if entry.recipient_id else ""))
