"""``auditkit convert``: a definition from one of its forms into the other."""

from __future__ import annotations

from pathlib import Path

import click

from auditkit.commands.screen import say

EPILOG = """\b
Examples:
  auditkit convert audit.yaml audit.xlsx
  auditkit convert audit.xlsx "Questions for next year.yaml"
"""


@click.command("convert", epilog=EPILOG, short_help="Turn a definition from YAML into Excel, or back.")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("target", metavar="TO", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write TO even if there is such a file already.")
def command(source: Path, target: Path, force: bool) -> None:
    """Write the definition FROM once more as TO, in the form that its ending says: .xlsx or .yaml.

    What is written says exactly the same: it is read back and compared first. FROM stays as it is. Only
    comments and notes of your own are not carried over.
    """
    from auditkit.definition.convert import convert

    for line in convert(source, target, force=force):
        say(line)
