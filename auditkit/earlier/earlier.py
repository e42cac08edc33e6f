"""The answers of last time by recipient, and what of them stands in each workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from auditkit.definition.crosswalk import Crosswalk, Pair, field_here, pairs, removed
from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.scale import Scale
from auditkit.definition.wording import listed
from auditkit.earlier.beside import Piece, answered, banded, is_open, rating, readable, said
from auditkit.earlier.then import Then, unpacked
from auditkit.register import Recipient
from auditkit.returns.content.texts import digest
from auditkit.returns.words import plain
from auditkit.workbook.known import Known, together
from auditkit.workbook.layout import FROM_LAST_TIME, LAST_SAID, LAST_TIME, LEFT_WIDTH, Column
from auditkit.workbook.own import Colour, Left, Own, RowKey

# What the first sheet calls it.
LABEL = "Last time"


@dataclass(frozen=True)
class Earlier:
    """What was said last time.

    Attributes:
        now: What is asked now, and ``audit`` what was asked then, neither narrowed to anyone.
        definition: The digest of that.
        recipients: The register of then.
        standing: How far each who was asked had got, by id.
        said: What each answered, packed, by id; those are missing of whom no return counted.
        walk: What of that audit lives on in this one.
        without: The response columns of then that aren't shown.
    """

    now: Audit
    audit: Audit
    definition: str
    recipients: tuple[Recipient, ...]
    standing: Mapping[str, str]
    said: Mapping[str, bytes]
    walk: Crosswalk
    without: tuple[str, ...] = ()
    _unpacked: dict[str, tuple[Then, ...]] = field(default_factory=dict)
    _pairs: dict[tuple[int, int], tuple[dict[str, Pair], tuple[str, ...]]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that stand beside questions."""
        return LAST_TIME

    def shows(self, recipient: Recipient) -> bool:
        """Tell whether there is anything that a recipient said last time."""
        return any(old.id in self.said for old in self._olds(recipient))

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's own texts are still those that were issued."""
        olds = self._olds(recipient)
        parts: list[object] = [self.definition, list(self.without), [(o.id, o.name, o.row()) for o in olds]]
        found = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode())
        for old in olds:
            found.update(self.said.get(old.id, b"none"))
        if not self.shows(recipient):  # the first sheet says why
            found.update(self._why_not(recipient).encode())
        return found.hexdigest()[:16]

    def own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what a recipient's workbook has that no other has.

        Args:
            recipient: The recipient.
            audit: What it is asked now.
        """
        thens = self._thens(recipient)
        if not thens:
            why = f"{self._why_not(recipient)}, so nothing of last time stands beside the questions."
            return Own(((LABEL, why),))
        texts: dict[tuple[str, str], tuple[str, ...]] = {
            (section.id, question.id): (
                rating(pieces),
                readable(said(pair, pieces, audit, section, question, self.without), LAST_SAID.width),
            )
            for section, question, pair, pieces in self._questions(thens, audit)
        }
        rated = {section.id for section in audit.sections if audit.rating_field(section)}
        texts = {key: both if key[0] in rated else both[1:] for key, both in texts.items()}
        left = tuple(self._left(thens, audit))
        blocks = [*(section.id for section in audit.sections), *([FROM_LAST_TIME] if left else ())]
        colours = {block: self._colours[block] for block in blocks}
        about = self._about(thens, recipient, audit, len(left))
        return Own(
            ((LABEL, about),), texts, {FROM_LAST_TIME: left} if left else {}, colours, columns=LAST_TIME
        )

    def asked(self, recipient: Recipient) -> frozenset[str]:
        """Return the ids of the questions that a recipient was asked then, as far as a return counts."""
        return frozenset(key for then in self._thens(recipient) for key in then.questions)

    def answered(self, recipient: Recipient, audit: Audit) -> frozenset[RowKey]:
        """Return section and id of the questions of now under which a recipient said something then."""
        return frozenset(
            (section.id, question.id)
            for section, question, _, pieces in self._questions(self._thens(recipient), audit)
            if any(piece.said for piece in pieces)
        )

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:
        """Return what reading a recipient's return has to know: what it was shown, and what it said.

        Args:
            recipient: The recipient.
            audit: What it is asked now.
            own: What its workbook has that no other has.
        """
        found = []
        for section, question, _, pieces in self._questions(self._thens(recipient), audit):
            texts = {f.id for f in audit.responses_of(section) if f.kind == "text"}
            for piece in pieces:
                for column, value in piece.said.items():
                    here = field_here(column, self.walk)
                    if here in texts and isinstance(value, str):
                        found.append(digest(question.id, here, plain(value)))
        return Known(own.shown(), together(found))

    @cached_property
    def _by_id(self) -> Mapping[str, Recipient]:
        return {recipient.id: recipient for recipient in self.recipients}

    @property
    def title(self) -> str:
        """The audit of then and its edition."""
        return f"{self.audit.title}, {self.audit.edition}"

    def _olds(self, recipient: Recipient) -> list[Recipient]:
        """Return who a recipient was last time: itself if it was asked, else those whom it follows."""
        ids = [recipient.id] if recipient.id in self._by_id else recipient.predecessors
        return [self._by_id[each] for each in ids if each in self._by_id]

    def _thens(self, recipient: Recipient) -> tuple[Then, ...]:
        """Return what a recipient said last time, and those whom it follows, if it wasn't asked itself."""
        if recipient.id not in self._unpacked:
            self._unpacked.clear()  # each is asked for twice, one after the other
            self._unpacked[recipient.id] = self._opened(recipient)
        return self._unpacked[recipient.id]

    def _opened(self, recipient: Recipient) -> tuple[Then, ...]:
        return tuple(
            Then(old.name, self.audit.for_recipient(old.row()), unpacked(self.said[old.id]))
            for old in self._olds(recipient)
            if old.id in self.said
        )

    def _why_not(self, recipient: Recipient) -> str:
        """Return why there is nothing to show of last time."""
        # Who was in that register, but not on its rota, has no standing in it.
        olds = [old for old in self._olds(recipient) if old.id in self.standing]
        if not olds:
            return f"You weren't asked in {self.title}"
        if any(self.standing.get(old.id) == "nil return" for old in olds):
            return f"You sent a nil return in {self.title}"
        return f"We have no return of yours from {self.title}"

    def _paired(self, then: Then, audit: Audit) -> tuple[dict[str, Pair], tuple[str, ...]]:
        """Return what each question was, and which nothing continues; worked out once for each form."""
        key = (id(then.audit), id(audit))
        if key not in self._pairs:
            self._pairs[key] = (pairs(then.audit, audit, self.walk), removed(then.audit, audit, self.walk))
        return self._pairs[key]

    def _questions(
        self, thens: tuple[Then, ...], audit: Audit
    ) -> Iterator[tuple[Section, Question, Pair, list[Piece]]]:
        """Yield each question of now with what it was, and the questions of then that it continues."""
        paired = [(then, self._paired(then, audit)[0]) for then in thens]
        for section, question in audit.questions() if thens else ():
            found = [(pair[question.id], then) for then, pair in paired]
            pieces = [Piece(then, was) for pair, then in found for was in pair.was]
            pair = next((pair for pair, _ in found if pair.was), found[0][0])
            yield section, question, pair, pieces

    def _left(self, thens: tuple[Then, ...], audit: Audit) -> Iterator[Left]:
        """Yield the open actions whose question nothing continues."""
        for then in thens:
            for was in self._paired(then, audit)[1]:
                piece = Piece(then, was)
                if is_open(piece):
                    told = readable(answered(piece, self.without), LEFT_WIDTH)
                    yield Left(was, piece.question.text, rating([piece]), told)

    @cached_property
    def _colours(self) -> Mapping[str, tuple[Colour, ...]]:
        """The colours that ratings had then, by the section that their questions are in now."""
        scales = {q.id: self.audit.scale_of(section) for section, q in self.audit.questions()}
        found = {FROM_LAST_TIME: tuple(point_colours(self.audit.scales))}
        paired = pairs(self.audit, self.now, self.walk)
        for section in self.now.sections:
            of = (scales[was] for question in section.questions for was in paired[question.id].was)
            found[section.id] = tuple(point_colours(scale for scale in of if scale is not None))
        return found

    def _about(self, thens: tuple[Then, ...], recipient: Recipient, asked: Audit, left: int) -> str:
        """Return what the first sheet says of last time."""
        names = [then.name for then in thens if then.name != recipient.name]
        whose = listed(names, "and") if names else "you"
        paired = [pair for _, _, pair, _ in self._questions(thens, asked)]
        new = sum(not pair.was for pair in paired)
        return " ".join(
            filter(
                None,
                (
                    f"What {whose} said in {self.title} stands in grey beside each question. It can't be "
                    "changed: please answer for today.",
                    f"Questions that are new: {new}." if new else "",
                    f"Open actions under questions that aren't asked any more: {left}. They are on the sheet "
                    f"“{FROM_LAST_TIME}”."
                    if left
                    else "",
                ),
            )
        )


def point_colours(scales: Iterable[Scale]) -> Iterator[Colour]:
    """Yield the colours of ratings as they are shown, the first of those that read the same."""
    known = set()
    for scale in dict.fromkeys(scales):
        for point in scale.points:
            is_band = scale.numbers is not None and not point.not_applicable
            text = banded(point.text) if is_band else point.text
            if text not in known:
                known.add(text)
                yield Colour(text, point.colour, is_band)
