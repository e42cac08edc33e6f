from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.roll_up import Band, Cap, RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.rating import (
    Rating,
    best,
    half_up,
    rate,
    result_scale,
    roll_up,
    score_of,
)
from tests.master.rounds import (
    AMBER,
    EVIDENCE,
    FOUR,
    GREEN,
    MEAN,
    NA,
    PERCENT,
    RAG,
    RATING,
    RED,
    RISK,
    ROLL_UPS,
    WORDS,
    audit,
    section,
)

G, A, R, N = GREEN.text, AMBER.text, RED.text, NA.text


def rag(*answers: str | tuple[str, float] | None) -> list[Rating]:
    pairs = [a if isinstance(a, tuple) else (a, 1.0) for a in answers]
    return [Rating(RAG, value, weight) for value, weight in pairs]


def test_a_weighted_mean_by_hand() -> None:
    # (3×3 + 1×1 + 0×1) ÷ 5 = 2
    result = roll_up(MEAN, RAG, rag((G, 3), (A, 1), (R, 1)))
    assert (result.score, result.point) == (2.0, AMBER)


def test_not_applicable_and_blank_leave_the_denominator() -> None:
    result = roll_up(MEAN, RAG, rag(G, G, N, None))
    assert (result.score, result.point) == (3.0, GREEN)
    assert (result.asked, result.answered, result.not_applicable, result.unscored) == (4, 3, 1, 0)


def test_weights_multiply_the_ceiling_of_a_percentage_too() -> None:
    # (2×3 + 1×0) ÷ (2×3 + 1×3) = 66.67 %
    result = roll_up(RollUp("percent", (Band(60, "green"), Band(0, "red"))), RAG, rag((G, 2), (R, 1)))
    assert result.score == 66.666667
    assert result.point == GREEN


def test_a_cap_holds_the_result_down_and_never_lifts_it() -> None:
    cap = Cap("any red", ("red",), "amber")
    capped = replace(MEAN, caps=(cap,))
    good = rag(*[G] * 9, R)
    assert roll_up(MEAN, RAG, good).point == GREEN
    assert roll_up(capped, RAG, good).point == AMBER
    assert roll_up(capped, RAG, rag(R, R)).point == RED
    assert roll_up(capped, RAG, good).score == 2.7


def test_the_worse_of_two_caps_wins() -> None:
    caps = (Cap("amber", ("amber",), "amber"), Cap("red", ("red",), "red"))
    assert roll_up(replace(MEAN, caps=caps), RAG, rag(*[G] * 8, A, R)).point == RED


def test_worst() -> None:
    result = roll_up(RollUp("worst"), RAG, rag(G, A, N, None))
    assert (result.score, result.point) == (1, AMBER)


def test_share_at_or_above_counts_weights() -> None:
    rule = RollUp("share", (Band(75, "green"), Band(0, "amber")), at_or_above="amber")
    # 3 of 4 by weight are amber or better
    result = roll_up(rule, RAG, rag((G, 1), (A, 2), (R, 1), N))
    assert (result.score, result.point) == (75.0, GREEN)


def test_order_is_the_order_of_the_points_not_of_colours_or_scores() -> None:
    blue = Point("blue", "Blue", "#3B73B9", score=2)
    amber_above_blue = Scale("s", (GREEN, AMBER, blue, RED))
    ratings = [Rating(amber_above_blue, "▲ Amber"), Rating(amber_above_blue, "Blue")]
    assert roll_up(RollUp("worst"), amber_above_blue, ratings).point == blue


def test_one_may_be_the_best_score() -> None:
    one_best = Scale("s", (Point("a", "A", "#0", score=1), Point("b", "B", "#0", score=4)))
    rule = RollUp("mean", (Band(2.5, "b"), Band(1, "a")))
    assert roll_up(rule, one_best, [Rating(one_best, "A"), Rating(one_best, "A")]).point == one_best.points[0]
    assert roll_up(rule, one_best, [Rating(one_best, "A"), Rating(one_best, "B")]).point == one_best.points[1]


