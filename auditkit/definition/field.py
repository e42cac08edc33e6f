"""What can be typed: fields, what they mean to the outputs, and rules between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

# What a field means to the outputs, whatever it is called in this audit. `rating` is the one that is
# scored, `moderated` the one that then stands instead; those of LEARNT are the words of what an audit of
# cases found; the others say which column of the master a response belongs to.
LEARNT = ("agency_finding", "joint_finding", "good_practice")
RESPONSE_ROLES = (
    *("rating", "evidence", "improvement", "action", "lead", "due", "progress", "moderated"),
    *(*LEARNT, "theme"),
)
COVER_ROLES = (
    "author",
    "author_role",
    "contact",
    "nil_return",
    "nil_reason",
    "signoff_name",
    "signoff_role",
    "signoff_date",
)


@dataclass(frozen=True)
class Field:
    """One thing that can be typed: a response column, a cover field, later a column of a table.

    ``kind`` is a key of :data:`auditkit.fields.KINDS`; which of the optional attributes it takes is said
    there. ``noun`` is how a message names it when it is missing ("an action"). ``each`` is for fields of the
    cover: in a pack, every recipient in it answers for itself, not one for all.
    """

    id: str
    label: str
    kind: str
    role: str = ""
    help: str = ""
    noun: str = ""
    required: bool = False
    width: float | None = None
    scale: str = ""
    choices: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None
    each: bool = False

    @property
    def missing(self) -> str:
        """How a sentence names this field when it isn't there: "an action"."""
        return self.noun or self.label.lower()


@dataclass(frozen=True)
class Rule:
    """A rule between the fields of one row: where ``when`` holds, the ``require`` fields must be filled.

    ``when`` maps a field id to the values that trigger the rule: point ids for a rating, the choices for
    a choice, or ``("any",)`` for anything typed. All entries must hold.
    """

    id: str
    when: Mapping[str, tuple[str, ...]]
    require: tuple[str, ...]
    message: str


def field_with_role(fields: tuple[Field, ...], role: str) -> Field | None:
    """Return the field that plays ``role``, or None."""
    return next((field for field in fields if field.role == role), None)
