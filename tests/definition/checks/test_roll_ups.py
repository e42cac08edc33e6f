from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.checks.test_scales import NUMBERS
from tests.definition.written import RESPONSES, ROLL_UP, SCALES, SECTIONS, found, pointed_at

PERCENT = ROLL_UP.replace("mean", "percent").replace("1.5", "80").replace("0.5", "40")
SHARE = PERCENT.replace("percent", "share\n  at_or_above: amber")
CAP = "  caps:\n  - {name: Any red, any_of: red, at_most: amber}\n"


@pytest.mark.parametrize(
    "roll_up",
    [
        ROLL_UP,
        PERCENT,
        SHARE,
        ROLL_UP + CAP,
        "roll_up: {rule: worst, scale: rag}\n",
        PERCENT + "  scale: rag\n",
    ],
)
def test_sound_roll_ups(tmp_path: Path, roll_up: str) -> None:
    assert pointed_at(tmp_path, roll_up=roll_up) == []
    overall = roll_up.replace("roll_up", "overall")
    assert pointed_at(tmp_path, overall=overall) == []


@pytest.mark.parametrize(
    ("whole", "old", "new", "problem"),
    [
        (
            ROLL_UP,
            "mean",
            "mean\n  scale: rga",
            "3 rga | there is no scale called 'rga'; did you mean 'rag'?",
        ),
        (
            ROLL_UP,
            "point: red",
            "point: rde",
            "6 rde | the scale 'rag' has no point 'rde'; did you mean 'red'?",
        ),
        (
            ROLL_UP,
            "point: red",
            "point: na",
            "6 na | 'na' means not applicable and can't be a result: choose another point",
        ),
        (
            ROLL_UP,
            "0.5",
            "1.5",
            "5 1.5 | bands go from the highest down: this 'at_least' must be below that of the band above it",
        ),
        (
            ROLL_UP,
            "point: red",
            "point: green",
            "6 green | 'green' is better than 'amber', so it can't be the result of a worse mean "
            "score: turn the "
            "points of these bands round",
        ),
        (ROLL_UP, "1.5", "2.5", "4 2.5 | a mean score is never above 2, so this band is never reached"),
        (
            ROLL_UP,
            "at_least: 0,",
            "at_least: 0.1,",
            "6 0.1 | a mean score below 0.1 falls in no band: the last band must catch everything "
            "that is left, so "
            "make its 'at_least' 0",
        ),
        (
            PERCENT,
            "at_least: 0,",
            "at_least: 1,",
            "6 1 | a percentage below 1 falls in no band: the last band must catch everything "
            "that is left, so make "
            "its 'at_least' 0",
        ),
        (PERCENT, "80", "101", "4 101 | a percentage is never above 100, so this band is never reached"),
        (
            ROLL_UP,
            ROLL_UP,
            "roll_up: {rule: mean}\n",
            "1 {rule | 'mean' needs 'bands': the lowest mean score for each point, best first",
        ),
        (ROLL_UP, "mean", "worst", "3 bands | 'worst' takes the worst answer as it is: leave 'bands' out"),
        (
            ROLL_UP,
            "mean",
            "mean\n  at_or_above: red",
            "3 at_or_above | 'at_or_above' belongs to the rule 'share', not to 'mean': leave it out",
        ),
        (
            SHARE,
            "\n  at_or_above: amber",
            "",
            "2 rule | 'share' needs 'at_or_above', the lowest point that counts as good enough",
        ),
        (
            SHARE,
            "amber\n",
            "ambre\n",
            "3 ambre | the scale 'rag' has no point 'ambre'; did you mean 'amber'?",
        ),
        (
            ROLL_UP + CAP,
            "Any red",
            "''",
            "8 '' | a cap needs a name, which says in the master why a rating was held down",
        ),
        (
            ROLL_UP + CAP,
            "any_of: red",
            "any_of: []",
            "8 [] | this cap never holds: name the answers that bring it about",
        ),
        (
            ROLL_UP + CAP,
            "any_of: red",
            "any_of: rde",
            "8 rde | the scale 'rag' has no point 'rde'; did you mean 'red'?",
        ),
        (
            ROLL_UP + CAP,
            "at_most: amber",
            "at_most: ambr",
            "8 ambr | the scale 'rag' has no point 'ambr'; did you mean 'amber'?",
        ),
    ],
)
def test_a_roll_up(tmp_path: Path, whole: str, old: str, new: str, problem: str) -> None:
    assert pointed_at(tmp_path, roll_up=whole.replace(old, new)) == [problem]


def test_a_cap_may_be_about_not_applicable(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, roll_up=ROLL_UP + CAP.replace("any_of: red", "any_of: na")) == []


def test_rules_that_need_scores(tmp_path: Path) -> None:
    scales = SCALES.replace(", score: 2", "").replace(", score: 1", "").replace(", score: 0", "")
    for rule, roll_up in (("mean", ROLL_UP), ("percent", PERCENT)):
        problems = pointed_at(tmp_path, scales=scales, roll_up=roll_up)
        assert any(
            f"'{rule}' calculates with scores, and no point of the scale 'rag' has one" in problem
            for problem in problems
        )
    assert pointed_at(tmp_path, scales=scales, roll_up=SHARE) == []


