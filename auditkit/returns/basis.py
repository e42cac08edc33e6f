"""What the results of reading rest on, besides the files themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit
from auditkit.guard.limits import Limits
from auditkit.workbook.known import Known

if TYPE_CHECKING:
    from auditkit.decisions import Decision
    from auditkit.register import Recipient
    from auditkit.workbook.pack import PackAudit

# A workbook of a round: whose it is, its issue number, and the digest of its layout.
WorkbookKey = tuple[str, int, str]


@dataclass(frozen=True)
class Basis:
    """Whose files are read, and by what.

    Attributes:
        audit: The definition, not narrowed to anyone.
        recipients: The register.
        round_id: The round, as its workbooks name it.
        key: The round's signing key.
        issued: What workbooks of the round asked.
        addressees: Whom packs are for: workbooks of several recipients together.
        packs: What packs ask now, by the id of whom they are for.
        issued_packs: What packs of the round asked.
        successors: Who goes on under another id, by the id that its workbook was issued to.
        sent: When each recipient's first workbook went out, by recipient id. What depends on a day that isn't
            known isn't checked.
        decisions: What the officer decided about files, by their SHA-256.
        limits: How large, deep and slow a file may be.
        passwords: What to try on files that are locked with a password, besides the recipients' own.
        known: What recipients were shown of last time, by id.
    """

    audit: Audit
    recipients: Sequence[Recipient]
    round_id: str
    key: bytes
    issued: Mapping[WorkbookKey, Audit] = field(default_factory=dict)
    addressees: Sequence[Recipient] = ()
    packs: Mapping[str, PackAudit] = field(default_factory=dict)
    issued_packs: Mapping[WorkbookKey, PackAudit] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, dt.date] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    passwords: Sequence[str] = ()
    known: Mapping[str, Known] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Recipient]:
        """Everybody for whom there may be a workbook, by id."""
        return {recipient.id: recipient for recipient in (*self.recipients, *self.addressees)}


def shared(basis: Basis) -> Basis:
    """Return the same basis, in which what was issued is one with what is asked now, wherever it is equal.

    Whether the two differ is asked for each file, and of one and the same object it is known at once.
    """
    now = {id(audit): audit for r in basis.recipients for audit in [basis.audit.for_recipient(r.row())]}
    then = {id(own): own for own in basis.issued.values()}
    same = {key: next((audit for audit in now.values() if audit == own), own) for key, own in then.items()}
    return replace(basis, issued={key: same[id(own)] for key, own in basis.issued.items()})
