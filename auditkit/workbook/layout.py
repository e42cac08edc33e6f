"""Where everything stands in a recipient's workbook: pure data, shared by building and by reading.

Every answer table (*block*) carries its keys inside, so that a return is read by key and never by position:

* a hidden *key row* above the header holds the *marker* ``auditkit:<block id>`` in its first column and the
  field id above each answer column;
* the locked first column holds the key of each row (the question id, the cover field's id).

A workbook may show its recipient what was said another time: columns of role ``own``, known by their headers.
They have no keys and hold no answers, so the same questions have the same digest with and without them.

A table of events is as wide as its columns and as long as its blank rows; the key of a row only says where it
stood when it was issued. Rows without such a key are events all the same.

A block's shape doesn't matter to reading: whatever rows and columns it has, each answer cell is a
:class:`Slot` with a row key, a column key and the field that says what may be typed there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from auditkit.definition.model import Field, Section
from auditkit.definition.survey import SEVERAL

MARKER = "auditkit:"
# Block id of the cover fields, and the column key of their answers. Section ids can't contain a colon,
# so no section is ever taken for it.
COVER = ":cover"
ANSWER = "answer"
# The header of the key column; a row whose key is this is the header row.
KEY_HEADER = "Ref"

QUESTION_HEADER = "Question and what good looks like"
# What stands before what good looks like, below a question.
GOOD = "Good looks like: "

START_SHEET, COVER_SHEET, LISTS_SHEET, IDENTITY_SHEET = "Start here", "About you", "Lists", "_auditkit"

TITLE_ROW, INTRO_ROW, PROGRESS_ROW, KEY_ROW, HEADER_ROW, FIRST_ROW = range(6)

ColumnRole = Literal["key", "fixed", "own", "answer", "status"]


@dataclass(frozen=True)
class Column:
    """A column of a block. ``key`` is the field id of an answer column, a plain name for the others."""

    key: str
    header: str
    width: float
    role: ColumnRole


# The column of a choice, in a section of a survey.
CHOICE = "choice"

# What was said last time. Reading knows these columns by their headers, whatever the audit.
LAST_RATING = Column("last_rating", "Rating last time", 15, "own")
LAST_SAID = Column("last_said", "What you said last time", 42, "own")
LAST_TIME = (LAST_RATING, LAST_SAID)
# How what stands beside a new question begins.
NEW = "New:"
# From where an answer was carried that stands in the answer cells.
CARRIED_FROM = Column("carried_from", "Carried over from", 26, "own")
# The role of the answers that say whether what was carried over still holds.
CARRIED_ROLE = "carried"
# What was said in this round so far, in a workbook that asks for progress.
RATING_SO_FAR = Column("rating_so_far", "Rating so far", 15, "own")
SAID_SO_FAR = Column("said_so_far", "What you said so far", 42, "own")
SO_FAR = (RATING_SO_FAR, SAID_SO_FAR)
OWN_COLUMNS = (*LAST_TIME, CARRIED_FROM, *SO_FAR)
OWN_RATINGS = (LAST_RATING, RATING_SO_FAR)
# How the blocks of a progress workbook are told from those of the audit. No section id holds a colon.
PROGRESS = "progress:"
# The mark of sheets of texts that are the recipient's own. Two colons, as that of the identity.
OWN_MARK = "auditkit::own"
FROM_LAST_TIME, NOT_CARRIED = "From last time", "Not carried over"
OWN_SHEETS = (FROM_LAST_TIME, NOT_CARRIED)
# The columns of these sheets: what their headers begin with, and widths.
LEFT_COLUMNS = (("Ref", 12), ("Question", 46), ("Rating", 15), ("What you said", 60))


@dataclass(frozen=True)
class Slot:
    """One answer cell; ``row`` and ``col`` count from 0."""

    row_key: str
    column_key: str
    field: Field
    row: int
    col: int


def _read_as(slot: Slot) -> list[str]:
    """Return what reading a cell depends on. Of what is ticked that is the choice beside it."""
    ticked = slot.field.choices if slot.field.kind == SEVERAL else ()
    return [slot.row_key, slot.column_key, slot.field.kind, slot.field.scale, *ticked]


@dataclass(frozen=True)
class Row:
    """What a row of a pack's block is about: a question, and the ids of those for whom it is answered."""

    key: str
    question: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """One answer table on its own sheet. ``section`` is None for the cover fields.

    In most workbooks the key of a row is its question's id; in a pack ``rows`` says what each is about.
    """

    id: str
    sheet: str
    title: str
    section: Section | None
    columns: tuple[Column, ...]
    row_keys: tuple[str, ...]
    slots: tuple[Slot, ...]
    rows: tuple[Row, ...] = ()

    @property
    def is_events(self) -> bool:
        """Whether it is a table of events, whose rows are the respondent's."""
        return self.section is not None and self.section.events is not None

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Slot]:
        """The slots by row key and column key."""
        return {(slot.row_key, slot.column_key): slot for slot in self.slots}

    @cached_property
    def in_row(self) -> dict[str, list[Slot]]:
        """The slots of each row, by row key."""
        found: dict[str, list[Slot]] = {key: [] for key in self.row_keys}
        for slot in self.slots:
            found[slot.row_key].append(slot)
        return found

    @cached_property
    def last_answer(self) -> int:
        """The column of the last answer, counting from 0."""
        return max(slot.col for slot in self.slots)

    @cached_property
    def answer_keys(self) -> frozenset[str]:
        """The column keys of its answers."""
        return frozenset(slot.column_key for slot in self.slots)

    @cached_property
    def questions(self) -> frozenset[str]:
        """The row keys, to look one up."""
        return frozenset(self.row_keys)

    @cached_property
    def about(self) -> dict[str, Row]:
        """What each row is about, by its key."""
        return {row.key: row for row in self.rows or (Row(key, key) for key in self.row_keys)}

    def row_about(self, question: str, members: tuple[str, ...] = ()) -> str | None:
        """Return the key of the row where a question is answered for all these members, None if it isn't."""
        if not self.rows:
            return question if question in self.questions else None
        found = (row.key for row in self._about_question.get(question, ()) if {*members} <= {*row.members})
        return next(found, None)

    @cached_property
    def _about_question(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.question, []).append(row)
        return found

    @property
    def last_row(self) -> int:
        """The row of the last row key, counting from 0."""
        return FIRST_ROW + len(self.row_keys) - 1

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns of texts that are the recipient's own."""
        return tuple(column for column in self.columns if column.role == "own")

    def col(self, key: str) -> int:
        """Return where the column with this key stands, counting from 0; StopIteration if nowhere."""
        return next(i for i, column in enumerate(self.columns) if column.key == key)


@dataclass(frozen=True)
class Layout:
    """All blocks of one recipient's workbook, in the order of its sheets."""

    blocks: tuple[Block, ...]

    @cached_property
    def by_id(self) -> dict[str, Block]:
        """The blocks by id."""
        return {block.id: block for block in self.blocks}

    @cached_property
    def rows(self) -> frozenset[tuple[str, str]]:
        """Block id and row key of every row."""
        return frozenset((block.id, key) for block in self.blocks for key in block.row_keys)

    @property
    def cover(self) -> Block:
        """The block of the cover fields."""
        return self.by_id[COVER]

    def sections(self) -> Iterator[tuple[Block, Section]]:
        """Yield the blocks of questions with their sections."""
        for block in self.blocks:
            if block.section is not None:
                yield block, block.section

    @property
    def is_progress(self) -> bool:
        """Whether it is of a workbook that asks for progress, and not for the audit."""
        return any(block.id.startswith(PROGRESS) for block in self.blocks)

    @cached_property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of what reading depends on: blocks, keys and kinds."""
        content = [
            [
                *(block.id, [_read_as(slot) for slot in block.slots]),
                *[[row.key, *row.members] for row in block.rows],
            ]
            for block in self.blocks
        ]
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()[:16]
