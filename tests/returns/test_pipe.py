"""What comes over a pipe from somebody who isn't believed is data, or nothing."""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Field
from auditkit.files import atomic_write
from auditkit.returns import pipe
from auditkit.returns.model import Answer, Finding, Return
from tests.returns.filled import identity_of

WHEN = dt.datetime(2026, 12, 1, 9, tzinfo=dt.timezone.utc)
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.times(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def over(read: Callable[[io.BytesIO], Any], what: object) -> Any:
    target = io.BytesIO()
    pipe.write(target, what)
    target.seek(0)
    return read(target)


@given(PLAIN)
def test_plain_data_comes_as_it_was_sent(what: object) -> None:
    assert over(pipe.read_data, what) == over(pipe.read, what) == what


def test_a_return_comes_as_it_was_sent() -> None:
    field = Field("text", "Text", "text")
    answer = Answer("GOV", "GOV-1", "text", field, dt.timedelta(1), dt.date(2026, 1, 1), "A", "B2")
    finding = Finding("not-read", "a.xlsx", data=(("reason", "x"),))
    sent = Return("a.xlsx", "0", "held", "H1", identity_of(), WHEN, (answer,), (finding,))
    assert over(pipe.read_data, ("said", sent)) == ("said", sent)


@dataclass(frozen=True)
class Call:
    function: Callable[..., object]
    arguments: tuple[object, ...] = ()

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.function, self.arguments


@pytest.mark.parametrize(
    "what", [Call(os.getcwd), Call(eval, ("1",)), Call(atomic_write), Call(Return.__init__), Call(Call)]
)
def test_what_would_be_called_is_refused(what: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no data"):
        over(pipe.read_data, what)


def test_no_module_is_imported_for_it() -> None:
    for module, name in (
        ("auditkit.__main__", "main"),
        ("antigravity", "fly"),
        ("auditkit.files", "os.system"),
    ):
        data = f"c{module}\n{name}\n.".encode()
        with pytest.raises(pickle.UnpicklingError, match="is no data"):
            pipe.read_data(io.BytesIO(pipe.FRAME.pack(len(data)) + data))


def test_a_message_that_is_cut_off_is_none() -> None:
    with pytest.raises(EOFError):
        pipe.read_data(io.BytesIO(b"\1\0"))
