"""The whole way: a file in, a workbook out, and what happened told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.carry.checked import checked
from auditkit.carry.draft import draft
from auditkit.carry.match import Matched, matched
from auditkit.carry.packs import asked_of
from auditkit.carry.theirs import Theirs, read
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.model import Audit
from auditkit.definition.wording import quoted
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import carried
from auditkit.workbook.carried import Carried
from auditkit.workbook.issue import generate
from auditkit.workbook.log import read_log
from auditkit.workbook.own import Source

CROSSWALK = "crosswalk.yaml"


@dataclass(frozen=True)
class Outcome:
    """What became of a file: for whom, what was carried, and the workbook; or the draft to be checked."""

    recipient: Recipient
    theirs: Theirs
    matched: Matched
    workbook: Path | None = None
    draft: Path | None = None


def carry(
    round_: Round,
    file: Path,
    *,
    today: dt.date,
    recipient_id: str = "",
    crosswalk: Path | None = None,
    passwords: Sequence[str] = (),
    source: Source | None = None,
) -> Outcome:
    """Carry the answers of another partnership's workbook into a new one of this round.

    Args:
        round_: The round.
        file: The other workbook.
        today: The day of issue.
        recipient_id: Whose it is here; by default who has just the name that its first sheet gives.
        crosswalk: What is said about the two audits.
        passwords: What to try if the file is locked.
        source: Where what else is the recipient's own comes from, such as what was said last time.

    Returns:
        What was carried. Without a crosswalk, where not all can be carried: a draft of one, and nothing is
        issued.

    Raises:
        AuditkitError: The file can't be read, it isn't known whose it is, nothing can be carried, or a
            crosswalk wasn't checked.
        ProblemsError: The crosswalk has problems.
    """
    theirs = _theirs(round_, file, passwords)
    recipient = _recipient(round_, theirs, recipient_id, today)
    ours = asked_of(round_, recipient, today)
    walk = None if crosswalk is None else checked(crosswalk, theirs.audit, round_.audit)
    found = matched(theirs, ours, walk or Crosswalk())
    outcome = Outcome(recipient, theirs, found)
    if walk is None and (found.left or found.unused):
        return replace(outcome, draft=_drafted(round_, theirs, ours, file))
    if not found.rows:
        raise AuditkitError(
            f"No answer in {file.name} belongs to a question that {recipient.name} is asked here"
            + (": the crosswalk names none that does." if crosswalk else ".")
        )
    return replace(outcome, workbook=_issued(round_, outcome, today, source))


def _theirs(round_: Round, file: Path, passwords: Sequence[str]) -> Theirs:
    """Return the other workbook; AuditkitError if it is no other one."""
    theirs = read(file, round_.settings.limits, (*round_.settings.file_passwords, *passwords))
    if theirs.round_id == round_.settings.id:
        raise AuditkitError(
            f"{file} is a workbook of this round. Put it into {round_.returns.name} and collate."
        )
    return theirs


def _recipient(round_: Round, theirs: Theirs, recipient_id: str, today: dt.date) -> Recipient:
    """Return whose the other workbook is here; AuditkitError if that isn't known, or it gets no workbook."""
    named = theirs.addressee.rpartition("  (")[0].strip() or theirs.addressee
    if recipient_id:
        found = [r for r in round_.addressees if r.id == recipient_id]
        wrong = f"The register has no recipient with the id {recipient_id}."
    else:
        found = [r for r in round_.addressees if r.name.casefold() == named.casefold()]
        wrong = (
            f"The file was issued to {quoted(named)}, and nobody here has just that name: say who it is with "
            "--as ID."
        )
    if len(found) != 1:
        raise AuditkitError(wrong)
    if found[0].is_closed(today):
        raise AuditkitError(
            f"By the register {quoted(found[0].name)} ({found[0].id}) has closed, so it gets no new "
            "workbook. Name who goes on in its place with --as ID, or correct the column “closed”."
        )
    return found[0]


def _drafted(round_: Round, theirs: Theirs, ours: Audit, file: Path) -> Path:
    """Draft a crosswalk; return where it is."""
    path = round_.folder / CROSSWALK
    if path.exists():
        raise AuditkitError(
            f"Not all of {file.name} can be carried without a crosswalk, and there is one already: "
            f"{path}. Name it with --crosswalk, or rename it to have another drafted."
        )
    atomic_write(path, draft(theirs, ours).encode(), siblings=False)
    return path


def _issued(round_: Round, outcome: Outcome, today: dt.date, source: Source | None) -> Path:
    """Record what was carried and issue the workbook that has it; return where it is."""
    who = outcome.recipient.id
    before = carried.read(round_)
    now = Carried(outcome.theirs.source, outcome.theirs.day, outcome.matched.rows, outcome.matched.left)
    carried.write(round_, {**before, who: now})
    single = [who] if who in round_.in_packs else []
    try:
        generate(round_, again=[who], single=single, today=today, source=source, only=[who])
    except BaseException:
        carried.write(round_, before)
        raise
    last = [entry for entry in read_log(round_) if entry.recipient_id == who][-1]
    return round_.workbooks / last.file
