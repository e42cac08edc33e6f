"""Passwords: which will do, and which defeat one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.csv import restored, shielded
from auditkit.passwords import FIT, clashes, is_fit, shared
from auditkit.register.table import cleaned


@pytest.mark.parametrize("password", ["larch-tarn", "Abcdefgh", "a2345678", "x" * 255, "Why_not?/So=what"])
def test_these_will_do(password):
    assert is_fit(password)


@pytest.mark.parametrize(
    "password",
    [
        *("", "short", "x" * 256, "12345678", "1-Jan-26", "=larch-tarn", "-larch-tarn", "larch tarn"),
        *("lärch-tarn", "larch;tarn", "larch,tarn", "larch'tarn", 'larch"tarn', "larch|tarn"),
        *("larch\ttarn", "larch-tarn\n"),
    ],
)
def test_these_will_not(password):
    assert not is_fit(password)


@given(st.from_regex(FIT, fullmatch=True))
def test_one_that_will_do_survives_a_register(password):
    assert shielded(password) == password
    assert cleaned(restored(password)) == password


def test_what_the_office_keeps_must_not_be_told():
    said = list(
        clashes(
            {"A1": "fell-lantern"},
            open_password="larch-tarn",
            master_password="larch-tarn",
            password="fell-lantern",
        )
    )
    assert said == [
        "password: this is the same as the open_password of A1, which respondents are told; choose another",
        "master_password: this is the same as open_password, which respondents are told; choose another",
    ]
    assert list(clashes({}, open_password="", master_password="", password="fell-lantern")) == []


def test_who_shares_a_password_is_named():
    assert shared({"A1": "larch-tarn", "A2": "heron-pool", "A3": "larch-tarn"}) == [["A1", "A3"]]
