from __future__ import annotations

from pathlib import Path

from auditkit.definition import check, forms
from auditkit.register import Recipient
from tests.definition.written import HEAD, SECTIONS, definition, pointed_at, short

RECIPIENTS = (
    Recipient("1", "North", "Police", extra={"Type": "Force", "Area": ""}),
    Recipient("2", "South", "Health", extra={"Type": "Trust", "Area": "South"}),
)


def against_register(folder: Path, condition: str, head: str = HEAD) -> list[str]:
    path = folder / "audit.yaml"
    sections = SECTIONS.replace("title: Governance", f"title: Governance\n  applies_to: {condition}")
    path.write_text(definition(sections=sections, head=head), encoding="utf-8")
    audit, places = forms.read(path)
    problems = check.problems(audit, places, RECIPIENTS, "register.csv")
    return [f"{short(problem.place)} {problem.message}" for problem in problems]


def test_groups_of_the_audit(tmp_path: Path) -> None:
    sections = SECTIONS.replace(
        "title: Governance", "title: Governance\n  applies_to: {group: [police, Heath]}"
    )
    sections = sections.replace("a lead?", "a lead?, except_for: {group: [], sector: []}")
    assert pointed_at(tmp_path, sections=sections) == [
        "4 Heath | 'Heath' isn't one of the audit's 'groups'; did you mean 'Health'?",
        "6 [] | no value of 'group' is given here: name at least one",
        "6 [] | no value of 'sector' is given here: name at least one",
    ]


def test_values_that_nobody_has(tmp_path: Path) -> None:
    assert against_register(tmp_path, "{Type: [force, Frce]}") == [
        "4:30 no recipient in register.csv has Type 'Frce'; did you mean 'Force'?"
    ]
    assert against_register(tmp_path, "{Area: South, Type: Trust, name: North}") == []


def test_columns_that_the_register_hasnt(tmp_path: Path) -> None:
    assert against_register(tmp_path, "{Typ: Force}") == [
        "4:16 register.csv has no column 'Typ'; did you mean 'Type'?"
    ]
    assert against_register(tmp_path, "{agency type: Police}") == [
        "4:16 register.csv has no column 'agency type'; did you mean 'group'?"
    ]


def test_a_group_that_nobody_is_in_this_year(tmp_path: Path) -> None:
    head = HEAD.replace("Health]", "Health, Fire]")
    assert against_register(tmp_path, "{group: Fire}", head.replace("s11", "x")) == []
    without = "id: x\ntitle: X\nedition: 1\n"
    assert against_register(tmp_path, "{group: Fire}", without) == []
    (problem,) = against_register(tmp_path, "{group: Polise}", without)
    assert problem.endswith("no recipient in register.csv has group 'Polise'; did you mean 'Police'?")
