"""*Progress by section*: each standard over all recipients, by the audit's returns and as it is now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import Tables, rows

NAME = "Progress by section"
ABOUT = (
    "Each section over all recipients whose return counts: the position at the start, and the position now."
)
NOTHING = "There is no accepted return with answers yet."
COLUMNS = (
    Column("Section", 40),
    Column("Recipients", 12, "count"),
    Column("Better", 10, "count"),
    Column("Same", 10, "count"),
    Column("Worse", 10, "count"),
    Column("Not good yet, at the start", 13, "count"),
    Column("Not good yet, now", 13, "count"),
    Column("Actions open at the start", 13, "count"),
    Column("Actions open now", 13, "count"),
    Column("Actions finished", 13, "count"),
    Column("Actions withdrawn", 13, "count"),
    Column("Actions overdue", 13, "count"),
    Column("Answers changed", 13, "count"),
)
WORSE_COL, OVERDUE_COL = 4, 11
CHANGES = ("better", "same", "worse")
_SUMMED = ("to_do_start", "to_do_now", "open_start", "open_now", "done", "withdrawn", "overdue", "changes")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    warning = book.file.add_format({"bold": True, "font_color": WARNING})
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": warning}
    for sheet in write_table(book, NAME, COLUMNS, _lines(tables), nothing=NOTHING, freeze=1):
        for col in (WORSE_COL, OVERDUE_COL):
            sheet.conditional_format(1, col, sheet.count, col, rule)


def _lines(tables: Tables) -> Iterator[tuple[Any, ...]]:
    """Yield a line for the whole and for each section, in the order of the definition."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    titles: dict[str, str] = {}
    for key, title, change, *figures in rows(tables.progress, "section_id", "section", "change", *_SUMMED):
        titles.setdefault(key, title)
        sums[key].update(["recipients", change or ""])
        sums[key].update({name: n for name, n in zip(_SUMMED, figures, strict=True) if n})
    order = {section.id: n for n, section in enumerate(tables.audit.sections)}
    for key in sorted(titles, key=lambda key: order.get(key, -1)):
        yield (titles[key], *(sums[key][name] for name in ("recipients", *CHANGES, *_SUMMED)))
