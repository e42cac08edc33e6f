from __future__ import annotations

from pathlib import Path

from tests.definition.written import SECTIONS, pointed_at


def test_nothing_is_asked(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, sections="sections: []\n") == [
        "1 [] | there are no sections, so nothing is asked: write at least one question"
    ]
    assert pointed_at(tmp_path, sections=SECTIONS + "- {id: B, title: B, questions: []}\n") == [
        "7 [] | the section 'B' has no questions: add some or delete the section"
    ]


def test_weights(tmp_path: Path) -> None:
    sections = SECTIONS.replace("title: Governance", "title: Governance\n  weight: 0")
    sections = sections.replace("a deputy?", "a deputy?, weight: -1")
    assert [problem.partition(";")[0] for problem in pointed_at(tmp_path, sections=sections)] == [
        "4 0 | a weight must be more than 0, not 0",
        "7 -1 | a weight must be more than 0, not -1",
    ]


def test_descriptors(tmp_path: Path) -> None:
    sections = SECTIONS.replace("a lead?", "a lead?, descriptors: {green: Yes, gren: No}")
    assert pointed_at(tmp_path, sections=sections) == [
        "5 gren | the scale 'rag' has no point 'gren'; did you mean 'green'?"
    ]
    # Where the scale is unknown, and no other is near, there is nothing to say about its points.
    own = "title: Governance\n  responses: [{id: r, label: R, kind: rating, role: rating, scale: lights}]"
    problems = pointed_at(tmp_path, sections=sections.replace("title: Governance", own))
    assert problems == ["4 lights | there is no scale called 'lights'; choose from 'rag'"]
    unrated = sections.replace("title: Governance", "title: Governance\n  responses: action")
    assert pointed_at(tmp_path, sections=unrated) == [
        "6 descriptors | descriptors say when to choose a rating, and this section has no "
        "rating: leave them out"
    ]
