"""What goes into the tables and what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditkit.definition.model import Audit, Scale, Section
from auditkit.register import Recipient
from auditkit.returns.model import Return
from auditkit.round import Settings
from auditkit.runs import Run

if TYPE_CHECKING:
    import pandas as pd

# The id under which the rating of a whole return stands beside those of its sections. No section id can
# contain a colon.
OVERALL = ":overall"
# What stands where a question isn't put to a recipient.
NOT_ASKED = "not asked"
YES, NO = "Yes", "No"


@dataclass(frozen=True)
class Collation:
    """A round as it stands: who was asked what, and what came back. Everything that outputs depend on.

    ``as_at`` is the day to which the tables speak (what is overdue depends on it). ``issued`` maps the id of
    a recipient to the day its workbook was issued; those never issued one are missing from it. ``earlier`` is
    the run that changes are told against (see :mod:`auditkit.runs`).
    """

    settings: Settings
    audit: Audit
    recipients: tuple[Recipient, ...]
    returns: tuple[Return, ...]
    as_at: dt.date
    issued: Mapping[str, dt.date] = field(default_factory=dict)
    earlier: Run | None = None


@dataclass(frozen=True)
class Given:
    """A collation with what every table looks up in it.

    ``files`` are the returns by recipient (in the order of the register, unknown ones last) and name;
    ``accepted_by_id`` the accepted return of each recipient that has one; ``audits`` the definition as
    narrowed to each recipient, and ``asked`` the ids of the questions in it.
    """

    collation: Collation
    files: tuple[Return, ...]
    accepted_by_id: Mapping[str, Return]
    audits: Mapping[str, Audit]
    asked: Mapping[str, frozenset[str]]

    def accepted(self) -> Iterator[tuple[Recipient, Return]]:
        """Yield each recipient that has an accepted return, with it."""
        for recipient in self.collation.recipients:
            if recipient.id in self.accepted_by_id:
                yield recipient, self.accepted_by_id[recipient.id]

    def rated(self) -> Iterator[tuple[Section, Scale, str]]:
        """Yield each section that is rated, with its scale and the id of its rating column."""
        for section in self.collation.audit.sections:
            column = self.collation.audit.rating_field(section)
            if column is not None:
                yield section, self.collation.audit.scale(column.scale), column.id


def rows(frame: pd.DataFrame, *names: str) -> Iterator[Any]:
    """Yield the rows of a table in order.

    Args:
        frame: The table.
        names: The columns wanted. With them a row is a plain tuple of these values in this order, without
            them a named tuple of all columns.
    """
    if names:
        return iter(frame[list(names)].itertuples(index=False, name=None))
    return iter(frame.itertuples(index=False))


def given(collation: Collation) -> Given:
    """Look up once what all tables need of ``collation``."""
    place = {recipient.id: i for i, recipient in enumerate(collation.recipients)}
    files = sorted(collation.returns, key=lambda r: (place.get(r.recipient_id, len(place)), r.file))
    audits = {r.id: collation.audit.for_recipient(r.row()) for r in collation.recipients}
    return Given(
        collation=collation,
        files=tuple(files),
        accepted_by_id={r.recipient_id: r for r in files if r.outcome == "accepted"},
        audits=audits,
        asked={key: frozenset(q.id for _, q in audit.questions()) for key, audit in audits.items()},
    )


@dataclass(frozen=True)
class Tables:
    """The tidy tables of a round; :data:`auditkit.tables.SCHEMAS` says what each holds.

    Every column is of dtype object: text, numbers and dates as themselves, None for a blank.
    """

    settings: Settings
    audit: Audit
    as_at: dt.date
    recipients: pd.DataFrame
    returns: pd.DataFrame
    cover: pd.DataFrame
    answers: pd.DataFrame
    ratings: pd.DataFrame
    results: pd.DataFrame
    questions: pd.DataFrame
    actions: pd.DataFrame
    findings: pd.DataFrame
    changes: pd.DataFrame
    notes: pd.DataFrame


def who(recipient_id: str, recipient: Recipient | None) -> tuple[str | None, str | None, str | None]:
    """Return id, name and group, as far as they are known."""
    if recipient is None:
        return (recipient_id or None, None, None)
    return (recipient.id, recipient.name, recipient.group or None)
