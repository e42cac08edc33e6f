"""Rows of what changed, cell by cell: from one return to the next, and since the last run (``changes``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from auditkit.definition.model import Audit
from auditkit.returns.model import Return
from auditkit.returns.supersede import versions
from auditkit.runs import Kept, Run, counted, kept, shown
from auditkit.tables.model import Given, who
from auditkit.workbook.layout import ANSWER, COVER

Row = tuple[Any, ...]
Key = tuple[str, str, str]
# What is compared with what.
RETURN = "an earlier return"
CHANGED, ADDED, REMOVED, NEW, WITHDRAWN = "changed", "added", "removed", "new return", "withdrawn"
COVER_TITLE = "Cover"
# The four columns of a question and two of a field, of a row about a return as a whole.
NOTHING = (None,) * 6


@dataclass(frozen=True)
class _Said:
    """What a return answers, by key: the value, and the file it stands in."""

    answers: Mapping[Key, tuple[Kept, str]]
    labels: Mapping[Key, str]


def change_rows(given: Given) -> Iterator[Row]:
    """Yield what later returns of a recipient changed, then what changed since the last run."""
    yield from _between_returns(given)
    if given.collation.earlier is not None:
        yield from _since(given, given.collation.earlier)


def _between_returns(given: Given) -> Iterator[Row]:
    of_recipient: dict[str, list[Return]] = {}
    for file in given.files:
        if file.outcome in ("accepted", "superseded"):
            of_recipient.setdefault(file.recipient_id, []).append(file)
    for recipient in given.collation.recipients:
        in_order = [version.first for version in versions(of_recipient.get(recipient.id, ()))]
        accepted = given.accepted_by_id.get(recipient.id)
        merged = accepted is not None and any(answer.file for answer in accepted.answers)
        # A merged return is no version of its own: each return is set beside what counts instead of it.
        pairs = (
            [(one, accepted) for one in in_order if one is not accepted]
            if merged
            else list(pairwise(in_order))
        )
        for old, new in pairs:
            if new is not None:
                whose = (RETURN, *who(recipient.id, recipient))
                yield from _differences(given, whose, _said(old), _said(new), within=old.file)


def _since(given: Given, earlier: Run) -> Iterator[Row]:
    """Yield what counts now and didn't in an earlier run, or the other way round."""
    now = counted(given.files)
    at = dt.datetime.fromisoformat(earlier.at)
    since = f"the run of {at:%d/%m/%Y, %H:%M} UTC"
    recipients = {recipient.id: recipient for recipient in given.collation.recipients}
    labels = {(a.block, a.row_key, a.column_key): a.field.label for f in given.files for a in f.answers}
    for key in [*recipients, *(key for key in earlier.counted if key not in recipients)]:
        whose = (since, *who(key, recipients.get(key)))
        then, today = earlier.counted.get(key), now.get(key)
        if then is None and today is not None:
            yield (*_place(whose, NEW), *NOTHING, None, None, None, today.file)
        elif then is not None and today is None:
            yield (*_place(whose, WITHDRAWN), *NOTHING, None, None, then.file, None)
        elif then is not None and today is not None:
            yield from _differences(given, whose, _Said(then.answers, labels), _Said(today.answers, labels))


def _differences(given: Given, whose: Row, old: _Said, new: _Said, within: str = "") -> Iterator[Row]:
    """Yield a row for each answer that isn't the same, but for those that stand in the file ``within``."""
    labels = {**old.labels, **new.labels}
    audit = given.collation.audit
    places = _places(audit)
    for key in sorted({*old.answers, *new.answers}, key=lambda k: places.get(k, (len(places), *k))):
        was, is_ = old.answers.get(key), new.answers.get(key)
        if (was and was[0]) == (is_ and is_[0]) or (within and is_ and is_[1] == within):
            continue
        what = ADDED if was is None else REMOVED if is_ is None else CHANGED
        values = (shown(was[0]) if was else None, shown(is_[0]) if is_ else None)
        files = (was[1] if was else None, is_[1] if is_ else None)
        yield (*_place(whose, what), *_what(audit, key, labels.get(key)), *values, *files)


def _place(whose: Row, what: str) -> Row:
    since, *recipient = whose
    return (since, what, *recipient)


def _what(audit: Audit, key: Key, label: str | None) -> Row:
    """Return section, question and field of an answer, each with its title as far as it is known."""
    block, row_key, column_key = key
    if block == COVER:
        return (COVER, COVER_TITLE, row_key, label, column_key, label)
    texts = {q.id: (section.title, q.text) for section, q in audit.questions()}
    title, text = texts.get(row_key, (block, None))
    return (block, title, row_key, text, column_key, label)


def _places(audit: Audit) -> dict[Key, tuple[Any, ...]]:
    """Return where each answer stands in the definition."""
    keys = [(COVER, field.id, ANSWER) for field in audit.cover]
    for section, question in audit.questions():
        keys += [(section.id, question.id, field.id) for field in audit.responses_of(section)]
    return {key: (n,) for n, key in enumerate(keys)}


def _said(file: Return) -> _Said:
    keys = {(a.block, a.row_key, a.column_key): a for a in file.answers}
    return _Said(
        {key: (kept(a), a.file or file.file) for key, a in keys.items()},
        {key: a.field.label for key, a in keys.items()},
    )
