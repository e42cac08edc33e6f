"""The audits that are measured: the shipped Section 11 one, and one as large as schools fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

TEMPLATE = files("workbook_templates") / "section11"
PHASES = ("Primary", "Secondary", "Special", "Early years", "Further education")
SECTIONS, QUESTIONS = 14, 8
SUBJECTS = (
    "Leadership and governance",
    "Policies and procedures",
    "The designated lead",
    "Training and induction",
    "Safer recruitment",
    "Allegations and concerns",
    "Early help and referrals",
    "Working with others",
    "Records and transfer",
    "Attendance and missing",
    "Safety online",
    "Child-on-child abuse",
    "Pupils who need more",
    "Listening to pupils",
)
WHATS = (
    "is set out in writing, agreed by the governing body and known to every member of staff",
    "has one named person who has the time, the training and the authority that it needs",
    "is part of every induction, and refreshed for all staff at least once in each school year",
    "is checked at least once a term by somebody who doesn't do the work, and what is found is put right",
    "reaches supply staff, volunteers, governors and people who let the building in the evening",
    "has been explained to pupils and their families in words that they understand",
    "is recorded on the day in one place, where those who must know of it can find it",
    "is reported to governors each term with what changed for pupils because of it",
)


@dataclass(frozen=True)
class Scenario:
    """An audit that is measured.

    ``definition`` gives the text of its ``audit.yaml``, ``register`` the rows of a register of that many
    recipients, the header first.
    """

    name: str
    title: str
    definition: Callable[[], str]
    register: Callable[[int], Iterator[Mapping[str, str]]]


def settings(name: str) -> str:
    """Return the ``round.yaml`` of a round that is measured."""
    text = (TEMPLATE / "round.yaml").read_text(encoding="utf-8")
    return "\n".join(f"id: {name}" if line.startswith("id:") else line for line in text.splitlines())


def _section11() -> str:
    return (TEMPLATE / "audit.yaml").read_text(encoding="utf-8")


def _section11_register(count: int) -> Iterator[Mapping[str, str]]:
    """Yield the shipped register again and again, each time with other ids and names."""
    text = (TEMPLATE / "register.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for n in range(count):
        again, row = n // len(rows), rows[n % len(rows)]
        name = f"{row['name']} {again + 1}" if again else row["name"]
        yield {**row, "id": f"S11-{n + 1:05}", "name": name}


def _section175() -> str:
    """Return an audit of 14 sections of 8 questions, everything but the questions as in Section 11."""
    yaml = YAML(typ="safe")
    audit: dict[str, Any] = yaml.load(_section11())
    audit.update(id="section175", title="Section 175 audit", groups=list(PHASES))
    audit["sections"] = [
        {
            "id": f"S{n:02}",
            "title": subject,
            "intro": f"What the school does about this, and how it knows: {subject.lower()}.",
            "questions": [_question(n, m, subject, what) for m, what in enumerate(WHATS, start=1)],
        }
        for n, subject in enumerate(SUBJECTS, start=1)
    ]
    target = io.StringIO()
    yaml.dump(audit, target)
    return target.getvalue()


def _question(section: int, number: int, subject: str, what: str) -> dict[str, Any]:
    asked = {
        "id": f"S{section:02}-{number}",
        "text": f"{subject}: this {what}.",
        "good": f"Everybody who is asked says the same of it, and records show that this {what}. Where it "
        "isn't so, the school knows why, and by when it will be.",
        "descriptors": {
            "green": "As Amber/Green, and the school can show what it has changed for pupils.",
            "amber_green": "In place and mostly working; not yet checked by anybody else.",
            "amber_red": "Begun, or in place for some staff or some pupils only.",
            "red": "Missing, out of date or not followed.",
        },
    }
    # A question that only some are asked, as in a real form: several layouts in one round.
    return {**asked, "except_for": {"group": "Early years"}} if (section, number) == (11, 8) else asked


def _section175_register(count: int) -> Iterator[Mapping[str, str]]:
    for n in range(1, count + 1):
        yield {
            "id": f"URN-{100_000 + n}",
            "name": f"Northmoor School {n}",
            "group": PHASES[n % len(PHASES)],
            "contact": f"Head of school {n}",
            "email": f"head{n}@schools.northmoor.example",
            "sector": "Public",
        }


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("section11", "Section 11", _section11, _section11_register),
        Scenario("section175", f"{SECTIONS} × {QUESTIONS} questions", _section175, _section175_register),
    )
}
