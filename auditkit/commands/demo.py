"""``auditkit demo``: a whole round on its own, from definition to master."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click

from auditkit.commands.report import report
from auditkit.commands.screen import progress, reading, say

EPILOG = """\b
Examples:
  auditkit demo
  auditkit demo section175
  auditkit demo section175 my-demo
"""

TEMPLATE, FOLDER = "section11", "auditkit-demo"
# Days before and after the deadline: when the workbooks went out, and the day the master speaks to.
SENT, COLLATED = dt.timedelta(days=95), dt.timedelta(days=45)


@click.command("demo", epilog=EPILOG, short_help="Run a whole made-up round, start to master.")
@click.argument("template", default=TEMPLATE)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
def command(template: str, folder: Path | None) -> None:
    """Run a whole made-up round of the ready-made audit TEMPLATE in FOLDER: workbooks, returns, master.

    Without TEMPLATE it is section11. Without FOLDER it goes to auditkit-demo here, or to the next free name.
    Every agency and person in it is invented.
    """
    from auditkit.collate import collate
    from auditkit.demo.returns import make_returns
    from auditkit.round import load
    from auditkit.templates import new_round
    from auditkit.workbook.issue import generate

    folder = folder or next(name for name in _names() if not name.exists())
    new_round(template, folder)
    round_ = load(folder.absolute())
    deadline = round_.settings.deadline
    with progress("Making workbooks", len(round_.recipients)) as step:
        generate(round_, today=deadline - SENT, on_recipient=lambda _: step())
    with progress("Filling them in", len(round_.recipients)) as step:
        made = make_returns(round_, template, on_recipient=lambda _: step())
    say(f"{len(round_.recipients)} workbooks in {round_.workbooks}")
    say(f"{made} made-up returns in {round_.returns}")
    say()
    with reading() as on_file:
        collated = collate(round_, round_.returns, as_at=deadline + COLLATED, on_file=on_file)
    report(collated)


def _names() -> Iterator[Path]:
    yield Path(FOLDER)
    yield from (Path(f"{FOLDER}-{n}") for n in count(2))
