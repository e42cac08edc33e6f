from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.returns.intake import names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Return.xlsx", "Return.xlsx"),
        ("Schule Übung 🏫.xlsx", "Schule Übung 🏫.xlsx"),
        ("a\nb\x1b[2J.xlsx", "a_b_[2J.xlsx"),
        ("gpj\u202excod.xlsx", "gpj_xcod.xlsx"),
        ("half\udcff.xlsx", "half?.xlsx"),
        ("a/b\\c", "a_b_c"),
        ("", "_"),
        ("x" * 200 + ".xlsx", "x" * 89 + "…" + "x" * 25 + ".xlsx"),
    ],
)
def test_names_are_shown_without_what_misleads(name: str, shown: str) -> None:
    assert names.shown(name) == shown


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root.xlsx", "root.xlsx"),
        ("C:\\a\\b.xlsx", "a/b.xlsx"),
        ("C:", "_"),
        ("\\\\server\\share\\x", "server/share/x"),
        ("a/./ .. /b", "a/b"),
        ("..", "_"),
        ("1/2/3/4/5/6/7/8", "3/4/5/6/7/8"),
    ],
)
def test_paths_lead_nowhere(path: str, shown: str) -> None:
    assert names.path_shown(path) == shown


@given(st.text())
def test_any_path_stays_inside_and_can_be_written(path: str) -> None:
    shown = names.path_shown(path)
    assert shown.encode()
    assert not shown.startswith("/")
    assert ".." not in shown.split("/")


@pytest.mark.parametrize(
    "path",
    [
        *(
            "~$Return.xlsx",
            ".~lock.Return.ods#",
            ".DS_Store",
            "Thumbs.db",
            "DESKTOP.INI",
            "a.tmp",
            "~WRD0001.docx",
        ),
        *("x.crdownload", ".hidden", "__MACOSX/Return.xlsx", "a/._Return.xlsx"),
    ],
)
def test_what_no_person_put_there_is_passed_over(path: str) -> None:
    assert names.passed_over(path)


@pytest.mark.parametrize("path", ["Return.xlsx", "tmp", "a.b/c", "~draft.xlsx", "…", "..."])
def test_everything_else_is_looked_at(path: str) -> None:
    assert not names.passed_over(path)
