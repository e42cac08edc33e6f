"""The round of last time: its definition, its register and the tables that its collation wrote."""

from __future__ import annotations

from pathlib import Path

from auditkit.definition.checks.follows import unknown
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.model import Audit
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.earlier.earlier import Earlier
from auditkit.earlier.then import said
from auditkit.errors import AuditkitError, Problem, ProblemsError
from auditkit.round import SETTINGS, Round, definition_path, load
from auditkit.tables.kept import kept
from auditkit.workbook.editions import digest


def read(folder: Path, round_: Round) -> Earlier:
    """Read what was said last time.

    Args:
        folder: The folder of that round, which was collated. Nothing in it is changed.
        round_: This round.

    Returns:
        What each of its recipients was asked and said then.

    Raises:
        AuditkitError: It isn't a round, was never collated, asked another audit, or its tables are damaged.
        ProblemsError: Its own definition or register has problems, or ``follows`` names what it hasn't.
    """
    if not (folder / SETTINGS).is_file():
        raise AuditkitError(
            f"{folder} isn't a round (it has no {SETTINGS}). Name the folder of the round of last time."
        )
    if folder.resolve() == round_.folder.resolve():
        raise AuditkitError(f"{folder} is this round itself. Name the folder of the round of last time.")
    then = load(folder)
    walk = _walk(then.audit, round_.audit, folder, definition_path(round_.folder).name)
    without = round_.settings.prefill_without
    columns = {field.id for section in then.audit.sections for field in then.audit.responses_of(section)}
    if strange := [each for each in without if each not in columns]:
        raise AuditkitError(
            f"{SETTINGS}: prefill_without names {listed(map(quoted, strange), 'and')}, which was no response "
            f"column last time{did_you_mean(strange[0], columns)}"
        )
    standing = dict(kept(then, "recipients", "recipient_id", "standing"))
    return Earlier(
        round_.audit, then.audit, digest(then.audit), then.recipients, standing, said(then), walk, without
    )


def _walk(theirs: Audit, ours: Audit, folder: Path, definition: str) -> Crosswalk:
    """Return what is said about the two audits, once it is sure that the one follows the other."""
    follows = ours.follows
    if follows is None:
        if theirs.id != ours.id:
            raise AuditkitError(
                f"{folder} asks the audit {quoted(theirs.id)}, and this round {quoted(ours.id)}. If it is "
                f"the same audit, say so: write 'follows: {{edition: {theirs.edition}}}' into {definition}."
            )
        return Crosswalk()
    if follows.edition != theirs.edition:
        raise AuditkitError(
            f"By {definition} this edition follows edition {follows.edition}, and {folder} is of edition "
            f"{theirs.edition}. Name the round of the edition that it follows, or correct 'follows'."
        )
    issues = list(unknown(theirs, follows, ("follows",)))
    if issues:
        raise ProblemsError(Problem(definition, ".".join(map(str, i.path)), i.message) for i in issues)
    return follows
