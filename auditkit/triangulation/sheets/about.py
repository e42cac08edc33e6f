"""*About*: what was read, and how each figure is made."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.heights import Text, row_height
from auditkit.master.book import Book
from auditkit.triangulation.model import Source, Triangulation
from auditkit.triangulation.rules import shipped

NAME = "About"
ABOUT = "What was read, and how each figure is made."
WIDTHS = (18, 108)


def write(book: Book, made: Triangulation) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(NAME)
    sheet.fit_to_pages(1, 1)
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Triangulation", book.format("title"))
    sheet.write_string(1, 0, book.footer, book.format("subtitle"))
    row = 3
    for label, text in _told(made):
        sheet.set_row(row, row_height((Text(text, WIDTHS[1] - 2, 10),)) + 6)
        sheet.write_string(row, 0, label, book.format("about_label"))
        sheet.write_string(row, 1, text, book.format("about"))
        row += 1
    for name, what in book.contents:
        row += 1
        sheet.set_row(row, 20)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", book.format("about_link"), name)
        sheet.write_string(row, 1, what, book.format("about"))


def _told(made: Triangulation) -> Iterator[tuple[str, str]]:
    for each in made.sources:
        yield f"The {each.what}", _source(each)
    yield "Agencies", f"Those of the survey are what it calls “{made.by}”. They are found by name or id."
    rules = shipped()
    texts = [*rules.about, *([rules.about_small] if made.small else [])]
    for n, text in enumerate(texts):
        yield "" if n else "How to read it", text.format(least=made.least, small=made.small)


def _source(each: Source) -> str:
    return (
        f"{each.title}, edition {each.edition}: {each.replied:,} of {each.recipients:,} recipients replied. "
        f"Its tables were written by the collate of {each.collated:%d/%m/%Y %H:%M}, in {each.folder.name}."
    )
