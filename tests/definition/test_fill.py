from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pytest

from auditkit.definition.fill import fit
from auditkit.definition.source import Issue, Places, Source
from auditkit.definition.yaml import read_yaml_as
from auditkit.errors import ProblemsError
from tests.definition.written import short


@dataclass(frozen=True)
class Leaf:
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tree:
    title: str
    day: dt.date = dt.date(2026, 9, 1)
    size: float = 1.0
    count: int = 0
    tall: bool = False
    kind: Literal["oak", "beech"] = "oak"
    limit: float | dt.date | None = None
    words: tuple[str, ...] = ()
    leaf: Leaf | None = None
    leaves: tuple[Leaf, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(folder: pathlib.Path, text: str) -> Tree:
    path = folder / "tree.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml_as(path, Tree)[0]


def wrong(folder: pathlib.Path, text: str) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        read(folder, text)
    return [f"{short(problem.place)} {problem.message}" for problem in caught.value.problems]


def test_each_type_takes_what_was_typed(tmp_path: pathlib.Path) -> None:
    tree = read(
        tmp_path,
        "title: 007\nday: 2026-12-11\nsize: 2\ncount: 3\ntall: yes\nkind: beech\nlimit: "
        "2026-01-01\nwords: [yes, 1.0]\n"
        "leaf: {name: on}\nleaves: [{name: a, words: x}]\nnotes: {a: 1}\nwhere: "
        "{group: Police, area: [N, S]}\n",
    )
    assert tree == Tree(
        title="007",
        day=dt.date(2026, 12, 11),
        size=2.0,
        count=3,
        tall=True,
        kind="beech",
        limit=dt.date(2026, 1, 1),
        words=("yes", "1.0"),
        leaf=Leaf("on"),
        leaves=(Leaf("a", ("x",)),),
        notes={"a": "1"},
        where={"group": ("Police",), "area": ("N", "S")},
    )


def test_a_number_where_a_date_could_stand_too_is_a_number(tmp_path: pathlib.Path) -> None:
    assert read(tmp_path, "title: x\nlimit: 2026\n").limit == 2026.0


def test_what_was_left_blank_is_as_if_it_werent_there(tmp_path: pathlib.Path) -> None:
    assert read(tmp_path, "title: x\nsize:\nleaves: ~\nwords: null\nday:\n") == Tree("x")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("size: heavy", "2:7 'size' must be a number, not 'heavy'"),
        ("size: nan", "2:7 'size' must be a number, not 'nan'"),
        ("size: [1]", "2:7 'size' must be a number, not a list"),
        ("count: 1.5", "2:8 'count' must be a whole number, not '1.5'"),
        ("tall: rather", "2:7 'tall' must be yes or no, not 'rather'"),
        ("tall: {a: b}", "2:7 'tall' must be yes or no, not settings of its own"),
        (
            "day: 11/12/2026",
            "2:6 'day' must be a date written as year-month-day, such as 2026-09-01, not '11/12/2026'",
        ),
        ("kind: oat", "2:7 'kind' must be one of oak or beech, not 'oat'; did you mean 'oak'?"),
        ("kind: 5", "2:7 'kind' must be one of oak or beech, not '5'"),
        (
            "limit: tall",
            "2:8 'limit' must be a number or a date written as year-month-day, such as "
            "2026-09-01, not 'tall'",
        ),
        ("words: {a: b}", "2:8 'words' must be a list, not settings of its own"),
        ("words: [[a]]", "2:9 item 1 of 'words' must be text, not a list"),
        ("leaves: x", "2:9 'leaves' must be a list, not 'x'"),
        (
            "leaves: [x]",
            "2:10 item 1 of 'leaves' must be settings, one a line, each as 'name: value', not 'x'",
        ),
        ("leaf: x", "2:7 'leaf' must be settings, one a line, each as 'name: value', not 'x'"),
        ("notes: x", "2:8 'notes' must be settings, one a line, each as 'name: value', not 'x'"),
        ("notes: {a: [b]}", "2:12 'a' must be text, not a list"),
        ("leaf: {}", "2:7 'name' is missing here: add a line 'name: …'"),
        ("leaf: {name: }", "2:8 'name' has nothing after it, and it is needed"),
        ("leaf: {name: a, wrods: b}", "2:17 there is no setting called 'wrods' here; did you mean 'words'?"),
        (
            "leaves: [{name: a, x: b}]",
            "2:20 there is no setting called 'x' here; choose from 'name', 'words'",
        ),
        ("words:\n- a\n-\n- b", "4:1 there is nothing in this item of the list: fill it in or delete it"),
    ],
)
def test_misfits(tmp_path: pathlib.Path, line: str, message: str) -> None:
    assert wrong(tmp_path, f"title: x\n{line}\n") == [message]


def test_a_slip_in_a_needed_setting_is_one_problem(tmp_path: pathlib.Path) -> None:
    assert wrong(tmp_path, "titel: x\n") == [
        "1:1 there is no setting called 'titel' here; did you mean 'title'?"
    ]
    # Not when the setting is there as well: then it is the second that is wrong.
    assert wrong(tmp_path, "titel: x\ntitle: [y]\n") == [
        "1:1 there is no setting called 'titel' here; did you mean 'title'?",
        "2:8 'title' must be text, not a list",
    ]


def test_a_blank_with_a_comment_after_it_is_explained(tmp_path: pathlib.Path) -> None:
    assert wrong(tmp_path, "title: #1 audit\n") == [
        "1:1 'title' has nothing after it, and it is needed; what follows # was taken as a "
        "comment: if it belongs "
        "here, put it in quotes"
    ]


def test_everything_at_once_in_the_order_of_the_file(tmp_path: pathlib.Path) -> None:
    assert [
        problem.split()[0]
        for problem in wrong(
            tmp_path, "size: big\ntitle: x\ntitle: y\nkind: ash\nleaves: [{name: a, n: b}]\ntall: so\n"
        )
    ] == ["1:7", "2:1", "4:7", "5:20", "6:7"]


def test_what_is_known_about_a_path_is_all_that_is_said() -> None:
    source = Source({"title": "x", "size": "big"}, Places("t.xlsx", {("size",): "sheet t, cell B2"}))
    known = Issue(("size",), "known")
    assert fit(source, Tree, [known]) == (None, [known])


def test_a_type_that_has_no_words_yet(tmp_path: pathlib.Path) -> None:
    @dataclass(frozen=True)
    class Clock:
        at: dt.time

    path = tmp_path / "clock.yaml"
    path.write_text("at: noon\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match="'at' must be something else, not 'noon'"):
        read_yaml_as(path, Clock)
