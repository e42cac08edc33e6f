"""``auditkit register tokens``: the register of an anonymous survey."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import say, some

EPILOG = """\b
Examples:
  auditkit register tokens 60
"""


@click.command("tokens", epilog=EPILOG, short_help="Draw tokens for an anonymous survey.")
@click.argument("count", type=click.IntRange(min=1))
def command(count: int) -> None:
    """Draw COUNT tokens at random, and make them the register of the round, or add them to it.

    A workbook with a token leads to nobody: draw a few more than you need, and hand them out so that
    nobody knows who has which. Each token counts once.
    """
    from auditkit.register import read
    from auditkit.register.tokens import add
    from auditkit.round import find, new_register_path
    from auditkit.templates import is_sample

    path = new_register_path(find(Path()))
    fresh = not path.exists() or is_sample(path)
    known = [] if fresh else [recipient.row() for recipient in read(path)]
    now = add(path, known, count)
    say(f"{some(now, 'token')} in {path}", strong=True)
    say("Next: auditkit check")
