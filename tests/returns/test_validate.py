from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from auditkit.definition.model import Field, Rule
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.content import Circumstances
from auditkit.returns.extract import extract
from auditkit.returns.findings import holding, said
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.workbook.layout import COVER
from tests.returns.filled import (
    AMBER,
    AUDIT,
    COMPLETE,
    GREEN,
    HEALTH,
    KEY,
    NA,
    POLICE,
    RED,
    ROUND,
    codes,
    grids,
    identity_of,
    layout_of,
    sheets,
)

PLAN = {
    ("GOV", "GOV-1", "action"): "Act",
    ("GOV", "GOV-1", "due"): dt.date(2027, 1, 1),
    ("GOV", "GOV-1", "evidence"): "Minutes of 3 May",
}


def checked(answers, recipient=HEALTH, audit=AUDIT):
    narrowed = audit.for_recipient(recipient.row())
    found = extract("a.xlsx", marks(sheets(grids(answers, recipient, audit))), layout_of(recipient, audit))
    assert found.findings == ()
    answers, findings = validate("a.xlsx", found, narrowed)
    return answers, holding(findings, None)


def one_cell(key, typed, **more):
    """Validate a complete return with one cell changed; return that answer and its findings."""
    answers, findings = checked({**COMPLETE, key: typed, **more})
    answer = next(a for a in answers if (a.block, a.row_key, a.column_key) == key)
    return answer, findings


def test_a_complete_return_has_values_and_nothing_to_say() -> None:
    answers, findings = checked(COMPLETE)
    assert findings == ()
    assert {(a.block, a.row_key, a.column_key): a.value for a in answers} == COMPLETE


@pytest.mark.parametrize(
    ("key", "typed", "value", "code"),
    [
        (("GOV", "GOV-1", "rating"), "green ", GREEN, "near-miss"),
        (("GOV", "GOV-1", "rating"), "Gren", None, "not-in-list"),
        (("NUM", "NUM-1", "count"), "12", 12, "number-as-text"),
        (("NUM", "NUM-1", "count"), "approx 20", None, "not-exact"),
        (("NUM", "NUM-1", "count"), "many", None, "not-a-number"),
        (("NUM", "NUM-1", "count"), "12 staff", 12, "number-read"),
        (("NUM", "NUM-1", "count"), "n/a", None, "says-not-applicable"),
        (("NUM", "NUM-1", "share"), "1", None, "percent-unclear"),
        (("GOV", "GOV-1", "due"), "Sept 2027", None, "not-a-day"),
        (("GOV", "GOV-1", "due"), "09/25/2027", None, "month-first"),
        (("GOV", "GOV-1", "due"), "Monday 2 March 2027", None, "wrong-weekday"),
        (("NUM", "NUM-1", "count"), 2.5, None, "not-whole"),
        (("NUM", "NUM-1", "count"), 501, None, "out-of-range"),
        (("NUM", "NUM-1", "share"), 85, 0.85, "percent-read"),
        (("GOV", "GOV-1", "due"), "TBC", None, "not-a-date"),
        (("GOV", "GOV-1", "due"), "01/03/2027", dt.date(2027, 3, 1), "date-read"),
        (("GOV", "GOV-1", "evidence"), "#REF!", None, "error-value"),
    ],
)
def test_what_is_typed_is_parsed_and_its_finding_names_the_cell(key, typed, value, code) -> None:
    answer, findings = one_cell(key, typed)
    assert (answer.typed, answer.value) == (typed, value)
    assert codes(findings)[0] == code
    finding = findings[0]
    assert (finding.file, finding.sheet, finding.cell, finding.question) == (
        "a.xlsx",
        answer.sheet,
        answer.cell,
        key[1],
    )
    words = said(finding)
    assert answer.field.label in words.happened
    assert finding.value in words.happened


def test_a_short_year_of_two_possible_centuries_is_not_guessed() -> None:
    born = Field("due", "Due date", "date", minimum=dt.date(1900, 1, 1), maximum=dt.date(2049, 12, 31))
    audit = replace(AUDIT, responses=(*AUDIT.responses[:3], born))
    findings = checked({**COMPLETE, ("GOV", "GOV-1", "due"): "1/3/27"}, audit=audit)[1]
    assert codes(findings) == ["century-unclear"]
    assert codes(checked({**COMPLETE, ("GOV", "GOV-1", "due"): "1/3/77"}, audit=audit)[1]) == ["date-read"]


