"""Samples of what would be issued, which nobody can take for an issue, and the questions on paper."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from auditkit.cli import group
from auditkit.errors import AuditkitError
from auditkit.preview import word
from auditkit.preview.paper import conditions
from auditkit.preview.types import types
from auditkit.preview.write import write
from auditkit.round import Round, load
from auditkit.templates import new_round
from auditkit.workbook.blocks import layout_for
from tests.numbers import AUDIT as NUMBERS
from tests.numbers import REGISTER as SCHOOLS
from tests.rounds import AUDIT, REGISTER, small_round

TODAY = dt.date(2026, 9, 1)


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    return small_round(tmp_path / "round")


def test_those_who_are_asked_the_same_are_one_type(tmp_path: Path) -> None:
    new_round("section11", tmp_path / "round")
    round_ = load(tmp_path / "round")
    found = types(round_)
    assert sorted(r.id for t in found for r in t.recipients) == sorted(r.id for r in round_.recipients)
    assert len({t.name for t in found}) == len(found) == len({layout_for(t.audit).digest for t in found})
    assert all(layout_for(round_.audit_for(r)) == layout_for(t.audit) for t in found for r in t.recipients)
    assert found[0].name == "Local authority, safeguarding partner Yes"


def test_a_sample_is_what_would_be_issued_and_says_that_it_isnt(round_: Round, tmp_path: Path) -> None:
    preview = write(round_, tmp_path / "to" / "look at", TODAY)
    assert [path.name for _, path in preview.samples] == ["Sample 1 Police.xlsx", "Sample 2 Health.xlsx"]
    for (_, path), recipient in zip(preview.samples, round_.recipients, strict=True):
        book = openpyxl.load_workbook(path)
        issued = openpyxl.load_workbook(next(round_.workbooks.glob(f"*({recipient.id}).xlsx")))
        assert book.sheetnames == issued.sheetnames
        for sheet in book.worksheets[:-2]:
            assert "Sample – not for filling in" in sheet.oddFooter.left.text
        assert "Sample – not for filling in" in str(book.worksheets[0]["A1"].value)
        assert recipient.name not in {cell.value for row in book.worksheets[0].rows for cell in row}


@pytest.mark.parametrize("kept", ["whole", "first sheet"])
def test_a_sample_that_comes_back_is_held(round_: Round, tmp_path: Path, kept: str) -> None:
    (_, path), *_ = write(round_, tmp_path / "preview", TODAY).samples
    target = round_.returns / "back.xlsx"
    shutil.copy(path, target)
    if kept == "first sheet":
        book = openpyxl.load_workbook(path)
        del book[book.sheetnames[-1]]
        book.save(target)
    run = CliRunner().invoke(group, ["collate", str(round_.returns), "--round", str(round_.folder)])
    assert run.exit_code == 3, run.output
    assert "A sample, not an issued workbook" in run.output
    assert '"sample-workbook"' in (round_.tables / "findings.csv").read_text(encoding="utf-8")
    master = openpyxl.load_workbook(round_.master)
    assert [row[0] for row in master["Answers"].values if row[0] in ("A1", "A2")] == []


def test_the_paper_has_every_question_with_who_is_asked(round_: Round, tmp_path: Path) -> None:
    paper = docx.Document(str(write(round_, tmp_path / "preview", TODAY).paper))
    assert paper.core_properties.title == "A small audit: the questions"
    headings = [p.text for p in paper.paragraphs if p.style and p.style.name == "Heading 2"]
    for _, question in round_.audit.questions():
        assert f"{question.id}  {question.text}" in headings
    texts = [p.text for p in paper.paragraphs]
    assert "Who is asked: only where group is Police" in texts
    assert "What good looks like: Named, trained and known." in texts
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    assert ["Police", "1", "5"] in rows
    assert ["● Green", "All of it."] in rows
    assert ["Due date", "", "a date"] in rows
    boxes = [row for row in rows if len(row) == 1]
    assert boxes == [[f"Comments on {question.id}"] for _, question in round_.audit.questions()]
    for table in paper.tables:
        first = table.rows[0]._tr
        assert len(table.columns) == 1 or first.trPr.find(qn("w:tblHeader")) is not None
    fields = paper.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_no_page_parts_a_question_from_its_box(round_: Round, tmp_path: Path) -> None:
    paper = docx.Document(str(write(round_, tmp_path / "preview", TODAY).paper))
    assert paper.styles["Heading 2"].paragraph_format.keep_with_next
    loose: list[str] = []
    for part in paper.element.body:
        texts = [t.text for t in part.iter(qn("w:t"))]
        paragraphs = list(part.iter(qn("w:p")))
        if texts[:1] and texts[0].startswith("Comments on"):
            assert loose == [], texts
        elif paragraphs and Paragraph(paragraphs[0], paper).style.name == "Heading 2":
            loose = []
        else:
            loose += [p.text for p in paragraphs if not Paragraph(p, paper).paragraph_format.keep_with_next]


def test_the_paper_says_how_numbers_are_answered(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round", NUMBERS, SCHOOLS)
    paper = docx.Document(str(write(round_, tmp_path / "preview", TODAY).paper))
    said = {p.text.removeprefix("How it is answered: ") for p in paper.paragraphs}
    assert "a whole number from 0 to 4000 (pupils); on 1 October 2026" in said
    assert (
        "a percentage from 0% to 100%; on 1 October 2026; N-3 divided by N-5; or “Not collected”; may be left blank"
        in said
    )


def test_word_and_excel_find_nothing_to_repair(round_: Round, tmp_path: Path, ooxml_errors) -> None:
    preview = write(round_, tmp_path / "preview", TODAY)
    assert ooxml_errors([preview.paper, preview.samples[0][1]]) == {}


def test_one_group(round_: Round, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        group, ["preview", "--group", "health", "--to", str(tmp_path / "p"), "--round", str(round_.folder)]
    )
    assert run.exit_code == 0, run.output
    assert "1 sample workbook in" in run.output
    assert "Sample 1 Health.xlsx: 1 recipient, 4 questions" in run.output
    (paper,) = (tmp_path / "p").glob("*.docx")
    assert "GOV-3" not in "".join(p.text for p in docx.Document(str(paper)).paragraphs)
    with pytest.raises(AuditkitError, match="of the group 'Helth'; did you mean 'Health'"):
        write(round_, tmp_path / "p", TODAY, "Helth")


def test_nobody_to_show_it_for_and_nowhere_to_put_it(tmp_path: Path) -> None:
    audit = AUDIT.replace(
        "title: Leadership", "title: Leadership\n    applies_to: {sector: Private}"
    ).replace("title: Numbers", "title: Numbers\n    applies_to: {sector: Private}")
    round_ = small_round(tmp_path / "none", audit)
    with pytest.raises(AuditkitError, match="No question applies to anybody"):
        write(round_, tmp_path / "p", TODAY)
    round_ = small_round(tmp_path / "some")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AuditkitError, match="can't be made"):
        write(round_, tmp_path / "file", TODAY)


def test_types_of_one_group_are_told_apart_by_what_decides(tmp_path: Path) -> None:
    audit = AUDIT.replace("groups: [Police, Health]\n", "").replace(
        "applies_to: {group: Police}", "except_for: {sector: [Private, Public]}"
    )
    register = (
        REGISTER + "A3,Wexley Clinic,Health,,,Private\nA4,Northmoor Club,,,,\nA5,Wexley Club,,,,Public\n"
    )
    found = types(small_round(tmp_path / "round", audit, register))
    assert [(t.name, len(t.recipients)) for t in found] == [
        ("Police and Health", 3),
        ("Health", 2),
    ]
    question = next(q for _, q in load(tmp_path / "round").audit.questions() if q.id == "GOV-3")
    assert conditions(question) == "not where sector is Private or Public"


def test_types_are_told_apart_by_the_bound_that_decides(tmp_path: Path) -> None:
    audit = AUDIT.replace("applies_to: {group: Police}", "applies_to: {low_age: at most 7}")
    register = "id,name,group,email,low_age\nA,Wexley,Police,a@n.example,4\nB,Tarn,Police,b@n.example,11\n"
    register += "C,Fell,Police,c@n.example,7\n"
    found = types(small_round(tmp_path / "round", audit, register))
    assert [(t.name, len(t.recipients)) for t in found] == [
        ("Police, low age at most 7", 2),
        ("Police, low age not at most 7", 1),
    ]


@pytest.mark.parametrize("count", [3, 9])
def test_no_row_of_a_table_stands_alone_on_a_page(count: int) -> None:
    document = word.document("A table", "Northmoor", TODAY)
    word.table(document, ("Name",), [(f"{n}",) for n in range(1, count + 1)], (5,))
    (table,) = document.tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    # The header stays with two rows, and the last with the one before it.
    assert kept[:2] + kept[-2:] == [True, True, True, False]
    assert kept[2:-2] == [count <= word.KEPT_TOGETHER] * (count - 3)
