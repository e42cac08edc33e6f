"""The rounds of last time: their definitions, registers and the tables that their collations wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditkit.definition.checks.follows import unknown
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.model import Audit
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.earlier.earlier import Earlier
from auditkit.earlier.rounds import Rounds, joined
from auditkit.earlier.then import said
from auditkit.errors import AuditkitError, Problem, ProblemsError
from auditkit.round import SETTINGS, Round, definition_path, load
from auditkit.tables.kept import kept
from auditkit.workbook.editions import digest


def read(folders: Sequence[Path], round_: Round) -> Earlier | Rounds:
    """Read what was said last time, or in several earlier rounds.

    Args:
        folders: The folders of these rounds, in any order; each was collated. Nothing in them is changed.
        round_: This round.

    Returns:
        What each of their recipients was asked and said then.

    Raises:
        AuditkitError: One isn't a round, was never collated, asked another audit, or its tables are damaged.
        ProblemsError: Its definition or register has problems, or a ``follows`` names what isn't there.
    """
    thens, walks, steps = walked(folders, round_)
    _check_without(thens, round_)
    rounds = tuple(_earlier(then, round_, walk) for then, walk in zip(thens, walks, strict=True))
    return rounds[0] if len(rounds) == 1 else Rounds(rounds, tuple(steps))


def walked(folders: Sequence[Path], round_: Round) -> tuple[list[Round], list[Crosswalk], list[Crosswalk]]:
    """Return earlier rounds, the newest first, with what of each lives on in this one.

    Args:
        folders: Their folders, in any order.
        round_: This round.

    Returns:
        The rounds; what of each audit lives on in this round's; and, from the second on, what of it lives on
        in that of the round before it in the list.

    Raises:
        AuditkitError: One isn't a round, or asked another audit.
        ProblemsError: Its definition or register has problems, or a ``follows`` names what isn't there.
    """
    thens = sorted((_round(folder, round_) for folder in folders), key=_age)
    steps, walks = list[Crosswalk](), list[Crosswalk]()
    after = round_
    for then in thens:
        step = _walk(then.audit, after.audit, then.folder, definition_path(after.folder))
        first = not walks
        walks.append(step if first else joined(step, walks[-1], then.audit, after.audit, round_.audit))
        steps += [] if first else [step]
        after = then
    return thens, walks, steps


def _age(then: Round) -> tuple[int, str]:
    """Return what sorts rounds, the newest first: by their deadlines."""
    return -then.settings.deadline.toordinal(), then.settings.id


def _round(folder: Path, round_: Round) -> Round:
    if not (folder / SETTINGS).is_file():
        raise AuditkitError(
            f"{folder} isn't a round (it has no {SETTINGS}). Name the folder of the round of last time."
        )
    if folder.resolve() == round_.folder.resolve():
        raise AuditkitError(f"{folder} is this round itself. Name the folder of the round of last time.")
    return load(folder)


def _check_without(thens: Sequence[Round], round_: Round) -> None:
    """Raise AuditkitError if a column that is left out was in none of the rounds."""
    audits = [then.audit for then in thens]
    columns = {field.id for audit in audits for s in audit.sections for field in audit.responses_of(s)}
    if strange := [each for each in round_.settings.prefill_without if each not in columns]:
        raise AuditkitError(
            f"{SETTINGS}: prefill_without names {listed(map(quoted, strange), 'and')}, which was no response "
            f"column last time{did_you_mean(strange[0], columns)}"
        )


def _earlier(then: Round, round_: Round, walk: Crosswalk) -> Earlier:
    standing = dict(kept(then, "recipients", "recipient_id", "standing"))
    without = round_.settings.prefill_without
    return Earlier(
        round_.audit, then.audit, digest(then.audit), then.recipients, standing, said(then), walk, without
    )


def _walk(theirs: Audit, ours: Audit, folder: Path, definition: Path) -> Crosswalk:
    """Return what is said about the two audits, once it is sure that the one follows the other."""
    follows = ours.follows
    if (theirs.id, theirs.edition) == (ours.id, ours.edition):
        return Crosswalk()
    if follows is None:
        if theirs.id != ours.id:
            raise AuditkitError(
                f"{folder} asks the audit {quoted(theirs.id)}, and {definition} asks {quoted(ours.id)}. If "
                f"it is the same audit, say so there: write 'follows: {{edition: {theirs.edition}}}'."
            )
        return Crosswalk()
    if follows.edition != theirs.edition:
        raise AuditkitError(
            f"By {definition} its edition follows edition {follows.edition}, and {folder} is of "
            f"edition {theirs.edition}. Name the round of the edition that it follows too, or correct "
            "'follows'."
        )
    issues = list(unknown(theirs, follows, ("follows",)))
    if issues:
        raise ProblemsError(Problem(definition.name, ".".join(map(str, i.path)), i.message) for i in issues)
    return follows