def test_a_serial_number_of_a_1904_workbook_counts_from_1904() -> None:
    narrowed = AUDIT.for_recipient(HEALTH.row())
    cells = grids({**COMPLETE, ("GOV", "GOV-1", "due"): 46447 - 1462})
    found = extract("a.xlsx", marks(sheets(cells)), layout_of())
    answers, findings = validate("a.xlsx", found, narrowed, Circumstances(epoch_1904=True))
    findings = holding(findings, None)
    due = next(a for a in answers if a.column_key == "due")
    assert (due.typed, due.value) == (46447 - 1462, dt.date(2027, 3, 1))
    assert codes(findings) == ["date-read"]


def test_messages_say_what_was_read_and_what_is_allowed() -> None:
    say = lambda key, typed: said(one_cell(key, typed)[1][0])  # noqa: E731
    assert "read as “● Green”" in say(("GOV", "GOV-1", "rating"), "green").happened
    assert "read as 85%" in say(("NUM", "NUM-1", "share"), "85%").happened
    assert "read as the number 12" in say(("NUM", "NUM-1", "count"), "12").happened
    assert "read as 1 March 2027" in say(("GOV", "GOV-1", "due"), "1/3/2027").happened
    assert "a whole number from 0 to 500" in say(("NUM", "NUM-1", "count"), 501).to_do


def test_a_contradicted_answer_has_no_value_and_one_finding() -> None:
    cells = grids(COMPLETE)
    row = list(cells["1 Governance"][5])
    row[2] = RED
    cells["1 Governance"].append(row)
    found = extract("a.xlsx", marks(sheets(cells)), layout_of())
    answers, findings = validate("a.xlsx", found, AUDIT.for_recipient(HEALTH.row()))
    assert next(a for a in answers if a.row_key == "GOV-1").value is None
    assert codes(findings) == ["unanswered"]


@pytest.mark.parametrize("rating", [RED, AMBER, "amber"])
def test_a_rule_between_columns_names_what_is_missing(rating: str) -> None:
    _, findings = one_cell(("GOV", "GOV-1", "rating"), rating)
    finding = next(f for f in findings if f.code == "rule-broken")
    assert (finding.question, finding.value) == ("GOV-1", rating)
    assert said(finding).happened == "Red and Amber need a plan. Not given: an action and a due date."


@pytest.mark.parametrize("rating", [GREEN, NA, "nonsense"])
def test_a_rule_whose_condition_does_not_hold_asks_nothing(rating: str) -> None:
    assert "rule-broken" not in codes(one_cell(("GOV", "GOV-1", "rating"), rating)[1])


def test_a_rule_that_is_kept_asks_nothing_and_any_means_anything_typed() -> None:
    assert codes(checked({**COMPLETE, **PLAN, ("GOV", "GOV-1", "rating"): RED})[1]) == []
    broken = checked({**COMPLETE, ("GOV", "GOV-1", "action"): "Act"})[1]
    assert codes(broken) == ["rule-broken"]
    assert "An action needs evidence" in said(broken[0]).happened


def test_what_is_typed_but_unusable_is_not_missing_too() -> None:
    answers = {**COMPLETE, **PLAN, ("GOV", "GOV-1", "rating"): RED, ("GOV", "GOV-1", "due"): "TBC"}
    assert codes(checked(answers)[1]) == ["not-a-date"]


@pytest.mark.parametrize(("mark", "found"), [(55, ["rule-broken"]), (60, []), ("Not ours", [])])
def test_a_rule_on_a_number_scale_goes_by_the_band(mark, found: list[str]) -> None:
    assert codes(checked({**COMPLETE, ("POL", "POL-1", "mark"): mark}, POLICE)[1]) == found


def test_a_question_that_was_begun_says_what_is_required() -> None:
    answers = {k: v for k, v in COMPLETE.items() if k[1] != "NUM-1"} | {("NUM", "NUM-1", "words"): "later"}
    findings = checked(answers)[1]
    assert codes(findings) == ["required-missing", "unanswered"]
    assert said(findings[0]).happened == "The question was begun, but this wasn't given: count."


def test_the_cover_and_the_sign_off_are_told_apart() -> None:
    answers = {k: v for k, v in COMPLETE.items() if k[0] != COVER}
    findings = checked(answers)[1]
    assert codes(findings) == ["cover-missing", "sign-off-missing"]
    assert "who completed it" in said(findings[0]).happened
    assert "who signed it off" in said(findings[1]).happened


