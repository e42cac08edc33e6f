"""What counted in earlier runs."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit import runs
from auditkit.returns.gist import gist_of, kept, shown
from auditkit.returns.model import Answer, Return
from auditkit.returns.store import Store
from auditkit.runs import INDEX, record, this_run
from tests.returns.filled import AUDIT
from tests.rounds import small_round

AT = dt.datetime(2026, 11, 24, 14, 2, tzinfo=dt.timezone.utc)


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def answer(value="x", typed="x", file=""):
    return Answer("GOV", "GOV-1", "evidence", AUDIT.responses[1], typed, value, "S", "A1", file=file)


def a_run(*answers, file="a.xlsx", outcome="accepted", minutes=0, who="A1"):
    one = Return(file, f"sha of {file}", outcome, who, answers=answers)
    return this_run([one], AT + dt.timedelta(minutes=minutes))


def remembered(round_, run):
    """Remember a run; return which one it is compared with."""
    with record(round_) as history:
        since = history.since(run)
        history.write(run)
        history.remember(run)
    return since and since.earlier


def last(round_):
    with record(round_) as history:
        return history.last


@pytest.mark.parametrize(
    "one",
    [
        answer(dt.date(2027, 1, 2)),
        answer(3.5),
        answer("z" * 9000),
        answer("half \ud800 of one" * 40),
        answer(None, True, "b.xlsx"),
    ],
)
def test_what_counted_comes_back_as_it_was(round_, one):
    run = a_run(one)
    remembered(round_, run)
    with record(round_) as history:
        assert history.last == run
        assert history.earlier is None
        assert history.last.counted["A1"].answers() == run.counted["A1"].answers() != {}


def test_only_accepted_returns_count():
    assert a_run(answer(), outcome="held").counted == {}


def test_a_run_in_which_nothing_changed_is_compared_as_before(round_):
    first, second = a_run(answer("old")), a_run(answer("new"), minutes=1)
    again, back = a_run(answer("new"), minutes=2), a_run(answer("old"), minutes=3)
    assert remembered(round_, first) is None
    assert remembered(round_, a_run(answer("old"), minutes=9)) is None
    assert remembered(round_, second) == first
    content = (round_.private / "runs.store").read_bytes()
    assert remembered(round_, again) == first
    assert (round_.private / "runs.store").read_bytes() == content
    assert remembered(round_, back) == second


def test_what_stays_the_same_is_written_once_and_what_no_run_has_is_thrown_away(round_):
    sizes = []
    for n in range(12):
        many = [
            Return(f"{i}", "sha", "accepted", f"A{i}", answers=(answer("z" * 90 + str(i)),)) for i in range(9)
        ]
        new = Return("new", f"sha {n}", "accepted", "NEW", answers=(answer(f"{n}"),))
        remembered(round_, this_run([*many, new], AT + dt.timedelta(minutes=n)))
        with Store(round_.private / "runs.store", round_.key()) as store:
            names = {name for name in store._places if name != INDEX}
            store.keep(store._places)
        sizes.append((round_.private / "runs.store").stat().st_size)
        assert 10 <= len(names) <= 9 + n + 1
    assert max(sizes) < 4 * sizes[0]


@pytest.mark.parametrize(
    "index",
    [
        b"{",
        b"[]",
        b"{}",
        b"null",
        b'{"last": {"at": "soon", "counted": {}}, "earlier": null}',
        b'{"last": {"at": "2026-01-01", "counted": {"A1": {"x": 1}}}, "earlier": null}',
        b'{"last": {"at": "2026-01-01", "counted": {"A1": ["a", "b", "no digest"]}}, "earlier": null}',
        b'{"last": {"at": "2026-01-01", "counted": []}, "earlier": null}',
    ],
)
def test_a_damaged_record_counts_as_none(round_, index):
    with Store(round_.private / "runs.store", round_.key()) as store:
        store.put(INDEX, index)
    assert last(round_) is None
    remembered(round_, a_run(answer()))
    assert last(round_) is not None


@pytest.mark.parametrize(
    "content", [None, b"[]]", b"[1]", b'[["GOV", "GOV-1", "due", {"date": "soon"}, "a"]]']
)
def test_without_the_answers_that_changed_nothing_is_compared(round_, content, monkeypatch):
    run = a_run(answer("old"))
    if content is not None:
        monkeypatch.setattr("auditkit.returns.gist.written", lambda _: content)
    remembered(round_, run)
    monkeypatch.undo()
    if content is None:
        with Store(round_.private / "runs.store", round_.key()) as store:
            del store._places[bytes.fromhex(run.counted["A1"].digest)]
            index = store.get(INDEX)
        (round_.private / "runs.store").unlink()
        with Store(round_.private / "runs.store", round_.key()) as store:
            store.put(INDEX, index)
    assert remembered(round_, a_run(answer("new"), minutes=1)) is None


def test_answers_of_those_who_did_not_change_are_not_read(round_, monkeypatch):
    other = Return("b", "sha", "accepted", "A2", answers=(answer("same"),))
    runs_ = [
        this_run([Return("a", text, "accepted", "A1", answers=(answer(text),)), other], AT)
        for text in ("one", "two")
    ]
    remembered(round_, runs_[0])
    asked = []
    real = runs._kept_in
    monkeypatch.setattr(runs, "_kept_in", lambda store, name: asked.append(name) or real(store, name))
    assert remembered(round_, runs_[1]) == runs_[0]
    assert asked == [bytes.fromhex(runs_[0].counted["A1"].digest)]


def test_the_record_tells_runs_apart_by_what_they_say_and_not_by_when():
    assert a_run(answer("x")).changed(a_run(answer("x"), minutes=5)) == []
    assert a_run(answer("x")).changed(a_run(answer("y"))) == ["A1"]
    assert a_run(answer("x")).changed(a_run(answer("x"), who="A2")) == ["A1", "A2"]
    assert json.dumps(list(gist_of("a", (answer(),)).values())) == '[["x", "a"]]'


@given(st.text(max_size=900))
def test_texts_are_told_apart_however_long(text):
    assert kept(answer(text)) == kept(answer(text))
    assert kept(answer(text)) != kept(answer(text + "x"))
    assert str(shown(kept(answer(text)))).rstrip("…")[:400] == text[:400].rstrip("…")


def test_what_cannot_be_used_is_kept_as_it_was_typed():
    assert kept(answer(None, 12.0)) == "12"
    assert shown(kept(answer(dt.date(2027, 1, 2)))) == dt.date(2027, 1, 2)
