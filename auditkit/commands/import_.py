"""``auditkit import``: a draft definition from a form that is there already."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import safe, say, some

EPILOG = """\b
Examples:
  auditkit import "Our S175 form.xlsx"
  auditkit import form.xlsx --to draft.yaml
"""
# So many cells are shown; the file has them all.
SHOWN = 12


@click.command("import", epilog=EPILOG, short_help="Turn a form in Excel into a draft definition.")
@click.argument("form", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("audit.xlsx"),
    help="The definition to write, .xlsx or .yaml. By default audit.xlsx.",
)
def command(form: Path, to: Path) -> None:
    """Turn FORM, a list of questions in Excel, into a draft of an audit's definition.

    It knows tables by their headings, such as Ref, Question, What good looks like, RAG, Evidence and Action.
    What you have to decide is said. Every cell that has no place in the draft is listed.
    """
    from auditkit.forms.write import import_form

    made = import_form(form, to, dt.date.today().year)
    audit = made.draft.audit
    questions = sum(1 for _ in audit.questions())
    say(f"Draft in {made.path}: {safe(audit.title)}", strong=True)
    say(f"  {some(len(audit.sections), 'section')}, {some(questions, 'question')}")
    total = made.draft.placed + len(made.draft.unplaced)
    say(f"  {made.draft.placed:,} of {some(total, 'cell')} placed")
    if made.draft.decisions:
        say("Please check", strong=True)
    for decision in made.draft.decisions:
        say(f"  {safe(decision)}")
    if made.problems:
        say("Please decide, before it can be used", strong=True)
    for problem in made.problems:
        say(f"  {safe(problem.message)}")
    if made.unplaced:
        say(f"Not placed (all of them in {made.unplaced.name})", strong=True)
    for place, text in made.draft.unplaced[:SHOWN]:
        say(f"  {safe(str(place))}: {safe(' '.join(text.split())[:100])}")
    if len(made.draft.unplaced) > SHOWN:
        say(f"  and {len(made.draft.unplaced) - SHOWN:,} more")
