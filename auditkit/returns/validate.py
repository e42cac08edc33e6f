"""Answers → usable values, and every rule of the definition again, whatever the spreadsheet let through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditkit.definition.model import Audit, Field, Rule, field_with_role
from auditkit.definition.wording import listed
from auditkit.fields import Value, kind_of, parse
from auditkit.fields.date import british
from auditkit.fields.plain import ERRORS, trimmed
from auditkit.returns.completion import completion, is_nil
from auditkit.returns.confirmed import confirmed
from auditkit.returns.content import Circumstances, Seen, check
from auditkit.returns.content.seen import named
from auditkit.returns.extract import Extracted
from auditkit.returns.findings import severity, shown
from auditkit.returns.model import Answer, Finding
from auditkit.returns.rules import Broken, broken
from auditkit.returns.words import words_for
from auditkit.workbook.layout import COVER

SIGN_OFF = ("signoff_name", "signoff_role", "signoff_date")

# Day 0 of Excel for Mac's old calendar, counted in the ordinary one.
DAYS_TO_1904 = 1462
DATES = ("date", "uncertain_date")
NOTHING_KNOWN = Circumstances()
# How a finding says that nothing counts as answered, as long as the return isn't accepted.
BLANK = ("blank-return", "nothing-confirmed")

Row = dict[str, Answer]


def validate(
    file: str, extracted: Extracted, audit: Audit, known: Circumstances = NOTHING_KNOWN
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Parse the answers of a return and check them against the definition.

    Args:
        file: The file, as findings name it.
        extracted: What was read from it.
        audit: The audit as narrowed to its recipient.
        known: What else is known of the return; checks that need what isn't known are left out.

    Returns:
        The answers with their values (None where what was typed can't be used), and what is the matter with
        them.
    """
    findings: list[Finding] = []
    answers = []
    contradicted = extracted.contradicted
    for answer in extracted.answers:
        if contradicted and (answer.block, answer.row_key, answer.column_key) in contradicted:
            answers.append(answer)
            continue
        parsed, finding = _parsed(file, answer, audit, known)
        answers.append(parsed)
        if finding is not None:
            findings.append(finding)
    if known.carried:
        answers, waiting = confirmed(file, answers, known.carried)
        findings += waiting
    cover: Row = {a.row_key: a for a in answers if a.block == COVER}
    begun = {(a.block, a.row_key) for a in answers if a.block != COVER and not a.unconfirmed}
    findings += still_needed(file, answers, audit)
    missing = {key for block, key in extracted.missing if block == COVER}
    if cover or begun:
        findings += _cover(file, cover, missing, audit)
    findings += _whole(file, answers, extracted, audit, begun=len(begun))
    findings += check(Seen(file, audit, words_for(audit.checks), tuple(answers), extracted, known))
    return tuple(answers), tuple(findings)


def still_needed(file: str, answers: Iterable[Answer], audit: Audit) -> list[Finding]:
    """Return what questions that were begun still need, by the rules and by what is required.

    Args:
        file: The file, as findings name it.
        answers: The answers of a return, with their values.
        audit: The audit as narrowed to its recipient.
    """
    rows: dict[tuple[str, str], Row] = {}
    for answer in answers:
        if answer.block != COVER and not answer.unconfirmed:
            rows.setdefault((answer.block, answer.row_key), {})[answer.column_key] = answer
    findings: list[Finding] = []
    for section in audit.sections:
        fields = audit.responses_of(section)
        rating = audit.rating_field(section)
        required = [f for f in fields if f.required and f is not rating]
        for asked in section.questions:
            row = rows.get((section.id, asked.id))
            if row:
                findings += _row(file, row, fields, required, audit.rules_of(section, asked), audit)
        if section.events:
            own = (row for (block, _), row in rows.items() if block == section.id)
            findings += (one for row in own for one in _row(file, row, fields, required, audit.rules, audit))
    return findings


