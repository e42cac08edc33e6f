"""One form of a definition into the other, as an officer asks for it."""

import pytest

from auditkit.definition.convert import convert
from auditkit.definition.forms import load
from auditkit.errors import AuditkitError, ProblemsError
from tests.definition.xlsx.form import changed, form
from tests.rounds import AUDIT


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "audit.yaml"
    path.write_text(AUDIT, encoding="utf-8")
    return path


def test_there_and_back_again(text, tmp_path):
    said = convert(text, tmp_path / "audit.xlsx")
    assert f"Wrote {tmp_path / 'audit.xlsx'}: A small audit, 5 questions in 2 standards." in said
    assert "Comments (lines that begin with #), if there are any, are only in audit.yaml." in said
    assert "A round takes one of the two: to go on with audit.xlsx, move audit.yaml elsewhere." in said
    said = convert(tmp_path / "audit.xlsx", tmp_path / "again.yaml")
    assert load(tmp_path / "again.yaml") == load(text)
    assert said[1:] == ["Notes of your own, if there are any, are only in audit.xlsx."]


def test_nothing_is_written_over_unless_asked(text, tmp_path):
    target = tmp_path / "next.xlsx"
    target.write_text("mine")
    with pytest.raises(AuditkitError, match="is there already"):
        convert(text, target)
    assert target.read_text() == "mine"
    convert(text, target, force=True)
    assert load(target) == load(text)


def test_what_cannot_be_read_or_written_is_said(text, tmp_path):
    with pytest.raises(AuditkitError, match=r"a definition is a \.xlsx or \.yaml file"):
        convert(text, tmp_path / "audit.docx")
    text.write_text("id: x\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="'title' is missing here"):
        convert(text, tmp_path / "audit.xlsx")
    assert not (tmp_path / "audit.xlsx").exists()


def test_an_unfinished_definition_goes_over_with_its_mistakes(tmp_path):
    path = form(tmp_path, responses=changed("responses", ("G2", "rug")))
    said = convert(path, tmp_path / "draft.yaml")
    assert said[-1] == "Problems of audit.xlsx that auditkit check would name: 1."
    assert "scale: rug" in (tmp_path / "draft.yaml").read_text(encoding="utf-8")
