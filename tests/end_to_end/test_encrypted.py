"""Encrypted workbooks in the hands of a real program: opened, filled in, saved under the same password, collated."""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
from pathlib import Path

import msoffcrypto
import pytest

from auditkit.collate import collate
from auditkit.encryption import is_encrypted
from auditkit.round import Round
from tests.apps.libreoffice import LibreOffice, RefusedError
from tests.end_to_end.reading import everything_typed
from tests.end_to_end.respondent import Typed, fill_in
from tests.rounds import AUDIT, REGISTER, SETTINGS, small_round, workbook_of

OWN, ROUNDS, MASTERS = "Heron-pool-41", "larch-tarn-7", "board-room-9"
AS_AT = dt.date(2026, 12, 18)


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    register = REGISTER.replace("sector\n", "sector,Password\n").replace("Public\n", f"Public,{OWN}\n")
    settings = f"{SETTINGS}open_password: {ROUNDS}\nmaster_password: {MASTERS}\n"
    audit = AUDIT.replace("Signed off on", "Date of sign-off")
    return small_round(tmp_path / "round", audit, register, settings)


def filled(office: LibreOffice, round_: Round, recipient_id: str, password: str) -> tuple[Path, Typed]:
    """Save the attachment, open it with the password, fill it in, and press Ctrl+S."""
    path = round_.returns / f"{recipient_id} back.xlsx"
    shutil.copy(workbook_of(round_, recipient_id), path)
    with office.open(path, password) as book:
        typed = fill_in(book, book.answer_cells(), random.Random(recipient_id))
        book.recalculate()
        assert book.errors() == []
        book.save()
    return path, typed


def test_filled_in_saved_under_its_password_and_all_of_it_in_the_encrypted_master(
    round_: Round, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    typed = {}
    for recipient_id, password in (("A1", OWN), ("A2", ROUNDS)):
        path, typed[recipient_id] = filled(libreoffice, round_, recipient_id, password)
        assert is_encrypted(path.read_bytes())
        assert path.read_bytes() != workbook_of(round_, recipient_id).read_bytes()
    collated = collate(round_, round_.returns, as_at=AS_AT)
    assert (collated.counts.accepted, collated.counts.files) == (2, 2)
    with libreoffice.open(collated.master, MASTERS) as book:
        assert book.errors() == []
        assert "A1" in book.values()["Answers"].values()
    content = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(collated.master.read_bytes()))
    file.load_key(password=MASTERS, verify_password=True)
    file.decrypt(content)
    (tmp_path / "open.xlsx").write_bytes(content.getvalue())
    assert everything_typed(tmp_path / "open.xlsx") == typed


@pytest.mark.parametrize("password", ["", ROUNDS, MASTERS, "fell-lantern"])
def test_nobody_else_opens_it(round_: Round, libreoffice: LibreOffice, password: str) -> None:
    with pytest.raises(RefusedError):
        libreoffice.open(workbook_of(round_, "A1"), password)
    if password != MASTERS:
        filled(libreoffice, round_, "A2", ROUNDS)
        collated = collate(round_, round_.returns, as_at=AS_AT)
        assert collated.counts.accepted == 1
        with pytest.raises(RefusedError):
            libreoffice.open(collated.master, password)


@pytest.mark.parametrize(
    ("name", "password", "expected"),
    [
        ("without.xlsx", "", ("accepted", "")),
        ("rounds.xlsx", OWN, ("accepted", "")),
        ("theirs.xlsx", "their own", ("rejected", "file-password")),
        ("theirs.ods", "their own", ("rejected", "file-password-ods")),
        ("theirs.xls", "their own", ("rejected", "file-password")),
        ("rounds.xls", OWN, ("accepted", "")),
    ],
)
def test_saved_again_in_another_way(
    round_: Round, libreoffice: LibreOffice, name: str, password: str, expected: tuple[str, str]
) -> None:
    with libreoffice.open(workbook_of(round_, "A1"), OWN) as book:
        fill_in(book, book.answer_cells(), random.Random(name))
        book.save_as(round_.returns / name, password)
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    (outcome,) = tables.returns["outcome"]
    codes = set(tables.findings["code"])
    assert outcome == expected[0]
    assert not expected[1] or codes == {expected[1]}
