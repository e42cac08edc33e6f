"""What is wrong with returns: one return a fault, made as people make it, and what is found in it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from auditkit.demo.fill import fill
from auditkit.guard.limits import Limits
from auditkit.returns.content import Circumstances
from auditkit.returns.content.across import across
from auditkit.returns.extract import Extracted, extract
from auditkit.returns.findings import holding, said, severity
from auditkit.returns.intake import xlsx
from auditkit.returns.intake.incoming import look
from auditkit.returns.model import Finding, Return
from auditkit.returns.sheets import Workbook, marks
from auditkit.returns.validate import validate
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER
from tests.rounds import ISSUED, small_round, workbook_of

AS_AT = dt.date(2026, 12, 11)
SAVED = dt.datetime(2026, 12, 1, 10, 0)
GREEN, AMBER, RED, NA = "● Green", "▲ Amber", "■ Red", "– N/A"

AUDIT = """\
id: school
title: A school's audit
edition: "2026.1"
groups: [School]
scales:
  - id: rag
    points:
      - {id: green, label: Green, colour: "#9BD3A8", symbol: ●, score: 3}
      - {id: amber, label: Amber, colour: "#FBF0A8", symbol: ▲, score: 2}
      - {id: red, label: Red, colour: "#DE7268", symbol: ■, score: 1}
      - {id: na, label: N/A, colour: "#D9D9D9", symbol: –, not_applicable: true}
responses:
  - {id: rating, label: Rating, kind: rating, scale: rag, role: rating, required: true}
  - {id: evidence, label: Evidence, kind: text, role: evidence}
  - {id: action, label: Action, kind: text, role: action}
  - {id: lead, label: Action lead, kind: person, role: lead}
  - {id: due, label: Due date, kind: date, role: due}
  - {id: progress, label: Progress, kind: choice, role: progress, choices: [Open, Complete], closed: Complete}
rules:
  - {id: plan, when: {rating: [red, amber]}, require: [action, lead, due], message: Red and Amber need a plan.}
  - {id: shown, when: {rating: green}, require: evidence, message: Green needs evidence.}
  - {id: why, when: {rating: na}, require: evidence, message: N/A needs a reason.}
cover:
  - {id: author, label: Completed by, kind: person, role: author, required: true}
  - {id: details, label: Their email or telephone, kind: text}
  - {id: nil, label: Nil return, kind: yes_no, role: nil_return}
  - {id: signed, label: Signed off by, kind: person, role: signoff_name, required: true}
  - {id: signed_on, label: Signed off on, kind: date, role: signoff_date, required: true}
sections:
  - id: GOV
    title: Leadership
    questions:
      - {id: GOV-1, text: A senior person leads on safeguarding., good: "Named, trained and known to all staff."}
      - {id: GOV-2, text: Governors hear about safeguarding.}
      - {id: GOV-3, text: All policies are up to date.}
      - {id: GOV-4, text: Every allegation is recorded.}
      - {id: GOV-5, text: Staff are trained every year.}
  - id: NUM
    title: Numbers
    responses:
      - {id: count, label: Number, kind: whole_number, maximum: 5000}
      - {id: share, label: Share, kind: percent}
    questions:
      - {id: NUM-1, text: Children on roll}
      - {id: NUM-2, text: Children with a protection plan}
      - {id: NUM-3, text: Staff who were trained}
checks:
  examples: [The policy of May 2026 names the lead and a deputy.]
  subsets:
    - {part: NUM-2.count, whole: NUM-1.count, message: Children with a plan are among those on roll.}
