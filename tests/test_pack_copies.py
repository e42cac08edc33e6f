"""Several returns of who is in a pack: their own workbooks, and copies of the pack that schools filled in."""

from __future__ import annotations

import datetime as dt
import shutil
from collections import Counter

import pytest

from auditkit.collate import collate
from auditkit.round import load
from auditkit.tables import rows
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import ANSWER, COVER
from tests.filling import fill
from tests.packs import SCHOOLS, everything, fill_pack, of_one, pack_round, read_here
from tests.rounds import ISSUED

AS_AT = dt.date(2026, 12, 1)
HEAD = SCHOOLS[0]
SHARED = {
    ("", "GOV", "GOV-2", "evidence"): "The trust's, for all of them.",
    ("", "GOV", "GOV-2", "rating"): "● Green",
}


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    return pack_round(tmp_path_factory.mktemp("packs") / "round").folder


@pytest.fixture
def round_(issued, tmp_path, monkeypatch):
    read_here(monkeypatch)
    round_ = load(shutil.copytree(issued, tmp_path / "round"))
    generate(round_, single=[HEAD], today=ISSUED)
    return round_


def collated(round_):
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1)


def files(result):
    return dict(rows(result.tables.returns, "file", "outcome"))


def answers(result, school=HEAD):
    found = rows(result.tables.answers, "recipient_id", "question_id", "field", "value", "file")
    return {(question, field): (value, file) for who, question, field, value, file in found if who == school}


def codes(result, school=HEAD):
    found = rows(result.tables.findings, "recipient_id", "code", "question")
    return {(code, question or "") for who, code, question in found if who == school}


OWN = {
    ("GOV", "GOV-1", "rating"): "● Green",
    ("GOV", "GOV-1", "evidence"): "Ours, as the minutes of March show.",
    (COVER, "author", ANSWER): "Priya Lund",
}


@pytest.mark.parametrize("policy", ["latest", "most complete", "merge by section"])
def test_a_later_pack_with_only_shared_answers_completes_a_schools_own_return(round_, policy):
    settings = round_.folder / "round.yaml"
    settings.write_text(
        f"{settings.read_text(encoding='utf-8')}several_returns: {policy}\n", encoding="utf-8"
    )
    fill(round_, HEAD, OWN, "own.xlsx", time=0)
    fill_pack(round_, SHARED, "pack.xlsx", time=3600)
    result = collated(load(round_.folder))
    part = f"pack.xlsx/{HEAD}"
    assert (files(result)["own.xlsx"], files(result)[part]) == ("accepted", "superseded")
    assert Counter(files(result).values()) == {"accepted": 12, "superseded": 1}
    assert answers(result) == {
        ("GOV-1", "Rating"): ("● Green", "own.xlsx"),
        ("GOV-1", "Evidence"): ("Ours, as the minutes of March show.", "own.xlsx"),
        ("GOV-2", "Rating"): ("● Green", part),
        ("GOV-2", "Evidence"): ("The trust's, for all of them.", part),
    }
    said = codes(result)
    assert {("completed-from-pack", ""), ("pack-shared-only", "")} <= said
    assert not {code for code, _ in said} & {"earlier-is-fuller", "order-uncertain", "merge-conflict"}
    unanswered = rows(result.tables.findings, "recipient_id", "code", "what")
    (told,) = (what for who, code, what in unanswered if (who, code) == (HEAD, "unanswered"))
    assert "GOV-2" not in told
    assert "GOV-3" in told


def test_where_the_pack_says_something_else_than_the_school_there_is_a_query(round_):
    own = {("GOV", "GOV-2", "rating"): "■ Red", ("GOV", "GOV-1", "rating"): "● Green"}
    fill(round_, HEAD, own, "own.xlsx", time=0)
    fill_pack(round_, SHARED, "pack.xlsx", time=3600)
    result = collated(round_)
    assert answers(result)["GOV-2", "Rating"] == ("■ Red", "own.xlsx")
    assert ("GOV-2", "Evidence") not in answers(result)
    # Nothing that the trust typed is out of sight: each has its query.
    assert {("merge-conflict", "GOV-2"), ("merge-left-out", "GOV-2")} <= codes(result)
    assert ("completed-from-pack", "") not in codes(result)


def test_a_pack_that_leaves_a_school_blank_takes_nothing_from_it_and_asks_for_no_decision(round_):
    fill(round_, HEAD, OWN, "own.xlsx", time=0)
    other = (SCHOOLS[1], "GOV", "GOV-1", "evidence")
    fill_pack(round_, {other: "Only ours."}, "pack.xlsx", time=3600)
    outcomes = files(collated(round_))
    assert (outcomes["own.xlsx"], outcomes[f"pack.xlsx/{HEAD}"]) == ("accepted", "superseded")
    assert outcomes[f"pack.xlsx/{SCHOOLS[1]}"] == "accepted"
    # The other ten have nothing else: whether that was the wrong copy, the officer says.
    assert Counter(outcomes.values()) == {"accepted": 2, "superseded": 1, "held": 10}


def test_a_nil_return_of_its_own_in_a_pack_is_a_return(round_):
    audit = round_.folder / "audit.yaml"
    text = audit.read_text(encoding="utf-8")
    audit.write_text(text.replace("id: nil_return,", "id: nil_return, each: true,"), encoding="utf-8")
    round_ = load(round_.folder)
    generate(round_, again_outdated=True, today=ISSUED)
    fill(round_, HEAD, OWN, "own.xlsx", time=0)
    fill_pack(round_, {(HEAD, COVER, "nil_return", ANSWER): "Yes", **SHARED}, "pack.xlsx", time=3600)
    outcomes = files(collated(round_))
    assert (outcomes["own.xlsx"], outcomes[f"pack.xlsx/{HEAD}"]) == ("superseded", "accepted")


def test_schools_that_fill_in_copies_of_the_pack_lose_nothing(round_):
    """Each filled in only its own rows of its own copy: all of them count, in whatever order they come."""
    typed = everything(round_, 12)
    for n, school in enumerate(SCHOOLS):
        mine = {key: value for key, value in typed.items() if key[0] in ("", school)}
        fill_pack(round_, mine, f"{n}.xlsx", time=3600 * ((n * 5) % 12))
    result = collated(round_)
    accepted = {file for file, outcome in files(result).items() if outcome == "accepted"}
    assert accepted == {f"{n}.xlsx/{school}" for n, school in enumerate(SCHOOLS)}
    for school in SCHOOLS:
        asked = {key for key in of_one(typed, school, round_) if key[0] != COVER}
        assert len(answers(result, school)) == len(asked)
    assert "merge-conflict" not in {code for school in SCHOOLS for code, _ in codes(result, school)}
