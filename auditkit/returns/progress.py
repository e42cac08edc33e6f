"""Progress returns, laid over the return of the audit: what they answer is how it is now, the rest stays.

They are laid over it in the order in which they were saved, each over the ones before. Every answer that
becomes another one is a :class:`Step`; from the steps follows how it was at the start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from auditkit.definition.model import Audit, field_with_role
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.returns.answer import Packed, packed
from auditkit.returns.catalogue import completeness
from auditkit.returns.content import overdue
from auditkit.returns.content.seen import Circumstances, Seen
from auditkit.returns.count import count
from auditkit.returns.extract import Extracted
from auditkit.returns.findings import holding
from auditkit.returns.gist import digest, gist_of
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.supersede import NEVER, Version, duplicate, said_when, versions
from auditkit.returns.validate import still_needed
from auditkit.returns.words import words_for
from auditkit.workbook.layout import COVER, PROGRESS

# What a return of the audit has to have, and one of progress hasn't.
NOT_NEEDED = frozenset(entry.code for entry in completeness.ENTRIES) - {"cover-missing"} | {*overdue.CODES}
# What a question may still need.
NEEDED = ("rule-broken", "required-missing")

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Step:
    """An answer that a progress return changed. ``old`` is None if there was none; ``when`` is in UTC."""

    recipient_id: str
    section_id: str
    question_id: str
    field_id: str
    field: str
    old: Value | None
    new: Value
    who: str
    when: dt.datetime | None
    file: str
    sha256: str
    sheet: str
    cell: str


def as_progress(
    answers: tuple[Answer, ...], findings: tuple[Finding, ...]
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Return what a progress return answers, by the sections of the audit, and what is the matter with it."""
    own = tuple(a._replace(block=a.block.removeprefix(PROGRESS)) for a in answers)
    return own, tuple(f for f in findings if f.code not in NOT_NEEDED)


def settled(returns: Iterable[Return]) -> tuple[Return, ...]:
    """Return all returns, with what becomes of those of progress.

    Args:
        returns: All returns of the round, after one of each recipient was found to count.

    Returns:
        The same files in the same order: of copies of a progress return one stays, and all of a recipient
        without a return that counts are held.
    """
    returns = tuple(returns)
    counts = {one.recipient_id: one for one in returns if one.outcome == "accepted"}
    changed: dict[str, Return] = {}
    for recipient_id, own in _of_progress(returns).items():
        audit = counts.get(recipient_id)
        for version in versions(own):
            changed |= {copy.file: duplicate(version, copy) for copy in version.copies}
            changed[version.first.file] = _held(version.first) if audit is None else _asked(version, audit)
    return tuple(changed.get(one.file, one) for one in returns) if changed else returns


def laid(
    returns: Iterable[Return], audits: Mapping[str, Audit], as_at: dt.date
) -> tuple[tuple[Return, ...], tuple[Step, ...]]:
    """Lay progress returns over the returns of the audit.

    Args:
        returns: All returns of the round, each with its outcome.
        audits: The definition as narrowed to each recipient, by id.
        as_at: The day on which actions are late or not.

    Returns:
        The same files; those that something was laid over answer what holds now, and each answer says which
        file it comes from. And every change: by the name of the audit's return, then in order.
    """
    returns = tuple(returns)
    of_progress = _of_progress(returns)
    changed: dict[str, Return] = {}
    steps: list[Step] = []
    for one in returns if of_progress else ():
        own = of_progress.get(one.recipient_id)
        if one.outcome == "accepted" and own:
            audit = audits[one.recipient_id]
            now, taken, noted = _over(one, [version.first for version in versions(own)], audit)
            changed[one.file] = _checked(now, taken, audit, as_at) if taken else one
            changed |= {each.file: each for each in noted}
            steps += taken
    return tuple(changed.get(one.file, one) for one in returns), tuple(steps)


def _of_progress(returns: Iterable[Return]) -> dict[str, list[Return]]:
    found: dict[str, list[Return]] = {}
    for one in returns:
        if one.outcome == "progress":
            found.setdefault(one.recipient_id, []).append(one)
    return found


def _held(one: Return) -> Return:
    return replace(one, outcome="held", findings=(Finding("progress-alone", one.file), *one.findings))


def _asked(version: Version, audit: Return) -> Return:
    """Return a progress return, with a query if it may be older than what it is laid over."""
    one, of_audit = version.first, versions([audit])[0]
    if NEVER in (version.time, of_audit.time) or version.time >= of_audit.time:
        return one
    data = (("when", said_when(version)), ("by", audit.file), ("by_saved", said_when(of_audit)))
    return replace(one, findings=(Finding("progress-before-return", one.file, data=data), *one.findings))


def _over(
    counts: Return, in_order: Iterable[Return], audit: Audit
) -> tuple[Return, list[Step], list[Return]]:
    """Lay progress returns over one of the audit; return what holds now, the changes, and the returns."""
    answers: dict[Key, Answer] = {_key(a): a for a in counts.answers}
    counted, steps, noted = counts.counted, list[Step](), list[Return]()
    author = field_with_role(audit.cover, "author")
    for one in in_order:
        on_cover = {a.row_key: as_text(a.typed) for a in one.answers if a.block == COVER}
        before = len(steps)
        for a in one.answers:
            was = answers.get(_key(a))
            # What can't be used changes nothing: it is a finding of its file.
            if a.block == COVER or a.value is None or (was is not None and was.value == a.value):
                continue
            what = (a.block, a.row_key, a.column_key, a.field.label, _value(was), a.value)
            who = on_cover.get(author.id, "") if author else ""
            where = (one.file, one.sha256, a.sheet, a.cell)
            steps.append(Step(counts.recipient_id, *what, who, one.time, *where))
            if was is not None:
                counted -= count([(was.sheet, was.cell)])
            counted += count([(a.sheet, a.cell)])
            answers[_key(a)] = a._replace(file=one.file)
        data = (("by", counts.file), ("count", str(len(steps) - before)))
        noted.append(replace(one, findings=(Finding("progress-laid", one.file, data=data), *one.findings)))
    if not steps:
        return counts, steps, noted
    content, number = packed(tuple(answers.values())), len(answers)
    now = replace(counts, answers=Packed(lambda: content, number), counted=counted)
    return replace(now, gist=digest(gist_of(counts.file, now.answers))), steps, noted


def _checked(now: Return, steps: Iterable[Step], audit: Audit, as_at: dt.date) -> Return:
    """Return a return with the queries that it deserves by what holds now.

    They are on actions that are late, and on what is needed at the questions that were changed. Where each
    was typed isn't said: it may be in several files.
    """
    answers = tuple(now.answers)
    touched = {step.question_id for step in steps}
    extracted = Extracted(answers, (), frozenset(), frozenset())
    seen = Seen(now.file, audit, words_for(audit.checks), answers, extracted, Circumstances())
    needed = (one for one in still_needed(now.file, answers, audit) if one.question in touched)
    anew = [replace(one, sheet="", cell="") for one in (*holding(overdue.find(seen), as_at), *needed)]
    others = (
        one
        for one in now.findings
        if one.code not in overdue.CODES and not (one.code in NEEDED and one.question in touched)
    )
    return replace(now, findings=(*others, *anew))


def _key(answer: Answer) -> Key:
    return answer.block, answer.row_key, answer.column_key


def _value(answer: Answer | None) -> Value | None:
    """Return what an answer was: its value, else what was typed as text."""
    if answer is None:
        return None
    return answer.value if answer.value is not None else as_text(answer.shown)
