"""Small counts: what is shown never tells more than the survey's own report, and is never wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.places import places
from auditkit.definition.survey import AnswerType
from auditkit.survey.hide import hidden
from auditkit.survey.model import Base, Count
from auditkit.survey.write import write as write_report
from auditkit.triangulation.practice import figure
from auditkit.triangulation.write import write
from tests.rounds import ISSUED
from tests.triangulation import sides

CHOICES = ("Always", "Mostly", "Seldom", "Never")
ANSWER = AnswerType(choices=CHOICES, favourable=CHOICES[:2])
SMALL = 3


def answers(counts, gone=()):
    """Return the answers to a question as the report has them, with some counts hidden."""
    total = sum(counts)
    shown = (None if n in gone else count for n, count in enumerate(counts))
    listed = [Count(choice, count, total) for choice, count in zip(CHOICES, shown, strict=True)]
    return ANSWER, Base(total + 2, total, 1, 0), listed


def said(*counts):
    """Return replies to the survey's first question: so many of each choice."""
    return [(choice, None, None) for choice, count in zip(CHOICES, counts, strict=True) for _ in range(count)]


def test_hidden_counts_stand_between_what_they_can_be():
    """Two are hidden of ten, 3 together: one Seldom and one Never for sure, the third is either."""
    found = figure([answers((5, 2, 2, 1), gone=(2, 3))])
    least, most = (500 + 2 * 200 / 3 + 100 / 3) / 10, (500 + 2 * 200 / 3 + 2 * 100 / 3) / 10
    assert (found.place - found.margin, found.place + found.margin) == pytest.approx((least, most))
    assert found.favourable == (0.7, 0.7)
    assert (found.answers, found.asked, found.people) == (10, 12, 10)


def test_a_share_that_would_tell_a_hidden_count_is_given_from_to():
    assert figure([answers((5, 2, 2, 1), gone=(1, 3))]).favourable == (0.6, 0.7)


def test_questions_that_too_few_answered_are_in_no_figure():
    few = (ANSWER, None, answers((1, 1, 0, 0), gone=(0, 1))[2])
    found = figure([answers((6, 0, 0, 0)), few])
    assert (found.place, found.answers, found.questions, found.declared) == (100, 6, 1, 2)
    assert figure([few]).place is None


TABLES = st.lists(st.lists(st.integers(0, 7), min_size=4, max_size=4), min_size=1, max_size=4)


@given(TABLES)
def test_the_truth_is_within_what_is_said(table):
    """Whatever was answered by whichever groups, their true place and share lie between the ends that are shown."""
    total = [sum(column) for column in zip(*table, strict=True)]
    _, (gone,) = hidden(total, [table], SMALL)
    for i, counts in enumerate(table):
        found = figure([answers(counts, {j for at, j in gone if at == i})])
        if not sum(counts):
            assert found.place is None
            continue
        place = sum(places(ANSWER)[choice] * n for choice, n in zip(CHOICES, counts, strict=True)) / sum(
            counts
        )
        assert abs(found.place - place) <= found.margin + 1e-9
        least, most = found.favourable
        assert least - 1e-9 <= sum(counts[:2]) / sum(counts) <= most + 1e-9


def counts_shown(folder: Path, name: str) -> list[tuple]:
    sheet = openpyxl.load_workbook(folder / name)["Figures"]
    return list(sheet.iter_rows(values_only=True))


def test_surveys_whose_reports_are_the_same_give_the_same(rounds, tmp_path):
    """Of the police one said Seldom and two Never, or the other way round: neither report nor figures tell which."""
    made = []
    for name, police, hospice in (("one", (5, 0, 1, 2), (3, 0, 2, 1)), ("two", (5, 0, 2, 1), (3, 0, 1, 2))):
        people = {"northmoor police": said(*police), "a2": said(*hospice), "Schools": said(4, 0, 0, 0)}
        survey = sides.survey(tmp_path / name, people)
        write_report(survey, survey.folder / "reports", ISSUED)
        _, book, table = write([rounds[0].folder, survey.folder], tmp_path / f"to-{name}", ISSUED)
        cells = [
            tuple(row) for row in openpyxl.load_workbook(book)["By standard"].iter_rows(values_only=True)
        ]
        made.append((counts_shown(survey.folder / "reports", "survey.xlsx"), table.read_bytes(), cells))
    first, second = made
    assert first[0] == second[0]
    assert first[1:] == second[1:]


def test_a_group_of_which_too_few_answered_is_not_shown(rounds, tmp_path):
    """Of one question, and of one that fewer answered beside one that nobody did."""
    people = {
        "northmoor police": said(2, 0, 0, 0) + [(None, "Never", None)] * 2,
        "Schools": [("Always", "Never", "Yes")] * 5,
    }
    survey = sides.survey(tmp_path / "few", people)
    made, _, table = write([rounds[0].folder, survey.folder], tmp_path, ISSUED)
    remarks = {line.standard: line.remark for line in made.lines if line.agency == "A1"}
    assert remarks["GOV"] == remarks["NUM"]
    assert remarks["GOV"].startswith("So few practitioners answered")
    row = next(row for row in table.read_text("utf-8-sig").splitlines() if "Police" in row and "NUM" in row)
    assert row.count("not shown") == 6
