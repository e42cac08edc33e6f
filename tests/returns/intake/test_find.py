from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.errors import AuditkitError
from auditkit.guard import MEGABYTE, Limits
from auditkit.returns.intake import UnreadableError, find, load
from auditkit.returns.intake.find import _time

LIMITS = Limits()


def codes(folder) -> dict[str, str]:
    return {f.file: f.problem.code if f.problem else "" for f in find(folder)}


def test_files_are_found_at_any_depth_in_order_and_junk_is_named(put, tmp_path) -> None:
    for name in (
        "b.xlsx",
        "a/z.xlsx",
        "a/b/y.xlsx",
        "a.xlsx",
        ".DS_Store",
        "~$a.xlsx",
        "a/Thumbs.db",
        ".git/x",
    ):
        put(name, b"x")
    found = codes(tmp_path / "returns")
    assert found == {
        ".DS_Store": "passed-over",
        ".git": "passed-over",
        "a.xlsx": "",
        "a/Thumbs.db": "passed-over",
        "a/b/y.xlsx": "",
        "a/z.xlsx": "",
        "b.xlsx": "",
        "~$a.xlsx": "passed-over",
    }
    assert list(found) == sorted(found)


@settings(deadline=None)
@given(
    st.sets(
        st.lists(st.sampled_from(["a", "b", "a b", "a.b", "a-b", "Ä", "0"]), min_size=1, max_size=4).map(
            tuple
        )
    )
)
def test_whatever_the_folders_are_called_files_come_in_the_order_of_their_paths(paths) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            file = Path(folder, *path[:-1], f"{path[-1]}.xlsx")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        found = [one.file for one in find(Path(folder))]
    assert found == sorted("/".join(path) + ".xlsx" for path in paths)


def test_a_sub_folder_is_listed_when_its_turn_comes(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    put("b/c.xlsx", b"x")
    found = find(tmp_path / "returns")
    assert next(found).file == "a.xlsx"
    put("b/d.xlsx", b"x")
    assert [one.file for one in found] == ["b/c.xlsx", "b/d.xlsx"]


def test_bytes_come_with_the_time_of_the_file(put, tmp_path) -> None:
    put("a.xlsx", b"x", time=1_700_000_000)
    (found,) = find(tmp_path / "returns")
    incoming = load(found, LIMITS)
    assert (incoming.file, incoming.content, incoming.came) == ("a.xlsx", b"x", "file")
    assert incoming.received == dt.datetime(2023, 11, 14, 22, 13, 20, tzinfo=dt.timezone.utc)


def test_links_are_not_followed(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.xlsx").write_bytes(b"x")
    for link, target in (("link.xlsx", "returns/a.xlsx"), ("folder", "elsewhere"), ("gone", "nowhere")):
        try:
            (tmp_path / "returns" / link).symlink_to(tmp_path / target)
        except OSError:
            pytest.skip("this account may not make links")
    found = list(find(tmp_path / "returns"))
    assert [f.file for f in found] == ["a.xlsx", "folder", "gone", "link.xlsx"]
    for link in found[1:]:
        with pytest.raises(UnreadableError) as problem:
            load(link, LIMITS)
        assert problem.value.code == "file-link"


def test_a_junction_is_reported_and_not_walked_into(put, tmp_path, monkeypatch) -> None:
    put("a.xlsx", b"x")
    put("junction/secret.xlsx", b"x")
    module = sys.modules["auditkit.returns.intake.find"]
    monkeypatch.setattr(module, "is_link", lambda entry: entry.name == "junction")
    assert codes(tmp_path / "returns") == {"a.xlsx": "", "junction": "file-link"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_opened(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    os.mkfifo(tmp_path / "returns" / "pipe")
    assert codes(tmp_path / "returns") == {"a.xlsx": "", "pipe": "file-unopenable"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are always Unicode")
def test_a_name_that_is_not_unicode_can_still_be_printed(put, tmp_path) -> None:
    put("a.xlsx", b"x")
    with open(os.path.join(os.fsencode(tmp_path / "returns"), b"b\xff.xlsx"), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(b"y")
    _, found = find(tmp_path / "returns")
    assert found.file == "b?.xlsx"
    assert load(found, LIMITS).content == b"y"


def test_what_the_computer_will_not_open_has_a_reason(put, tmp_path) -> None:
    path = put("a.xlsx", b"x")
    (found,) = find(tmp_path / "returns")
    path.unlink()
    with pytest.raises(UnreadableError) as problem:
        load(found, LIMITS)
    assert (problem.value.code, problem.value.data) == (
        "file-unopenable",
        (("reason", "No such file or directory"),),
    )


def test_a_folder_that_cannot_be_listed_is_named(put, tmp_path, monkeypatch) -> None:
    put("a/b.xlsx", b"x")
    own = os.scandir

    def scandir(path):
        if str(path).endswith("a"):
            raise PermissionError(13, "Permission denied")
        return own(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert codes(tmp_path / "returns") == {"a": "file-unopenable"}
    monkeypatch.setattr(os, "scandir", lambda path: own(tmp_path / "nowhere"))
    with pytest.raises(AuditkitError, match="can't be listed"):
        find(tmp_path / "returns")


def test_no_folder_is_an_error(tmp_path) -> None:
    with pytest.raises(AuditkitError, match="is not a folder"):
        find(tmp_path / "nowhere")


def test_huge_files_are_not_read(put, tmp_path) -> None:
    put("b", b"x" * (2 * MEGABYTE))
    (found,) = find(tmp_path / "returns")
    with pytest.raises(UnreadableError) as problem:
        load(found, Limits(file_bytes=MEGABYTE))
    assert (problem.value.code, dict(problem.value.data)) == (
        "file-too-large",
        {"size": "2 MB", "limit": "1 MB"},
    )


def test_a_time_that_no_calendar_holds() -> None:
    status = os.stat_result((0,) * 7 + (0, 1e18, 0))
    assert _time(status).year == 1
