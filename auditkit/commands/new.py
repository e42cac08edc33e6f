"""``auditkit new``: a round's folder from a ready-made audit."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import say

EPILOG = """\b
Examples:
  auditkit new --list
  auditkit new section11 s11-2026
  auditkit new section11 "C:\\Audits\\S11 2026"
  auditkit new section11 s11-2026 --yaml
"""


def _list(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:  # noqa: ARG001
    """Say what ready-made audits there are, and end."""
    from auditkit.templates import described

    if wanted:
        for name, said in described():
            say(f"{name}  {said}")
        context.exit()


@click.command("new", epilog=EPILOG, short_help="Make a round's folder from a ready-made audit.")
@click.argument("template")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--yaml", is_flag=True, help="Write the questions as text (audit.yaml), not as a workbook.")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list,
    help="List the ready-made audits.",
)
def command(template: str, folder: Path, yaml: bool) -> None:
    """Make a round's FOLDER from the ready-made audit TEMPLATE; --list names them.

    The folder holds the audit's questions (audit.xlsx), who is asked (register.csv, a made-up sample) and
    the round's own settings (round.yaml): change all three to fit.
    """
    from auditkit.templates import lists_schools, new_round

    new_round(template, folder, yaml=yaml)
    say(f"Made {folder}. Next:", strong=True)
    say("  1. round.yaml: put in your partnership, who answers questions and the deadline")
    say("  2. register.csv: replace the made-up recipients by your own")
    if lists_schools(folder):
        say("     (from the government's list of schools: auditkit register import-gias --help)")
    say(f"  3. {'audit.yaml' if yaml else 'audit.xlsx'}: the questions; change what you like")
    say(f'  4. cd "{folder}"  and then  auditkit check')
