from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from auditkit.returns.rules import point_id
from tests.returns.filled import GREEN, MARKS, NA, RAG


@pytest.mark.parametrize(
    ("scale", "value", "point"),
    [
        (RAG, GREEN, "green"),
        (RAG, NA, "na"),
        (RAG, "Blue", ""),
        (RAG, 2.0, ""),
        (MARKS, 100.0, "high"),
        (MARKS, 60, "high"),
        (MARKS, 59.9, "low"),
        (MARKS, 0, "low"),
        (MARKS, -1, ""),
        (MARKS, "Not ours", "none"),
        (MARKS, dt.date(2026, 1, 1), ""),
    ],
)
def test_a_value_is_a_point_by_its_text_or_by_the_highest_band_it_reaches(scale, value, point: str) -> None:
    assert point_id(scale, value) == point
    assert point_id(replace(scale, points=scale.points[::-1]), value) == point
