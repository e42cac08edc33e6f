"""The form that auditkit writes: dropdowns that follow, hints, a guide, nothing locked, at home in every office."""

from pathlib import Path

import openpyxl
import pytest

from auditkit.definition.difference import compare
from auditkit.definition.forms import load
from auditkit.definition.xlsx import written
from auditkit.definition.xlsx.sheets import SHEETS
from auditkit.round import definition_path

TEMPLATE = Path(__file__).parents[3] / "workbook_templates" / "section11"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "audit.xlsx"
    path.write_bytes(written(load(definition_path(TEMPLATE))))
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def rule(tab, heading, row=2):
    """Return the validation on the cells below a heading."""
    cell = next(cell for cell in tab[1] if cell.value == heading)
    address = f"{cell.column_letter}{row}"
    return next(each for each in tab.data_validations.dataValidation if address in each.sqref)


def test_every_sheet_stands_ready(book):
    assert book.sheetnames == [*(sheet.name for sheet in SHEETS), "guide", "lists"]
    assert book["lists"].sheet_state == "hidden"
    for sheet in SHEETS:
        tab = book[sheet.name]
        assert not tab.protection.sheet
        assert str(tab.freeze_panes).endswith("2")
        for n in range(1, tab.max_column + 1):
            assert tab.cell(1, n).alignment.wrap_text
    said = [str(cell.value) for row in book["guide"].iter_rows() for cell in row if cell.value]
    assert {"The sheets", "An example", "Kinds of field", "Roles", "Rules of roll-up"} <= set(said)
    assert {column.name for sheet in SHEETS for column in sheet.all_columns} <= set(said)


def test_cells_offer_what_they_take(book):
    assert '"rating,choice,yes_no' in rule(book["responses"], "kind").formula1
    assert "improvement" in rule(book["responses"], "role").formula1
    assert "signoff_date" in rule(book["fields"], "role").formula1
    assert rule(book["fields"], "required").formula1 == '"yes,no"'
    assert rule(book["applies"], "asked").formula1 == '"applies_to,except_for"'
    assert rule(book["rules"], "when").promptTitle == "when"
    assert "One a line, as name: value." in rule(book["rules"], "when").prompt
    # Ids that are added later are offered too; another id can be typed, and check says if there is none.
    scale = rule(book["responses"], "scale")
    assert scale.formula1.startswith("OFFSET(lists!$B$2")
    assert (scale.errorStyle, rule(book["responses"], "kind").errorStyle or "stop") == ("information", "stop")
    assert rule(book["questions"], "section").formula1.startswith("OFFSET(sections!$A$2")


def test_ids_stay_texts(book):
    questions = book["questions"]
    cell = next(cell for cell in questions[1] if cell.value == "id")
    assert questions.column_dimensions[cell.column_letter].width
    assert questions[f"{cell.column_letter}2"].number_format == "@"


def test_microsofts_validator_finds_nothing_wrong(path, ooxml_errors):
    assert ooxml_errors([path]) == {}


def test_what_is_changed_in_libreoffice_takes_effect(path, libreoffice, tmp_path):
    """A question added, one reworded, a point of the scale renamed."""
    audit = load(path)
    with libreoffice.open(path) as office:
        office.insert_rows("questions", 4)
        office.write(
            {
                ("questions", "A4"): "GOV",
                ("questions", "B4"): "GOV-12",
                ("questions", "C4"): "Somebody answers the telephone.",
                ("questions", "C2"): "A named person leads.",
                ("scales", "C2"): "Blue",
            }
        )
        office.recalculate()
        assert not office.errors()
        saved = office.save_as(tmp_path / "audit.xlsx")
    later = load(saved)
    ids = [question.id for question in later.sections[0].questions]
    assert ids[:4] == ["GOV-1", "GOV-2", "GOV-12", "GOV-3"]
    assert later.sections[0].questions[2].text == "Somebody answers the telephone."
    assert later.sections[0].questions[0].text == "A named person leads."
    assert later.scales[0].points[0].label == "Blue"
    changes = compare(audit, later).changes
    assert {(change.subject, change.how, change.id) for change in changes} == {
        ("questions", "reworded", "GOV-1"),
        ("questions", "added", "GOV-12"),
        ("scales", "changed", "rag.green"),
    }
    assert later.sections[1:] == audit.sections[1:]
    assert (later.responses, later.rules, later.overall) == (audit.responses, audit.rules, audit.overall)
    told = [(change.how, change.id) for change in compare(audit, later).changes]
    assert told == [("reworded", "GOV-1"), ("added", "GOV-12"), ("changed", "rag.green")]


@pytest.mark.parametrize("program", ["libreoffice", "openpyxl"])
def test_whichever_program_saves_it_says_the_same(program, path, request, tmp_path):
    target = tmp_path / "audit.xlsx"
    if program == "openpyxl":
        openpyxl.load_workbook(path).save(target)
    else:
        with request.getfixturevalue("libreoffice").open(path) as office:
            office.save_as(target)
    assert load(target) == load(path)
