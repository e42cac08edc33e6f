"""Files of the folder, whatever they do to the process that reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from auditkit.guard import Limits
from auditkit.guard.archive import Archive, Member
from auditkit.guard.limits import Budget
from auditkit.returns import files, intake, reading
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said
from auditkit.returns.intake import unpack
from auditkit.returns.model import Finding, Return
from auditkit.returns.serve import Work
from auditkit.returns.worker import LostError
from tests.corpus.zips import added, zipped
from tests.returns.filled import AUDIT, COMPLETE, KEY, RECIPIENTS, ROUND, codes, grids, saved

GOOD = saved(grids(COMPLETE))
LIMITS = Limits()


class Gone(BaseException):
    """Stands for the end of the process, which nothing in it can catch."""


def read(leaf: intake.Leaf) -> Return:
    name = leaf.incoming.file
    if "dies" in name:
        raise Gone("died")
    if "slow" in name:
        raise Gone("slow")
    if "hoards" in name:
        raise MemoryError
    if "bug" in name:
        raise ZeroDivisionError("ours")
    return Return(name, "", "accepted")


def work(task: reading.Task) -> Iterator[reading.Begun | Return]:
    try:
        yield from reading.read_file(task, read, LIMITS, intake.NO_PASSWORDS)
    except MemoryError:
        raise LostError("memory") from None
    except Gone as gone:
        raise LostError(gone.args[0]) from None


def outcomes(folder: Path, limits: Limits = LIMITS) -> dict[str, tuple[str, str]]:
    found = files.read_all(intake.find(folder), lambda: work, limits, isolated=False)
    assert len({one.file for one in found}) == len(found)
    for one in found:
        assert all(said(finding).happened for finding in one.findings)
    return {one.file: (one.outcome, "".join(codes(one))) for one in found}


def test_a_file_that_ends_its_process_costs_its_own_outcome_only(put, tmp_path) -> None:
    for name in ("a.xlsx", "dies.xlsx", "slow.xlsx", "hoards.xlsx", "bug.xlsx", "z.xlsx"):
        put(name, GOOD)
    assert outcomes(tmp_path / "returns") == {
        "a.xlsx": ("accepted", ""),
        "bug.xlsx": ("rejected", "not-read"),
        "dies.xlsx": ("rejected", "reader-died"),
        "hoards.xlsx": ("rejected", "reader-memory"),
        "slow.xlsx": ("rejected", "reader-slow"),
        "z.xlsx": ("accepted", ""),
    }


def test_in_an_archive_the_others_are_still_read(put, tmp_path) -> None:
    put(
        "a.zip",
        zipped({"a.xlsx": GOOD, "dies.xlsx": GOOD, "b.xlsx": GOOD, "slow.xlsx": GOOD, "c.xlsx": GOOD}),
    )
    assert outcomes(tmp_path / "returns") == {
        "a.zip/a.xlsx": ("accepted", ""),
        "a.zip/dies.xlsx": ("rejected", "reader-died"),
        "a.zip/b.xlsx": ("accepted", ""),
        "a.zip/slow.xlsx": ("rejected", "reader-slow"),
        "a.zip/c.xlsx": ("accepted", ""),
    }


def test_an_archive_of_nothing_but_killers_is_given_up(put, tmp_path) -> None:
    put("a.zip", zipped({f"dies {n}.xlsx": GOOD for n in range(9)}))
    found = outcomes(tmp_path / "returns", Limits(restarts=2))
    assert found == {
        **{f"a.zip/dies {n}.xlsx": ("rejected", "reader-died") for n in range(3)},
        "a.zip": ("rejected", "package-given-up"),
    }


def test_a_package_that_takes_too_long_is_read_as_far_as_it_goes(put, tmp_path) -> None:
    put("a.zip", zipped({"a.xlsx": GOOD, "b.xlsx": GOOD}))
    assert outcomes(tmp_path / "returns", Limits(package_seconds=0)) == {
        "a.zip/a.xlsx": ("accepted", ""),
        "a.zip": ("rejected", "package-given-up"),
    }


def test_opening_a_package_may_end_the_process_too(put, tmp_path, monkeypatch) -> None:
    put("a.zip", zipped({"a.xlsx": GOOD}))

    def dies(*_: object) -> Iterator[intake.Leaf]:
        raise Gone("died")
        yield

    monkeypatch.setattr(intake, "leaves", dies)
    assert outcomes(tmp_path / "returns") == {"a.zip": ("rejected", "reader-died")}


KILLER = b"KILL"


def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let looking into some files, and taking some out of an archive, be the end of the process."""
    look, inflate = unpack.look, Archive.inflate

    def look_(content: bytes, limits: Limits) -> intake.Look:
        if content.startswith(KILLER):
            raise Gone("died")
        return look(content, limits)

    def inflate_(self: Archive, member: Member, *budgets: Budget) -> bytes:
        if "inflate" in member.name:
            raise Gone("slow")
        return inflate(self, member, *budgets)

    monkeypatch.setattr(unpack, "look", look_)
    monkeypatch.setattr(Archive, "inflate", inflate_)


