"""A pack through a whole round: one workbook for a trust, and a return of each of its schools."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.decide import accept, exclude
from auditkit.errors import AuditkitError
from auditkit.heights import Text, row_height
from auditkit.rota import Place
from auditkit.round import load
from auditkit.tables import rows
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import ANSWER, COVER, FIRST_ROW, HEADER_ROW
from auditkit.workbook.log import read_log
from auditkit.workbook.pack import OF
from tests.filling import fill
from tests.packs import (
    ALONE,
    REGISTER,
    SCHOOLS,
    SETTINGS,
    TRUST,
    everything,
    fill_pack,
    of_one,
    pack_round,
    read_here,
)
from tests.rounds import ISSUED, workbook_of

AS_AT = dt.date(2026, 12, 1)
# The columns that say what is asked.
READ = {"Question and what good looks like", "Choosing a rating", "What to give", "Unit", "For when"}
# Where an answer came from, and what only a pack says.
SOURCE = {"file", "sheet", "cell", "what", "do", "contact", "email"}
COMPARED = (
    "recipients",
    "cover",
    "answers",
    "ratings",
    "results",
    "questions",
    "actions",
    "findings",
    "numbers",
)


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    return pack_round(tmp_path_factory.mktemp("packs") / "round").folder


@pytest.fixture
def round_(issued, tmp_path):
    return load(shutil.copytree(issued, tmp_path / "round"))


def collated(round_, **more):
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1, **more)


def files(result):
    return dict(rows(result.tables.returns, "file", "outcome"))


def without_source(table):
    columns = [c.name for c in table.schema.columns if c.name not in SOURCE]
    return sorted(map(repr, rows(table, *columns)))


def test_the_trust_gets_one_workbook_and_the_others_theirs(round_):
    log = {entry.recipient_id: entry for entry in read_log(round_)}
    assert set(log) == {TRUST, ALONE}
    assert log[TRUST].members == SCHOOLS
    assert (log[TRUST].email, log[TRUST].group) == ("office@harbour.example", "trust of 12")
    outcomes = generate(round_, today=ISSUED).by_recipient
    assert Counter(outcomes.values()) == {"kept": 2, "in a pack": 12}


def test_a_pack_of_twelve_is_twelve_returns_equal_to_twelve_workbooks(round_, tmp_path):
    typed = everything(round_, 1)
    fill_pack(round_, typed, "pack.xlsx")
    apart = pack_round(tmp_path / "apart", SETTINGS)
    for school in SCHOOLS:
        fill(apart, school, of_one(typed, school, apart), f"{school}.xlsx")
    together, single = collated(round_), collated(apart)
    assert together.counts.accepted == single.counts.accepted == 12
    assert files(together) == {f"pack.xlsx/{school}": "accepted" for school in SCHOOLS}
    assert together.counts.answers == single.counts.answers > 12 * 15
    for name in COMPARED:
        assert without_source(getattr(together.tables, name)) == without_source(
            getattr(single.tables, name)
        ), name


def test_a_filter_that_shows_one_school_leaves_all_that_its_questions_say(round_):
    sheets = openpyxl.load_workbook(workbook_of(round_, TRUST))
    rows_of = {}
    for sheet in (sheets["1 Leadership"], sheets["3 Pupils"]):
        headers = [cell.value for cell in sheet[HEADER_ROW + 1]]
        whom = headers.index("For whom")
        for row in sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=sheet.max_row):
            question = str(row[0].value).partition(OF)[0]
            said = tuple(cell.value for header, cell in zip(headers, row, strict=False) if header in READ)
            rows_of.setdefault(question, {})[row[whom].value] = (
                said,
                sheet.row_dimensions[row[0].row].height,
            )
    assert {"GOV-1", "ROLL-2"} <= rows_of.keys()
    lead = rows_of["GOV-1"]["Wexley School 12"][0]
    assert lead[0] == "A senior person leads.\nGood looks like: Named, trained and known."
    assert lead[1] == "● Green: All of it.\n■ Red: None of it."
    for alike in rows_of.values():
        assert len({said for said, _ in alike.values()}) == 1
    # What a row says is seen without making it taller.
    tall = [height for _, height in rows_of["GOV-1"].values()]
    assert min(tall) >= row_height((Text(lead[0], 60, 10),))


def test_every_answer_says_where_it_was_typed(round_):
    school, other = SCHOOLS[4], SCHOOLS[5]
    fill_pack(
        round_,
        {
            (school, "GOV", "GOV-1", "evidence"): "Ours, as the minutes of March show.",
            ("", "GOV", "GOV-2", "evidence"): "The trust's, for all of them.",
            (school, COVER, "signoff_name", ANSWER): "Priya Lund",
        },
        "pack.xlsx",
    )
    found = {
        (who, question): (file, cell, value)
        for who, question, file, cell, value in rows(
            collated(round_).tables.answers, "recipient_id", "question_id", "file", "cell", "value"
        )
    }
    assert found[school, "GOV-1"][0] == f"pack.xlsx/{school}"
    assert (other, "GOV-1") not in found
    assert found[school, "GOV-2"][1:] == found[other, "GOV-2"][1:]


def test_a_later_return_of_its_own_takes_the_place_of_a_schools_part(round_):
    school = SCHOOLS[0]
    generate(round_, single=[school], today=ISSUED)
    assert workbook_of(round_, school).is_file()
    assert {entry.recipient_id: entry.email for entry in read_log(round_)}[school] == "office@harbour.example"
    fill_pack(round_, everything(round_, 3), "pack.xlsx", time=0)
    fill(round_, school, {("GOV", "GOV-1", "evidence"): "Later, and our own."}, "own.xlsx", time=3600)
    outcomes = files(collated(round_))
    assert outcomes["own.xlsx"] == "accepted"
    assert outcomes[f"pack.xlsx/{school}"] == "superseded"
    assert Counter(outcomes.values()) == {"accepted": 12, "superseded": 1}
    # Kept from now on, as any workbook that was issued.
    assert generate(round_, today=ISSUED).by_recipient[school] == "kept"


def test_a_copy_of_the_pack_counts_once(round_):
    path = fill_pack(round_, everything(round_, 4), "pack.xlsx")
    (round_.returns / "again").mkdir()
    shutil.copy2(path, round_.returns / "again" / "pack.xlsx")
    assert Counter(files(collated(round_)).values()) == {"accepted": 12, "superseded": 12}


def test_a_blank_pack_is_one_file_to_decide_on(round_, monkeypatch):
    read_here(monkeypatch)
    fill_pack(round_, {}, "pack.xlsx")
    result = collated(round_)
    assert files(result) == {"pack.xlsx": "held"}
    decided = accept(round_, round_.returns, "pack.xlsx", TRUST, jobs=1)
    assert decided.is_blank
    assert Counter(files(collated(round_)).values()) == {"accepted": 12}


def altered(round_, workbook):
    """Let a workbook say that it belongs to somebody else, without a signature for that."""
    import openpyxl

    book = openpyxl.load_workbook(workbook)
    sheet = book["_auditkit"]
    for row in sheet.iter_rows():
        if row[0].value == "signature":
            row[1].value = "0" * 64
    copy = round_.folder / "altered.xlsx"
    book.save(copy)
    return copy


def test_a_pack_that_was_tampered_with_is_held_and_accepted_as_a_whole(round_, monkeypatch):
    read_here(monkeypatch)
    fill_pack(
        round_, everything(round_, 5), "pack.xlsx", workbook=altered(round_, workbook_of(round_, TRUST))
    )
    (held,) = rows(collated(round_).tables.returns, "file", "outcome", "recipient_id")
    assert held == ("pack.xlsx", "held", TRUST)
    with pytest.raises(AuditkitError, match="is a pack, with answers of several"):
        accept(round_, round_.returns, "pack.xlsx", SCHOOLS[0], jobs=1)
    decided = accept(round_, round_.returns, "pack.xlsx", TRUST, jobs=1)
    assert decided.against == ("Identity doesn't verify",)
    assert decided.copies == ()
    assert Counter(files(collated(round_)).values()) == {"accepted": 12}
    with pytest.raises(AuditkitError, match="already accepted"):
        accept(round_, round_.returns, "pack.xlsx", TRUST, jobs=1)
    exclude(round_, round_.returns, f"pack.xlsx/{SCHOOLS[3]}", why="the trust withdrew it", jobs=1)
    assert set(files(collated(round_)).values()) == {"passed over"}


def test_a_school_that_was_left_blank_in_a_pack_can_be_accepted_by_the_files_name(round_):
    blank = {"": 1, SCHOOLS[5]: 1}
    typed = {k: v for k, v in everything(round_, 2).items() if k[0] not in blank}
    fill_pack(round_, typed, "pack.xlsx")
    before = files(collated(round_))
    assert before.pop(f"pack.xlsx/{SCHOOLS[5]}") == "held"
    assert set(before.values()) == {"accepted"}
    decided = accept(round_, round_.returns, "pack.xlsx", TRUST, jobs=1)
    assert (decided.is_blank, decided.against) == (False, ("Blank return",))
    assert set(files(collated(round_)).values()) == {"accepted"}


def test_whom_a_pack_goes_to_may_stand_with_a_school_that_isnt_asked(round_):
    places = {school: Place(n != 2, (), 1, 0) for n, school in enumerate(SCHOOLS)}
    (pack,) = replace(round_, places=places).packs
    assert set(pack.members) == {*SCHOOLS} - {SCHOOLS[2]}
    assert (pack.recipient.email, pack.recipient.contact) == ("office@harbour.example", "Ada Marsh")
    two = {school: Place(n == 2, (), 1, 0) for n, school in enumerate(SCHOOLS)}
    assert replace(round_, places=two).packs == ()


def test_a_workbook_of_one_school_is_never_everybodys(round_):
    fill(round_, ALONE, {("GOV", "GOV-2", "evidence"): "Only ours."}, "own.xlsx")
    with pytest.raises(AuditkitError, match="is no pack"):
        accept(round_, round_.returns, "own.xlsx", TRUST, jobs=1)


def test_a_pack_that_was_accepted_needs_no_decision(round_):
    fill_pack(round_, everything(round_, 6), "pack.xlsx")
    with pytest.raises(AuditkitError, match="there is nothing to decide"):
        accept(round_, round_.returns, "pack.xlsx", TRUST, jobs=1)


def test_a_pack_of_earlier_is_read_by_what_it_asked(round_, monkeypatch):
    """A school left the trust, one left the register, and a question was added since."""
    read_here(monkeypatch)
    path = fill_pack(round_, everything(round_, 7), "pack.xlsx")
    left, moved = SCHOOLS[1], SCHOOLS[2]
    kept = [line for line in REGISTER.splitlines() if not line.startswith(left)]
    kept = [line.replace("Harbour", "Fell") if line.startswith(moved) else line for line in kept]
    (round_.folder / "register.csv").write_text("\n".join(kept), encoding="utf-8")
    audit = (round_.folder / "audit.yaml").read_text(encoding="utf-8")
    new = "      - {id: GOV-4, text: Governors visit.}\n"
    audit = audit.replace("  - id: NUM\n", new + "  - id: NUM\n")
    (round_.folder / "audit.yaml").write_text(audit, encoding="utf-8")
    now = load(round_.folder)
    result = collated(now)
    outcomes = files(result)
    assert outcomes.pop(f"pack.xlsx/{left}") == "passed over"
    assert set(outcomes.values()) == {"accepted"}
    assert f"pack.xlsx/{moved}" in outcomes
    codes = Counter(rows(result.tables.findings, "code", "severity"))
    assert codes["edition-lacks", "query"] == 11
    assert codes["pack-member-left", "query"] == 1
    assert path.is_file()
    # A pack with others in it is another workbook.
    assert generate(now, today=ISSUED).by_recipient[TRUST] == "outdated"


def test_only_what_is_asked_is_in_the_pack_and_what_a_school_is_not_asked_is_missing_there(round_):
    fill_pack(round_, everything(round_, 8), "pack.xlsx")
    asked = {
        who for who, q in rows(collated(round_).tables.answers, "recipient_id", "question_id") if q == "GOV-3"
    }
    assert asked
    assert asked <= {school for n, school in enumerate(SCHOOLS, start=1) if n % 2}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"again": [SCHOOLS[0]]}, "got no workbook, but a place in a pack"),
        ({"again": ["nobody"]}, "--again: the register has no recipient"),
        ({"single": [TRUST]}, "--single: the register has no recipient"),
    ],
)
def test_who_can_be_named(round_, options, said):
    with pytest.raises(AuditkitError, match=said):
        generate(round_, **options, today=ISSUED)


def test_files_are_counted_as_files_and_returns_as_returns(round_, monkeypatch):
    read_here(monkeypatch)
    fill_pack(round_, everything(round_, 3), "pack.xlsx")
    fill(round_, ALONE, {("GOV", "GOV-2", "evidence"): "Only ours."}, "own.xlsx")

    def run(*options):
        arguments = ["collate", str(round_.returns), "--round", str(round_.folder), "--jobs", "1", *options]
        return CliRunner().invoke(group, arguments).output

    said = run()
    assert "  2 files read as 13 returns, " in said
    assert "    13 accepted, 0 superseded, " in said
    # Also when nothing has changed.
    assert "  2 files read as 13 returns, " in run()
    figures = json.loads(run("--json"))
    assert (figures["files"], figures["returns"], figures["accepted"]) == (2, 13, 13)
    sheet = openpyxl.load_workbook(round_.master)["About"]
    about = [(label, said) for label, said, *_ in sheet.iter_rows(values_only=True)]
    assert ("Files", "2, read as 13 returns") in about
    assert any(str(said).startswith("13 = 13 accepted + 0 superseded") for _, said in about)


def test_chasing_names_the_trust(round_):
    fill(round_, ALONE, {("GOV", "GOV-2", "evidence"): "Only ours."}, "own.xlsx")
    reached = rows(collated(round_).tables.recipients, "recipient_id", "contact", "email", "issued")
    assert {row[1:] for row in reached if row[0] in SCHOOLS} == {
        ("Ada Marsh (Harbour Learning Trust)", "office@harbour.example", ISSUED)
    }


def test_paths_are_shown_as_those_of_archives_are(round_, tmp_path: Path):
    path = fill_pack(round_, everything(round_, 9), "pack.xlsx")
    shutil.make_archive(str(tmp_path / "all"), "zip", path.parent)
    path.unlink()
    shutil.move(tmp_path / "all.zip", round_.returns / "all.zip")
    assert files(collated(round_)) == {f"all.zip/pack.xlsx/{school}": "accepted" for school in SCHOOLS}
