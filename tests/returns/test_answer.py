from __future__ import annotations

import datetime as dt
import pickle
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definition.model import Field
from auditkit.returns import pipe
from auditkit.returns.answer import Answer, Packed, pack, packed, unpack
from auditkit.returns.model import Return
from tests.returns.filled import layout_of

SLOTS = [(block.id, slot) for block in layout_of().blocks for slot in block.slots]
TYPED = st.one_of(
    st.text(max_size=30),
    st.floats(allow_nan=False),
    st.integers(-5, 5),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
PLACES = st.lists(st.tuples(st.text(max_size=5), st.just("B7")), max_size=2).map(tuple)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    block, slot = draw(st.sampled_from(SLOTS))
    typed = draw(TYPED)
    value = draw(
        st.one_of(st.just(typed), st.none(), st.text(max_size=5), st.floats(allow_nan=False), st.dates())
    )
    sheet, cell = draw(st.text(max_size=8)), f"{draw(st.sampled_from('ABZ'))}{draw(st.integers(1, 99))}"
    also, file = draw(PLACES), draw(st.sampled_from(["", "other.xlsx"]))
    return Answer(block, slot.row_key, slot.column_key, slot.field, typed, value, sheet, cell, also, file)


@given(st.lists(answers(), max_size=12).map(tuple))
@settings(deadline=None)
def test_answers_come_back_as_they_were(given: tuple[Answer, ...]) -> None:
    assert unpack(pack(given)) == given
    kinds = [(type(a.typed), type(a.value)) for a in unpack(pack(given))]
    assert kinds == [(type(a.typed), type(a.value)) for a in given]
    one = Return("a.xlsx", "0" * 64, "accepted", answers=given)
    assert pickle.loads(pickle.dumps(one)) == one
    again = Packed.of(packed(Packed.of(packed(given))))
    assert (again, len(again), tuple(again), again[:2], bool(again)) == (
        *(given, len(given), given, given[:2]),
        bool(given),
    )
    assert (hash(again), repr(again)) == (hash(given), repr(given))


def test_returns_share_what_they_have_in_common() -> None:
    def packed() -> tuple:
        field = Field("note", "Note", "text")
        return pack([Answer("GOV", "GOV-1", "note", field, "x", "x", "Sheet", "B7")])

    (one,), (two,) = unpack(packed()), unpack(packed())
    assert one.field is two.field
    assert one.sheet is two.sheet
    assert one.cell is two.cell


@pytest.mark.parametrize("damaged", [(), ((), (), (), (), "A1", (), b"", (), {})])
def test_damaged_data_is_no_answer(damaged: tuple) -> None:
    with pytest.raises((ValueError, TypeError)):
        unpack(damaged)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        packed([])[:-1],
        zlib.compress(pickle.dumps(pickle.loads)),
        zlib.compress(b"not a pickle"),
        zlib.compress(pipe.message(((), (), (), (), "A1", (), b"", (), {}))),
    ],
)
def test_what_isnt_packed_answers_isnt_taken_for_them(sent: bytes) -> None:
    with pytest.raises((ValueError, zlib.error)):
        Packed.of(sent)


@pytest.mark.parametrize("wrong", [{"texts": b"abc"}, {"gist": "zz"}, {"gist": "0" * 63}])
def test_what_isnt_a_digest_isnt_taken_for_one(wrong: dict) -> None:
    one = Return("a.xlsx", "0" * 64, "accepted", texts=bytes(8), gist="0" * 64)
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(ValueError, match="no digests"):
        one.__setstate__({**one.__getstate__(), **wrong})


def test_answers_that_would_fill_the_memory_arent_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditkit.returns.answer.LARGEST", 10)
    with pytest.raises(ValueError, match="too large"):
        Packed.of(packed([]))


def test_a_date_and_its_time_are_told_apart() -> None:
    day = dt.datetime(2026, 9, 1)
    one = Answer("GOV", "GOV-1", "due", Field("due", "Due", "date"), day, day.date(), "S", "B7")
    assert type(unpack(pack([one]))[0].value) is dt.date