def test_the_file_is_blamed_that_was_looked_into(put, tmp_path, monkeypatch) -> None:
    deadly(monkeypatch)
    members = {"a.xlsx": GOOD, "b.xlsx": KILLER, "c.pdf": b"%PDF", "d.xlsx": KILLER, "e.xlsx": GOOD}
    put("a.zip", zipped(members))
    assert outcomes(tmp_path / "returns") == {
        "a.zip/a.xlsx": ("accepted", ""),
        "a.zip/b.xlsx": ("rejected", "reader-died"),
        "a.zip/d.xlsx": ("rejected", "reader-died"),
        "a.zip/e.xlsx": ("accepted", ""),
        "a.zip/c.pdf": ("held", "not-a-workbook"),
    }


def test_files_within_files_keep_their_places_when_one_ends_the_process(put, tmp_path, monkeypatch) -> None:
    deadly(monkeypatch)
    inner = zipped({"a.xlsx": GOOD, "b.xlsx": KILLER, "dies.xlsx": GOOD, "c.xlsx": GOOD})
    put("a.zip", zipped({"x.zip": inner, "y.zip": zipped({"inflate.xlsx": GOOD}), "z.xlsx": GOOD}))
    assert outcomes(tmp_path / "returns") == {
        "a.zip/x.zip/a.xlsx": ("accepted", ""),
        "a.zip/x.zip/b.xlsx": ("rejected", "reader-died"),
        "a.zip/x.zip/dies.xlsx": ("rejected", "reader-died"),
        "a.zip/x.zip/c.xlsx": ("accepted", ""),
        "a.zip/y.zip": ("rejected", "reader-slow"),
        "a.zip/z.xlsx": ("accepted", ""),
    }


def test_the_package_is_blamed_for_what_ends_its_unpacking(put, tmp_path, monkeypatch) -> None:
    deadly(monkeypatch)
    put("a.zip", zipped({"a.xlsx": GOOD, "inflate.xlsx": GOOD, "b.xlsx": GOOD}))
    put("b.zip", zipped({"inflate.xlsx": GOOD}))
    put("c.zip", zipped({"a.xlsx": GOOD, "b.pdf": b"%PDF", "inflate.xlsx": GOOD}))
    assert outcomes(tmp_path / "returns") == {
        "a.zip/a.xlsx": ("accepted", ""),
        "a.zip": ("rejected", "package-given-up"),
        "b.zip": ("rejected", "reader-slow"),
        "c.zip/a.xlsx": ("accepted", ""),
        "c.zip": ("rejected", "package-given-up"),
    }


def test_an_archive_of_nothing_but_what_cannot_be_looked_into_is_given_up(put, tmp_path, monkeypatch) -> None:
    deadly(monkeypatch)
    put("a.zip", zipped({f"{n}.xlsx": KILLER for n in range(9)}))
    found = outcomes(tmp_path / "returns", Limits(restarts=0))
    assert found == {"a.zip/0.xlsx": ("rejected", "reader-died"), "a.zip": ("rejected", "package-given-up")}


