from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.heights import TALLEST, Text, rough_height, row_height

TEXT = (
    "the child’s plan was reviewed at a meeting in March; minutes show who leads, what changed and by when. "
    "Safeguarding supervision happens monthly & is recorded (see policy 4.2). Commissioning responsibilities"
)
WORDS = TEXT.split()


@given(st.integers(1, 120), st.sampled_from([13.0, 22.0, 38.0, 48.0, 60.0]), st.randoms())
@settings(max_examples=300, deadline=None)
def test_a_rough_height_shows_nearly_all_of_a_text_and_wastes_little(
    count: int, width: float, order: random.Random
) -> None:
    text = " ".join(order.choices(WORDS, k=count))
    exact, rough = row_height((Text(text, width, 10),)), rough_height(text, width, 10)
    line = 14.6 * 10 / 11
    if rough == 0:
        assert exact < 2 * line
    elif exact < TALLEST:
        assert exact * 0.92 - line - 0.1 <= rough
        assert rough <= max(exact * 1.5, exact + 3 * line)


def test_letters_are_added_up_however_long_a_text_is() -> None:
    heights = [rough_height("W" * count, 3000, 10) for count in range(2000, 12_000, 250)]
    assert heights == sorted(heights)
    assert len(set(heights)) > 3


def test_line_breaks_and_very_long_texts() -> None:
    assert rough_height("a\nb\nc", 20, 10) == row_height((Text("a\nb\nc", 20, 10),))
    assert rough_height("long " * 5000, 20, 10) == TALLEST
    assert rough_height("short", 20, 10) == 0
    assert rough_height("“quoted” – שלום", 12, 10) > 0
