from __future__ import annotations

import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditkit.errors import AuditkitError
from auditkit.files import (
    LONGEST_NAME,
    SCRATCH,
    SIBLINGS,
    atomic_write,
    is_link,
    is_open,
    is_written,
    safe_name,
    sweep,
    write_state,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("St Mary's", "St Mary's"),
        ("St. Marys", "St. Marys"),
        ('A/B\\C: "x" <y>|z?*', "A B C x y z"),
        ("  two   spaces\n", "two spaces"),
        ("ends with dots...", "ends with dots"),
        ("CON", "_CON"),
        ("com1.xlsx", "_com1.xlsx"),
        ("...", "_"),
        ("e\u0301cole", "école"),
        ("x" * 300, "x" * LONGEST_NAME),
    ],
)
def test_names_that_windows_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    assert atomic_write(path, b"one") == path
    assert atomic_write(path, b"two") == path
    assert path.read_bytes() == b"two"
    assert names(tmp_path) == ["master.xlsx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_others_may_read_what_they_could_read_before(tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    old = os.umask(0o027)
    try:
        atomic_write(path, b"one")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o664)
    atomic_write(path, b"two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lock(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let files of these names be open in Excel."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if not names or target.name in names:
            raise PermissionError(13, "The process cannot access the file")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_copy_that_is_open_gets_a_numbered_sibling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "master.xlsx"
    path.write_bytes(b"open")
    lock(monkeypatch, "master.xlsx", "master (2).xlsx")
    assert atomic_write(path, b"new").name == "master (3).xlsx"
    assert path.read_bytes() == b"open"
    assert names(tmp_path) == ["master (3).xlsx", "master.xlsx"]


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    assert atomic_write(tmp_path / ("ü" * 125 + ".xlsx"), b"new").read_bytes() == b"new"


def test_when_every_sibling_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(monkeypatch)
    with pytest.raises(AuditkitError, match="Close them"):
        atomic_write(tmp_path / "master.xlsx", b"new")
    assert names(tmp_path) == []
    assert SIBLINGS > 1


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AuditkitError, match="can't be written to"):
        atomic_write(tmp_path / "none" / "master.xlsx", b"new")


def test_a_file_need_not_wait_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    assert atomic_write(tmp_path / "one.xlsx", b"one", flush=False).read_bytes() == b"one"
    assert flushed == []
    atomic_write(tmp_path / "one.xlsx", b"two")
    assert len(flushed) == 1
    assert names(tmp_path) == ["one.xlsx"]


def test_what_a_power_cut_left_isnt_written(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    assert not is_written(path)
    for left in (b"", b"\0" * 5000):
        path.write_bytes(left)
        assert not is_written(path)
    path.write_bytes(b"PK\3\4")
    assert is_written(path)


def test_what_cant_be_looked_into_counts_as_written(tmp_path: Path) -> None:
    assert is_written(tmp_path)


def test_a_file_is_open_if_it_cant_be_written_or_a_program_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "master.xlsx"
    assert is_open(path)  # it isn't there
    path.write_bytes(b"x")
    assert not is_open(path)
    for name in ("~$master.xlsx", ".~lock.master.xlsx#"):
        (tmp_path / name).write_bytes(b"Jo")
        assert is_open(path)
        (tmp_path / name).unlink()

    def locked(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "open", locked)
    assert is_open(path)


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(AuditkitError, match="No space left"):
        atomic_write(tmp_path / "master.xlsx", b"new")
    assert names(tmp_path) == []


def test_state_is_written_whole_into_a_folder_that_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "log.json"
    write_state(path, b"one")
    write_state(path, b"two")
    assert path.read_bytes() == b"two"
    assert names(path.parent) == ["log.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_private_state_is_for_its_owner(tmp_path: Path) -> None:
    write_state(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_state_never_goes_to_a_sibling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock(monkeypatch)
    with pytest.raises(AuditkitError, match=r"log\.json is open in another program"):
        write_state(tmp_path / "log.json", b"new")
    assert names(tmp_path) == []


def test_state_whose_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AuditkitError, match="can't be made"):
        write_state(tmp_path / "file" / "below" / "log.json", b"new")


def test_what_a_run_that_was_cut_off_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f".master-x1{SCRATCH}").write_bytes(b"half")
    (tmp_path / "master.tmp").write_bytes(b"theirs")
    sweep(tmp_path)
    assert names(tmp_path) == ["master.tmp"]


def test_what_only_auditkit_reads_never_goes_to_a_sibling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state" / "runs.json"
    write_state(path, b"one")
    write_state(path, b"two")
    assert path.read_bytes() == b"two"
    lock(monkeypatch, "runs.json")
    with pytest.raises(AuditkitError, match=r"runs\.json is open in another program\. Close it"):
        write_state(path, b"three")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["runs.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_private_file_is_for_its_owner_only(tmp_path: Path) -> None:
    write_state(tmp_path / "key", b"secret", private=True)
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"a file")
    with pytest.raises(AuditkitError, match="can't be made"):
        write_state(tmp_path / "state" / "runs.json", b"one")


def test_only_what_was_being_written_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f".master-x{SCRATCH}", f"mine{SCRATCH}", ".x.tmp"]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    sweep(tmp_path)
    sweep(tmp_path / "nowhere")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(names[1:])
    (tmp_path / names[0]).mkdir()
    sweep(tmp_path)


class Entry:
    """An entry of a folder as Windows describes it."""

    def __init__(self, tag: int | None, link: bool = False) -> None:
        self.tag, self.link = tag, link

    def is_symlink(self) -> bool:
        return self.link

    def stat(self, *, follow_symlinks: bool) -> SimpleNamespace:
        assert not follow_symlinks
        if self.tag is None:
            raise FileNotFoundError
        return SimpleNamespace(st_reparse_tag=self.tag)


@pytest.mark.parametrize(
    ("entry", "leads_elsewhere"),
    [
        (Entry(0), False),
        (Entry(0xA000000C, link=True), True),
        (Entry(0xA0000003), True),
        (Entry(0x9000001A), False),  # OneDrive: kept online
        (Entry(0x9000301A), False),
        (Entry(0x80000013), False),  # deduplicated
        (Entry(None), False),
    ],
)
def test_a_junction_is_a_link_and_a_file_that_is_kept_online_is_not(
    entry: Entry, leads_elsewhere: bool
) -> None:
    assert is_link(entry) == leads_elsewhere  # type: ignore[arg-type]


def test_ordinary_files_and_folders_are_no_links(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    with os.scandir(tmp_path) as entries:
        assert [is_link(entry) for entry in entries] == [False, False]
