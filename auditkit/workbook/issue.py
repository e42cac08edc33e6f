"""Issuing workbooks: who gets a new one, who keeps theirs, and the log of what was issued.

The log in ``.auditkit/issued.json`` is the record; ``workbooks/issued.csv`` is made from it for the officer.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from auditkit import csv
from auditkit.definition.model import Audit
from auditkit.encryption import START, encrypted, is_encrypted
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, is_written, safe_name, write_state
from auditkit.lock import alone
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import editions
from auditkit.workbook.book import Issue
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import Layout, layout_for
from auditkit.workbook.protection import lock
from auditkit.workbook.stencil import Stencils

HEADINGS = ("Recipient ID", "Recipient", "Group", "Email", "File", "Edition", "Issue", "Issued")

Outcome = Literal["issued", "kept", "restored", "outdated", "not encrypted", "nothing to ask"]


@dataclass(frozen=True)
class Issued:
    """One workbook that was issued; ``issued`` is an ISO date, ``layout`` the digest of what it asks.

    ``definition`` is the digest of the definition that it was made from (see
    :mod:`auditkit.workbook.editions`); empty in logs that an earlier auditkit wrote.
    """

    recipient_id: str
    recipient: str
    group: str
    email: str
    file: str
    edition: str
    issue: int
    issued: str
    layout: str
    definition: str = ""


@dataclass(frozen=True)
class Outcomes:
    """What :func:`generate` did, by recipient id in the order of the register."""

    by_recipient: dict[str, Outcome]

    def ids(self, outcome: Outcome) -> tuple[str, ...]:
        """Return the recipients with this outcome."""
        return tuple(i for i, said in self.by_recipient.items() if said == outcome)


def generate(
    round_: Round,
    *,
    again: Collection[str] = (),
    today: dt.date,
    dry_run: bool = False,
    on_recipient: Callable[[Recipient], None] = lambda _: None,
) -> Outcomes:
    """Issue a workbook to every recipient that has none, and a new one to those in ``again``.

    Issued workbooks are kept, since recipients may hold them: ``restored`` where the file had gone,
    ``outdated`` where the definition has changed since, ``not encrypted`` where there was no password to open
    them yet. ``dry_run`` writes nothing.
    Raises AuditkitError if ``again`` names nobody, a file can't be written, or another run is at work.
    """
    if dry_run:
        return _generate(round_, again, today, dry_run=True, on_recipient=on_recipient)
    with alone(round_, "generate"):
        return _generate(round_, again, today, dry_run=False, on_recipient=on_recipient)


def issued_audits(round_: Round, log: list[Issued]) -> dict[tuple[str, int, str], Audit]:
    """Return what each issued workbook asks, as far as it is known.

    Args:
        round_: The round.
        log: What was issued.

    Returns:
        The definition as narrowed to the recipient of that day, by recipient id, issue number and digest of
        the layout. Workbooks that ask the same share one.
    """
    audits = editions.kept(round_, ((e.definition, e.layout) for e in log if e.definition))
    found = {(e.recipient_id, e.issue, e.layout): audits.get((e.definition, e.layout)) for e in log}
    return {key: audit for key, audit in found.items() if audit is not None}


def _generate(
    round_: Round,
    again: Collection[str],
    today: dt.date,
    *,
    dry_run: bool,
    on_recipient: Callable[[Recipient], None],
) -> Outcomes:
    unknown = sorted(set(again) - {recipient.id for recipient in round_.recipients})
    if unknown:
        raise AuditkitError(f"--again: the register has no recipient with the id {', '.join(unknown)}.")
    log = read_log(round_)
    latest = {entry.recipient_id: entry for entry in log}
    outcomes: dict[str, Outcome] = {}
    salt = hashlib.sha256(round_.settings.id.encode()).digest()[:16]
    stencils, key = Stencils(lock(round_.settings.password, salt)), cache(round_.key)
    layouts = _layouts(round_)
    definition = editions.digest(round_.audit)
    if not dry_run:
        round_.workbooks.mkdir(exist_ok=True)
        editions.keep(round_)
    try:
        for recipient in round_.recipients:
            on_recipient(recipient)
            layout = layouts[recipient.id]
            entry, outcome = _decide(
                round_, recipient, layout, latest.get(recipient.id), recipient.id in again, today, definition
            )
            outcomes[recipient.id] = outcome
            if entry is None or dry_run or outcome not in ("issued", "restored"):
                continue
            path = round_.workbooks / entry.file
            workbook = _workbook(round_, recipient, entry, layout, stencils, key())
            path = atomic_write(path, workbook, flush=False)
            if outcome == "issued":
                log.append(replace(entry, file=path.name))
    finally:
        if not dry_run:
            _write_log(round_, log)
    return Outcomes(outcomes)


def _decide(
    round_: Round,
    recipient: Recipient,
    layout: Layout,
    last: Issued | None,
    again: bool,
    today: dt.date,
    definition: str,
) -> tuple[Issued | None, Outcome]:
    if not round_.audit_for(recipient).sections:
        return None, "nothing to ask"
    number = last.issue + 1 if last else 1
    name = f"{safe_name(recipient.name)} ({recipient.id})" + (f" issue {number}" if last else "") + ".xlsx"
    new = Issued(
        recipient.id,
        recipient.name,
        recipient.group,
        recipient.email,
        name,
        round_.audit.edition,
        number,
        today.isoformat(),
        layout.digest,
        definition,
    )
    if last is None or again:
        return new, "issued"
    same = (last.layout, last.edition, last.definition) == (layout.digest, new.edition, definition)
    path = round_.workbooks / last.file
    if is_written(path):
        if round_.open_password(recipient) and not _is_encrypted(path):
            return last, "not encrypted"
        return last, "kept" if same else "outdated"
    return (last, "restored") if same else (new, "issued")


def _workbook(
    round_: Round, recipient: Recipient, entry: Issued, layout: Layout, stencils: Stencils, key: bytes
) -> bytes:
    audit = round_.audit_for(recipient)
    identity = Identity(round_.settings.id, recipient.id, entry.edition, entry.issue, entry.layout)
    issue = Issue(round_.settings, audit, recipient, layout, identity.signed(key))
    return encrypted(stencils.workbook(issue), round_.open_password(recipient))


def _layouts(round_: Round) -> dict[str, Layout]:
    """Return each recipient's layout by id; those who are asked the same share one."""
    audits = {recipient.id: round_.audit_for(recipient) for recipient in round_.recipients}
    distinct = {id(audit): layout_for(audit) for audit in {id(a): a for a in audits.values()}.values()}
    return {recipient_id: distinct[id(audit)] for recipient_id, audit in audits.items()}


