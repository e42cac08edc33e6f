"""What is ranked, and in which order."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from auditkit.triangulation.beside import laid
from auditkit.triangulation.model import Practice, SelfRating
from auditkit.triangulation.practice import Practices
from auditkit.triangulation.rules import shipped
from auditkit.triangulation.self_rated import SelfRatings

AGENCIES = ("A", "B", "C", "D", "E")
PLACES = st.floats(0, 100, allow_nan=False)


def practice(place, margin, people):
    return Practice(place if people else None, margin, None, people, people, people + 1, 1, 1)


def lines_of(own, said):
    """Return the lines of one standard, from each agency's place and what its practitioners say."""
    ratings = SelfRatings(
        {agency: f"Agency {agency}" for agency in own},
        {"GOV": "Leadership"},
        {(agency, "GOV"): SelfRating(place, 1, 1, standing="returned") for agency, place in own.items()},
        {},
    )
    figures = {(agency, "GOV"): practice(*one) for agency, one in said.items()}
    practices = Practices(tuple(said), "group", {"Q": "GOV"}, figures, {}, None)
    return laid(ratings, practices, None).lines


def test_few_answers_never_come_first():
    """A difference of 90 by four people has no rank; one of 10 by five has."""
    lines = lines_of({"A": 100, "B": 60}, {"A": (10, 0, 4), "B": (50, 0, 5)})
    assert [(line.agency, line.rank) for line in lines] == [("B", 1), ("A", None)]
    assert lines[1].difference == 90
    assert lines[1].remark == "Fewer than 5 practitioners answered: too few to be ranked"


def test_what_may_be_off_counts_for_less():
    lines = lines_of({"A": 80, "B": 10}, {"A": (40, 25, 20), "B": (30, 0, 6)})
    assert [(line.agency, line.difference, line.at_least) for line in lines] == [
        ("B", -20, 20),
        ("A", 40, 15),
    ]


def test_of_equal_differences_the_one_with_more_people_comes_first():
    lines = lines_of({"A": 80, "B": 20}, {"A": (50, 0, 6), "B": (50, 0, 9)})
    assert [line.agency for line in lines] == ["B", "A"]


SAID = st.fixed_dictionaries(
    {agency: st.tuples(PLACES, st.floats(0, 20), st.integers(0, 12)) for agency in AGENCIES}
)


@given(st.fixed_dictionaries(dict.fromkeys(AGENCIES, PLACES)), SAID, st.permutations(AGENCIES))
def test_every_line_is_there_and_in_order(own, said, order):
    """No line is lost; ranks run from 1 by what is sure; who has too few answers has none; order of reading is nothing."""
    lines = lines_of(own, said)
    assert sorted(line.agency for line in lines) == sorted(AGENCIES)
    ranked = [line for line in lines if line.rank]
    assert [line.rank for line in ranked] == list(range(1, len(ranked) + 1))
    assert list(lines[: len(ranked)]) == ranked
    sure = [line.at_least for line in ranked]
    assert all(a >= b - 1e-6 for a, b in itertools.pairwise(sure))
    assert all(line.practice.people >= shipped().least_answered for line in ranked)
    assert all(line.remark for line in lines if not line.rank)
    assert set(lines_of(own, {agency: said[agency] for agency in order})) == set(lines)
