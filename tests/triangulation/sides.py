"""Three small rounds about the same agencies: a self assessment, a survey of practitioners, a case audit.

The self assessment is that of ``tests.rounds``. What is answered is so small that every figure can be worked out by
hand, as ``test_figures`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditkit.collate import collate
from auditkit.round import Round, load
from tests.filling import Key, fill
from tests.rounds import ISSUED, REGISTER, SETTINGS, small_round

AGENCIES = f"{REGISTER}A3,Wexley Fire Station,Police,Jo Amadi,fire@northmoor.example,Public\n"
SURVEY = """\
id: practice
title: How it goes
edition: "2026.1"
groups: [northmoor police, a2, Schools]
scales: []
responses: []
roll_up: {rule: worst}
overall: {rule: worst}
survey: {by: [group], small: 3}
cover: [{id: author, label: Completed by, kind: person, role: author}]
sections:
  - id: SAY
    title: How it goes
    answer: {choices: [Always, Mostly, Seldom, Never, Can't say], not_applicable: Can't say, favourable: [Always, Mostly]}
    questions:
      - {id: SAY-1, text: We know who leads., beside: GOV}
      - {id: SAY-2, text: The numbers are right., beside: NUM}
      - {id: SAY-3, text: Do you feel alone with it?, answer: {kind: yes_no, favourable: [No]}, beside: GOV}
      - {id: SAY-4, text: We hear back., beside: GOW}
      - {id: SAY-5, text: What else?, answer: {kind: text, required: no}}
"""
CASES = """\
id: cases
title: Six cases
edition: "2026.1"
cases: {case: case, agency: worked by, meeting: Meeting}
scales:
  - id: words
    points:
      - {id: outstanding, label: Outstanding, colour: "#9BD3A8", score: 3}
      - {id: good, label: Good, colour: "#C9E3B4", score: 2}
      - {id: ri, label: Requires improvement, colour: "#F0A64F", score: 1}
      - {id: inadequate, label: Inadequate, colour: "#DE7268", score: 0}
      - {id: na, label: N/A, colour: "#D9D9D9", not_applicable: true}
responses:
  - {id: grade, label: Grade, kind: rating, scale: words, role: rating}
roll_up: {rule: worst}
overall: {rule: worst}
cover: [{id: author, label: Completed by, kind: person, role: author}]
sections:
  - id: CW
    title: The work
    questions:
      - {id: CW-1, text: Somebody led., beside: GOV}
      - {id: CW-2, text: Managers looked at it., beside: GOV}
      - {id: CW-3, text: It was in time.}
"""
CASE_REGISTER = """\
id,name,case,worked by,email
C1-POL,Police on case 1,C1,Northmoor Police,police@northmoor.example
C2-POL,Police on case 2,C2,Northmoor Police,police@northmoor.example
C3-POL,Police on case 3,C3,Northmoor Police,police@northmoor.example
C1-SCH,School on case 1,C1,Wexley School,school@northmoor.example
C1-MTG,Meeting on case 1,C1,Meeting,office@northmoor.example
"""
# Of each group: for each who replies, what is answered to SAY-1, SAY-2 and SAY-3; None is left blank.
SAID: dict[str, Sequence[tuple[str | None, str | None, str | None]]] = {
    "northmoor police": [
        *[("Always", "Mostly", "Yes")] * 3,
        *[("Seldom", "Mostly", "Yes"), ("Seldom", "Mostly", "No")],
        *[("Seldom", "Can't say", "No")] * 3,
    ],
    "a2": [*[("Always", "Never", "Yes")] * 3, *[("Never", None, "No")] * 3],
    "Schools": [("Always", None, "No")] * 3,
}
RATED: dict[str, dict[Key, Any]] = {
    "A1": {
        ("GOV", "GOV-1", "rating"): "● Green",
        ("GOV", "GOV-2", "rating"): "▲ Amber",
        ("GOV", "GOV-3", "rating"): "■ Red",
        ("NUM", "NUM-1", "share"): 80,
        ("NUM", "NUM-2", "share"): 60,
    },
    "A2": {("GOV", "GOV-1", "rating"): "● Green", ("GOV", "GOV-2", "rating"): "– N/A"},
}
GRADED: dict[str, tuple[str, str, str]] = {
    "C1-POL": ("Good", "Requires improvement", "Good"),
    "C2-POL": ("Outstanding", "N/A", "Good"),
    "C1-SCH": ("Good", "Good", "Good"),
    "C1-MTG": ("Inadequate", "Inadequate", "Inadequate"),
}


def self_assessment(folder: Path) -> Round:
    """Make the self assessment, its returns in and collated."""
    round_ = small_round(folder, register=AGENCIES)
    for agency, answers in RATED.items():
        fill(round_, agency, answers, f"{agency}.xlsx")
    return collated(round_)


def survey(folder: Path, said: Any = SAID, definition: str = SURVEY) -> Round:
    """Make the survey, its returns in and collated."""
    rows = [group for group, people in said.items() for _ in people]
    lines = [f"P{n:02},Team {n:02},{group},team{n}@northmoor.example" for n, group in enumerate(rows)]
    register = "\n".join(["id,name,group,email", *lines, ""])
    settings = SETTINGS.replace("small-2026", "practice-2026")
    round_ = small_round(folder, definition, register, settings)
    for n, answers in enumerate(answers for people in said.values() for answers in people):
        given = {("SAY", f"SAY-{q}", "answer"): one for q, one in enumerate(answers, start=1) if one}
        fill(round_, f"P{n:02}", given, f"P{n:02}.xlsx")
    return collated(round_)


def case_audit(folder: Path) -> Round:
    """Make the case audit, its returns in and collated."""
    round_ = small_round(folder, CASES, CASE_REGISTER, SETTINGS.replace("small-2026", "cases-2026"))
    for key, grades in GRADED.items():
        given = {("CW", f"CW-{n}", "grade"): grade for n, grade in enumerate(grades, start=1)}
        fill(round_, key, given, f"{key}.xlsx")
    return collated(round_)


def collated(round_: Round) -> Round:
    """Collate a round and load it again."""
    collate(round_, round_.returns, as_at=ISSUED)
    return load(round_.folder)
