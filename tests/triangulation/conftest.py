"""The three rounds, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.round import Round
from tests.triangulation import sides


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Round, Round, Round]:
    folder: Path = tmp_path_factory.mktemp("triangulation")
    return (
        sides.self_assessment(folder / "s11"),
        sides.survey(folder / "survey"),
        sides.case_audit(folder / "cases"),
    )
