"""A database and an archive for the crawls of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from goicrawl import config
from goicrawl.config import Config
from goicrawl.database import server


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """A configuration with an embedded server of its own, polite to nobody but this machine."""
    # The socket's path must be short, so the folder is not under the deep ones of xdist.
    folder = tmp_path_factory.mktemp("crawl")
    chosen = config.load(
        {
            "GOICRAWL_DATA_DIR": str(folder),
            "GOICRAWL_DELAY": "0",
            "GOICRAWL_TIMEOUT": "3",
            "GOICRAWL_RETRIES": "1",
            "GOICRAWL_MAX_PAGE_BYTES": "1000000",
            "GOICRAWL_CONTACT": "tests@example.org",
        }
    )
    server.connect(chosen).dispose()
    yield chosen
    server.stop(chosen)


@pytest.fixture
def settings_of_test(database: Config, tmp_path: Path) -> Config:
    """The same database, and an archive for this test alone."""
    import dataclasses

    return dataclasses.replace(database, archive_dir=tmp_path / "archive")


@pytest.fixture
def connection(database: Config) -> Iterator[sa.Connection]:
    """To look into the database."""
    engine = server.connect(database, migrate=False)
    with engine.connect() as open_connection:
        yield open_connection
    engine.dispose()
