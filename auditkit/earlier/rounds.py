"""Several earlier rounds at once: beside each question stands what was said of it latest, and in which round.

With a rota, a setting may have been asked last year, or two or three years ago. Each round is an
:class:`~auditkit.earlier.earlier.Earlier` of its own; here is only which of them speaks where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from auditkit.definition.crosswalk import Crosswalk, Link, field_here, pairs
from auditkit.definition.model import Audit
from auditkit.definition.wording import listed
from auditkit.earlier.beside import readable
from auditkit.earlier.earlier import LABEL, Earlier
from auditkit.register import Recipient
from auditkit.workbook.known import NOTHING_KNOWN, Known
from auditkit.workbook.layout import FROM_LAST_TIME, LAST_SAID, LAST_TIME, LEFT_WIDTH, NEW, Column
from auditkit.workbook.own import Left, Own, RowKey


@dataclass(frozen=True)
class Rounds:
    """Several earlier rounds, the newest first; ``steps`` lead from each to the one before it in the list."""

    rounds: tuple[Earlier, ...]
    steps: tuple[Crosswalk, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that stand beside questions."""
        return LAST_TIME

    def shows(self, recipient: Recipient) -> bool:
        """Tell whether there is anything that a recipient said in any of them."""
        return any(one.shows(recipient) for one in self.rounds)

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's own texts are still those that were issued."""
        found = "".join(one.digest(recipient) for one in self.rounds)
        return hashlib.sha256(found.encode()).hexdigest()[:16]

    def own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what a recipient's workbook has that no other has.

        Args:
            recipient: The recipient.
            audit: What it is asked now.
        """
        shown = [one for one in self.rounds if one.shows(recipient)]
        if len(shown) < 2:
            return (shown or self.rounds)[0].own(recipient, audit)
        owns = [one.own(recipient, audit) for one in shown]
        said = [one.answered(recipient, audit) for one in shown]
        texts: dict[RowKey, tuple[str, ...]] = {}
        colours = {
            block: tuple({c: None for own in owns for c in own.colours.get(block, ())})
            for block in dict.fromkeys(block for own in owns for block in own.colours)
        }
        for key, latest in owns[0].texts.items():
            speaks = next((n for n, keys in enumerate(said) if key in keys), None)
            texts[key] = latest if speaks is None else _from(shown[speaks], owns[speaks].texts[key])
        left = tuple(self._left(shown, owns, recipient))
        about = _about(shown, texts, len(left))
        sheets = {FROM_LAST_TIME: left} if left else {}
        return Own(((LABEL, about),), texts, sheets, colours, columns=LAST_TIME)

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:
        """Return what reading a recipient's return has to know: what it was shown, and what it said.

        Args:
            recipient: The recipient.
            audit: What it is asked now.
            own: What its workbook has that no other has.
        """
        found = NOTHING_KNOWN
        for one in self.rounds:
            found |= one.known(recipient, audit, own)
        return found

    def _left(self, shown: list[Earlier], owns: list[Own], recipient: Recipient) -> Iterator[Left]:
        """Yield the open actions that no question continues; what a later round asked again speaks there."""
        for n, (one, own) in enumerate(zip(shown, owns, strict=True)):
            later = self._asked_again(one, shown[n - 1], recipient) if n else ()
            for left in own.left.get(FROM_LAST_TIME, ()):
                if left.ref not in later:
                    yield replace(left, said=readable(f"{_in(one)}\n{left.said}", LEFT_WIDTH))

    def _asked_again(self, old: Earlier, new: Earlier, recipient: Recipient) -> frozenset[str]:
        """Return the questions of one round that a later one asked a recipient again."""
        first, last = (next(n for n, each in enumerate(self.rounds) if each is one) for one in (new, old))
        walk = Crosswalk()
        for n in range(first, last):
            walk = joined(self.steps[n], walk, self.rounds[n + 1].audit, self.rounds[n].audit, new.audit)
        paired = pairs(old.audit, new.audit, walk)
        return frozenset(was for key in new.asked(recipient) for was in paired[key].was)


def joined(first: Crosswalk, then: Crosswalk, old: Audit, between: Audit, new: Audit) -> Crosswalk:
    """Return what lives on of an audit in the one after the next; points of scales aren't followed.

    Args:
        first: What lives on of ``old`` in ``between``.
        then: What lives on of ``between`` in ``new``.
        old: The oldest edition, whole.
        between: The edition between.
        new: The newest one.
    """
    before, after = pairs(old, between, first), pairs(between, new, then)
    links = tuple(
        Link(key, tuple(dict.fromkeys(was for mid in pair.was for was in before[mid].was)))
        for key, pair in after.items()
    )
    columns = {field.id for section in old.sections for field in old.responses_of(section)}
    fields = {column: field_here(field_here(column, first), then) for column in columns}
    return Crosswalk(links, fields)


def _from(one: Earlier, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return texts beside a question with the round that they are from."""
    *rating, said = texts
    return (*rating, readable(f"{_in(one)}\n{said}", LAST_SAID.width))


def _in(one: Earlier) -> str:
    return f"In {one.title}:"


def _about(shown: list[Earlier], texts: Mapping[RowKey, tuple[str, ...]], left: int) -> str:
    """Return what the first sheet says."""
    new = sum(said[-1].startswith(NEW) for said in texts.values())
    rounds = listed([one.title for one in shown], "and")
    return " ".join(
        filter(
            None,
            (
                f"What you said in {rounds} stands in grey beside each question: what is latest, and which "
                "round it is from. It can't be changed: please answer for today.",
                f"Questions that are new: {new}." if new else "",
                f"Open actions under questions that aren't asked any more: {left}. They are on the sheet "
                f"“{FROM_LAST_TIME}”."
                if left
                else "",
            ),
        )
    )
