"""A workbook of another partnership's audit: what it asks and answers, as far as it tells itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.roll_up import RollUp
from auditkit.errors import AuditkitError
from auditkit.fields import Typed
from auditkit.fields.days import british
from auditkit.limits import Limits
from auditkit.returns import form
from auditkit.returns.files import read_all
from auditkit.returns.findings import said
from auditkit.returns.intake import Found
from auditkit.returns.model import Return

# What isn't known of the other audit, and isn't asked.
ANY = RollUp("worst")


@dataclass(frozen=True)
class Theirs:
    """A workbook of another partnership.

    Attributes:
        source: Who issued it, and which audit it is.
        day: When it was saved, as people write it.
        addressee: Whom it was issued to, as its first sheet says.
        round_id: The round that it says it is of.
        audit: What it asks: its questions, and the columns in which something was typed.
        answers: What was typed, by question and column.
        of_members: How many rows of a pack were filled in for one recipient alone; they aren't in it.
    """

    source: str
    day: str
    addressee: str
    round_id: str
    audit: Audit
    answers: Mapping[str, Mapping[str, Typed]]
    of_members: int = 0


def read(path: Path, limits: Limits, passwords: Sequence[str] = ()) -> Theirs:
    """Read a workbook of another partnership, in a process of its own, as returns are.

    Args:
        path: The file.
        limits: What it is held against.
        passwords: What to try if it is locked.

    Raises:
        AuditkitError: It can't be read, holds several workbooks or none, or asks nothing.
    """
    if not path.is_file():
        raise AuditkitError(f"There is no file {path}.")
    begin = partial(form.begin, limits, tuple(passwords))
    found = read_all([Found(path.name, path)], begin, limits)
    usable = [one for one in found if one.outcome == "accepted"]
    if len(usable) == 1:
        return _theirs(usable[0])
    if usable:
        raise AuditkitError(f"{path} holds {len(usable)} workbooks. Save the one that you mean, and name it.")
    why = [said(finding).happened for one in found for finding in one.findings]
    raise AuditkitError(
        f"{path} isn't a workbook that auditkit issued, so it isn't known which question an answer in it is "
        "to. " + " ".join(why)
    )


def _theirs(one: Return) -> Theirs:
    titles = {note.sheet: note.text for note in one.notes if note.cell == form.SECTION}
    questions: dict[str, tuple[str, str]] = {}
    for note in one.notes:
        if note.cell == form.QUESTION:
            questions.setdefault(note.question, (note.sheet, note.text))
    columns: dict[str, dict[str, Field]] = {}
    answers: dict[str, dict[str, Typed]] = {}
    for a in one.answers:
        if questions.get(a.row_key, ("", ""))[0] == a.block:
            columns.setdefault(a.block, {}).setdefault(a.column_key, a.field)
            answers.setdefault(a.row_key, {})[a.column_key] = a.typed
    sections = tuple(
        Section(
            block,
            title,
            tuple(Question(key, text) for key, (own, text) in questions.items() if own == block),
            responses=tuple(columns.get(block, {}).values()),
        )
        for block, title in titles.items()
    )
    heads = {note.cell: note.text for note in one.notes if not note.sheet}
    edition = one.identity.edition if one.identity else ""
    source = " ".join(heads.get(form.ISSUER, "another partnership").split())
    audit = Audit("theirs", source, edition, (), (), (), sections, ANY, ANY)
    day = british(one.time.date()) if one.time else "day unknown"
    round_id = one.identity.round_id if one.identity else ""
    of_members = sum(note.cell == form.MEMBER for note in one.notes)
    return Theirs(source, day, heads.get(form.ADDRESSEE, ""), round_id, audit, answers, of_members)
