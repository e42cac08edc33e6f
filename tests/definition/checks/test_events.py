"""Tables of events: what is wrong with one is said where it stands."""

from __future__ import annotations

import pytest

from auditkit.errors import ProblemsError
from tests.definition.checks.test_measures import read

EVENTS = """\
sections:
- id: CH
  title: Chronology
  events: {rows: 200}
  responses:
  - {id: date, label: Date, kind: uncertain_date, role: event_date}
  - {id: what, label: What happened, kind: text, role: event}
"""


def test_a_table_of_events_is_sound(tmp_path):
    audit, problems = read(tmp_path, EVENTS)
    assert problems == []
    assert audit.for_recipient({"group": "Police"}).sections == audit.sections
    assert audit.sections[0].events.gap_days == 28


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rows: 200", "rows: 0", "'rows' must be from 1 to 5,000"),
        ("rows: 200", "gap_days: 7", "'rows' is missing"),
        ("rows: 200", "rows: 200, gap_days: 0", "'gap_days' must be 1 or more"),
        (", role: event_date", "", "no column of 'CH' has the role 'event_date'"),
        ("uncertain_date", "date", "the role 'event_date' is for a field of kind 'uncertain_date'"),
        ("role: event}", "role: evidence}", "there is no role called 'evidence' here"),
        ("kind: text", "kind: rating, scale: rag", "events aren't rated"),
        ("  responses:\n", "  questions: [{id: Q, text: What?}]\n  responses:\n", "so it has no questions"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, said):
    assert EVENTS.count(old) == 1
    try:
        _, problems = read(tmp_path, EVENTS.replace(old, new))
    except ProblemsError as error:
        problems = [str(error)]
    assert any(said in problem for problem in problems), problems


def test_it_has_columns_of_its_own(tmp_path):
    _, problems = read(tmp_path, EVENTS.split("  responses")[0])
    assert any("list its columns" in problem for problem in problems)
