"""Rows of what changed, cell by cell: from one return to the next, and since the last run (``changes``)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from auditkit.definition.model import Audit
from auditkit.returns.gist import Gist, Key, gist_of, shown
from auditkit.returns.supersede import versions
from auditkit.runs import Run
from auditkit.tables.model import Given, accepted, who
from auditkit.tables.table import Row
from auditkit.workbook.layout import ANSWER, COVER

# What is compared with what.
RETURN = "an earlier return"
CHANGED, ADDED, REMOVED, NEW, WITHDRAWN = "changed", "added", "removed", "new return", "withdrawn"
COVER_TITLE = "Cover"
# The four columns of a question and two of a field, of a row about a return as a whole.
NOTHING = (None,) * 6


@dataclass(frozen=True)
class _Form:
    """Which answers there are by the definition: where each stands, and what its column is called.

    ``questions`` has the title of the section and the text of each question.
    """

    places: Mapping[Key, int]
    labels: Mapping[Key, str]
    questions: Mapping[str, tuple[str, str]]

    def place(self, key: Key) -> tuple[int, Key]:
        """Return what puts answers in the order of the definition, others behind."""
        return self.places.get(key, len(self.places)), key


def change_rows(given: Given) -> Iterator[Row]:
    """Yield what later returns of a recipient changed, then what changed since the last run."""
    form = _form(given.collation.audit)
    yield from _between_returns(given, form)
    if given.collation.since is not None:
        yield from _since(given, form, given.collation.since.earlier, given.collation.since.now)


def _between_returns(given: Given, form: _Form) -> Iterator[Row]:
    for recipient, files in given.files:
        counting = [file for file in files if file.outcome in ("accepted", "superseded")]
        if recipient is None or len(counting) < 2:
            continue
        in_order = [version.first for version in versions(counting)]
        counts = accepted(files)
        others = {file.file for file in counting}
        merged = counts is not None and any(answer.file in others for answer in counts.answers)
        # A merged return is no version of its own: each return is set beside what counts instead of it.
        pairs = [(one, counts) for one in in_order if one is not counts] if merged else pairwise(in_order)
        for old, new in pairs:
            if new is not None:
                whose = (RETURN, *who(recipient.id, recipient))
                labels = {
                    (a.block, a.row_key, a.column_key): a.field.label for a in (*old.answers, *new.answers)
                }
                yield from _differences(
                    form,
                    whose,
                    gist_of(old.file, old.answers),
                    gist_of(new.file, new.answers),
                    labels,
                    within=old.file,
                )


def _since(given: Given, form: _Form, earlier: Run, now: Run) -> Iterator[Row]:
    """Yield what counts now and didn't in an earlier run, or the other way round."""
    files = {whose.id: one for whose, own in given.files if whose and (one := accepted(own))}
    at = dt.datetime.fromisoformat(earlier.at)
    since = f"the run of {at:%d/%m/%Y, %H:%M} UTC"
    people = (*given.collation.recipients, *given.collation.unasked)
    recipients = {recipient.id: recipient for recipient in people}
    changed = set(earlier.changed(now))
    for key in [*recipients, *(key for key in earlier.counted if key not in recipients)]:
        if key not in changed:
            continue
        whose = (since, *who(key, recipients.get(key)))
        then, today = earlier.counted.get(key), now.counted.get(key)
        if then is None and today is not None:
            yield (*_place(whose, NEW), *NOTHING, None, None, None, today.file)
        elif then is not None and today is None:
            yield (*_place(whose, WITHDRAWN), *NOTHING, None, None, then.file, None)
        elif then is not None and today is not None:
            labels = {(a.block, a.row_key, a.column_key): a.field.label for a in files[key].answers}
            yield from _differences(form, whose, then.answers(), today.answers(), labels)


def _differences(
    form: _Form, whose: Row, old: Gist, new: Gist, labels: Mapping[Key, str], within: str = ""
) -> Iterator[Row]:
    """Yield a row for each answer that isn't the same, but for those that stand in the file ``within``."""
    for key in sorted({*old, *new}, key=form.place):
        was, is_ = old.get(key), new.get(key)
        if (was and was[0]) == (is_ and is_[0]) or (within and is_ and is_[1] == within):
            continue
        what = ADDED if was is None else REMOVED if is_ is None else CHANGED
        values = (shown(was[0]) if was else None, shown(is_[0]) if is_ else None)
        files = (was[1] if was else None, is_[1] if is_ else None)
        label = labels.get(key) or form.labels.get(key)
        yield (*_place(whose, what), *_what(form, key, label), *values, *files)


def _place(whose: Row, what: str) -> Row:
    since, *recipient = whose
    return (since, what, *recipient)


def _what(form: _Form, key: Key, label: str | None) -> Row:
    """Return section, question and field of an answer, each with its title as far as it is known."""
    block, row_key, column_key = key
    if block == COVER:
        return (COVER, COVER_TITLE, row_key, label, column_key, label)
    title, text = form.questions.get(row_key, (block, None))
    return (block, title, row_key, text, column_key, label)


def _form(audit: Audit) -> _Form:
    labels = {(COVER, field.id, ANSWER): field.label for field in audit.cover}
    for section, question in audit.questions():
        for field in audit.responses_of(section):
            labels[section.id, question.id, field.id] = field.label
    places = {key: n for n, key in enumerate(labels)}
    return _Form(places, labels, {q.id: (section.title, q.text) for section, q in audit.questions()})
