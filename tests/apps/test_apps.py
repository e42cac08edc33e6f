"""The applications do what the other tests believe they do; above all, each of these checks can fail."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from tests.apps import availability
from tests.apps.excel_moves import fragile_references
from tests.apps.libreoffice import Formula, LibreOffice, RefusedError, Typed, Value
from tests.apps.resave import resave

ROOT = Path(__file__).parents[2]
A = "Your answers"
Validate = Callable[[Iterable[Path]], dict[Path, list[str]]]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A locked form with an open column B, its lists on another sheet, and formulas over the answers."""
    path = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(path)
    answers, lists, spare = (book.add_worksheet(name) for name in (A, "Lists", "Not protected"))
    unlocked = book.add_format({"locked": False})
    dated = book.add_format({"locked": False, "num_format": "dd/mm/yyyy"})
    lists.write_column("A1", ["Red", "Amber", "Green", 'Say "no", or; not'])
    spare.write("A1", "anyone's", unlocked)
    book.define_name("ratings", "=Lists!$A$1:$A$3")
    answers.write_column("A1", [f"Question {number}" for number in range(1, 11)])
    answers.write_column("B1", [""] * 10, unlocked)
    answers.write_blank("B3", None, dated)
    answers.merge_range("D1:E2", "", unlocked)
    answers.write("G1", 2)
    rules: dict[str, dict[str, object]] = {
        "B1": {
            "validate": "list",
            "source": "=Lists!$A$1:$A$4",
            "input_title": "Pick",
            "input_message": "one",
        },
        "B2": {"validate": "list", "source": ["Yes", "No; never"]},
        "B3": {"validate": "date", "criteria": ">", "value": date(2025, 8, 31)},
        "B4": {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": "=$G$1*100"},
        "B5": {"validate": "list", "source": "=ratings", "error_type": "warning"},
        "B6": {"validate": "list", "source": "=OFFSET(Lists!$A$1,0,0,$G$1,1)"},
        "B7": {"validate": "custom", "value": "=LEN(B7)<5", "error_message": "too long"},
    }
    for cell, rule in rules.items():
        answers.data_validation(cell, rule)
    answers.write_formula("C1", '=B1&"!"')
    answers.write_formula("C2", "=INDEX($B$1:$B$10,1)")
    answers.write_formula("C3", "=IF(ISNUMBER(B4),1/B4,0)")
    answers.protect("secret")
    lists.protect("secret")
    book.close()
    return path


def test_answer_cells_are_what_a_person_can_fill_in(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as book:
        cells = {cell.address: cell for cell in book.answer_cells()}
    assert {cell.sheet for cell in cells.values()} == {A}
    assert list(cells) == ["B1", "D1", *(f"B{row}" for row in range(2, 11))]
    assert cells["B1"].values == ("Red", "Amber", "Green", 'Say "no", or; not')
    assert (cells["B1"].validation, cells["B1"].title, cells["B1"].message) == ("list", "Pick", "one")
    assert cells["B2"].values == ("Yes", "No; never")
    assert (cells["B3"].validation, cells["B3"].operator, cells["B3"].first) == ("date", "greater", 45900)
    assert cells["B3"].number_format == "DD/MM/YYYY"
    assert (cells["B4"].validation, cells["B4"].first, cells["B4"].second) == ("whole", 0, 200)
    assert cells["B5"].values == ("Red", "Amber", "Green")
    assert (cells["B5"].stops, cells["B4"].stops) == (False, True)
    assert cells["B6"].values == ("Red", "Amber")
    assert (cells["B7"].validation, cells["B7"].formula, cells["B7"].error) == (
        "custom",
        "LEN(B7)<5",
        "too long",
    )
    assert (cells["B8"].validation, cells["B8"].column, cells["B8"].row) == ("any", 2, 8)


def test_relative_rules_are_resolved_for_each_cell(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "relative.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_column("A1", [10, 20, 30])
    sheet.write_column("B1", [""] * 3, book.add_format({"locked": False}))
    sheet.data_validation("B1:B3", {"validate": "integer", "criteria": "<=", "value": "=A1"})
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.protect()
    book.close()
    with libreoffice.open(path) as opened:
        assert [(cell.address, cell.first) for cell in opened.answer_cells()] == [("B1", 10), ("B2", 20)]


def test_everything_written_is_in_the_saved_files(
    libreoffice: LibreOffice, form: Path, tmp_path: Path
) -> None:
    written: dict[str, Value] = {
        "B1": "Amber",
        "B2": "=HYPERLINK(1)",
        "B3": date(2026, 3, 31),
        "B4": 4,
        "B5": "first line\nsecond line",
        "B6": " 007 ",
        "B7": datetime(2026, 1, 2, 12, 0),
        "B8": Formula("=1+1"),
        "B9": clock(18, 0),
        "B10": True,
    }
    with libreoffice.open(form) as book:
        book.write({(A, where): value for where, value in written.items()})
        book.recalculate()
        assert book.errors() == []
        assert book.values()[A]["C3"] == 0.25
        assert book.values()[A]["C2"] == "Amber"
        assert book.texts((A, "B3"), (A, "C1")) == ["31/03/2026", "Amber!"]
        files = [book.save_as(tmp_path / f"out{suffix}") for suffix in (".xlsx", ".ods", ".xls")]
    for file in files:
        rows = python_calamine.load_workbook(file).get_sheet_by_name(A).to_python()
        column = [row[1] for row in rows]
        assert column[:2] == ["Amber", "=HYPERLINK(1)"]
        assert column[2:6] == [date(2026, 3, 31), 4, "first line\nsecond line", " 007 "]
        assert column[7] == 2
    cell = openpyxl.load_workbook(files[0])[A]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_typing_is_understood_as_a_british_person_means_it(libreoffice: LibreOffice, form: Path) -> None:
    typed = {"B3": "1/9/2026", "B8": "5%", "B9": "<5", "B10": "007"}
    with libreoffice.open(form) as book:
        book.write({(A, where): Typed(text) for where, text in typed.items()})
        values = book.values()[A]
    assert [values[where] for where in typed] == [46266, 0.05, "<5", 7]


@pytest.mark.parametrize("value", ["text", 1.5, Formula("=1"), Typed("x"), None], ids=str)
def test_locked_cells_stay_as_they_are(libreoffice: LibreOffice, form: Path, value: Value) -> None:
    with libreoffice.open(form) as book:
        with pytest.raises(RefusedError, match=r"^Your answers!A1 is locked; Your answers!C2 is locked$"):
            book.write({(A, "A1"): value, (A, "B1"): "kept", (A, "C2"): value})
        values = book.values()
        assert (values[A]["A1"], values[A]["B1"]) == ("Question 1", "kept")
        book.unprotect(A, "secret")
        book.write({(A, "A1"): value})
        assert book.values()[A].get("A1") != "Question 1"


def test_protection_holds_against_everything_else(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as book:
        before = book.values()
        attempts: list[Callable[[], None]] = [
            lambda: book.insert_rows(A, 1),
            lambda: book.delete_rows(A, 1),
            lambda: book.insert_columns(A, 1),
            lambda: book.delete_columns(A, 1),
            lambda: book.cut_and_paste(A, "A1", "B1"),
            lambda: book.cut_and_paste(A, "B1:B2", "C1"),
            lambda: book.copy_and_paste(A, "B1:B2", "A1"),
            lambda: book.unprotect(A, "guess"),
        ]
        for attempt in attempts:
            with pytest.raises(RefusedError):
                attempt()
        assert book.values() == before
        assert [(sheet.name, sheet.protected) for sheet in book.sheets()] == [
            (A, True),
            ("Lists", True),
            ("Not protected", False),
        ]


def test_cut_and_paste_moves_the_answer_and_the_references_to_it(
    libreoffice: LibreOffice, form: Path
) -> None:
    with libreoffice.open(form) as book:
        book.write({(A, "B1"): "first", (A, "B4"): 4})
        book.cut_and_paste(A, "B4", "B1")
        book.recalculate()
        values = book.values()[A]
        assert (values["B1"], values["C1"], values["C2"], values["C3"]) == (4, "4!", 4, 0.25)
        assert "B4" not in values
        assert book.formulas()[A]["C3"] == "=IF(ISNUMBER(B1);1/B1;0)"


def test_formulas_that_excel_would_break_are_foretold(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "fragile.xlsx"
    book = xlsxwriter.Workbook(path)
    sums, answers = book.add_worksheet("Sums"), book.add_worksheet("It's yours")
    answers.write_column("B2", [""] * 3, book.add_format({"locked": False}))
    formulas = {
        "A1": "='It''s yours'!B2",
        "A2": "=SUM('It''s yours'!$B$2:$B$4)",
        "A3": "=SUM('It''s yours'!$B$1:$B$4)",
        "A4": "=INDEX('It''s yours'!$B$1:$B$5,2)",
        "A5": "=COUNTA('It''s yours'!$A$2:$B$4)",
        "A6": "=A1&\"'It''s yours'!B2\"",
        "A7": "=INDEX('It''s yours'!B:B,2)+LOG10(5)",
    }
    for cell, formula in formulas.items():
        sums.write_formula(cell, formula)
    answers.write_formula("C2", "=B2")
    answers.write_formula("C3", "=INDEX($A$1:$C$5,2,1)")
    answers.protect()
    book.close()
    with libreoffice.open(path) as opened:
        found = [(one.sheet, one.address) for one in fragile_references(opened)]
    assert found == [("Sums", "A1"), ("Sums", "A2"), ("Sums", "A3"), ("Sums", "A5"), ("It's yours", "C2")]


def test_copy_and_paste_brings_its_validation_along(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as book:
        book.write({(A, "B2"): "Yes"})
        book.copy_and_paste(A, "B2", "B4")
        cells = {cell.address: cell for cell in book.answer_cells()}
        assert cells["B4"].values == ("Yes", "No; never")
        assert book.values()[A]["B4"] == "Yes"


def test_recalculation_finds_errors_on_every_sheet(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Fine").write_formula("A1", "=1/2", value=0.5)
    hidden = book.add_worksheet("Hidden")
    hidden.write_formula("B2", "=1/0", value=0)
    hidden.write_formula("B3", '=VLOOKUP("x",A1:A2,1,FALSE)', value=0)
    hidden.hide()
    book.close()
    with libreoffice.open(path) as opened:
        assert opened.errors() == [], "the figures in the file hide the errors until it is recalculated"
        opened.recalculate()
        found = [(error.sheet, error.address, error.shows) for error in opened.errors()]
    assert found == [("Hidden", "B2", "#DIV/0!"), ("Hidden", "B3", "#N/A")]


def test_structure_can_be_changed_once_unprotected(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as book:
        book.unprotect(A, "secret")
        book.insert_rows(A, 1, 2)
        book.insert_columns(A, 1)
        assert book.values()[A]["B3"] == "Question 1"
        book.delete_rows(A, 1)
        book.delete_columns(A, 1)
        assert book.values()[A]["A2"] == "Question 1"
        book.rename_sheet(A, "Mine")
        book.move_sheet("Mine", 2)
        book.add_sheet("Export summary")
        book.delete_sheet("Not protected")
        assert [sheet.name for sheet in book.sheets()] == ["Export summary", "Lists", "Mine"]


def test_workbook_structure_protection_is_honoured(
    libreoffice: LibreOffice, form: Path, tmp_path: Path
) -> None:
    # LibreOffice 7.4 neither reads nor writes structure protection in .xlsx: only an .ods can show it.
    with libreoffice.open(form) as book:
        free = book.save_as(tmp_path / "free.ods")
    path = tmp_path / "structure.ods"
    with zipfile.ZipFile(free) as good, zipfile.ZipFile(path, "w") as protected:
        for name in good.namelist():
            part = good.read(name)
            if name == "content.xml":
                part = part.replace(
                    b"<office:spreadsheet>", b'<office:spreadsheet table:structure-protected="true">'
                )
            protected.writestr(name, part)
    with libreoffice.open(path) as book:
        with pytest.raises(RefusedError, match="structure is protected"):
            book.add_sheet("Two")
        book.unprotect_workbook("")
        book.add_sheet("Two")
        assert book.sheets()[0].name == "Two"


def test_what_is_no_workbook_is_refused(libreoffice: LibreOffice, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    for name in ("absent.xlsx", "broken.xlsx"):
        with pytest.raises(RefusedError, match=name):
            libreoffice.open(tmp_path / name)


def test_a_workbook_that_is_open_elsewhere_can_be_opened_and_leaves_no_trace(
    libreoffice: LibreOffice, form: Path
) -> None:
    lock = form.with_name(f".~lock.{form.name}#")
    lock.write_text(",someone,laptop,01.09.2026 09:00,file:///home/someone;")
    with libreoffice.open(form) as book:
        book.write({(A, "B1"): "Red"})
    lock.unlink(missing_ok=True)
    with libreoffice.open(form), libreoffice.open(form):
        assert list(form.parent.iterdir()) == [form]


def test_a_mistake_in_a_test_is_told_and_harms_nothing(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as book:
        with pytest.raises(RuntimeError, match="NoSuchElementException"):
            book.write({("No such sheet", "A1"): "x"})
        assert book.values()[A]["A1"] == "Question 1"


def test_libreoffice_starts_again_after_it_died(libreoffice: LibreOffice, form: Path) -> None:
    with LibreOffice() as office:
        office.open(form)
        assert office._process is not None
        office._stop()
        with office.open(form) as book:
            assert book.values()


def test_600_cells_are_filled_in_a_moment(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Long")
    sheet.write_column("B1", [""] * 600, book.add_format({"locked": False}))
    for row in range(600):
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": ["Yes", "No", f"Perhaps {row}"]})
        sheet.write_formula(row, 2, f'=COUNTIF($B$1:$B$600,"Yes")+{row}')
    sheet.protect()
    book.close()
    with libreoffice.open(path) as opened:
        started = time.perf_counter()
        cells = opened.answer_cells()
        opened.write({cell.key: cell.values[row % 3] for row, cell in enumerate(cells)})
        took = time.perf_counter() - started
        opened.recalculate()
        assert opened.values()["Long"]["C600"] == 200 + 599
    assert len(cells) == 600
    assert took < 5, "many times what it takes, and still less than it would take from outside LibreOffice"


def test_printing_and_picturing(
    libreoffice: LibreOffice, pages: Callable[..., list[Path]], form: Path, tmp_path: Path
) -> None:
    with libreoffice.open(form) as book:
        pdf = book.pdf(tmp_path / "form.pdf")
    pictures = pages(pdf, tmp_path / "pictures", dpi=20)
    assert len(pictures) == 3
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    script = [
        sys.executable,
        str(ROOT / "scripts" / "pictures.py"),
        str(form),
        str(tmp_path / "seen"),
        "--dpi",
        "20",
    ]
    printed = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    assert [Path(line).name for line in printed.splitlines()] == [picture.name for picture in pictures]


def test_the_validator_passes_good_files_and_finds_what_is_wrong(
    ooxml_errors: Validate, form: Path, tmp_path: Path
) -> None:
    corrupted, cut = tmp_path / "corrupted.xlsx", tmp_path / "cut.xlsx"
    with zipfile.ZipFile(form) as good, zipfile.ZipFile(corrupted, "w") as bad:
        for name in good.namelist():
            part = good.read(name)
            bad.writestr(name, part.replace(b"<sheetData>", b"<sheetDate/><sheetData>"))
    cut.write_bytes(form.read_bytes()[:500])
    found = ooxml_errors([form, corrupted, cut, tmp_path / "absent.xlsx"])
    assert list(found) == [corrupted, cut, tmp_path / "absent.xlsx"]
    assert "/xl/worksheets/sheet1.xml" in found[corrupted][0]
    assert "sheetDate" in found[corrupted][0]
    with pytest.raises(ValueError, match="No file"):
        ooxml_errors([])


@pytest.mark.parametrize("writer", ["sheetjs", "exceljs", "openpyxl"])
def test_other_writers_keep_the_answers(
    libreoffice: LibreOffice, form: Path, tmp_path: Path, writer: str
) -> None:
    answers: dict[tuple[str, str], Value] = {
        (A, "B1"): "Amber",
        (A, "B2"): "=1+1",
        (A, "B3"): date(2026, 3, 31),
        (A, "B4"): 4,
        (A, "B8"): "first\nsecond",
    }
    with libreoffice.open(form) as book:
        book.write(answers)
        filled = book.save_as(tmp_path / "filled.xlsx")
    (copy,) = resave([filled], writer, tmp_path / writer).values()
    column = [row[1] for row in python_calamine.load_workbook(copy).get_sheet_by_name(A).to_python()]
    assert [*column[:4], column[7]] == list(answers.values())
    assert zipfile.ZipFile(copy).namelist() != zipfile.ZipFile(filled).namelist(), "it was written anew"


@pytest.mark.parametrize("suffix", [".xlsb", ".xls", ".ods"])
def test_sheetjs_writes_older_and_rarer_formats(
    libreoffice: LibreOffice, form: Path, tmp_path: Path, suffix: str
) -> None:
    (copy,) = resave([form], "sheetjs", tmp_path / "rare", suffix).values()
    with libreoffice.open(copy) as book:
        assert book.values()[A]["A1"] == "Question 1"


def test_resave_refuses_what_it_cannot_do(form: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="numbers is not one of"):
        resave([form], "numbers", tmp_path / "x")
    with pytest.raises(ValueError, match=r"only \.xlsx"):
        resave([form], "openpyxl", tmp_path / "x", ".ods")
    with pytest.raises(ValueError, match="same name"):
        resave([form, tmp_path / "other" / form.name], "openpyxl", tmp_path / "x")


def test_an_absent_application_is_a_skip_here_and_a_failure_on_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(availability.APPLICATIONS, "abacus", (lambda: False, "Buy an abacus."))
    monkeypatch.delenv("AUDITKIT_REQUIRE_APPS", raising=False)
    assert "Buy an abacus." in availability.missing()
    with pytest.raises(pytest.skip.Exception, match="Buy an abacus"):
        availability.require("abacus")
    monkeypatch.setenv("AUDITKIT_REQUIRE_APPS", "1")
    with pytest.raises(pytest.fail.Exception, match="Buy an abacus"):
        availability.require("abacus")
