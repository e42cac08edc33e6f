"""The whole way: a file in, a workbook out, and what happened told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.carry.draft import NOBODY, Checked, draft
from auditkit.carry.match import Matched, matched
from auditkit.carry.packs import asked_of
from auditkit.carry.theirs import Theirs, read
from auditkit.definition import yaml
from auditkit.definition.checks.follows import crosswalk_issues, unknown
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.wording import quoted
from auditkit.errors import AuditkitError, ProblemsError
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
    theirs = read(file, round_.settings.limits, (*round_.settings.file_passwords, *passwords))
    if theirs.round_id == round_.settings.id:
        raise AuditkitError(
            f"{file} is a workbook of this round. Put it into {round_.returns.name} and collate."
        )
    recipient = _recipient(round_, theirs, recipient_id)
    if recipient.is_closed(today):
        raise AuditkitError(
            f"By the register {quoted(recipient.name)} ({recipient.id}) has closed, so it gets no new "
            "workbook. Name who goes on in its place with --as ID, or correct the column “closed”."
        )
    ours = asked_of(round_, recipient, today)
    walk: Crosswalk = Crosswalk() if crosswalk is None else _checked(crosswalk, theirs, round_)
    found = matched(theirs, ours, walk)
    outcome = Outcome(recipient, theirs, found)
    if crosswalk is None and (found.left or found.unused):
        path = round_.folder / CROSSWALK
        if path.exists():
            raise AuditkitError(
                f"Not all of {file.name} can be carried without a crosswalk, and there is one already: "
                f"{path}. Name it with --crosswalk, or rename it to have another drafted."
            )
        atomic_write(path, draft(theirs, ours).encode(), siblings=False)
        return replace(outcome, draft=path)
    if not found.rows:
        raise AuditkitError(
            f"No answer in {file.name} belongs to a question that {recipient.name} is asked here"
            + (": the crosswalk names none that does." if crosswalk else ".")
        )
    before = carried.read(round_)
    now = Carried(theirs.source, theirs.day, found.rows, found.left)
    carried.write(round_, {**before, recipient.id: now})
    own = [recipient.id]
    single = own if recipient.id in round_.in_packs else []
    try:
        generate(round_, again=own, single=single, today=today, source=source, only=own)
    except BaseException:
        carried.write(round_, before)
        raise
    last = [entry for entry in read_log(round_) if entry.recipient_id == recipient.id][-1]
    return replace(outcome, workbook=round_.workbooks / last.file)


def _recipient(round_: Round, theirs: Theirs, recipient_id: str) -> Recipient:
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
    return found[0]


def _checked(path: Path, theirs: Theirs, round_: Round) -> Crosswalk:
    """Return the crosswalk in a file, once it is sound and somebody has checked it."""
    walk, places = yaml.read_yaml_as(path, Checked)
    if walk.checked_by == NOBODY:
        raise AuditkitError(
            f"{path} is a draft that nobody has checked. Read it line by line, correct it, and write your "
            "name behind checked_by."
        )
    issues = [*crosswalk_issues(round_.audit, walk), *unknown(theirs.audit, replace(walk, points={}))]
    if issues:
        raise ProblemsError(places.problems(issues))
    return walk
