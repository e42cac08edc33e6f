"""One run at a time on one round."""

import datetime as dt
import json
import os
import socket
import subprocess
import sys

import pytest

from auditkit import lock
from auditkit.errors import AuditkitError
from auditkit.lock import LONGEST, alone, user
from tests.rounds import small_round


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def holder(**said):
    now = dt.datetime.now(dt.timezone.utc).isoformat()
    known = {"doing": "collate", "user": "jo", "host": "PC-17", "pid": 1, "since": now, "token": "t"}
    return json.dumps({**known, **said})


def dead():
    """Return the id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_second_run_is_told_who_is_at_work(round_):
    with alone(round_, "collate"), pytest.raises(AuditkitError) as caught, alone(round_, "generate"):
        raise AssertionError
    said = str(caught.value)
    assert said.startswith(f"auditkit collate is at work on this round: {user()} started it on")
    assert said.endswith(f"delete {round_.private / 'lock'}")
    with alone(round_, "generate"):
        pass
    assert not (round_.private / "lock").exists()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_the_lock_is_given_back_on_every_way_out(round_, error):
    with pytest.raises(error), alone(round_, "collate"):
        raise error
    assert not (round_.private / "lock").exists()


def test_a_lock_of_a_dead_run_is_taken_over(round_):
    path = round_.private / "lock"
    path.write_text(holder(host=socket.gethostname(), pid=dead()))
    with alone(round_, "collate"):
        assert json.loads(path.read_text())["pid"] == os.getpid()
    assert not path.exists()


def test_a_lock_from_another_computer_holds_until_no_run_could_take_so_long(round_):
    path = round_.private / "lock"
    path.write_text(holder(pid=dead()))
    with pytest.raises(AuditkitError, match="jo started it on PC-17"), alone(round_, "collate"):
        raise AssertionError
    old = dt.datetime.now(dt.timezone.utc) - LONGEST - dt.timedelta(minutes=1)
    path.write_text(holder(since=old.isoformat()))
    with alone(round_, "collate"):
        pass


@pytest.mark.parametrize("content", ["", "{", "[]", holder(since="soon"), holder(pid="x"), '{"pid": 1}'])
def test_a_lock_that_says_nothing_is_waited_for_then_taken_over(round_, monkeypatch, content):
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(lock, "STEP_SECONDS", 0.01)
    (round_.private / "lock").write_text(content)
    with alone(round_, "collate"):
        pass


def test_a_lock_that_says_who_after_a_moment_holds(round_, monkeypatch):
    path = round_.private / "lock"
    path.write_text("")
    monkeypatch.setattr(lock.time, "sleep", lambda _: path.write_text(holder()))
    with pytest.raises(AuditkitError, match="PC-17"), alone(round_, "collate"):
        raise AssertionError


def test_a_lock_that_somebody_else_took_over_first_is_left_to_them(round_, monkeypatch):
    path = round_.private / "lock"
    path.write_text(holder(host=socket.gethostname(), pid=dead()))
    alive = lock._alive

    def overtaken(pid):
        path.write_text(holder(host="PC-18"))
        return alive(pid)

    monkeypatch.setattr(lock, "_alive", overtaken)
    with pytest.raises(AuditkitError, match="PC-18"), alone(round_, "collate"):
        raise AssertionError
    assert json.loads(path.read_text())["host"] == "PC-18"


def test_a_lock_that_keeps_coming_back_is_told(round_, monkeypatch):
    monkeypatch.setattr(lock, "_make", lambda *_: False)
    with pytest.raises(AuditkitError, match="keeps coming back"), alone(round_, "collate"):
        raise AssertionError


def test_a_run_that_lost_its_lock_leaves_the_new_one(round_):
    path = round_.private / "lock"
    with alone(round_, "collate"):
        path.write_text(holder())
    assert path.exists()


def test_a_folder_that_cannot_be_written_to_is_a_sentence(round_, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock.os, "open", refuse)
    with pytest.raises(AuditkitError, match="can't be written to"), alone(round_, "collate"):
        raise AssertionError


def test_a_full_disk_is_a_sentence_and_leaves_no_lock(round_, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lock.json, "dump", full)
    with pytest.raises(AuditkitError, match="No space left"), alone(round_, "collate"):
        raise AssertionError
    assert not (round_.private / "lock").exists()


def test_what_a_run_that_was_cut_off_had_begun_to_write_goes(round_):
    scratch = round_.folder / ".master-abc.auditkit.tmp"
    theirs = round_.folder / ".other.tmp"
    for path in (scratch, theirs):
        path.write_bytes(b"half")
    with alone(round_, "collate"):
        pass
    assert (scratch.exists(), theirs.exists()) == (False, True)


def test_processes_are_told_alive_or_dead(monkeypatch):
    assert lock._alive(os.getpid())
    assert not lock._alive(dead())
    assert not lock._alive(10**30)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(lock.os, "kill", refuse)
    assert lock._alive(1)


def test_nobody_is_logged_in(monkeypatch):
    def nobody():
        raise OSError

    monkeypatch.setattr(lock.getpass, "getuser", nobody)
    assert user() == "unknown"