def once_accepted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a return that counts by decision: none holds it, and being blank is a query."""
    asked = (replace(f, code="blank-accepted") if f.code in BLANK else f for f in findings)
    return tuple(f for f in asked if severity(f) != "held")


def _parsed(file: str, answer: Answer, audit: Audit, known: Circumstances) -> tuple[Answer, Finding | None]:
    """Return the answer with its value, and a finding if it has none or was read with some latitude."""
    typed = answer.typed
    if isinstance(typed, str) and "#" in typed and typed.strip() in ERRORS:
        return answer, _about(file, "error-value", answer)
    kind = kind_of(answer.field)
    if known.epoch_1904 and answer.field.kind in DATES and isinstance(typed, (int, float)):
        typed = typed if isinstance(typed, bool) else typed + DAYS_TO_1904
    value, code = parse(typed, answer.field, audit)
    if not code:
        return answer.worth(value), None
    data = {"limits": kind.limits(answer.field, audit)}
    if value is not None:
        data = {"read": shown(_read(value, answer.field))}
    return answer.worth(value), _about(file, code, answer, **data)


def _row(
    file: str,
    row: Row,
    fields: tuple[Field, ...],
    required: list[Field],
    rules: tuple[Rule, ...],
    audit: Audit,
) -> list[Finding]:
    """Return what a question that was begun still needs, the ``required`` fields besides what rules ask."""
    findings = [_broken(file, one) for one in broken(rules, row, fields, audit)]
    missing = [f for f in required if f.id not in row]
    if missing:
        first = next(iter(row.values()))
        findings.append(_about(file, "required-missing", first, field="", missing=_nouns(missing)))
    return findings


def _cover(file: str, cover: Row, gone: set[str], audit: Audit) -> list[Finding]:
    """Return what the cover still needs; fields that the file no longer has are told of elsewhere."""
    findings = [_broken(file, one) for one in broken(audit.cover_rules, cover, audit.cover, audit)]
    open_ = [f for f in audit.cover if f.required and f.id not in cover and f.id not in gone]
    sheet = next(iter(cover.values())).sheet if cover else ""
    for code, fields in (
        ("cover-missing", [f for f in open_ if f.role not in SIGN_OFF]),
        ("sign-off-missing", [f for f in open_ if f.role in SIGN_OFF]),
    ):
        if fields:
            findings.append(Finding(code, file, sheet, data=(("missing", _nouns(fields)),)))
    return findings


def _whole(
    file: str, answers: list[Answer], extracted: Extracted, audit: Audit, *, begun: int
) -> list[Finding]:
    """Return what is the matter with the return as a whole."""
    if is_nil(audit, answers):
        return _nil(file, answers, audit, begun)
    if not begun:
        carried = any(answer.unconfirmed for answer in answers)
        return [Finding("nothing-confirmed" if carried else "blank-return", file)]
    done = completion(audit, answers)
    open_ = [key for key in done.open if key not in extracted.missing]
    if not open_:
        return []
    data = (
        ("count", str(len(open_))),
        ("total", str(len(done.questions))),
        ("questions", _grouped(open_, audit)),
    )
    return [Finding("unanswered", file, data=data)]


def _nil(file: str, answers: list[Answer], audit: Audit, begun: int) -> list[Finding]:
    findings = []
    reason = field_with_role(audit.cover, "nil_reason")
    given = reason is not None and any(a.block == COVER and a.row_key == reason.id for a in answers)
    ruled = reason is not None and any(reason.id in rule.require for rule in audit.cover_rules)
    if not given and not ruled:
        findings.append(Finding("nil-without-reason", file))
    if begun:
        findings.append(Finding("nil-with-answers", file, data=(("count", str(begun)),)))
    return findings


def _grouped(keys: list[tuple[str, str]], audit: Audit) -> str:
    """Return question ids, a section that is open altogether by its title."""
    parts = []
    for section in audit.sections:
        own = [question_id for section_id, question_id in keys if section_id == section.id]
        if len(own) > 1 and len(own) == len(section.questions):
            parts.append(f"all {len(own)} of “{section.title}”")
        elif own:
            parts.append(", ".join(own))
    return "; ".join(parts)


def _broken(file: str, one: Broken) -> Finding:
    data = {"message": one.rule.message.rstrip(), "missing": _nouns(one.missing)}
    return _about(file, "rule-broken", one.trigger, **data)


def _about(file: str, code: str, answer: Answer, **data: str) -> Finding:
    filled = {"field": answer.field.label, **data}
    value = shown(answer.typed)
    return Finding(code, file, answer.sheet, answer.cell, named(answer), value, tuple(filled.items()))


def _read(value: Value, field: Field) -> str:
    """Return a value as an officer would write it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return f"{trimmed(value * 100)}%" if field.kind == "percent" else trimmed(value)
    return british(value)


def _nouns(fields: Iterable[Field]) -> str:
    return listed((field.missing for field in fields), "and")
