"""Where each recipient stands in this round, as its last collation found it: what progress is asked about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditkit.definition.model import Audit, Field, field_with_role
from auditkit.definition.scale import Scale
from auditkit.earlier.beside import Piece, answered, is_open, readable
from auditkit.earlier.beside import rating as rated
from auditkit.earlier.earlier import point_colours
from auditkit.earlier.then import Then, said, unpacked
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import progress
from auditkit.workbook.known import Known
from auditkit.workbook.layout import SAID_SO_FAR, SO_FAR, Column
from auditkit.workbook.own import Own

LABEL, NOTHING = "So far", "Not answered so far."


@dataclass(frozen=True)
class Position:
    """What every recipient whose return counts said so far, packed, by id."""

    audit: Audit
    said: Mapping[str, bytes]
    _forms: dict[str, Audit] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that stand beside questions."""
        return SO_FAR

    def form(self, recipient: Recipient) -> Audit | None:
        """Return what a recipient's progress workbook asks; None if nothing of it counts so far."""
        if recipient.id not in self.said:
            return None
        if recipient.id not in self._forms:
            then = self._then(recipient)
            self._forms[recipient.id] = progress.form(then.audit, frozenset(_left(then)))
        return self._forms[recipient.id]

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's position is still that which was issued."""
        asked = [question.id for _, question in (self.form(recipient) or self.audit).questions()]
        found = hashlib.sha256(json.dumps(asked).encode() + self.said.get(recipient.id, b""))
        return found.hexdigest()[:16]

    def own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what stands in a recipient's progress workbook: its position beside each question.

        Args:
            recipient: The recipient.
            audit: What the workbook asks (:meth:`form`).
        """
        then = self._then(recipient)
        texts = {}
        colours = {}
        for section in audit.sections:
            has_rating = audit.rating_field(section) is not None
            for question in section.questions:
                piece = Piece(then, question.id)
                told = answered(piece, (), rated=not has_rating) if piece.said else NOTHING
                both = (rated([piece]), readable(told, SAID_SO_FAR.width))
                texts[section.id, question.id] = both if has_rating else both[1:]
            scale = audit.scale_of(section)
            colours[section.id] = tuple(point_colours([scale] if scale else []))
        about = (
            f"Questions that weren't good yet, have an open action, or wait for evidence: {len(texts)}. "
            "What you said so far stands in grey beside each. It can't be changed: say beside it what is "
            "different now."
        )
        return Own(((LABEL, about),), texts, colours=colours, columns=SO_FAR)

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:  # noqa: ARG002
        """Return what reading a recipient's return has to know: what it was shown."""
        return Known(own.shown())

    def _then(self, recipient: Recipient) -> Then:
        asked = self.audit.for_recipient(recipient.row())
        return Then(recipient.name, asked, unpacked(self.said[recipient.id]))


def position(round_: Round) -> Position:
    """Return where each recipient of a round stands.

    Args:
        round_: The round, which was collated.

    Raises:
        AuditkitError: It was never collated, keeps no tables, or they are damaged.
    """
    return Position(round_.audit, said(round_))


def _left(then: Then) -> Iterator[str]:
    """Yield the questions at which something is left to do, by their rating, an action or evidence."""
    for section, question in then.audit.questions():
        piece = Piece(then, question.id)
        column = then.audit.rating_field(section)
        evidence = field_with_role(piece.fields, "evidence")
        if (
            (column is not None and not _is_done(piece, then.audit.scale(column.scale), column))
            or is_open(piece)
            or (evidence is not None and then.audit.following.is_promised(piece.said.get(evidence.id)))
        ):
            yield question.id


def _is_done(piece: Piece, scale: Scale, column: Field) -> bool:
    value = piece.said.get(column.id)
    return scale.is_done(None if value is None else scale.point_for(value))
