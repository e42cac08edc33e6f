"""Sealed records: what comes back is what was put in, whatever became of the file."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.returns.store import BEGINNING, HEAD, LARGEST, Store

KEY = b"k" * 32


def name(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


CONTENTS = {name(text): random.Random(text).randbytes(100) for text in "abcdef"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".auditkit/returns.cache"


def filled(path: Path, key: bytes = KEY) -> Path:
    with Store(path, key) as store:
        for each, content in CONTENTS.items():
            store.put(each, content)
    return path


def read(path: Path, key: bytes = KEY) -> dict[bytes, bytes | None]:
    with Store(path, key) as store:
        return {each: store.get(each) for each in CONTENTS}


def test_what_was_put_in_comes_back(path: Path) -> None:
    assert set(read(path).values()) == {None}
    assert read(filled(path)) == CONTENTS
    with Store(path, KEY) as store:
        store.put(name("a"), b"later")
        assert store.get(name("a")) == b"later"
        for each in CONTENTS:
            store.get(each)
    assert read(path) == {**CONTENTS, name("a"): b"later"}


def test_only_who_has_the_key_can_put_anything_in(path: Path) -> None:
    filled(path, b"x" * 32)
    assert set(read(path).values()) == {None}


def test_a_content_is_not_taken_for_another_ones(path: Path) -> None:
    content = filled(path).read_bytes()
    a, b = name("a"), name("b")
    path.write_bytes(content.replace(a, b"-" * 32).replace(b, a))
    assert read(path) == {**CONTENTS, a: None, b: None}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_file_gives_what_is_whole_and_nothing_else(path: Path, data: st.DataObject) -> None:
    path.unlink(missing_ok=True)
    content = bytearray(filled(path).read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[at] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] + data.draw(st.binary(max_size=100)))
    found = read(path)
    assert all(content in (None, CONTENTS[each]) for each, content in found.items())
    assert read(filled(path)) == CONTENTS


def test_a_run_that_is_cut_off_loses_what_it_was_writing(path: Path) -> None:
    content = filled(path).read_bytes()
    path.write_bytes(content[:-1])
    assert list(read(path).values()).count(None) == 1
    with contextlib.suppress(KeyboardInterrupt), Store(path, KEY) as store:
        store.put(name("g"), b"done")
        raise KeyboardInterrupt
    with Store(path, KEY) as store:
        assert store.get(name("g")) == b"done"


def test_what_is_not_used_is_thrown_away_once_it_is_most(path: Path) -> None:
    before = filled(path).stat().st_size
    kept = [name(text) for text in "bdf"]
    with Store(path, KEY) as store:
        for each in kept:
            store.get(each)
    assert path.stat().st_size == before
    with Store(path, KEY) as store:
        for each in kept[:2]:
            store.get(each)
    assert path.stat().st_size < before / 2
    assert read(path) == {each: CONTENTS[each] if each in kept[:2] else None for each in CONTENTS}
    with Store(path, KEY):
        pass
    assert path.read_bytes() == BEGINNING


def test_without_a_file_it_is_empty_and_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert set(read(filled(tmp_path / "folder")).values()) == {None}
    (tmp_path / "file").write_bytes(b"")
    assert set(read(filled(tmp_path / "file/in a file")).values()) == {None}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_full_disk_is_done_without(path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(BEGINNING) + 2 * (HEAD.size + 120), hard))
    try:
        filled(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    found = list(read(path).values())
    assert 0 < found.count(None) < len(CONTENTS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no file be cut that is open")
def test_a_file_that_vanishes_meanwhile_is_done_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditkit.returns.store.BUFFER", 16)
    with Store(filled(path), KEY) as store:
        os.truncate(path, len(BEGINNING) + HEAD.size // 2)
        assert {store.get(each) for each in CONTENTS} == {None}


@pytest.mark.skipif(sys.platform == "win32", reason="On Windows not everybody may make links")
def test_what_a_link_leads_to_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = path.with_name("other")
    other.write_bytes(b"somebody's work")
    path.symlink_to(other)
    assert read(filled(path)) == CONTENTS
    path.unlink()
    path.hardlink_to(other)
    assert read(filled(path)) == CONTENTS
    assert other.read_bytes() == b"somebody's work"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
@pytest.mark.parametrize("rights", [0o700, 0o770])
def test_whoever_may_use_the_folder_may_use_the_file(path: Path, rights: int) -> None:
    path.parent.mkdir()
    path.parent.chmod(rights)
    assert filled(path).stat().st_mode & 0o777 == rights & 0o666


def test_what_is_too_large_is_not_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditkit.returns.store.LARGEST", 99)
    assert set(read(filled(path)).values()) == {None}
    assert LARGEST > 99
