"""``auditkit letters``: a draft of an email to each recipient, with its days and its workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import safe, say, some

EPILOG = """\b
Examples:
  auditkit letters
  auditkit letters rr-2026-01
  auditkit letters --word            letters in Word, to print
"""


@click.command("letters", epilog=EPILOG, short_help="Draft an email to each recipient.")
@click.argument("folder", metavar="[ROUND]", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--word", "on_paper", is_flag=True, help="Write letters in Word into letters/, to be printed.")
def command(folder: Path | None, on_paper: bool) -> None:
    """Write a draft of an email for each recipient into emails/, by the words of letter.txt.

    It goes by the round that the folder ROUND is in, by default the current one.

    Each has the recipient's own days in it and its workbook with it. Open a draft in your mail program, look
    at it and send it. Nothing is sent by itself. Run it again after a change: drafts are written anew.
    """
    from auditkit import letters
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    drafts = letters.write(round_, dt.date.today(), on_paper=on_paper)
    if on_paper:
        say(f"{some(len(drafts.paths), 'letter')} in {round_.folder / letters.PAPERS}", strong=True)
        say("Next: open each in Word, look at it and print it.")
        return
    say(f"{some(len(drafts.paths), 'draft')} in {round_.folder / letters.FOLDER}", strong=True)
    if drafts.without_workbook:
        names = ", ".join(map(safe, drafts.without_workbook))
        say(f"  {len(drafts.without_workbook)} without a workbook, since none is issued yet: {names}")
        say("  Run auditkit generate, then this again")
    if drafts.without_email:
        names = ", ".join(map(safe, drafts.without_email))
        say(f"  {len(drafts.without_email)} without an address, since the register has none: {names}")
    say("Next: open each in your mail program, look at it and send it.")
