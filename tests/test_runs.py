"""What counted in earlier runs."""

import datetime as dt
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit import runs
from auditkit.returns.model import Answer, Return
from auditkit.runs import History, kept, read, remember, shown, this_run
from tests.returns.filled import AUDIT
from tests.rounds import small_round

AT = dt.datetime(2026, 11, 24, 14, 2, tzinfo=dt.timezone.utc)


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def answer(value="x", typed="x", file=""):
    return Answer("GOV", "GOV-1", "evidence", AUDIT.responses[1], typed, value, "S", "A1", file=file)


def a_run(*answers, file="a.xlsx", outcome="accepted", minutes=0):
    one = Return(file, f"sha of {file}", outcome, "A1", answers=answers)
    return this_run([one], AT + dt.timedelta(minutes=minutes))


def test_what_counted_comes_back_as_it_was(round_):
    run = a_run(answer(dt.date(2027, 1, 2)), answer(3.5), answer("z" * 9000), answer(None, True, "b.xlsx"))
    remember(round_, read(round_), run)
    assert read(round_) == History(run)


def test_only_accepted_returns_count():
    assert a_run(answer(), outcome="held").counted == {}


def test_a_run_in_which_nothing_changed_is_compared_as_before(round_):
    first, second = a_run(answer("old")), a_run(answer("new"), minutes=1)
    again, back = a_run(answer("new"), minutes=2), a_run(answer("old"), minutes=3)
    assert read(round_).before(first) is None
    remember(round_, read(round_), first)
    assert read(round_).before(a_run(answer("old"), minutes=9)) is None
    assert read(round_).before(second) == first
    remember(round_, read(round_), second)
    content = (round_.private / "runs.json.gz").read_bytes()
    assert read(round_).before(again) == first
    remember(round_, read(round_), again)
    assert (round_.private / "runs.json.gz").read_bytes() == content
    assert read(round_).before(back) == second


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not compressed",
        gzip.compress(b"{"),
        gzip.compress(b"[]"),
        gzip.compress(b"{}"),
        gzip.compress(b"null"),
        gzip.compress(b'{"last": {"at": "soon", "counted": {}}, "earlier": null}'),
        gzip.compress(b'{"last": {"at": "2026-01-01", "counted": {"A1": {"x": 1}}}, "earlier": null}'),
        gzip.compress(b'{"last": {"at": "2026-01-01", "counted": []}, "earlier": null}'),
        gzip.compress(b"{}" * 500)[:20],
    ],
)
def test_a_damaged_record_counts_as_none(round_, content):
    (round_.private / "runs.json.gz").write_bytes(content)
    assert read(round_) == History()
    remember(round_, read(round_), a_run(answer()))
    assert read(round_).last is not None


def test_a_value_that_nothing_could_show_is_damage(round_):
    odd = {"file": "a", "sha256": "b", "answers": [["GOV", "GOV-1", "due", {"date": "soon"}, "a"]]}
    record = {"last": {"at": "2026-01-01", "counted": {"A1": odd}}, "earlier": None}
    (round_.private / "runs.json.gz").write_bytes(gzip.compress(json.dumps(record).encode()))
    assert read(round_) == History()


def test_the_record_is_bounded(round_, monkeypatch):
    one, two = a_run(answer("z" * 300)), a_run(answer("y" * 300))
    size = len(runs._written(History(one)))
    remember(round_, History(), one)
    monkeypatch.setattr(runs, "LARGEST", size + 50)
    remember(round_, read(round_), two)
    assert read(round_) == History(two)
    monkeypatch.setattr(runs, "LARGEST", size - 50)
    assert read(round_) == History()
    remember(round_, read(round_), one)
    assert read(round_) == History()


@given(st.text(max_size=900))
def test_texts_are_told_apart_however_long(text):
    assert kept(answer(text)) == kept(answer(text))
    assert kept(answer(text)) != kept(answer(text + "x"))
    assert str(shown(kept(answer(text)))).rstrip("…")[:400] == text[:400].rstrip("…")


def test_what_cannot_be_used_is_kept_as_it_was_typed():
    assert kept(answer(None, 12.0)) == "12"
    assert shown(kept(answer(dt.date(2027, 1, 2)))) == dt.date(2027, 1, 2)
