"""``auditkit preview``: what would be issued, as samples and on paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import progress, round_option, safe, say, some

EPILOG = """\b
Examples:
  auditkit preview
  auditkit preview --group Police --to consultation
"""


@click.command("preview", epilog=EPILOG, short_help="Make sample workbooks and a paper copy.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Where to. By default preview/.")
@click.option("--group", default="", metavar="NAME", help="Only what recipients of this group are asked.")
@round_option
def command(to: Path | None, group: str, folder: Path | None) -> None:
    """Make a sample workbook of each type of recipient, and the questions as a Word document.

    Recipients of one type are asked the same. The samples are marked as such and are no issued workbooks: if
    one comes back, collate holds it. The Word document is for consultation, with room for comments.
    """
    from auditkit.preview.write import FOLDER, chosen, write
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    with progress("Making samples", len(chosen(round_, group))) as step:
        preview = write(round_, to or round_.folder / FOLDER, dt.date.today(), group, step)
    say(f"{some(len(preview.samples), 'sample workbook')} in {preview.paper.parent}", strong=True)
    for type_, path in preview.samples:
        recipients = some(len(type_.recipients), "recipient")
        say(f"  {safe(path.name)}: {recipients}, {some(type_.questions, 'question')}")
    say(f"The questions on paper: {safe(preview.paper.name)}")
