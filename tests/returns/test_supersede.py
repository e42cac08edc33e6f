from __future__ import annotations

import datetime as dt
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.returns.findings import said
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.supersede import supersede
from tests.returns.filled import AUDIT, codes

DAY = dt.datetime(2026, 10, 1, 9, tzinfo=dt.timezone.utc)


def a_return(
    file, day=0, sha="", recipient="H1", outcome="accepted", answers=1, saved=True, came=None, text="x"
) -> Return:
    """Return one that was saved on a day, if it says so, and ``came`` on another."""
    typed = Answer("GOV", "GOV-1", "evidence", AUDIT.responses[1], text, text, "S", "A1")
    when = DAY + dt.timedelta(days=day) if saved else None
    received = DAY + dt.timedelta(days=came) if came is not None else None
    note = (Finding("unanswered", file),)
    return Return(
        file, sha or file, outcome, recipient, None, when, (typed,) * answers, note, received=received
    )


def queried(*returns: Return, policy="latest") -> tuple[str, str]:
    """Return which file counts, and why that isn't certain, if it isn't."""
    (counts,) = (one for one in supersede(returns, policy) if one.outcome == "accepted")
    why = [said(f).happened for f in counts.findings if f.code == "order-uncertain"]
    return counts.file, "".join(why).partition("certain: ")[2]


def outcomes(*returns: Return) -> dict[str, str]:
    return {one.file: one.outcome for one in supersede(returns)}


def test_the_one_saved_last_wins_as_a_whole() -> None:
    first, last = supersede([a_return("b", 0), a_return("a", 1)])[::-1]
    assert (first.outcome, last.outcome) == ("superseded", "accepted")
    assert codes(first) == ["superseded"]
    assert codes(last) == ["unanswered"]
    assert len(first.answers) == 1
    assert said(first.findings[0]).happened == (
        "A later return from the same recipient counts instead: a, saved 2 October 2026 at 09:00 UTC. "
        "This one was saved 1 October 2026 at 09:00 UTC."
    )


def test_among_equals_the_last_by_name_wins() -> None:
    assert outcomes(a_return("b"), a_return("c"), a_return("a")) == {
        "a": "superseded",
        "b": "superseded",
        "c": "accepted",
    }


def test_copies_of_one_file_count_as_one() -> None:
    found = supersede([a_return("copy", 9, "same"), a_return("b", 0, "same"), a_return("a", 1)])
    assert [(r.file, r.outcome, codes(r)) for r in found] == [
        ("a", "accepted", ["unanswered"]),
        ("b", "superseded", ["superseded"]),
        ("copy", "superseded", ["identical-duplicate"]),
    ]


def test_a_file_that_does_not_say_when_it_was_saved_gives_way() -> None:
    found = supersede([a_return("b", saved=False), a_return("a")])
    assert [r.outcome for r in found] == ["accepted", "superseded"]
    assert "saved at an unknown time" in said(found[1].findings[0]).happened


def test_times_by_one_clock_need_no_question() -> None:
    assert queried(a_return("a", 1, text="y", came=9), a_return("b", 2, came=3)) == ("b", "")
    unsaved = {"saved": False}
    assert queried(a_return("a", text="y", came=2, **unsaved), a_return("b", came=1, **unsaved)) == ("a", "")


def test_saved_against_came_is_no_question_where_both_came_in_the_same_order() -> None:
    assert queried(a_return("a", 1, came=2, text="y"), a_return("b", saved=False, came=3)) == ("b", "")
    assert queried(a_return("a", 5, came=6, text="y"), a_return("b", saved=False, came=3)) == ("a", "")


def test_saved_against_came_is_a_question_where_it_decides() -> None:
    assert queried(a_return("a", 1, came=4, text="y"), a_return("b", saved=False, came=3)) == (
        "b",
        "it doesn't say when it was saved and came 4 October 2026 at 09:00 UTC; a was saved 2 October 2026 at "
        "09:00 UTC.",
    )
    assert queried(a_return("a", 4, came=2, text="y"), a_return("b", saved=False, came=3)) == (
        "a",
        "it was saved 5 October 2026 at 09:00 UTC; b doesn't say when it was saved and came 4 October 2026 at "
        "09:00 UTC.",
    )


def test_less_than_a_minute_apart_is_a_question_if_they_differ() -> None:
    second = 1 / 86_400
    at_once = a_return("a", 0), a_return("b", 59 * second, text="y")
    assert queried(*at_once) == ("b", "a was saved within a minute of it.")
    assert queried(a_return("a", 0), a_return("b", 60 * second, text="y")) == ("b", "")
    assert queried(a_return("a", 0), a_return("b", 0)) == ("b", "")
    came = a_return("a", saved=False, came=1), a_return("b", saved=False, came=1, text="y")
    assert queried(*came) == ("b", "a came within a minute of it.")


def test_the_most_complete_counts_whenever_it_was_saved() -> None:
    fuller = a_return("a", 0, answers=2, text="y")
    assert queried(fuller, a_return("b", 0), policy="most complete") == ("a", "")
    assert queried(fuller, a_return("b", 0, answers=2), policy="most complete")[1] == (
        "a was saved within a minute of it."
    )


def test_the_officer_is_asked_when_an_earlier_return_holds_more() -> None:
    last = supersede([a_return("a", 0, answers=3), a_return("b", 1, answers=2), a_return("c", 2)])[2]
    assert codes(last) == ["earlier-is-fuller", "unanswered"]
    assert "but a holds more answers (3 against 1)" in said(last.findings[0]).happened


def test_the_most_complete_may_win_instead() -> None:
    fuller, last, least = a_return("a", 0, answers=3), a_return("b", 2, answers=2), a_return("c", 1)
    first, second, third = supersede([last, fuller, least], "most complete")
    assert [r.outcome for r in (first, second, third)] == ["accepted", "superseded", "superseded"]
    assert codes(first) == ["later-holds-less", "unanswered"]
    assert "b was saved later, but has 2 usable answers against 3" in said(first.findings[0]).happened
    assert codes(second) == ["less-complete"]
    assert "with 3 usable answers against 1 here" in said(third.findings[0]).happened


def test_of_equally_complete_ones_the_latest_wins() -> None:
    found = supersede([a_return("b", 0), a_return("a", 1)], "most complete")
    assert [(r.outcome, codes(r)) for r in found] == [
        ("accepted", ["unanswered"]),
        ("superseded", ["less-complete"]),
    ]


def test_only_accepted_returns_of_the_same_recipient_meet() -> None:
    kept = [
        a_return("a"),
        a_return("b", recipient="P1"),
        a_return("c", 5, outcome="held"),
        a_return("d", outcome="rejected"),
    ]
    assert supersede(kept) == tuple(kept)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefgh"),
            st.integers(0, 2),
            st.sampled_from(["", "x", "y"]),
            st.sampled_from(["H1", "P1"]),
            st.booleans(),
            st.integers(0, 2),
            st.sampled_from("xy"),
        ),
        max_size=5,
        unique_by=lambda t: t[0],
    )
)
def test_the_order_of_files_makes_no_difference(described) -> None:
    returns = [
        a_return(file, day, sha, recipient, saved=says, came=came, text=text)
        for file, day, sha, recipient, says, came, text in described
    ]
    expected, fullest = supersede(returns), supersede(returns, "most complete")
    for order in permutations(returns):
        assert supersede(order) == expected
        assert supersede(order, "most complete") == fullest
    accepted = [r.recipient_id for r in expected if r.outcome == "accepted"]
    assert sorted(accepted) == sorted({r.recipient_id for r in returns})
