"""``auditkit survey``: what a survey was answered, in Excel and in Word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import round_option, safe, say, some

EPILOG = """\b
Examples:
  auditkit survey
  auditkit survey --to board-papers
"""


@click.command("survey", epilog=EPILOG, short_help="Report what a survey was answered.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Where to. By default reports/.")
@round_option
def command(to: Path | None, folder: Path | None) -> None:
    """Count what was answered to the survey questions of the round, as it was last collated.

    Writes survey.xlsx (tables, charts, groups, all figures) and survey.docx (the same to read, with sentences
    made from the figures). Percentages are of those who answered; how many that are stands beside each.
    """
    from auditkit.round import find, load
    from auditkit.survey.write import FOLDER, write

    round_ = load(find(folder or Path()))
    made, in_excel, in_word = write(round_, to or round_.folder / FOLDER, dt.date.today())
    say(f"{made.replied:,} of {some(made.asked, 'recipient')} replied", strong=True)
    say(f"  {some(len(made.results), 'question')} in {some(len(made.sections), 'section')}")
    if made.small:
        say(f"  Counts below {made.small} aren't shown")
    say(f"Tables and charts: {safe(str(in_excel))}")
    say(f"To read: {safe(str(in_word))}")
