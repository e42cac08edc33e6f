"""Rows of who and which file: recipients, returns, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditkit.register import Recipient
from auditkit.returns.completion import completion
from auditkit.returns.findings import SEVERITIES, said
from auditkit.returns.model import Finding, Return
from auditkit.tables.answers import cover_value
from auditkit.tables.model import Given, who

Row = tuple[Any, ...]
WAITING = ("held", "rejected")


def recipient_rows(given: Given) -> Iterator[Row]:
    """Yield who was asked and how far each is (``recipients``)."""
    waiting = Counter(r.recipient_id for r in given.files if r.outcome in WAITING)
    for r in given.collation.recipients:
        file = given.accepted_by_id.get(r.id)
        standing, completed = _standing(given, r, file)
        issued = given.collation.issued.get(r.id)
        contact = (r.sector or None, r.contact or None, r.email or None)
        yield (
            *(r.id, r.name, r.group or None, *contact, issued, standing, completed),
            *(file.file if file else None, waiting[r.id]),
        )


def return_rows(given: Given) -> Iterator[Row]:
    """Yield every file of the returns folder (``returns``)."""
    recipients = {recipient.id: recipient for recipient in given.collation.recipients}
    fields = given.collation.audit.cover
    for file in given.files:
        recipient = recipients.get(file.recipient_id)
        completed = _standing(given, recipient, file)[1] if recipient and file.answers else None
        severities = Counter(said(finding).severity for finding in file.findings)
        signed = (cover_value(file, fields, role) for role in ("author", "signoff_name", "signoff_date"))
        yield (
            *(file.file, *who(file.recipient_id, recipient), file.outcome, completed, *signed, file.time),
            *(severities.total() - severities["note"], severities["note"], _titles(file), file.sha256),
            file.counted.cells,
        )


def finding_rows(given: Given) -> Iterator[Row]:
    """Yield every finding, the gravest first, then by recipient (``findings``)."""
    recipients = {recipient.id: recipient for recipient in given.collation.recipients}
    found = [(said(finding), file, finding) for file in given.files for finding in file.findings]
    for words, file, finding in sorted(found, key=lambda row: SEVERITIES.index(row[0].severity)):
        yield (
            *(file.file, *who(file.recipient_id, recipients.get(file.recipient_id))),
            *(finding.code, words.severity, *_place(finding)),
            *(words.title, words.happened, words.to_do),
        )


def _place(finding: Finding) -> Row:
    said_where = (finding.sheet, finding.cell, finding.question, finding.value)
    return tuple(text or None for text in said_where)


def _titles(file: Return) -> str | None:
    """Return the titles of a file's findings, each with how often, the gravest first."""
    titles = Counter((SEVERITIES.index(words.severity), words.title) for words in map(said, file.findings))
    texts = [title if n == 1 else f"{title} ({n})" for (_, title), n in sorted(titles.items())]
    return "; ".join(texts) or None


def _standing(given: Given, recipient: Recipient, file: Return | None) -> tuple[str, float | None]:
    """Return where a recipient stands by one of its files, and the share that is filled in."""
    if file is None:
        return "not returned", None
    done = completion(given.audits[recipient.id], file.answers)
    return done.standing, done.share
