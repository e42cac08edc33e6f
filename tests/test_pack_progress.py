"""Progress of schools whose audit came in a pack: a workbook for each, laid over its part alone."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from auditkit.collate import collate
from auditkit.earlier import position
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.issue_progress import generate_progress
from auditkit.workbook.layout import COVER, PROGRESS, SO_FAR
from auditkit.workbook.log import read_log
from tests.filling import fill
from tests.packs import ALONE, SCHOOLS, TRUST, fill_pack, pack_round, read_here
from tests.rounds import workbook_of

AS_AT = dt.date(2027, 6, 1)
TODAY = dt.date(2027, 3, 1)
HEAD, OTHER = SCHOOLS[:2]
RED = {
    (who, "GOV", question, field): value
    for who, question in ((HEAD, "GOV-1"), (OTHER, "GOV-1"), ("", "GOV-2"))
    for field, value in (
        ("rating", "■ Red"),
        ("action", "Name somebody."),
        ("due", dt.datetime(2026, 12, 31)),
    )
}


def collated(round_):
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1)


def ratings(result):
    found = rows(result.tables.answers, "recipient_id", "question_id", "field_id", "value", "file")
    return {
        (who, q): (value, file)
        for who, q, field, value, file in found
        if field == "rating" and q[:3] == "GOV"
    }


@pytest.fixture
def round_(tmp_path, monkeypatch):
    read_here(monkeypatch)
    round_ = pack_round(tmp_path / "round")
    fill_pack(round_, RED, "pack.xlsx")
    collated(round_)
    return round_


def follow(round_, **how):
    return generate_progress(round_, position(round_), today=TODAY, **how)


def test_each_school_of_a_pack_gets_a_progress_workbook_of_its_own(round_):
    outcomes = follow(round_)
    assert Counter(outcomes.by_recipient.values()) == {"issued": 12, "no return": 1}
    assert outcomes.by_recipient[ALONE] == "no return"
    log = {entry.recipient_id: entry for entry in read_log(round_) if entry.kind}
    assert set(log) == set(SCHOOLS)
    assert {entry.members for entry in log.values()} == {()}
    # Whoever the audit was sent to for them is whom they are reached by.
    assert {entry.email for entry in log.values()} == {"office@harbour.example"}
    assert set(follow(round_).by_recipient.values()) == {"kept", "no return"}
    # The pack stays what it was, and nobody has a workbook of the audit of its own.
    assert generate(round_, today=TODAY).by_recipient == {
        **dict.fromkeys(SCHOOLS, "in a pack"),
        ALONE: "kept",
        TRUST: "kept",
    }


def test_what_a_school_says_is_laid_over_its_own_part_alone(round_):
    follow(round_, only=[HEAD])
    form = position(round_).form(next(r for r in round_.recipients if r.id == HEAD))
    said = {
        (COVER, "author", "answer"): "Robin Achebe",
        (PROGRESS + "GOV", "GOV-1", "rating"): "● Green",
        (PROGRESS + "GOV", "GOV-2", "rating"): "▲ Amber",
    }
    fill(round_, HEAD, said, "progress.xlsx", 3600, layout_for(form, SO_FAR))
    result = collated(round_)
    found = ratings(result)
    assert found[HEAD, "GOV-1"] == ("● Green", "progress.xlsx")
    assert found[HEAD, "GOV-2"] == ("▲ Amber", "progress.xlsx")
    assert found[OTHER, "GOV-1"] == ("■ Red", f"pack.xlsx/{OTHER}")
    # What was answered for all of them is each one's own from now on.
    assert found[OTHER, "GOV-2"] == ("■ Red", f"pack.xlsx/{OTHER}")
    assert result.counts.progress == 1


def test_a_workbook_of_the_audit_can_still_be_issued_to_one_who_told_of_progress(round_):
    follow(round_)
    assert generate(round_, single=[HEAD], today=TODAY).by_recipient[HEAD] == "issued"
    assert [(e.issue, e.kind) for e in read_log(round_) if e.recipient_id == HEAD] == [
        (1, "progress"),
        (2, ""),
    ]
    assert workbook_of(round_, HEAD).is_file()
