"""The workbook in a real spreadsheet program: locked, helpful, live, and the same each time."""

import re
import zipfile

import openpyxl
import pytest

from auditkit.workbook import status
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import START_SHEET
from tests.apps.excel_moves import fragile_references
from tests.apps.libreoffice import RefusedError
from tests.rounds import AUDIT, ISSUED, REGISTER, section11_round, small_round, workbook_of

LEADERSHIP = "1 Leadership"


@pytest.fixture(scope="module")
def round_(tmp_path_factory):
    return small_round(tmp_path_factory.mktemp("small") / "round")


@pytest.fixture
def book(round_, libreoffice):
    with libreoffice.open(workbook_of(round_, "A1")) as book:
        yield book


def respelt(book):
    """Formulas with ranges spelt one way: after a move LibreOffice names the sheet at both their ends."""
    each = ((sheet, cell, f) for sheet, cells in book.formulas().items() for cell, f in cells.items())
    return {(sheet, cell): re.sub(r":\$?('[^']+'|\w+)\.", ":", f) for sheet, cell, f in each}


def shown(book, sheet, cell):
    book.recalculate()
    return book.values()[sheet].get(cell)


def test_only_answer_cells_are_unlocked(round_, book):
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    expected = {(block.sheet, slot.row + 1, slot.col + 1) for block in layout.blocks for slot in block.slots}
    assert {(cell.sheet, cell.row, cell.column) for cell in book.answer_cells()} == expected


def test_a_long_name_on_the_first_sheet_is_not_cut(tmp_path):
    # In bold it takes two lines; in plain letters it would take one.
    name = "Northmoor Constabulary: public protection and safeguarding unit"
    path = workbook_of(
        small_round(tmp_path / "round", register=REGISTER.replace("Northmoor Police", name)), "A1"
    )
    sheet = openpyxl.load_workbook(path)[START_SHEET]
    assert name in sheet["B4"].value
    assert sheet.row_dimensions[4].height > 2 * 14.6


@pytest.mark.parametrize("cell", ["A6", "B6", "D4", "D5", "I6", "A1", "D9"])
def test_a_locked_cell_refuses_to_be_written(book, cell):
    with pytest.raises(RefusedError):
        book.write({(LEADERSHIP, cell): "x"})


def test_the_rounds_password_opens_a_sheet_and_no_other_does(round_, book):
    with pytest.raises(RefusedError):
        book.unprotect(LEADERSHIP, "fell-lanterns")
    book.unprotect(LEADERSHIP, round_.settings.password)
    book.write({(LEADERSHIP, "A6"): "x"})


def test_an_introduction_that_is_longer_than_the_table_is_broad_goes_on_below(tmp_path, libreoffice):
    said = "Somebody leads, and everybody here knows who. " * 8
    path = workbook_of(
        small_round(tmp_path / "round", AUDIT.replace("Who leads and who answers for it.", said)), "A1"
    )
    sheet = openpyxl.load_workbook(path)[LEADERSHIP]
    assert [str(cells) for cells in sheet.merged_cells.ranges] == [
        f"A2:{sheet.print_area.split(':$')[1][0]}2"
    ]
    assert sheet.row_dimensions[2].height > 2 * 14.6
    with libreoffice.open(path) as book:
        assert book.values()[LEADERSHIP]["A2"] == said.strip()
        with pytest.raises(RefusedError):
            book.write({(LEADERSHIP, "A2"): "x"})


def test_its_window_fits_the_screen_of_a_laptop(round_):
    with zipfile.ZipFile(workbook_of(round_, "A1")) as parts:
        view = parts.read("xl/workbook.xml").decode()
    twips = {side: int(re.search(rf'window{side}="(\d+)"', view)[1]) for side in ("Width", "Height")}
    assert 1000 * 15 <= twips["Width"] <= 1366 * 15
    assert 600 * 15 <= twips["Height"] <= 768 * 15


