"""The command, as an officer runs it, and the files that it writes."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.errors import AuditkitError
from auditkit.register.tokens import add
from auditkit.round import load
from auditkit.triangulation.write import write
from tests.filling import fill
from tests.rounds import ISSUED, SETTINGS, small_round
from tests.triangulation import sides


@pytest.fixture
def folders(rounds, tmp_path) -> list[Path]:
    """The three rounds in folders that may be changed."""
    return [Path(shutil.copytree(each.folder, tmp_path / each.folder.name)) for each in rounds]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_officer_has_one_workbook_and_a_csv(folders):
    own, survey, cases = map(str, folders)
    run = CliRunner().invoke(group, ["triangulate", own, "--survey", survey, "--cases", cases])
    assert run.exit_code == 0, run.output
    assert "4 rows of 2 agencies and 2 standards" in run.output
    assert "3 differences ranked" in run.output
    assert "Not matched: 9" in run.output
    reports = folders[0] / "reports"
    book = openpyxl.load_workbook(reports / "triangulation.xlsx")
    assert book.sheetnames == ["Differences", "Charts", "By standard", "Not matched", "About"]
    header, first, *_ = book["Differences"].iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["Rank"], row["Agency"], row["Standard"]) == (1, "St Mary's Hospice", "GOV Leadership")
    assert (row["Difference"], row["Self place"], row["Rated"], row["To be rated"]) == (50, 100, 1, 2)
    assert (row["Practitioners' place"], row["Favourable"], row["Answers"]) == (50, 0.5, 12)
    rows = table(reports / "triangulation.csv")
    assert [line["Rank"] for line in rows] == ["1", "2", "3", ""]
    assert rows[1]["Case grades"] == "Outstanding 1, Good 1, Requires improvement 1, N/A 1"
    assert (rows[1]["Grades"], rows[1]["Grades asked for"], rows[1]["Cases"]) == ("3", "6", "2")


def test_in_an_anonymous_survey_a_question_tells_the_agency(folders, tmp_path):
    who = "{id: SAY-0, text: Which agency?, answer: {choices: [Northmoor Police, Another]}}"
    definition = sides.SURVEY.replace("    questions:\n", f"    questions:\n      - {who}\n")
    definition = definition.replace("by: [group]", "by: [group, SAY-0], anonymous: yes").replace(
        "{id: author, label: Completed by, kind: person, role: author}",
        "{id: years, label: Years in this work, kind: choice, choices: [Few, Many]}",
    )
    folder = tmp_path / "anonymous"
    folder.mkdir()
    add(folder / "register.csv", [], 6)
    register = (folder / "register.csv").read_text("utf-8-sig")
    settings = SETTINGS.replace("small-2026", "anonymous-2026")
    survey = small_round(
        folder, definition.replace("groups: [northmoor police, a2, Schools]\n", ""), register, settings
    )
    for n, token in enumerate(survey.recipients):
        answers = {("SAY", "SAY-0", "answer"): "Northmoor Police", ("SAY", "SAY-1", "answer"): "Never"}
        fill(survey, token.id, answers, f"{n}.xlsx")
    sides.collated(survey)
    made, *_ = write([folders[0], folder], None, ISSUED)
    police = next(line for line in made.lines if (line.agency, line.standard) == ("A1", "GOV"))
    assert (police.practice.place, police.practice.people, police.rank) == (0, 6, 1)
    assert made.by == "Which agency?"


def test_without_a_case_audit_no_chart_speaks_of_cases(folders):
    """What stands beside the charts is what they draw."""
    for wanted, heads in (
        (folders, ("Self", "Practitioners", "Cases")),
        (folders[:2], ("Self", "Practitioners")),
    ):
        _, book, _ = write(wanted, None, ISSUED)
        sheet = openpyxl.load_workbook(book)["Charts"]
        assert tuple(cell.value for cell in sheet[5] if cell.value) == heads
        assert [len(chart.series) for chart in sheet._charts] == [len(heads)] * 2


def test_in_which_order_files_came_changes_nothing(folders):
    before = write(folders, None, ISSUED)[2].read_bytes()
    survey = folders[1]
    for path in sorted((survey / "returns").glob("*.xlsx")):
        number = int(path.stem[1:])
        os.utime(path, (1_790_000_000 - number,) * 2)
        path.rename(path.with_name(f"{999 - number}.xlsx"))
    sides.collated(load(survey))
    assert write(folders, None, ISSUED)[2].read_bytes() == before


def test_the_workbook_opens(folders, tmp_path, libreoffice):
    _, book, _ = write(folders, tmp_path / "to", ISSUED)
    with libreoffice.open(book) as opened:
        assert opened.errors() == []
        assert opened.values()["Differences"]["B2"] == "St Mary's Hospice"


def test_what_is_no_round_or_was_never_collated_is_said(folders, tmp_path):
    with pytest.raises(AuditkitError, match=r"isn't a round \(it has no round\.yaml\)"):
        write([folders[0], tmp_path], None, ISSUED)
    with pytest.raises(AuditkitError, match="is named twice"):
        write([folders[0], folders[0]], None, ISSUED)
    other = shutil.copytree(folders[0], tmp_path / "other")
    with pytest.raises(AuditkitError, match="is no case audit"):
        write([folders[0], folders[1], other], None, ISSUED)
    with pytest.raises(AuditkitError, match="A small audit has no survey questions"):
        write([folders[0], other], None, ISSUED)
    with pytest.raises(AuditkitError, match="is a case audit, in which agencies rate cases"):
        write([folders[2], folders[1]], None, ISSUED)
    with pytest.raises(AuditkitError, match="survey rates nothing"):
        write([folders[1], folders[0]], None, ISSUED)
    shutil.rmtree(folders[0] / "master")
    with pytest.raises(AuditkitError, match="Collate it first"):
        write(folders, None, ISSUED)


def test_questions_that_changed_since_the_collation_are_said(folders):
    definition = folders[0] / "audit.yaml"
    definition.write_text(definition.read_text("utf-8").replace("GOV-2", "GOV-9"), encoding="utf-8")
    with pytest.raises(AuditkitError, match=r"have changed since it was collated\. Collate it again"):
        write(folders, None, ISSUED)


def test_a_survey_that_is_counted_by_nothing_is_told(folders):
    definition = folders[1] / "audit.yaml"
    definition.write_text(definition.read_text("utf-8").replace("by: [group]", "by: []"), encoding="utf-8")
    with pytest.raises(AuditkitError, match="which agency answers in"):
        write(folders, None, ISSUED)


def test_who_closed_or_came_off_a_case_is_in_no_denominator(folders):
    """The police are off the case that they sent nothing for, and the fire station is closed."""
    for folder, gone in ((folders[0], "A3,"), (folders[2], "C3-POL,")):
        register = folder / "register.csv"
        header, *lines = register.read_text("utf-8").splitlines()
        lines = [f"{line},{'2026-09-01' if line.startswith(gone) else ''}" for line in lines]
        register.write_text("\n".join([f"{header},closed", *lines, ""]), encoding="utf-8")
        sides.collated(load(folder))
    made, *_ = write(folders, None, ISSUED)
    police = next(line for line in made.lines if (line.agency, line.standard) == ("A1", "GOV"))
    assert (police.grades.grades, police.grades.asked, police.grades.cases) == (3, 4, 2)
    overall = next(line for line in made.overall if line.standard == "GOV")
    assert (overall.self_rating.rated, overall.self_rating.asked) == (2, 2)
    assert "Wexley Fire Station" not in [each.name for each in made.unmatched]
    assert [(each.replied, each.recipients) for each in made.sources] == [(2, 2), (17, 17), (4, 4)]


def test_all_cases_of_an_agency_count_however_its_name_is_spelt(folders):
    register = folders[2] / "register.csv"
    text = register.read_text("utf-8").replace("C2,Northmoor Police", "C2,northmoor  police")
    register.write_text(text.replace("C3,Northmoor Police", "C3,A1"), encoding="utf-8")
    sides.collated(load(folders[2]))
    made, *_ = write(folders, None, ISSUED)
    police = next(line for line in made.lines if (line.agency, line.standard) == ("A1", "GOV"))
    assert (police.grades.grades, police.grades.asked, police.grades.cases) == (3, 6, 2)


def test_names_that_mean_one_agency_or_several_are_not_put_together(folders):
    """Two spellings of one agency in the survey, and two agencies of one name in the self assessment."""
    register = folders[0] / "register.csv"
    text = register.read_text("utf-8").replace("Wexley Fire Station", "Schools")
    register.write_text(text + "A4,Schools,Police,Jo Amadi,two@northmoor.example,Public\n", encoding="utf-8")
    sides.collated(load(folders[0]))
    said = {"northmoor police": sides.SAID["northmoor police"], "a1": [("Never", None, None)] * 3}
    said["Schools"] = sides.SAID["Schools"]
    definition = sides.SURVEY.replace("a2,", "a1,")
    survey = sides.survey(folders[0].parent / "twice", said, definition)
    made, *_ = write([folders[0], survey.folder], None, ISSUED)
    found = {each.name: each.why for each in made.unmatched if each.where == "survey"}
    assert found["a1"].startswith("It means the same agency as 'northmoor police'")
    assert found["Schools"].startswith("Several agencies of the self assessment are called so")
    police = next(line for line in made.lines if (line.agency, line.standard) == ("A1", "GOV"))
    assert police.practice.answers == 16
