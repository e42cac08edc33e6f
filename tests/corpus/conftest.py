from __future__ import annotations

import pytest

from tests.corpus import folder
from tests.corpus.folder import Corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Every file of the corpus in one returns folder, made once."""
    return folder.make(tmp_path_factory.mktemp("corpus"))
