"""``rota.csv``: the list of who is asked in a round, for people, for the round and for the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from auditkit import csv
from auditkit.definition.wording import listed
from auditkit.errors import Problem, ProblemsError
from auditkit.files import atomic_write
from auditkit.register import LEADING_ZEROS, Recipient
from auditkit.register.csv import rows
from auditkit.register.table import Row
from auditkit.rota.rule import Place
from auditkit.rota.wishes import WORDS, letters

FILE = "rota.csv"
HEADINGS = ("id", "name", "group", "asked", "why", "turn", "waited")
YES, NO = "Yes", "No"


def write(folder: Path, recipients: Iterable[Recipient], places: Mapping[str, Place]) -> Path:
    """Write the list of who is asked, for people and for the next run; return where it is.

    Args:
        folder: The round's folder.
        recipients: The register.
        places: Everybody's place, by id.

    Raises:
        AuditkitError: It can't be written: it is open in another program, say.
    """
    lines = []
    for recipient in recipients:
        place = places[recipient.id]
        who = (recipient.id, recipient.name, recipient.group, YES if place.asked else NO)
        lines.append((*who, "; ".join(place.why), place.turn, place.waited))
    return atomic_write(folder / FILE, csv.written(HEADINGS, lines), siblings=False)


def read(path: Path, recipients: Iterable[Recipient] = ()) -> dict[str, Place]:
    """Read a list of who is asked, as it was written or saved again by Excel.

    Args:
        path: The file.
        recipients: The register. An id that isn't in it, but is but for zeros, is that one:
            Excel writes 7 for ``007``.

    Returns:
        The places by id.

    Raises:
        ProblemsError: It can't be read, or isn't what was written.
    """
    header, *lines = [row for row in rows(path) if any(row.cells)] or [Row(1, ())]
    names = [letters(cell) for cell in header.cells]
    missing = [heading for heading in HEADINGS if heading not in names]
    if missing:
        raise ProblemsError(
            [Problem(path.name, "", f"there is no column {missing[0]}: run auditkit rota again")]
        )
    exact = {recipient.id: recipient.id for recipient in recipients}
    ids = {_without_zeros(key): key for key in exact} | exact
    places: dict[str, Place] = {}
    problems = []
    for row in lines:
        cell = dict(zip(names, row.cells, strict=False)).get
        key = cell("id", "")
        key = ids.get(key) or ids.get(_without_zeros(key), key)
        asked = WORDS.get(cell("asked", "").casefold())
        turn, waited = cell("turn", ""), cell("waited", "")
        if asked is None or not (turn.isdecimal() and waited.isdecimal()):
            message = "asked must be Yes or No, and turn and waited numbers: run auditkit rota again"
            problems.append(Problem(path.name, f"row {row.number}", message))
        elif key in places:
            message = f"{key} stands here twice: keep one row, or run auditkit rota again"
            problems.append(Problem(path.name, f"row {row.number}", message))
        else:
            why = tuple(filter(None, cell("why", "").split("; ")))
            places[key] = Place(asked, why, int(turn), int(waited))
    if problems:
        raise ProblemsError(problems)
    return places


def _without_zeros(key: str) -> str:
    return LEADING_ZEROS.sub("", key.casefold())


def notes(recipients: Sequence[Recipient], places: Mapping[str, Place]) -> Iterator[str]:
    """Yield what an officer should know of a rota that was drawn.

    Args:
        recipients: The register.
        places: The places by id, as they were written.
    """
    joined = [recipient.id for recipient in recipients if recipient.id not in places]
    asked = sum(places[r.id].asked for r in recipients if r.id in places) + len(joined)
    yield f"{asked:,} of {len(recipients):,} {'is' if asked == 1 else 'are'} asked this year ({FILE})"
    if joined:
        yield (
            f"{listed(joined, 'and')} joined the register since the rota was drawn, and will be asked: run "
            "auditkit rota again"
        )
