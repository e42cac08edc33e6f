from __future__ import annotations

import csv
import io

import pytest

from tests.returns.filled import COMPLETE, codes, grids, values
from tests.returns.intake.opened import book, problem

ROWS = [
    ["Governance", "", ""],
    ["auditkit:GOV", "", "rating"],
    ["GOV-1", "Lead, or leads?", "Grün – „ja“\nzwei"],
]


def written(delimiter: str = ",", **options) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, **options).writerows(ROWS)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_is_read_whatever_wrote_it(encoding: str, delimiter: str) -> None:
    (sheet,) = book(written(delimiter).encode(encoding)).sheets
    assert sheet.rows == ROWS


def test_bytes_of_no_encoding_are_kept_as_far_as_they_go() -> None:
    (sheet,) = book(b"auditkit:GOV,\x81\x9d\xe9\n").sheets
    assert sheet.rows == [["auditkit:GOV", "\ufffd\ufffdé"]]


def test_quotes_that_do_not_match_are_damage() -> None:
    assert problem(b'auditkit:GOV,"x')[0] == "file-damaged"


def test_too_wide_a_row_is_refused() -> None:
    assert problem(b"auditkit:GOV" + b"," * 100, cells=50)[0] == "file-too-large"


def test_answers_of_an_exported_sheet_are_kept_and_held(put, collate) -> None:
    target = io.StringIO()
    csv.writer(target).writerows([[c or "" for c in row] for row in grids(COMPLETE)["1 Governance"]])
    put("Governance.csv", target.getvalue().encode("utf-8-sig"))
    (one,) = collate()
    assert (one.outcome, codes(one)) == ("held", ["identity-missing"])
    assert values(one)["GOV", "GOV-1", "rating"] == COMPLETE["GOV", "GOV-1", "rating"]
