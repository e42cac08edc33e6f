"""One recipient's workbook, as bytes: layout → XlsxWriter."""

from __future__ import annotations

import datetime as dt
import io

from auditkit.workbook.book import Book, Issue
from auditkit.workbook.pack import EACH
from auditkit.workbook.protection import Lock, LockedWorkbook
from auditkit.workbook.sheets import block, each, events, identity, left, lists, start

# The same workbook built again is the same file, so its properties can't carry the time of building.
CREATED = dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)
# In pixels: what a small laptop shows at once.
WINDOW = (1300, 700)


def build(issue: Issue, lock: Lock) -> bytes:
    """Return the workbook of ``issue``, its sheets and structure protected by ``lock``."""
    target = io.BytesIO()
    file = LockedWorkbook(target, lock, nameless=issue.audit.survey_policy.anonymous)
    file.set_properties(
        {
            "title": issue.settings.title,
            "author": issue.settings.partnership,
            "created": CREATED,
            "comments": issue.identity.reference,
        }
    )
    file.set_size(*WINDOW)
    book = Book(issue, file, lists.columns(issue.layout, issue.audit))
    start.write(book)
    for answers in issue.layout.blocks:
        (each if answers.id == EACH else events if answers.is_events else block).write(book, answers)
    for name, rows in issue.own.left.items():
        left.write(book, name, rows)
    lists.write(book)
    identity.write(book)
    file.close()
    return target.getvalue()
