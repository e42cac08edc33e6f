"""Which round is that of last time: named once, and remembered where everybody sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditkit.cli import group
from auditkit.earlier import chosen, remember
from auditkit.errors import AuditkitError
from auditkit.round import Round, load
from tests.earlier.editions import last_time, this_time


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return last_time(tmp_path_factory.mktemp("earlier") / "2026")


def run(round_: Round, *words: str) -> Result:
    return CliRunner().invoke(group, ["generate", "--round", str(round_.folder), *words])


def test_named_once_it_is_remembered(tmp_path: Path, before: Round) -> None:
    shutil.copytree(before.folder, tmp_path / "2026")
    round_ = this_time(tmp_path / "2027")
    named = str(tmp_path / "2026")
    assert "2 workbooks would be made" in run(round_, "--prefill", named, "--dry-run").output
    assert load(round_.folder).settings.prefill == ()
    assert "2 workbooks made" in run(round_, "--prefill", named).output
    assert load(round_.folder).settings.prefill == ("../2026",)
    assert "2 kept as issued earlier" in run(round_).output
    assert "2 kept as issued earlier" in run(round_, "--prefill", named).output
    other = run(round_, "--prefill", str(before.folder))
    assert "By round.yaml this round shows the answers of ../2026" in str(other.exception)


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_setting_is_written_below_the_others(tmp_path: Path, ending: str) -> None:
    round_ = this_time(tmp_path / "2027")
    path = round_.folder / "round.yaml"
    text = path.read_text(encoding="utf-8").rstrip("\n").replace("\n", ending or "\n") + ending
    path.write_bytes(text.encode())
    folder = tmp_path / "with a space: and more"
    folder.mkdir()
    remember(load(round_.folder), [folder])
    assert path.read_bytes().startswith(text.encode())
    assert chosen(load(round_.folder), ()) == (round_.folder / ".." / folder.name,)


def test_settings_on_one_line_are_left_as_they_are(tmp_path: Path) -> None:
    round_ = this_time(tmp_path / "2027")
    path = round_.folder / "round.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("{" + ", ".join(lines) + "}", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(AuditkitError, match=r'add this to it yourself: prefill: "\.\."'):
        remember(load(round_.folder), [tmp_path])
    assert path.read_bytes() == before


def test_without_a_round_of_last_time_there_is_none(tmp_path: Path) -> None:
    assert chosen(this_time(tmp_path / "2027"), ()) == ()
