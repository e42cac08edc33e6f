"""``auditkit register``: making a register and keeping it up to date, one command for each."""

from __future__ import annotations

import click

from auditkit.commands import (
    register_cases,
    register_import_gias,
    register_rules,
    register_tokens,
    register_undo,
    register_update,
)
from auditkit.commands.screen import InOrder

COMMANDS = (
    register_import_gias.command,
    register_update.command,
    register_undo.command,
    register_rules.command,
    register_tokens.command,
    register_cases.command,
)

EPILOG = """\b
Examples:
  auditkit register import-gias edubasealldata.csv --la 888
  auditkit register update edubasealldata.csv --dry-run
  auditkit register tokens 60
  auditkit register cases grid.xlsx --agencies agencies.csv
"""


@click.group(
    "register",
    cls=InOrder,
    commands={str(command.name): command for command in COMMANDS},
    epilog=EPILOG,
    short_help="Make a register of schools, cases or tokens; update it.",
)
def command() -> None:
    """Make the register from an extract of Get Information About Schools (GIAS), or bring it up to date.

    An anonymous survey has a register of tokens instead, an audit of cases one of who is on which case.
    """
