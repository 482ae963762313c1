"""Fixtures that every room's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports with their truth; it is not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    return CORPUS
