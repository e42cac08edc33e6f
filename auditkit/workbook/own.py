"""What stands in one recipient's workbook and in nobody else's, besides what names the recipient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from auditkit.definition.model import Audit
from auditkit.fields import Value
from auditkit.register import Recipient
from auditkit.workbook import known
from auditkit.workbook.known import Known
from auditkit.workbook.layout import Column

# A row of a block: block id and row key.
RowKey = tuple[str, str]


@dataclass(frozen=True)
class Colour:
    """The colour of a rating of another time: of cells that hold ``text``, or end in it if ``is_end``."""

    text: str
    colour: str
    is_end: bool = False


@dataclass(frozen=True)
class Left:
    """Something said elsewhere to which no question here belongs: what was asked, rated and said."""

    ref: str
    question: str
    rating: str
    said: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Its cells, in the order of their columns."""
        return (self.ref, self.question, self.rating, self.said)


@dataclass(frozen=True)
class Own:
    """What is one recipient's own.

    Attributes:
        about: What the first sheet says of it: labels, each with a sentence or two.
        texts: The texts beside a question, one for each of the columns of role ``own`` in its block.
        left: What no question belongs to, by the name of the sheet that shows it (``OWN_SHEETS``).
        colours: The colours of ratings, by block; those of a sheet of what is left by its name.
        answers: Answers that are filled in beforehand, by block, row and column. They stand in the cells that
            the recipient fills in, who may change them.
        confirm: The rows whose answers were carried over, and have to be confirmed.
        columns: The columns in which the texts stand; a block may lack some.
    """

    about: tuple[tuple[str, str], ...] = ()
    texts: Mapping[RowKey, tuple[str, ...]] = field(default_factory=dict)
    left: Mapping[str, tuple[Left, ...]] = field(default_factory=dict)
    colours: Mapping[str, tuple[Colour, ...]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    confirm: frozenset[RowKey] = frozenset()
    columns: tuple[Column, ...] = ()

    def shown(self) -> bytes:
        """Return the digests of its texts (see :class:`~auditkit.workbook.known.Known`)."""
        return known.together(map(known.shown, self.all_texts()))

    def all_texts(self) -> Iterator[str]:
        """Yield the texts beside questions and of what is left, those that aren't empty."""
        left = (one.texts for rows in self.left.values() for one in rows)
        for texts in (*self.texts.values(), *left):
            yield from filter(None, texts)


NOTHING = Own()


class Source(Protocol):
    """Where what is each recipient's own comes from."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns beside the questions of those who have texts there."""

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's own is what was issued; not empty."""

    def own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what is a recipient's own in a workbook that asks ``audit``."""

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:
        """Return what reading the recipient's return has to know of that."""
