"""An officer changes a ready-made audit.xlsx in LibreOffice: that takes effect, and diff tells just that."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.definition.forms import load
from auditkit.round import definition_path
from auditkit.templates import names, new_round
from scripts.docs import ROOT
from tests.apps.libreoffice import Book, LibreOffice

NEW = "A question that this partnership adds."


def column(book: Book, sheet: str, heading: str) -> str:
    """Return the letter of the column with this heading."""
    return next(
        where[:-1] for where, said in book.values()[sheet].items() if said == heading and where[1:] == "1"
    )


def row(book: Book, sheet: str, heading: str, said: str) -> int:
    """Return the row that says this under a heading."""
    letter = column(book, sheet, heading)
    return next(
        int(where[1:]) for where, what in book.values()[sheet].items() if what == said and where[0] == letter
    )


# Surveys rate nothing: they have no scale to change.
RATED = [name for name in names() if load(definition_path(ROOT / "workbook_templates" / name)).scales]


@pytest.mark.parametrize("template", RATED)
def test_what_is_changed_there_is_what_diff_tells(
    template: str, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    new_round(template, tmp_path / "old")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    before = load(tmp_path / "old" / "audit.xlsx")
    _, first = next(before.questions())
    # A rapid review rates nothing.
    scale = before.scales[0] if before.scales else None
    # One that no list of choices names as well: such a list would have to change with it.
    listed = {
        choice for section in before.sections for f in before.responses_of(section) for choice in f.choices
    }
    point = next(p for p in scale.points[1:] if p.label not in listed) if scale else None
    home = next(section for section in before.sections if before.scale_of(section) == scale)
    reworded = f"{first.text} Say since when."
    with libreoffice.open(tmp_path / "old" / "audit.xlsx") as book:
        text = column(book, "questions", "text")
        last = row(book, "questions", "id", home.questions[-1].id)
        book.insert_rows("questions", last + 1)
        book.write(
            {
                ("questions", f"{column(book, 'questions', 'section')}{last + 1}"): home.id,
                ("questions", f"{column(book, 'questions', 'id')}{last + 1}"): "NEW-1",
                ("questions", f"{text}{last + 1}"): NEW,
                ("questions", f"{text}{row(book, 'questions', 'id', first.id)}"): reworded,
                ("settings", f"B{row(book, 'settings', 'setting', 'edition')}"): "2031.1",
            }
        )
        if point:
            label, line = column(book, "scales", "label"), row(book, "scales", "id", point.id)
            book.write({("scales", f"{label}{line}"): "Nearly"})
        assert book.errors() == []
        book.save_as(tmp_path / "new" / "audit.xlsx")
    after = load(tmp_path / "new" / "audit.xlsx")
    relabelled = [("scales", "changed", f"{scale.id}.{point.id}")] if scale and point else []
    labels = [each.label for scale in after.scales[:1] for each in scale.points]
    assert labels.count("Nearly") == len(relabelled)
    questions = {question.id: question.text for _, question in after.questions()}
    assert (questions[first.id], questions["NEW-1"]) == (reworded, NEW)
    run = CliRunner().invoke(group, ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--json"])
    changes = json.loads(run.output)["changes"]
    told = sorted((change["subject"], change["how"], change["id"]) for change in changes)
    assert told == sorted(
        [
            ("questions", "added", "NEW-1"),
            ("questions", "reworded", first.id),
            *relabelled,
            ("audit", "changed", "edition"),
        ]
    ), changes
