"""What a *pack* asks and where everything stands in it: one workbook for all recipients of a trust, say.

Its sheets are those of any workbook. What is shared has one row; every other question has a row for each
recipient that is asked it, below each other. A further sheet has a row for each recipient, with the cover
fields that each answers for itself. For reading, a pack is divided into the *parts* of its members.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit, Question, Section
from auditkit.fields import kind_of
from auditkit.workbook.blocks import cover_block, names_taken, section_block, sheet_name
from auditkit.workbook.layout import COVER, FIRST_ROW, KEY_HEADER, Block, Column, Layout, Row, Slot

if TYPE_CHECKING:
    from auditkit.round import Round

# Block id of the sheet with a row for each member; it is in every pack, and no section is ever called so.
EACH = ":each"
# Stands between the question and the member in the key of a row: neither id can hold it.
OF = " / "
# The columns that say in words whose a row is: on the sheet that each has a row on, and elsewhere.
NAME, WHOM = "name", "whom"
# How wide columns are in a pack. Every row has the whole of its question, so what is read is wider than in
# other workbooks, which makes rows lower and a pack shorter; what only tells rows apart is narrower. What is
# fixed in the row of a number should take one line.
DESCRIBED = {"ref": 10.0, "question": 60.0, "whom": 17.0, "descriptors": 54.0}
NOT_DESCRIBED = {"ref": 10.0, "question": 72.0, "whom": 17.0}
NUMBERS = {"ref": 16.0, "whom": 30.0, "period": 34.0}

# The ids of the questions that a recipient is asked, by section.
Questions = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Member:
    """One recipient of a pack: its id, how its workbook names it, and what it is asked."""

    id: str
    name: str
    audit: Audit


@dataclass(frozen=True)
class PackAudit:
    """What a pack asks: ``audit`` is what any of its members is asked.

    ``noun`` is what one of them is called in it. ``definition`` is the digest of the whole definition, if the
    pack was issued earlier.
    """

    audit: Audit
    members: tuple[Member, ...]
    noun: str = "one"
    definition: str = ""

    @cached_property
    def by_id(self) -> dict[str, Member]:
        """The members by id."""
        return {member.id: member for member in self.members}

    @cached_property
    def asked(self) -> dict[str, frozenset[str]]:
        """The ids of the questions that each member is asked, by its id."""
        return {m.id: frozenset(q.id for _, q in m.audit.questions()) for m in self.members}


@dataclass(frozen=True)
class Part:
    """What in a pack is one member's.

    ``in_file`` has the rows that are its own or shared under the keys that the file has for them, ``view``
    the same rows under the keys of a workbook of its own; only the block :data:`EACH` stays as it is.
    """

    member: Member
    in_file: Layout
    view: Layout


def packs_of(round_: Round, today: dt.date | None = None) -> dict[str, PackAudit]:
    """Return what each pack of a round asks now, by its id, in the order of the register.

    Args:
        round_: The round. Members with the same name are told apart by their ids.
        today: The day of issue: those that have closed by then are left out.
    """
    by_id = {recipient.id: recipient for recipient in round_.recipients}
    found = {}
    for pack in round_.packs:
        own = [by_id[key] for key in pack.members if not today or not by_id[key].is_closed(today)]
        often = Counter(recipient.name.casefold() for recipient in own)
        names = (r.name if often[r.name.casefold()] == 1 else f"{r.name} ({r.id})" for r in own)
        members = [Member(r.id, name, round_.audit_for(r)) for r, name in zip(own, names, strict=True)]
        found[pack.recipient.id] = pack_audit(round_.audit, members, noun=round_.settings.pack_member)
    return found


def pack_audit(
    audit: Audit, members: Iterable[Member], *, noun: str = "one", definition: str = ""
) -> PackAudit:
    """Return what a pack asks.

    Args:
        audit: The definition, not narrowed to anyone.
        members: Its members; those who aren't asked anything are left out.
        noun: What one of them is called in it.
        definition: The digest of the definition, if the pack was issued earlier.
    """
    asking = tuple(member for member in members if member.audit.sections)
    wanted: dict[str, set[str]] = {}
    for member in asking:
        for section, question in member.audit.questions():
            wanted.setdefault(section.id, set()).add(question.id)
    return PackAudit(
        narrowed(audit, {key: sorted(ids) for key, ids in wanted.items()}), asking, noun, definition
    )


def narrowed(audit: Audit, asked: Questions) -> Audit:
    """Return a definition with only some of its questions; sections without any are left out."""
    sections = []
    for section in audit.sections:
        wanted = set(asked.get(section.id, ()))
        questions = tuple(q for q in section.questions if q.id in wanted)
        if questions or (section.events and section.id in asked):
            sections.append(replace(section, questions=questions))
    return replace(audit, sections=tuple(sections))


def is_shared(section: Section, question: Question) -> bool:
    """Tell whether a question is answered once for all members who are asked it."""
    return section.shared or question.shared


def layout_of(pack: PackAudit, own: tuple[Column, ...] = ()) -> Layout:
    """Return where everything stands in the workbook of a pack, with columns for texts of its members."""
    taken = names_taken(own)
    cover = tuple(field for field in pack.audit.cover if not field.each)
    blocks = [*([cover_block(cover, taken)] if cover else []), _each(pack, taken)]
    for n, section in enumerate(pack.audit.sections, start=1):
        blocks.append(_by_member(pack, section_block(pack.audit, section, n, taken, own), section))
    return Layout(tuple(blocks))


def parts_of(pack: PackAudit, layout: Layout) -> Iterator[Part]:
    """Yield what in the workbook of a pack is each member's.

    Args:
        pack: What it asks.
        layout: Where that stands in it.
    """
    for member in pack.members:
        yield _part(layout, member)


def _each(pack: PackAudit, taken: set[str]) -> Block:
    fields = tuple(field for field in pack.audit.cover if field.each)
    columns = [
        Column("ref", KEY_HEADER, 13, "key"),
        Column(NAME, "Name", 34, "fixed"),
        Column("progress", "Own questions complete", 16, "fixed"),
        *(Column(f.id, f.label, f.width or kind_of(f).WIDTH, "answer") for f in fields),
        *([Column("status", "Still needed", 20, "status")] if fields else []),
    ]
    slots = tuple(
        Slot(member.id, field.id, field, FIRST_ROW + i, 3 + j)
        for i, member in enumerate(pack.members)
        for j, field in enumerate(fields)
    )
    rows = tuple(Row(member.id, member.id, (member.id,)) for member in pack.members)
    keys = tuple(row.key for row in rows)
    title = f"Each {pack.noun}"
    return Block(EACH, sheet_name(title, taken), title, None, tuple(columns), keys, slots, rows)


def _by_member(pack: PackAudit, block: Block, section: Section) -> Block:
    """Return the block of a section with a row for each member, where a question isn't shared."""
    rows: list[Row] = []
    for question in section.questions:
        asked = tuple(member.id for member in pack.members if question.id in pack.asked[member.id])
        if is_shared(section, question):
            rows.append(Row(question.id, question.id, asked))
        else:
            rows += (Row(f"{question.id}{OF}{one}", question.id, (one,)) for one in asked)
    key, question_column, *others = block.columns
    wide = _widths(block, section)
    whom = Column(WHOM, "For whom", wide[WHOM], "fixed")
    columns = tuple(
        column if column.role == "answer" else replace(column, width=wide.get(column.key, column.width))
        for column in (key, question_column, whom, *others)
    )
    once: dict[str, list[Slot]] = {}
    for slot in block.slots:
        once.setdefault(slot.row_key, []).append(slot)
    slots = tuple(
        replace(slot, row_key=row.key, row=FIRST_ROW + i, col=slot.col + 1)
        for i, row in enumerate(rows)
        for slot in once[row.question]
    )
    keys = tuple(row.key for row in rows)
    return replace(block, columns=columns, row_keys=keys, slots=slots, rows=tuple(rows))


def _widths(block: Block, section: Section) -> Mapping[str, float]:
    """Return how wide columns of a section are in a pack, by key; the others are as elsewhere."""
    if section.is_numbers:
        return NUMBERS
    is_described = any(column.key == "descriptors" for column in block.columns)
    return DESCRIBED if is_described else NOT_DESCRIBED


def _part(layout: Layout, member: Member) -> Part:
    sections = {section.id: section for section in member.audit.sections}
    in_file, view = [], []
    for block in layout.blocks:
        if block.id == COVER:
            in_file.append(block)
            view.append(block)
            continue
        own = {row.key: row.question for row in block.rows if member.id in row.members}
        # All blocks stay, since where a table ends depends on where the next one begins.
        in_file.append(replace(block, row_keys=tuple(own)))
        slots = tuple(replace(s, row_key=own[s.row_key]) for s in block.slots if s.row_key in own)
        if slots:
            keys = tuple(own.values())
            view.append(replace(block, section=sections.get(block.id), row_keys=keys, slots=slots, rows=()))
    return Part(member, Layout(tuple(in_file)), Layout(tuple(view)))
