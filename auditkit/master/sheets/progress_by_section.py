"""*Progress by section*: each standard over all recipients, by the audit's returns and as it is now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.sheets.progress import FIGURES, mark
from auditkit.tables import Tables, rows

NAME = "Progress by section"
ABOUT = (
    "Each section over all recipients whose return counts: the position at the start, and the position now."
)
NOTHING = "There is no accepted return with answers yet."
CHANGES = ("better", "same", "worse")
_SUMMED = [name for name, _ in FIGURES]
COLUMNS = (
    Column("Section", 40),
    Column("Recipients", 12, "count"),
    *(Column(change.capitalize(), 10, "count") for change in CHANGES),
    *(column for _, column in FIGURES),
)
WORSE_COL = 2 + CHANGES.index("worse")
OVERDUE_COL = 2 + len(CHANGES) + _SUMMED.index("overdue")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    for sheet in write_table(book, NAME, COLUMNS, _lines(tables), nothing=NOTHING, freeze=1):
        mark(book, sheet, 0, (WORSE_COL, OVERDUE_COL), len(COLUMNS))


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