def test_a_point_without_a_score_leaves_the_sums_and_is_counted() -> None:
    ratings = [Rating(FOUR, "★ Outstanding"), Rating(FOUR, "✖ No submission"), Rating(FOUR, "N/A")]
    result = roll_up(RollUp("mean", (Band(4, "out"), Band(0, "poor"))), FOUR, ratings)
    assert (result.score, result.answered, result.not_applicable, result.unscored) == (4, 3, 1, 1)
    assert roll_up(RollUp("worst"), FOUR, ratings).point == FOUR.point("out")


def test_a_scale_of_words_has_an_order_but_no_mean() -> None:
    ratings = [Rating(WORDS, "In place"), Rating(WORDS, "<Urgent>")]
    assert roll_up(MEAN, RAG, ratings).point is None
    worst = roll_up(RollUp("worst"), WORDS, ratings)
    assert (worst.score, worst.point) == (None, WORDS.point("red"))
    assert worst.unscored == 0


def test_numbers_are_their_own_score_and_points_are_bands_of_them() -> None:
    assert [PERCENT.point_for(n) for n in (0, 39.9, 40, 100)] == [
        PERCENT.point(p) for p in ("red", "red", "amber", "green")
    ]
    result = roll_up(RollUp("mean"), PERCENT, [Rating(PERCENT, 80), Rating(PERCENT, 50, 2)])
    assert (result.score, result.point) == (60.0, PERCENT.point("amber"))
    assert roll_up(RollUp("mean"), PERCENT, [Rating(PERCENT, "Not relevant")]).score is None


def test_a_band_without_a_floor_takes_the_rest() -> None:
    assert RISK.point_for(0) == RISK.point("green")
    assert RISK.point_for(10) == RISK.point("red")
    assert replace(PERCENT, points=PERCENT.points[:2]).point_for(5) is None


def test_a_score_below_every_band_is_no_rating() -> None:
    result = roll_up(RollUp("mean", (Band(1, "green"),)), RAG, rag(R))
    assert (result.score, result.point) == (0.0, None)


def test_weight_zero_counts_for_nothing() -> None:
    capped = replace(MEAN, caps=(Cap("any red", ("red",), "red"),))
    assert roll_up(capped, RAG, rag(G, (R, 0))).point == GREEN
    assert roll_up(RollUp("worst"), RAG, rag(G, (R, 0))).point == GREEN
    assert roll_up(MEAN, RAG, rag((R, 0))).score is None


def test_a_cap_on_a_point_that_the_result_cannot_have_is_ignored() -> None:
    rule = replace(MEAN, caps=(Cap("odd", ("red",), "na"),))
    assert roll_up(rule, RAG, rag(R)).point == RED


def test_two_scales_and_weights_of_sections_by_hand() -> None:
    percent = replace(RATING, scale="percent")
    first = section("A", 2, weights=(1, 3))
    second = section("B", 1, responses=(percent, EVIDENCE), weight=2, roll_up=RollUp("mean"))
    third = section("C", 1, responses=(EVIDENCE,))
    overall = RollUp("percent", (Band(70, "green"), Band(40, "amber"), Band(0, "red")), scale="rag")
    whole = audit([first, second, third], scales=(RAG, PERCENT), overall=overall)
    ratings = rate(whole, {"A-1": G, "A-2": A, "B-1": 45.0, "C-1": G})
    assert list(ratings.sections) == ["A", "B"]
    # A: (3 + 3×1) ÷ 4; B: 45 % lies in the middle band of its own scale
    assert (ratings.sections["A"].score, ratings.sections["A"].point) == (1.5, AMBER)
    assert ratings.sections["B"].point == PERCENT.point("amber")
    # 100 × (1×3 + 3×1 + 2×45) ÷ (1×3 + 3×3 + 2×100)
    assert ratings.overall.score == pytest.approx(100 * 96 / 212, abs=1e-6)
    assert ratings.overall.point == AMBER