def test_protection_is_the_sha_512_kind_and_lets_respondents_resize_and_filter(round_):
    with zipfile.ZipFile(workbook_of(round_, "A1")) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
        workbook = parts.read("xl/workbook.xml").decode()
    for sheet in sheets:
        (said,) = re.findall(r"<sheetProtection [^>]*>", sheet)
        assert 'algorithmName="SHA-512"' in said
        assert "password=" not in said
        for allowed in ("formatColumns", "formatRows", "autoFilter"):
            assert f'{allowed}="0"' in said
    # LibreOffice doesn't read a structure's protection, so this is held against the sheets', which it does.
    (structure,) = re.findall(r"<workbookProtection [^>]*>", workbook)
    assert 'lockStructure="1"' in structure
    for name in ("AlgorithmName", "HashValue", "SaltValue", "SpinCount"):
        (of_sheet,) = re.findall(rf'{name[0].lower()}{name[1:]}="([^"]*)"', said)
        assert f'workbook{name}="{of_sheet}"' in structure
    assert "fell-lantern" not in "".join([*sheets, workbook])


def test_every_choice_is_a_dropdown_and_limits_are_those_of_the_definition(book):
    by_key = {cell.key: cell for cell in book.answer_cells()}
    assert by_key[LEADERSHIP, "D6"].values == ("● Green", "▲ Amber", "■ Red", "– N/A")
    assert by_key[LEADERSHIP, "H6"].values == ("Not started", "Started, not done", "Done")
    due = by_key[LEADERSHIP, "G7"]
    assert (due.validation, due.first, due.second) == ("date", 46023, 47483)
    staff = by_key["2 Numbers", "D6"]
    assert (staff.validation, staff.first, staff.second) == ("whole", 0, 500)
    assert by_key["2 Numbers", "C6"].values[:2] == (0, 5)
    assert due.title == "GOV-2 Due date"
    assert "GOV-2 Due date: please enter a date from 1 January 2026" in due.error
    assert all(cell.message for cell in by_key.values())
    assert all(cell.error and cell.stops for cell in by_key.values() if cell.validation != "any")


def test_a_question_says_what_it_still_needs(book):
    def says(cell, typed):
        book.write({(LEADERSHIP, name): value for name, value in typed.items()})
        return shown(book, LEADERSHIP, cell)

    assert shown(book, LEADERSHIP, "I6") == "Not answered yet"
    assert says("I6", {"D6": "■ Red"}) == "Needs an action and a due date"
    assert says("I6", {"F6": "Appoint a lead"}) == "Needs a due date"
    assert says("I6", {"G6": 46200}) == "✔ Complete"
    assert says("I7", {"E7": "Minutes"}) == "Needs a rating"
    assert says("I7", {"D7": "Greenish"}) == "Needs a rating from the list"
    assert says("I7", {"D7": "● Green", "G7": "TBC"}) == "Needs a due date as day/month/year"
    assert says("I8", {"D8": "– N/A"}) == "Needs evidence"


def test_rules_look_at_numbers_by_their_band_and_at_anything_typed(tmp_path, libreoffice):
    rules = """
  - {id: few, when: {share: few}, require: [staff], message: Say how many staff.}
  - {id: most, when: {share: most}, require: [trained], message: Say how many are trained.}
  - {id: any, when: {ratio: any}, require: [staff], message: Say how many staff.}
  - {id: done, when: {progress: Done}, require: [action], message: Say what was done.}
"""
    round_ = small_round(tmp_path / "round", audit=AUDIT.replace("rules:\n", f"rules:{rules}", 1))
    with libreoffice.open(workbook_of(round_, "A1")) as book:

        def says(typed):
            book.write({("2 Numbers", cell): typed.get(cell) for cell in ("C6", "D6", "E6", "F6")})
            return shown(book, "2 Numbers", "G6")

        assert says({"C6": 0}) == "Needs a number of staff"
        assert says({"C6": 55}) == "Needs a number of staff"
        assert says({"C6": 60}) == "Needs trained"
        assert says({"C6": 100, "E6": 0.5}) == "✔ Complete"
        assert says({"C6": 60, "E6": 0.5, "F6": 2}) == "Needs a number of staff"
        book.write({(LEADERSHIP, "D7"): "● Green", (LEADERSHIP, "E7"): "x", (LEADERSHIP, "H7"): "Done"})
        assert shown(book, LEADERSHIP, "I7") == "Needs an action"


