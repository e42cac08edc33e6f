"""``auditkit rota``: who is asked this year, where not everybody is."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.screen import round_option, safe, say, some

if TYPE_CHECKING:
    from auditkit.draw import Drawn
    from auditkit.round import Round

EPILOG = """\b
Examples:
  auditkit rota --dry-run               only say who would be asked
  auditkit rota --last ../ey-2025       new, red or not returned since that round: asked too
  auditkit rota                         by the settings alone
"""


@click.command("rota", epilog=EPILOG, short_help="Choose who is asked this year.")
@click.option(
    "--last",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The folder of the last round. By default the one that round.yaml names, if it does.",
)
@click.option("--dry-run", is_flag=True, help="Say who would be asked; write nothing.")
@round_option
def command(last: Path | None, dry_run: bool, folder: Path | None) -> None:
    """Choose who is asked this year, by the settings under rota in round.yaml, and list it in rota.csv.

    Everybody's turn comes once in so many years. Who is new, was red or didn't return last time is asked as
    well. Who has a workbook of this round already stays in, so run it again whenever the register changes.
    """
    from auditkit.draw import draw, keep
    from auditkit.round import find, load

    round_ = load(find(folder or Path()))
    drawn = draw(round_, last, today=dt.date.today())
    asked = sum(place.asked for place in drawn.places.values())
    verb = "would be" if dry_run else "is" if asked == 1 else "are"
    say(f"{asked:,} of {some(len(drawn.places), 'recipient')} {verb} asked this year", strong=True)
    turn = drawn.rota
    say(f"  year {turn.year} of {turn.years}, seed {safe(turn.seed)}")
    if drawn.last:
        say(f"  after the round in {drawn.last}")
    for line in _by_group(round_, drawn):
        say(line)
    for note in drawn.notes:
        say(f"  Note: {safe(note)}")
    if not dry_run:
        say(f"Who is asked, and why: {keep(round_, drawn)}")
        say("Next: auditkit generate")


def _by_group(round_: Round, drawn: Drawn) -> list[str]:
    """Return a table: of how many in each group how many are asked, and for which reason first."""
    from auditkit.rota import REASONS, reason_of

    groups: dict[str, Counter[str]] = {}
    for recipient in round_.recipients:
        counts = groups.setdefault(recipient.group or "no group", Counter())
        place = drawn.places[recipient.id]
        counts.update(filter(None, ["all", "asked" if place.asked else "", reason_of(place)]))
    total: Counter[str] = Counter()
    for counts in groups.values():
        total.update(counts)
    reasons = [reason for reason in REASONS if total[reason]]
    lines = [("", "asked", "of", *reasons)]
    for name, counts in [*groups.items(), ("all", total)]:
        lines.append((safe(name), *(f"{counts[key]:,}" for key in ("asked", "all", *reasons))))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(
            [
                "",
                line[0].ljust(widths[0]),
                *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    ]
