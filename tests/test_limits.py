"""Limits as an officer writes them: exact, and refused with their place when they can't be meant."""

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.errors import ProblemsError
from auditkit.limits import MEGABYTE, MOST, UNITS, Limits, count, megabytes, seconds, size
from auditkit.read import read
from auditkit.round import load
from tests.rounds import SETTINGS, small_round


def with_limits(folder, text):
    round_ = small_round(folder)
    (folder / "round.yaml").write_text(SETTINGS + text, encoding="utf-8")
    return load(round_.folder).settings.limits


def test_those_that_are_named_change_and_the_others_stay(tmp_path):
    limits = with_limits(
        tmp_path, "limits:\n  file_bytes: 80 MB\n  seconds: 90.5\n  cells: 5000000\n  run_bytes: 2gb\n"
    )
    assert limits == Limits(
        file_bytes=80 * MEGABYTE, seconds=90.5, cells=5_000_000, run_bytes=2 * 1024 * MEGABYTE
    )
    assert pickle.loads(pickle.dumps(limits)) == limits


def test_none_need_be_named(tmp_path):
    assert with_limits(tmp_path / "a", "") == Limits()
    assert with_limits(tmp_path / "b", "limits:\n") == Limits()


def test_what_is_wrong_is_told_with_its_place(tmp_path):
    with pytest.raises(ProblemsError) as caught:
        with_limits(tmp_path, "limits:\n  file_byte: 80 MB\n  seconds: 0\n  part_bytes: 80\n  depth: [1]\n")
    assert str(caught.value).splitlines() == [
        "round.yaml, line 9, column 3: there is no setting called 'file_byte' here; did you mean 'file_bytes'?",
        "round.yaml, line 10, column 12: 'seconds' must be a number of seconds from 1 to 86400, not '0'",
        "round.yaml, line 11, column 15: 'part_bytes' must be a size from 1 MB to 1024 GB, with its unit: 50 MB, "
        "not '80'",
        "round.yaml, line 12, column 10: 'depth' must be a whole number from 1 to 1000000000, not a list",
    ]


def test_what_comes_back_is_held_against_them(tmp_path):
    round_ = small_round(tmp_path)
    (round_.returns / "large.csv").write_bytes(b"x" * (MEGABYTE + 1))
    for text, refused in (("", False), ("limits: {file_bytes: 1 MB}\n", True)):
        (tmp_path / "round.yaml").write_text(SETTINGS + text, encoding="utf-8")
        (one,) = read(load(tmp_path), round_.returns)
        assert ("file-too-large" in [finding.code for finding in one.findings]) is refused


@given(st.integers(1, 1024), st.sampled_from(["MB", "GB", "mb", " Mb"]))
def test_a_size_is_exact(number, unit):
    assert size(f"{number}{unit}") == number * UNITS[unit.strip().upper()]


@pytest.mark.parametrize(
    "written", ["", "80", "0 MB", "1023 KB", "1025 GB", "1.5 GB", "-1 MB", "8 0 MB", "80 TB", "٨ MB"]
)
def test_no_size(written):
    with pytest.raises(ValueError, match="a size from 1 MB"):
        size(written)


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "1e3", "1_000", str(MOST + 1), "9" * 30, "٨"])
def test_no_count(written):
    with pytest.raises(ValueError, match="a whole number from 1"):
        count(written)


@pytest.mark.parametrize("written", ["0", "0.5", "-1", "nan", "inf", "1e3", "86401"])
def test_no_time(written):
    with pytest.raises(ValueError, match="a number of seconds"):
        seconds(written)


def test_every_default_could_have_been_written():
    readers = {"Size": lambda n: size(f"{n // MEGABYTE} MB"), "Count": count, "Seconds": seconds}
    for field in dataclasses.fields(Limits):
        assert readers[field.type](field.default) == field.default, field.name


def test_sizes_in_words():
    assert [megabytes(n) for n in (1500 * MEGABYTE, 2048)] == ["1,500 MB", "2 KB"]
