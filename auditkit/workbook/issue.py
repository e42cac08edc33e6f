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
from typing import Literal

from auditkit.definition.wording import listed
from auditkit.encryption import START, is_encrypted
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, is_written, safe_name
from auditkit.lock import alone
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import carried, editions, pack_own
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.log import LIST, Issued, as_csv, read_log, successors, write_log
from auditkit.workbook.origins import Origins
from auditkit.workbook.own import Source
from auditkit.workbook.pack import layout_of, packs_of
from auditkit.workbook.press import Asked, pressing

Outcome = Literal[
    "issued",
    "kept",
    "restored",
    "outdated",
    "last time changed",
    "deadline changed",
    "contact changed",
    "deadline and contact changed",
    "not encrypted",
    "nothing to ask",
    "in a pack",
    "closed",
    "not asked",
    "no return",
    "nothing left",
]
MADE: tuple[Outcome, ...] = ("issued", "restored")
# Whether the deadline and the contact have changed since a workbook was issued.
FACTS: dict[tuple[bool, bool], Outcome] = {
    (False, False): "kept",
    (True, False): "deadline changed",
    (False, True): "contact changed",
    (True, True): "deadline and contact changed",
}
# Workbooks that aren't what would be issued today.
OUTDATED: tuple[Outcome, ...] = (
    "outdated",
    "last time changed",
    "deadline changed",
    "contact changed",
    "deadline and contact changed",
    "not encrypted",
)


# By recipient id: the workbook that it is about, if any, and what happens to it.
Plan = dict[str, tuple["Issued | None", Outcome]]


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
        asked = _asked(round_, today, origins)
        plan = _plan(round_, log, asked, again, again_outdated, single, today, origins)
        plan = {key: what for key, what in plan.items() if only is None or key in only}
        path = None if dry_run else _make(round_, log, asked, plan, on_recipient, origins)
    return Outcomes({recipient_id: outcome for recipient_id, (_, outcome) in plan.items()}, path)


def _know(option: str, ids: Collection[str], known: Collection[str]) -> None:
    """Raise AuditkitError if an option names somebody who isn't known."""
    unknown = sorted(set(ids) - set(known))
    if unknown:
        raise AuditkitError(f"{option}: the register has no recipient with the id {', '.join(unknown)}.")


def _plan(
    round_: Round,
    log: list[Issued],
    asked: Mapping[str, Asked],
    again: Collection[str],
    again_outdated: bool,
    single: Collection[str],
    today: dt.date,
    origins: Origins,
) -> Plan:
    """Return what happens to each recipient, and the entry of the log that it is about."""
    latest = {entry.recipient_id: entry for entry in log if not entry.kind}
    numbers = {entry.recipient_id: entry.issue for entry in log}
    for old, new_id in successors(log, round_.recipients).items():
        if old in latest:
            latest.setdefault(new_id, latest[old])
    without_own = round_.in_packs - latest.keys() - set(single)
    if astray := sorted(without_own & set(again)):
        raise AuditkitError(
            f"--again: {listed(astray, 'and')} got no workbook, but a place in a pack. Name the pack, or "
            "use --single for a workbook of its own."
        )
    definition = editions.digest(round_.audit)
    plan: Plan = {}
    for recipient in round_.addressees:
        if not round_.asks(recipient):
            plan[recipient.id] = (None, "not asked")
            continue
        last = latest.get(recipient.id)
        new = _new(round_, recipient, asked[recipient.id], last, today, definition)
        if new is not None:
            if numbers.get(recipient.id, 0) >= new.issue:  # a progress workbook has it
                new = numbered(new, recipient, numbers[recipient.id] + 1)
            new = replace(new, own=_own_digest(round_, recipient, asked[recipient.id], origins))
        if recipient.is_closed(today):
            plan[recipient.id] = (None, "closed")
        elif new is None:
            plan[recipient.id] = (None, "nothing to ask")
        elif recipient.id in without_own:
            plan[recipient.id] = (None, "in a pack")
        elif last is None or recipient.id in again:
            plan[recipient.id] = (new, "issued")
        else:
            entry, outcome = _decide(round_, recipient, last, new)
            renewed = again_outdated and outcome in OUTDATED
            plan[recipient.id] = (new, "issued") if renewed else (entry, outcome)
    return plan


def _asked(round_: Round, today: dt.date, origins: Origins) -> dict[str, Asked]:
    """Return what each recipient and each pack is asked, by id; those who are asked the same share it."""
    audits = {r.id: origins.audit(r, round_.audit_for(r)) for r in round_.recipients}
    distinct = {id(a): Asked(a, layout_for(a)) for a in {id(a): a for a in audits.values()}.values()}
    packs = {key: Asked(pack.audit, layout_of(pack), pack) for key, pack in packs_of(round_, today).items()}
    return {**{recipient_id: distinct[id(audit)] for recipient_id, audit in audits.items()}, **packs}


def _own_digest(round_: Round, recipient: Recipient, asked: Asked, origins: Origins) -> str:
    if asked.pack is None:
        return origins.digest(recipient)
    if origins.last_time is None:
        return ""
    return pack_own.digest(asked.pack, origins.last_time, {one.id: one for one in round_.recipients})


def _new(
    round_: Round, recipient: Recipient, asked: Asked, last: Issued | None, today: dt.date, definition: str
) -> Issued | None:
    """Return the entry of a workbook that would be issued today, None if there is nothing to ask."""
    settings = round_.settings
    if not asked.audit.sections:
        return None
    number = last.issue + 1 if last else 1
    name = f"{safe_name(recipient.name)} ({recipient.id})" + (f" issue {number}" if last else "") + ".xlsx"
    contact = (settings.contact_name, settings.contact_phone, settings.contact_email)
    return Issued(
        recipient.id,
        recipient.name,
        recipient.group,
        recipient.email,
        name,
        round_.audit.edition,
        number,
        today.isoformat(),
        asked.layout.digest,
        definition,
        settings.deadline.isoformat(),
        ", ".join(filter(None, contact)),
        members=tuple(member.id for member in asked.pack.members) if asked.pack else (),
    )


def numbered(entry: Issued, recipient: Recipient, number: int, what: str = "issue") -> Issued:
    """Return an entry of the log with another number, which its file's name says too."""
    name = f"{safe_name(recipient.name)} ({recipient.id}) {what} {number}.xlsx"
    return replace(entry, issue=number, file=name)


def _decide(round_: Round, recipient: Recipient, last: Issued, new: Issued) -> tuple[Issued, Outcome]:
    """Return what happens to a recipient who has a workbook, unless a new one is asked for."""
    asks_the_same = (last.layout, last.edition, last.definition) == (new.layout, new.edition, new.definition)
    path = round_.workbooks / last.file
    if not is_written(path):
        # Made again, it has today's first sheet, and what is known today of last time.
        as_today = replace(last, deadline=new.deadline, contact=new.contact, own=new.own)
        # Who has another id since gets a workbook that has it too.
        same = asks_the_same and last.recipient_id == recipient.id
        return (as_today, "restored") if same else (new, "issued")
    if round_.open_password(recipient) and not _is_encrypted(path):
        return last, "not encrypted"
    if not asks_the_same:
        return last, "outdated"
    if last.own != new.own:
        return last, "last time changed"
    deadline = bool(last.deadline) and last.deadline != new.deadline
    contact = bool(last.contact) and last.contact != new.contact
    return last, FACTS[deadline, contact]


def _is_encrypted(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_encrypted(file.read(len(START)))
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error


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
