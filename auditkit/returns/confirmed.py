"""Answers that were carried over, and whether somebody has confirmed them.

Until then they are there to be read, but count for nothing. Where any of a question's answers is another than
was carried over, somebody has worked on it, whatever the column says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from auditkit.returns.content.seen import some
from auditkit.returns.model import Answer, Finding
from auditkit.workbook.known import row
from auditkit.workbook.layout import CARRIED_ROLE

UNCONFIRMED = "carried-unconfirmed"


def confirmed(
    file: str, answers: Iterable[Answer], carried: Mapping[str, Collection[str]]
) -> tuple[list[Answer], list[Finding]]:
    """Take the value from answers that were carried over and that nobody has confirmed.

    Args:
        file: The file, as findings name it.
        answers: Its answers, parsed.
        carried: The digests of what was carried over for its recipient, by question.

    Returns:
        The answers, and a finding that names the questions if there are any.
    """
    answers = list(answers)
    rows: dict[str, dict[str, Answer]] = {}
    for a in answers:
        if a.row_key in carried:
            rows.setdefault(a.row_key, {})[a.column_key] = a
    waiting = {key: own for key, own in rows.items() if _waits(own, carried[key])}
    if not waiting:
        return answers, []
    first = next(iter(next(iter(waiting.values())).values()))
    data = (("count", str(len(waiting))), ("questions", some(list(waiting))))
    finding = Finding(UNCONFIRMED, file, first.sheet, first.cell, data=data)
    return [_open(a) if a.row_key in waiting else a for a in answers], [finding]


def _waits(own: Mapping[str, Answer], carried: Collection[str]) -> bool:
    said = any(a.field.role == CARRIED_ROLE and a.value is not None for a in own.values())
    return not said and row({k: a.typed for k, a in own.items() if a.field.role != CARRIED_ROLE}) in carried


def _open(answer: Answer) -> Answer:
    # What was typed into the column that asks for it wasn't carried over, though it confirms nothing.
    return answer if answer.field.role == CARRIED_ROLE else answer._replace(value=None, unconfirmed=True)
