from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.wording import closest, did_you_mean, listed, quoted


@pytest.mark.parametrize(
    ("word", "meant"),
    [("titel", "title"), ("TITLE", "title"), ("edtion", "edition"), (" id ", "id"), ("weight", None)],
)
def test_closest_forgives_a_slip_and_nothing_more(word: str, meant: str | None) -> None:
    assert closest(word, ["id", "title", "edition"]) == meant


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_a_word_of_the_list_is_closest_to_itself(words: list[str]) -> None:
    near = closest(words[0], words)
    assert near is not None
    assert near.strip().casefold() == words[0].strip().casefold()


def test_nothing_near_lists_a_short_choice() -> None:
    assert did_you_mean("titel", ["title"]) == "; did you mean 'title'?"
    assert did_you_mean("zzz", ["rag", "ofsted", "rag"]) == "; choose from 'rag', 'ofsted'"
    assert did_you_mean("zzz", [f"choice number {n}" for n in range(13)]) == ""
    assert did_you_mean("zzz", []) == ""


def test_words_are_shown_on_one_short_line() -> None:
    assert quoted("two\n lines") == "'two lines'"
    assert len(quoted("long " * 100)) == 62
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b or c"
    assert listed(["a", "b"], "and") == "a and b"