def killing() -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read in a process that ends as soon as it looks into a killer."""
    look = unpack.look

    def look_(content: bytes, limits: Limits) -> intake.Look:
        if content.startswith(KILLER):
            os.abort()
        return look(content, limits)

    unpack.look = look_
    return partial(reading.read_file, read=read, limits=LIMITS, passwords=())


def test_a_process_that_really_ends_costs_only_the_file_that_ended_it(put, tmp_path) -> None:
    put("a.zip", zipped({"a.xlsx": GOOD, "b.xlsx": KILLER, "c.xlsx": GOOD}))
    found = files.read_all(intake.find(tmp_path / "returns"), killing, LIMITS)
    assert [(one.file, one.outcome, codes(one)) for one in found] == [
        ("a.zip/a.xlsx", "accepted", []),
        ("a.zip/b.xlsx", "rejected", ["reader-died"]),
        ("a.zip/c.xlsx", "accepted", []),
    ]


def test_a_fault_of_ours_while_opening_is_an_outcome(put, tmp_path, monkeypatch) -> None:
    put("a.zip", zipped({"a.xlsx": GOOD}))
    monkeypatch.setattr(intake, "leaves", lambda *_: 1 / 0)
    assert outcomes(tmp_path / "returns") == {"a.zip": ("rejected", "not-read")}


def test_files_of_the_same_name_get_different_ones(put, tmp_path) -> None:
    import io
    import warnings
    import zipfile

    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as archive:
        warnings.simplefilter("ignore")
        for content in (GOOD, b"", b"%PDF"):
            archive.writestr("a.xlsx", content)
    put("a.zip", target.getvalue())
    assert outcomes(tmp_path / "returns") == {
        "a.zip/a.xlsx": ("accepted", ""),
        "a.zip/a.xlsx (2)": ("rejected", "file-empty"),
        "a.zip/a.xlsx (3)": ("passed over", "companion"),
    }


def test_a_run_unpacks_no_more_than_its_limit(put, tmp_path) -> None:
    put("a.xlsx", GOOD)
    put("b.xlsx", GOOD)
    put("c.pdf", b"")
    found = outcomes(tmp_path / "returns", Limits(run_bytes=100))
    assert found["a.xlsx"] == ("accepted", "")
    assert found["b.xlsx"] == ("rejected", "file-too-large")


def test_a_file_that_vanished_has_an_outcome(put, tmp_path) -> None:
    path = put("a.xlsx", GOOD)
    found = list(intake.find(tmp_path / "returns"))
    path.unlink()
    (one,) = files.read_all(found, lambda: work, LIMITS, isolated=False)
    assert codes(one) == ["file-unopenable"]


@pytest.mark.parametrize(
    ("files_", "code"),
    [
        ({"xl/vbaProject.bin": b"x"}, "has-macros"),
        ({"xl/activeX/activeX1.xml": b"<x/>"}, "has-controls"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "has-links"),
        ({"xl/externalLinks/externalLink1.xml": b"<x><ddeLink/></x>"}, "has-dde"),
        ({"xl/media/image1.png": b"x"}, "embedded-files"),
    ],
)
def test_what_a_workbook_holds_besides_answers_is_named(put, collate, files_, code) -> None:
    put("a.xlsx", added(GOOD, files_))
    (one,) = collate()
    assert one.outcome == "accepted"
    assert code in codes(one)


def test_notes_on_a_package_are_told(put, collate) -> None:
    put("a.zip", zipped({"a.xlsx": GOOD, "b.pdf": b"%PDF", ".hidden": b"x"}))
    put("b.eml", b"From: a@b.example\r\nSubject: x\r\n\r\nAll is well.\r\n")
    put("c.zip", zipped({}))
    put("d.bin", b"\0\1\2")
    found = {one.file: codes(one) for one in collate()}
    assert found["a.zip/b.pdf"] == ["companion"]
    assert found["a.zip/.hidden"] == ["passed-over"]
    assert found["b.eml"] == ["email-text"]
    assert found["c.zip"] == ["package-empty"]
    assert found["d.bin"] == ["file-unknown"]


def test_a_whole_folder_in_a_process_of_its_own(put, tmp_path) -> None:
    put("a.xlsx", GOOD)
    put("b.zip", zipped({"copy.xlsx": GOOD, "x.pdf": b"%PDF"}))
    done = []
    found = read_returns(
        tmp_path / "returns",
        Basis(AUDIT, RECIPIENTS, ROUND, KEY),
        on_file=lambda so_far: done.append((so_far.done, so_far.found)),
    )
    assert [(one.file, one.outcome) for one in found] == [
        ("a.xlsx", "accepted"),
        ("b.zip/copy.xlsx", "superseded"),
        ("b.zip/x.pdf", "passed over"),
    ]
    assert done == [(1, 2), (2, 2)]


def test_outcomes_follow_from_severities() -> None:
    for code, outcome in (("file-empty", "rejected"), ("file-link", "held"), ("passed-over", "passed over")):
        one = files.refused("a", "", intake.UnreadableError(code, what="x"))
        assert (one.outcome, one.findings) == (outcome, (Finding(code, "a", data=(("what", "x"),)),))
