"""*Learning*: single- and multi-agency findings and good practice, each with its case, agency and theme."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows
from auditkit.tables.learning import KINDS

NAME = "Learning"
ABOUT = (
    "What was found about single agencies' work and about their work together, and good practice, each with "
    "its case, agency and theme. Texts that only say “none” stand in Answers."
)
NOTHING = "No finding and no good practice was typed in an accepted return."
SHOWN = (
    ("kind", Column("What", 16, repeats=True)),
    ("case", Column("Case", 9, "id", repeats=True)),
    ("agency", Column("Agency", 26, repeats=True)),
    ("themes", Column("Theme", 22, repeats=True)),
    ("text", Column("Text", 76)),
    ("question_id", Column("Question ID", 10, "id", repeats=True)),
    ("file", Column("File", 30, repeats=True)),
    ("sheet", Column("Sheet", 20, repeats=True)),
    ("cell", Column("Cell", 7)),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    lines = [
        (kind.capitalize(), *line)
        for kind in KINDS.values()
        for own, *line in rows(tables.learning, *(name for name, _ in SHOWN))
        if own == kind
    ]
    write_table(book, NAME, [column for _, column in SHOWN], lines, nothing=NOTHING, freeze=3)
