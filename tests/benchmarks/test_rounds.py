"""The rounds that are measured are real ones: auditkit accepts every return and finds every answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.read import read
from auditkit.returns.reading import Task
from auditkit.returns.worker import Worker
from auditkit.workbook.blocks import layout_for
from benchmarks.answers import answers
from benchmarks.audits import SCENARIOS
from benchmarks.rounds import AS_AT, SEED, bare, returned

RECIPIENTS = 3


@pytest.fixture(scope="module", params=SCENARIOS)
def round_(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    return returned(SCENARIOS[request.param], tmp_path_factory.mktemp(request.param), RECIPIENTS)


def test_every_return_is_accepted_and_every_answer_comes_back(round_):
    files = {file.recipient_id: file for file in read(round_, round_.returns, as_at=AS_AT)}
    assert [file.outcome for file in files.values()] == ["accepted"] * RECIPIENTS
    for recipient in round_.recipients:
        audit = round_.audit_for(recipient)
        said = answers(audit, layout_for(audit), f"{SEED} {recipient.id}")
        came = {(a.block, a.row_key, a.column_key): a.value for a in files[recipient.id].answers}
        assert came == said
        assert len(said) > 60


def test_they_are_workbooks_that_other_readers_open(round_):
    for path in round_.returns.iterdir():
        assert zipfile.ZipFile(path).testzip() is None
        book = openpyxl.load_workbook(path)
        recipient = next(r for r in round_.recipients if f"({r.id})" in path.name)
        assert recipient.name in book.worksheets[0]["B4"].value


def test_respondents_differ_and_say_the_same_each_time(round_):
    audit = round_.audit_for(round_.recipients[0])
    layout = layout_for(audit)
    said = [answers(audit, layout, seed) for seed in "abca"]
    assert said[0] == said[3]
    texts = [{v for v in one.values() if isinstance(v, str) and len(v) > 60} for one in said[:3]]
    assert not texts[0] & texts[1]
    assert not texts[1] & texts[2]


def test_about_as_much_is_answered_as_in_a_real_round(round_):
    audit = round_.audit_for(round_.recipients[0])
    layout, asked = layout_for(audit), sum(1 for _ in audit.questions())
    said = [answers(audit, layout, str(seed)) for seed in range(200)]
    ratings = sum(key[2] == "rating" for one in said for key in one)
    assert 0.8 < ratings / asked / len(said) < 0.9
    lengths = [len(v) for one in said for k, v in one.items() if k[2] == "evidence" and isinstance(v, str)]
    assert 15 < min(lengths) < 30
    assert 550 < max(lengths) <= 601


def test_a_bare_round_is_issued_to_nobody(tmp_path: Path):
    new = bare(SCENARIOS["section175"], tmp_path / "round", RECIPIENTS)
    assert len(new.recipients) == RECIPIENTS
    assert not new.log.exists()


def test_again_nothing_is_parsed_but_what_is_new(round_, monkeypatch: pytest.MonkeyPatch):
    parsed: list[str] = []
    results = Worker.results

    def told(worker: Worker[Task, object], task: Task) -> object:
        parsed.append(task.found.file)
        return results(worker, task)

    def collate() -> str:
        parsed.clear()
        command = ["collate", str(round_.returns), "--as-at", AS_AT.isoformat(), "--jobs", "1"]
        result = CliRunner().invoke(group, command)
        assert result.exit_code == 0, result.output
        return result.output

    monkeypatch.setattr(Worker, "results", told)
    (round_.private / "returns.cache").unlink(missing_ok=True)
    last = max(round_.returns.iterdir())
    late = last.rename(round_.folder / last.name)
    collate()
    assert len(parsed) == RECIPIENTS - 1
    assert "Nothing has changed" in collate()
    assert parsed == []
    late.rename(last)
    collate()
    assert parsed == [last.name]
