from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition.forms import load
from tests.definition.written import SECTIONS, definition, pointed_at

THEMES = """\
themes:
- {id: voice, title: The child's voice, guidance: Whether the child was asked and heard.}
- {id: neglect, title: Neglect}
"""
THEMED = SECTIONS.replace("lead?}", "lead?, themes: [neglect]}").replace(
    "  questions:\n", "  themes: voice\n  questions:\n"
)


def test_sound_themes_are_those_of_the_section_and_the_questions_own(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, themes=THEMES, sections=THEMED) == []
    (tmp_path / "audit.yaml").write_text(definition(themes=THEMES, sections=THEMED), encoding="utf-8")
    audit = load(tmp_path / "audit.yaml")
    assert [audit.themes_of(s, q) for s, q in audit.questions()] == [("voice", "neglect"), ("voice",)]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[neglect]", "[neglct]", "neglct | there is no theme 'neglct'; did you mean 'neglect'?"),
        ("[neglect]", "[neglect, neglect]", "neglect | the theme 'neglect' is named twice here"),
        (
            "themes: [neglect]",
            "good: Yes",
            "{id | no question and no section has the theme 'neglect': name it there, or take it out",
        ),
        ("id: neglect", "id: Voice", "Voice | another theme has the id 'Voice' already"),
        ("title: Neglect", "title: the child's Voice", "{id | the theme 'the child's Voice' is listed twice"),
        ("title: Neglect", 'title: ""', '"" | this title is empty'),
    ],
)
def test_what_is_wrong_with_themes(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (found,) = pointed_at(tmp_path, themes=THEMES.replace(old, new), sections=THEMED.replace(old, new))
    assert problem in found


def test_a_theme_where_none_is_listed(tmp_path: Path) -> None:
    (found,) = pointed_at(tmp_path, sections=SECTIONS.replace("lead?}", "lead?, themes: [neglect]}"))
    assert "there is no theme 'neglect': list it under 'themes'" in found


def test_themes_that_only_events_can_name(tmp_path: Path) -> None:
    events = """\
- id: EV
  title: Chronology
  events: {rows: 10}
  responses:
  - {id: day, label: Date, kind: uncertain_date, role: event_date}
  - {id: about, label: Theme, kind: choice, choices: [The child's voice, Neglect], role: theme}
"""
    assert pointed_at(tmp_path, themes=THEMES, sections=SECTIONS + events) == []
