"""An audit of cases, from the grid of who is on which case to whom has to be chased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import Collated, collate
from auditkit.register import read
from auditkit.round import Round, load
from auditkit.tables import rows
from auditkit.workbook.layout import COVER, LAST_SAID
from auditkit.workbook.pack import OF, layout_of, packs_of
from scripts.docs import TEMPLATES
from tests.filling import fill, stamp
from tests.packs import read_here
from tests.rounds import workbook_of

AS_AT = dt.date(2027, 1, 25)
# Six cases and seven agencies: one is on every case, one on a single one, one on none.
GRID = """\
Case,CSC,EH,POL,HV,HOS,EDU,HOU
C01,x,x,x,x,x,x,
C02,x,,x,,,,
C03,x,,,x,,x,
C04,x,x,x,,,x,
C05,x,,,,,,
C06,x,,x,x,,x,
"""
ON = {
    "CSC": ("C01", "C02", "C03", "C04", "C05", "C06"),
    "EH": ("C01", "C04"),
    "POL": ("C01", "C02", "C04", "C06"),
    "HV": ("C01", "C03", "C06"),
    "HOS": ("C01",),
    "EDU": ("C01", "C03", "C04", "C06"),
    "MEET": ("C01", "C02", "C03", "C04", "C05", "C06"),
}
# Who has sent what, and what of it isn't finished.
SENT = {"CSC": ("C01", "C02", "C05"), "POL": ("C01", "C02", "C04", "C06"), "HOS": ("C01",), "MEET": ("C05",)}
UNFINISHED = {"CSC": ("C02",)}
GOOD = "● Good"


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(group, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


def begun(folder: Path, grid: str = GRID, more: str = "") -> Round:
    """Begin a round of the ready-made audit as an officer does, its workbooks issued."""
    run("new", "case_audit", folder)
    with (folder / "round.yaml").open("a", encoding="utf-8") as settings:
        settings.write(more)
    (folder / "cases.csv").write_text(grid, encoding="utf-8")
    run("register", "cases", folder / "cases.csv", "--agencies", folder / "agencies.csv", "--round", folder)
    run("check", "--round", folder)
    run("generate", "--round", folder)
    return load(folder)


def said(
    round_: Round, recipient_id: str, part: float = 1, text: str = ""
) -> dict[tuple[str, str, str], Any]:
    """Return an answer to the first questions of a recipient: a grade, or a text with its id in it."""
    audit = round_.audit_for(next(r for r in round_.recipients if r.id == recipient_id))
    asked = list(audit.questions())
    found: dict[tuple[str, str, str], Any] = {(COVER, "author", "answer"): "Kit Marlowe"}
    for section, question in asked[: round(len(asked) * part)]:
        for field in audit.responses_of(section):
            if field.required:
                typed = text or f"What {recipient_id} says of {question.id}: seen in March 2026."
                value = {"rating": GOOD, "choice": "Good"}.get(field.kind, typed)
                found[section.id, question.id, field.id] = value
    return found


@pytest.fixture(scope="module", autouse=True)
def in_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        yield


@pytest.fixture(scope="module")
def round_(in_process: None, tmp_path_factory: pytest.TempPathFactory) -> Round:
    found = begun(tmp_path_factory.mktemp("cases") / "ca-2026")
    for agency, cases in SENT.items():
        for case in cases:
            part = 0.5 if case in UNFINISHED.get(agency, ()) else 1
            fill(found, f"{case}-{agency}", said(found, f"{case}-{agency}", part), f"{case}-{agency}.xlsx")
    return found


@pytest.fixture(scope="module")
def collated(round_: Round) -> Collated:
    return collate(round_, round_.returns, as_at=AS_AT)


def names(round_: Round) -> dict[str, str]:
    agencies = read(round_.folder / "agencies.csv")
    return {agency.name: agency.id for agency in agencies}


def sheet(collated: Collated, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(collated.master, data_only=True)
    return list(book[name].iter_rows(min_row=2, values_only=True))


def test_each_agency_is_asked_for_its_own_cases_and_no_other(round_: Round, collated: Collated) -> None:
    pairs = {f"{case}-{agency}" for agency, cases in ON.items() for case in cases}
    assert {path.stem.rpartition("(")[2].rstrip(")") for path in round_.workbooks.glob("*.xlsx")} == pairs
    counts = collated.counts
    sent = sum(map(len, SENT.values()))
    assert (counts.recipients, counts.returned, counts.partly) == (len(pairs), sent - 1, 1)
    assert counts.not_returned == len(pairs) - sent
    assert counts.closed == 0


def test_denominators_are_those_who_were_asked(round_: Round, collated: Collated) -> None:
    agencies = sum(len(cases) for agency, cases in ON.items() if agency != "MEET")
    asked = dict(rows(collated.tables.questions, "question_id", "asked"))
    assert asked["CW-1"] == asked["CI-1"] == agencies
    assert asked["MJ-1"] == len(ON["MEET"])
    for agency, cases, on in rows(collated.tables.agency_results, "agency", "cases", "asked"):
        assert cases == len(ON[names(round_)[agency]])
        assert on % cases == 0


def test_an_agency_is_chased_once_with_its_missing_cases_and_nobody_else_is(
    round_: Round, collated: Collated
) -> None:
    found = {names(round_)[row[0]]: row for row in sheet(collated, "Not returned")}
    missing = {
        agency: tuple(case for case in cases if case not in SENT.get(agency, ()))
        for agency, cases in ON.items()
    }
    assert set(found) == {agency for agency, cases in missing.items() if cases}
    for agency, row in found.items():
        assert tuple((row[4] or "").split(", ")) == missing[agency]
        assert (row[3], row[5]) == (len(ON[agency]), ", ".join(UNFINISHED.get(agency, ())) or None)
    assert len(sheet(collated, "Not returned")) == len(found)
    assert "C02: Ask for what is missing" in found["CSC"][6]
    assert found["EH"][6] == "Remind the contact."


def test_where_two_people_do_an_agencys_cases_each_is_chased_for_their_own(tmp_path: Path) -> None:
    grid = "case,agency,contact,email\nC01,POL,,\nC02,POL,Bo Lindqvist,bo@northmoor.example\nC03,POL,,\n"
    round_ = begun(tmp_path / "ca", grid)
    (round_.returns / "a.pdf").write_bytes(b"%PDF-1.4 a scan")
    collated = collate(round_, round_.returns, as_at=AS_AT)
    police = [row for row in sheet(collated, "Not returned") if row[0] == "Northmoor Constabulary"]
    assert [(row[1], row[4]) for row in police] == [
        ("Alison Frobisher", "C01, C03"),
        ("Bo Lindqvist", "C02"),
    ]


def test_who_is_taken_off_a_case_is_not_chased_and_what_came_stays(tmp_path: Path) -> None:
    round_ = begun(tmp_path / "ca", "Case,POL,EDU\nC01,x,x\nC02,x,x\n")
    fill(round_, "C01-POL", said(round_, "C01-POL"), "a.xlsx")
    (tmp_path / "cases.csv").write_text("Case,POL,EDU\nC02,x,\nC01,,x\n", encoding="utf-8")
    run("register", "cases", tmp_path / "cases.csv", "--round", round_.folder)
    collated = collate(load(round_.folder), round_.returns, as_at=AS_AT)
    found = {row[0]: row[4] for row in sheet(collated, "Not returned")}
    assert found == {
        "Northmoor Constabulary": "C02",
        "Northmoor Schools and Colleges": "C01",
        "Meeting": "C01, C02",
    }
    assert collated.counts.closed == 1
    asked = {row[0]: row[3] for row in sheet(collated, "Not returned")}
    # Of two cases of the schools one is theirs no more, and nothing came of it.
    assert asked == {"Northmoor Constabulary": 2, "Northmoor Schools and Colleges": 1, "Meeting": 2}
    texts = [
        value for who, value in rows(collated.tables.answers, "recipient_id", "value") if who == "C01-POL"
    ]
    assert any("What C01-POL says of CW-1" in str(text) for text in texts)


def test_a_name_is_told_by_its_cell_and_stands_in_no_finding(tmp_path: Path) -> None:
    round_ = begun(tmp_path / "ca", "Case,POL\nC01,x\n")
    typed = said(round_, "C01-POL", text="Mrs Quillfeather and NHS number 943 476 5919, born 4 May 2014.")
    fill(round_, "C01-POL", typed, "a.xlsx")
    collated = collate(round_, round_.returns, as_at=AS_AT)
    codes = {code for (code,) in rows(collated.tables.findings, "code")}
    assert {"person-named", "child-details"} <= codes
    told = [*sheet(collated, "Queries"), *map(tuple, rows(collated.tables.findings))]
    for secret in ("Quillfeather", "943 476 5919", "4 May 2014"):
        assert not any(secret in str(cell) for row in told for cell in row)


def shown(path: Path) -> set[str]:
    """Return what stands beside the questions of a workbook from last time."""
    found = set()
    for tab in openpyxl.load_workbook(path):
        headers = [cell.value for cell in tab[5]]
        if LAST_SAID.header in headers:
            column = headers.index(LAST_SAID.header)
            found |= {str(row[column]) for row in tab.iter_rows(min_row=6, values_only=True) if row[column]}
    return found


def test_a_year_later_each_case_has_its_own_words_beside_it(
    round_: Round, collated: Collated, tmp_path: Path
) -> None:
    assert collated.counts.accepted
    folder = tmp_path / "ca-2027"
    run("new", "case_audit", folder)
    (folder / "cases.csv").write_text("Case,POL,HV\nC01,x,x\nC07,x,\n", encoding="utf-8")
    run("register", "cases", folder / "cases.csv", "--agencies", folder / "agencies.csv", "--round", folder)
    run("generate", "--round", folder, "--prefill", round_.folder)
    again = load(folder)
    then = shown(workbook_of(again, "C01-POL"))
    assert any("What C01-POL says of CW-1" in text for text in then)
    assert not any("C02" in text or "-CSC" in text for text in then)
    assert not any(
        "What C" in text for who in ("C01-HV", "C07-POL") for text in shown(workbook_of(again, who))
    )


def filled_pack(round_: Round, pack_id: str, members: Iterable[str]) -> None:
    """Fill in a pack as one would: each case's rows with what is said of that case."""
    by_id = layout_of(packs_of(round_)[pack_id]).by_id
    book = openpyxl.load_workbook(workbook_of(round_, pack_id))
    for member in members:
        for (block, row, column), value in said(round_, member).items():
            key = row if block == COVER else f"{row}{OF}{member}"
            slot = by_id[block].by_key[key, column]
            book[by_id[block].sheet].cell(slot.row + 1, slot.col + 1, value)
    path = round_.returns / f"{pack_id}.xlsx"
    book.save(path)
    stamp(path, 0)