def first_issued(log: list[Issued]) -> dict[str, dt.date]:
    """Return the day on which each recipient's first workbook was issued."""
    days: dict[str, dt.date] = {}
    for entry in log:
        days.setdefault(entry.recipient_id, dt.date.fromisoformat(entry.issued))
    return days


def read_log(round_: Round) -> list[Issued]:
    """Return what was issued so far, oldest first; AuditkitError if the log can't be read."""
    path = _log_path(round_)
    if not path.exists():
        return []
    try:
        return [Issued(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (ValueError, TypeError) as error:
        raise AuditkitError(
            f"{path} is damaged, so it isn't known what was issued. Put back a copy of it from a backup."
        ) from error


def _write_log(round_: Round, log: list[Issued]) -> None:
    text = json.dumps([asdict(entry) for entry in log], ensure_ascii=False, indent=1)
    write_state(_log_path(round_), text.encode())
    atomic_write(round_.workbooks / "issued.csv", _csv(log))


def _log_path(round_: Round) -> Path:
    return round_.log


def _csv(log: list[Issued]) -> bytes:
    return csv.written(
        HEADINGS,
        ((e.recipient_id, e.recipient, e.group, e.email, e.file, e.edition, e.issue, e.issued) for e in log),
    )


def _is_encrypted(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_encrypted(file.read(len(START)))
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
