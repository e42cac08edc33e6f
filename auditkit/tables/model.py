"""What goes into the tables and what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from auditkit.definition.model import Audit, Field, Question, Section, field_with_role
from auditkit.definition.scale import Scale
from auditkit.register import Recipient
from auditkit.returns.completion import Completion, completion
from auditkit.returns.model import Answer, Return
from auditkit.round import Settings
from auditkit.runs import Since
from auditkit.tables.last_time import NO_LAST_TIME, LastTime
from auditkit.tables.table import Table, rows
from auditkit.trail import Progress

# The id under which the rating of a whole return stands beside those of its sections. No section id can
# contain a colon.
OVERALL = ":overall"
# What people call it.
WHOLE = "Overall"
# What stands where a question isn't put to a recipient.
NOT_ASKED = "not asked"
# What makes up an action, in the order of its columns.
ACTION_ROLES = ("rating", "action", "lead", "due", "progress")


@dataclass(frozen=True)
class Collation:
    """A round as it stands: who was asked what, and what came back. Everything that outputs depend on.

    ``as_at`` is the day to which the tables speak (what is overdue depends on it). ``issued`` maps the id of
    a recipient to the day its workbook was issued; those never issued one are missing from it. ``since`` is
    this run and the one that it is compared with (see :mod:`auditkit.runs`). ``packs`` maps the id of a
    recipient in a pack to whom that is for. ``unasked`` are those of the register who aren't asked this year
    and of whom nothing counts: in no sum, though what they sent is shown. ``progress`` is what progress
    returns changed, None in a round that has none of it; ``returns`` have it already. ``last`` is what
    earlier rounds said of the same cases and themes.
    """

    settings: Settings
    audit: Audit
    recipients: tuple[Recipient, ...]
    returns: tuple[Return, ...]
    as_at: dt.date
    issued: Mapping[str, dt.date] = field(default_factory=dict)
    since: Since | None = None
    packs: Mapping[str, Recipient] = field(default_factory=dict)
    unasked: tuple[Recipient, ...] = ()
    progress: Progress | None = None
    last: LastTime = NO_LAST_TIME

    def reached(self, recipient: Recipient) -> tuple[str, str]:
        """Return who is asked about a recipient, and their addresses: those of its pack come first."""
        pack = self.packs.get(recipient.id)
        if pack is None:
            return recipient.contact, recipient.email
        named = f"{pack.contact} ({pack.name})" if pack.contact else pack.name
        contacts, emails = ([named, recipient.contact], [pack.email, recipient.email])
        return "; ".join(filter(None, contacts)), "; ".join(filter(None, emails))


@dataclass(frozen=True)
class Opened:
    """A file with its answers unpacked, made for one file at a time and let go of again.

    ``recipient`` is whose it is, None if nobody's; ``done`` how complete it is, if it is somebody's.
    """

    recipient: Recipient | None
    file: Return
    done: Completion | None


@dataclass(frozen=True)
class Own:
    """What one recipient sent: all its files, and the one that counts, if one does."""

    recipient: Recipient
    files: tuple[Return, ...]
    counts: Opened | None


@dataclass(frozen=True)
class Given:
    """A collation with what every table looks up in it.

    ``files`` are the returns by recipient (in the order of the register, then those who weren't asked, what
    is nobody's last) and name; ``audits`` the definition as narrowed to each of these, and ``asked`` the ids
    of the questions in it, of the collation's own recipients only.
    """

    collation: Collation
    files: tuple[tuple[Recipient | None, tuple[Return, ...]], ...]
    audits: Mapping[str, Audit]
    asked: Mapping[str, frozenset[str]]

    def open(self, recipient: Recipient | None, file: Return) -> Opened:
        """Unpack the answers of a file."""
        opened = replace(file, answers=tuple(file.answers))
        done = None if recipient is None else completion(self.audits[recipient.id], opened.answers)
        return Opened(recipient, opened, done)

    @cached_property
    def rated(self) -> tuple[tuple[Section, Scale, str], ...]:
        """Each section that is rated, with its scale and the id of its rating column."""
        audit = self.collation.audit
        columns = ((section, audit.rating_field(section)) for section in audit.sections)
        return tuple((section, audit.scale(column.scale), column.id) for section, column in columns if column)

    @cached_property
    def action_fields(self) -> Mapping[str, tuple[Field | None, ...]]:
        """The fields that play :data:`ACTION_ROLES` in each section, by its id."""
        audit = self.collation.audit
        responses = {section.id: audit.responses_of(section) for section in audit.sections}
        return {key: tuple(field_with_role(f, role) for role in ACTION_ROLES) for key, f in responses.items()}

    @cached_property
    def order(self) -> Order:
        """Where every answer stands in the definition."""
        return order_of(self.collation.audit)


@dataclass(frozen=True)
class Order:
    """The places of questions, of sections and of their response columns in a definition, by id."""

    questions: Mapping[str, tuple[int, Section, Question]]
    sections: Mapping[str, tuple[int, Section]]
    columns: Mapping[str, Mapping[str, int]]

    def place(self, answer: Answer) -> tuple[int, int]:
        """Return what puts answers to questions in the order of the definition, unknown ones last."""
        known, columns = self.questions.get(answer.row_key), self.columns.get(answer.block, {})
        number, section = self.sections.get(answer.block, (len(self.sections), None))
        if section is not None and section.events:
            return len(self.questions) + number, 0  # rows stay in their order, and the cells in each
        number = known[0] if known else len(self.questions) + len(self.sections)
        return number, columns.get(answer.column_key, len(columns))


def order_of(audit: Audit) -> Order:
    """Return where everything stands in a definition."""
    questions = enumerate(audit.questions())
    return Order(
        {question.id: (n, section, question) for n, (section, question) in questions},
        {section.id: (n, section) for n, section in enumerate(audit.sections)},
        {
            section.id: {field.id: n for n, field in enumerate(audit.responses_of(section))}
            for section in audit.sections
        },
    )


def given(collation: Collation) -> Given:
    """Look up once what all tables need of ``collation``."""
    people = (*collation.recipients, *collation.unasked)
    own: dict[str, list[Return]] = {recipient.id: [] for recipient in people}
    nobodys: list[Return] = []
    for file in sorted(collation.returns, key=lambda r: r.file):
        own.get(file.recipient_id, nobodys).append(file)
    asked_ids = {recipient.id for recipient in collation.recipients}
    files = [(r, tuple(own[r.id])) for r in people if r.id in asked_ids or own[r.id]]
    audits = {r.id: collation.audit.for_recipient(r.row()) for r, _ in files}
    asked = {id(audit): frozenset(q.id for _, q in audit.questions()) for audit in audits.values()}
    return Given(
        collation=collation,
        files=(*files, (None, tuple(nobodys))),
        audits=audits,
        asked={r.id: asked[id(audits[r.id])] for r in collation.recipients},
    )


def accepted(files: Iterable[Return]) -> Return | None:
    """Return the one of a recipient's files that counts, if there is one."""
    return next((file for file in files if file.outcome == "accepted"), None)


@dataclass(frozen=True)
class Tables:
    """The tidy tables of a round; :data:`auditkit.tables.SCHEMAS` says what each holds.

    Their rows come one by one (:func:`auditkit.tables.rows`); no table is ever held as objects as a whole.
    ``unasked`` is how many of the register aren't asked this year.
    """

    settings: Settings
    audit: Audit
    as_at: dt.date
    unasked: int
    recipients: Table
    returns: Table
    cover: Table
    answers: Table
    ratings: Table
    results: Table
    questions: Table
    actions: Table
    progress: Table
    trail: Table
    numbers: Table
    totals: Table
    events: Table
    cases: Table
    case_grades: Table
    agency_results: Table
    themes: Table
    theme_grades: Table
    learning: Table
    findings: Table
    changes: Table
    notes: Table

    @property
    def files(self) -> int:
        """How many files there were: a pack is one, of however many recipients it holds a return."""
        return len({pack or file for file, pack in rows(self.returns, "file", "pack")})


def who(recipient_id: str, recipient: Recipient | None) -> tuple[str | None, str | None, str | None]:
    """Return id, name and group, as far as they are known."""
    if recipient is None:
        return (recipient_id or None, None, None)
    return (recipient.id, recipient.name, recipient.group or None)
