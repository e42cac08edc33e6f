"""An anonymous survey, read by somebody who wants to know who sent what."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import Collated, collate
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.register import read
from auditkit.register.tokens import TOKEN, add
from auditkit.round import Round, load
from auditkit.survey.write import write
from auditkit.tables import rows
from tests.apps.libreoffice import LibreOffice
from tests.filling import Key, fill
from tests.rounds import ISSUED, SETTINGS, issued, workbook_of
from tests.surveys import AUDIT, REGISTER

ANONYMOUS = AUDIT.replace(
    "  - {id: author, label: Completed by, kind: person, role: author}",
    "  - {id: years, label: Years in this work, kind: choice, choices: [Few, Many]}",
).replace("survey: {by: [group, AUD-1], small: 3}", "survey: {by: [AUD-1], anonymous: yes}")
ANONYMOUS = ANONYMOUS.replace("groups: [County, City]\n", "")
ONE: dict[Key, Any] = {
    (":cover", "years", "answer"): "Many",
    ("AUD", "AUD-1", "answer"): "Other",
    ("AUD", "AUD-1", "other"): "As the moon is",
    ("AUD", "AUD-2/1", "answer"): "x",
    ("AUD", "AUD-3", "answer"): "No",
    ("MAT", "MAT-1", "answer"): "Well",
}
TWO: dict[Key, Any] = {**ONE, ("AUD", "AUD-1", "answer"): "Every year", ("AUD", "AUD-3", "answer"): "so-so"}
del TWO["AUD", "AUD-1", "other"]
NAMES = ("Survey from Jo Hartigan.xlsx", "FW survey (Merle).xlsx", "Jo again.xlsx")
DAY = re.compile(rb"2026-10-0[0-9]")


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    folder = tmp_path / "round"
    (folder / "returns").mkdir(parents=True)
    (folder / "audit.yaml").write_text(ANONYMOUS, encoding="utf-8")
    (folder / "round.yaml").write_text(SETTINGS, encoding="utf-8")
    add(folder / "register.csv", [], 5)
    return issued(load(folder))


def tokens(round_: Round) -> list[str]:
    return [recipient.id for recipient in round_.recipients]


def sent(round_: Round, *whose: tuple[int, dict[Key, Any], str]) -> Collated:
    """Put returns in, each with the place of its token, what is typed, and its name, and collate them."""
    for old in round_.returns.iterdir():
        old.unlink()
    for n, (token, answers, name) in enumerate(whose):
        fill(round_, tokens(round_)[token], answers, name, time=3600 * n)
    return collate(load(round_.folder), round_.returns, as_at=ISSUED)


def contents(*files: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what is in files, also in those that are zips, by name."""
    for path in files:
        if not zipfile.is_zipfile(path):
            yield path.name, path.read_bytes()
            continue
        with zipfile.ZipFile(path) as packed:
            for info in packed.infolist():
                if not info.filename.endswith(".png"):
                    yield f"{path.name}: {info.filename} {info.date_time}", packed.read(info)


def test_nothing_that_is_made_has_a_token_a_file_name_or_a_time(round_):
    sent(round_, (3, ONE, NAMES[0]), (0, TWO, NAMES[1]), (3, {**ONE, **TWO}, NAMES[2]))
    write(load(round_.folder), round_.folder / "reports", ISSUED)
    made = [round_.master, *round_.tables.iterdir(), *(round_.folder / "reports").iterdir()]
    wanted = [*tokens(round_), *(name.removesuffix(".xlsx") for name in NAMES), "Hartigan", "Merle"]
    found = [
        (name, each)
        for name, content in contents(*made)
        for each in wanted
        if re.search(rf"\b{re.escape(each)}\b".encode(), content)
    ]
    assert found == []
    assert [name for name, content in contents(*made) if DAY.search(content) or "(2026, 10, 0" in name] == []
    table = [tuple(row) for row in rows(load_tables(round_), "file", "outcome", "saved", "sha256")]
    assert {file for file, *_ in table} == {"R0001", "R0002", "earlier R0001"}
    assert {(saved, sha or None) for *_, saved, sha in table} == {(None, None)}


def load_tables(round_: Round) -> Any:
    return collate(load(round_.folder), round_.returns, as_at=ISSUED).tables.returns


