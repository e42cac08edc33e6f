from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field
from auditkit.register import Recipient
from auditkit.returns.model import Answer, Count, Finding, Return
from auditkit.tables import (
    NOT_ASKED,
    OVERALL,
    SCHEMAS,
    Collation,
    Table,
    Tables,
    build,
    differences,
    proof,
    rows,
    table_of,
)
from auditkit.tables.answers import as_typed
from auditkit.tables.table import _texts as texts
from tests.master.rounds import (
    AMBER,
    AS_AT,
    EVIDENCE,
    GREEN,
    NA,
    PERCENT,
    RAG,
    RATING,
    RED,
    answer,
    audit,
    collation,
    cover_answer,
    people,
    rated,
    returned,
    section,
    section11,
)

Row = Any

ACTION = Field("action", "Action", "text", role="action")
LEAD = Field("lead", "Lead", "person", role="lead")
DUE = Field("due", "Due", "date", role="due")
PROGRESS = Field(
    "progress", "Progress", "choice", role="progress", choices=("Begun", "Done"), closed=("Done",)
)
COVER = (
    Field("author", "Completed by", "person", role="author"),
    Field("nil", "Nil return?", "yes_no", role="nil_return"),
    Field("signed", "Signed off by", "person", role="signoff_name"),
    Field("signed_on", "Signed off on", "date", role="signoff_date"),
)


def small() -> Audit:
    plan = (RATING, ACTION, LEAD, DUE, PROGRESS)
    return audit(
        [
            section("A", 2, responses=plan),
            section("B", 2, applies_to={"group": ("B",)}),
            section("C", 1, responses=(EVIDENCE,)),
        ],
        cover=COVER,
    )


def records(table: Table, *columns: str) -> list[tuple[Any, ...]]:
    return list(rows(table, *columns))


def test_every_table_is_as_its_schema_says() -> None:
    tables = build(section11())
    for name, schema in SCHEMAS.items():
        table = getattr(tables, name)
        if schema.key:
            assert max(Counter(rows(table, *schema.key)).values(), default=1) == 1, name
        allowed: dict[str, Any] = {
            "text": str,
            "number": (int, float),
            "date": dt.date,
            "date and time": dt.datetime,
            "yes or no": str,
            "any": (str, int, float, dt.date),
        }
        for column in schema.columns:
            for value in table[column.name]:
                assert value is None or isinstance(value, allowed[column.type]), (name, column.name, value)


def test_a_whole_round_adds_up() -> None:
    given = section11()
    assert differences(given, build(given)) == ()


def test_the_same_collation_gives_the_same_tables() -> None:
    given = section11()
    one, two = build(given), build(replace(given, returns=tuple(reversed(given.returns))))
    for name in SCHEMAS:
        assert list(rows(getattr(one, name))) == list(rows(getattr(two, name)))
        assert getattr(one, name).content.equals(getattr(two, name).content)


def test_nothing_returned_at_all() -> None:
    tables = build(collation(small(), people(2), []))
    assert records(tables.recipients, "standing", "completed", "file") == [("not returned", None, None)] * 2
    assert len(tables.answers) == len(tables.actions) == len(tables.findings) == 0
    assert set(tables.results["point"]) == {None}
    assert set(tables.questions["rank"]) == {None}


def test_only_accepted_returns_enter_the_answers() -> None:
    whole = small()
    returns = [
        rated(whole, "R1", [GREEN.text, None, None, None, None], file="new.xlsx"),
        rated(whole, "R1", [RED.text, None, None, None, None], file="old.xlsx", outcome="superseded"),
        rated(whole, "R2", [RED.text, None, None, None, None], file="held.xlsx", outcome="held"),
    ]
    tables = build(collation(whole, people(2), returns))
    assert records(tables.answers, "recipient_id", "question_id", "value", "file") == [
        ("R1", "A-1", GREEN.text, "new.xlsx")
    ]
    assert records(tables.recipients, "standing", "waiting") == [("partly", 0), ("not returned", 1)]
    assert records(tables.returns, "file", "outcome", "completed") == [
        ("new.xlsx", "accepted", 0.2),
        ("old.xlsx", "superseded", 0.2),
        ("held.xlsx", "held", pytest.approx(1 / 3)),
    ]


