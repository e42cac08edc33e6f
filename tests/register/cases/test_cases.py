"""The register of an audit of cases: a table with crosses becomes recipients, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.cli import group
from auditkit.register import Recipient, read
from auditkit.round import load
from tests.definition.written import definition
from tests.rounds import SETTINGS

CASES = "cases: {case: case, agency: agency, meeting: Meeting}\n"
AGENCIES = """\
id,name,group,contact,email
POL,Northmoor Police,Police,Sam Oduya,police@northmoor.example
HOS,Northmoor Hospital,Health,Kit Marlowe,hospital@northmoor.example
GP,Tarn Surgery,Health,Ada Lowe,
MEET,Meeting,Health,Harriet Osei-Langley,audits@northmoor.example
"""
GRID = """\
Case,Northmoor Police,HOS,Tarn Surgery
C01,x,X,
C02,x,,yes
C03,–,no,✓
"""
ROWS = {
    *("C01-POL", "C01-HOS", "C01-MEET"),
    *("C02-POL", "C02-GP", "C02-MEET"),
    *("C03-GP", "C03-MEET"),
}
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in a round of cases that has no register yet."""
    (tmp_path / "round.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "audit.yaml").write_text(definition() + CASES, encoding="utf-8")
    (tmp_path / "agencies.csv").write_text(AGENCIES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def cases(table: str, *options: str, agencies: bool = True, code: int = 0) -> Result:
        Path("grid.csv").write_text(table, encoding="utf-8")
        also = ("--agencies", "agencies.csv") if agencies else ()
        result = CliRunner().invoke(group, ["register", "cases", "grid.csv", *also, *options])
        assert result.exit_code == code, result.output
        return result

    return cases


def register() -> dict[str, Recipient]:
    return {recipient.id: recipient for recipient in read(Path("register.csv"))}


def test_a_cross_is_a_recipient_and_so_is_the_meeting_on_each_case(run: Run) -> None:
    said = run(GRID).output
    assert "3 cases, 3 agencies: 5 workbooks of agencies and 3 workbooks of meetings" in said
    assert set(register()) == ROWS
    one = register()["C02-GP"]
    assert (one.name, one.group, one.contact, one.extra) == (
        *("C02 Tarn Surgery", "Health", "Ada Lowe"),
        {"case": "C02", "agency": "Tarn Surgery"},
    )
    assert "Without an email address: 2\n    C02-GP C02 Tarn Surgery" in said
    assert len(load(Path()).recipients) == len(ROWS)


LIST = """\
agency,case
Northmoor Police,C01
HOS,C01
POL,C02
GP,C02
GP,C03
"""
TURNED = """\
Agency,C01,C02,C03
POL,x,x,
HOS,x,,
GP,,x,x
"""


@pytest.mark.parametrize("table", [LIST, TURNED, GRID.replace(",", ";")])
def test_lists_and_grids_of_either_kind_say_the_same(run: Run, table: str) -> None:
    run(table)
    assert set(register()) == ROWS


def test_a_grid_in_excel(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ("Case", "POL", "GP"), ("C01", "x", None), ("C02", True, 1):
        book.active.append(row)
    book.save(tmp_path / "grid.xlsx")
    result = CliRunner().invoke(
        group, ["register", "cases", "grid.xlsx", "--agencies", "agencies.csv"], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert set(register()) == {"C01-POL", "C01-MEET", "C02-POL", "C02-GP", "C02-MEET"}


def in_excel(path: Path, *rows: tuple[object, ...], merged: str = "") -> Result:
    """Save a grid as Excel does, and run the command on it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path / "grid.xlsx")
    return CliRunner().invoke(group, ["register", "cases", "grid.xlsx", "--agencies", "agencies.csv"])


@pytest.mark.usefixtures("run")
def test_merged_cells_arent_taken_for_blank_ones(tmp_path: Path) -> None:
    said = in_excel(tmp_path, ("Case", "POL", "GP"), ("C01", "x", None), ("C02", None, "x"), merged="B2:C2")
    assert said.exit_code == 1
    assert "grid.xlsx, B2:C2: these cells are merged" in str(said.exception)
    assert not Path("register.csv").exists()


@pytest.mark.usefixtures("run")
def test_a_formula_without_a_result_isnt_taken_for_a_blank_cell(tmp_path: Path) -> None:
    said = in_excel(tmp_path, ("Case", "POL", "GP"), ("C01", "=cmd|'/c calc'!A1", "x"), ("C02", "x", None))
    assert said.exit_code == 1
    assert "grid.xlsx, B2: this formula has no result" in str(said.exception)
    assert not Path("register.csv").exists()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("Case,POL,GP\nC01,x,\nc01,,x\n", "row 3: 'c01' stands in row 2 already"),
        ("Case,POL,GP,pol\nC01,,x,x\n", "column D: 'pol' stands in column B already"),
    ],
)
def test_a_row_or_column_that_is_there_twice_is_told_and_left_out(run: Run, table: str, told: str) -> None:
    assert told in run(table, code=3).output
    assert len(register()) == 2


def test_nobody_is_off_a_case_for_a_row_that_is_there_twice(run: Run) -> None:
    run(GRID)
    said = run(GRID.replace("C02", "C01"), agencies=False, code=3).output
    assert "row 3: 'C01' stands in row 2 already" in said
    assert "Not in the table, and asked as before" in said
    assert not any(each.row().get("closed") for each in register().values())


def test_a_case_in_a_list_is_one_however_its_letters_are(run: Run) -> None:
    said = run("agency,case\nPOL,C01\nGP,c01\n").output
    assert "1 case, 2 agencies" in said
    assert set(register()) == {"C01-POL", "C01-GP", "C01-MEET"}


def test_what_cannot_be_placed_is_listed_and_nothing_is_guessed(run: Run) -> None:
    table = GRID.replace("HOS", "Northmoor Hospitel").replace("yes", "perhaps") + "C04,,,\n"
    said = run(table, code=3).output
    assert "B2" not in said
    assert "C2: no agency is called 'Northmoor Hospitel'; did you mean 'Northmoor Hospital'?" in said
    assert "D3 holds 'perhaps', which is neither a cross nor blank" in said
    assert "case C04: no agency is on it, so nobody is asked about it" in said
    assert set(register()) == ROWS - {"C01-HOS", "C02-GP"}


def test_a_name_that_several_agencies_have_is_not_guessed(run: Run) -> None:
    """Otherwise the workbook on a child's case would go to whichever surgery is listed last."""
    more = "GP2,Tarn Surgery,Health,Bo Lindqvist,bo@northmoor.example\nNHS,HOS,Health,Bo Lindqvist,\n"
    Path("agencies.csv").write_text(AGENCIES + more, encoding="utf-8")
    said = run("Case,Tarn Surgery,HOS,GP2\nC01,x,,\nC02,,x,\nC03,,,x\n", code=3).output
    assert "B2: several agencies are called 'Tarn Surgery' (GP, GP2): write an id instead" in said
    assert "C3: several agencies are called 'HOS' (HOS, NHS): write an id instead" in said
    assert set(register()) == {"C03-GP2", "C03-MEET"}


def test_two_that_would_have_one_id_are_told_apart_by_the_officer(run: Run) -> None:
    Path("agencies.csv").write_text(f"{AGENCIES}1-POL,Wexley Police,Police,,\n", encoding="utf-8")
    said = run("case,agency\nC-1,POL\nC,1-POL\n", code=3).output
    assert "row 3: C-1-POL is the id of another row: call the case or the agency otherwise" in said
    assert register()["C-1-POL"].extra["case"] == "C-1"


@pytest.mark.parametrize("table", ["Case,POL,HOS\n", "case,agency\n"])
def test_a_table_of_headings_only_takes_nobody_off_a_case(run: Run, table: str) -> None:
    run(GRID)
    before = register()
    assert "nothing stands below its headings: write who is on which case" in str(
        run(table, code=1).exception
    )
    assert register() == before


def test_who_does_it_may_be_said_for_one_case(run: Run) -> None:
    run("case,agency,contact,email\nC01,POL,Bo Lindqvist,bo@northmoor.example\nC02,POL,,\n")
    assert register()["C01-POL"].email == "bo@northmoor.example"
    assert register()["C02-POL"].contact == "Sam Oduya"


def test_the_table_may_say_on_which_cases_there_is_a_meeting(run: Run) -> None:
    run("Case,POL,Meeting\nC01,x,x\nC02,x,\n")
    assert set(register()) == {"C01-POL", "C01-MEET", "C02-POL"}


def test_a_dry_run_writes_nothing(run: Run) -> None:
    assert "New: 8" in run(GRID, "--dry-run").output
    assert not Path("register.csv").exists()


def test_a_changed_table_is_followed_and_nobody_is_taken_out(run: Run) -> None:
    run(GRID)
    said = run(GRID.replace("C01,x,X,", "C01,x,,x"), agencies=False).output
    assert "New: 1\n    C01-GP C01 Tarn Surgery" in said
    assert "Off the case: not asked any more, and kept in the register: 1\n    C01-HOS" in said
    assert register()["C01-HOS"].closed is not None
    assert register()["C01-GP"].contact == "Ada Lowe"
    again = run(GRID, agencies=False).output
    assert "On the case again: 1\n    C01-HOS" in again
    assert "C01-GP" in again
    assert register()["C01-HOS"].closed is None
    assert "nothing changed" in run(GRID, agencies=False).output


def test_a_slip_in_the_table_takes_nobody_off_a_case(run: Run) -> None:
    run(GRID)
    said = run(GRID.replace("HOS", "HSO").replace("C03,–,no,✓", "C03,x,no,"), code=3).output
    assert "no agency is called 'HSO'; did you mean 'HOS'?" in said
    waiting = "asked as before until all of the table can be placed: 2\n    C01-HOS C01 Northmoor Hospital\n"
    assert waiting + "    C03-GP" in said
    assert [one.id for one in register().values() if one.closed] == []
    assert "C03-POL" in register()


def test_what_the_officer_wrote_stays_and_an_agencys_new_address_reaches_all_its_cases(run: Run) -> None:
    run(GRID)
    text = Path("register.csv").read_text(encoding="utf-8-sig")
    own = text.replace(
        '"C01-POL","C01 Northmoor Police","Police","Sam Oduya"',
        '"C01-POL","C01 Northmoor Police","Police","Bo"',
    )
    assert own != text
    Path("register.csv").write_text(own + '"X1","Extra","Police","","","C01","Fire"\n', encoding="utf-8")
    agencies = AGENCIES.replace("Sam Oduya,police@", "Jo Ness,duty@")
    Path("agencies.csv").write_text(agencies, encoding="utf-8")
    said = run(GRID).output
    assert "Kept as you have it, though the tables now say: 1\n    C01-POL contact: Bo → Jo Ness" in said
    assert "Of your own, not from a table, and left as they are: 1\n    X1" in said
    found = register()
    assert {found[key].email for key in ("C01-POL", "C02-POL")} == {"duty@northmoor.example"}
    assert (found["C01-POL"].contact, found["C02-POL"].contact) == ("Bo", "Jo Ness")


def test_an_agency_that_is_called_otherwise_is_the_same_by_its_id(run: Run) -> None:
    run(GRID)
    Path("agencies.csv").write_text(AGENCIES.replace("Tarn Surgery", "Tarn Valley Surgery"), encoding="utf-8")
    said = run(GRID.replace("Tarn Surgery", "GP")).output
    assert "C02-GP agency: Tarn Surgery → Tarn Valley Surgery" in said
    assert set(register()) == ROWS
    assert register()["C02-GP"].name == "C02 Tarn Valley Surgery"


def test_with_packs_by_agency_each_row_says_whom_its_pack_goes_to(run: Run) -> None:
    Path("round.yaml").write_text(SETTINGS + "pack_by: agency\n", encoding="utf-8")
    run(GRID)
    packs = {pack.recipient.name: (pack.recipient.email, pack.members) for pack in load(Path()).packs}
    assert packs["Northmoor Police"] == ("police@northmoor.example", ("C01-POL", "C02-POL"))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,POL\nC01,x\n", "this is neither a list nor a grid"),
        ("", "this table is empty"),
        ("Case,POL\nCase 1,x\n", "the case 'Case 1' can't be part of an id"),
    ],
)
def test_a_table_that_says_nothing_is_refused_in_words(run: Run, table: str, said: str) -> None:
    assert said in str(run(table, code=1).exception)
    assert not Path("register.csv").exists()


def test_without_agencies_or_cases_it_says_what_to_do(run: Run) -> None:
    assert "Give a list of them with --agencies" in str(run(GRID, agencies=False, code=1).exception)
    Path("register.csv").write_text(AGENCIES, encoding="utf-8")
    assert "it isn't a register of cases" in str(run(GRID, code=1).exception)
    Path("audit.yaml").write_text(definition(), encoding="utf-8")
    assert "This audit isn't one of cases" in str(run(GRID, code=1).exception)


@given(
    st.dictionaries(
        st.sampled_from([f"C{n:02}" for n in range(1, 7)]),
        st.sets(st.sampled_from(["POL", "HOS", "GP"])),
        min_size=1,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_grid_every_cross_is_one_recipient_that_is_asked(run: Run, crosses) -> None:
    Path("register.csv").unlink(missing_ok=True)
    run(GRID)
    lines = [
        f"{case}," + ",".join("x" if a in on else "" for a in ("POL", "HOS", "GP"))
        for case, on in crosses.items()
    ]
    Path("grid.csv").write_text("\n".join(["Case,POL,HOS,GP", *lines]), encoding="utf-8")
    result = CliRunner().invoke(group, ["register", "cases", "grid.csv"], catch_exceptions=False)
    assert result.exit_code == (0 if all(crosses.values()) else 3), result.output
    open_ones = {key for key, one in register().items() if one.closed is None}
    pairs = {f"{case}-{agency}" for case, on in crosses.items() for agency in on}
    assert open_ones == pairs | {f"{case}-MEET" for case, on in crosses.items() if on}
