"""*About*: what this is, how to read it, and the proof that every row is there."""

from __future__ import annotations

from collections import Counter

from auditkit.chronology.event import Chronology
from auditkit.chronology.look import colours
from auditkit.heights import Text, row_height
from auditkit.master.book import Book
from auditkit.workbook.style import paler

NAME = "About"
WIDTHS = (16, 44, 50, 10)
ABOUT = "What this is, and how many rows of which file are in it."
READING = (
    "Rows are in order of their days, then of their times. A part date (March 2025) stands before the first "
    "day that it can mean, and “How certain” says between which days it can be. Rows without a usable date "
    "stand at the end.",
    "Likely duplicates and contradictions are rows of nearly the same day whose words are alike, or of the "
    "same day, person and type. They are only pointed out: every row is there.",
    "People should be named by their roles. What stands here is about real people even so: keep it as safe "
    "as the records that it comes from.",
)


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(NAME)
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Integrated chronology", book.format("title"))
    sheet.write_string(1, 0, book.footer, book.format("subtitle"))
    row = 3
    filters = ", ".join(chronology.filters) or "everything"
    left = f"; {chronology.left_out:,} rows left out" if chronology.left_out else ""
    sheet.write_string(row, 0, "What is shown", book.format("about_label"))
    sheet.merge_range(row, 1, row, 3, f"{filters}{left}", book.format("about"))
    sheet.write_string(row + 1, 0, "A gap", book.format("about_label"))
    sheet.merge_range(row + 1, 1, row + 1, 3, f"{chronology.gap_days} days or more", book.format("about"))
    row += 3
    for n, text in enumerate(READING):
        sheet.set_row(row, 42)
        sheet.write_string(row, 0, "" if n else "How to read it", book.format("about_label"))
        sheet.merge_range(row, 1, row, 3, text, book.format("about"))
        row += 1
    row += 1
    for name, what in book.contents:
        sheet.set_row(row, 28)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", book.format("about_link"), name)
        sheet.merge_range(row, 1, row, 3, what, book.format("about"))
        row += 1
    _write_agencies(book, chronology, row + 1)


def _write_agencies(book: Book, chronology: Chronology, row: int) -> None:
    """Write a row for each agency and file, with how many rows of it are here."""
    sheet = book.file.get_worksheet_by_name(NAME)
    for col, head in enumerate(("Agency", "Name", "File", "Rows")):
        sheet.write_string(row, col, head, book.format("header"))
    shades = colours(chronology)
    counts = Counter((event.recipient_id, event.recipient, event.file) for event in chronology.events)
    for n, ((key, name, file), count) in enumerate(sorted(counts.items()), start=row + 1):
        sheet.set_row(n, row_height((Text(name, WIDTHS[1]),), (Text(file, WIDTHS[2]),)))
        book.put(sheet, n, 1, name)
        book.put(sheet, n, 2, file)
        book.put(sheet, n, 3, count, "count")
        sheet.write_string(n, 0, key, book.colour(paler(shades[key])))
