"""``auditkit new``: a round's folder from a ready-made audit."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import say

EPILOG = """\b
Examples:
  auditkit new section11 s11-2026
  auditkit new section11 "C:\\Audits\\S11 2026"
"""


@click.command("new", epilog=EPILOG, short_help="Make a round's folder from a ready-made audit.")
@click.argument("template")
@click.argument("folder", type=click.Path(path_type=Path))
def command(template: str, folder: Path) -> None:
    """Make a round's FOLDER from the ready-made audit TEMPLATE (section11).

    The folder holds the audit's questions (audit.yaml), who is asked (register.csv, a made-up sample) and
    the round's own settings (round.yaml): change all three to fit.
    """
    from auditkit.templates import new_round

    new_round(template, folder)
    say(f"Made {folder}. Next:", strong=True)
    say("  1. round.yaml: put in your partnership, who answers questions and the deadline")
    say("  2. register.csv: replace the made-up agencies by your own")
    say("  3. audit.yaml: the questions; change what you like")
    say(f'  4. cd "{folder}"  and then  auditkit check')
