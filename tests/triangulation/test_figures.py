"""Figures worked out by hand, over what agencies, practitioners and auditors of cases put into their workbooks."""

from __future__ import annotations

import pytest

from auditkit.triangulation.beside import triangulate
from auditkit.triangulation.model import Triangulation


@pytest.fixture(scope="module")
def made(rounds) -> Triangulation:
    return triangulate(*rounds)


def line(made, agency, standard):
    lines = made.lines if agency else made.overall
    return next(line for line in lines if (line.agency, line.standard) == (agency, standard))


def test_a_self_rating_is_the_mean_place_of_its_questions_by_weight(made):
    """Green 100 counts twice, Amber 50, Red 0: 250 / 4. N/A and what isn't asked are in no mean."""
    police, hospice = line(made, "A1", "GOV").self_rating, line(made, "A2", "GOV").self_rating
    assert (police.place, police.rated, police.asked, police.text) == (62.5, 3, 3, "▲ Amber")
    assert (hospice.place, hospice.rated, hospice.asked) == (100, 1, 2)
    assert line(made, "A1", "NUM").self_rating.place == 70


def test_practitioners_stand_at_the_mean_place_of_all_their_answers(made):
    """Three Always (100) and five Seldom (33.3); to the other question four Yes (0) and four No (100)."""
    said = line(made, "A1", "GOV").practice
    assert said.place == pytest.approx((3 * 100 + 5 * 100 / 3 + 4 * 100) / 16)
    assert (said.answers, said.asked, said.people, said.questions, said.margin) == (16, 16, 8, 2, 0)
    assert said.favourable == ((3 + 4) / 16, (3 + 4) / 16)
    numbers = line(made, "A1", "NUM").practice
    assert numbers.place == pytest.approx(200 / 3)
    assert (numbers.answers, numbers.asked, numbers.favourable) == (5, 8, (1, 1))


def test_cases_are_graded_by_agencies_and_not_by_the_meeting(made):
    """Good 66.7, requires improvement 33.3, outstanding 100; one N/A, and a third case that didn't come back."""
    work = line(made, "A1", "GOV").grades
    assert work.place == pytest.approx(200 / 3)
    assert work.counts == (("Outstanding", 1), ("Good", 1), ("Requires improvement", 1), ("N/A", 1))
    assert (work.grades, work.asked, work.cases) == (3, 6, 2)
    assert line(made, "A2", "GOV").grades is None


def test_differences_are_ranked_the_largest_first(made):
    ranked = [(each.rank, each.agency, each.standard, round(each.difference, 2)) for each in made.lines[:3]]
    assert ranked == [(1, "A2", "GOV", 50.0), (2, "A1", "GOV", 8.33), (3, "A1", "NUM", 3.33)]
    assert line(made, "A1", "GOV").cases_difference == pytest.approx(62.5 - 200 / 3)


def test_what_has_no_rank_says_why(made):
    numbers = line(made, "A2", "NUM")
    assert (numbers.rank, numbers.difference) == (None, None)
    assert numbers.remark == "The agency rated nothing here (its return: partly)"


def test_standards_are_over_everyone_matched_or_not(made):
    """Two agencies rated GOV, of three; the schools' three answers count, and their case."""
    overall = line(made, "", "GOV")
    assert (overall.self_rating.place, overall.self_rating.rated, overall.self_rating.asked) == (81.25, 2, 3)
    said = overall.practice
    assert (said.answers, said.asked, said.people) == (34, 34, 17)
    assert said.place == pytest.approx((9 * 100 + 5 * 100 / 3 + 10 * 100) / 34)
    assert (overall.grades.grades, overall.grades.cases) == (5, 2)


def test_what_goes_with_nothing_is_listed(made):
    found = {(each.what, each.name, each.where): each.why for each in made.unmatched}
    assert found.keys() == {
        ("Agency", "Schools", "survey"),
        ("Agency", "Wexley School", "case audit"),
        ("Agency", "Wexley Fire Station", "self assessment"),
        ("Agency", "St Mary's Hospice", "self assessment"),
        ("Standard", "GOW", "survey"),
        ("Standard", "NUM Numbers", "self assessment"),
        ("Question", "SAY-5", "survey"),
        ("Question", "CW-3", "case audit"),
    }
    assert "did you mean 'GOV'?" in found["Standard", "GOW", "survey"]
    assert "case audit" in found["Standard", "NUM Numbers", "self assessment"]
    assert "no case" in found["Agency", "St Mary's Hospice", "self assessment"]


def test_without_a_case_audit_nothing_is_said_of_cases(rounds):
    made = triangulate(*rounds[:2])
    assert all(each.grades is None for each in made.lines)
    assert not [each for each in made.unmatched if "case" in f"{each.where} {each.why}"]
