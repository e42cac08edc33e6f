"""Several returns of one recipient made one, section by section."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from auditkit.returns.confirmed import UNCONFIRMED
from auditkit.returns.findings import said
from auditkit.returns.model import Answer, Finding, Note, Return
from auditkit.returns.supersede import supersede
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, GREEN, HEALTH, RED, codes

DAY = dt.datetime(2026, 10, 1, 9, tzinfo=dt.timezone.utc)
OURS = AUDIT.for_recipient(HEALTH.row())
AUDITS = {"H1": OURS}
FIELDS = {
    **{("GOV", f.id): f for f in AUDIT.responses},
    **{(s.id, f.id): f for s in AUDIT.sections for f in s.responses},
    **{(COVER, f.id): f for f in AUDIT.cover},
}


def answer(block, row, column, typed, value=..., sheet=None):
    field = FIELDS[block, row if block == COVER else column]
    value = typed if value is ... else value
    return Answer(block, row, column, field, typed, value, sheet or block, "C3")


def a_return(file, day, *answers, findings=(), notes=()):
    when = DAY + dt.timedelta(days=day)
    return Return(file, f"sha {file}", "accepted", "H1", None, when, answers, findings, notes)


def merge(*returns):
    return {one.file: one for one in supersede(returns, "merge by section", AUDITS)}


AUTHOR = answer(COVER, "author", "answer", "Jo")
LEAD = answer("GOV", "GOV-1", "rating", GREEN)
BOARD = answer("GOV", "GOV-2", "rating", GREEN)
STAFF = answer("NUM", "NUM-1", "count", 12.0)
TRAINED = answer("NUM", "NUM-2", "count", 3.0)
MORE = answer("OPEN", "OPEN-1", "text", "More")


def test_each_section_counts_from_the_return_that_answers_most_of_it() -> None:
    found = merge(a_return("a", 0, LEAD, BOARD, AUTHOR), a_return("b", 1, STAFF, TRAINED, MORE))
    one, other = found["b"], found["a"]
    assert (one.outcome, other.outcome) == ("accepted", "superseded")
    assert {(a.row_key, a.file) for a in one.answers} == {
        ("author", "a"),
        ("GOV-1", "a"),
        ("GOV-2", "a"),
        ("NUM-1", ""),
        ("NUM-2", ""),
        ("OPEN-1", ""),
    }
    assert codes(one) == ["merged-by-section", "sign-off-missing"]
    assert said(one.findings[0]).happened.endswith(
        "section by section: the cover and “Governance” from a; “Numbers” and “Anything else” from b."
    )
    assert codes(other) == ["merged-into"]
    assert said(other.findings[0]).happened == (
        "This return was made one with b: the cover and “Governance” counts from this file."
    )


def test_of_equals_the_latest_counts_and_a_conflict_is_shown() -> None:
    red = LEAD._replace(typed=RED, value=RED, cell="D9")
    found = merge(a_return("a", 0, LEAD), a_return("b", 1, red))
    one = found["b"]
    assert [a.value for a in one.answers] == [RED]
    (conflict,) = [f for f in one.findings if f.code == "merge-conflict"]
    assert (conflict.question, conflict.cell) == ("GOV-1", "D9")
    assert f"“{RED}” (b, GOV, D9); “{GREEN}” (a, GOV, C3)" in said(conflict).happened
    assert "nothing in it counts" in said(found["a"].findings[0]).happened


def test_an_answer_that_stands_only_where_its_section_does_not_count_is_told() -> None:
    found = merge(a_return("a", 0, LEAD), a_return("b", 1, BOARD, answer("GOV", "GOV-2", "evidence", "x")))
    (left,) = [f for f in found["b"].findings if f.code == "merge-left-out"]
    assert (left.question, left.value) == ("GOV-1", GREEN)
    assert said(left).happened == (
        "a answers this, but “Governance” as a whole counts from b, which leaves it blank."
    )


def test_different_names_on_the_cover_are_no_conflict() -> None:
    other = AUTHOR._replace(typed="Kit", value="Kit")
    assert "merge-conflict" not in codes(merge(a_return("a", 0, AUTHOR), a_return("b", 1, other))["b"])


def test_findings_go_with_the_sheets_whose_answers_count() -> None:
    def finding(code, file, sheet="", cell="C3", **data):
        return Finding(code, file, sheet, cell, data=tuple(data.items()))

    of_a = (
        finding("near-miss", "a", "GOV"),
        finding("not-whole", "a", "NUM"),
        finding("unanswered", "a", cell=""),
    )
    of_b = (
        finding("not-in-list", "b", "GOV"),
        finding("key-twice", "b"),
        finding("blank-return", "b", cell=""),
    )
    first = a_return("a", 0, LEAD, BOARD, STAFF, findings=of_a)
    second = a_return("b", 1, LEAD, STAFF, TRAINED, MORE, findings=of_b)
    one = merge(first, second)["b"]
    assert [
        (f.code, f.file) for f in one.findings if f.code not in ("cover-missing", "sign-off-missing")
    ] == [
        ("merged-by-section", "b"),
        ("near-miss", "a"),
        ("key-twice", "b"),
    ]


def test_what_was_only_carried_over_gives_way_to_what_somebody_worked_on() -> None:
    open_ = answer("GOV", "GOV-1", "rating", GREEN, None)._replace(unconfirmed=True)
    text = answer("GOV", "GOV-1", "evidence", "As carried.", None)._replace(unconfirmed=True)
    told = (Finding(UNCONFIRMED, "b", "GOV", "C3"),)
    found = merge(a_return("a", 0, LEAD), a_return("b", 1, open_, text, STAFF, findings=told))["b"]
    assert {(a.row_key, a.value, a.file) for a in found.answers if a.block == "GOV"} == {
        ("GOV-1", GREEN, "a")
    }
    assert UNCONFIRMED not in codes(found)
    # It counts where there is nothing else, and that is told wherever the finding stands.
    more = MORE._replace(value=None, unconfirmed=True)
    found = merge(a_return("a", 0, LEAD, BOARD), a_return("b", 1, open_, more, findings=told))["b"]
    assert (UNCONFIRMED, "OPEN") in {(f.code, a.block) for f in found.findings for a in found.answers}


def test_texts_that_schools_share_are_in_nobodys_own() -> None:
    words = (
        "Our trust reviews every policy with its governors each autumn term and keeps a dated record of it."
    )
    text = answer("GOV", "GOV-1", "evidence", words)
    whole = (a_return("a", 0, LEAD, text), a_return("b", 1, LEAD, text, STAFF))
    assert merge(*whole)["b"].texts
    assert merge(*(replace(one, texts=b"") for one in whole))["b"].texts == b""


def test_notes_of_all_are_kept() -> None:
    note = Note("a", "S", "B2", "GOV-1", "see file")
    assert merge(a_return("a", 0, LEAD, notes=(note,)), a_return("b", 1, MORE))["b"].notes == (note,)


def test_a_section_that_is_not_asked_any_more_is_merged_too() -> None:
    old = MORE._replace(block="OLD", row_key="OLD-1")
    one = merge(a_return("a", 0, old, LEAD), a_return("b", 1, MORE))["b"]
    assert ("OLD", "a") in {(a.block, a.file) for a in one.answers}


def test_what_cannot_be_used_stays_so_and_counts_as_unanswered() -> None:
    odd = LEAD._replace(typed="Gren", value=None)
    one = merge(a_return("a", 0, odd), a_return("b", 1, MORE))["b"]
    assert [a.value for a in one.answers if a.row_key == "GOV-1"] == [None]
    (open_,) = [f for f in one.findings if f.code == "unanswered"]
    assert dict(open_.data)["count"] == "4"


def test_copies_are_one_and_a_single_return_is_left_alone() -> None:
    one = a_return("a", 0, LEAD)
    assert merge(one)["a"] is one
    assert codes(merge(one, replace(one, file="copy"))["copy"]) == ["identical-duplicate"]


CELLS = st.sampled_from([AUTHOR, LEAD, BOARD, STAFF, TRAINED, MORE, LEAD._replace(typed=RED, value=RED)])


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.integers(0, 2),
            st.lists(CELLS, max_size=4, unique_by=lambda a: a.row_key),
        ),
        max_size=4,
        unique_by=lambda t: t[0],
    )
)
def test_the_order_of_files_makes_no_difference_and_nothing_is_lost(described) -> None:
    returns = [a_return(file, day, *answers) for file, day, answers in described]
    expected = supersede(returns, "merge by section", AUDITS)
    for order in permutations(returns):
        assert supersede(order, "merge by section", AUDITS) == expected
    accepted = [one for one in expected if one.outcome == "accepted"]
    assert len(accepted) == bool(returns)
    for one in accepted:
        there = {(a.row_key, a.value) for a in one.answers}
        told = {(f.question, f.code) for f in one.findings}
        for typed in (a for r in returns for a in r.answers if a.block != COVER):
            assert (
                (typed.row_key, typed.value) in there
                or (typed.row_key, "merge-conflict") in told
                or (typed.row_key, "merge-left-out") in told
            )
