"""The officer names a file as it comes to hand: by its path, as collate shows it, or by the end of that."""

import pytest

from auditkit.errors import AuditkitError
from auditkit.returns.meant import meant
from auditkit.returns.model import Return


def named(*names):
    return [Return(name, name, "held") for name in names]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a.xlsx", "a.xlsx"),
        ("returns/a.xlsx", "a.xlsx"),
        ("late\\b.xlsx", "late/b.xlsx"),
        ("b.xlsx", "late/b.xlsx"),
        ("mail.eml/Return.xlsx", "mail.eml/Return.xlsx"),
        ("returns/mail.eml/Return.xlsx", "mail.eml/Return.xlsx"),
        ("post.eml", "post.eml/Return.xlsx"),
        ("returns/post.eml", "post.eml/Return.xlsx"),
        ("mail.eml/_(calc).xlsx", "mail.eml/$(calc).xlsx"),
    ],
)
def test_a_file_is_found_by_any_name_that_an_officer_may_type(tmp_path, monkeypatch, name, file):
    monkeypatch.chdir(tmp_path)
    files = named(
        "a.xlsx", "late/b.xlsx", "mail.eml/Return.xlsx", "mail.eml/$(calc).xlsx", "post.eml/Return.xlsx"
    )
    assert meant(name, files, tmp_path / "returns").file == file


def test_a_name_that_several_files_have_is_asked_about(tmp_path):
    files = named(*(f"{folder}/a.xlsx" for folder in "uvwxyz"))
    with pytest.raises(AuditkitError, match=r"may be 'u/a.xlsx', .* or 1 more\. Name the one"):
        meant("a.xlsx", files, tmp_path)
    with pytest.raises(AuditkitError, match="There is no file"):
        meant("zzzzzzzz", files, tmp_path)
