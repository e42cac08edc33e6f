"""The forms of a definition: whatever an audit says, each form says it, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from auditkit.definition import check, yaml
from auditkit.definition.forms import FORMS, load, read, written
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.round import DEFINITIONS, definition_path
from tests.definition.everything import everything
from tests.definition.strategies import audits
from tests.rounds import AUDIT

TEMPLATES = sorted(
    path
    for path in (Path(__file__).parents[2] / "workbook_templates").iterdir()
    if (path / "round.yaml").is_file()
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(audits())
def test_whatever_is_asked_each_form_says_exactly_that(audit):
    assert check.problems(audit) == []
    for ending in FORMS:
        assert written(audit, ending)  # it reads back what it wrote, and compares


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_ready_made_audits_go_from_form_to_form(template, tmp_path):
    audit = load(definition_path(template))
    (tmp_path / "audit.xlsx").write_bytes(written(audit, ".xlsx"))
    again = load(tmp_path / "audit.xlsx")
    (tmp_path / "audit.yaml").write_bytes(written(again, ".yaml"))
    assert load(tmp_path / "audit.yaml") == again == audit


@pytest.mark.parametrize("ending", FORMS)
def test_every_attribute_of_the_model_has_a_place(ending, tmp_path):
    """Also one that somebody adds tomorrow: what is drawn here follows from the model's types."""
    audit = everything()
    path = tmp_path / f"audit{ending}"
    path.write_bytes(written(audit, ending))
    assert read(path)[0] == audit


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_audit_gives_the_same_file(ending, tmp_path):
    (tmp_path / "audit.yaml").write_text(AUDIT, encoding="utf-8")
    audit = load(tmp_path / "audit.yaml")
    assert FORMS[ending].written(audit) == FORMS[ending].written(audit)


def test_the_two_forms_are_those_that_a_round_takes(tmp_path):
    assert {Path(name).suffix for name in DEFINITIONS} == set(FORMS)
    with pytest.raises(ProblemsError, match=r"a definition is a \.xlsx or \.yaml file"):
        read(tmp_path / "audit.docx")


def test_what_a_form_cannot_say_is_not_written(tmp_path, monkeypatch):
    path = tmp_path / "audit.yaml"
    # A cell has so much room, and an error of a formula reads as these words do.
    for title in ("x" * 40_000, "'#N/A'"):
        path.write_text(AUDIT.replace("A small audit", title), encoding="utf-8")
        with pytest.raises(AuditkitError, match="'title' can't stand in a cell: "):
            written(read(path)[0], ".xlsx")
    path.write_text(AUDIT, encoding="utf-8")
    audit = load(path)
    for content, says in (
        (AUDIT.replace("small", "large"), "without losing something. Go on with the form that you have"),
        ("a: b", "be written as"),
    ):
        monkeypatch.setattr(yaml, "written", lambda _, content=content: content.encode())
        with pytest.raises(AuditkitError, match=says):
            written(audit, ".yaml")
