from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.register import Recipient
from auditkit.returns import reader as reader_module
from auditkit.returns import returned as returned_module
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said
from auditkit.returns.reader import reader_for
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import COVER, Layout
from tests.returns.filled import (
    AUDIT,
    COMPLETE,
    GREEN,
    KEY,
    POLICE,
    RECIPIENTS,
    ROUND,
    codes,
    grids,
    identity_of,
    saved,
    values,
)


def test_every_file_has_an_outcome_and_none_stops_the_run(put, tmp_path) -> None:
    put("late/health.xlsx", grids(COMPLETE))
    put("health.pdf", b"%PDF-1.7")
    put("copied.xlsx", {"Sheet1": [["nothing"]]})
    put("~$health.xlsx", b"lock")
    put("empty.xlsx", b"")
    done = []
    found = read_returns(
        tmp_path / "returns",
        Basis(AUDIT, RECIPIENTS, ROUND, KEY),
        on_file=lambda so_far: done.append((so_far.done, so_far.found)),
    )
    assert [(r.file, r.outcome) for r in found] == [
        ("copied.xlsx", "held"),
        ("empty.xlsx", "rejected"),
        ("health.pdf", "held"),
        ("late/health.xlsx", "accepted"),
        ("~$health.xlsx", "passed over"),
    ]
    assert done == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    content = (tmp_path / "returns/late/health.xlsx").read_bytes()
    assert found[3].sha256 == hashlib.sha256(content).hexdigest()
    assert values(found[3]) == COMPLETE
    assert found[3].saved is None
    assert found[3].received is not None
    assert found[3].received.utcoffset() is not None


def test_nothing_in_the_folder_is_changed(put, collate) -> None:
    path = put("a.xlsx", grids(COMPLETE), time=1_700_000_000)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    collate()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_each_recipient_is_read_by_what_applies_to_them(put, collate) -> None:
    answers = {**COMPLETE, ("POL", "POL-1", "mark"): 80}
    put("p.xlsx", grids(answers, POLICE))
    put("h.xlsx", grids(COMPLETE))
    health, police = collate()
    assert (health.recipient_id, police.recipient_id) == ("H1", "P1")
    assert values(police) == answers
    assert codes(police) == [] == codes(health)


def test_a_held_return_waits_for_one_decision_only(put, collate) -> None:
    put("a.xlsx", grids({("GOV", "GOV-1", "rating"): "nonsense"}, identity=identity_of().signed(b"x")))
    (one,) = collate()
    assert codes(one) == ["identity-altered"]
    assert one.answers[0].typed == "nonsense"


def test_a_workbook_that_another_recipient_filled_in_counts_with_a_query(put, collate) -> None:
    put("Copy of Police return.xlsx", grids(COMPLETE))
    (one,) = collate()
    assert (one.outcome, one.recipient_id, codes(one)) == ("accepted", "H1", ["another-recipient"])
    words = said(one.findings[0])
    assert "made for H1" in words.happened
    assert "by its file name it comes from P1 Police" in words.happened


def test_a_later_return_replaces_an_earlier_one_by_the_files_own_time(put, collate) -> None:
    put("b.xlsx", grids(COMPLETE), time=1_700_000_000)
    put("a.xlsx", grids({**COMPLETE, (COVER, "author", "answer"): "New"}), time=1_700_000_100)
    assert [r.outcome for r in collate()] == ["accepted", "superseded"]


def test_a_fault_of_ours_costs_one_file_its_outcome_only(put, collate, monkeypatch) -> None:
    put("a.xlsx", grids(COMPLETE))
    put("b.xlsx", grids({**COMPLETE, ("GOV", "GOV-1", "rating"): None}))
    own = returned_module.validate

    def faulty(file, *rest):
        if file == "b.xlsx":
            raise ZeroDivisionError("ours")
        return own(file, *rest)

    monkeypatch.setattr(returned_module, "validate", faulty)
    good, bad = collate()
    assert (good.outcome, bad.outcome, codes(bad)) == ("accepted", "rejected", ["not-read"])
    assert bad.sha256
    assert "ZeroDivisionError: ours" in said(bad.findings[0]).happened


def test_no_folder_is_an_error_in_plain_words(tmp_path) -> None:
    with pytest.raises(AuditkitError, match="is not a folder"):
        read_returns(tmp_path / "returns", Basis(AUDIT, RECIPIENTS, ROUND, KEY))


def test_recipients_who_are_asked_the_same_share_a_layout() -> None:
    again, other = Recipient("H2", "Another trust", "Health"), Recipient("F1", "Fire service", "Fire")
    reader = reader_for(Basis(AUDIT, (*RECIPIENTS, again, other), ROUND, KEY))
    assert reader.asked["H1"] is reader.asked["H2"]
    assert reader.asked["H1"].layout is reader.asked["F1"].layout
    assert reader.asked["P1"].layout.digest != reader.asked["H1"].layout.digest


def test_reading_a_large_round_is_got_ready_once_for_each_way_of_asking(monkeypatch) -> None:
    made = []

    def counted(audit: Audit) -> Layout:
        made.append(audit)
        return layout_for(audit)

    monkeypatch.setattr(reader_module, "layout_for", counted)
    many = tuple(Recipient(f"H{n}", f"Trust {n}", "Health") for n in range(2, 100))
    issued = {(one.id, 1, "x"): AUDIT for one in many}
    reader = reader_for(Basis(AUDIT, (*RECIPIENTS, *many), ROUND, KEY, issued=issued))
    # Health, the police, the whole audit, and the one edition that was issued.
    assert len(made) == 4
    for one in (*RECIPIENTS, *many):
        assert reader.asked[one.id].audit == AUDIT.for_recipient(one.row())


def test_a_worker_process_loads_no_more_than_reading_needs() -> None:
    code = (
        "import sys, auditkit.returns.collate, auditkit.decisions, auditkit.register\n"
        "from auditkit.returns.words import shipped; shipped()\n"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = {
        "pandas",
        "numpy",
        "pyarrow",
        "openpyxl",
        "xlsxwriter",
        "pydantic",
        "ruamel.yaml",
        "rich",
        "click",
    }
    assert "python_calamine" in loaded
    assert not heavy & set(loaded)


def test_every_finding_of_a_bad_return_can_be_said(put, collate) -> None:
    cells = grids(
        {
            ("GOV", "GOV-1", "rating"): "x",
            ("GOV", "GOV-2", "rating"): GREEN,
            ("NUM", "NUM-1", "count"): "many",
        }
    )
    cells["1 Governance"].append(["GOV-3", None, GREEN])
    cells["Copy"] = cells["1 Governance"]
    put("a.xlsx", saved(cells))
    (one,) = collate()
    assert one.outcome == "accepted"
    for finding in one.findings:
        assert said(finding).happened
