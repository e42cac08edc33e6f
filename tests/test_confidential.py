"""A round whose workbooks and master are encrypted: who can open what, what comes back, what leaks nowhere."""

import datetime as dt
import gzip
import io
import zipfile

import msoffcrypto
import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.demo.fill import fill
from auditkit.encryption import encrypted, is_encrypted
from auditkit.errors import ProblemsError
from auditkit.round import load, notes
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import ANSWER, COVER
from tests.rounds import ISSUED, REGISTER, SETTINGS, small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
OWN, ROUNDS, MASTERS = "Heron-pool-41", "larch-tarn-7", "board-room-9"
SECRETS = (OWN, ROUNDS, MASTERS)
WITH_OWN = REGISTER.replace("sector\n", "sector,open_password\n").replace("Public\n", f"Public,{OWN}\n")
ENCRYPTED = f"{SETTINGS}open_password: {ROUNDS}\nmaster_password: {MASTERS}\n"
ANSWERS = {
    ("GOV", "GOV-1", "rating"): "● Green",
    ("GOV", "GOV-1", "evidence"): "The board's minutes of 3 May",
    (COVER, "author", ANSWER): "Sam Oduya",
}


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round", register=WITH_OWN, settings=ENCRYPTED)


def opened(content, password):
    """Return what a password opens, nothing if it doesn't."""
    target = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    try:
        file.load_key(password=password, verify_password=True)
    except msoffcrypto.exceptions.InvalidKeyError:
        return b""
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()


def returned(round_, recipient_id, opens, locks, name):
    """Put a filled-in copy of an issued workbook into returns/, locked anew with ``locks`` or not at all."""
    recipient = next(r for r in round_.recipients if r.id == recipient_id)
    issued = opened(workbook_of(round_, recipient_id).read_bytes(), opens)
    layout = layout_for(round_.audit_for(recipient))
    path = round_.returns / name
    path.write_bytes(encrypted(fill(issued, layout, ANSWERS, dt.datetime(2026, 12, 10, 9)), locks))
    return path


def run(round_, **more):
    return collate(round_, round_.returns, as_at=AS_AT, **more)


def outcomes(collated):
    return dict(rows(collated.tables.returns, "file", "outcome"))


def test_each_workbook_opens_with_its_own_password_only(round_):
    police, hospice = (workbook_of(round_, i).read_bytes() for i in ("A1", "A2"))
    assert [bool(opened(police, one)) for one in (OWN, ROUNDS, MASTERS, "fell-lantern")] == [
        True,
        *[False] * 3,
    ]
    assert [bool(opened(hospice, one)) for one in (OWN, ROUNDS)] == [False, True]


def test_what_comes_back_counts_with_its_password_without_one_and_under_any_name(round_):
    returned(round_, "A1", OWN, OWN, "scan 7.xlsx")
    returned(round_, "A2", ROUNDS, "", "Hospice.xlsx")
    assert outcomes(run(round_)) == {"scan 7.xlsx": "accepted", "Hospice.xlsx": "accepted"}


def test_another_password_is_a_finding_until_it_is_given(round_):
    returned(round_, "A1", OWN, "their own one", "Police.xlsx")
    assert set(run(round_).tables.findings["code"]) == {"file-password"}
    assert outcomes(run(round_, passwords=["wrong", "their own one"])) == {"Police.xlsx": "accepted"}


def test_no_password_is_in_anything_that_is_written_or_said(round_):
    returned(round_, "A1", OWN, OWN, "Police.xlsx")
    runner = CliRunner()
    said = "".join(
        runner.invoke(group, [*command, "--round", str(round_.folder)]).output
        for command in (["check"], ["generate"], ["collate", str(round_.returns)], ["decisions"])
    )
    said += repr(round_) + repr(round_.recipients) + repr(round_.settings)
    texts = {"what was said": said.encode()}
    for path in round_.folder.rglob("*"):
        if path.is_file() and path.name not in ("round.yaml", "register.csv"):
            texts[path.name] = content = path.read_bytes()
            if is_encrypted(content):
                content = next(filter(None, (opened(content, secret) for secret in SECRETS)))
            if content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(content)) as parts:
                    texts |= {f"{path.name}/{part}": parts.read(part) for part in parts.namelist()}
            if path.suffix == ".gz":
                texts[path.name] = gzip.decompress(content)
    assert {"issued.csv", "issued.json", "master.xlsx/xl/workbook.xml", "runs.store"} <= set(texts)
    for where, text in texts.items():
        for secret in SECRETS:
            assert secret.encode() not in text, where
            assert secret.encode("utf-16-le") not in text, where