def test_who_has_which_token_changes_nothing(round_):
    """Neither the token nor the file's name nor when it was saved decides where answers stand."""
    made = [
        sent(round_, (0, ONE, "a.xlsx"), (1, TWO, "b.xlsx")),
        sent(round_, (4, TWO, "a.xlsx"), (3, ONE, "z.xlsx")),
    ]
    for name in ("recipients", "returns", "cover", "answers", "findings", "notes", "changes"):
        first, second = (list(rows(getattr(each.tables, name))) for each in made)
        assert first == second, name


def test_a_token_counts_once(round_):
    collated = sent(round_, (0, ONE, "a.xlsx"), (0, TWO, "b.xlsx"), (1, ONE, "c.xlsx"))
    counts = collated.counts
    assert (counts.accepted, counts.superseded, counts.not_returned) == (2, 1, 3)
    first = [
        value
        for question, field, value in rows(collated.tables.answers, "question_id", "field_id", "value")
        if (question, field) == ("AUD-1", "answer")
    ]
    assert sorted(first) == ["Every year", "Other"]


def test_what_is_the_matter_with_answers_is_still_told(round_):
    collated = sent(round_, (0, TWO, "a.xlsx"))
    found = list(rows(collated.tables.findings, "file", "code"))
    assert ("R0001", "not-in-list") in found


def test_a_file_that_doesnt_count_is_named_so_that_something_can_be_done(round_):
    fill(round_, tokens(round_)[0], ONE, "a.xlsx")
    (round_.returns / "photo of the form.pdf").write_bytes(b"%PDF-1.4")
    collated = collate(load(round_.folder), round_.returns, as_at=ISSUED)
    assert "photo of the form.pdf" in list(collated.tables.returns["file"])


def test_issued_workbooks_differ_by_token_and_signature_alone(round_):
    def bare(token: str) -> list[Any]:
        found = []
        with zipfile.ZipFile(workbook_of(round_, token)) as packed:
            for info in packed.infolist():
                content = packed.read(info).replace(token.encode(), b"TOKEN")
                content = re.sub(rb"\b[0-9a-f]{64}\b", b"SIGNATURE", content)
                what = (info.filename, info.date_time, info.extra, info.comment, info.external_attr)
                found.append((*what, content))
        return found

    first, *others = map(bare, tokens(round_))
    assert all(other == first for other in others)


def test_a_return_saved_at_libreoffice_names_nobody(round_, libreoffice: LibreOffice, ooxml_errors, tmp_path):
    workbook = workbook_of(round_, tokens(round_)[0])
    assert ooxml_errors([workbook]) == {}
    with zipfile.ZipFile(workbook) as packed:
        assert b'filterPrivacy="1"' in packed.read("xl/workbook.xml")
    with libreoffice.open(workbook) as book:
        saved = book.save_as(tmp_path / "saved.xlsx")
    with zipfile.ZipFile(saved) as packed:
        said = packed.read("docProps/core.xml").decode()
    named = re.findall(r"<(?:cp:lastModifiedBy|dc:creator)>([^<]+)<", said)
    assert {*named} <= {"Northmoor Safeguarding Children Partnership"}


def test_the_register_is_of_tokens_in_no_order(tmp_path, monkeypatch):
    CliRunner().invoke(group, ["new", "practice_survey", str(tmp_path / "round")], catch_exceptions=False)
    monkeypatch.chdir(tmp_path / "round")
    for wanted, there in (("6", 6), ("2", 8)):
        said = CliRunner().invoke(group, ["register", "tokens", wanted], catch_exceptions=False)
        assert f"{there} tokens in" in said.output
        found = [recipient.id for recipient in read(tmp_path / "round" / "register.csv")]
        assert len(found) == there
        assert found == sorted(found)
        assert all(map(TOKEN.fullmatch, found))


def test_a_register_of_names_is_refused_both_ways(round_):
    path = round_.folder / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    with pytest.raises(
        AuditkitError, match=r"Northmoor Partnership and Wexley Partnership, who aren't tokens"
    ):
        add(path, [recipient.row() for recipient in read(path)], 3)
    with pytest.raises(ProblemsError, match="holds more than tokens"):
        load(round_.folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: choice, choices: [Few, Many]}", "kind: person}", "asks nobody who they are"),
        (
            "text: How often do you run it?",
            "text: How often?\n        except_for: {group: A}",
            "asked the same",
        ),
    ],
)
def test_what_would_tell_people_apart_is_refused(round_, old, new, said):
    assert old in ANONYMOUS
    (round_.folder / "audit.yaml").write_text(ANONYMOUS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ProblemsError, match=said):
        load(round_.folder)
