"""The documentation says what is true: generated pages, commands, examples, links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from textwrap import dedent

import click
import pytest

from auditkit.cli import group
from auditkit.definition import yaml
from auditkit.definition.follows import Follows
from auditkit.definition.forms import load as load_definition
from auditkit.definition.xlsx import example
from auditkit.register import read
from auditkit.round import Settings, load
from scripts import docs
from tests.definition.xlsx.form import form

ROOT = docs.ROOT
GUIDE = sorted((ROOT / "docs" / "officer").glob("*.md"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TEMPLATE = ROOT / "workbook_templates" / "section11"

# A block of code that is an example of a file names it: ```yaml audit.yaml. With ```yaml part, its settings
# replace those of the page's audit.yaml.
EXAMPLE = re.compile(r"^```(?:yaml|csv) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^ *```(?:console|text)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def examples(path: Path) -> dict[str, list[str]]:
    """Return the examples on a page by the file that they are of."""
    found: dict[str, list[str]] = {}
    for file, content in EXAMPLE.findall(text(path)):
        found.setdefault(file, []).append(content)
    return found


def parts(definition: str) -> dict[str, str]:
    """Return the settings of a definition, each with the lines that it takes."""
    blocks = re.split(r"^(?=\w+:)", definition, flags=re.MULTILINE)
    return {block.partition(":")[0]: block for block in blocks if block.strip()}


ALL_EXAMPLES = {path: examples(path) for path in GUIDE}
PARTS = [(path, part) for path, found in ALL_EXAMPLES.items() for part in found.get("part", [])]


def round_of(folder: Path, audit: str, register: str) -> Path:
    (folder / "audit.yaml").write_text(audit, encoding="utf-8")
    (folder / "register.csv").write_text(register, encoding="utf-8")
    (folder / "round.yaml").write_text(text(TEMPLATE / "round.yaml"), encoding="utf-8")
    return folder


def test_the_reference_is_what_the_code_says():
    assert docs.stale() == [], "run python scripts/docs.py"


def test_no_page_of_the_reference_is_left_from_before():
    assert {path.name for path in docs.REFERENCE.glob("*")} == set(docs.PAGES)


@pytest.mark.parametrize("command", group.commands)
def test_every_command_is_described(command: str):
    said = text(ROOT / "README.md") + "".join(map(text, GUIDE))
    assert f"auditkit {command}" in said


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_commands_that_are_shown_exist(path: Path):
    shown = [line.partition("  #")[0] for block in CODE.findall(text(path)) for line in block.splitlines()]
    for line in shown:
        words = shlex.split(line, posix=False) if line.strip().startswith("auditkit ") else []
        if len(words) > 1 and not words[1].startswith(("-", "COMMAND", "[")):
            assert words[1] in group.commands, line
            command = group.commands[words[1]]
            if isinstance(command, click.Group):
                assert words[2] in command.commands, line
                command = command.commands[words[2]]
            options = {option for param in command.params for option in param.opts}
            assert {word for word in words if word.startswith("--")} <= options | {"--help"}, line


def test_there_are_examples():
    assert sum(len(contents) for found in ALL_EXAMPLES.values() for contents in found.values()) > 8
    assert {file for found in ALL_EXAMPLES.values() for file in found} == {
        "audit.yaml",
        "follows",
        "part",
        "register.csv",
        "round.yaml",
    }


@pytest.mark.parametrize("path", GUIDE, ids=name)
def test_examples_of_whole_files_check_clean(path: Path, tmp_path: Path):
    found = ALL_EXAMPLES[path]
    for audit, register in zip(found.get("audit.yaml", []), found.get("register.csv", []), strict=False):
        assert load(round_of(tmp_path, audit, register)).recipients
    for settings in found.get("round.yaml", []):
        (tmp_path / "round.yaml").write_text(settings, encoding="utf-8")
        assert yaml.read_yaml_as(tmp_path / "round.yaml", Settings)
    for register in found.get("register.csv", []):
        (tmp_path / "register.csv").write_text(register, encoding="utf-8")
        assert read(tmp_path / "register.csv")


@pytest.mark.parametrize(("path", "part"), PARTS, ids=lambda x: name(x) if isinstance(x, Path) else x[:20])
def test_examples_of_parts_check_clean(path: Path, part: str, tmp_path: Path):
    (whole,), (register,) = (ALL_EXAMPLES[path][file] for file in ("audit.yaml", "register.csv"))
    audit = "".join({**parts(whole), **parts(part)}.values())
    assert load(round_of(tmp_path, audit, register)).audit.sections


SHEET = re.compile(r"^Sheet `(\w+)`:\n\n((?:\|.*\n)+)", re.MULTILINE)
TASKS = [
    part for page in GUIDE for part in re.split(r"^## ", text(page), flags=re.MULTILINE) if SHEET.search(part)
]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.partition("\n")[0])
def test_examples_of_the_form_check_clean(task: str, tmp_path: Path):
    """Each shows sheets of the small audit in the form's guide; of ``settings`` only the lines that change."""
    shown = {}
    for sheet, lines in SHEET.findall(task):
        heading, _, *rows = (re.split(r"(?<!\\)\|", line)[1:-1] for line in lines.splitlines())
        shown[sheet] = [
            [cell.strip().replace("\\|", "|").replace("<br>", "\n") for cell in row]
            for row in (heading, *rows)
        ]
    if "settings" in shown:
        own = {row[0]: row for row in (*example.EXAMPLE["settings"], *shown["settings"])}
        shown["settings"] = list(own.values())
    assert load_definition(form(tmp_path, **shown)).sections


def test_every_task_of_the_form_has_an_example():
    assert len(TASKS) > 6


def test_examples_of_what_continues_what_can_be_read(tmp_path: Path):
    for found in ALL_EXAMPLES.values():
        for part in found.get("follows", []):
            (tmp_path / "follows.yaml").write_text(dedent(part.partition("\n")[2]), encoding="utf-8")
            assert yaml.read_yaml_as(tmp_path / "follows.yaml", Follows)[0].questions


def test_every_block_of_yaml_is_tested():
    blocks = [line for path in GUIDE for line in text(path).splitlines() if line.startswith("```yaml")]
    assert all(re.fullmatch(r"```yaml (audit\.yaml|round\.yaml|part|follows)", line) for line in blocks)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path):
    for link in LINK.findall(text(path)):
        if link.startswith(("https:", "http:", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{name(path)}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{name(path)}: {link}"


def anchors(path: Path) -> set[str]:
    """Return the names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", text(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_in_the_index():
    index = {
        (ROOT / "docs" / link.partition("#")[0]).resolve()
        for link in LINK.findall(text(ROOT / "docs/README.md"))
    }
    pages = {path for path in (ROOT / "docs").rglob("*.md") if path != ROOT / "docs" / "README.md"}
    assert pages <= index


def test_the_two_commands_of_the_readme_exist():
    readme, makefile = text(ROOT / "README.md"), text(ROOT / "Makefile")
    for target in ("demo", "test"):
        assert f"`make {target}`" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "scripts/test.py" in readme
    assert "scripts/test.py" in makefile
    assert (ROOT / "scripts" / "test.py").is_file()


def test_exit_codes_of_the_readme_are_those_of_the_code():
    said = re.search(r"Exit codes: (.*)", text(ROOT / "README.md"))
    assert said
    assert {int(code) for code in re.findall(r"\b\d\b", said[1])} == set(docs.EXIT_CODES)
