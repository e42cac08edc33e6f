"""``auditkit letters``: drafts that a mail program opens, with the right days and the right workbook."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from auditkit.cli import group
from auditkit.round import begin, load
from auditkit.workbook.log import read_log
from tests.plan.test_command import PLANS
from tests.rounds import AUDIT, REGISTER, small_round

LETTER = """\
Subject: {{ title }}: by {{ deadline }}

Dear {{ recipient.contact or "colleague" }},

{% for step in steps %}
- {{ step.day }}: {{ step.what }}
{% endfor %}
{% if workbook %}
It is in {{ workbook }}.
{% endif %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    register = REGISTER.replace("hospice@northmoor.example", "") + (
        'A3,"=HYPERLINK(1) & Søn",Health,"Zoë\u202eO\'Hare",a@b.example; jürgen@northmoor.example,Public\n'
    )
    round_ = small_round(tmp_path, audit=AUDIT + PLANS, register=register)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8-sig")
    return begin(round_, "review", dt.date(2026, 12, 15)).folder


def run(folder: Path) -> Result:
    return CliRunner().invoke(group, ["letters", str(folder)])


def drafts(folder: Path) -> dict[str, EmailMessage]:
    found = {}
    for path in sorted((folder / "emails").iterdir()):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        found[path.name.partition(" ")[0]] = message
    return found


def test_each_has_its_days_and_its_own_workbook(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.exception
    assert "3 drafts in" in done.output
    assert "1 without an address, since the register has none: St Mary's Hospice" in done.output
    found = drafts(folder)
    assert found["A1"]["Subject"] == "Small audit: by Thursday 31 December 2026"
    assert found["A1"]["To"] == "police@northmoor.example"
    assert found["A1"]["Reply-To"] == "audits@northmoor.example"
    assert found["A1"]["X-Unsent"] == "1"
    assert found["A2"]["To"] is None
    assert found["A3"]["To"] == "a@b.example, jürgen@northmoor.example"
    files = {entry.recipient_id: entry.file for entry in read_log(load(folder))}
    for recipient, draft in found.items():
        (attached,) = draft.iter_attachments()
        assert attached.get_filename() == files[recipient]
        assert attached.get_content() == (folder / "workbooks" / files[recipient]).read_bytes()
    body = found["A1"].get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == (
        f"Dear Sam Oduya,\n\n- Thursday 31 December 2026: Summaries come back\nIt is in {files['A1']}.\n"
    )


def test_letters_on_paper_say_the_same(folder: Path) -> None:
    done = CliRunner().invoke(group, ["letters", str(folder), "--word"])
    assert done.exit_code == 0, done.exception
    assert "3 letters in" in done.output
    run(folder)
    for path in sorted((folder / "letters").iterdir()):
        texts = [each.text for each in docx.Document(str(path)).paragraphs]
        mail = drafts(folder)[path.name.partition(" ")[0]]
        body = mail.get_body(("plain",))
        assert body is not None
        said = [line.removeprefix("- ") for line in body.get_content().splitlines() if line.strip()]
        assert mail["Subject"] in texts
        assert [line for text in texts for line in text.split("\n")][-len(said) :] == said


def test_the_same_round_gives_the_same_drafts_and_a_change_shows(folder: Path) -> None:
    run(folder)
    before = {path: path.read_bytes() for path in (folder / "emails").iterdir()}
    run(folder)
    assert {path: path.read_bytes() for path in (folder / "emails").iterdir()} == before
    begin(load(folder), "review", dt.date(2026, 12, 16))
    run(folder)
    assert "4 January 2027" in str(drafts(folder)["A1"]["Subject"])


def test_without_workbooks_it_says_so(folder: Path) -> None:
    for path in (folder / "workbooks").glob("*.xlsx"):
        path.unlink()
    done = run(folder)
    assert "3 without a workbook, since none is issued yet" in done.output
    assert list(drafts(folder)["A1"].iter_attachments()) == []


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        (None, "has no letter.txt, which holds the words of the letters"),
        ("Dear all,\n", "letter.txt, line 1: the first line must be 'Subject:' and what the email is about"),
        ("Subject: a\n\n{{ titel }}\n", "letter.txt: 'titel' is undefined; what there is: contact_email"),
        ("Subject: a\n\n{% for step in steps %}\n", "letter.txt, line 3: Unexpected end of template"),
        ("Subject: a\n\n{{ 1 / 0 }}\n", "what stands in double braces fails: division by zero"),
        ("Subject: a\n\n{{ steps.__class__.__mro__ }}\n", "letter.txt: "),
    ],
)
def test_words_that_cannot_be_read(folder: Path, letter: str | None, said: str) -> None:
    if letter is None:
        (folder / "letter.txt").unlink()
    else:
        (folder / "letter.txt").write_text(letter, encoding="utf-8")
    done = run(folder)
    assert done.exit_code == 1
    assert said in str(done.exception)
    assert not (folder / "emails").exists()


def test_days_come_first(tmp_path: Path) -> None:
    small_round(tmp_path, audit=AUDIT + PLANS)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    assert "First run: auditkit plan --from DATE" in str(run(tmp_path).exception)


def test_a_round_without_plans_can_have_letters_too(tmp_path: Path) -> None:
    small_round(tmp_path)
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    assert "2 drafts in" in run(tmp_path).output


def test_day_one_of_a_rapid_review(tmp_path: Path) -> None:
    folder = tmp_path / "rr-2026-01"
    for words in (
        ("new", "rapid_review", str(folder)),
        ("plan", "--from", "24/11/2026", str(folder)),
        ("generate", "--round", str(folder)),
        ("letters", str(folder)),
    ):
        done = CliRunner().invoke(group, words)
        assert done.exit_code == 0, done.exception
    assert "12 drafts" in done.output
    body = drafts(folder)["RR-07"].get_body()
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert "- Tuesday 8 December 2026: Send the agency summary back. So that" in text
    assert "{" not in text
    assert "\n\n\n" not in text
