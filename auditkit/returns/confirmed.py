"""Answers that were carried over, and whether somebody has confirmed them.

Until then they are there to be read, but count for nothing. Where any of a question's answers is another than
was carried over, somebody has worked on it, whatever the column says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from auditkit.fields.plain import as_text
from auditkit.returns.content.seen import some
from auditkit.returns.model import Answer, Finding
from auditkit.workbook.known import row
from auditkit.workbook.layout import CARRIED_ROLE

# What stands behind an answer that is chosen or counted, so that no figure takes it for one that was given.
BEHIND = "carried over, not confirmed"
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


def is_unconfirmed(answer: Answer) -> bool:
    """Tell whether an answer is there only because it was carried over, after :func:`confirmed`."""
    if answer.value is not None:
        return False
    return answer.field.kind == "text" or as_text(answer.typed).endswith(f" ({BEHIND})")


def _waits(own: Mapping[str, Answer], carried: Collection[str]) -> bool:
    said = any(a.field.role == CARRIED_ROLE and a.value is not None for a in own.values())
    return not said and row({k: a.typed for k, a in own.items() if a.field.role != CARRIED_ROLE}) in carried


def _open(answer: Answer) -> Answer:
    if answer.field.kind == "text":
        return answer._replace(value=None)
    return answer._replace(typed=f"{as_text(answer.typed)} ({BEHIND})", value=None)
