"""Returns of an older edition or issue, read by what their workbooks asked, carried over to the present one.

Answers follow the ids of questions and fields, and ratings the ids of the points of their scale. What isn't
asked any more is kept as it was typed; what wasn't asked then is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditkit.definition.crosswalk import Crosswalk, field_here, pairs
from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.scale import Scale
from auditkit.definition.wording import listed
from auditkit.fields import Value, parse
from auditkit.fields.plain import as_text
from auditkit.returns.extract import question
from auditkit.returns.findings import shown
from auditkit.returns.model import Answer, Finding
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import CARRIED_ROLE, COVER

# Longer lists would drown the finding; the rest is counted.
LISTED = 40
Place = tuple["Section | None", "Question | None"]
NOWHERE: Place = (None, None)
# How a question is still the same one in a later edition.
STILL = ("same", "reworded", "renamed")
# What follows the id of a question that isn't asked any more, if another one has that id by now.
BEFORE = " (before)"


def carry_over(
    file: str, answers: Iterable[Answer], theirs: Audit, ours: Audit
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Turn the answers to what was asked into answers to what is asked now.

    Args:
        file: The file, as findings name it.
        answers: Its answers, parsed by ``theirs``.
        theirs: The audit that its workbook asks.
        ours: The audit that the recipient is asked now.

    Returns:
        The same answers under their present section and field. Those that aren't asked any more stay as
        they are. A finding names them, and others what couldn't be used as it was typed, or was renamed.
    """
    places: dict[str, Place] = {q.id: (section, q) for section, q in ours.questions()}
    events = {section.id: section for section in ours.sections if section.events}
    walk = _walk(theirs, ours)
    now_called = _now_called(theirs, ours, walk)
    carried: list[Answer] = []
    gone: list[str] = []
    renamed: list[str] = []
    findings: list[Finding] = []
    for answer in answers:
        section, asked = events.get(answer.block), None
        if section is None:
            answer, is_asked = _named_now(answer, now_called, ours, walk)
            section, asked = places[answer.row_key] if is_asked else NOWHERE
        if answer.field.role == CARRIED_ROLE and section is not None:
            carried.append(answer._replace(block=section.id))
            continue
        field = _field(answer, section, asked, ours)
        if field is None:
            gone.append(question(answer.block, answer.row_key, answer.field.label))
            carried.append(answer._replace(block=section.id) if section else answer)
            continue
        now = answer._replace(block=section.id if section else COVER, field=field)
        value = _value(answer, field, theirs, ours, walk)
        if answer.value is not None and value is None:
            findings.append(_not_offered(file, now))
        elif value != answer.value:
            renamed.append(f"“{as_text(answer.value or '')}” is “{as_text(value or '')}”")
        carried.append(now._replace(value=value))
    if renamed:
        findings.append(Finding("answers-renamed", file, data=(("renamed", _listed(renamed)),)))
    if gone:
        data = (("count", str(len(gone))), ("questions", _listed(gone)))
        findings.append(Finding("no-longer-asked", file, data=data))
    return tuple(carried), tuple(findings)


def lacking(file: str, identity: Identity, theirs: Audit, ours: Audit) -> tuple[Finding, ...]:
    """Return what a workbook didn't ask that is asked now, as a finding.

    Args:
        file: The file, as findings name it.
        identity: What the workbook says of itself.
        theirs: The audit that it asks.
        ours: The audit that its recipient is asked now.

    Returns:
        One finding; none if it asks everything and is of the present edition.
    """
    if theirs is ours:
        return ()
    data = (("theirs", theirs.edition), ("ours", ours.edition), ("issue", str(identity.issue)))
    walk = _walk(theirs, ours)
    now_called = _now_called(theirs, ours, walk)
    asked = {now_called[q.id]: section for section, q in theirs.questions() if q.id in now_called}
    missing = [q.id for _, q in ours.questions() if q.id not in asked]
    tables = {section.id: section for section in theirs.sections if section.events}
    missing += [section.title for section in ours.sections if section.events and section.id not in tables]
    cover = {f.id for f in theirs.cover}
    fields = [f.label for f in ours.cover if f.id not in cover]
    for section in ours.sections:
        # The questions of a section may have come from several.
        then = {asked[q.id].id: asked[q.id] for q in section.questions if q.id in asked}
        then |= {section.id: tables[section.id]} if section.events and section.id in tables else {}
        for was in then.values():
            known = {field_here(f.id, walk) for f in theirs.responses_of(was)}
            new = (f for f in ours.responses_of(section) if f.id not in known)
            fields += [f"{f.label} ({section.title})" for f in new]
    if missing or fields:
        return (Finding("edition-lacks", file, data=(*data, ("missing", _listed([*missing, *fields])))),)
    return (Finding("earlier-edition", file, data=data),) if theirs.edition != ours.edition else ()


