from __future__ import annotations

import pytest

from auditkit.definition.ids import is_id


@pytest.mark.parametrize("text", ["1", "GOV-1", "a_b", "888-9876", "1.10", "x" * 40])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "-1", ".x", "a b", "a/b", "é", "a\n", "x" * 41, "٣"])
def test_no_ids(text: str) -> None:
    assert not is_id(text)