def test_what_cannot_be_used_is_shown_as_typed_and_counts_for_nothing() -> None:
    whole = audit(
        [section("A", 2), section("N", 1, responses=(replace(RATING, scale="percent"),))],
        scales=(RAG, PERCENT),
    )
    given = returned(
        whole, "R1", {("A-1", "rating"): "Purple", ("A-2", "rating"): 7.0, ("N-1", "rating"): 101.0}
    )
    tables = build(collation(whole, people(1), [given]))
    assert records(tables.answers, "value", "usable") == [("Purple", "No"), (7.0, "No"), (101.0, "No")]
    # Text, so that no formula takes it for a rating.
    assert records(tables.ratings, "shown", "value", "score") == [
        ("Purple", None, None),
        ("7", None, None),
        ("101", None, None),
    ]
    assert list(tables.results["answered"]) == [0, 0, 0]


def test_questions_that_do_not_apply() -> None:
    whole = small()
    tables = build(collation(whole, people(2), []))
    asked = {(r.recipient_id, r.question_id): (r.asked, r.shown) for r in rows(tables.ratings)}
    assert asked["R1", "B-1"] == ("Yes", None)
    assert asked["R2", "B-1"] == ("No", NOT_ASKED)
    assert records(tables.results, "recipient_id", "section_id") == [
        ("R1", OVERALL),
        ("R1", "A"),
        ("R1", "B"),
        ("R2", OVERALL),
        ("R2", "A"),
    ]


def test_an_answer_to_a_question_that_does_not_apply_is_kept_but_not_scored() -> None:
    whole = small()
    given = returned(whole, "R2", {("B-1", "rating"): RED.text})
    tables = build(collation(whole, people(2), [given]))
    assert records(tables.answers, "question_id", "value") == [("B-1", RED.text)]
    assert ("R2", "B-1", NOT_ASKED) in records(tables.ratings, "recipient_id", "question_id", "shown")
    assert ("B-1", 0) in records(tables.questions, "question_id", "rated")


def test_an_answer_to_a_question_that_the_definition_lost_is_kept() -> None:
    whole = small()
    stray = Answer("OLD", "OLD-1", "notes", Field("notes", "Notes", "text"), "kept", "kept", "Old", "C4")
    given = returned(whole, "R1", {("A-1", "rating"): GREEN.text})
    given = replace(given, answers=(stray, *given.answers))
    state = collation(whole, people(1), [given])
    tables = build(state)
    assert records(tables.answers, "section", "question_id", "question", "field", "value") == [
        ("Standard A", "A-1", "Question 1 of A", "Rating", GREEN.text),
        ("OLD", "OLD-1", None, "Notes", "kept"),
    ]
    assert differences(state, tables) == ()


@pytest.mark.parametrize(
    ("due", "progress", "late"),
    [
        (AS_AT - dt.timedelta(days=1), "Begun", "Yes"),
        (AS_AT - dt.timedelta(days=1), None, "Yes"),
        (AS_AT - dt.timedelta(days=1), "Done", "No"),
        (AS_AT - dt.timedelta(days=1), "nearly", "Yes"),
        (AS_AT, "Begun", "No"),
        ("TBC", "Begun", None),
        (None, "Begun", None),
    ],
)
def test_actions_and_when_they_are_overdue(due: Any, progress: str | None, late: str | None) -> None:
    whole = small()
    typed = {
        ("A-1", "rating"): RED.text,
        ("A-1", "action"): "Do it",
        ("A-1", "due"): due,
        ("A-1", "progress"): progress,
    }
    given = returned(whole, "R1", {key: value for key, value in typed.items() if value is not None})
    tables = build(collation(whole, people(1), [given]))
    assert records(
        tables.actions, "question_id", "rating", "action", "lead", "due", "progress", "overdue"
    ) == [("A-1", RED.text, "Do it", None, due, progress, late)]


def test_no_action_typed_is_no_action() -> None:
    whole = small()
    given = returned(whole, "R1", {("A-1", "due"): AS_AT, ("C-1", "evidence"): "x"})
    assert len(build(collation(whole, people(1), [given])).actions) == 0


def test_what_the_cover_says() -> None:
    whole = small()
    said = [("signed_on", "soon"), ("author", "Ann"), ("nil", "Yes")]
    given = Return("a.xlsx", "", "accepted", "R1", answers=tuple(cover_answer(whole, *pair) for pair in said))
    state = collation(whole, people(1), [given])
    tables = build(state)
    assert records(tables.returns, "author", "signed_by", "signed_on") == [("Ann", None, "soon")]
    assert records(tables.cover, "field_id", "value", "usable") == [
        ("author", "Ann", "Yes"),
        ("nil", "Yes", "Yes"),
        ("signed_on", "soon", "No"),
    ]
    assert list(tables.recipients["standing"]) == ["nil return"]
    assert differences(state, tables) == ()
    assert list(build(collation(audit([section("A", 1)]), people(1), [given])).returns["author"]) == [None]


