"""A recipient's own return, completed by what a pack answers for several.

Where in a recipient's part of a pack nothing is answered for it alone, the part is no return of its own, and
takes the place of none. What it answers counts where the recipient's own return leaves a question blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditkit.definition.model import Audit
from auditkit.definition.wording import listed, quoted
from auditkit.returns.answer import Packed, packed
from auditkit.returns.count import count
from auditkit.returns.findings import severity, shown
from auditkit.returns.gist import digest, gist_of
from auditkit.returns.merge import WHOLE, is_same, places, whole
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.validate import BLANK
from auditkit.workbook.layout import COVER

Row = tuple[str, str]


def is_left_blank(one: Return) -> bool:
    """Tell whether a return is held for nothing but that a pack leaves this recipient's rows blank."""
    held = [finding.code for finding in one.findings if severity(finding) == "held"]
    return one.outcome == "held" and one.is_shared and set(held) <= set(BLANK)


def completed(own: Return, shared: Return, audit: Audit) -> Return:
    """Return a recipient's own return with what a pack answers for several where it is blank.

    Args:
        own: The return of its own that counts.
        shared: Its part of a pack, with nothing but shared answers.
        audit: The definition as narrowed to the recipient.

    Returns:
        The return. Each answer from the pack says so; queries name where the two differ.
    """
    begun = {_row(a) for a in own.answers}
    differing = tuple(_differing(own, shared, begun))
    added = tuple(
        a._replace(file=a.file or shared.file)
        for a in shared.answers
        if a.block != COVER and not a.unconfirmed and _row(a) not in begun
    )
    notes = (*own.notes, *shared.notes)
    if not added:
        return replace(own, findings=(*differing, *own.findings), notes=notes)
    order = {(s.id, question.id): n for n, (s, question) in enumerate(audit.questions())}
    answers = sorted((*own.answers, *added), key=lambda a: order.get(_row(a), -1))
    content, number = packed(tuple(answers)), len(answers)
    data = (("pack", shared.file), ("questions", listed(_ids(added), "and")))
    cells = {(a.sheet, a.cell) for a in added}
    findings = (
        Finding("completed-from-pack", own.file, data=data),
        *differing,
        *(f for f in own.findings if f.code not in WHOLE or f.cell or f.code == "missing-sheets"),
        *(f for f in shared.findings if (f.sheet, f.cell) in cells),
        *whole(own.file, tuple(answers), audit),
    )
    return replace(
        own,
        answers=Packed(lambda: content, number),
        findings=findings,
        notes=notes,
        counted=own.counted + count((a.sheet, a.cell) for a in added),
        gist=digest(gist_of(own.file, answers)),
    )


def set_aside(shared: Return, counts: Return) -> Return:
    """Return a part of a pack with nothing but shared answers, beside the return of its own that counts."""
    used = _ids(a for a in counts.answers if a.file == shared.file)
    what = f"Its answers to {listed(used, 'and')} count, which that leaves blank" if used else ""
    data = (("by", counts.file), ("what", what or "That needs none of its answers"))
    return replace(
        shared, outcome="superseded", findings=(Finding("pack-shared-only", shared.file, data=data),)
    )


def _differing(own: Return, shared: Return, begun: set[Row]) -> Iterator[Finding]:
    """Yield a query for each answer of the pack that another one counts instead of, or a blank."""
    said = {(*_row(a), a.column_key): a for a in own.answers}
    for theirs in shared.answers:
        if theirs.block == COVER or theirs.unconfirmed or _row(theirs) not in begun:
            continue
        mine = said.get((*_row(theirs), theirs.column_key))
        other = theirs.file or shared.file
        if mine is None:
            data = (("other", other), ("section", quoted(theirs.row_key)), ("counts", own.file))
            where = (theirs.sheet, theirs.cell, theirs.row_key, shown(theirs.typed))
            yield Finding("merge-left-out", own.file, *where, data)
        elif not is_same(mine, theirs):
            told = places([(mine.file or own.file, mine), (other, theirs)])
            data = (("field", mine.field.label), ("answers", told), ("counts", own.file))
            where = (mine.sheet, mine.cell, mine.row_key, shown(mine.typed))
            yield Finding("merge-conflict", own.file, *where, data)


def _row(answer: Answer) -> Row:
    return answer.block, answer.row_key


def _ids(answers: Iterator[Answer] | tuple[Answer, ...]) -> list[str]:
    return list(dict.fromkeys(a.row_key for a in answers))