roll_up: {rule: worst}
overall: {rule: worst}
"""
REGISTER = (
    "id,name,group,email\nS1,Ashby School,School,a@ashby.example\nS2,Birch School,School,b@birch.example\n"
)

Typed = Mapping[tuple[str, str, str], Any]


def at(question: str, column: str) -> tuple[str, str, str]:
    return (COVER, question, "answer") if column == "answer" else (question[:3], question, column)


# A return with nothing to say about.
GOOD: Typed = {
    at("author", "answer"): "Jo Bloggs",
    at("details", "answer"): "office@ashby.example, 01632 960221, AB1 2DE",
    at("signed", "answer"): "Sam Chief",
    at("signed_on", "answer"): dt.date(2026, 11, 20),
    **{
        at(f"GOV-{n}", column): value
        for n, texts in enumerate(
            (
                "The chart of 4 February 2026 names the lead and the deputy; 82% of staff could name both.",
                "The governors' minutes of 18 June 2026 record three questions and what was done about them.",
                "The list of policies, checked in May 2026, shows the date and owner of each.",
                "The log was sampled by our safeguarding governor in July 2026: 12 of 12 were complete.",
            ),
            start=1,
        )
        for column, value in (("rating", GREEN), ("evidence", texts))
    },
    at("GOV-5", "rating"): RED,
    at("GOV-5", "evidence"): "Only 41 of 60 staff had the training by September 2026.",
    at("GOV-5", "action"): "Train the other staff, new starters first.",
    at("GOV-5", "lead"): "Head of HR",
    at("GOV-5", "due"): dt.date(2027, 3, 31),
    at("GOV-5", "progress"): "Open",
    at("NUM-1", "count"): 412,
    at("NUM-1", "share"): 1,
    at("NUM-2", "count"): 3,
    at("NUM-2", "share"): 0.007,
    at("NUM-3", "count"): 41,
    at("NUM-3", "share"): 0.68,
}


@dataclass(frozen=True)
class Fault:
    """One fault: what is typed instead (None: nothing), or done to the file, and what is found."""

    name: str
    code: str
    typed: Typed = field(default_factory=dict)
    done: Callable[[str, str], str] | None = None
    embedded: tuple[str, ...] = ()
    only: Typed | None = None


def cell(sheet: str, address: str, inner: str) -> Callable[[str, str], str]:
    """Put a cell into a row of a sheet, in place of the one that is there."""

    def done(part: str, xml: str) -> str:
        if part != f"xl/worksheets/{sheet}.xml":
            return xml
        row = re.sub(r"\D", "", address)
        without = re.sub(rf'<c r="{address}"[^>]*?(/>|>.*?</c>)', "", xml)
        return re.sub(
            rf'(<row r="{row}".*?)(</row>)', rf'\g<1><c r="{address}"{inner}</c>\g<2>', without, count=1
        )

    return done


def below(sheet: str, address: str, inner: str) -> Callable[[str, str], str]:
    """Put a cell into a row of its own below all others."""

    def done(part: str, xml: str) -> str:
        if part != f"xl/worksheets/{sheet}.xml":
            return xml
        row = re.sub(r"\D", "", address)
        return xml.replace("</sheetData>", f'<row r="{row}"><c r="{address}"{inner}</c></row></sheetData>')

    return done


def text(words: str) -> str:
    return f' t="inlineStr"><is><t>{words}</t></is>'


def hide_row(part: str, xml: str) -> str:
    return xml.replace('<row r="7"', '<row hidden="1" r="7"') if part.endswith("sheet3.xml") else xml


def reword(part: str, xml: str) -> str:
    return xml.replace("Governors hear about", "Governors needn't hear about")


SAME = "We follow the trust's own policy, which was agreed last summer."
FAULTS = (
    Fault("no evidence", "rule-broken", {at("GOV-1", "evidence"): None}),
    Fault("a word of evidence", "thin-evidence", {at("GOV-1", "evidence"): "In place"}),
    Fault("see attached", "thin-evidence", {at("GOV-1", "evidence"): "See attached policy."}),
    Fault("the question again", "thin-evidence", {at("GOV-1", "evidence"): "named, trained and known to all staff"}),
    Fault("red without an action", "rule-broken", {at("GOV-5", "action"): None}),
    Fault("an action in name only", "placeholder-given", {at("GOV-5", "action"): "TBC"}),
    Fault("a lead in name only", "placeholder-given", {at("GOV-5", "lead"): "to be confirmed"}),
    Fault("green contradicted", "rating-contradicted", {at("GOV-3", "evidence"): "We have a draft, but the policy is not yet agreed by governors."}),
    Fault("N/A without a reason", "rule-broken", {at("GOV-4", "rating"): NA, at("GOV-4", "evidence"): None}),
    Fault("N/A because n/a", "thin-evidence", {at("GOV-4", "rating"): NA, at("GOV-4", "evidence"): "n/a"}),
    Fault("TBC as a date", "not-a-date", {at("GOV-5", "due"): "TBC"}),
    Fault("a month as a date", "not-a-day", {at("GOV-5", "due"): "Spring term 2027"}),
    Fault("an American date", "month-first", {at("GOV-5", "due"): "03/31/2027"}),
    Fault("a date in words", "date-read", {at("GOV-5", "due"): "31st March 2027"}),
    Fault("a deadline that has passed", "action-overdue", {at("GOV-5", "due"): dt.date(2026, 10, 1)}),
    Fault("words for a number", "not-a-number", {at("NUM-2", "count"): "several"}),
    Fault("a small number hidden", "not-exact", {at("NUM-2", "count"): "<5"}),
    Fault("an estimate", "not-exact", {at("NUM-1", "count"): "approx 400"}),
    Fault("a number with words", "number-read", {at("NUM-2", "count"): "3 pupils"}),
    Fault("n/a for a number", "says-not-applicable", {at("NUM-3", "share"): "n/a"}),
    Fault("a fraction or a percentage", "percent-unclear", {at("NUM-3", "share"): "1"}),
    Fault("a part above the whole", "part-above-whole", {at("NUM-2", "count"): 4120}),
    Fault("too large a number", "out-of-range", {at("NUM-3", "share"): 680}),
    Fault("an error value", "error-value", {at("GOV-5", "action"): "#REF!"}),
    Fault("no sign-off", "sign-off-missing", {at("signed", "answer"): None, at("signed_on", "answer"): None}),
    Fault("signed off before it was issued", "sign-off-early", {at("signed_on", "answer"): dt.date(2025, 11, 20)}),
    Fault("signed off in the future", "sign-off-in-future", {at("signed_on", "answer"): dt.date(2027, 1, 20)}),
    Fault("blank", "blank-return", only={k: v for k, v in GOOD.items() if k[0] == COVER}),
    Fault("only an example", "only-examples", {
        at(f"GOV-{n}", "evidence"): "The policy of May 2026 names the lead and a deputy." if n == 1 else None for n in range(1, 6)
    } | {at(f"GOV-{n}", "rating"): AMBER for n in range(1, 5)} | {
        at(f"GOV-{n}", column): value for n in range(1, 6) for column, value in (("lead", "Head"), ("due", dt.date(2027, 5, 1)))
    } | {at(f"GOV-{n}", "action"): "The policy of May 2026 names the lead and a deputy." for n in (1, 2, 3)} | {
        at("GOV-4", "action"): "Every allegation is recorded.", at("GOV-5", "action"): "Staff are trained every year."}),
    Fault("the same text in every box", "same-text", {at(f"GOV-{n}", "evidence"): SAME for n in range(1, 6)}),
    Fault("a child's name", "child-details", {at("GOV-4", "evidence"): "In May 2026 a pupil called Jayden Tiller was referred and it was recorded."}),
    Fault("a date of birth", "child-details", {at("GOV-4", "evidence"): "One record (DOB 04/05/2014) was sampled in July and was complete."}),
    Fault("an NHS number", "child-details", {at("GOV-4", "evidence"): "Record 943 476 5919 was sampled in July 2026 and was complete."}),
    Fault("a pupil number", "child-details", {at("GOV-4", "evidence"): "Record H801200001001 was sampled in July 2026 and was complete."}),
    Fault("an email address", "contact-details", {at("GOV-4", "evidence"): "Ask dsl@ashby.example for the log of July 2026, it is complete."}),
    Fault("a picture", "embedded-files", embedded=("a picture",)),
    Fault("a question altered", "wording-altered", done=reword),
    Fault("a formula", "formula-typed", done=cell("sheet4", "C6", "><f>400+12</f><v>412</v>")),
    Fault("a hidden row", "hidden-answers", done=hide_row),
    Fault("a note beside a question", "text-outside", done=cell("sheet3", "L6", text("Ask Sam about this"))),
    Fault("a note below the questions", "text-outside", done=below("sheet3", "B12", text("More to follow"))),
)  # fmt: skip


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("round"), AUDIT, REGISTER)


def sent(round_: Round, fault: Fault, who: int = 0) -> bytes:
    """Return the file that comes back."""
    recipient = round_.recipients[who]
    typed = fault.only if fault.only is not None else {**GOOD, **fault.typed}
    given = {key: value for key, value in typed.items() if value is not None}
    layout = layout_for(round_.audit_for(recipient))
    content = fill(Path(workbook_of(round_, recipient.id)).read_bytes(), layout, given, SAVED)
    if fault.done is None:
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info, fault.done(info.filename, old.read(info).decode()))
    assert target.getvalue() != content
    return target.getvalue()


def opened(content: bytes) -> Workbook:
    return xlsx.read(look(content, Limits()), Limits())


def read(round_: Round, fault: Fault, who: int = 0) -> tuple[Extracted, Return]:
    recipient = round_.recipients[who]
    audit = round_.audit_for(recipient)
    book = opened(sent(round_, fault, who))
    found = extract(f"{recipient.id}.xlsx", marks(book.sheets), layout_for(audit), book.sheets)
    known = Circumstances(ISSUED, embedded=fault.embedded)
    answers, findings = validate(f"{recipient.id}.xlsx", found, audit, known)
    findings = (*found.findings, *holding(findings, AS_AT))
    return found, Return(
        f"{recipient.id}.xlsx", recipient.id, "accepted", recipient.id, None, SAVED, answers, findings
    )


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_good_return_has_nothing_to_say(round_: Round) -> None:
    found, one = read(round_, Fault("good", ""))
    assert told(one.findings) == []
    assert found.notes == ()
    assert {(a.block, a.row_key, a.column_key) for a in one.answers} == set(GOOD)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_is_found_and_nothing_else(round_: Round, fault: Fault) -> None:
    _, one = read(round_, fault)
    queries = [code for code in told(one.findings) if severity(Finding(code, "")) != "note"]
    notes = [code for code in told(one.findings) if severity(Finding(code, "")) == "note"]
    # A return that holds only examples says the same in many boxes too.
    if fault.name == "only an example":
        queries = [code for code in queries if code not in ("same-text",)]
    assert [*queries, *notes] == [fault.code]
    finding = next(f for f in one.findings if f.code == fault.code)
    words = said(finding)
    assert "{" not in words.happened + words.to_do + words.respondent
    assert words.to_do


def test_two_returns_that_say_the_same_are_found_together(round_: Round) -> None:
    returns = [read(round_, Fault("good", ""), who)[1] for who in (0, 1)]
    found = across(returns, lambda _: "trust", name_of=lambda key: {"S1": "Ashby", "S2": "Birch"}[key])
    assert {file: told(findings) for file, findings in found.items()} == {
        "S1.xlsx": ["same-text-elsewhere"],
        "S2.xlsx": ["same-text-elsewhere"],
    }
    assert said(found["S1.xlsx"][0]).happened.endswith("See Birch.")


def test_notes_say_where_they_stood(round_: Round) -> None:
    beside = next(fault for fault in FAULTS if fault.name == "a note beside a question")
    (note,) = read(round_, beside)[0].notes
    assert (note.file, note.sheet, note.cell, note.question, note.text) == (
        "S1.xlsx",
        "1 Leadership",
        "L6",
        "GOV-1",
        "Ask Sam about this",
    )


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.code == "child-details"], ids=lambda f: f.name)
def test_no_finding_repeats_what_may_identify_a_child(round_: Round, fault: Fault) -> None:
    _, one = read(round_, fault)
    typed = next(str(value) for key, value in fault.typed.items())
    for finding in one.findings:
        everything = repr(finding)
        assert typed not in everything
        for detail in ("Jayden", "Tiller", "04/05/2014", "943 476 5919", "H801200001001"):
            assert detail not in everything
