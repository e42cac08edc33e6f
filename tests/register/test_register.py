from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from auditkit.definition.ids import RULE
from auditkit.errors import ProblemsError
from auditkit.register import Recipient, read, without_email

GROUPS = ("Police", "Local authority")


def written(folder: Path, text: str) -> Path:
    path = folder / "register.csv"
    path.write_text(text, encoding="utf-8")
    return path


def wrong(folder: Path, text: str, groups: tuple[str, ...] = GROUPS) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(written(folder, text), groups)
    assert {problem.file for problem in caught.value.problems} == {"register.csv"}
    return [f"{problem.place}: {problem.message}".removeprefix("row ") for problem in caught.value.problems]


def test_a_register(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Ref,Agency,Type,Lead,E-mail,Sector,Phase,Ofsted URN\n"
        "007,Northmoor Police,police,A Lead,a@police.example,Public,,100\n"
        ",,,,,,,\n"
        "008,Northmoor Council,LOCAL AUTHORITY,,b@x.example; c@x.example,,Both\n",
    )
    first, second = read(path, GROUPS)
    assert first == Recipient(
        id="007",
        name="Northmoor Police",
        group="Police",
        contact="A Lead",
        email="a@police.example",
        sector="Public",
        extra={"Phase": "", "Ofsted URN": "100"},
    )
    assert (second.group, second.email) == ("Local authority", "b@x.example; c@x.example")
    assert second.row() == {
        "id": "008",
        "name": "Northmoor Council",
        "group": "Local authority",
        "contact": "",
        "email": "b@x.example; c@x.example",
        "sector": "",
        "Phase": "Both",
        "Ofsted URN": "",
    }


def test_predecessors_and_closing(tmp_path: Path) -> None:
    one, two = read(written(tmp_path, "id,name,Predecessor URN,Closed on\n2,A,9; 8;9,31/08/2026\n3,B,,\n"))
    assert (one.predecessors, one.closed) == (("9", "8"), dt.date(2026, 8, 31))
    assert [one.is_closed(dt.date(2026, 8, day)) for day in (30, 31)] == [False, True]
    assert (two.predecessors, two.closed, two.is_closed(dt.date.max)) == ((), None, False)
    assert "closed" not in one.row()


def test_the_same_from_excel(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, ["URN", "School", "Group"])
        sheet.write(2, 0, 7, book.add_format({"num_format": "000"}))
        sheet.write_row(2, 1, ["St Mary’s", "Police"])
    assert read(path, GROUPS) == (Recipient("007", "St Mary’s", "Police"),)


def test_what_may_be_left_out(tmp_path: Path) -> None:
    recipients = read(written(tmp_path, "id,name\n1,Same name\n2,Same name\n"))
    assert [recipient.name for recipient in recipients] == ["Same name", "Same name"]
    assert without_email(recipients) == recipients
    assert read(written(tmp_path, "id,name,type\n1,A,anything\n"))[0].group == "anything"
    assert without_email([Recipient("1", "A", email="a@b.example")]) == ()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",A,Police", "the id is blank: give this recipient one of its own, and never change it"),
        ("888/9876,A,Police", f"'888/9876' can't be an id: {RULE}"),
        ("1,,Police", "the name is blank: say who this is"),
        ("1,A,", "the group is blank: choose from 'Police', 'Local authority'"),
        ("1,A,Polise", "the audit has no group 'Polise'; did you mean 'Police'?"),
        ("1,A,Fire", "the audit has no group 'Fire'; choose from 'Police', 'Local authority'"),
        ("1,A,Police,a@b", "'a@b' isn't an email address: correct it, or leave the cell blank"),
        ("1,A,Police,a@b.example; TBC", "'TBC' isn't an email address: correct it, or leave the cell blank"),
        (
            "1,A,Police,b@x.example; a at b.example",
            "'a at b.example' isn't an email address: correct it, or leave the cell blank",
        ),
        ("1,#REF!,Police", "the formula in column B fails (#REF!): correct it or type the value"),
        ("1,#SPILL!,Police", "the formula in column B fails (#SPILL!): correct it or type the value"),
    ],
)
def test_a_row(tmp_path: Path, row: str, problem: str) -> None:
    assert wrong(tmp_path, f"id,name,group,email\n\n{row}\n") == [f"3: {problem}"]


@pytest.mark.parametrize("address", ["a@b.example", "o'neil.x+y@sub-domain.gov.uk", "Ünal@x.example"])
def test_email_addresses(tmp_path: Path, address: str) -> None:
    assert read(written(tmp_path, f"id,name,email\n1,A,{address}\n"))[0].email == address


def test_the_same_id_twice(tmp_path: Path) -> None:
    assert wrong(tmp_path, "id,name,group\nab,A,Police\n\nAB,B,Police\nab,C,Police\n") == [
        "4: row 2 has the id 'AB' already: every recipient needs its own",
        "5: row 2 has the id 'ab' already: every recipient needs its own",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ": this register is empty: its first row must name the columns (id, name, group, email …)"),
        (
            "\n,,\n \n",
            ": this register is empty: its first row must name the columns (id, name, group, email …)",
        ),
        ("id,name,group\n", "1: there is nobody in this register below its headers"),
        (
            "id,name,group,\n1,A,Police,x\n",
            "1: column D has no header, but something stands in it from row 2 on: give it a "
            "header, or empty it",
        ),
        (
            "id,name,group\n1,A,Police\n2,B,Police,,x\n",
            "1: column E has no header, but something stands in it from row 3 on: give it a "
            "header, or empty it",
        ),
    ],
)
def test_a_whole_register(tmp_path: Path, text: str, problem: str) -> None:
    assert wrong(tmp_path, text) == [problem]


def test_headers(tmp_path: Path) -> None:
    problems = wrong(tmp_path, "id,email,Email address\n1,x,y\n")
    assert [problem.split(":")[1] for problem in problems] == [
        " 'email' (column B) and 'Email address' (column C) could both be the email",
        " there is no column 'name'",
        " there is no column 'group'",
    ]


def test_other_files(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"register\.ods: a register is a \.csv or \.xlsx file"):
        read(tmp_path / "register.ods")
    assert read(written(tmp_path, "id,name\n1,A\n").rename(tmp_path / "REGISTER.CSV"))[0].id == "1"


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    problems = wrong(tmp_path, "id,name,group,email\n1,A,Polise,x\n,B,Police,\n1,,Police,\n")
    assert [problem[0] for problem in problems] == ["2", "2", "3", "4", "4"]


def test_what_is_wrong_with_predecessors_and_closing(tmp_path: Path) -> None:
    assert wrong(tmp_path, "id,name,was,closed\n7,A,7;a b;,soon\n8,B,x!,31/02/2026\n", ()) == [
        "2: this recipient can't be its own predecessor: name the id that it had before",
        "2: closed: 'soon' isn't a date: write it as 31/08/2026, or leave it blank",
        f"3: the predecessor 'x!' can't be an id: {RULE}",
        "3: closed: '31/02/2026' isn't a date: write it as 31/08/2026, or leave it blank",
    ]
