"""What is known of what recipients were shown: kept, added up, and followed to another id."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from auditkit.round import Round
from auditkit.workbook import known
from auditkit.workbook.known import Known
from tests.rounds import small_round

DIGESTS = st.lists(st.binary(min_size=8, max_size=8), unique=True).map(known.together)
KNOWN = st.builds(Known, DIGESTS, DIGESTS, st.dictionaries(st.text(), st.tuples(st.text())))


@given(KNOWN, KNOWN)
def test_what_is_added_is_there_and_nothing_twice(one: Known, other: Known) -> None:
    both = one | other
    for name in ("shown", "said"):
        found = list(known.each(getattr(both, name)))
        assert set(found) == {*known.each(getattr(one, name)), *known.each(getattr(other, name))}
        assert len(found) == len(set(found))
    assert both | other == both
    assert all(set(one.carried[key]) <= set(both.carried[key]) for key in one.carried)


def test_it_comes_back_as_it_was_kept_and_follows_to_another_id(tmp_path: Path) -> None:
    round_: Round = small_round(tmp_path / "round")
    kept = {"A1": Known(known.shown("One"), b"", {"GOV-1": (known.row({"rating": "● Green"}),)})}
    known.write(round_, kept)
    assert known.read(round_) == kept
    assert known.followed(kept, {"A1": "B1", "A9": "B9"}) == {**kept, "B1": kept["A1"]}


def test_what_programs_change_of_a_text_makes_no_difference() -> None:
    assert known.shown("Evidence: a policy.\nDue 31/03/2027") == known.shown(
        "evidence:  a policy.\r\ndue 31/03/2027"
    )
    assert known.shown("Not met") != known.shown("Met")
