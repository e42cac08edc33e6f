"""A register from an extract: who is in it and as what, whatever the file looks like."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from auditkit.errors import AuditkitError, ProblemsError
from auditkit.register import Recipient, read
from auditkit.register.gias import links as linked
from auditkit.register.gias import rules, table
from auditkit.register.gias.gather import Sources, gather
from auditkit.register.gias.make import Imported, import_register
from tests.register.gias import made
from tests.register.gias.made import extract, school

TODAY = dt.date(2026, 11, 24)


def imported(folder: Path, content: bytes, *authorities: str, **options: Path) -> Imported:
    file = folder / "edubasealldata.csv"
    file.write_bytes(content)
    return import_register(
        folder / "register.csv",
        Sources(file, authorities or ("888",), **options),
        today=TODAY,
        replace_it=True,
    )


def register(folder: Path, *rows: dict[str, str], **options: Path) -> dict[str, Recipient]:
    imported(folder, extract(rows), **options)
    return {recipient.id: recipient for recipient in read(folder / "register.csv")}


def problems(folder: Path, content: bytes, *authorities: str, **options: Path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        imported(folder, content, *authorities, **options)
    return [f"{problem.place}: {problem.message}" for problem in caught.value.problems]


def test_a_school_as_the_rules_have_it(tmp_path: Path) -> None:
    wanted = {
        "TypeOfEstablishment (name)": "Academy converter",
        "PhaseOfEducation (name)": "Middle deemed secondary",
        "Boarders (name)": "Boarding school",
        "OfficialSixthForm (name)": "Has a sixth form",
        "Trusts (name)": "THE WEXLEY TRUST",
        "EstablishmentNumber": "76",
    }
    one = register(tmp_path, school(123456, **wanted))["123456"]
    assert (one.name, one.group, one.contact, one.email) == ("School 123456", "Academy", "Mrs Ada Lowe", "")
    assert one.extra == {
        **{"type": "Academy", "phase": "Secondary", "boarding": "Yes", "nursery": "No", "sixth_form": "Yes"},
        **{"low_age": "4", "high_age": "11", "pupils": "210", "trust": "THE WEXLEY TRUST"},
        **{"la": "Northmoor", "ukprn": "100123456", "district": "Wexley", "dfe_number": "888/0076"},
        "status": "Open",
    }


def test_every_type_of_the_rules_is_there_once() -> None:
    own = rules.read(None)
    words = [rules.fold(word) for words in (*own.types.values(), own.left_out) for word in words]
    assert len(words) == len(set(words)) > 30
    assert set(made.TYPES.values()) - {""} <= set(own.types)


def test_words_that_no_rule_knows_are_kept_and_told(tmp_path: Path) -> None:
    odd = {
        "TypeOfEstablishment (name)": "Moon school",
        "PhaseOfEducation (name)": "",
        "Boarders (name)": "Sometimes",
        "NurseryProvision (name)": "",
        "EstablishmentStatus (name)": "Asleep",
        "HeadTitle (name)": "Not recorded",
        "EstablishmentNumber": "",
    }
    done = imported(tmp_path, extract([school(123456, **odd)]))
    (one,) = read(tmp_path / "register.csv")
    assert (one.group, one.extra["phase"], one.extra["boarding"], one.contact) == (
        "Moon school",
        "",
        "",
        "Ada Lowe",
    )
    assert one.extra["dfe_number"] == ""
    assert [str(remark) for remark in done.found.remarks] == [
        "the status 'Asleep' isn't known: taken as open (1: 123456)",
        "the type 'Moon school' isn't known: kept as it is (1: 123456)",
        "no phase is given: fill it in (1: 123456)",
        "boarding: 'Sometimes' isn't known, so it is left blank: fill in Yes or No (1: 123456)",
        "nursery isn't given: fill in Yes or No (1: 123456)",
    ]


def test_a_nursery_school_has_a_nursery_and_a_college_no_sixth_form(tmp_path: Path) -> None:
    nursery = {"PhaseOfEducation (name)": "Nursery", "NurseryProvision (name)": "Not applicable"}
    college = {"PhaseOfEducation (name)": "16 plus", "OfficialSixthForm (name)": "Not applicable"}
    found = register(tmp_path, school(100001, **nursery), school(100002, **college))
    assert [found[urn].extra["nursery"] for urn in ("100001", "100002")] == ["Yes", "No"]
    assert [found[urn].extra["sixth_form"] for urn in ("100001", "100002")] == ["No", "No"]


def test_all_of_england(tmp_path: Path) -> None:
    """27,000 rows with commas, line breaks, accents and odd dates: the counts are right."""
    rows = made.england(27_000)
    content = extract(rows)
    done = imported(tmp_path, content, "888", "889")
    ours = [row for row in rows if row["LA (code)"] in ("888", "889")]
    here = [row for row in ours if row["EstablishmentStatus (name)"].startswith("Open")]
    wanted = [row for row in here if made.TYPES[row["TypeOfEstablishment (name)"]]]
    recipients = read(tmp_path / "register.csv")
    assert {r.id for r in recipients} == {row["URN"] for row in wanted}
    names = {row["URN"]: row["EstablishmentName"] for row in wanted}
    assert all(r.name == names[r.id].replace("ŵ", "?") for r in recipients)
    assert Counter((r.group, r.extra["phase"]) for r in recipients) == Counter(
        (made.TYPES[row["TypeOfEstablishment (name)"]], row["PhaseOfEducation (name)"]) for row in wanted
    )
    statuses = Counter(row["EstablishmentStatus (name)"] for row in ours)
    assert done.found.left_out == {
        "closed": statuses["Closed"],
        "not open yet": statuses["Proposed to open"],
        "of a type that isn't asked": len(here) - len(wanted),
        "of other authorities": len(rows) - len(ours),
    }
    assert done.found.types_left_out == {"Children's centre": len(here) - len(wanted)}
    assert sum(one.status == "closing" for one in done.found.asked.values()) == sum(
        "close" in row["EstablishmentStatus (name)"] for row in wanted
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mixed", [False, True])
def test_any_encoding_and_any_order_of_columns(tmp_path: Path, encoding: str, mixed: bool) -> None:
    name = "Saint-Éloi’s, “Wexley”"
    headers = reversed(made.HEADERS) if mixed else made.HEADERS
    imported(tmp_path, extract([school(123456, EstablishmentName=name)], headers, encoding))
    assert [r.name for r in read(tmp_path / "register.csv")] == [name]


def test_columns_that_are_not_there_are_told(tmp_path: Path) -> None:
    few = (
        "URN",
        "LA (code)",
        "EstablishmentName",
        "EstablishmentStatus (name)",
        "TypeOfEstablishment (name)",
    )
    done = imported(tmp_path, extract([school(123456)], few))
    assert {"PhaseOfEducation (name)", "Boarders (name)", "UKPRN"} <= set(done.found.missing)
    (one,) = read(tmp_path / "register.csv")
    assert (one.extra["phase"], one.extra["nursery"], one.contact) == ("", "", "")


def test_what_could_be_a_formula_is_text(tmp_path: Path) -> None:
    imported(tmp_path, extract([school(123456, EstablishmentName="=1+1", HeadLastName="@SUM(1)")]))
    text = (tmp_path / "register.csv").read_text(encoding="utf-8-sig")
    assert '"\'=1+1"' in text
    assert [r.name for r in read(tmp_path / "register.csv")] == ["=1+1"]


GOOD = extract([school(100001), school(100002)])
LINE = GOOD.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "this isn't an extract of all establishments"),
        (b"a,b\n1,2\n", "this isn't an extract of all establishments"),
        (GOOD.replace(b"LA (code)", b"LA (cod)"), "there is no column 'LA (code)'; did you mean 'LA (cod)'?"),
        (GOOD.replace(b"Postcode", b"URN"), "there are two columns 'URN'"),
        (b"PK\x03\x04", "this is a .zip or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "this is an Excel workbook"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "this is a web page"),
        (b"URN,\0", "this isn't a CSV file"),
        (LINE[0], "there is no school of the local authority '888' in this file (it has 0 other"),
        (GOOD.replace(b",888,", b",881,"), "'888' in this file (it has 881): check the code"),
        (GOOD[:-200], "the file ends in the middle of this row: it was probably cut off"),
        (GOOD[:-300] + b',"cut', "was probably cut off, so download it again"),
        (LINE[0] + b'1,"a"b\n' + LINE[1], "a quotation mark opens in or before this line"),
        (
            GOOD + LINE[1].replace(b"School", b"Other"),
            "the URN 100001 stands in line 2 already, and not with",
        ),
        (GOOD + LINE[1].replace(b"100001,", b"1000A1,", 1), "'1000A1' isn't a URN"),
        (GOOD.replace(b"School 100002", b" "), "100002 has no name"),
        (LINE[0] + LINE[1].rstrip() + b",more\r\n", "cells, and the header"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    said = problems(tmp_path, content)
    assert problem in said[0]
    assert not (tmp_path / "register.csv").exists()


def test_a_file_of_any_bytes_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")

    @given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 40))
    def any_bytes(put: bytes, at: int, cut: int) -> None:
        (folder / "e.csv").write_bytes(GOOD[:at] + put + GOOD[at + cut :])
        try:
            found = gather(Sources(folder / "e.csv", ("888",)), TODAY)
        except ProblemsError:
            return
        assert {*found.asked, *found.others}

    any_bytes()


def test_a_file_of_two_gigabytes_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "edubasealldata.csv").open("wb") as file:
        file.truncate(2 * 1024**3)
    sources = Sources(tmp_path / "edubasealldata.csv", ("888",))
    with pytest.raises(ProblemsError, match="this file has 2,048 MB"):
        import_register(tmp_path / "register.csv", sources, today=TODAY)


def test_rows_that_excel_cut_short_and_rows_that_stand_twice(tmp_path: Path) -> None:
    short = b"\r\n".join(line.rstrip(b",\r\n") for line in (*LINE, LINE[1])) + b"\r\n"
    done = imported(tmp_path, short)
    assert [str(remark) for remark in done.found.remarks] == [
        "stands twice in the extract, in the same words (1: 100001)"
    ]
    assert len(read(tmp_path / "register.csv")) == 2


def test_addresses_and_whom_they_miss(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        rows = [("School", "URN", "E-mail"), ("A", 100001, "a@x.example")]
        rows += [("A", 100001, "dsl@x.example; a@x.example"), ("", "", "b@x.example"), ("", 100002, "none")]
        rows += [("", urn, "c@x.example") for urn in (100003, 100004, 100005, 100006, 999999)]
        sheet = book.add_worksheet()
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
    others = [
        school(100003, **{"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}),
        school(100004, **{"EstablishmentStatus (name)": "Proposed to open"}),
        school(100005, **{"TypeOfEstablishment (name)": "Secure units"}),
        school(100006, **{"LA (code)": "889", "LA (name)": "Wexley"}),
    ]
    content = extract([school(100001), school(100002), *others])
    done = imported(tmp_path, content, emails=tmp_path / "list.xlsx")
    assert [r.email for r in read(tmp_path / "register.csv")] == ["a@x.example; dsl@x.example", ""]
    assert done.found.unaddressed == ("100002",)
    assert done.found.unused == (
        "row 4: b@x.example has no URN",
        "row 5: none isn't an email address",
        "100003 c@x.example: School 100003 has closed (31/08/2026)",
        "100004 c@x.example: School 100004 isn't open yet",
        "100005 c@x.example: School 100005 is left out (Secure units)",
        "100006 c@x.example: School 100006 is of another authority (Wexley)",
        "999999 c@x.example: there is no such URN in the extract",
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "this list is empty"),
        ("URN,School\n1,A\n", "there is no column 'email'"),
        ("id,URN,email\n", "two columns could be the URN"),
    ],
)
def test_lists_that_are_refused_together_with_other_files(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "list.csv").write_text(content, encoding="utf-8")
    (tmp_path / "links.csv").write_text("URN,LinkURN\n", encoding="utf-8")
    (tmp_path / "rules.yaml").write_text("types: 3\n", encoding="utf-8")
    files = {"emails": "list.csv", "links": "links.csv", "rules": "rules.yaml"}
    said = problems(tmp_path, b"x", **{option: tmp_path / name for option, name in files.items()})
    for part in (problem, "no column 'LinkType'", "this isn't an extract", "types"):
        assert any(part in each for each in said), said


def test_predecessors_by_the_links(tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_bytes(
        made.links(
            *((100001, 90001, "Predecessor"), (90001, 90000, "Predecessor"), (90001, 100001, "Successor")),
            *((100002, 90002, "Predecessor - amalgamated"), (90003, 100002, "Successor - amalgamated")),
            *((100002, 100002, "Predecessor"), (100002, 100001, "Sixth Form Centre Link")),
        )
    )
    found = register(tmp_path, school(100001), school(100002), links=file)
    assert found["100001"].predecessors == ("90001", "90000")
    assert found["100002"].predecessors == ("90002", "90003")
    links = linked.read(file, rules.read(None))
    assert list(links.itself_before("100001")) == ["90001", "90000"]
    assert list(links.itself_before("100002")) == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=20))
def test_links_that_go_in_circles_end(pairs: list[tuple[str, str]]) -> None:
    before: dict[str, list[str]] = {}
    for new, old in pairs:
        before.setdefault(new, []).append(old)
    links = linked.Links(
        {new: tuple(olds) for new, olds in before.items()}, {n: o[0] for n, o in before.items()}
    )
    for urn in "abcdef":
        assert urn not in links.before(urn)
        assert set(links.itself_before(urn)) <= set(links.before(urn))


def test_an_officers_own_rules(tmp_path: Path) -> None:
    own = rules.SHIPPED.read_text(encoding="utf-8")
    own = own.replace("  Alternative provision:\n", "  elsewhere:\n").replace(
        "copied:\n", "copied:\n  town: Town\n"
    )
    (tmp_path / "rules.yaml").write_text(own, encoding="utf-8")
    unit = {"TypeOfEstablishment (name)": "Pupil referral unit", "Town": "Wexley"}
    one = register(tmp_path, school(100001, **unit), rules=tmp_path / "rules.yaml")["100001"]
    assert (one.group, one.extra["town"]) == ("elsewhere", "Wexley")


def test_a_register_that_is_there_is_not_overwritten_by_mistake(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_bytes(GOOD)
    sources, to = Sources(tmp_path / "e.csv", ("888",)), tmp_path / "register.csv"
    to.write_text("id,name\nmine,Mine\n", encoding="utf-8")
    with pytest.raises(AuditkitError, match="To replace it: --force"):
        import_register(to, sources, today=TODAY)
    import_register(to, sources, today=TODAY, dry_run=True)
    assert [r.id for r in read(to)] == ["mine"]
    done = import_register(to, sources, today=TODAY, replace_it=True)
    assert done.kept
    assert [r.id for r in read(done.kept)] == ["mine"]
    with pytest.raises(AuditkitError, match="a name that ends in"):
        import_register(tmp_path / "register.xlsx", sources, today=TODAY)
    (tmp_path / "other.xlsx").touch()
    with pytest.raises(AuditkitError, match="only one register"):
        import_register(tmp_path / "other.csv", sources, today=TODAY)
    (tmp_path / "e.csv").write_bytes(
        extract([school(1, **{"URN": "100001", "EstablishmentStatus (name)": "Closed"})])
    )
    with pytest.raises(AuditkitError, match="no register to make"):
        import_register(to, sources, today=TODAY, replace_it=True)


def test_a_folder_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match="can't be read"), table.opened(tmp_path, ("URN",), (), "it"):
        pass
