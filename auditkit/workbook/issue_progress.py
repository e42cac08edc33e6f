"""Issuing progress workbooks: what has become of what wasn't good yet, as often as the officer asks.

A progress workbook is an issue of the round like any other: numbered with them, signed, in the same log. But
it is never anybody's workbook of the audit: that one stays the latest, and is made again if its file is gone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, is_written
from auditkit.lock import alone
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import editions
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import Outcomes
from auditkit.workbook.log import LIST, PROGRESS, Issued, as_csv, read_log, write_log
from auditkit.workbook.own import Source
from auditkit.workbook.plan import MADE, Outcome, numbered
from auditkit.workbook.press import Asked, pressing


class Position(Source, Protocol):
    """Where each recipient's position so far comes from."""

    def form(self, recipient: Recipient) -> Audit | None:
        """Return what a recipient's progress workbook asks; None if nothing of it counts so far."""


@dataclass(frozen=True)
class Planned:
    """What happens to a recipient: its entry of the log, and what it is asked, if there is anything."""

    outcome: Outcome
    entry: Issued | None = None
    asked: Asked | None = None


def generate_progress(
    round_: Round,
    position: Position,
    *,
    only: Collection[str] = (),
    today: dt.date,
    dry_run: bool = False,
    on_recipient: Callable[[Recipient], None] = lambda _: None,
) -> Outcomes:
    """Issue a progress workbook to every recipient whose position isn't that of its latest one.

    Args:
        round_: The round.
        position: What each said so far.
        only: The ids of the recipients who get one; by default all.
        today: The day of issue.
        dry_run: Whether only to say what would be done, and write nothing.
        on_recipient: Called with each recipient in turn.

    Returns:
        What was done.

    Raises:
        AuditkitError: ``only`` names nobody of the register; a file can't be written, or another run is at
            work.
    """
    if unknown := sorted(set(only) - {recipient.id for recipient in round_.recipients}):
        raise AuditkitError(f"--only: the register has no recipient with the id {', '.join(unknown)}.")
    wanted = [r for r in round_.recipients if not only or r.id in only]
    with contextlib.nullcontext() if dry_run else alone(round_, "generate"):
        log = read_log(round_)
        plan = {recipient.id: _planned(round_, log, position, recipient, today) for recipient in wanted}
        path = None if dry_run else _make(round_, log, position, plan, wanted, on_recipient)
    return Outcomes({key: one.outcome for key, one in plan.items()}, path)


def _planned(
    round_: Round, log: Iterable[Issued], position: Position, recipient: Recipient, today: dt.date
) -> Planned:
    form = position.form(recipient)
    if recipient.is_closed(today):
        return Planned("closed")
    if form is None:
        return Planned("no return")
    if not form.sections:
        return Planned("nothing left")
    asked = Asked(form, layout_for(form))
    own = [entry for entry in log if entry.recipient_id == recipient.id]
    last = next((entry for entry in reversed(own) if entry.kind == PROGRESS), None)
    settings = round_.settings
    contact = ", ".join(filter(None, (settings.contact_name, settings.contact_phone, settings.contact_email)))
    entry = Issued(
        *(recipient.id, recipient.name, recipient.group, round_.email(recipient), "", round_.audit.edition),
        *(0, today.isoformat(), asked.layout.digest, editions.digest(round_.audit), "", contact),
        own=position.digest(recipient),
        kind=PROGRESS,
    )
    if last is not None and _says(last) == _says(entry):
        return Planned("kept" if is_written(round_.workbooks / last.file) else "restored", last, asked)
    number = max((each.issue for each in own), default=0) + 1
    return Planned("issued", numbered(entry, recipient, number, "progress, issue"), asked)


def _says(entry: Issued) -> tuple[str, ...]:
    """Return what two workbooks have in common that say and ask the same."""
    return (entry.edition, entry.layout, entry.definition, entry.own)


def _make(
    round_: Round,
    log: list[Issued],
    position: Position,
    plan: dict[str, Planned],
    wanted: Iterable[Recipient],
    on_recipient: Callable[[Recipient], None],
) -> Path:
    """Make the workbooks of a plan; return where the officer's list is."""
    round_.workbooks.mkdir(exist_ok=True)
    planned = [one for one in plan.values() if one.outcome in MADE]
    forms = {one.asked.layout.digest: one.asked.audit for one in planned if one.asked}
    editions.keep(round_, forms=forms)
    round_.key()  # made now, since a key that is missing beside a log is an error
    entries = {(e.recipient_id, e.issue): e for e in (*log, *(one.entry for one in planned if one.entry))}
    write_log(round_, entries.values())
    with pressing(round_, position) as press:
        for recipient in wanted:
            on_recipient(recipient)
            one = plan[recipient.id]
            if one.outcome in MADE and one.entry and one.asked:
                workbook = press.workbook(recipient, one.entry, one.asked)
                path = atomic_write(round_.workbooks / one.entry.file, workbook, flush=False)
                entries[recipient.id, one.entry.issue] = replace(one.entry, file=path.name)
    write_log(round_, entries.values())
    return atomic_write(round_.workbooks / LIST, as_csv(entries.values()))
