from __future__ import annotations

from ruamel.yaml.error import YAMLError

from auditkit.definition.yaml_errors import place_of, syntax_problems
from auditkit.errors import Problem

# What the parser says of real text is tested in test_yaml_source.


def test_an_error_that_says_nowhere() -> None:
    message = "this file can't be read as YAML; compare it with one of the templates"
    assert syntax_problems("a.yaml", "x", YAMLError("odd")) == [Problem("a.yaml", "", message)]


def test_places_in_text() -> None:
    assert [place_of("ab\ncd", index) for index in (0, 2, 3, 4)] == [
        "line 1, column 1",
        "line 1, column 3",
        "line 2, column 1",
        "line 2, column 2",
    ]
