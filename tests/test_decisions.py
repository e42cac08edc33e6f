"""The record of decisions: append-only, by content, and what of it holds."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit import decisions
from auditkit.decisions import Decision, in_force
from auditkit.errors import AuditkitError
from tests.rounds import small_round

NOW = dt.datetime(2026, 11, 24, 14, 2, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def add(round_, kind, sha, recipient=""):
    return decisions.add(round_, kind, who="jo", now=NOW, sha256=sha, file=sha, recipient_id=recipient)


def test_who_when_and_why_are_kept(round_):
    entry = decisions.add(
        round_, "accept", who="jo", now=NOW, why="é", file="a.xlsx", sha256="x", recipient_id="A1"
    )
    assert entry == Decision(1, "accept", "jo", "2026-11-24T13:02:00+00:00", "é", "a.xlsx", "x", "A1")
    assert decisions.read(round_) == (entry,)
    assert entry.time == NOW


def test_nothing_was_decided_yet(round_):
    assert decisions.read(round_) == ()
    assert in_force(()) == {}


def test_undoing_brings_back_what_was_decided_before(round_):
    first, second = add(round_, "accept", "x", "A1"), add(round_, "exclude", "x")
    assert in_force(decisions.read(round_)) == {"x": second}
    assert decisions.undo(round_, 2, who="kit", now=NOW) == second
    assert in_force(decisions.read(round_)) == {"x": first}
    decisions.undo(round_, 1, who="kit", now=NOW, why="wrong")
    assert in_force(decisions.read(round_)) == {}
    assert [(e.kind, e.undoes, e.who) for e in decisions.read(round_)] == [
        ("accept", 0, "jo"),
        ("exclude", 0, "jo"),
        ("undo", 2, "kit"),
        ("undo", 1, "kit"),
    ]


@pytest.mark.parametrize(
    ("number", "says"), [(9, "There is no decision 9"), (1, "by decision 2"), (2, "decide again")]
)
def test_what_cannot_be_undone_is_said(round_, number, says):
    add(round_, "accept", "x", "A1")
    decisions.undo(round_, 1, who="jo", now=NOW)
    with pytest.raises(AuditkitError, match=says):
        decisions.undo(round_, number, who="jo", now=NOW)


GOOD = {"number": 1, "kind": "accept", "who": "jo", "when": "2026-11-24T13:02:00+00:00"}


@pytest.mark.parametrize(
    "damage",
    [
        "{",
        "{}x",
        "1",
        '["a"]',
        '[{"number": 1}]',
        json.dumps([{**GOOD, "number": 2}]),
        json.dumps([{**GOOD, "kind": "eat"}]),
        json.dumps([{**GOOD, "when": "soon"}]),
        json.dumps([{**GOOD, "when": "2026-11-24T13:02:00"}]),
        json.dumps([{**GOOD, "sha256": 3}]),
        json.dumps([{**GOOD, "undoes": "x"}]),
    ],
)
def test_a_damaged_record_is_never_guessed_at(round_, damage):
    (round_.private / "decisions.json").write_text(damage, encoding="utf-8")
    with pytest.raises(AuditkitError, match="damaged"):
        decisions.read(round_)


def test_a_record_that_cannot_be_opened_is_a_sentence(round_):
    (round_.private / "decisions.json").mkdir()
    with pytest.raises(AuditkitError, match="can't be read"):
        decisions.read(round_)


STEPS = st.lists(
    st.tuples(st.sampled_from(["accept", "exclude"]), st.sampled_from("xyz"), st.sampled_from(["A1", "A2"])),
    max_size=5,
)


@settings(max_examples=25, deadline=None)
@given(before=STEPS, after=STEPS)
def test_undoing_all_that_came_after_restores_what_held(tmp_path_factory, before, after):
    round_ = Bare(tmp_path_factory.mktemp("round"))
    for kind, sha, recipient in before:
        add(round_, kind, sha, recipient)
    held = in_force(decisions.read(round_))
    numbers = [add(round_, *step).number for step in after]
    for number in numbers:
        decisions.undo(round_, number, who="jo", now=NOW)
    assert in_force(decisions.read(round_)) == held
    assert len(decisions.read(round_)) == len(before) + 2 * len(after)


class Bare:
    """As much of a round as the record needs."""

    def __init__(self, folder):
        self.private = folder / ".auditkit"
