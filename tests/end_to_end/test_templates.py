"""Each ready-made audit as it is used: new, check, generate, filled in by LibreOffice, collate, all of it found.

So few recipients that every question is asked of one of them. Section 11 is left out: other tests fill in all of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.commands.screen import some
from auditkit.round import Round, load
from auditkit.templates import names
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.reading import everything_typed
from tests.end_to_end.respondent import fill_in
from tests.rounds import workbook_of

# Headings of the master's Returns, and the role of the cover field that stands there.
HEADINGS = {"Author": "author", "Signed off by": "signoff_name", "Signed off on": "signoff_date"}


@pytest.fixture(scope="module", params=[name for name in names() if name != "section11"])
def round_(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round as an officer begins it, cut down to a few recipients, its workbooks issued."""
    folder = tmp_path_factory.mktemp("ready") / "round"
    run("new", request.param, folder)
    few = covering(load(folder))
    register = folder / "register.csv"
    with register.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    with register.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[header.index("id")] in few)])
    assert some(len(few), "recipient") in run("check", "--round", folder)
    assert f"{some(len(few), 'workbook')} made" in run("generate", "--round", folder)
    return load(folder)


def covering(whole: Round) -> set[str]:
    """Return the ids of recipients who between them are asked every question."""
    asked = {r.id: {q.id for _, q in whole.audit_for(r).questions()} for r in whole.recipients}
    few: set[str] = set()
    while open_ := set().union(*asked.values()) - set().union(*(asked[one] for one in few)):
        few.add(max(asked, key=lambda one: len(asked[one] & open_)))
    return few


def run(*words: object) -> str:
    result = CliRunner().invoke(group, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def test_microsofts_validator_finds_nothing(
    round_: Round, ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    assert ooxml_errors(round_.workbooks.glob("*.xlsx")) == {}


def test_every_value_typed_is_in_the_master(round_: Round, libreoffice: LibreOffice) -> None:
    typed = {}
    for recipient in round_.recipients:
        issued = workbook_of(round_, recipient.id)
        with libreoffice.open(issued) as book:
            typed[recipient.id] = fill_in(book, book.answer_cells(), random.Random(recipient.id))
            book.recalculate()
            assert book.errors() == []
            book.save_as(round_.returns / issued.name)
    collated = collate(round_, round_.returns, as_at=round_.settings.deadline + dt.timedelta(days=14))
    counts = collated.counts
    assert (counts.accepted, counts.held, counts.rejected) == (len(typed), 0, 0)
    assert counts.returned + counts.nil_return == len(typed)
    labels = {field.role: field.label for field in round_.audit.cover}
    headings = {heading: labels.get(role, heading) for heading, role in HEADINGS.items()}
    assert everything_typed(Path(collated.master), headings) == typed
