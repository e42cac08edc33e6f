"""What reading the returns gives: answers, findings and an outcome for every file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, SupportsBytes

from auditkit.returns.answer import Answer, Packed, packed
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import TEXT_DIGEST

Outcome = Literal["accepted", "superseded", "held", "rejected", "passed over", "progress"]
Standing = Literal["returned", "partly", "nil return", "not returned", "closed"]


# What the gist of a return looks like.
GIST = re.compile("([0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a return. ``code`` is a key of :data:`auditkit.returns.findings.CATALOGUE`.

    ``question`` is a question id, or the label of a cover field; ``value`` is what was typed, cut to a
    length that a report can show. ``data`` fills the catalogue's sentences. ``since`` and ``until`` are the
    first and the last day on which it holds, None without one: a file is read without looking at the
    calendar, and :func:`auditkit.returns.findings.holding` chooses afterwards.
    """

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    question: str = ""
    value: str = ""
    data: tuple[tuple[str, str], ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Text that somebody typed outside the answer cells: beside or below a question, or on its own sheet.

    ``question`` is the question (or the label of the cover field) on whose row it stands, empty elsewhere.
    """

    file: str
    sheet: str
    cell: str
    question: str
    text: str


@dataclass(frozen=True)
class Count:
    """How many cells, and a sum over which they are: counts of the same cells are equal."""

    cells: int = 0
    mark: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.cells + other.cells, self.mark + other.mark)

    def __sub__(self, other: Count) -> Count:
        return Count(self.cells - other.cells, self.mark - other.mark)


@dataclass(frozen=True)
class Return:
    """One file of the returns folder, with what became of it.

    ``file`` is its path below the returns folder, with forward slashes. ``recipient_id`` is empty when
    nobody could be told. ``saved`` is when the workbook says that it was saved, None if it doesn't;
    ``received`` when it came: the message's date, else the file's time (both UTC). ``answers`` of a return
    that isn't accepted are kept too, but enter no table of answers. ``counted`` is the count of its filled
    answer cells, taken apart from reading them; copies of a cell count once. ``texts`` is a digest of each of
    its longer texts, to compare with those of others (see :mod:`auditkit.returns.content.across`); None if
    that wasn't worked out. ``gist`` is the digest of all that it answers (:mod:`auditkit.returns.gist`),
    empty if that wasn't. ``pack`` is the name of the pack that this is, or is a recipient's part of;
    ``is_shared`` tells whether nothing in that part is answered for the recipient alone. A return with the
    outcome "progress" is laid over the accepted one (:mod:`auditkit.returns.progress`).
    """

    file: str
    sha256: str
    outcome: Outcome
    recipient_id: str = ""
    identity: Identity | None = None
    saved: dt.datetime | None = None
    answers: Sequence[Answer] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    counted: Count = Count()
    received: dt.datetime | None = None
    texts: SupportsBytes | None = None
    gist: str = ""
    pack: str = ""
    is_shared: bool = False

    def __getstate__(self) -> dict[str, Any]:
        """Return what goes to another process, or into a file."""
        texts = None if self.texts is None else bytes(self.texts)
        return {**vars(self), "answers": packed(self.answers), "texts": texts}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Who sent it isn't believed.
        if len(state["texts"] or b"") % TEXT_DIGEST or not GIST.fullmatch(state["gist"]):
            raise ValueError("these are no digests")
        vars(self).update(state, answers=Packed.of(state["answers"]))

    @property
    def time(self) -> dt.datetime | None:
        """When it was saved, else when it came; None if neither is known."""
        return self.saved or self.received

    @property
    def was_read(self) -> bool:
        """Whether it was read as a workbook: nothing else can hold answers that count."""
        return self.received is not None


@dataclass(frozen=True)
class Parts:
    """The returns of several recipients that came in one workbook, a pack."""

    returns: tuple[Return, ...]

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Who sent it isn't believed.
        if not all(isinstance(one, Return) for one in state["returns"]):
            raise ValueError("these are no returns")
        vars(self).update(state)


__all__ = ["Answer", "Count", "Finding", "Note", "Outcome", "Parts", "Return", "Standing"]
