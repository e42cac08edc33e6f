"""What was issued: the log in ``.auditkit/issued.json``, and the officer's list that is made from it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from auditkit import csv
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.files import write_state
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import editions
from auditkit.workbook.pack import PackAudit

LIST = "issued.csv"
# The kind of a workbook that asks for progress and not for the audit.
PROGRESS = "progress"
# What stands in the log only where there is something of it.
SELDOM = ("members", "kind")
HEADINGS = ("Recipient ID", "Recipient", "Group", "Email", "File", "Edition", "Issue", "Issued")


@dataclass(frozen=True)
class Issued:
    """One workbook that was issued; ``issued`` is an ISO date, ``layout`` the digest of what it asks.

    ``definition`` is the digest of the definition that it was made from (see
    :mod:`auditkit.workbook.editions`); ``deadline`` (an ISO date) and ``contact`` are printed on its first
    sheet; ``own`` is the digest of what is the recipient's own besides (:mod:`auditkit.workbook.own`);
    ``members`` are the ids of those in a pack, ``kind`` is :data:`PROGRESS` if it asks for progress. They are
    empty in logs that an earlier auditkit wrote, the last three also where there is nothing of the kind.
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
    deadline: str = ""
    contact: str = ""
    own: str = ""
    members: tuple[str, ...] = ()
    kind: str = ""


def successors(log: Iterable[Issued], recipients: Iterable[Recipient]) -> dict[str, str]:
    """Return who goes on under another id, by the id that its workbook was issued to.

    That is plain where an id that isn't in the register any more is the predecessor of one recipient, who has
    no other such predecessor. Of schools that were joined or divided, nobody's return is all of another's.

    Args:
        log: What was issued.
        recipients: The register.
    """
    recipients = tuple(recipients)
    issued = {key for entry in log for key in (entry.recipient_id, *entry.members)}
    gone = issued - {recipient.id for recipient in recipients}
    claims = [(p, r.id) for r in recipients for p in r.predecessors if p in gone]
    olds, news = Counter(old for old, _ in claims), Counter(new for _, new in claims)
    return {old: new for old, new in claims if olds[old] == news[new] == 1}


def first_issued(log: Iterable[Issued], successors: Mapping[str, str]) -> dict[str, dt.date]:
    """Return the day on which each recipient's first workbook was issued, its own or its pack's.

    Args:
        log: What was issued.
        successors: Who goes on under another id, by that one.
    """
    days: dict[str, dt.date] = {}
    for entry in log:
        for key in (entry.recipient_id, *entry.members):
            days.setdefault(successors.get(key, key), dt.date.fromisoformat(entry.issued))
    return days


def read_log(round_: Round) -> list[Issued]:
    """Return what was issued so far, oldest first; AuditkitError if the log can't be read."""
    path = round_.log
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return [Issued(**{**entry, "members": tuple(entry.get("members", ()))}) for entry in entries]
    except (ValueError, TypeError, AttributeError) as error:
        raise AuditkitError(
            f"{path} is damaged, so it isn't known what was issued. Put back a copy of it from a backup."
        ) from error


def issued_audits(round_: Round, log: list[Issued]) -> dict[tuple[str, int, str], Audit]:
    """Return what each issued workbook asks, as far as it is known.

    Args:
        round_: The round.
        log: What was issued.

    Returns:
        The definition as narrowed to the recipient of that day, by recipient id, issue number and digest of
        the layout. Workbooks that ask the same share one.
    """
    own = [entry for entry in log if not entry.members]
    audits = editions.kept(round_, ((e.definition, e.layout) for e in own if e.definition))
    found = {(e.recipient_id, e.issue, e.layout): audits.get((e.definition, e.layout)) for e in own}
    return {key: audit for key, audit in found.items() if audit is not None}


def issued_packs(round_: Round, log: list[Issued]) -> dict[tuple[str, int, str], PackAudit]:
    """Return what each issued pack asks, as far as it is known, by id, issue number and digest of the layout.

    Args:
        round_: The round.
        log: What was issued.
    """
    packs = [entry for entry in log if entry.members]
    asked = editions.kept_packs(round_, ((e.definition, e.layout) for e in packs))
    found = {(e.recipient_id, e.issue, e.layout): asked.get((e.definition, e.layout)) for e in packs}
    return {key: pack for key, pack in found.items() if pack is not None}


def write_log(round_: Round, log: Iterable[Issued]) -> None:
    """Write what was issued, oldest first; AuditkitError if the round's folder can't be written to."""
    entries = [{name: value for name, value in asdict(e).items() if value or name not in SELDOM} for e in log]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    write_state(round_.log, text.encode())


def as_csv(log: Iterable[Issued]) -> bytes:
    """Return the officer's list, as Excel reads it."""
    return csv.written(
        HEADINGS,
        ((e.recipient_id, e.recipient, e.group, e.email, e.file, e.edition, e.issue, e.issued) for e in log),
    )
