"""A small sound definition in parts, so that a test writes only the part that it is about."""

from __future__ import annotations

import re
from pathlib import Path

from auditkit.definition import check, forms
from auditkit.errors import Problem, ProblemsError

HEAD = """\
id: s11
title: Section 11 audit
edition: 2026.1
groups: [Police, Health]
"""
SCALES = """\
scales:
- id: rag
  points:
  - {id: green, label: Green, colour: "#9BD3A8", score: 2}
  - {id: amber, label: Amber, colour: "#FBF0A8", score: 1}
  - {id: red, label: Red, colour: "#DE7268", score: 0}
  - {id: na, label: N/A, colour: "#D9D9D9", not_applicable: yes}
"""
RESPONSES = """\
responses:
- {id: rating, label: Rating, kind: rating, scale: rag, role: rating}
- {id: action, label: Action, kind: text, role: action}
"""
COVER = """\
cover:
- {id: author, label: Completed by, kind: person, role: author}
"""
RULES = ""
ROLL_UP = """\
roll_up:
  rule: mean
  bands:
  - {at_least: 1.5, point: green}
  - {at_least: 0.5, point: amber}
  - {at_least: 0, point: red}
"""
OVERALL = """\
overall: {rule: worst}
"""
SECTIONS = """\
sections:
- id: GOV
  title: Governance
  questions:
  - {id: "1.1", text: Is there a lead?}
  - {id: "1.2", text: Is there a deputy?}
"""


def definition(
    *,
    head: str = HEAD,
    scales: str = SCALES,
    responses: str = RESPONSES,
    cover: str = COVER,
    rules: str = RULES,
    roll_up: str = ROLL_UP,
    overall: str = OVERALL,
    sections: str = SECTIONS,
    plans: str = "",
    themes: str = "",
) -> str:
    """Return the text of a definition; the part under test comes first, so its lines count from 1."""
    parts = {
        "head": (head, HEAD),
        "scales": (scales, SCALES),
        "responses": (responses, RESPONSES),
        "cover": (cover, COVER),
        "rules": (rules, RULES),
        "roll_up": (roll_up, ROLL_UP),
        "overall": (overall, OVERALL),
        "sections": (sections, SECTIONS),
        "plans": (plans, ""),
        "themes": (themes, ""),
    }
    changed = [text for text, usual in parts.values() if text != usual]
    return "".join(changed + [text for text, usual in parts.values() if text == usual])


def problems_of(folder: Path, **parts: str) -> tuple[str, list[Problem]]:
    """Return the text of a definition with these parts, and everything that is wrong with it."""
    text = definition(**parts)
    path = folder / "audit.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        return text, check.all_problems(forms.reading(path))
    except ProblemsError as error:
        return text, list(error.problems)


def found(folder: Path, **parts: str) -> list[str]:
    """Return the problems of a definition with these parts, each as ``line:column message``."""
    return [f"{short(problem.place)} {problem.message}" for problem in problems_of(folder, **parts)[1]]


def pointed_at(folder: Path, **parts: str) -> list[str]:
    """Return the problems of a definition with these parts, each as ``line word | message``.

    The word is what stands at the problem's place, so that a test shows what the officer is led to.
    """
    text, problems = problems_of(folder, **parts)
    lines = text.split("\n")
    shown = []
    for problem in problems:
        line, column = map(int, short(problem.place).split(":"))
        rest = lines[line - 1][column - 1 :]
        word = re.match(r"""\[\]|\{\}|[\[{]*("[^"]*"|'[^']*'|[^\s,:\]}]*)""", rest)
        assert word is not None
        shown.append(f"{line} {word[0]} | {problem.message}")
    return shown


def short(place: str) -> str:
    """Return ``line 3, column 5`` as ``3:5``."""
    return place.replace("line ", "").replace(", column ", ":")
