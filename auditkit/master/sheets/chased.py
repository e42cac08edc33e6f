"""Whom to chase in an audit of cases: each agency once, with the cases that it hasn't sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from auditkit.master.flat import Column
from auditkit.tables import Tables, rows
from auditkit.tables.cases import CLOSED, standings

COLUMNS = (
    Column("Agency", 34),
    Column("Contact", 24),
    Column("Email", 36),
    Column("Cases asked", 11, "count"),
    Column("Not returned", 28),
    Column("Returned in part", 28),
    Column("What to do", 60, repeats=True),
)

# An agency, and who does it there: where cases of one agency go to several people, each is written to.
Whom = tuple[str, str, str]


def lines(tables: Tables, open_ones: Sequence[Any], to_do: Callable[[Any], str]) -> Iterator[Sequence[Any]]:
    """Yield a row for each agency that has anything to send, in the order of the register.

    Args:
        tables: The round's tables.
        open_ones: The rows of its recipients that stand open.
        to_do: Returns what an officer does about one of them.
    """
    on = {
        recipient_id: (case, agency)
        for recipient_id, case, agency in rows(tables.case_grades, "recipient_id", "case", "agency")
        if recipient_id
    }
    asked: dict[Whom, list[Any]] = {}
    standing = standings(tables.recipients)
    for one in rows(tables.recipients):
        if one.recipient_id in on and standing[one.recipient_id] != CLOSED:
            asked.setdefault(_whom(one, on), []).append(one)
    waited_for = {one.recipient_id for one in open_ones}
    for whom, all_of_them in asked.items():
        missing = [one for one in all_of_them if one.recipient_id in waited_for]
        if missing:
            by_standing = [
                ", ".join(on[one.recipient_id][0] for one in missing if one.standing == standing) or None
                for standing in ("not returned", "partly")
            ]
            steps = _steps({on[one.recipient_id][0]: to_do(one) for one in missing})
            agency, contact, email = whom
            yield agency, contact or None, email or None, len(all_of_them), *by_standing, steps


def _whom(recipient: Any, on: Mapping[str, tuple[str, str]]) -> Whom:
    return on[recipient.recipient_id][1], recipient.contact or "", recipient.email or ""


def _steps(by_case: Mapping[str, str]) -> str:
    """Return what to do; with the cases, if not the same is to be done about all."""
    cases: dict[str, list[str]] = {}
    for case, step in by_case.items():
        cases.setdefault(step, []).append(case)
    if len(cases) == 1:
        return next(iter(cases))
    return "\n".join(f"{', '.join(which)}: {step}" for step, which in cases.items())
