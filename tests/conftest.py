"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.database.fixtures import empty_engine, engine, migrated_template, postgres, store

__all__ = ["corpus", "empty_engine", "engine", "migrated_template", "postgres", "store"]

# The same examples in every run, so that a run that fails can be run again; `HYPOTHESIS_PROFILE=explore`
# looks for others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports with their truth; it is not part of the project."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    return CORPUS
