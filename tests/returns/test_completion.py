from __future__ import annotations

from dataclasses import replace

import pytest

from auditkit.returns.completion import completion
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, COMPLETE, HEALTH, codes, grids

ASKED = AUDIT.for_recipient(HEALTH.row())


def without(*keys):
    return {k: v for k, v in COMPLETE.items() if k not in keys}


def test_a_complete_return_is_returned(read) -> None:
    done = completion(ASKED, read(grids(COMPLETE)).answers)
    assert (done.standing, done.share, done.open) == ("returned", 1.0, ())
    assert len(done.questions) == 5


@pytest.mark.parametrize(
    ("change", "open_"),
    [
        ({("GOV", "GOV-1", "rating"): "nonsense"}, ("GOV", "GOV-1")),
        ({("GOV", "GOV-1", "rating"): None, ("GOV", "GOV-1", "evidence"): "x"}, ("GOV", "GOV-1")),
        ({("NUM", "NUM-1", "count"): None, ("NUM", "NUM-1", "share"): 0.5}, ("NUM", "NUM-1")),
        ({("OPEN", "OPEN-1", "text"): " "}, ("OPEN", "OPEN-1")),
    ],
)
def test_a_question_without_what_it_needs_is_open(read, change, open_) -> None:
    done = completion(ASKED, read(grids({**COMPLETE, **change})).answers)
    assert (done.standing, done.open, done.share) == ("partly", (open_,), 0.8)


def test_nothing_at_all_is_no_reply(read) -> None:
    assert (completion(ASKED, ()).standing, completion(ASKED, ()).share) == ("not returned", 0)
    cover_only = read(grids({(COVER, "author", "answer"): "Jo Bloggs"}))
    assert completion(ASKED, cover_only.answers).standing == "not returned"
    begun = read(grids({("GOV", "GOV-1", "evidence"): "Minutes of 3 May"}))
    assert (completion(ASKED, begun.answers).standing, completion(ASKED, begun.answers).share) == (
        "partly",
        0,
    )


def test_where_nothing_is_asked_any_more_an_answer_is_enough(read) -> None:
    nothing = completion(replace(ASKED, sections=()), read(grids(COMPLETE)).answers)
    assert (nothing.standing, nothing.share) == ("returned", 1.0)


def test_nil_is_what_the_cover_says(read) -> None:
    nil = {(COVER, "nil", "answer"): "Yes"}
    assert completion(ASKED, read(grids({**COMPLETE, **nil})).answers).standing == "nil return"
    assert completion(ASKED, read(grids({(COVER, "nil", "answer"): "No"})).answers).standing == "not returned"
    without_nil = replace(ASKED, cover=())
    assert completion(without_nil, read(grids(nil)).answers).standing == "not returned"


def test_sign_off_does_not_decide_where_a_return_stands(read) -> None:
    one = read(grids(without((COVER, "signed", "answer"))))
    assert codes(one) == ["sign-off-missing"]
    assert completion(ASKED, one.answers).standing == "returned"
