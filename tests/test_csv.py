"""CSV files for people: nothing in them comes alive, whatever a program divides cells by, and nothing is lost."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditkit.csv import restored, shielded, written
from auditkit.register.csv import rows

# Mostly signs that matter here, some of anything.
TEXTS = st.text(st.one_of(st.sampled_from("=+-@＝＋－＠;|,\t\r\n\"' \u00a0\u200b\ufeffa1("), st.characters()))
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# What spreadsheets skip at the start of a cell, and some more than they do.
SKIPPED = ' \t\r\n"\u00a0\u200b\ufeff\x00\x0b\x0c'


def cells(content: bytes, divider: str) -> list[str]:
    """Return every cell of a CSV file as a program sees it that divides by ``divider``."""
    text = content.decode("utf-8-sig").replace("\0", " ")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider) for cell in row]


def lines(content: bytes, divider: str) -> list[str]:
    """Return the cells as a program sees them that knows nothing of quotation marks."""
    text = content.decode("utf-8-sig")
    return [cell for line in text.splitlines() for cell in line.split(divider)]


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
@example([["x;=1+1;y", "-Smith"]])
@example([["a\n=1+1", "b"]])
@example([['";=1', "'=1"]])
def test_nothing_is_a_formula_whatever_divides_the_cells(table: list[list[str]]) -> None:
    content = written(["Name"], table)
    for divider in ",;|\t":
        alive = [cell for cell in cells(content, divider) if cell.lstrip(SKIPPED).startswith(FORMULA)]
        assert alive == [], divider
    for divider in ";|\t":
        alive = [cell for cell in lines(content, divider) if cell.lstrip(SKIPPED).startswith(FORMULA)]
        assert alive == [], divider


@given(TEXTS)
@example("'-Smith")
@example("''=1;'=2")
def test_every_text_can_be_had_back(text: str) -> None:
    assert restored(shielded(text)) == text


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_file_gives_back_every_cell(table: list[list[str]]) -> None:
    # A line end may be read as another one, and half a character isn't written.
    table = [[re.sub("[\r\0\ud800-\udfff]", "", cell) for cell in row] for row in table]
    read = list(csv.reader(io.StringIO(written(["a"], table).decode("utf-8-sig"), newline="")))
    assert [[restored(cell) for cell in row] for row in read[1:]] == table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-Smith", "'-Smith"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("\t =1", "\t '=1"),
        ('"=1', "\"'=1"),
        ("a; =1", "a; '=1"),
        ("Done:\n- trained", "Done:\n'- trained"),
        ("＝1", "'＝1"),
        ("Smith-Jones", "Smith-Jones"),
        ("St Mary's", "St Mary's"),
        ("kit@northmoor.example", "kit@northmoor.example"),
        ("'quoted'", "'quoted'"),
        ("10, -5", "10, -5"),
        ("", ""),
    ],
)
def test_only_what_could_come_alive_is_changed(text: str, shown: str) -> None:
    assert shielded(text) == shown


def test_numbers_are_numbers_and_nothing_is_nothing() -> None:
    assert written(["a", "b", "c"], [(-5, None, 1.5)]) == b'\xef\xbb\xbf"a","b","c"\r\n"-5","","1.5"\r\n'


def test_half_a_character_costs_no_file() -> None:
    assert written(["a\ud800"], []) == b'\xef\xbb\xbf"a?"\r\n'


def test_a_name_that_went_through_our_list_comes_back_into_a_register(tmp_path) -> None:
    names = ["-Smith & Co", "=1+1", "'-x", "St Mary's", "@home; -2"]
    (tmp_path / "r.csv").write_bytes(written(["name"], [[name] for name in names]))
    assert [row.cells[0] for row in rows(tmp_path / "r.csv")] == ["name", *names]
