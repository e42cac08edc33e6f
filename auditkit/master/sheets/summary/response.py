"""The block of *Summary* on who replied, by group, with its chart."""

from __future__ import annotations

from collections import Counter

from auditkit.master import charts
from auditkit.master.book import cell
from auditkit.master.places import GROUP_COL, STANDING_COL
from auditkit.master.sheets.summary.page import Page
from auditkit.master.style import STANDINGS
from auditkit.tables import Tables, rows

HEADS = ("Returned", "Partly", "Nil return", "Not returned", "Asked", "Replied")
GROUPS = 10
# Counted apart from those who are asked, where there are any.
CLOSED = "Closed"
OTHER, NO_GROUP = "All other groups", "No group"


def heads(tables: Tables) -> tuple[str, ...]:
    """Return the headers of the figures."""
    return (*HEADS, CLOSED) if CLOSED.casefold() in tables.recipients["standing"] else HEADS


def write(page: Page, row: int) -> int:
    """Write who replied by group, with its chart; return the row after."""
    page.heading(row, "Response")
    groups = Counter(group or NO_GROUP for group in page.tables.recipients["group"])
    order = [g for g in (*page.tables.audit.groups, *groups) if g in groups]
    names = list(dict.fromkeys(order))
    if len(names) > GROUPS:
        kept = {name for name, _ in groups.most_common(GROUPS - 1)}
        names = [*(name for name in names if name in kept), OTHER]
    shown = [*STANDINGS, *(head.casefold() for head in heads(page.tables)[len(HEADS) :])]
    page.head(row + 1, ["Group", *heads(page.tables)])
    first, total = row + 2, row + 2 + len(names)
    standings = Counter(
        (group or NO_GROUP, standing) for group, standing in rows(page.tables.recipients, "group", "standing")
    )
    for line, name in enumerate(names, start=first):
        counts = [
            sum(n for (group, s), n in standings.items() if s == standing and _is(group, name, names))
            for standing in shown
        ]
        _group_line(page, line, name, counts, total if name == OTHER else None, first)
    everyone = Counter(page.tables.recipients["standing"])
    _total_line(page, total, first, [everyone[standing] for standing in shown])
    end = page.lines(first, total)
    columns = list(enumerate(STANDINGS.values(), start=1))
    said = (
        "Bar chart: how many recipients of each group returned, in whole, in part, with a nil return or not."
    )
    bars = charts.Bars("Response by group", said, row + 1, first, total - 1, columns)
    charts.insert(page.book, page.sheet, bars, (row, page.right), page.chart_size(row, end))
    return end


def _is(group: str, name: str, names: list[str]) -> bool:
    return group == name if name != OTHER else group not in names


def _group_line(page: Page, row: int, name: str, counts: list[int], total: int | None, first: int) -> None:
    """Write one group; ``total`` is the row of totals if this line holds all groups that aren't listed."""
    page.book.put(page.sheet, row, 0, name, "list")
    groups, standing = page.places.heatmap_column(GROUP_COL), page.places.heatmap_column(STANDING_COL)
    which = f'{groups}=""' if name == NO_GROUP else f"{groups}=$A{row + 1}"
    for col, count in _placed(counts):
        head = cell(first - 1, col, col_abs=False)
        formula = f"=SUMPRODUCT(({which})*({standing}={head}))"
        if total is not None:
            above = f"{cell(first, col)}:{cell(row - 1, col)}"
            formula = f"=SUMPRODUCT(--({standing}={head}))-SUM({above})"
        page.book.formula(page.sheet, row, col, formula, count, "list_count")
    _asked(page, row, counts[: len(STANDINGS)], "list")


def _placed(counts: list[int]) -> list[tuple[int, int]]:
    """Return counts by standing with their columns: those of the closed stand behind all that is asked."""
    return [(n if n <= len(STANDINGS) else n + 2, count) for n, count in enumerate(counts, start=1)]


def _asked(page: Page, row: int, counts: list[int], style: str) -> None:
    asked, last = len(counts) + 1, len(counts)
    whole, back = sum(counts), sum(counts[:-1])
    total = f"=SUM({cell(row, 1)}:{cell(row, last)})"
    page.book.formula(page.sheet, row, asked, total, whole, f"{style}_count")
    rate = f'=IF({cell(row, asked)}=0,"",SUM({cell(row, 1)}:{cell(row, last - 1)})/{cell(row, asked)})'
    page.book.formula(page.sheet, row, asked + 1, rate, back / whole if whole else None, f"{style}_percent")


def _total_line(page: Page, row: int, first: int, counts: list[int]) -> None:
    page.sheet.write_string(row, 0, "All recipients", page.book.format("list_total"))
    for col, count in _placed(counts):
        formula = f"=SUM({cell(first, col)}:{cell(row - 1, col)})"
        page.book.formula(page.sheet, row, col, formula, count, "list_total_count")
    _asked(page, row, counts[: len(STANDINGS)], "list_total")