def test_one_workbook_for_each_agency_is_a_return_for_each_of_its_cases(tmp_path: Path) -> None:
    round_ = begun(tmp_path / "ca", more="pack_by: agency\n")
    police = next(pack for pack in round_.packs if pack.recipient.name == "Northmoor Constabulary")
    assert police.members == tuple(f"{case}-POL" for case in ON["POL"])
    assert police.recipient.email == "review.team@northmoor-police.example"
    # Those on one case only have a workbook of their own.
    assert workbook_of(round_, "C01-HOS").is_file()
    filled_pack(round_, police.recipient.id, police.members[:3])
    collated = collate(round_, round_.returns, as_at=AS_AT)
    standing = dict(rows(collated.tables.recipients, "recipient_id", "standing"))
    assert [standing[f"{case}-POL"] for case in ON["POL"]] == [*["returned"] * 3, "not returned"]
    texts = {
        (who, question): value
        for who, question, field, value in rows(
            collated.tables.answers, "recipient_id", "question_id", "field", "value"
        )
        if field == "What shows it"
    }
    for case in ON["POL"][:3]:
        assert texts[f"{case}-POL", "CW-1"].startswith(f"What {case}-POL says of CW-1")
    found = {names(round_)[row[0]]: row for row in sheet(collated, "Not returned")}
    assert (found["POL"][3], found["POL"][4]) == (4, "C06")


def test_the_sample_register_is_what_its_tables_say(tmp_path: Path) -> None:
    sample = TEMPLATES / "case_audit"
    folder = tmp_path / "ca"
    run("new", "case_audit", folder)
    (folder / "register.csv").unlink()
    run("register", "cases", folder / "cases.csv", "--agencies", folder / "agencies.csv", "--round", folder)
    assert read(folder / "register.csv") == read(sample / "register.csv")
