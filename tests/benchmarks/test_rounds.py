"""The rounds that are measured are real ones: auditkit accepts every return and finds every answer."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from auditkit.collate import read
from auditkit.workbook.layout import layout_for
from benchmarks.answers import answers
from benchmarks.audits import SCENARIOS
from benchmarks.rounds import AS_AT, SEED, bare, returned

RECIPIENTS = 3


@pytest.fixture(scope="module", params=SCENARIOS)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    return returned(SCENARIOS[request.param], tmp_path_factory.mktemp(request.param), RECIPIENTS)


def test_every_return_is_accepted_and_every_answer_comes_back(measured):
    round_ = measured.round_
    files = {file.recipient_id: file for file in read(round_, round_.returns, as_at=AS_AT)}
    assert [file.outcome for file in files.values()] == ["accepted"] * RECIPIENTS
    for recipient in round_.recipients:
        audit = round_.audit_for(recipient)
        said = answers(audit, layout_for(audit), f"{SEED} {recipient.id}")
        came = {(a.block, a.row_key, a.column_key): a.value for a in files[recipient.id].answers}
        assert came == said
        assert len(said) > 60


def test_they_are_workbooks_that_other_readers_open(measured):
    for path in measured.round_.returns.iterdir():
        assert zipfile.ZipFile(path).testzip() is None
        book = openpyxl.load_workbook(path)
        recipient = next(r for r in measured.round_.recipients if f"({r.id})" in path.name)
        assert recipient.name in book.worksheets[0]["B4"].value


def test_no_two_returns_are_alike_and_the_same_round_comes_out_again(measured, tmp_path: Path):
    once = {path.name: path.read_bytes() for path in measured.round_.returns.iterdir()}
    assert len(set(once.values())) == RECIPIENTS
    second = returned(measured.scenario, tmp_path, RECIPIENTS).round_
    for recipient in second.recipients:
        audit = second.audit_for(recipient)
        first, again = (answers(audit, layout_for(audit), f"{SEED} {recipient.id}") for _ in range(2))
        assert first == again
    assert once.keys() == {path.name for path in second.returns.iterdir()}


def test_a_bare_round_is_issued_to_nobody(tmp_path: Path):
    round_ = bare(SCENARIOS["section175"], tmp_path / "round", RECIPIENTS)
    assert len(round_.recipients) == RECIPIENTS
    assert not round_.log.exists()