def test_generate_says_what_is_encrypted_and_what_is_not(tmp_path):
    round_ = small_round(tmp_path / "round")
    runner = CliRunner()

    def said(*options):
        return runner.invoke(group, ["generate", "--round", str(round_.folder), *options]).output

    assert "encrypted" not in said()
    (round_.folder / "register.csv").write_text(WITH_OWN, encoding="utf-8")
    (round_.folder / "round.yaml").write_text(ENCRYPTED, encoding="utf-8")
    assert "2 kept, but anybody can open it" in said()
    again = said("--again", "A1")
    assert "1 encrypted: 1 open with the recipient's own password, 0 with open_password" in again
    assert "1 kept, but anybody can open it" in again
    assert "--again-outdated" in again
    assert "2 encrypted: 1 open with the recipient's own password, 1 with open_password" in said(
        "--again", "A2"
    )
    assert "2 encrypted" in said()


def test_a_workbook_that_is_made_again_is_encrypted_again(round_):
    path = workbook_of(round_, "A1")
    before = path.read_bytes()
    path.unlink()
    assert generate(round_, today=ISSUED).ids("restored") == ("A1",)
    assert path.read_bytes() != before
    assert opened(path.read_bytes(), OWN) == opened(before, OWN)


def test_a_workbook_that_cannot_be_looked_at(round_):
    path = workbook_of(round_, "A1")
    path.unlink()
    path.mkdir()
    with pytest.raises(Exception, match="can't be read"):
        generate(round_, today=ISSUED)


def test_collating_twice_gives_the_same_master_under_another_lock(round_):
    returned(round_, "A1", OWN, OWN, "Police.xlsx")
    one, first = run(round_), round_.master.read_bytes()
    two, second = run(round_), round_.master.read_bytes()
    assert (one.kept, two.kept) == (None, None)
    assert first != second
    assert opened(first, MASTERS) == opened(second, MASTERS) != b""
    assert opened(first, ROUNDS) == opened(first, OWN) == b""


def test_an_edited_master_is_kept_as_it_was_locked(round_):
    returned(round_, "A1", OWN, OWN, "Police.xlsx")
    run(round_)
    book = openpyxl.load_workbook(io.BytesIO(opened(round_.master.read_bytes(), MASTERS)))
    book["Answers"]["Z1"] = "my note"
    mine = io.BytesIO()
    book.save(mine)
    edited = encrypted(mine.getvalue(), MASTERS)
    round_.master.write_bytes(edited)
    kept = run(round_).kept
    assert kept is not None
    assert kept.read_bytes() == edited
    assert run(round_).kept is None


def test_a_master_that_is_open_gets_an_encrypted_sibling(round_, monkeypatch):
    returned(round_, "A1", OWN, OWN, "Police.xlsx")
    run(round_)
    real = type(round_.master).replace

    def replace(self, target):
        if target.name == "master.xlsx":
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(type(round_.master), "replace", replace)
    written = run(round_).master
    assert written.name == "master (2).xlsx"
    assert opened(written.read_bytes(), MASTERS)


def test_a_master_in_clear_is_replaced_once_there_is_a_password(tmp_path):
    round_ = small_round(tmp_path / "round")
    path = round_.returns / "Police.xlsx"
    path.write_bytes(workbook_of(round_, "A1").read_bytes())
    run(round_)
    assert not is_encrypted(round_.master.read_bytes())
    (round_.folder / "round.yaml").write_text(ENCRYPTED, encoding="utf-8")
    collated = run(load(round_.folder))
    assert collated.kept is None
    assert is_encrypted(round_.master.read_bytes())


@pytest.mark.parametrize(
    ("register", "settings", "says"),
    [
        (WITH_OWN, SETTINGS, "register.csv: some recipients have an open_password, but not A2"),
        (
            WITH_OWN.replace(OWN, "12345678"),
            ENCRYPTED,
            "register.csv, row 2: open_password: a password to open",
        ),
        (
            REGISTER,
            SETTINGS + "open_password: short\n",
            "round.yaml, line 8, column 16: open_password: a password",
        ),
        (REGISTER, SETTINGS + "master_password: short\n", "line 8, column 18: master_password: a password"),
        (
            WITH_OWN.replace(OWN, MASTERS),
            ENCRYPTED,
            "master_password: this is the same as the open_password of A1",
        ),
        (REGISTER, SETTINGS + "open_password: fell-lantern\n", "round.yaml: password: this is the same"),
    ],
)
def test_passwords_that_would_not_do_are_told_and_never_shown(tmp_path, register, settings, says):
    folder = small_round(tmp_path / "round").folder
    (folder / "register.csv").write_text(register, encoding="utf-8")
    (folder / "round.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        load(folder)
    assert says in str(caught.value)
    assert not any(secret in str(caught.value) for secret in (*SECRETS, "12345678", "short", "fell-lantern"))


def test_who_can_open_each_others_workbooks_is_noted(round_):
    assert notes(round_, ISSUED) == []
    same = WITH_OWN.replace("Voluntary\n", f"Voluntary,{OWN}\n")
    (round_.folder / "register.csv").write_text(same, encoding="utf-8")
    said = notes(load(round_.folder), ISSUED)
    assert said == ["A1 and A2 have the same password, so they can open each other's workbooks"]


def test_questions_cannot_depend_on_a_password(round_):
    assert "open_password" not in round_.recipients[0].row()
    assert round_.recipients[0].open_password == OWN
