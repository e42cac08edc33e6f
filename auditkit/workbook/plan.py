"""What happens to each recipient's workbook: who gets a new one, who keeps theirs, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from auditkit.definition.wording import listed
from auditkit.encryption import START, is_encrypted
from auditkit.errors import AuditkitError
from auditkit.files import is_written, safe_name
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import editions, pack_carried, pack_own
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.log import Issued, successors
from auditkit.workbook.origins import Origins
from auditkit.workbook.pack import layout_of, packs_of
from auditkit.workbook.press import Asked

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
Plan = dict[str, tuple[Issued | None, Outcome]]


def planned(
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


def all_asked(round_: Round, today: dt.date, origins: Origins) -> dict[str, Asked]:
    """Return what each recipient and each pack is asked, by id; those who are asked the same share it."""
    audits = {r.id: origins.audit(r, round_.audit_for(r)) for r in round_.recipients}
    distinct = {id(a): Asked(a, layout_for(a)) for a in {id(a): a for a in audits.values()}.values()}
    packs = {}
    for key, plain in packs_of(round_, today).items():
        over = origins.carried.get(key)
        pack = pack_carried.with_carried(plain, over)
        packs[key] = Asked(pack.audit, layout_of(pack), pack, over)
    return {**{recipient_id: distinct[id(audit)] for recipient_id, audit in audits.items()}, **packs}


def _own_digest(round_: Round, recipient: Recipient, asked: Asked, origins: Origins) -> str:
    if asked.pack is None:
        return origins.digest(recipient)
    over = [asked.carried.digest()] if asked.carried else []
    if origins.last_time is None:
        return "".join(over)
    own = pack_own.digest(asked.pack, origins.last_time, {one.id: one for one in round_.recipients})
    return "-".join([own, *over])


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
        round_.email(recipient),
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
