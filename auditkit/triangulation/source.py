"""The rounds that are laid side by side: that each is one, was collated, and asks what its tables have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.round import SETTINGS, Round, load
from auditkit.tables.kept import kept
from auditkit.triangulation.model import Source

SELF, SURVEY, CASES = "self assessment", "survey", "case audit"
RECIPIENT = ("recipient_id", "recipient", "standing", "file")
CLOSED = "closed"


def rounds(folders: Sequence[Path]) -> tuple[Round, ...]:
    """Load several rounds, all of them different.

    Raises:
        AuditkitError: One isn't a round, or is named twice.
        ProblemsError: Its definition, register or settings have problems.
    """
    for n, folder in enumerate(folders):
        if not (folder / SETTINGS).is_file():
            raise AuditkitError(f"{folder} isn't a round (it has no {SETTINGS}). Name the folder of a round.")
        if folder.resolve() in [each.resolve() for each in folders[:n]]:
            raise AuditkitError(
                f"{folder} is named twice. Name the self assessment and the others once each."
            )
    return tuple(map(load, folders))


def check_rated(round_: Round) -> None:
    """Raise AuditkitError if a round rates nothing, or was collated with other questions than it asks now."""
    rated = {q.id for s, q in round_.audit.questions() if round_.audit.rating_field(s) is not None}
    if not rated:
        raise AuditkitError(f"{round_.folder} rates nothing, so there are no ratings to lay beside others.")
    if set(kept(round_, "questions", "question_id")) != {(key,) for key in rated}:
        raise AuditkitError(
            f"The questions of {round_.folder} have changed since it was collated. Collate it again: "
            "auditkit collate returns, in that folder."
        )


def there(round_: Round) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield id, name and standing of each recipient that is there to be asked, and the return that counts.

    Who closed, or came off a case, without having sent anything is in no denominator.
    """
    for key, name, standing, file in kept(round_, "recipients", *RECIPIENT):
        if standing != CLOSED or file:
            yield key, name, standing, file


def source(round_: Round, what: str) -> Source:
    """Return what the sheet *About* says of a round."""
    files = [file for _, _, _, file in there(round_)]
    written = (round_.tables / "recipients.parquet").stat().st_mtime
    return Source(
        what,
        round_.settings.title,
        round_.folder,
        round_.audit.edition,
        dt.datetime.fromtimestamp(written),
        len(files),
        sum(file is not None for file in files),
    )
