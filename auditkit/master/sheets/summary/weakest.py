"""The block of *Summary* on the questions with the poorest ratings, live over *Questions*."""

from __future__ import annotations

from auditkit.master.sheets import questions
from auditkit.master.sheets.summary.page import Page
from auditkit.tables import rows

MOST = 10


def write(page: Page, row: int) -> int:
    """Write the block from ``row`` down, on the right; return its last row."""
    page.heading(row, "Weakest questions", page.right)
    page.head(
        row + 1, ["Question", "", "Strength (0–100)", "At worst rating"], page.right, left=[page.right + 1]
    )
    places = page.places
    ranks = questions.after_column(places, "Rank")
    columns = (
        (questions.column(places, 1), "question_id", "list_strong"),
        (questions.column(places, 3), "question", "list"),
        (questions.after_column(places, "Strength"), "strength", "list_figure"),
        (questions.after_column(places, "% at worst"), "worst", "list_percent"),
    )
    ranked = [question for question in rows(page.tables.questions) if question.rank is not None]
    weakest = sorted(ranked, key=lambda question: question.rank)[:MOST]
    lines = min(MOST, len(places.questions))
    for n in range(1, lines + 1):
        for col, (column, name, style) in enumerate(columns, start=page.right):
            formula = f'=IFERROR(INDEX({column},MATCH({n},{ranks},0)),"")'
            value = getattr(weakest[n - 1], name) if n <= len(weakest) else None
            page.book.formula(page.sheet, row + 1 + n, col, formula, value, style)
    return row + 1 + lines
