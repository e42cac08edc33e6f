"""Counts that are too few to be shown can't be worked out from those that are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditkit.survey.hide import hidden, unshown

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4),
        min_size=1,
        max_size=1,
    )
)


def test_nothing_is_hidden_unless_the_survey_says_so():
    assert hidden([1, 2, 3], [[[1, 2, 3]]], None) == (frozenset(), (frozenset(),))


def test_few_are_hidden_nought_isnt_and_no_difference_tells_them():
    assert hidden([0, 2, 9, 20], [], 3)[0] == {1, 2}
    assert hidden([0, 2, 9, 20], [], 3, adds_up=False)[0] == {1}


def test_ones_that_are_hidden_together_dont_tell_each_other():
    """Nought is shown, so of two hidden counts that come to 2 each is 1."""
    assert hidden([1, 1, 9, 20], [], 3)[0] == {0, 1, 2}
    assert hidden([1, 2, 9, 20], [], 3)[0] == {0, 1}


def test_groups_dont_tell_what_all_together_hide():
    gone, (by_group,) = hidden([2, 9, 20], [[[0, 4, 10], [2, 5, 10]]], 3)
    assert gone == {0, 1}
    assert (1, 0) in by_group
    assert any((i, 1) in by_group for i in (0, 1))


def test_of_few_nothing_is_shown_and_of_the_next_group_neither():
    assert unshown([2, 0, 9, 3], 3) == {0, 3}
    assert unshown([1, 1, 9, 4], 3) == {0, 1, 3}
    assert unshown([9, 4, 0], 3) == unshown([1, 2], None) == frozenset()


def test_two_people_who_gave_the_same_answer_arent_told_by_noughts():
    """Shown beside one hidden count, the noughts of their group would say that both gave it."""
    table = [[0, 2, 0, 0], [1, 2, 3, 3], [2, 0, 1, 0]]
    few = unshown([2, 9, 3], 3)
    _, (own,) = hidden([3, 4, 4, 3], [table], 3, nothing_of=[few])
    assert {(i, j) for i in (0, 2) for j in range(4)} <= own


@given(TABLES, st.integers(2, 5), st.booleans())
def test_no_sum_has_one_hidden_count(tables, small, adds_up):
    (table,) = tables
    total = [sum(column) for column in zip(*table, strict=True)]
    few = unshown([sum(row) for row in table], small)
    gone, (own,) = hidden(total, [table], small, adds_up=adds_up, nothing_of=[few])
    rows = [*table, total]
    secret = {(i, j) for i in few for j in range(len(total))}
    assert secret <= own
    # Those of whom nothing is shown are too many to be told from one another, or they are all.
    answered = [sum(row) for row in table]
    together = [answered[i] for i in few]
    assert not few or (len(few) > 1 and sum(together) >= small) or sum(together) == sum(answered)
    places = own | {(len(table), j) for j in gone}
    assert {(i, j) for i, row in enumerate(rows) for j, n in enumerate(row) if 0 < n < small} <= places
    lines = [[(i, j) for i in range(len(rows))] for j in range(len(total))]
    lines += [[(i, j) for j in range(len(row))] for i, row in enumerate(rows)] if adds_up else []
    for line in lines:
        hid = [place for place in line if place in places]
        left = [rows[i][j] for i, j in line if (i, j) not in places and rows[i][j]]
        # One alone is hidden only where all others are nought, and nothing could hide it.
        assert len(hid) != 1 or not left
        # Nor are several all ones, since these would add up to how many they are.
        uncertain = not secret.isdisjoint(hid)
        assert not hid or uncertain or any(rows[i][j] > 1 for i, j in hid) or not left
