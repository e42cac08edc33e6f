"""*Not returned*: whom to chase, with the addresses to do it."""

from __future__ import annotations

from typing import Any

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.sheets import chased
from auditkit.tables import Tables, rows

NAME = "Not returned"
ABOUT = "Whom to chase: nothing usable came, or it isn't finished. In audits of cases, each agency once."
NOTHING = "Nobody has to be chased: every recipient has sent in everything."
COLUMNS = (
    Column("Recipient ID", 12, "id"),
    Column("Recipient", 32),
    Column("Group", 22, repeats=True),
    Column("Sector", 14, repeats=True),
    Column("Contact", 24),
    Column("Email", 36),
    Column("Issued", 12),
    Column("Standing", 14, repeats=True),
    Column("Completed %", 11, "percent"),
    Column("What to do", 44, repeats=True),
)
CHASED = ("not returned", "partly")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet: a row a recipient, or an agency in an audit of cases."""
    open_ones = sorted(
        (r for r in rows(tables.recipients) if r.standing in CHASED), key=lambda r: CHASED.index(r.standing)
    )
    if tables.audit.cases is not None:
        lines = chased.lines(tables, open_ones, to_do)
        write_table(book, NAME, chased.COLUMNS, lines, nothing=NOTHING, freeze=1)
        return
    listed = [
        (
            *(r.recipient_id, r.recipient, r.group, r.sector, r.contact, r.email, r.issued),
            *(r.standing, r.completed, to_do(r)),
        )
        for r in open_ones
    ]
    write_table(book, NAME, COLUMNS, listed, nothing=NOTHING, freeze=2)


def to_do(recipient: Any) -> str:
    """Return what an officer does about a recipient that stands open."""
    if recipient.waiting:
        return "A file came but isn't counted: decide on it first (see Returns)."
    if recipient.standing == "not returned" and recipient.file:
        return "Ask for the filled-in workbook: nothing counts as answered in the one that was accepted."
    if recipient.standing == "partly":
        return "Ask for what is missing (Answers shows what is there)."
    if recipient.issued is None:
        return "Issue a workbook: there is no record that one was made."
    return "Remind the contact." if recipient.email else "Find an address: the register has none."
