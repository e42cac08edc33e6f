"""Returns of an older edition or issue, read by what their workbooks asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from auditkit.definition.model import Audit, Field, Question
from auditkit.returns.basis import Basis, shared
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said
from auditkit.returns.model import Return
from auditkit.returns.versions import LISTED, carry_over, lacking
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import COVER
from tests.returns.filled import (
    AUDIT,
    COMPLETE,
    GREEN,
    HEALTH,
    KEY,
    POLICE,
    RECIPIENTS,
    ROUND,
    codes,
    grids,
    identity_of,
    values,
)

OLD = replace(AUDIT, edition="2024")


@pytest.fixture
def read_as(put, tmp_path):
    """Read a return of ``then`` by the definition ``now``."""

    def read_(answers, then: Audit, now: Audit = AUDIT, known: bool = True, recipient=HEALTH) -> Return:
        identity = identity_of(recipient, then)
        put("a.xlsx", grids(answers, recipient, then))
        asked = then.for_recipient(recipient.row())
        issued = {(identity.recipient_id, 1, identity.layout): asked} if known else {}
        (one,) = read_returns(
            tmp_path / "returns", Basis(now, RECIPIENTS, ROUND, KEY, issued=issued), isolated=False
        )
        return one

    return read_


def without(audit: Audit, *question_ids: str) -> Audit:
    sections = (
        replace(s, questions=tuple(q for q in s.questions if q.id not in question_ids))
        for s in audit.sections
    )
    return replace(audit, sections=tuple(s for s in sections if s.questions))


def test_an_earlier_edition_that_asks_the_same_is_a_note(read_as) -> None:
    one = read_as(COMPLETE, OLD)
    assert (one.outcome, codes(one), values(one)) == ("accepted", ["earlier-edition"], COMPLETE)
    assert "edition 2024; the definition is now edition 2026" in said(one.findings[0]).happened


def test_what_was_not_asked_then_is_named_and_not_called_missing(read_as) -> None:
    then = without(OLD, "GOV-2", "OPEN-1")
    answers = {k: v for k, v in COMPLETE.items() if k[1] not in ("GOV-2", "OPEN-1")}
    one = read_as(answers, then)
    assert codes(one) == ["edition-lacks"]
    assert "wasn't in it: GOV-2 and OPEN-1." in said(one.findings[0]).happened
    assert values(one) == answers


def test_fields_that_were_not_asked_then_are_named(read_as) -> None:
    then = replace(
        OLD,
        cover=OLD.cover[:2] + OLD.cover[3:],
        responses=OLD.responses[:2],
        rules=(),
    )
    one = read_as(COMPLETE, then)
    assert "Reason, Action (Governance) and Due date (Governance)." in said(one.findings[0]).happened


def test_answers_to_what_is_not_asked_any_more_are_kept(read_as) -> None:
    now = without(AUDIT, "GOV-2")
    now = replace(now, cover=tuple(f for f in now.cover if f.id != "signed"))
    one = read_as(
        {
            **COMPLETE,
            (
                "GOV",
                "GOV-1",
                "evidence",
            ): "The board hears of it at every meeting, as its minutes of 3 May show",
        },
        OLD,
        now,
    )
    assert codes(one) == ["earlier-edition", "no-longer-asked"]
    assert "isn't asked now: 2 (" in said(one.findings[1]).happened
    assert "Signed off by and GOV-2" in said(one.findings[1]).happened
    assert {(a.row_key, a.value) for a in one.answers} >= {("GOV-2", GREEN), ("signed", "Sam Chief")}


def test_a_question_that_moved_is_found_by_its_id(read_as) -> None:
    gov, pol, num, rest = AUDIT.sections
    note = Field("count", "Count", "whole_number")
    moved = replace(
        gov, questions=(*gov.questions, Question("NUM-2", "Trained?")), responses=(*AUDIT.responses, note)
    )
    now = replace(AUDIT, sections=(moved, pol, replace(num, questions=num.questions[:1]), rest))
    one = read_as({**COMPLETE, ("NUM", "NUM-2", "words"): "Nearly all"}, OLD, now)
    by_key = {(a.row_key, a.column_key): a for a in one.answers}
    assert (by_key["NUM-2", "count"].block, by_key["NUM-2", "count"].value) == ("GOV", 3)
    # Its comment has no column there, and stays with the question.
    assert (by_key["NUM-2", "words"].block, by_key["NUM-2", "words"].value) == ("GOV", "Nearly all")
    assert "no-longer-asked" in codes(one)


def scale(audit: Audit, **names: str) -> Audit:
    rag = audit.scales[0]
    points = tuple(replace(p, label=names.get(p.id, p.label)) for p in rag.points if names.get(p.id) != "")
    return replace(audit, scales=(replace(rag, points=points), *audit.scales[1:]))


def test_ratings_follow_the_ids_of_their_points(read_as) -> None:
    one = read_as(COMPLETE, OLD, scale(AUDIT, green="Fully met"))
    assert codes(one) == ["earlier-edition", "answers-renamed"]
    assert "“● Green” is “● Fully met”." in said(one.findings[1]).happened
    assert [(a.typed, a.value) for a in one.answers if a.column_key == "rating"] == [
        (GREEN, "● Fully met")
    ] * 2


def test_a_rating_that_is_not_offered_any_more_is_kept_as_it_was_typed(read_as) -> None:
    one = read_as(COMPLETE, OLD, scale(AUDIT, green=""))
    assert codes(one) == ["earlier-edition", "no-longer-offered", "no-longer-offered"]
    first = one.findings[1]
    assert (first.question, first.value, first.cell) == ("GOV-1", GREEN, "C6")
    assert [a.value for a in one.answers if a.column_key == "rating"] == [None] * 2


def test_an_answer_that_was_unusable_then_stays_so(read_as) -> None:
    one = read_as({**COMPLETE, ("NUM", "NUM-1", "count"): "lots"}, OLD)
    assert [a.value for a in one.answers if a.row_key == "NUM-1"] == [None]
    assert "no-longer-offered" not in codes(one)


def test_a_field_of_another_kind_reads_what_it_can(read_as) -> None:
    sections = list(AUDIT.sections)
    text = Field("text", "Text", "whole_number")
    sections[3] = replace(sections[3], responses=(text,))
    now = replace(AUDIT, sections=tuple(sections))
    assert "no-longer-offered" in codes(read_as(COMPLETE, OLD, now))
    # The point of a scale of numbers isn't an answer of one, whatever its id.
    assert read_as({**COMPLETE, ("OPEN", "OPEN-1", "text"): "12"}, OLD, now).answers[-1].value == 12


def test_points_of_a_scale_that_became_one_of_numbers(read_as) -> None:
    sections = list(AUDIT.sections)
    sections[0] = replace(sections[0], responses=(replace(AUDIT.responses[0], scale="marks"),))
    marks = AUDIT.scales[1]
    points = (replace(marks.points[0], id="green"), *marks.points[1:2], replace(marks.points[2], id="na"))
    now = replace(AUDIT, sections=tuple(sections), scales=(AUDIT.scales[0], replace(marks, points=points)))
    answers = {**COMPLETE, ("GOV", "GOV-2", "rating"): "– N/A", ("GOV", "GOV-2", "evidence"): "Not ours"}
    one = read_as(answers, OLD, now)
    assert [a.value for a in one.answers if a.column_key == "rating"] == [None, "Not ours"]


def test_an_issue_that_is_not_known_any_more_is_read_by_question(read_as) -> None:
    then = without(OLD, "GOV-2")
    answers = {k: v for k, v in COMPLETE.items() if k[1] != "GOV-2"}
    one = read_as(answers, then, known=False)
    assert codes(one) == ["other-edition", "missing-rows"]
    assert values(one) == answers


def test_the_workbook_as_it_would_be_issued_now_says_nothing(read_as) -> None:
    assert codes(read_as(COMPLETE, AUDIT)) == []


def test_a_recipient_whose_group_changed_is_read_by_what_they_were_asked(put, tmp_path) -> None:
    answers = {**COMPLETE, ("POL", "POL-1", "mark"): 80}
    put("p.xlsx", grids(answers, POLICE))
    identity = identity_of(POLICE)
    issued = {("P1", 1, identity.layout): AUDIT.for_recipient(POLICE.row())}
    now = (replace(POLICE, group="Health"), HEALTH)
    (one,) = read_returns(tmp_path / "returns", Basis(AUDIT, now, ROUND, KEY, issued=issued), isolated=False)
    assert codes(one) == ["no-longer-asked"]
    assert values(one) == answers


def test_long_lists_are_counted() -> None:
    questions = tuple(Question(f"GOV-{n}", "?") for n in range(LISTED + 5))
    now = replace(AUDIT, sections=(replace(AUDIT.sections[0], questions=questions),))
    (finding,) = lacking("a", Identity(ROUND, "H1", "2024", 1, "x"), without(OLD, "GOV-1", "GOV-2"), now)
    assert "and 5 more" in said(finding).happened


def test_dates_and_covers_are_carried_over() -> None:
    from auditkit.returns.model import Answer

    due = Answer(
        "GOV", "GOV-1", "due", AUDIT.responses[3], dt.date(2027, 1, 2), dt.date(2027, 1, 2), "S", "A1"
    )
    author = Answer(COVER, "author", "answer", AUDIT.cover[0], "Jo", "Jo", "S", "A1")
    assert carry_over("a", [due, author], OLD, AUDIT) == ((due, author), ())


def test_what_was_issued_is_one_with_what_is_asked_now_where_it_is_equal() -> None:
    now = AUDIT.for_recipient(HEALTH.row())
    issued = {("H1", 1, "then"): OLD, ("H1", 2, "now"): replace(now)}
    found = shared(Basis(AUDIT, RECIPIENTS, ROUND, KEY, issued=issued)).issued
    assert found == issued
    assert found["H1", 1, "then"] is OLD
    assert found["H1", 2, "now"] is now
