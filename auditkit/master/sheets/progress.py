"""*Progress*: each recipient and standard by the audit's return, and as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlsxwriter.utility import xl_col_to_name

from auditkit.master.book import Book, literal
from auditkit.master.flat import Column, name_widths, write_table
from auditkit.master.rows import FlatSheet
from auditkit.master.style import WARNING
from auditkit.tables import WHOLE, Tables, rows
from auditkit.workbook.style import BAND, MUTED

NAME = "Progress"
ABOUT = "Each recipient, overall and by section: the position by the audit's return, and the position now."
NOTHING = "There is no accepted return with answers yet."
# What is counted, of a section or of the whole.
FIGURES = (
    ("to_do_start", Column("Not good yet, at the start", 12, "count")),
    ("to_do_now", Column("Not good yet, now", 12, "count")),
    ("open_start", Column("Actions open at the start", 12, "count")),
    ("open_now", Column("Actions open now", 12, "count")),
    ("done", Column("Actions finished", 12, "count")),
    ("withdrawn", Column("Actions withdrawn", 12, "count")),
    ("overdue", Column("Actions overdue", 12, "count")),
    ("promised_start", Column("Evidence to come, at the start", 12, "count")),
    ("promised_now", Column("Evidence to come, now", 12, "count")),
    ("changes", Column("Answers changed", 12, "count")),
)
SHOWN = (
    ("recipient_id", Column("Recipient ID", 12, "id", repeats=True)),
    ("recipient", Column("Recipient", 26, repeats=True)),
    ("group", Column("Group", 16, repeats=True)),
    ("section", Column("Section", 28, repeats=True)),
    ("rating_start", Column("Rating at the start", 14, "rating", repeats=True)),
    ("rating_now", Column("Rating now", 14, "rating", repeats=True)),
    ("change", Column("Change", 10, "centred", repeats=True)),
    *FIGURES,
    ("last_change", Column("Last change (UTC)", 16)),
)
NAMES = [name for name, _ in SHOWN]
RATINGS, CHANGE_COL, OVERDUE_COL = (4, 5), NAMES.index("change"), NAMES.index("overdue")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    name_width, group_width = name_widths(tables)
    widths = {"recipient": name_width, "group": group_width}
    columns = [replace(column, width=widths.get(name, column.width)) for name, column in SHOWN]
    warning = book.file.add_format({"bold": True, "font_color": WARNING})
    strong = book.file.add_format({"bold": True})
    for sheet in write_table(book, NAME, columns, rows(tables.progress, *NAMES), nothing=NOTHING, freeze=2):
        for col in RATINGS:
            book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)
        for word, look in (("worse", warning), ("better", strong)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            sheet.conditional_format(1, CHANGE_COL, sheet.count, CHANGE_COL, rule)
        mark(book, sheet, NAMES.index("section"), [OVERDUE_COL], len(SHOWN))


def mark(book: Book, sheet: FlatSheet, section: int, late: Iterable[int], width: int) -> None:
    """Make the lines of the whole stand out, and what is late; let noughts stand back.

    Args:
        book: The master.
        sheet: A sheet with such figures.
        section: The column that says of what they are.
        late: The columns in which more than nought is a warning.
        width: How many columns there are.
    """
    warning = book.file.add_format({"bold": True, "font_color": WARNING})
    for col in late:
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": warning}
        sheet.conditional_format(1, col, sheet.count, col, rule)
    whole = book.file.add_format({"bold": True, "bg_color": BAND})
    where = f"${xl_col_to_name(section)}2={literal(WHOLE)}"
    sheet.conditional_format(
        *(1, 0, sheet.count, width - 1), {"type": "formula", "criteria": f"={where}", "format": whole}
    )
    pale = book.file.add_format({"font_color": MUTED})
    nought = {"type": "cell", "criteria": "==", "value": 0, "format": pale}
    sheet.conditional_format(1, section + 1, sheet.count, width - 1, nought)