def test_progress_is_counted_by_section_and_overall(book):
    book.write({(LEADERSHIP, "D6"): "● Green", (LEADERSHIP, "E6"): "x", (LEADERSHIP, "D7"): "■ Red"})
    book.write({("2 Numbers", "C6"): 85, ("About you", "C6"): "Sam Oduya"})
    assert shown(book, LEADERSHIP, "B3") == "2 of 3 answered, 1 complete"
    values = book.values()[START_SHEET]
    rows = {values.get(f"B{row}"): [values.get(f"{col}{row}") for col in "CDE"] for row in range(10, 20)}
    assert rows["About you and sign-off"] == [3, 1, 1]
    assert rows["Leadership"] == [3, 2, 1]
    assert rows["Numbers"] == [2, 1, 1]
    assert rows["All questions"] == [5, 3, 2]


def test_the_cover_asks_for_a_reason_only_with_a_nil_return(book):
    assert shown(book, "About you", "E8") == status.OPTIONAL
    book.write({("About you", "C7"): "Yes"})
    assert shown(book, "About you", "E8") == status.NEEDED
    book.write({("About you", "C8"): "We have closed."})
    assert shown(book, "About you", "E8") == status.COMPLETE
    book.write({("About you", "C10"): "soon"})
    assert shown(book, "About you", "E10") == status.NEEDED


def test_cutting_and_pasting_between_answers_leaves_every_formula_whole(book):
    book.write({(LEADERSHIP, "D6"): "■ Red", (LEADERSHIP, "D8"): "● Green", (LEADERSHIP, "E6"): "Said"})
    before = respelt(book)
    book.cut_and_paste(LEADERSHIP, "D6", "D7")
    book.cut_and_paste(LEADERSHIP, "D8", "D6")
    book.cut_and_paste(LEADERSHIP, "E6:F6", "E8")
    book.recalculate()
    assert respelt(book) == before
    assert book.errors() == []
    said = book.values()[LEADERSHIP]
    assert (said["I6"], said["I7"]) == ("Needs evidence", "Needs an action and a due date")
    assert fragile_references(book) == []


def test_figures_stored_in_the_file_are_those_that_a_spreadsheet_program_works_out(round_, libreoffice):
    for recipient in round_.recipients:
        with libreoffice.open(workbook_of(round_, recipient.id)) as book:
            stored = book.values()
            book.recalculate()
            assert book.values() == stored
            assert book.errors() == []


def test_microsofts_validator_finds_nothing(round_, tmp_path, ooxml_errors):
    whole = section11_round(tmp_path / "s11")
    files = [*round_.workbooks.glob("*.xlsx"), *whole.workbooks.glob("*.xlsx")]
    assert len(files) == 26
    assert ooxml_errors(files) == {}


def test_the_same_round_gives_the_same_bytes(round_):
    path = workbook_of(round_, "A1")
    first = path.read_bytes()
    path.unlink()
    assert generate(round_, today=ISSUED).ids("restored") == ("A1",)
    assert path.read_bytes() == first


def test_a_recipient_gets_only_the_questions_that_apply(round_, libreoffice):
    def asked(recipient_id):
        with libreoffice.open(workbook_of(round_, recipient_id)) as book:
            return [value for value in book.values()[LEADERSHIP].values() if str(value).startswith("GOV-")]

    assert asked("A1") == ["GOV-1", "GOV-2", "GOV-3"]
    assert asked("A2") == ["GOV-1", "GOV-2"]


def test_the_first_sheet_says_who_what_when_and_how(book):
    said = " ".join(str(value) for value in book.values()[START_SHEET].values())
    for words in ("Northmoor Police  (Police, A1)", "Friday 11 December 2026", "Harriet Osei-Langley"):
        assert words in said
    assert "email it to audits@northmoor.example by 11 December 2026" in said
    assert "small-2026 | A1 | 2026.1 | 1 |" in said
