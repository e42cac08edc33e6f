"""Every figure of a report as one table: a row for each answer, all together and by group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditkit.survey.model import Base, Count, Report, Result

COLUMNS = (
    *("Section", "Ref", "Question", "By", "Group", "Answer"),
    *("Recipients", "Share", "Asked", "Answered", "Not applicable", "Blank", "Not usable"),
)
ALL = "All"

Cell = str | int | float | None


def figures(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of :data:`COLUMNS`; counts that aren't shown are left blank."""
    for result in report.results:
        yield from _rows(result, ("", ALL), result.counts, result.base)
        for cross in result.crosses:
            for part in cross.parts:
                yield from _rows(result, (cross.by, part.name), part.counts, part.base)


def _rows(
    result: Result, whose: tuple[str, str], counts: Sequence[Count], base: Base | None
) -> Iterator[tuple[Cell, ...]]:
    asked = result.asked
    of: tuple[Cell, ...] = (None,) * 5
    if base is not None:
        of = (base.asked, base.answered, base.not_applicable, base.blank, base.unusable)
    for count in counts:
        share = None if count.share is None else float(count.share)
        yield (asked.title, asked.id, asked.text, *whose, count.answer, count.count, share, *of)
