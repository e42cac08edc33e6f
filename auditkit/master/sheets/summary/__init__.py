"""*Summary*: the board's page. Where the round stands, where it is weak, what to do next; live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditkit.fields.days import british
from auditkit.master.book import Book
from auditkit.master.places import STANDING_COL, places_of
from auditkit.master.sheets.summary import next_steps, response, standards, weakest
from auditkit.master.sheets.summary import page as grid
from auditkit.master.sheets.summary.page import Page
from auditkit.tables import YES, Tables, rows

NAME = "Summary"
ABOUT = "Where the round stands, on one page: response, ratings, weakest questions, what to do next."
FIRST_BLOCK = 6


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    places = places_of(tables)
    points = standards.result_points(places)
    figures = max(len(response.heads(tables)), len(points) + 2)
    page = Page(book, book.add_sheet(NAME), tables, places, figures + 2)
    _columns(page, figures)
    _title(page)
    row = response.write(page, FIRST_BLOCK)
    if points:
        page.sheet.set_row(row, grid.GAP)
        row = standards.write(page, row + 1, points)
    page.sheet.set_row(row, grid.GAP)
    row += 1
    last = next_steps.write(page, row)
    if points:
        last = max(last, weakest.write(page, row))
    for line in range(row + 2, last + 1):
        page.sheet.set_row(line, grid.TALL)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.center_horizontally()
    page.sheet.print_area(0, 0, last, page.right + len(grid.RIGHT_WIDTHS) - 1)


def _columns(page: Page, figures: int) -> None:
    page.sheet.set_column(0, 0, grid.LABEL_WIDTH)
    page.sheet.set_column(1, figures, grid.FIGURE_WIDTH)
    page.sheet.set_column(figures + 1, figures + 1, grid.GAP_WIDTH)
    for col, width in enumerate(grid.RIGHT_WIDTHS, start=page.right):
        page.sheet.set_column(col, col, width)


def _title(page: Page) -> None:
    """Write the title and the figures to see first."""
    settings, sheet, book = page.tables.settings, page.sheet, page.book
    sheet.write_string(0, 0, settings.title, book.format("title"))
    days = (settings.deadline - page.tables.as_at).days
    left = f"in {days} days" if days > 1 else {1: "tomorrow", 0: "today"}.get(days, "now past")
    parts = (
        settings.partnership,
        f"as at {british(page.tables.as_at)}",
        f"deadline {british(settings.deadline)} ({left})",
        *_moderation(page.tables),
    )
    sheet.write_string(1, 0, "   ·   ".join(parts), book.format("subtitle"))
    for col, formula, value, label in _figures(page):
        book.formula(sheet, 3, col, formula, value, "figure")
        sheet.write_string(4, col, label, book.format("figure_label"))
    heights = (grid.TITLE, grid.SUBTITLE, grid.GAP, grid.FIGURE, grid.LABEL, grid.GAP)
    for row, height in enumerate(heights):
        sheet.set_row(row, height)


def _moderation(tables: Tables) -> Iterator[str]:
    """Yield how many grades were changed by moderation: this page has those that were returned."""
    grades = rows(tables.case_grades, "moderated", "self_grade", "grade")
    changed = sum(moderated == YES and own != now for moderated, own, now in grades)
    if changed:
        yield f"grades as returned; {changed} changed by moderation (By case)"


def _figures(page: Page) -> list[tuple[int, str, str, str]]:
    """Return the figures below the title: column, formula, value, label. Text, so that none is ever ####."""
    standings = Counter(page.tables.recipients["standing"])
    asked = standings.total() - standings["closed"]
    back = asked - standings["not returned"]
    complete = standings["returned"] + standings["nil return"]
    column = page.places.heatmap_column(STANDING_COL)

    def count(*standings: str) -> str:
        return "+".join(f'SUMPRODUCT(--({column}="{standing}"))' for standing in standings)

    replied, done = count("returned", "partly", "nil return"), count("returned", "nil return")
    # Nobody waits for those who have closed; a round without any has the shorter formula.
    of = f"(ROWS({column})-{count('closed')})" if standings["closed"] else f"ROWS({column})"
    some = f"MAX(1,{of})" if standings["closed"] else of
    figures = [
        (0, f'={replied}&" of "&{of}', f"{back} of {asked}", "have replied"),
        (1, f'=TEXT(({replied})/{some},"0%")', _percent(back, asked), "response rate"),
        (4, f'=TEXT(({done})/{some},"0%")', _percent(complete, asked), "are complete"),
    ]
    first = (step for step in next_steps.steps(page) if step.figure)
    for col, step in enumerate(first, start=page.right):
        figures.append((col, f'=TEXT({step.formula[1:]},"0")', str(step.count), step.figure))
    return figures


def _percent(part: int, whole: int) -> str:
    return f"{int(100 * part / whole + 0.5)}%" if whole else "0%"
