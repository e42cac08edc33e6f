"""The block of *Summary* on what to do next: how many of what, and on which sheet they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from auditkit.master.book import quoted
from auditkit.master.flat import column_areas
from auditkit.master.places import STANDING_COL
from auditkit.master.sheets import actions, not_returned, queries, returns
from auditkit.master.sheets.summary.page import Page

HEADS = ("What needs doing", "How many", "Where")


@dataclass(frozen=True)
class Step:
    """Something to do: what, the formula that counts it, how many there are, the sheet that lists them.

    ``figure`` is what its number is called among the figures to see first, blank if it isn't one of them.
    """

    what: str
    formula: str
    count: int
    sheet: str
    figure: str = ""


def steps(page: Page) -> tuple[Step, ...]:
    """Return what there may be to do, the most pressing first."""
    tables = page.tables
    outcomes, standings = Counter(tables.returns["outcome"]), Counter(tables.recipients["standing"])
    outcome = column_areas(returns.NAME, returns.OUTCOME_COL, len(tables.returns))
    standing = [page.places.heatmap_column(STANDING_COL)]
    severity = column_areas(queries.NAME, queries.SEVERITY_COL, len(tables.findings))
    late = column_areas(actions.NAME, actions.OVERDUE_COL, len(tables.actions))
    asked, overdue = Counter(tables.findings["severity"])["query"], Counter(tables.actions["overdue"])["Yes"]

    def step(what: str, column: list[str], text: str, count: int, sheet: str, figure: str = "") -> Step:
        sums = (f'SUMPRODUCT(--({part}="{text}"))' for part in column)
        return Step(what, "=" + "+".join(sums), count, sheet, figure)

    late_actions = step("Follow up overdue actions", late, "Yes", overdue, actions.NAME, "overdue actions")
    return (
        step("Decide on returns that are held", outcome, "held", outcomes["held"], returns.NAME),
        step(
            "Ask again for files that can't be read", outcome, "rejected", outcomes["rejected"], returns.NAME
        ),
        step(
            "Remind those who haven't returned",
            *(standing, "not returned", standings["not returned"], not_returned.NAME),
        ),
        step(
            "Ask for the rest of partial returns", standing, "partly", standings["partly"], not_returned.NAME
        ),
        step("Look into queries", severity, "query", asked, queries.NAME, "queries"),
        *([late_actions] if actions.wanted(tables) else []),
    )


def write(page: Page, row: int) -> int:
    """Write the block from ``row`` down, on the left; return its last row."""
    page.heading(row, "What to do next")
    rest = [""] * (page.right - 1 - len(HEADS))
    page.head(row + 1, [*HEADS, *rest], left=[2])
    for line, step in enumerate(steps(page), start=row + 2):
        page.book.put(page.sheet, line, 0, step.what, "list")
        page.book.formula(page.sheet, line, 1, step.formula, step.count, "list_count")
        link = f"internal:{quoted(step.sheet)}!A1"
        page.sheet.write_url(line, 2, link, page.book.format("list_link"), step.sheet)
        for col in range(3, page.right - 1):
            page.sheet.write_blank(line, col, None, page.book.format("list"))
    return row + 1 + len(steps(page))
