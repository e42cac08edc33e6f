"""Proof that nothing was lost: the sums add up and every answer of an accepted return is in the tables.

It counts from the collation again, by other means than :mod:`auditkit.tables` builds by, and holds the tables
against the filled answer cells that were counted when the files came in (see :mod:`auditkit.returns.count`).
"""

from __future__ import annotations

from collections import Counter
from typing import get_args

from auditkit.returns.completion import is_nil
from auditkit.returns.count import count
from auditkit.returns.model import Answer, Outcome, Return, Standing
from auditkit.tables.answers import shown
from auditkit.tables.model import Collation, Tables
from auditkit.workbook.layout import COVER


def differences(collation: Collation, tables: Tables) -> tuple[str, ...]:
    """Return what doesn't add up, as sentences; anything but an empty result is a bug.

    Args:
        collation: What the tables were built from.
        tables: The tables.
    """
    checks = (_files, _recipients, _answers, _cells)
    return tuple(sentence for check in checks for sentence in check(collation, tables))


def _files(collation: Collation, tables: Tables) -> list[str]:
    outcomes = Counter(tables.returns["outcome"])
    counted = sum(outcomes[outcome] for outcome in get_args(Outcome))
    found = []
    if counted != len(collation.returns):
        found.append(f"{len(collation.returns)} files were seen, but the outcomes add up to {counted}.")
    ids = {recipient.id for recipient in collation.recipients}
    accepted = Counter(file.recipient_id for file in collation.returns if file.outcome == "accepted")
    found += [
        f"The accepted return of “{key}” belongs to nobody in the register."
        for key in accepted
        if key not in ids
    ]
    found += [f"Recipient “{key}” has {n} accepted returns." for key, n in accepted.items() if n > 1]
    return found


def _recipients(collation: Collation, tables: Tables) -> list[str]:
    standings = Counter(tables.recipients["standing"])
    counted = sum(standings[standing] for standing in get_args(Standing))
    found = []
    if counted != len(collation.recipients):
        found.append(
            f"There are {len(collation.recipients)} recipients, but their standings add up to {counted}."
        )
    back = sum(file.outcome == "accepted" and _says_something(file, collation) for file in collation.returns)
    there = counted - standings["not returned"]
    if back != there:
        found.append(
            f"{back} accepted returns say something, but {there} recipients stand as having returned."
        )
    return found


def _says_something(file: Return, collation: Collation) -> bool:
    """Tell whether a return has an answer to a question, or says that it is a nil return."""
    return any(a.block != COVER for a in file.answers) or is_nil(collation.audit, file.answers)


def _answers(collation: Collation, tables: Tables) -> list[str]:
    """Compare what was typed in accepted returns with what the tables hold, answer by answer."""
    came = Counter(
        (_file(file, answer), answer.block, answer.row_key, answer.column_key, repr(shown(answer)))
        for file in collation.returns
        if file.outcome == "accepted"
        for answer in file.answers
    )
    answers, cover = tables.answers, tables.cover[tables.cover["outcome"] == "accepted"]
    keys = ("file", "section_id", "question_id", "field_id")
    held = Counter(zip(*(answers[key] for key in keys), map(repr, answers["value"]), strict=True))
    columns = {
        (a.row_key, f.file): a.column_key for f in collation.returns for a in f.answers if a.block == COVER
    }
    for file, field_id, value in zip(cover["file"], cover["field_id"], cover["value"], strict=True):
        held[(file, COVER, field_id, columns.get((field_id, file), ""), repr(value))] += 1
    lost, made = came - held, held - came
    found = [
        f"An answer is not in the tables: {file}, {', '.join(rest[1:3])}." for file, *rest in sorted(lost)
    ]
    return found + [
        f"The tables hold an answer that nobody gave: {file}, {', '.join(rest[1:3])}."
        for file, *rest in sorted(made)
    ]


def _cells(collation: Collation, tables: Tables) -> list[str]:
    """Compare the cells counted at intake with those that the tables name, return by return."""
    cover = tables.cover[tables.cover["outcome"] == "accepted"]
    named: dict[str, list[tuple[str, str]]] = {}
    for frame in (tables.answers, cover):
        for recipient_id, *place in zip(
            *(frame[key] for key in ("recipient_id", "sheet", "cell")), strict=True
        ):
            named.setdefault(recipient_id, []).append((place[0], place[1]))
    found = []
    for file in collation.returns:
        held = count(named.get(file.recipient_id, ()))
        if file.outcome == "accepted" and file.counted != held:
            found.append(
                f"{file.file}: {file.counted.cells} filled answer cells came in, but the tables name "
                f"{held.cells}" + (" others." if held.cells == file.counted.cells else ".")
            )
    return found


def _file(file: Return, answer: Answer) -> str:
    """Return the file that an answer stands in; the cover of a merged return is shown with that return."""
    return answer.file or file.file if answer.block != COVER else file.file