def test_the_scale_of_a_result() -> None:
    whole = audit([section("A", 1, responses=(EVIDENCE,)), section("B", 1)])
    assert result_scale(whole) == RAG
    assert result_scale(whole, whole.sections[1]) == RAG
    assert result_scale(replace(whole, overall=replace(MEAN, scale="rag"))) == RAG
    with pytest.raises(KeyError, match="no section"):
        result_scale(replace(whole, sections=whole.sections[:1]))


def test_worst_over_scales_goes_by_the_id_of_points() -> None:
    ratings = [Rating(PERCENT, 10), Rating(FOUR, "◆ Good")]
    assert roll_up(RollUp("worst"), RAG, ratings).point == RED
    assert roll_up(RollUp("worst"), RAG, ratings[1:]).point is None


def test_scores_and_ceilings() -> None:
    assert [score_of(RAG, v) for v in (G, N, None, 3)] == [3, None, None, None]
    assert (best(RAG), best(PERCENT), best(WORDS)) == (3, 100, None)


@pytest.mark.parametrize(
    ("value", "places", "rounded"), [(66.25, 1, 66.3), (66.65, 1, 66.7), (2.5, 0, 3), (1.005, 2, 1.01)]
)
def test_halves_go_up(value: float, places: int, rounded: float) -> None:
    assert half_up(value, places) == rounded


ANSWERS = st.lists(
    st.tuples(st.sampled_from((G, A, R, N, None)), st.sampled_from((0.5, 1.0, 2.0, 3.0))),
    min_size=1,
    max_size=12,
)


@given(ANSWERS)
def test_a_mean_lies_between_its_answers_and_a_percentage_between_0_and_100(
    answers: list[tuple[str, float]],
) -> None:
    scores = [s for value, _ in answers if (s := score_of(RAG, value)) is not None]
    mean, percent = (roll_up(ROLL_UPS[rule], RAG, rag(*answers)).score for rule in ("mean", "percent"))
    if not scores:
        assert mean is None
        assert percent is None
        return
    assert mean is not None
    assert percent is not None
    assert min(scores) - 1e-6 <= mean <= max(scores) + 1e-6
    assert percent == pytest.approx(100 * mean / 3, abs=1e-4)


@given(ANSWERS, st.sampled_from(sorted(ROLL_UPS)))
def test_blanks_and_unweighted_answers_change_no_result(answers: list[tuple[str, float]], rule: str) -> None:
    plain = roll_up(ROLL_UPS[rule], RAG, rag(*answers))
    more = roll_up(ROLL_UPS[rule], RAG, rag(*answers, None, (R, 0)))
    assert (more.score, more.point) == (plain.score, plain.point)
    assert (more.asked, more.answered) == (plain.asked + 2, plain.answered + 1)


@given(ANSWERS, st.integers(0, 11), st.sampled_from(("mean", "percent", "share", "worst", "worst with caps")))
def test_a_better_answer_never_makes_a_worse_result(
    answers: list[tuple[str, float]], at: int, rule: str
) -> None:
    at %= len(answers)
    before = roll_up(ROLL_UPS[rule], RAG, rag(*answers)).point
    if answers[at][0] not in (A, R) or before is None:
        return
    after = roll_up(ROLL_UPS[rule], RAG, rag(*answers[:at], (G, answers[at][1]), *answers[at + 1 :])).point
    assert after is not None
    assert RAG.ranked.index(after) <= RAG.ranked.index(before)


@given(ANSWERS, st.sampled_from((0.25, 4.0)), st.sampled_from(sorted(ROLL_UPS)))
def test_only_the_proportion_of_weights_matters(
    answers: list[tuple[str, float]], by: float, rule: str
) -> None:
    scaled = [(value, weight * by) for value, weight in answers]
    assert roll_up(ROLL_UPS[rule], RAG, rag(*scaled)) == roll_up(ROLL_UPS[rule], RAG, rag(*answers))