def test_rules_of_the_cover_are_checked() -> None:
    audit = replace(AUDIT, cover_rules=(Rule("nil", {"nil": ("Yes",)}, ("why",), "Please say why."),))
    cover = {k: v for k, v in COMPLETE.items() if k[0] == COVER} | {(COVER, "nil", "answer"): "Yes"}
    findings = checked(cover, audit=audit)[1]
    assert codes(findings) == ["rule-broken"]
    assert findings[0].question == "Nil return?"
    assert said(findings[0]).respondent == "Nil return?: Please say why. We still need the reason."
    assert codes(checked({**cover, (COVER, "nil", "answer"): "No"}, audit=audit)[1]) == ["blank-return"]


def test_questions_that_are_not_answered_are_listed_once() -> None:
    answers = {k: v for k, v in COMPLETE.items() if k[1] not in ("GOV-1", "NUM-1", "NUM-2")}
    findings = checked(answers)[1]
    assert codes(findings) == ["unanswered"]
    assert said(findings[0]).happened == (
        "Questions without a usable answer: 3 of 5 (GOV-1; all 2 of “Numbers”)."
    )


def test_a_blank_return_says_nothing_else() -> None:
    assert codes(checked({})[1]) == ["blank-return"]
    assert codes(checked({(COVER, "author", "answer"): "Jo"})[1]) == ["sign-off-missing", "blank-return"]


def test_a_nil_return_needs_a_reason_and_no_answers() -> None:
    cover = {k: v for k, v in COMPLETE.items() if k[0] == COVER} | {(COVER, "nil", "answer"): "yes"}
    assert codes(checked(cover)[1]) == ["near-miss", "nil-without-reason"]
    reason = {(COVER, "why", "answer"): "Closed"}
    assert codes(checked({**cover, **reason})[1]) == ["near-miss"]
    findings = checked({**cover, **reason, ("GOV", "GOV-1", "rating"): GREEN})[1]
    assert codes(findings) == ["near-miss", "nil-with-answers"]
    assert "Questions with an answer: 1." in said(findings[1]).happened


def test_a_nil_return_in_an_audit_that_asks_no_reason() -> None:
    audit = replace(AUDIT, cover=tuple(f for f in AUDIT.cover if f.id != "why"))
    cover = {k: v for k, v in COMPLETE.items() if k[0] == COVER} | {(COVER, "nil", "answer"): "Yes"}
    assert codes(checked(cover, audit=audit)[1]) == ["nil-without-reason"]


def test_what_the_file_no_longer_has_is_not_called_unanswered_or_not_given(tmp_path) -> None:
    cells = grids({k: v for k, v in COMPLETE.items() if k[1] != "GOV-1"})
    del cells["1 Governance"][5], cells["About you"][5]
    found = extract("a.xlsx", marks(sheets(cells)), layout_of())
    assert codes(found.findings) == ["missing-rows", "missing-rows"]
    assert codes(validate("a.xlsx", found, AUDIT.for_recipient(HEALTH.row()))[1]) == []


def test_rules_without_a_condition_and_choices(tmp_path) -> None:
    audit = replace(
        AUDIT,
        sections=(AUDIT.sections[0],),
        responses=(
            *AUDIT.responses,
            Field("state", "Progress", "choice", choices=("Open", "Done")),
        ),
        rules=(
            Rule("always", {}, ("evidence",), "Always say why."),
            Rule("done", {"state": ("Done",)}, ("due", "elsewhere"), "Done when?"),
        ),
    )
    cover = {k: v for k, v in COMPLETE.items() if k[0] == COVER}
    answers = {
        **cover,
        ("GOV", "GOV-1", "rating"): GREEN,
        ("GOV", "GOV-2", "rating"): GREEN,
        ("GOV", "GOV-2", "state"): "Done",
        ("GOV", "GOV-2", "evidence"): "Minutes of 3 May",
    }
    findings = checked(answers, audit=audit)[1]
    assert [(f.question, dict(f.data)["missing"]) for f in findings] == [
        ("GOV-1", "evidence"),
        ("GOV-2", "a due date"),
    ]


def test_the_whole_path_keeps_dates_numbers_and_truth(put, tmp_path) -> None:
    put("a.xlsx", grids({**COMPLETE, ("GOV", "GOV-1", "evidence"): True, ("GOV", "GOV-2", "evidence"): 12}))
    (one,) = read_returns(tmp_path / "returns", Basis(AUDIT, (HEALTH,), ROUND, KEY))
    said_ = {a.row_key: (a.typed, a.value) for a in one.answers if a.column_key == "evidence"}
    assert said_ == {"GOV-1": (True, "TRUE"), "GOV-2": (12.0, "12")}
    assert one.identity == identity_of()
