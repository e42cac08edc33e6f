"""Proof that nothing was lost: the sums add up and every answer of an accepted return is in the tables.

It counts from the collation again, by other means than :mod:`auditkit.tables` builds by, and holds the tables
against the filled answer cells that were counted when the files came in (see :mod:`auditkit.returns.count`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby
from operator import itemgetter
from typing import get_args

from auditkit.definition.model import Audit
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.returns.completion import is_nil
from auditkit.returns.count import count
from auditkit.returns.model import Answer, Count, Outcome, Return, Standing
from auditkit.tables.answers import shown
from auditkit.tables.model import Collation, Tables
from auditkit.tables.table import rows
from auditkit.workbook.layout import ANSWER, COVER

# Block, row and column of an answer, and its value.
Said = tuple[str, str, str, str]


def differences(collation: Collation, tables: Tables) -> tuple[str, ...]:
    """Return what doesn't add up, as sentences; anything but an empty result is a bug.

    Args:
        collation: What the tables were built from.
        tables: The tables.
    """
    came, back = _counted(collation, tables)
    return (
        *_files(collation, tables),
        *_recipients(collation, tables, back),
        *_answers(collation, tables, came),
        *_cells(collation, tables),
    )


def _counted(collation: Collation, tables: Tables) -> tuple[dict[str, Count], int]:
    """Return the sums over what accepted returns answer, by file, and how many of them say something.

    Those of recipients who stand as closed aren't among the latter.
    """
    standing = rows(tables.recipients, "recipient_id", "standing")
    closed = {key for key, standing in standing if standing == "closed"}
    came: dict[str, Count] = {}
    back = 0
    for file in collation.returns:
        if file.outcome == "accepted":
            answers = tuple(file.answers)
            _add(came, ((_file(file, a), _said(a)) for a in answers))
            back += file.recipient_id not in closed and _says_something(collation.audit, answers)
    return came, back


def _files(collation: Collation, tables: Tables) -> list[str]:
    outcomes = Counter(tables.returns["outcome"])
    counted = sum(outcomes[outcome] for outcome in get_args(Outcome))
    found = []
    if counted != len(collation.returns):
        found.append(f"{len(collation.returns)} returns were seen, but the outcomes add up to {counted}.")
    ids = {recipient.id for recipient in collation.recipients}
    accepted = Counter(file.recipient_id for file in collation.returns if file.outcome == "accepted")
    found += [
        f"The accepted return of “{key}” belongs to nobody in the register."
        for key in accepted
        if key not in ids
    ]
    found += [f"Recipient “{key}” has {n} accepted returns." for key, n in accepted.items() if n > 1]
    return found


def _recipients(collation: Collation, tables: Tables, back: int) -> list[str]:
    standings = Counter(tables.recipients["standing"])
    counted = sum(standings[standing] for standing in get_args(Standing))
    closed = {r.id for r in collation.recipients if r.is_closed(collation.as_at)}
    found = []
    if counted != len(collation.recipients):
        found.append(
            f"There are {len(collation.recipients)} recipients, but their standings add up to {counted}."
        )
    found += [
        f"Recipient “{key}” stands as closed, but the register doesn't say so."
        for key, standing in rows(tables.recipients, "recipient_id", "standing")
        if standing == "closed" and key not in closed
    ]
    there = counted - standings["not returned"] - standings["closed"]
    if back != there:
        found.append(
            f"{back} accepted returns say something, but {there} recipients stand as having returned."
        )
    return found


def _says_something(audit: Audit, answers: Sequence[Answer]) -> bool:
    """Tell whether somebody answered a question, or said that it is a nil return."""
    return any(a.block != COVER and not a.unconfirmed for a in answers) or is_nil(audit, answers)


def _answers(collation: Collation, tables: Tables, came: dict[str, Count]) -> list[str]:
    """Compare what was typed in accepted returns with what the tables hold, answer by answer.

    Sums over answers are compared first, file by file; only where these differ is each answer looked at.
    """
    held: dict[str, Count] = {}
    _add(held, _held(tables))
    differ = {own for own in {*came, *held} if came.get(own) != held.get(own)}
    if not differ:
        return []
    counted = Counter(pair for pair in _came(collation) if pair[0] in differ)
    counted.subtract(pair for pair in _held(tables) if pair[0] in differ)
    named = sorted(
        (file, row_key, column_key, n) for (file, (_, row_key, column_key, _)), n in counted.items()
    )
    return [
        *(
            f"An answer is not in the tables: {file}, {row}, {column}."
            for file, row, column, n in named
            if n > 0
        ),
        *(
            f"The tables hold an answer that nobody gave: {file}, {row}, {column}."
            for file, row, column, n in named
            if n < 0
        ),
    ]


def _add(sums: dict[str, Count], answers: Iterable[tuple[str, Said]]) -> None:
    """Add to what is counted for each file how many answers there are, and a sum over them."""
    for file, own in groupby(answers, key=itemgetter(0)):
        # Of a text and not of a tuple: tuples of the same parts in another mixture often have the same sum.
        marks = [hash("\0".join(answer)) for _, answer in own]
        sums[file] = sums.get(file, Count()) + Count(len(marks), sum(marks))


def _came(collation: Collation) -> Iterator[tuple[str, Said]]:
    """Yield the answers of accepted returns, each with the file that it stands in."""
    for file in collation.returns:
        if file.outcome == "accepted":
            for a in file.answers:
                yield _file(file, a), _said(a)


def _said(answer: Answer) -> Said:
    return (answer.block, answer.row_key, answer.column_key, _exact(shown(answer)))


def _held(tables: Tables) -> Iterator[tuple[str, Said]]:
    """Yield the answers that the tables hold, each with the file that it stands in."""
    keys = ("file", "section_id", "question_id", "field_id", "value")
    for file, block, row_key, column_key, value in rows(tables.answers, *keys):
        yield file, (block, row_key, column_key, _exact(value))
    for file, outcome, row_key, value in rows(tables.cover, "file", "outcome", "field_id", "value"):
        if outcome == "accepted":
            yield file, (COVER, row_key, ANSWER, _exact(value))


def _exact(value: Value) -> str:
    """Return a value as text, different ones always differently; half characters are in no table."""
    if isinstance(value, (int, float)):
        with suppress(OverflowError):
            return f"\0{float(value) + 0.0!r}"  # of -0.0, that is 0.0
    if isinstance(value, dt.date):
        return f"\0{value.isoformat()}"
    text = value if isinstance(value, str) else as_text(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _cells(collation: Collation, tables: Tables) -> list[str]:
    """Compare the cells counted at intake with those that the tables name, return by return."""
    on_cover = rows(tables.cover, "recipient_id", "sheet", "cell", "outcome")
    places = chain(
        rows(tables.answers, "recipient_id", "sheet", "cell"),
        (place for *place, outcome in on_cover if outcome == "accepted"),
    )
    named: dict[str, Count] = {}
    for key, own in groupby(places, key=itemgetter(0)):
        named[key] = named.get(key, Count()) + count((sheet, cell) for _, sheet, cell in own)
    found = []
    for file in collation.returns:
        held = named.get(file.recipient_id, Count())
        if file.outcome == "accepted" and file.counted != held:
            found.append(
                f"{file.file}: {file.counted.cells} filled answer cells came in, but the tables name "
                f"{held.cells}" + (" others." if held.cells == file.counted.cells else ".")
            )
    return found


def _file(file: Return, answer: Answer) -> str:
    """Return the file that an answer stands in; the cover of a merged return is shown with that return."""
    return answer.file or file.file if answer.block != COVER else file.file
