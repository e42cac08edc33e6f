"""``auditkit register undo``: the register as it was before the last change."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import round_option, say

EPILOG = """\b
Examples:
  auditkit register undo
"""


@click.command("undo", epilog=EPILOG, short_help="Put the earlier register back.")
@round_option
def command(folder: Path | None) -> None:
    """Put the register back that was there before the last import-gias or update.

    The register of now is kept beside it, so that this can be undone too.
    """
    from auditkit.register.sheet import undo
    from auditkit.round import find, register_path

    path = register_path(find(folder or Path()))
    kept = undo(path)
    say(f"{path} is as it was before the last change; that of now is kept as {kept.name}")
