"""Encrypted files: strong, never twice the same, and open with their password only."""

import io

import msoffcrypto
import olefile
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import Workbook

from auditkit.encryption import encrypted, is_encrypted


def opened(content, password):
    target = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    file.load_key(password=password, verify_password=True)
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()


@pytest.fixture(scope="module")
def plain():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def test_it_opens_with_its_password_and_no_other(plain):
    content = encrypted(plain, "larch-tarn")
    assert is_encrypted(content)
    assert not is_encrypted(plain)
    assert opened(content, "larch-tarn") == plain
    with pytest.raises(InvalidKeyError):
        opened(content, "larch-tarm")


def test_it_is_encrypted_as_excel_does_it_now(plain):
    said = (
        olefile.OleFileIO(encrypted(plain, "larch-tarn"))
        .openstream("EncryptionInfo")
        .read()
        .decode("latin-1")
    )
    for wanted in ('cipherAlgorithm="AES"', 'keyBits="256"', 'hashAlgorithm="SHA512"', 'spinCount="100000"'):
        assert wanted in said


def test_no_two_are_the_same(plain):
    assert encrypted(plain, "larch-tarn") != encrypted(plain, "larch-tarn")


def test_without_a_password_nothing_is_done(plain):
    assert encrypted(plain, "") is plain
