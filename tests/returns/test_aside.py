"""Answers that were put aside come back as they were, from memory or from a file without a name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.returns import aside
from auditkit.returns.answer import Answer
from auditkit.returns.aside import Aside
from auditkit.returns.model import Return
from tests.returns.test_answer import answers


@given(st.lists(st.lists(answers(), max_size=4).map(tuple), max_size=6), st.sampled_from([0, 1, 10_000]))
@settings(deadline=None)
def test_they_come_back_as_they_were(given: list[tuple[Answer, ...]], in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "IN_MEMORY", in_memory)
        store = Aside()
    returns = [
        Return(f"{n}.xlsx", "0" * 64, "accepted", answers=own, texts=bytes([n]) * n or None)
        for n, own in enumerate(given)
    ]
    kept = [store.keep(one) for one in returns]
    assert kept[::-1] == returns[::-1]
    assert list(map(hash, kept)) == list(map(hash, returns))
    assert [len(one.answers) for one in kept] == [len(one.answers) for one in returns]


def test_the_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "IN_MEMORY", 1)
    store = Aside(tmp_path)
    assert store.get(store.put(b"one two"), 3) == b"one"
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, signal, sys
from auditkit.returns import aside
from auditkit.returns.model import Answer, Return
from auditkit.definition.model import Field
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
aside.IN_MEMORY = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
field = Field("note", "Note", "text")
returns = [
    Return(f"{n}", "", "accepted", answers=(Answer("G", "G-1", "note", field, f"{n}" * 50, None, "S", "A1"),))
    for n in range(200)
]
store = aside.Aside()
assert [store.keep(one) for one in returns] == returns
assert sum(store.keep(one) is one for one in returns) == len(returns)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
@pytest.mark.parametrize("in_memory", [0, 500, 6_000])
def test_on_a_full_disk_nothing_is_lost(in_memory: int) -> None:
    ran = subprocess.run([sys.executable, "-c", FULL, str(in_memory)], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
