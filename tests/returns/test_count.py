from __future__ import annotations

from dataclasses import replace

from auditkit.decisions import Decision
from auditkit.returns import reader as reader_module
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.count import answer_cells, count, differences
from auditkit.returns.extract import Extracted, extract
from auditkit.returns.findings import said
from auditkit.returns.model import Count
from auditkit.returns.sheets import marks
from auditkit.workbook.layout import COVER
from tests.returns.filled import (
    AUDIT,
    COMPLETE,
    GREEN,
    KEY,
    RECIPIENTS,
    ROUND,
    as_sheets,
    codes,
    grids,
    layout_of,
    values,
)


def leaky(monkeypatch) -> None:
    """Let extraction lose the first answer to a question, as a fault of ours might."""
    extract = reader_module.extract

    def lossy(*given) -> Extracted:
        found = extract(*given)
        lost = next(a for a in found.answers if a.block != COVER)
        return replace(found, answers=tuple(a for a in found.answers if a is not lost))

    monkeypatch.setattr(reader_module, "extract", lossy)


def test_counts_of_the_same_cells_are_equal_in_any_order() -> None:
    places = [("A", "B1"), ("A", "C1"), ("B", "B1")]
    assert count(places) == count(reversed(places))
    assert count(places) != count([*places[:2], ("B", "B2")])
    assert count(places) - count(places[:1]) + count(places[:1]) == count(places)
    assert count([]) == Count()


def test_every_accepted_return_is_counted(put, collate) -> None:
    put("a.xlsx", grids(COMPLETE))
    (one,) = collate()
    assert one.counted == count((a.sheet, a.cell) for a in one.answers)
    assert one.counted.cells == len(COMPLETE)


def test_a_return_that_was_not_read_whole_is_held_and_says_which_cells(put, collate, monkeypatch) -> None:
    put("a.xlsx", grids(COMPLETE))
    leaky(monkeypatch)
    (one,) = collate()
    assert (one.outcome, codes(one)) == ("held", ["count-differs"])
    (finding,) = one.findings
    assert (finding.sheet, finding.cell) == ("1 Governance", "C6")
    assert "7 counted but 6 read" in said(finding).happened
    assert "1 Governance C6" in said(finding).happened


def test_many_cells_are_counted_and_not_all_named(put, collate, monkeypatch) -> None:
    answers = {("NUM", "NUM-1", "words"): "x", ("NUM", "NUM-2", "words"): "y", **COMPLETE}
    texts = {("GOV", f"GOV-{n}", key): "text" for n in (1, 2) for key in ("evidence", "action")}
    put("a.xlsx", grids({**answers, **texts}))
    monkeypatch.setattr(reader_module, "extract", lambda *_: Extracted((), (), frozenset(), frozenset()))
    monkeypatch.setattr("auditkit.returns.count.NAMED", 5)
    (one,) = collate()
    assert "8 more" in said(next(f for f in one.findings if f.code == "count-differs")).happened


def test_the_officer_may_accept_what_was_read(put, tmp_path, monkeypatch) -> None:
    path = put("a.xlsx", grids({**COMPLETE, ("GOV", "GOV-1", "evidence"): "Minutes"}))
    leaky(monkeypatch)
    digest = read_returns(path.parent, Basis(AUDIT, RECIPIENTS, ROUND, KEY), isolated=False)[0].sha256
    decision = Decision(1, "accept", "Kit", "2026-11-24T09:00:00+00:00", sha256=digest, recipient_id="H1")
    (one,) = read_returns(
        path.parent, Basis(AUDIT, RECIPIENTS, ROUND, KEY, decisions={digest: decision}), isolated=False
    )
    assert one.outcome == "accepted"
    assert values(one)["GOV", "GOV-1", "evidence"] == "Minutes"
    assert one.counted == count((a.sheet, a.cell) for a in one.answers)


def test_two_sheets_of_one_name_are_two() -> None:
    """Some programs write such files; a place in them is then named twice."""
    sheets = as_sheets(grids(COMPLETE))
    twice = (*sheets, *(sheet for sheet in sheets if sheet.name == "1 Governance"))
    marked = marks(tuple(replace(sheet) for sheet in twice))
    found = extract("a.xlsx", marked, layout_of())
    read = [place for a in found.answers for place in ((a.sheet, a.cell), *a.also)]
    assert differences("a.xlsx", answer_cells(marked, layout_of()), read) == ()
    assert count(answer_cells(marked, layout_of())).cells == len(COMPLETE) + 2


def test_a_row_that_was_copied_counts_once(put, collate) -> None:
    cells = grids(COMPLETE)
    cells["1 Governance"].append(list(cells["1 Governance"][5]))
    put("a.xlsx", cells)
    (one,) = collate()
    assert (one.outcome, one.counted.cells) == ("accepted", len(COMPLETE))
    assert values(one)["GOV", "GOV-1", "rating"] == GREEN
