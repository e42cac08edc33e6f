"""Rows of who and which file: recipients, returns, findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from auditkit.register import Recipient
from auditkit.returns.completion import Completion
from auditkit.returns.findings import SEVERITIES, said, severity
from auditkit.returns.model import Finding, Return, Standing
from auditkit.tables.answers import cover_value
from auditkit.tables.model import Given, Opened, Own, who
from auditkit.tables.table import Row

WAITING = ("held", "rejected")


def recipient_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield who was asked and how far that recipient is (``recipients``)."""
    r, counts = own.recipient, own.counts
    done = counts.done if counts else None
    waiting = sum(file.outcome in WAITING for file in own.files)
    yield (
        *(r.id, r.name, r.group or None, r.sector or None),
        *(text or None for text in given.collation.reached(r)),
        *(given.collation.issued.get(r.id), _standing(r, done, given.collation.as_at)),
        *(done.share if done else None, counts.file.file if counts else None, waiting),
    )


def _standing(recipient: Recipient, done: Completion | None, as_at: dt.date) -> Standing:
    """Return where a recipient stands; nobody who has closed is waited for."""
    standing = done.standing if done else "not returned"
    waited_for = standing in ("not returned", "partly")
    return "closed" if waited_for and recipient.is_closed(as_at) else standing


def return_rows(given: Given, opened: Opened) -> Iterator[Row]:
    """Yield a file (``returns``)."""
    fields, file = given.collation.audit.cover, opened.file
    done = opened.done if file.answers and file.outcome != "progress" else None
    severities = Counter(said(finding).severity for finding in file.findings)
    signed = (cover_value(file, fields, role) for role in ("author", "signoff_name", "signoff_date"))
    yield (
        *(file.file, *who(file.recipient_id, opened.recipient), file.outcome),
        *(done.share if done else None, *signed, file.time),
        *(severities.total() - severities["note"], severities["note"], _titles(file), file.sha256),
        *(file.counted.cells, file.pack or None),
    )


def finding_rows(given: Given) -> Iterator[Row]:
    """Yield every finding, the gravest first, then by recipient (``findings``)."""
    found = [
        (finding, file, whose) for whose, files in given.files for file in files for finding in file.findings
    ]
    for finding, file, whose in sorted(found, key=lambda row: SEVERITIES.index(severity(row[0]))):
        words = said(finding)
        yield (
            *(file.file, *who(file.recipient_id, whose)),
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
