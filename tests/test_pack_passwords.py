"""Locked workbooks of packs and of who is in them, also once a pack is dissolved or a school has moved."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections import Counter

import pytest

from auditkit.collate import collate
from auditkit.encryption import encrypted
from auditkit.returns.intake import encrypted as locked
from auditkit.round import load
from auditkit.tables import rows
from auditkit.workbook.issue import generate
from tests.filling import fill
from tests.packs import SCHOOLS, TRUST, everything, fill_pack, pack_round, read_here
from tests.rounds import ISSUED, workbook_of

FIRST, SECOND = SCHOOLS[:2]
# As many passwords are tried on a file here: fewer than anybody in the register has.
TRIED = 4


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    return pack_round(tmp_path_factory.mktemp("packs") / "round").folder


@pytest.fixture
def round_(issued, tmp_path, monkeypatch):
    read_here(monkeypatch)
    monkeypatch.setattr(locked, "ALL_SPINS", TRIED * locked.USUAL_SPINS)
    return load(shutil.copytree(issued, tmp_path / "round"))


def register(round_, trust="Harbour Learning Trust", **changes):
    """Give everybody in the register a password, and the schools of the trust another trust, if at all."""
    path = round_.folder / "register.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    # Others stand first, whose passwords are as likely as those of anybody whom the file's name doesn't name.
    others = [dict.fromkeys(lines[0], "") | {"id": f"2000{n}", "name": f"Setting {n}"} for n in range(9)]
    target = io.StringIO()
    writer = csv.DictWriter(target, [*lines[0], "open_password", "trust_open_password"])
    writer.writeheader()
    for row in (*others, *lines):
        shared = "the-trusts-word" if row["id"] == FIRST else ""
        moved = {"trust": changes.get(row["id"], trust)} if row["trust"] else {}
        group = {"group": row["group"] or "Police"}
        words = {"open_password": f"own-word-{row['id']}", "trust_open_password": shared}
        writer.writerow(row | moved | group | words)
    path.write_text(target.getvalue(), encoding="utf-8")
    return load(round_.folder)


def lock(path, password):
    path.write_bytes(encrypted(path.read_bytes(), password))


def outcomes(round_):
    result = collate(round_, round_.returns, as_at=dt.date(2026, 12, 1), jobs=1)
    return dict(rows(result.tables.returns, "file", "outcome"))


@pytest.mark.parametrize("trust", ["Harbour Learning Trust", ""])
@pytest.mark.parametrize("password", ["the-trusts-word", f"own-word-{FIRST}"])
def test_a_pack_opens_with_its_own_password_and_that_of_a_member_also_once_it_is_dissolved(
    round_, trust, password
):
    path = fill_pack(round_, everything(round_, 1), workbook_of(round_, TRUST).name)
    lock(path, password)
    now = register(round_, trust)
    assert bool(now.packs) is bool(trust)
    assert Counter(outcomes(now).values()) == {"accepted": 12}


@pytest.mark.parametrize("trust", ["Harbour Learning Trust", ""])
def test_a_members_own_workbook_opens_with_the_password_of_the_pack_that_it_is_or_was_in(round_, trust):
    generate(round_, single=[SECOND], today=ISSUED)
    name = f"{SECOND}.xlsx"
    path = fill(round_, SECOND, {("GOV", "GOV-1", "evidence"): "Ours."}, name)
    lock(path, "the-trusts-word")
    assert outcomes(register(round_, trust)) == {name: "accepted"}


def test_who_moved_to_another_trust_still_opens_with_the_password_of_the_first(round_):
    generate(round_, single=[SECOND], today=ISSUED)
    name = f"{SECOND}.xlsx"
    path = fill(round_, SECOND, {("GOV", "GOV-1", "evidence"): "Ours."}, name)
    lock(path, "the-trusts-word")
    assert outcomes(register(round_, **{SECOND: "Fell Trust"})) == {name: "accepted"}


def test_nobody_elses_file_opens_with_it_sooner(round_):
    path = fill(round_, "100099", {("GOV", "GOV-1", "evidence"): "Ours."}, "100099.xlsx")
    lock(path, f"own-word-{SECOND}")
    assert outcomes(register(round_)) == {"100099.xlsx": "rejected"}
