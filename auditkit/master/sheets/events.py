"""*Events*: every row of every chronology once, in the order in which it was returned."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Events"
ABOUT = "Every event of every chronology, as returned. The command auditkit chronology puts them in order."
NOTHING = "No event was returned."
COLUMNS = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Group", 16, repeats=True),
    Column("Section", 18, repeats=True),
    Column("Ref", 10, "id"),
    Column("Date as typed", 18),
    Column("From", 12),
    Column("To", 12),
    Column("Time", 8),
    Column("Until as typed", 16),
    Column("Until time", 8),
    Column("About", 14, repeats=True),
    Column("Source", 24, repeats=True),
    Column("Type", 16, repeats=True),
    Column("What happened", 46),
    Column("Action", 34),
    Column("If none, why", 24),
    Column("Child seen", 9, repeats=True),
    Column("Theme", 16, repeats=True),
    Column("Other columns", 40),
    Column("File", 26, repeats=True),
    Column("Sheet", 16, repeats=True),
    Column("Row", 7),
)
_SHOWN = (
    *("recipient_id", "recipient", "group", "section", "row_key", "date_typed", "earliest", "latest"),
    *("time", "until_typed", "until_time", "subject", "source", "event_type", "event", "action"),
    *("no_action_reason", "child_seen", "theme", "more", "file", "sheet", "row"),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    write_table(book, NAME, COLUMNS, rows(tables.events, *_SHOWN), nothing=NOTHING, freeze=2, keys=5)
