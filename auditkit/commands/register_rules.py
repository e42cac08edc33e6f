"""``auditkit register rules``: the rules for types, phases and so on, to be changed."""

from __future__ import annotations

import click

EPILOG = """\b
Examples:
  auditkit register rules > rules.yaml
"""


@click.command("rules", epilog=EPILOG, short_help="Print the rules, to be changed.")
def command() -> None:
    """Print the rules by which a register follows from GIAS.

    Put them into a file, change what you like, and give that with --rules.
    """
    from auditkit.register.gias.rules import SHIPPED

    click.echo(SHIPPED.read_text(encoding="utf-8"), nl=False)
