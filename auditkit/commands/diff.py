"""``auditkit diff``: what changed between two editions of an audit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from auditkit.commands.screen import DIFFERENT, safe, say, some

EPILOG = """\b
Examples:
  auditkit diff ../s11-2025 .                  last year's round and this one
  auditkit diff old/audit.yaml audit.yaml
"""


@click.command("diff", epilog=EPILOG, short_help="Say what changed between two editions.")
@click.argument("old", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(old: Path, new: Path, as_json: bool) -> None:
    """Say in words what changed from the definition OLD to NEW, and which comparisons that breaks.

    Each is a definition or the folder of a round. Questions are matched by their ids, and by what NEW says
    under follows. The exit code is 0 if nothing changed and 4 if something did.
    """
    from auditkit.definition.difference import compare, report
    from auditkit.round import definition_at, definition_path

    in_excel = (definition_path(new) if new.is_dir() else new).suffix.casefold() == ".xlsx"
    before, after = definition_at(old), definition_at(new)
    difference = compare(before, after)
    if as_json:
        click.echo(json.dumps(report.data(difference), ensure_ascii=False))
    else:
        changes = some(len(difference.changes), "change")
        editions = safe(f"{after.title}: edition {before.edition} → {after.edition}")
        say(f"{editions}: {changes if difference.changes else 'no change'}", strong=True)
        for line, heading in report.lines(difference, in_excel):
            say(safe(line), strong=heading)
    sys.exit(DIFFERENT if difference.changes else 0)
