"""What fuzzing looks for, in every run of the tests: some changes of each file, always the same ones."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from auditkit.collate import collate
from auditkit.round import Round
from auditkit.tables import rows
from tests.fuzz import target
from tests.fuzz.mutate import mutated, scrambled
from tests.fuzz.seeds import seeds, signed_round

CONTAINERS = (
    *(
        "xlsx",
        "xlsm",
        "xls",
        "xlsb",
        "ods",
        "csv",
        "tsv",
        "csv-events",
        "zip",
        "eml",
        "msg",
        "locked",
        "locked-xls",
    ),
)
CHANGED, IN_FOLDER = 30, 8


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return signed_round(tmp_path_factory.mktemp("fuzz") / "round")


@pytest.fixture(scope="module")
def files(round_: Round) -> dict[str, bytes]:
    return seeds(round_)


def test_the_files_to_begin_with_are_read(round_: Round, files: dict[str, bytes]) -> None:
    assert tuple(files) == CONTAINERS
    answers = {name: [len(one.answers) for one in target.check(round_, files[name])] for name in files}
    full, of_one_sheet, of_events = 25, 6, 6
    assert answers == {
        **{name: [full] for name in files},
        "csv": [of_one_sheet],
        "tsv": [of_one_sheet],
        "csv-events": [of_events],
        "zip": [full, 0, of_one_sheet],
        "eml": [full, 0],
        "msg": [0, full],
        "locked-xls": [0],
    }


@pytest.mark.parametrize("name", CONTAINERS)
def test_no_change_breaks_what_reads_it(round_: Round, files: dict[str, bytes], name: str) -> None:
    for seed in range(CHANGED):
        try:
            target.check(round_, changed(files[name], name, seed))
        except Exception as error:
            raise AssertionError(f"{name}, changed by seed {seed}") from error


def test_a_folder_of_changed_files_still_makes_a_master(tmp_path: Path) -> None:
    round_ = signed_round(tmp_path / "round")
    good = seeds(round_)
    for name, content in good.items():
        for seed in range(CHANGED, CHANGED + IN_FOLDER):
            (round_.returns / f"{name} {seed}").write_bytes(changed(content, name, seed))
    (round_.returns / "good.xlsx").write_bytes(good["xlsx"])
    collated = collate(round_, round_.returns, as_at=target.AS_AT)
    files = dict(rows(collated.tables.returns, "file", "outcome"))
    assert collated.counts.files >= IN_FOLDER * len(CONTAINERS)
    assert files["good.xlsx"] in ("accepted", "superseded")
    assert "not-read" not in set(collated.tables.findings["code"])
    assert openpyxl.load_workbook(collated.master)["Answers"].max_row > 1


def changed(content: bytes, name: str, seed: int) -> bytes:
    chance = random.Random(f"{name} {seed}")
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = mutated(content, chance, lambda part: scrambled(part, chance))
    return content


def test_a_bug_is_raised_and_not_told_as_an_outcome(
    round_: Round, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("auditkit.returns.reader.extract", broken)
    with pytest.raises(ZeroDivisionError):
        target.check(round_, files["xlsx"])


def test_a_file_that_is_written_is_noticed(tmp_path: Path) -> None:
    with target.watched() as done:
        (tmp_path / "a").write_bytes(b"")
        (tmp_path / "a").read_bytes()
        (tmp_path / "a").unlink()
    (tmp_path / "b").write_bytes(b"")
    assert [what.split()[0] for what in done] == ["open", "os.remove"]


def test_a_text_that_cannot_be_written_is_noticed(
    round_: Round, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditkit.returns.intake.names.shown", lambda name: f"{name}\ud800")
    with pytest.raises(UnicodeEncodeError):
        target.check(round_, files["zip"])