def test_percent_needs_a_best_score_to_measure_against(tmp_path: Path) -> None:
    scales = (
        SCALES.replace("score: 0", "score: -2")
        .replace("score: 1", "score: -1")
        .replace("score: 2", "score: 0")
    )
    (problem,) = pointed_at(tmp_path, scales=scales, roll_up=PERCENT)
    assert "'percent' needs the best point to have the highest score, above 0" in problem
    one_is_best = (
        SCALES.replace("score: 2", "score: x").replace("score: 0", "score: 2").replace("score: x", "score: 0")
    )
    (problem,) = pointed_at(tmp_path, scales=one_is_best, roll_up=PERCENT)
    assert "'percent' needs the best point to have the highest score, above 0" in problem


def test_bands_where_one_is_best(tmp_path: Path) -> None:
    scales = (
        SCALES.replace("score: 2", "score: x").replace("score: 0", "score: 3").replace("score: x", "score: 1")
    )
    scales = scales.replace('"#FBF0A8", score: 1', '"#FBF0A8", score: 2')
    roll_up = "roll_up: {rule: mean, bands: [{at_least: 2.5, point: red}, {at_least: 1, point: green}]}\n"
    assert pointed_at(tmp_path, scales=scales, roll_up=roll_up) == []
    turned = roll_up.replace("red", "x").replace("green", "red").replace("x", "green")
    (problem,) = pointed_at(tmp_path, scales=scales, roll_up=turned)
    assert "'green' is better than 'red'" in problem


@pytest.mark.parametrize(
    ("numbers", "rule", "needs"),
    [
        (NUMBERS, "mean", False),
        (NUMBERS, "percent", False),
        (NUMBERS, "share, at_or_above: red", True),
        (NUMBERS.replace("100", "200"), "percent", True),
    ],
)
def test_bands_of_a_number_scale_can_do(tmp_path: Path, numbers: str, rule: str, needs: bool) -> None:
    problems = pointed_at(tmp_path, scales=numbers, roll_up=f"roll_up: {{rule: {rule}}}\n")
    assert any("needs 'bands'" in problem for problem in problems) == needs
    assert len(problems) == needs


RULES = "with a 'rule', which is one of mean, percent, worst or share"


def test_what_is_rated_needs_roll_ups_and_says_which(tmp_path: Path) -> None:
    assert found(tmp_path, roll_up="", overall="") == [
        f"1:1 questions are rated, and nothing says how their ratings become {result}: add '{name}' {RULES}"
        for name, result in (("roll_up", "the rating of a section"), ("overall", "one overall rating"))
    ]


def test_a_section_with_a_roll_up_of_its_own_needs_no_other(tmp_path: Path) -> None:
    sections = SECTIONS.replace("title: Governance\n", "title: Governance\n  roll_up: {rule: worst}\n")
    assert found(tmp_path, roll_up="", sections=sections) == []


def test_what_is_not_rated_needs_none(tmp_path: Path) -> None:
    written = RESPONSES.replace("kind: rating, scale: rag, role: rating", "kind: text")
    assert found(tmp_path, roll_up="", overall="", responses=written, scales="scales: []\n") == []


TWO_SCALES = SCALES + NUMBERS.removeprefix("scales:\n").replace("rag", "score").replace("green", "blue")
TWO_SECTIONS = """\
sections:
- {id: A, title: A, questions: [{id: a, text: A}]}
- id: B
  title: B
  questions: [{id: b, text: B}]
  responses: [{id: rating, label: Rating, kind: rating, scale: score, role: rating}]
  roll_up: {rule: worst}
"""


@pytest.mark.parametrize("rule", ["worst", "mean, bands: [{at_least: 0, point: red}]"])
def test_scales_that_cant_be_compared(tmp_path: Path, rule: str) -> None:
    overall = f"overall: {{rule: {rule}}}\n"
    (problem,) = pointed_at(tmp_path, scales=TWO_SCALES, sections=TWO_SECTIONS, overall=overall)
    assert "sections are rated on different scales (rag and score), which" in problem
    assert problem.endswith("can't compare: use 'rule: percent'")


def test_percent_across_scales_says_on_which_the_result_is(tmp_path: Path) -> None:
    overall = PERCENT.replace("roll_up", "overall")
    assert pointed_at(tmp_path, scales=TWO_SCALES, sections=TWO_SECTIONS, overall=overall) == [
        "16 percent | sections are rated on different scales (rag and score): add 'scale', the "
        "one that the result is on"
    ]
    overall += "  scale: rag\n"
    assert pointed_at(tmp_path, scales=TWO_SCALES, sections=TWO_SECTIONS, overall=overall) == []
    cap = CAP.replace("any_of: red", "any_of: [blue, greem]")
    (problem,) = pointed_at(tmp_path, scales=TWO_SCALES, sections=TWO_SECTIONS, overall=overall + cap)
    assert "the scale 'rag' or 'score' has no point 'greem'; did you mean 'green'?" in problem


def test_worst_is_on_the_scale_of_the_answers(tmp_path: Path) -> None:
    sections = TWO_SECTIONS.replace("{rule: worst}", "{rule: worst, scale: rag}")
    overall = PERCENT.replace("roll_up", "overall") + "  scale: rag\n"
    (problem,) = pointed_at(tmp_path, scales=TWO_SCALES, sections=sections, overall=overall)
    assert (
        "'worst' gives one of the answers, and these are on the scale 'score': leave 'scale' out" in problem
    )


def test_a_roll_up_that_is_never_used_may_be_anything(tmp_path: Path) -> None:
    responses = RESPONSES.splitlines(keepends=True)
    assert (
        pointed_at(tmp_path, responses=responses[0] + responses[2], roll_up="roll_up: {rule: mean}\n") == []
    )
