from __future__ import annotations

from auditkit.definition.scale import Scale
from auditkit.strength import strength
from tests.master.rounds import AMBER, GREEN, NA, PERCENT, RAG, RED, RISK, WORDS

G, A, R, N = GREEN.text, AMBER.text, RED.text, NA.text


def test_strength_places_answers_of_any_scale_between_0_and_100() -> None:
    assert [strength(RAG, v) for v in (G, A, R, N, None, "?")] == [100, 100 / 3, 0, None, None, None]
    assert [strength(WORDS, v) for v in ("In place", "Under *review*?", "<Urgent>")] == [100, 50, 0]
    assert [strength(PERCENT, v) for v in (100, 45, "Not relevant")] == [100, 45, None]
    assert [strength(RISK, v) for v in (0, 10)] == [100, 0]
    assert strength(Scale("one", (GREEN,)), G) == 100