def test_findings_come_gravest_first_and_then_by_recipient() -> None:
    whole = small()
    note = Finding("near-miss", "b.xlsx", "S", "D6", "A-1", "green", (("field", "Rating"), ("read", "Green")))
    query = Finding("not-a-date", "b.xlsx", value="TBC", data=(("field", "Due"), ("limits", "a date")))
    lost = Finding("file-damaged", "z.xlsx", data=(("reason", "cut off"),))
    returns = [
        Return("z.xlsx", "", "rejected", findings=(lost,)),
        Return("b.xlsx", "", "accepted", "R1", findings=(note, query, query)),
        Return("c.xlsx", "", "held", "GONE"),
    ]
    tables = build(collation(whole, people(1), returns))
    assert records(tables.findings, "severity", "file", "recipient_id", "question", "title") == [
        ("rejected", "z.xlsx", None, None, "Damaged file"),
        ("query", "b.xlsx", "R1", None, "Not a date"),
        ("query", "b.xlsx", "R1", None, "Not a date"),
        ("note", "b.xlsx", "R1", "A-1", list(tables.findings["title"])[3]),
    ]
    assert "TBC" in list(tables.findings["what"])[1]
    assert records(tables.returns, "file", "recipient_id", "recipient", "queries", "notes") == [
        ("b.xlsx", "R1", "Agency 1", 2, 1),
        ("c.xlsx", "GONE", None, 0, 0),
        ("z.xlsx", None, None, 1, 0),
    ]
    assert next(tables.returns["findings"]).startswith("Not a date (2); ")


def test_how_questions_fare() -> None:
    whole = audit([section("A", 4, weights=(1, 2, 1, 1), weight=3)])
    ratings = [
        [GREEN.text, RED.text, AMBER.text, NA.text],
        [GREEN.text, GREEN.text, AMBER.text, None],
        [AMBER.text, RED.text, AMBER.text, "?"],
    ]
    returns = [rated(whole, f"R{i}", row) for i, row in enumerate(ratings, start=1)]
    tables = build(collation(whole, people(3), returns))
    third = pytest.approx(1 / 3)
    assert records(tables.questions, "question_id", "asked", "rated", "best", "worst", "rank") == [
        ("A-1", 3, 3, pytest.approx(2 / 3), 0, 3),
        # As strong as the third on average, but worse at the worst.
        ("A-2", 3, 3, third, pytest.approx(2 / 3), 1),
        ("A-3", 3, 3, 0, 0, 2),
        ("A-4", 3, 0, None, None, None),
    ]
    assert records(tables.questions, "weight", "weight_overall")[1] == (2, 6)


def test_an_audit_without_ratings_has_answers_only() -> None:
    whole = audit([section("A", 1, responses=(EVIDENCE,))])
    tables = build(collation(whole, people(1), [returned(whole, "R1", {("A-1", "evidence"): "seen"})]))
    assert len(tables.answers) == 1
    assert len(tables.ratings) == len(tables.results) == len(tables.questions) == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("=1+1", "=1+1"),
        (3, 3),
        (True, "TRUE"),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 2)),
        (dt.datetime(2026, 1, 2, 10, 30), "02/01/2026 10:30"),
        (dt.time(10, 30), "10:30:00"),
    ],
)
def test_what_a_cell_can_hold_is_shown_as_typed(typed: Any, shown: Any) -> None:
    assert as_typed(typed) == shown


def lose(**changes: Callable[[list[Row]], list[Row]]) -> tuple[str, ...]:
    """Say what the proof finds when tables are changed after they were built."""
    whole = small()
    given = returned(whole, "R1", {("A-1", "rating"): GREEN.text, ("A-2", "rating"): RED.text})
    given = replace(given, answers=(*given.answers, cover_answer(whole, "author", "Ann")))
    state = collation(whole, people(2), [given])
    tables = build(state)
    assert differences(state, tables) == ()
    changed = {
        name: table_of(SCHEMAS[name], change(list(rows(getattr(tables, name)))))
        for name, change in changes.items()
    }
    return differences(state, replace(tables, **changed))


