"""A real PostgreSQL for the tests: one server a test process, one database a test.

`tests/conftest.py` publishes these fixtures. A database is copied from a migrated template, which takes
some 20 ms; the server's data folder lies in the test process's temporary folder and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from goicrawl.database import migrating, reference_data, server
from goicrawl.database.embedded import EmbeddedServer
from goicrawl.database.store import Store

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_wal_size": "1GB",
}
"""Nothing here need outlive a power cut; without autovacuum the tests alone write."""

TEMPLATE = "template_migrated"
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A running server of this test process's own."""
    running = EmbeddedServer(tmp_path_factory.mktemp("db"), FAST)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def migrated_template(postgres: EmbeddedServer) -> str:
    """Name of a database with the newest schema and the forms, to copy from."""
    _administer(postgres, f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    engine = server.make_engine(server.socket_url(postgres, TEMPLATE))
    migrating.upgrade(engine)
    reference_data.sync_forms(engine)
    engine.dispose()
    return TEMPLATE


@pytest.fixture
def engine(postgres: EmbeddedServer, migrated_template: str) -> Iterator[Engine]:
    """An engine on a database of this test's own: migrated, with the forms, otherwise empty."""
    yield from database_from(postgres, migrated_template)


@pytest.fixture
def empty_engine(postgres: EmbeddedServer) -> Iterator[Engine]:
    """An engine on an empty database of this test's own, without any schema."""
    yield from database_from(postgres, "template0")


@pytest.fixture
def store(engine: Engine) -> Store:
    """A store on the test's database."""
    return Store(engine)


def database_from(postgres: EmbeddedServer, template: str) -> Iterator[Engine]:
    """A database made from a template, and dropped in the end."""
    name = f"test_{next(_numbers)}"
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    made = server.make_engine(server.socket_url(postgres, name))
    try:
        yield made
    finally:
        made.dispose()
        _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(postgres: EmbeddedServer, statement: str) -> None:
    engine = server.make_engine(server.socket_url(postgres, "postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
