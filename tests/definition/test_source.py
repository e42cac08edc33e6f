from __future__ import annotations

from auditkit.definition.source import Issue, Places
from auditkit.errors import Problem

PLACES = Places(
    "audit.xlsx",
    {(): "sheet audit", ("title",): "sheet audit, cell B1", ("scales",): "sheet scales"},
    {("title",): "sheet audit, cell A1"},
)


def test_a_place_is_that_of_the_nearest_thing_known() -> None:
    assert PLACES.at(("title",)) == "sheet audit, cell B1"
    assert PLACES.at(("scales", 3, "id")) == "sheet scales"
    assert PLACES.at(("edition",)) == "sheet audit"
    assert PLACES.name_at(("title",)) == "sheet audit, cell A1"
    assert PLACES.name_at(("scales",)) == "sheet scales"
    assert Places().at(("title",)) == ""


def test_problems_come_in_the_order_of_the_file_and_once() -> None:
    issues = [
        Issue(("scales", 1), "second"),
        Issue(("scales", 2), "second"),
        Issue(("title",), "first", at_name=True, other=("scales",)),
        Issue((), "whole"),
    ]
    assert PLACES.problems(issues) == [
        Problem("audit.xlsx", "sheet audit", "whole"),
        Problem("audit.xlsx", "sheet audit, cell A1", "first (the other is at sheet scales)"),
        Problem("audit.xlsx", "sheet scales", "second"),
    ]
    assert [str(problem) for problem in Places("a.yaml").problems([Issue(("x",), "m", other=("y",))])] == [
        "a.yaml: m"
    ]
