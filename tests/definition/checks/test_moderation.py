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


def test_a_whole_that_is_moderated_in_other_words(tmp_path: Path) -> None:
    (found,) = pointed_at(tmp_path, sections=SECTIONS + WHOLE.replace("[Green,", "[Fine,"))
    assert "the scale 'rag' has no point 'Fine'" in found