def test_the_proof_sees_a_lost_answer() -> None:
    assert lose(answers=lambda found: found[1:]) == (
        "An answer is not in the tables: R1.xlsx, A-1, rating.",
        "R1.xlsx: 3 filled answer cells came in, but the tables name 2.",
    )
    assert "author" in lose(cover=lambda found: found[:0])[0]


def test_the_proof_sees_an_answer_that_moved() -> None:
    def moved(found: list[Row]) -> list[Row]:
        return [
            row._replace(question_id=other.question_id) for row, other in zip(found, found[::-1], strict=True)
        ]

    assert len(lose(answers=moved)) == 4


@given(st.lists(st.floats(allow_nan=False) | st.integers() | st.dates() | st.text(), max_size=6))
def test_whatever_is_typed_comes_out_of_the_tables_and_is_proved(typed: list[Any]) -> None:
    whole = audit([section("A", 6, responses=(EVIDENCE,))])
    said = {(f"A-{n}", "evidence"): "x" for n, _ in enumerate(typed, start=1)}
    given = returned(whole, "R1", said)
    own = (a._replace(typed=v, value=v) for a, v in zip(given.answers, typed, strict=True))
    given = replace(given, answers=tuple(own))
    state = collation(whole, people(1), [given])
    tables = build(state)
    assert differences(state, tables) == ()
    assert list(tables.answers["value"]) == [as_written(value) for value in typed]


def as_written(value: Any) -> Any:
    if isinstance(value, int) and abs(value) > sys.float_info.max:
        return str(value)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def test_more_text_than_a_column_holds_is_two(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = texts

    def limited(values: Any) -> Any:
        made = whole(values)
        return pa.chunked_array([made]) if sum(len(v or "") for v in values) > 40 else made

    monkeypatch.setattr("auditkit.tables.table._texts", limited)
    schema = SCHEMAS["notes"]
    found = [(*"abcd", "x" * n, *"efg") for n in (1, 30, 2, 3, 4, 9)]
    assert list(rows(table_of(schema, found), *schema.names)) == found


@given(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6))
def test_sums_tell_answers_from_the_same_ones_in_other_places(one: str, other: str) -> None:
    def sums(*values: str) -> dict[str, Count]:
        found: dict[str, Count] = {}
        proof._add(found, (("a.xlsx", ("GOV", f"GOV-{n}", "evidence", v)) for n, v in enumerate(values)))
        return found

    assert (sums(one, other) == sums(other, one)) == (one == other)


def test_the_proof_sees_a_cell_that_was_counted_at_intake_and_lost_before_the_tables() -> None:
    whole = small()
    one = returned(whole, "R1", {("A-1", "rating"): GREEN.text, ("A-2", "rating"): RED.text})
    state = collation(whole, people(1), [one])
    dropped = replace(state, returns=tuple(replace(r, answers=r.answers[1:]) for r in state.returns))
    assert differences(dropped, build(dropped)) == (
        "R1.xlsx: 2 filled answer cells came in, but the tables name 1.",
    )
    (whole_return,) = state.returns
    moved = tuple(a._replace(cell=f"Z{n}") for n, a in enumerate(whole_return.answers))
    elsewhere = replace(state, returns=(replace(whole_return, answers=moved),))
    assert differences(elsewhere, build(elsewhere)) == (
        "R1.xlsx: 2 filled answer cells came in, but the tables name 2 others.",
    )


def test_the_proof_sees_sums_that_do_not_add_up() -> None:
    assert "1 returns were seen" in lose(returns=lambda found: found[:0])[0]
    assert "their standings add up to 1" in lose(recipients=lambda found: found[:1])[0]
    assert (
        "1 accepted returns say something, but 0 recipients"
        in lose(recipients=lambda found: [row._replace(standing="not returned") for row in found])[0]
    )


def test_the_proof_sees_returns_that_belong_to_nobody_or_twice_to_one() -> None:
    whole = small()
    one = rated(whole, "R1", [GREEN.text, None, None, None, None])
    state = collation(
        whole, people(1), [one, replace(one, file="b.xlsx"), replace(one, file="c.xlsx", recipient_id="X")]
    )
    found = " ".join(differences(state, build(state)))
    assert "“X” belongs to nobody" in found
    assert "“R1” has 2 accepted returns" in found


def test_types_are_exported() -> None:
    recipient = Recipient("R1", "One")
    assert isinstance(build(Collation(section11().settings, small(), (recipient,), (), AS_AT)), Tables)
    assert answer(small(), "A-1", "rating", GREEN.text).value == GREEN.text