def _walk(theirs: Audit, ours: Audit) -> Crosswalk:
    """Return what the definition says of the edition that a workbook asks: nothing, unless it follows it."""
    follows = ours.follows
    return follows if follows is not None and follows.edition == theirs.edition else Crosswalk()


def _now_called(theirs: Audit, ours: Audit, walk: Crosswalk) -> Mapping[str, str]:
    """Return what each question is called by now that is still the same one, by its id then.

    One that was divided, or put together with others, isn't the same any more.
    """
    found = pairs(theirs, ours, walk).values()
    return {pair.was[0]: pair.id for pair in found if pair.how in STILL}


def _named_now(
    answer: Answer, now_called: Mapping[str, str], ours: Audit, walk: Crosswalk
) -> tuple[Answer, bool]:
    """Return an answer under the id that its question has now, and whether that is still asked.

    If it isn't, and another question has its id by now, the answer is kept under an id of its own.
    """
    if answer.block == COVER:
        return answer, False
    now = now_called.get(answer.row_key)
    if now is None:
        taken = any(q.id == answer.row_key for _, q in ours.questions())
        return (answer._replace(row_key=f"{answer.row_key}{BEFORE}") if taken else answer), False
    return answer._replace(row_key=now, column_key=field_here(answer.column_key, walk)), True


def _field(answer: Answer, section: Section | None, asked: Question | None, ours: Audit) -> Field | None:
    """Return the field that an answer is to now, None if it isn't asked any more."""
    if answer.block == COVER:
        return next((f for f in ours.cover if f.id == answer.row_key), None)
    fields = ours.fields_of(section, asked) if section and asked else ()
    fields = section.responses if section and section.events else fields
    return next((f for f in fields if f.id == answer.column_key), None)


def _value(answer: Answer, field: Field, theirs: Audit, ours: Audit, walk: Crosswalk) -> Value | None:
    """Return what an answer is worth under the field as it is now."""
    value = answer.value
    if value is None:
        return None
    if answer.field.kind == field.kind == "rating" and isinstance(value, str):
        return _point(value, theirs.scale(answer.field.scale), ours.scale(field.scale), walk)
    return parse(value, field, ours).value


def _point(text: str, theirs: Scale, ours: Scale, walk: Crosswalk) -> str | None:
    """Return the text that a point of one scale has on another, by its id or as the definition says."""
    was = theirs.point_for(text)
    key = walk.points.get(ours.id, {}).get(was.id, was.id) if was else ""
    now = next((point for point in ours.points if point.id == key), None)
    # On a scale of numbers only points outside the order are chosen by their text.
    return now.text if now and (ours.numbers is None or now.not_applicable) else None


def _not_offered(file: str, answer: Answer) -> Finding:
    name = question(answer.block, answer.row_key, answer.field.label)
    data = (("field", answer.field.label),)
    return Finding("no-longer-offered", file, answer.sheet, answer.cell, name, shown(answer.typed), data)


def _listed(names: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) > LISTED:
        distinct = [*distinct[:LISTED], f"{len(distinct) - LISTED} more"]
    return listed(distinct, "and")
