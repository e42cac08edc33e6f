from __future__ import annotations

import pathlib
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.definition import yaml_source
from auditkit.definition.source import Source
from auditkit.errors import ProblemsError
from tests.definition.written import short


def read(folder: pathlib.Path, text: str | bytes) -> Source:
    path = folder / "audit.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return yaml_source.read(path)


def refused(folder: pathlib.Path, text: str | bytes) -> tuple[str, str]:
    with pytest.raises(ProblemsError) as caught:
        read(folder, text)
    (problem,) = caught.value.problems
    assert problem.file == "audit.yaml"
    return short(problem.place), problem.message


def test_words_are_what_was_typed(tmp_path: pathlib.Path) -> None:
    source = read(
        tmp_path,
        "id: 007\nedition: 2026.10\nlabel: yes\nwhen: 2026-01-01\nhex: 0x1F\nempty: ''\n"
        "none: null\nblank:\nquoted: 'null'\nlist: [1.0, on]\nfolded: >\n  one\n  two\nkept: "
        "|\n  one\n  two\n",
    )
    assert source.data == {
        "id": "007",
        "edition": "2026.10",
        "label": "yes",
        "when": "2026-01-01",
        "hex": "0x1F",
        "empty": "",
        "none": None,
        "blank": None,
        "quoted": "null",
        "list": ["1.0", "on"],
        "folded": "one two",
        "kept": "one\ntwo",
    }
    assert source.issues == ()


def test_every_value_has_its_place(tmp_path: pathlib.Path) -> None:
    places = read(tmp_path, "a: 1\nb:\n  - c: x\n    d: [p, q]\n  -\ne:\n").places
    assert {path: short(place) for path, place in places.values.items()} == {
        (): "1:1",
        ("a",): "1:4",
        ("b",): "3:3",
        ("b", 0): "3:5",
        ("b", 0, "c"): "3:8",
        ("b", 0, "d"): "4:8",
        ("b", 0, "d", 0): "4:9",
        ("b", 0, "d", 1): "4:12",
        ("b", 1): "5:3",
        ("e",): "6:1",
    }
    assert short(places.names["b", 0, "d"]) == "4:5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_editors(tmp_path: pathlib.Path, encoding: str) -> None:
    assert read(tmp_path, "title: Café – ●\r\nid: x\r\n".encode(encoding)).data == {
        "title": "Café – ●",
        "id": "x",
    }


def test_another_encoding_is_named_with_its_line(tmp_path: pathlib.Path) -> None:
    spot, message = refused(tmp_path, "id: x\ntitle: Café\n".encode("cp1252"))
    assert spot == "2"
    assert "UTF-8" in message


def test_the_same_setting_twice(tmp_path: pathlib.Path) -> None:
    source = read(tmp_path, "title: a\nid: b\ntitle: c\n")
    assert source.data == {"title": "a", "id": "b"}
    assert [issue.message for issue in source.issues] == [
        "'title' is set twice, here and at line 3, column 1; keep one of them"
    ]
    assert short(source.places.problems(source.issues)[0].place) == "1:1"


def test_what_only_programmers_write(tmp_path: pathlib.Path) -> None:
    source = read(tmp_path, 'a: !Important thing\nb: "bell \\a"\n? [x]\n: y\nc: &n one\nd: *n\ne: &n two\n')
    assert source.data == {"a": "thing", "b": "bell \a", "{…}": "y", "c": "one", "d": "one", "e": "two"}
    assert [(short(p.place), p.message) for p in source.places.problems(source.issues)] == [
        ("1:4", "a text that starts with ! must be in quotes: '!Important …'"),
        ("2:4", "there is an invisible control character in this text: type it again"),
    ]


def test_a_comment_taken_for_a_value_is_hinted_at(tmp_path: pathlib.Path) -> None:
    assert set(read(tmp_path, "a: #00A651\nb:\n").hints) == {("a",)}


@pytest.mark.parametrize(
    ("text", "spot", "words"),
    [
        ("", "", "empty"),
        ("# only a comment\n", "", "empty"),
        ("- a\n- b\n", "1:1", "must consist of settings"),
        ("just text\n", "1:1", "must consist of settings"),
        ("a: b: c\n", "1:5", "colon here that doesn't belong"),
        ("a:\n\tb: 1\n", "2:1", "indented with a tab"),
        ("a: 'foo\nb: 2\n", "1:4", "quotation mark is opened"),
        ("a: [1,\nb\n", "1:4", "square bracket is opened"),
        ("a: {x: 1,\n  y: 2\nb: 2\n", "1:4", "curly bracket is opened"),
        ("a: @x\n", "1:4", "must be in quotes"),
        ("a: *x\n", "1:4", "starts with *"),
        ('a: "x\\q"\n', "1:7", "backslash"),
        ("a: 1\n---\nb: 2\n", "2:1", "second document"),
        ("a: - b\n", "1:4", "list can't start here"),
        ("a: 1\nb\nc: 2\n", "3:1", "no colon"),
        ("a: |x\n  foo\n", "1:5", "starts with | or >"),
        ('a: "x" y\n', "1:8", "doesn't fit"),
        ("a: 1\n}\n", "2:1", "doesn't fit"),
        ("ok: 1\na: x\x07\n", "2:5", "invisible control character"),
        ("a: 1\n" + "b: " + "[" * 3000, "", "nested too deeply"),
        ("a: &r [*r]\n", "1:4", "nested too deeply"),
        ("- {id: g, colour: #00B050}\n", "1:19", "write '#00B050'"),
    ],
)
def test_text_that_isnt_yaml(tmp_path: pathlib.Path, text: str, spot: str, words: str) -> None:
    place, message = refused(tmp_path, text)
    assert place == spot
    assert words in message


def test_every_bare_colour_is_named(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        read(tmp_path, 'p:\n- {colour: #00B050}\n- {colour: "#00B051"}\n- {id: x, colour: #00B052}\n')
    assert [short(problem.place) for problem in caught.value.problems] == ["2:12", "4:19"]


def test_a_few_lines_that_stand_for_millions(tmp_path: pathlib.Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{of}'] * 9)}]" for of, name in pairwise("abcdefgh")]
    assert "more than 200,000 values" in refused(tmp_path, "\n".join(lines))[1]


def test_files_that_cant_be_read(tmp_path: pathlib.Path) -> None:
    assert "is 6 MB" in refused(tmp_path, b"#" * 6_000_000)[1]
    with pytest.raises(ProblemsError, match="there is no such file in"):
        yaml_source.read(tmp_path / "nowhere.yaml")
    with pytest.raises(ProblemsError, match="can't be opened"):
        yaml_source.read(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(alphabet="ab:-# \n\t[]{}'\"&*!|>%@`,?\\7", max_size=40))
def test_any_text_is_read_or_refused_with_a_reason(tmp_path: pathlib.Path, text: str) -> None:
    with suppress(ProblemsError):  # anything else would be a bug
        source = read(tmp_path, text)
        assert set(source.places.names) <= set(source.places.values)
