"""A register from GIAS is one that the ready-made audit of schools can ask: every type, by its own conditions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from auditkit.register.gias import rules
from auditkit.register.gias.gather import Sources
from auditkit.register.gias.make import import_register
from auditkit.round import REGISTERS, load
from auditkit.templates import is_sample, new_round
from tests.register.gias.made import extract, school

TODAY = dt.date(2026, 11, 24)


def test_every_type_and_phase_is_asked_by_its_conditions(tmp_path: Path) -> None:
    own = rules.read(None)
    new_round("section175", tmp_path / "round")
    register = tmp_path / "round" / REGISTERS[0]
    types = [words[0] for words in own.types.values()]
    rows = [school(100001 + n, **{"TypeOfEstablishment (name)": kind}) for n, kind in enumerate(types)]
    boards = {"Boarders (name)": "Boarding school", "NurseryProvision (name)": "Has Nursery Classes"}
    nursery = {
        "PhaseOfEducation (name)": "Nursery",
        "TypeOfEstablishment (name)": "Local authority nursery school",
    }
    sixth = {"OfficialSixthForm (name)": "Has a sixth form", "PhaseOfEducation (name)": "Secondary"}
    rows += [school(200001, **boards), school(200002, **nursery), school(200003, **sixth)]
    (tmp_path / "e.csv").write_bytes(extract(rows))
    import_register(
        register, Sources(tmp_path / "e.csv", ("888",)), today=TODAY, replace_it=is_sample(register)
    )
    round_ = load(tmp_path / "round")
    assert {r.group for r in round_.recipients} == set(round_.audit.groups) == set(own.types)
    asked = {r.id: {q.id for _, q in round_.audit_for(r).questions()} for r in round_.recipients}
    plain = asked["100001"]
    assert len(plain) > 50
    assert all(len(asked[urn]) > len(plain) for urn in ("200001", "200003"))
    assert asked["200002"] != plain
    assert len({frozenset(questions) for questions in asked.values()}) >= len(types)
