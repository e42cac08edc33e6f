"""Answers that were put aside come back as they were, from memory or from a file without a name."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.returns import aside
from auditkit.returns.answer import Answer, Packed, packed
from auditkit.returns.aside import Aside
from auditkit.returns.model import Return
from tests.returns.test_answer import answers


@given(st.lists(st.lists(answers(), max_size=4).map(tuple), max_size=6), st.sampled_from([0, 1, 10_000]))
@settings(deadline=None)
def test_they_come_back_as_they_were(given: list[tuple[Answer, ...]], in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "IN_MEMORY", in_memory)
        store = Aside()
    returns = [Return(f"{n}.xlsx", "0" * 64, "accepted", answers=own) for n, own in enumerate(given)]
    kept = [store.answers_of(one) for one in returns]
    assert kept[::-1] == returns[::-1]
    assert [len(one.answers) for one in kept] == [len(one.answers) for one in returns]


def test_the_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "IN_MEMORY", 1)
    store = Aside(tmp_path)
    assert store.get(store.put(b"one two"), 3) == b"one"
    assert list(tmp_path.iterdir()) == []


@given(st.lists(answers(), min_size=1, max_size=3).map(tuple))
@settings(deadline=None)
def test_without_room_they_stay_in_memory(given: tuple[Answer, ...]) -> None:
    def full(_: bytes) -> NoReturn:
        raise OSError(28, "No space left on device")

    one = Return("a.xlsx", "0" * 64, "accepted", answers=Packed.of(packed(given)))
    store = Aside()
    store.put = full  # type: ignore[method-assign]
    assert store.answers_of(one) is one
