"""Which program this is."""

import configparser
import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from auditkit import program

NOT_FOR_RESULTS = {
    "python-docx",
    "click",
    "pydantic",
    "rich",
    "holidays",
    "icalendar",
    "jinja2",
    "matplotlib",
}


@pytest.fixture(autouse=True)
def fresh():
    program.digest.cache_clear()
    yield
    program.digest.cache_clear()


def test_all_that_results_rest_on_is_named():
    setup = configparser.ConfigParser()
    setup.read(Path(__file__).parents[1] / "setup.cfg", encoding="utf-8")
    required = {re.split("[><=]", line)[0] for line in setup["options"]["install_requires"].split()}
    assert {*program.RESTS_ON} == required - NOT_FOR_RESULTS


def test_any_change_of_the_code_makes_another_program(tmp_path, monkeypatch):
    copy = shutil.copytree(Path(program.__file__).parent, tmp_path / "auditkit")
    monkeypatch.setattr(program, "__file__", str(copy / "program.py"))
    digests = {program.digest()}
    for name in ("fields/date.py", "returns/words.yaml"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        program.digest.cache_clear()
        digests.add(program.digest())
    (copy / "fields/date.py").rename(copy / "fields/day.py")
    program.digest.cache_clear()
    assert len({*digests, program.digest()}) == 4


def test_another_version_of_a_library_makes_another_program(monkeypatch):
    before = program.digest()
    program.digest.cache_clear()

    def version(name):
        if name == "olefile":
            raise metadata.PackageNotFoundError
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    assert program.digest() != before
