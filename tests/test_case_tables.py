"""Rounds of cases: by case, by agency and by theme, held against a plain recount of what was returned."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definition.cases import Cases
from auditkit.definition.field import Field
from auditkit.definition.model import Audit
from auditkit.definition.theme import Theme
from auditkit.register import Recipient
from auditkit.tables import Tables, build, differences, rows
from auditkit.tables.last_time import GradeThen, LastTime, ThemeThen
from tests.frames import frame
from tests.master.rounds import AMBER, EVIDENCE, GREEN, NA, RATING, RED, audit, collation, returned, section

CASES = ("C1", "C2", "C3", "C4", "C5", "C6")
AGENCIES = ("Police", "Health", "Schools", "Social care", "Housing", "Probation", "Youth")
VOICE, RISK = Theme("voice", "The child's voice"), Theme("risk", "Risk")
POINTS = (GREEN, AMBER, RED, NA)
QUESTIONS = ("WORK-1", "WORK-2", "WORK-3", "RISK-1", "RISK-2")
# The section's theme, then those of single questions.
THEMES = {"voice": QUESTIONS[:3], "risk": ("WORK-3", "RISK-1", "RISK-2")}


def cases_audit(**more: object) -> Audit:
    work, risk = section("WORK", 3, themes=("voice",)), section("RISK", 2, themes=("risk",))
    last = replace(work.questions[2], themes=("risk",))
    work = replace(work, questions=(*work.questions[:2], last))
    # The meeting isn't asked the standard RISK.
    risk = replace(risk, except_for={"agency": ("Meeting",)})
    parts = {"cases": Cases("case", "agency", "Meeting"), "themes": (VOICE, RISK), **more}
    return audit((work, risk), **parts)


def on(case: str, agency: str) -> Recipient:
    key = f"{case}-{agency}".replace(" ", "")
    return Recipient(key, f"{agency} on {case}", extra={"case": case, "agency": agency})


ratings = st.sampled_from([*(point.text for point in POINTS), None])
workbook = st.none() | st.lists(ratings, min_size=5, max_size=5)
rounds = st.dictionaries(
    st.tuples(st.sampled_from(CASES), st.sampled_from((*AGENCIES, "Meeting"))), workbook, min_size=1
)


def tables_of(said: dict[tuple[str, str], list[str | None] | None], **more: object) -> Tables:
    """Return the tables of a round in which each agency on each case returned its ratings, or nothing."""
    asked = cases_audit()
    people = [on(*key) for key in said]
    returns = [
        returned(asked, on(*key).id, {(q, "rating"): r for q, r in zip(own(key), given, strict=False) if r})
        for key, given in said.items()
        if given is not None
    ]
    made = collation(asked, people, returns, **more)
    tables = build(made)
    assert differences(made, tables) == ()
    return tables


def own(key: tuple[str, str]) -> tuple[str, ...]:
    return QUESTIONS[:3] if key[1] == "Meeting" else QUESTIONS


@settings(max_examples=60, deadline=None)
@given(rounds)
def test_denominators_are_those_of_a_plain_recount(said) -> None:
    tables = tables_of(said)
    # Every question on every case of every agency that is on it: who was asked what, and what was given.
    plain = [
        (case, agency, question, None if got is None else got[n], got is not None and any(got[: len(asked)]))
        for (case, agency), got in said.items()
        for asked in [own((case, agency))]
        for n, question in enumerate(asked)
    ]
    counted = list(rows(tables.theme_grades))
    for row in rows(tables.themes):
        lines = [
            line
            for line in plain
            if line[2] in THEMES[row.theme_id]
            and row.question_id in (None, line[2])
            and row.agency in (None, line[1])
        ]
        given_ = [rating for *_, rating, _ in lines if rating]
        assert row.asked == len(lines)
        assert row.answered == len(given_)
        assert row.not_applicable == given_.count(NA.text)
        assert row.rated == len(given_) - given_.count(NA.text)
        assert row.not_returned == sum(not came for *_, came in lines)
        assert row.asked == row.answered + row.blank + row.not_returned
        key = (row.theme_id, row.question_id, row.agency)
        points = [p for p in counted if (p.theme_id, p.question_id, p.agency) == key]
        assert [(p.point_text, p.given, p.answered) for p in points] == [
            (point.text, given_.count(point.text), len(given_)) for point in POINTS
        ]
    asked = Counter(case for case, agency in said if agency != "Meeting")
    for row in rows(tables.cases):
        assert row.asked == asked[row.case]
        assert row.asked == row.returned + row.partly + row.not_returned
    whole = [row for row in rows(tables.agency_results) if row.section_id == ":overall"]
    assert {row.agency: row.cases for row in whole} == dict(
        Counter(agency for _, agency in said if agency != "Meeting")
    )
    for row in whole:
        mine = [rating for _, agency, _, rating, _ in plain if agency == row.agency]
        assert (row.asked, row.answered) == (len(mine), sum(rating is not None for rating in mine))


@settings(max_examples=30, deadline=None)
@given(rounds)
def test_who_is_not_on_a_case_is_not_missing_from_it(said) -> None:
    grades = list(rows(tables_of(said).case_grades))
    agencies = {agency for _, agency in said} | {"Meeting"}
    assert len(grades) == len({case for case, _ in said}) * len(agencies)
    for row in grades:
        is_on = (row.case, row.agency) in said
        assert (row.recipient_id is not None) == is_on
        assert (row.standing == "not on this case") == (not is_on)
        if not is_on:
            assert row.grade is None


def test_who_came_off_a_case_is_in_no_denominator() -> None:
    asked, day = cases_audit(), dt.date(2026, 12, 1)
    people = [replace(on("C1", agency), closed=day) for agency in ("Police", "Health")]
    one = returned(asked, people[1].id, {("WORK-1", "rating"): GREEN.text})
    tables = build(collation(asked, [*people, on("C1", "Schools")], [one]))
    (case,) = rows(tables.cases)
    assert (case.asked, case.returned, case.not_returned, case.closed) == (2, 1, 1, 1)
    assert [row.standing for row in rows(tables.case_grades)][:2] == ["closed", "returned"]
    assert next(rows(tables.themes, "theme_id", "asked", "not_returned", "blank", "answered")) == (
        *("voice", 6, 3, 2, 1),
    )


def rated(*words: str) -> list[str | None]:
    points = {"g": GREEN.text, "a": AMBER.text, "r": RED.text, "n": NA.text, "-": None}
    return [points[word] for word in words]


def test_a_case_by_hand() -> None:
    # Green is worth 3, Amber 1, Red 0; from 2.5 on it is Green, from 1 on Amber.
    tables = tables_of(
        {
            ("C1", "Police"): rated(*"ggggg"),
            ("C1", "Health"): rated(*"rrrrr"),
            ("C1", "Schools"): None,
            ("C1", "Meeting"): rated(*"aaa"),
            ("C2", "Health"): rated(*"ggag-"),
        }
    )
    grades = {(row.case, row.agency): row for row in rows(tables.case_grades)}
    assert [grades["C1", a].grade for a in ("Police", "Health", "Schools", "Meeting")] == [
        *(GREEN.text, RED.text, None, AMBER.text)
    ]
    assert [grades["C1", a].difference for a in ("Police", "Health", "Schools", "Meeting")] == [
        *(1, -1, None, None)
    ]
    assert grades["C2", "Police"].standing == grades["C2", "Meeting"].standing == "not on this case"
    first, second = rows(tables.cases)
    assert (first.asked, first.returned, first.not_returned, first.graded) == (3, 2, 1, 2)
    assert (first.judgement, second.judgement, second.meeting) == (AMBER.text, None, "not on this case")
    (health,) = (r for r in rows(tables.agency_results) if r[:2] == ("Health", ":overall"))
    # Red on the first case; 10 / 4, Green, on the second: (0 + 3) / 2.
    assert (health.cases, health.asked, health.rated) == (2, 10, 9)
    assert (health.score, health.text) == (1.5, AMBER.text)
    sections = {row.section_id: row for row in rows(tables.agency_results) if row.agency == "Health"}
    # Work: three Red, two Green, one Amber; Risk: two Red, one Green, one blank.
    assert (sections["WORK"].asked, sections["WORK"].score) == (6, pytest.approx(7 / 6, abs=1e-6))
    assert (sections["RISK"].asked, sections["RISK"].rated, sections["RISK"].score) == (4, 3, 1)


MODERATED = Field("moderated", "Moderated", "choice", "moderated", choices=("Green", "Amber", "Red"))


def moderated(question: str, word: str, *, with_rating: bool = True) -> Tables:
    if with_rating:
        asked = cases_audit(responses=(RATING, EVIDENCE, MODERATED))
    else:
        asked = cases_audit()
        last = section("MOD", 1, responses=(MODERATED,))
        asked = replace(asked, sections=(*asked.sections, last))
    ratings = {(q, "rating"): GREEN.text for q in QUESTIONS}
    one = returned(asked, on("C1", "Police").id, {**ratings, (question, "moderated"): word})
    return build(collation(asked, [on("C1", "Police")], [one]))


def test_a_moderated_rating_stands_instead() -> None:
    tables = moderated("RISK-1", "Red")
    row = next(rows(tables.case_grades))
    # Four Green and one Red: 12 / 5 is Amber.
    assert (row.self_grade, row.moderated, row.grade) == (GREEN.text, "Yes", AMBER.text)
    (risk,) = (r for r in rows(tables.themes) if r[0:5:2] == ("risk", None, None))
    given_ = {r.point_text: r.given for r in rows(tables.theme_grades) if r[0:5:2] == ("risk", None, None)}
    assert (risk.rated, given_[GREEN.text], given_[RED.text]) == (3, 2, 1)


def test_a_grade_moderated_as_a_whole() -> None:
    row = next(rows(moderated("MOD-1", "Red", with_rating=False).case_grades))
    assert (row.self_grade, row.moderated, row.grade) == (GREEN.text, "Yes", RED.text)


LEARNT = section(
    "FIND",
    2,
    themes=("risk",),
    responses=(
        Field("finding", "Finding", "text", "agency_finding"),
        Field("good", "Good practice", "text", "good_practice"),
        Field("theme", "Theme", "choice", "theme", choices=("The child's voice", "Risk", "None")),
    ),
)


def test_what_was_found_is_listed_with_case_agency_theme_and_place() -> None:
    asked = cases_audit()
    asked = replace(asked, sections=(*asked.sections, LEARNT))
    typed = {
        ("FIND-1", "finding"): "Visits were announced.",
        ("FIND-1", "theme"): "The child's voice",
        ("FIND-1", "good"): "None.",
        ("FIND-2", "good"): "The worker stayed in touch.",
        ("FIND-2", "theme"): "None",
    }
    one = returned(asked, on("C1", "Police").id, typed)
    found = frame(build(collation(asked, [on("C1", "Police")], [one])).learning)
    wanted = ["kind", "case", "agency", "themes", "text", "file", "cell"]
    assert found[wanted].to_numpy().tolist() == [
        [
            *("single-agency finding", "C1", "Police", "The child's voice", "Visits were announced."),
            *("C1-Police.xlsx", "D6"),
        ],
        ["good practice", "C1", "Police", "Risk", "The worker stayed in touch.", "C1-Police.xlsx", "D6"],
    ]


def test_a_theme_that_is_typed_is_known_however_it_is_spelt() -> None:
    """As among events: By theme and Learning must not tell one theme by two names."""
    columns = (*LEARNT.responses[:2], Field("theme", "Theme", "text", "theme"))
    asked = cases_audit()
    asked = replace(asked, sections=(*asked.sections, replace(LEARNT, responses=columns)))
    typed = {("FIND-1", "finding"): "Nobody asked her.", ("FIND-1", "theme"): "the  child's VOICE"}
    one = returned(asked, on("C1", "Police").id, typed)
    (found,) = rows(build(collation(asked, [on("C1", "Police")], [one])).learning)
    assert found.themes == VOICE.title


def test_then_and_now() -> None:
    last = LastTime(
        {
            ("c1", "police"): GradeThen("Cases 2025", "● Green", "green"),
            ("c1", "meeting"): GradeThen("Cases 2025", "■ Red", "red"),
            ("c1", "health"): GradeThen("Cases 2025", "Fair", None),
        },
        {("risk", "", ""): ThemeThen("Cases 2025", 8, 40.0)},
    )
    said = {
        ("C1", "Police"): rated(*"aaaaa"),
        ("C1", "Health"): rated(*"ggggg"),
        ("C1", "Meeting"): rated(*"aaa"),
    }
    tables = tables_of(said, last=last)
    changes = {row.agency: (row.then, row.change) for row in rows(tables.case_grades)}
    assert changes == {
        "Police": ("● Green", "worse"),
        "Health": ("Fair", None),
        "Meeting": ("■ Red", "better"),
    }
    risk = next(r for r in rows(tables.themes) if r[0:5:2] == ("risk", None, None))
    # Red is 0, Amber 33.3, Green 100: three Amber of Police, three Green of Health, one Amber of the meeting.
    assert risk.strength == pytest.approx((4 * 100 / 3 + 300) / 7)
    assert (risk.then_rated, risk.then_strength, risk.change) == (8, 40.0, "better")
