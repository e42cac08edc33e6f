"""Parts of one workbook, sent apart: they are one return, whichever of several returns counts otherwise."""

from __future__ import annotations

import csv
import io

import pytest

from auditkit.decisions import Decision
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.supersede import are_parts
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, COMPLETE, GREEN, KEY, RECIPIENTS, RED, ROUND, codes, grids, values


def exported(rows: list[list]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return target.getvalue().encode()


def of_sheets(answers: dict, *names: str) -> dict:
    """Return a workbook with these sheets and its identity only."""
    cells = grids(answers)
    return {name: rows for name, rows in cells.items() if name in (*names, "Start here", "_auditkit")}


@pytest.mark.parametrize("policy", ["latest", "most complete", "merge by section"])
def test_sheets_saved_as_csv_one_by_one_are_one_return(put, tmp_path, policy: str) -> None:
    cells = grids(COMPLETE)
    for name in ("About you", "1 Governance", "2 Numbers", "3 Anything else"):
        put(f"{name}.csv", exported(cells[name]))
    folder = tmp_path / "returns"
    held = read_returns(folder, Basis(AUDIT, RECIPIENTS, ROUND, KEY), isolated=False)
    assert {one.outcome for one in held} == {"held"}
    decisions = {
        one.sha256: Decision(
            n, "accept", "Kit", "2026-11-24T09:00:00+00:00", sha256=one.sha256, recipient_id="H1"
        )
        for n, one in enumerate(held, start=1)
    }
    found = read_returns(
        folder, Basis(AUDIT, RECIPIENTS, ROUND, KEY, decisions=decisions), policy=policy, isolated=False
    )
    (whole,) = (one for one in found if one.outcome == "accepted")
    assert {key: str(typed) for key, typed in values(whole).items()} == {
        k: str(v) for k, v in COMPLETE.items()
    }
    assert "merged-by-section" in codes(whole)
    assert "missing-sheets" not in codes(whole)


def test_workbooks_cut_to_different_sheets_are_one_return(put, collate) -> None:
    put("a.xlsx", of_sheets(COMPLETE, "About you", "1 Governance"))
    put("b.xlsx", of_sheets(COMPLETE, "2 Numbers", "3 Anything else"))
    (whole,) = (one for one in collate() if one.outcome == "accepted")
    assert values(whole) == COMPLETE


def test_a_sheet_that_two_of_them_answer_makes_them_versions(put, collate) -> None:
    put("a.xlsx", of_sheets(COMPLETE, "About you", "1 Governance"), time=1_700_000_000)
    again = {**COMPLETE, ("GOV", "GOV-1", "rating"): RED}
    put("b.xlsx", of_sheets(again, "1 Governance", "2 Numbers"), time=1_700_000_100)
    (last,) = (one for one in collate() if one.outcome == "accepted")
    assert last.file == "b.xlsx"
    assert (COVER, "author", "answer") not in values(last)


def test_a_whole_workbook_is_no_part(put, collate) -> None:
    put("a.xlsx", grids({(COVER, "author", "answer"): "Jo", ("GOV", "GOV-1", "rating"): GREEN}))
    put("b.xlsx", grids({("NUM", "NUM-1", "count"): 3}))
    assert not are_parts(collate())
