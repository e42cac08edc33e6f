"""``auditkit collate``: what came back, read into the master."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from auditkit.commands.report import report, report_parts, report_unchanged
from auditkit.commands.screen import (
    DECISIONS,
    DONE,
    asked_passwords,
    jobs_option,
    passwords_option,
    reading,
    returns_folder,
    round_option,
)

if TYPE_CHECKING:
    from auditkit.collate import Collated
    from auditkit.returns.intake.found import Address

EPILOG = """\b
Examples:
  auditkit collate returns/
  auditkit collate returns/ --as-at 2026-12-18     what was overdue on that day
  auditkit collate returns/ --json                 the figures, for another program
  auditkit collate returns/ --ask-passwords        some came back locked with a password
  auditkit collate s3://bucket/returns --cluster tls://10.0.0.5:8786

\b
Exit codes: 0 all files accepted, 3 master written but something needs a decision,
1 no master, 2 wrong usage.
"""


@click.command("collate", epilog=EPILOG, short_help="Read what came back into master.xlsx.")
@click.argument("returns", type=returns_folder)
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day to which the master speaks (year-month-day). By default today.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the report.")
@click.option(
    "--no-cache", is_flag=True, help="Read every file again, and make the master even if nothing changed."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Read on the Dask cluster at this address; “local” makes one of this computer's processes.",
)
@click.option(
    "--to",
    "parts_to",
    type=returns_folder,
    metavar="PLACE",
    help="Also write tables and masters of parts of the round there: a folder, or an address. Needs --by.",
)
@click.option(
    "--by", metavar="COLUMN", help="The column of the register that makes the parts: local_authority, say."
)
@passwords_option
@jobs_option
@round_option
def command(
    returns: Path | Address,
    as_at: dt.datetime | None,
    as_json: bool,
    no_cache: bool,
    cluster: str | None,
    parts_to: Path | Address | None,
    by: str | None,
    ask_passwords: bool,
    jobs: int | None,
    folder: Path | None,
) -> None:
    """Read every file in the folder RETURNS into the round's master.xlsx.

    RETURNS may also be the address of a folder in a store (s3://, abfs://, sftp:// …).

    Nothing in RETURNS is changed. Run it as often as you like: only what is new is read, and the master is
    made anew unless nothing at all has changed.
    """
    from auditkit import standing
    from auditkit.round import MASTER, find, find_from

    if jobs and cluster not in (None, "local"):
        raise click.UsageError("--jobs is for this computer: a cluster has as many workers as it has.")
    if (parts_to is None) != (by is None):
        raise click.UsageError("--to and --by go together: where the parts go, and what makes them.")
    parting = (parts_to, by) if parts_to is not None and by is not None else None
    own = find(folder) if folder else find_from(returns if isinstance(returns, Path) else Path())
    day = as_at.date() if as_at else dt.date.today()
    passwords = asked_passwords(ask_passwords)
    made_from = None if passwords else standing.made_from(own, returns, day)
    known = standing.unchanged(own, made_from) if made_from and not no_cache and not parting else None
    if known is not None:
        counts, master = known.counts, own / MASTER
    else:
        collated = _collated(
            *(own, returns, day, passwords),
            cluster=cluster,
            parting=parting,
            jobs=jobs,
            anew=no_cache,
            made_from=made_from,
        )
        counts, master = collated.counts, collated.master
    if as_json:
        import json

        click.echo(json.dumps(counts.as_json(master), ensure_ascii=False))
    elif known is not None:
        report_unchanged(known, master)
    else:
        report(collated)
        if parting:
            report_parts(*parting, collated)
    sys.exit(DECISIONS if counts.needs_decision else DONE)


def _collated(
    folder: Path,
    returns: Path | Address,
    day: dt.date,
    passwords: tuple[str, ...],
    *,
    cluster: str | None,
    parting: tuple[Path | Address, str] | None,
    jobs: int | None,
    anew: bool,
    made_from: str | None,
) -> Collated:
    from auditkit.cluster import connected
    from auditkit.cluster import reading as reading_on
    from auditkit.cluster.partitions import write_parts
    from auditkit.cluster.parts import parts_of
    from auditkit.collate import collate
    from auditkit.round import load

    round_ = load(folder)
    with ExitStack() as stack:
        # First what may be wrong with the words that were typed: reading can take an hour.
        parts = parts_of(*parting, round_, returns) if parting else None
        client = stack.enter_context(connected(cluster, jobs)) if cluster else None
        on_file = stack.enter_context(reading())
        return collate(
            round_,
            returns,
            as_at=day,
            passwords=passwords,
            jobs=jobs,
            on_file=on_file,
            anew=anew,
            made_from=made_from,
            elsewhere=reading_on(client) if client else None,
            also=partial(write_parts, parts, client=client) if parts else None,
        )
