from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import RESPONSES, SECTIONS, pointed_at

MODERATED = "- {id: agreed, label: Agreed, kind: choice, choices: [Green, Amber, Red], role: moderated}\n"
# A section without ratings: it is the grade of the whole return.
WHOLE = """\
- id: MOD
  title: Moderation
  responses:
  - {id: agreed, label: Agreed, kind: choice, choices: [Green, Amber], role: moderated}
  questions: [{id: "2.1", text: As a whole}]
"""


def test_a_moderated_rating_in_the_words_of_its_scale(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, responses=RESPONSES + MODERATED, sections=SECTIONS + WHOLE) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Amber, Red]", "Ambre]", "Ambre | the scale 'rag' has no point 'Ambre'; did you mean 'Amber'?"),
        (
            "kind: choice, choices: [Green, Amber, Red]",
            "kind: text",
            "text | a moderated rating is a 'choice' of the words of a scale, not 'text'",
        ),
    ],
)
def test_a_moderated_rating_that_could_not_stand(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (found,) = pointed_at(tmp_path, responses=RESPONSES + MODERATED.replace(old, new))
    assert problem in found


@pytest.mark.parametrize("overall", ["", "overall: {rule: worst, scale: rag}\n"])
def test_a_whole_that_nothing_is_rated_in_has_no_rating_to_moderate(tmp_path: Path, overall: str) -> None:
    """It would be asked for, and stand on no sheet of cases."""
    unrated = "responses:\n- {id: action, label: Action, kind: text, role: action}\n"
    found = pointed_at(tmp_path, responses=unrated, roll_up="", overall=overall, sections=SECTIONS + WHOLE)
    assert any(
        "nothing in this audit is rated, so there is no rating that it stands instead of" in f for f in found
    )


AGAIN = WHOLE.replace("MOD", "MOE").replace("2.1", "3.1")


@pytest.mark.parametrize(
    "twice", [WHOLE.replace("whole}]", "whole}, {id: '3.1', text: Again}]"), WHOLE + AGAIN]
)
def test_a_whole_is_moderated_once(tmp_path: Path, twice: str) -> None:
    """Of two, one would stand, and nobody would know which."""
    (found,) = pointed_at(tmp_path, sections=SECTIONS + twice)
    assert "the whole return is moderated at '2.1' already" in found


def test_each_group_may_have_its_own_place_to_moderate_the_whole(tmp_path: Path) -> None:
    own = WHOLE.replace("  responses", "  applies_to: {group: Police}\n  responses")
    other = AGAIN.replace("  responses", "  applies_to: {group: Health}\n  responses")
    assert pointed_at(tmp_path, sections=SECTIONS + own + other) == []


def test_a_whole_that_is_moderated_in_other_words(tmp_path: Path) -> None:
    (found,) = pointed_at(tmp_path, sections=SECTIONS + WHOLE.replace("[Green,", "[Fine,"))
    assert "the scale 'rag' has no point 'Fine'" in found
