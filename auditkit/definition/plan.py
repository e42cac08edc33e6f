"""What is owed by when: steps counted in working days or calendar months from a day that an officer gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing that somebody owes, so many ``working_days`` or calendar ``months`` after a day.

    That day is the plan's first, or the one on which the step ``after`` is due. ``recipients`` tells that
    each recipient owes it, so that letters name it; ``deadline`` that workbooks are back by then.
    """

    id: str
    what: str
    who: str
    working_days: int | None = None
    months: int | None = None
    after: str = ""
    why: str = ""
    recipients: bool = False
    deadline: bool = False


@dataclass(frozen=True)
class Plan:
    """Steps that are counted from one day; ``starts`` says in words which day that is."""

    id: str
    title: str
    starts: str
    steps: tuple[Step, ...]
