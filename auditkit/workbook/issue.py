"""Issuing workbooks: who gets a new one, who keeps theirs, and the log of what was issued.

The log in ``.auditkit/issued.json`` is the record; ``workbooks/issued.csv`` is made from it for the officer.
The log is written first and names every workbook that is about to be made, so that none is ever without an
entry: one whose run was cut off is made by the next run, as any whose file has gone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.lock import alone
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import carried, editions
from auditkit.workbook.log import LIST, Issued, as_csv, read_log, write_log
from auditkit.workbook.origins import Origins
from auditkit.workbook.own import Source
from auditkit.workbook.plan import MADE, Outcome, Plan, all_asked, planned
from auditkit.workbook.press import Asked, pressing


@dataclass(frozen=True)
class Outcomes:
    """What :func:`generate` did, by recipient id in the order of the register, packs last.

    ``listed`` is where the officer's list was written: beside issued.csv if that is open in another program.
    """

    by_recipient: dict[str, Outcome]
    listed: Path | None = None

    def ids(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the recipients with this outcome."""
        return tuple(i for i, said in self.by_recipient.items() if said == outcome)


def generate(
    round_: Round,
    *,
    again: Collection[str] = (),
    again_outdated: bool = False,
    single: Collection[str] = (),
    today: dt.date,
    dry_run: bool = False,
    on_recipient: Callable[[Recipient], None] = lambda _: None,
    source: Source | None = None,
    only: Collection[str] | None = None,
) -> Outcomes:
    """Issue a workbook to every recipient or pack that has none, and new ones as asked for.

    Issued workbooks are kept, since recipients may hold them: ``restored`` where the file wasn't there,
    ``outdated`` where the definition has changed since, and so on.

    Args:
        round_: The round.
        again: The ids of recipients and packs that get a new issue.
        again_outdated: Whether all whose workbook isn't what would be issued today get one.
        single: The ids of recipients in packs who get a workbook of their own besides.
        today: The day of issue.
        dry_run: Whether only to say what would be done, and write nothing.
        on_recipient: Called with each recipient in turn.
        source: Where what is each recipient's own comes from, such as what was said last time.
        only: The ids of the recipients who are looked at; by default all.

    Returns:
        What was done.

    Raises:
        AuditkitError: ``again`` or ``single`` names nobody, or somebody whose turn it isn't; the rota wasn't
            drawn; a file can't be written, or another run is at work.
    """
    round_.must_be_drawn()
    _know("--again", again, {recipient.id for recipient in round_.addressees})
    _know("--single", single, {recipient.id for recipient in round_.recipients})
    unasked = sorted(r.id for r in round_.recipients if r.id in {*again, *single} and not round_.asks(r))
    if unasked:
        raise AuditkitError(
            f"{', '.join(unasked)} isn't asked this year. Write Yes in the register's column ask, and run: "
            "auditkit rota"
        )
    with contextlib.nullcontext() if dry_run else alone(round_, "generate"):
        log = read_log(round_)
        origins = Origins(source, carried.read(round_))
        asked = all_asked(round_, today, origins)
        plan = planned(round_, log, asked, again, again_outdated, single, today, origins)
        plan = {key: what for key, what in plan.items() if only is None or key in only}
        path = None if dry_run else _make(round_, log, asked, plan, on_recipient, origins)
    return Outcomes({recipient_id: outcome for recipient_id, (_, outcome) in plan.items()}, path)


def _know(option: str, ids: Collection[str], known: Collection[str]) -> None:
    """Raise AuditkitError if an option names somebody who isn't known."""
    unknown = sorted(set(ids) - set(known))
    if unknown:
        raise AuditkitError(f"{option}: the register has no recipient with the id {', '.join(unknown)}.")


def _make(
    round_: Round,
    log: list[Issued],
    asked: Mapping[str, Asked],
    plan: Plan,
    on_recipient: Callable[[Recipient], None],
    origins: Origins,
) -> Path:
    """Make the workbooks of a plan; return where the officer's list is."""
    round_.workbooks.mkdir(exist_ok=True)
    packs = {one.layout.digest: one.pack for one in asked.values() if one.pack}
    confirm = {r.id: origins.sections(r, round_.audit_for(r)) for r in round_.recipients}
    editions.keep(round_, packs, confirm)
    round_.key()  # made now, since a key that is missing beside a log is an error
    made = {(e.recipient_id, e.issue): e for e, outcome in plan.values() if e and outcome in MADE}
    known = {(e.recipient_id, e.issue): e for e in log}
    write_log(round_, {**known, **made}.values())
    with pressing(round_, origins) as press:
        for recipient in round_.addressees:
            on_recipient(recipient)
            entry, outcome = plan.get(recipient.id, (None, "kept"))
            if entry and outcome in MADE:
                workbook = press.workbook(recipient, entry, asked[recipient.id])
                path = atomic_write(round_.workbooks / entry.file, workbook, flush=False)
                made[entry.recipient_id, entry.issue] = replace(entry, file=path.name)
    write_log(round_, {**known, **made}.values())
    return atomic_write(round_.workbooks / LIST, as_csv({**known, **made}.values()))
