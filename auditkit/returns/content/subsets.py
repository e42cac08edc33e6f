"""Numbers that are larger than what they are a part of."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.content import Subset
from auditkit.returns.content.numbers import numbers_of, written
from auditkit.returns.content.seen import Row, Seen, about
from auditkit.returns.model import Answer, Finding

CODES = ("part-above-whole",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding for each pair of numbers that can't both be right."""
    for subset in seen.words.content.subsets:
        for part, whole in _pairs(subset, seen.rows):
            yield from _compared(seen, part, whole, subset.message)
    numbers = numbers_of(seen)
    for part, measure in numbers.values():
        for other in measure.subset_of:
            if other in numbers:
                yield from _compared(seen, part, numbers[other][0])


def _compared(seen: Seen, part: Answer, whole: Answer, message: str = "") -> Iterator[Finding]:
    small, large = part.value, whole.value
    if isinstance(small, (int, float)) and isinstance(large, (int, float)) and small > large:
        data = {
            "part": f"{part.row_key} {part.field.label}",
            "whole": f"{whole.row_key} {whole.field.label}",
            "part_value": written(part),
            "whole_value": written(whole),
            "message": f"{message} " if message else "",
        }
        yield about("part-above-whole", seen, [part, whole], **data)


def _pairs(subset: Subset, rows: tuple[Row, ...]) -> Iterator[tuple[Answer, Answer]]:
    """Yield the pairs of answers that a subset compares: in one row, or from two questions."""
    for row in rows:
        part, whole = _answer(subset.part, row, rows), _answer(subset.whole, row, rows)
        if part is None or whole is None:
            continue
        # A pair of named questions is one pair, whichever row it is come upon from.
        if "." not in subset.part or part in row.answers.values():
            yield part, whole


def _answer(name: str, row: Row, rows: tuple[Row, ...]) -> Answer | None:
    question, dot, column = name.rpartition(".")
    if not dot:
        return row.answers.get(column)
    return next((other.answers.get(column) for other in rows if other.question.id == question), None)
