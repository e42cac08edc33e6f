"""The report of a survey: the shares of a published one come back, in figures, sentences, Excel and Word."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.errors import AuditkitError
from auditkit.round import Round, load
from auditkit.survey import say
from auditkit.survey.count import report
from auditkit.survey.excel import workbook
from auditkit.survey.model import Report, Result
from auditkit.survey.word import document
from tests.rounds import small_round
from tests.survey.dealt import AS_AT, COUNT, ONE, SEVERAL, dealt
from tests.surveys import AUDIT, REGISTER

# What was published for 2023.
PUBLISHED = {
    "PS11-1": {"Every two years": "63%", "Every year": "29%", "Other": "8%"},
    "PS11-2": {"September": "32%", "May": "14%", "June": "14%"},
    "PS11-4": {"A software tool": "54%", "Excel or Google Sheets": "21%", "Paper or Word documents": "17%"},
    "PS11-5": {"Two months": "44%", "One month": "35%", "Two weeks": "4%", "Three months": "4%"},
    "PS75-1": {"Every year": "59%", "Every two years": "23%"},
    "PS75-2": {"September": "44%", "April": "11%", "May": "11%", "October": "11%"},
    "PS75-3": {"Other": "30%", "Three months": "25%"},
    "PS75-4": {"A software tool": "48%", "Other": "24%"},
    "PS75-7": {"The partnership": "45%", "Education support": "30%", "Other": "15%"},
    "PS75-8": {"Yes": "89%", "No": "11%"},
    "PSCR-1": {"3": "18%", "6": "14%"},
    "PSCR-2": {"One month": "40%", "Other": "50%"},
    "PSCR-3": {"Paper or Word documents": "65%"},
    "PSCR-4": {"The partnership": "91%"},
    "PSCR-5": {"Yes": "74%"},
}
SENTENCES = {
    "PS11-1": "The most common answer is “Every two years”, given by 63% (30 of 48), followed by “Every year” "
    "(29%).",
    "PS11-2": "The most common answer is “September”, given by 32% (14 of 44), followed by “May” and “June” "
    "(14% each).",
    "PS75-2": "The most common answer is “September”, given by 44% (16 of 36), followed by “April”, “May” and "
    "“October” (11% each).",
    "PS75-8": "The most common answer is “Yes”, given by 89% (32 of 36), followed by “No” (11%).",
    "PSCR-1": "Half gave 4 or less; answers go from 1 to 50. “3” is given most often (18%), then “6” (14%).",
    "PSCR-5": "74% said “Yes” (34 of 46), 26% “No”.",
    "PS11-6": "“Capacity in agencies” was chosen most often, by 80% (36 of 45), followed by “Timing” (53%). "
    "Several could be chosen, so percentages come to more than 100.",
}


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return dealt(tmp_path_factory.mktemp("survey") / "ps")


@pytest.fixture(scope="module")
def made(round_: Round) -> Report:
    return report(round_, AS_AT)


def of(made: Report, question: str) -> Result:
    return next(result for result in made.results if result.asked.id == question)


@pytest.mark.parametrize("question", PUBLISHED)
def test_published_shares_come_back(made, question):
    shares = {count.answer: say.percent(count.share) for count in of(made, question).counts}
    assert {answer: shares[answer] for answer in PUBLISHED[question]} == PUBLISHED[question]


@pytest.mark.parametrize("question", SENTENCES)
def test_and_sentences_say_them(made, question):
    assert say.sentences(of(made, question))[0] == SENTENCES[question]


def test_percentages_are_of_those_who_answered(made):
    base = of(made, "PS75-2").base
    assert (base.asked, base.answered, base.not_applicable, base.blank) == (48, 36, 4, 8)
    assert say.base(of(made, "PS75-2")) == (
        "36 of 48 answered; 4 said that it doesn't apply to them and aren't in the percentages; 8 left it empty."
    )
    assert (made.asked, made.replied) == (COUNT + 2, COUNT)


def test_groups_add_up_to_all(made):
    for result in made.results:
        for cross in result.crosses:
            for n, count in enumerate(result.counts):
                assert sum(part.counts[n].count for part in cross.parts) == count.count


def test_what_other_was_is_listed_in_the_order_of_the_alphabet(made):
    others = of(made, "PS11-1").others
    assert len(others) == ONE["PS11-1"]["Other"]
    assert list(others) == sorted(others)


def test_the_workbook_has_all_figures(made, tmp_path):
    path = tmp_path / "survey.xlsx"
    path.write_bytes(workbook(made))
    book = openpyxl.load_workbook(path)
    figures = {
        (ref, answer): count
        for _, ref, _, _, whose, answer, count, *_ in book["Figures"].iter_rows(min_row=4, values_only=True)
        if whose == "All"
    }
    for question, deck in ONE.items():
        for answer, count in deck.items():
            assert answer == "We don't run one" or figures[question, str(answer)] == count
    assert figures["PS11-6", "Timing"] == SEVERAL["PS11-6/3"]
    sheets = [name for name in book.sheetnames if book[name]._charts]
    assert sheets == ["Section 11 audits", "Section 175 157 audits", "Case audits and rapid reviews"]
    assert all(len(book[name]._charts) >= 5 for name in sheets)


def test_the_document_has_sentences_tables_and_told_pictures(made):
    read = docx.Document(io.BytesIO(document(made)))
    texts = [paragraph.text for paragraph in read.paragraphs]
    assert {*SENTENCES.values()} <= {*texts}
    told = [shape._inline.docPr.get("descr") for shape in read.inline_shapes]
    assert any("Every two years 63%" in text for text in told)
    cells = {tuple(cell.text for cell in row.cells) for table in read.tables for row in table.rows}
    assert ("Every two years", "30", "63%") in cells


def test_word_and_excel_find_nothing_to_repair(made, tmp_path, ooxml_errors):
    files = {"survey.xlsx": workbook(made), "survey.docx": document(made)}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert ooxml_errors([tmp_path / name for name in files]) == {}


def test_the_command_says_what_it_wrote(round_):
    said = CliRunner().invoke(group, ["survey", "--round", str(round_.folder)], catch_exceptions=False)
    assert said.exit_code == 0
    assert "48 of 50 recipients replied" in said.output
    assert {path.name for path in (round_.folder / "reports").iterdir()} == {"survey.xlsx", "survey.docx"}


def test_a_round_that_wasnt_collated_says_so(tmp_path):
    with pytest.raises(AuditkitError, match="Collate it first"):
        report(small_round(tmp_path, AUDIT, REGISTER), AS_AT)


def test_an_audit_without_a_survey_says_so(tmp_path):
    with pytest.raises(AuditkitError, match="has no survey questions"):
        report(load(small_round(tmp_path).folder), AS_AT)


def test_formulas_and_odd_signs_are_text(tmp_path: Path) -> None:
    from auditkit.collate import collate
    from tests.filling import fill

    own = small_round(tmp_path, AUDIT.replace("small: 3", "small: "), REGISTER)
    typed = {
        ("AUD", "AUD-1", "answer"): "Other",
        ("AUD", "AUD-1", "other"): "=1+1 costs $5 and $6",
        ("AUD", "AUD-5", "answer"): '\'=HYPERLINK("http://x.example")',
    }
    fill(own, "P1", typed, "p1.xlsx")
    collate(load(own.folder), own.returns, as_at=AS_AT)
    made = report(load(own.folder), AS_AT)
    book = openpyxl.load_workbook(io.BytesIO(workbook(made)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert document(made)
