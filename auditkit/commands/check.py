"""``auditkit check``: whether the definition, the register and the settings are sound."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from auditkit.commands.screen import round_option, safe, say, some

EPILOG = """\b
Examples:
  auditkit check
  auditkit check --round s11-2026
"""


@click.command("check", epilog=EPILOG, short_help="Check definition, register and settings.")
@round_option
def command(folder: Path | None) -> None:
    """Check the definition, the register and the settings of the round.

    Every problem is named with its file and place, all in one go. Nothing is written.
    """
    from auditkit import earlier
    from auditkit.definition.wording import listed
    from auditkit.round import find, load, notes
    from auditkit.templates import untouched

    round_ = load(find(folder or Path()))
    audit = round_.audit
    shows_last_time = earlier.source(round_) is not None
    say(f"{round_.settings.title}: all sound.", strong=True)
    say(f"  {audit.title}, edition {audit.edition}")
    questions = sum(1 for _ in audit.questions())
    say(f"  {some(len(audit.sections), 'standard')}, {some(questions, 'question')}")
    say(f"  {some(len(round_.recipients), 'recipient')}")
    if round_.packs:
        say(f"  {some(len(round_.packs), 'pack')} for {len(round_.in_packs)} of them")
    if shows_last_time:
        say(f"  What was said in {safe(listed(round_.settings.prefill, 'and'))} is shown")
    for note in (*untouched(round_), *notes(round_, dt.date.today())):
        say(f"  Note: {safe(note)}")
    say("Next: auditkit generate")
