"""The examples: they say what collating them gives, and they are what today's code makes."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from auditkit.collate import Collated, collate
from auditkit.round import load
from scripts import examples

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
MAKE = ROOT / "scripts" / "examples.py"
# The example that is made twice: one of each kind of return is enough.
AGAIN = "section11"


@pytest.fixture(scope="module", params=[example.template for example in examples.EXAMPLES])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(name: str) -> str:
    return (EXAMPLES / name / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def collated(tmp_path_factory: pytest.TempPathFactory, name: str, page: str) -> Collated:
    folder = tmp_path_factory.mktemp("example") / name
    shutil.copytree(EXAMPLES / name, folder)
    as_at = re.search(r"collate returns/ --as-at (\S+)", page)
    assert as_at
    round_ = load(folder)
    return collate(round_, round_.returns, as_at=dt.date.fromisoformat(as_at[1]))


def test_every_example_is_listed() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} == {e.template for e in examples.EXAMPLES}


def test_collating_gives_the_figures_that_the_readme_states(collated: Collated, page: str) -> None:
    stated = {name: int(number) for name, number in re.findall(r"(?m)^\| (\w+) \| (\d+) \|$", page)}
    assert stated == {name: n for name, n in collated.as_json().items() if name != "master"}
    assert collated.needs_decision
    assert "exit code 3" in page


def test_the_round_has_what_happens_to_an_officer(collated: Collated, name: str) -> None:
    counts = collated.counts
    assert (counts.superseded, counts.held, counts.rejected) == (1, 1, 0)
    assert min(counts.returned, counts.partly) >= 1
    saved = [when for when in collated.tables.returns["saved"] if when]
    # A rapid review has ten working days.
    assert max(saved) - min(saved) > dt.timedelta(days=5 if name == "rapid_review" else 21)
    assert any(file.startswith("after the deadline/") for file in collated.tables.returns["file"])
    if name == "section11":
        assert counts.recipients == 14
        assert min(counts.nil_return, counts.not_returned) >= 1
        assert counts.accepted >= 12


def test_the_key_is_marked_as_an_example(name: str, page: str) -> None:
    assert "are examples, known to everybody" in " ".join(page.split())
    assert (EXAMPLES / name / ".auditkit" / "key").is_file()


def content(file: Path) -> object:
    """Return what a file holds, however it was compressed and whatever ends its lines."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as parts:
            return {name: parts.read(name) for name in parts.namelist()}
    return file.read_bytes() if file.suffix == ".pdf" else file.read_text(encoding="utf-8")


def test_the_examples_are_what_the_script_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, MAKE, tmp_path / "one"], check=True)
    subprocess.run([sys.executable, MAKE, tmp_path / "two", "--only", AGAIN], check=True)
    kept, made, again = (
        {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (EXAMPLES, tmp_path / "one", tmp_path / "two")
    )
    assert list(again) == [name for name in made if name.startswith(f"{AGAIN}/")]
    assert [name for name in again if made[name].read_bytes() != again[name].read_bytes()] == []
    stale = sorted(made.keys() ^ kept.keys())
    stale += [name for name in made.keys() & kept.keys() if content(made[name]) != content(kept[name])]
    assert stale == [], "The examples are out of step. Make them anew: python scripts/examples.py"
