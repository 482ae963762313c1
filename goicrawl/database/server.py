"""Connecting: the embedded server or any other, migrated to the newest schema.

With no configuration the embedded server of the data folder starts by itself and is left running
(`goicrawl db stop` stops it). With GOICRAWL_DATABASE_URL that server is used and never started or stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from goicrawl.config import Config
from goicrawl.database import migrating
from goicrawl.database.binaries import OLDEST_MAJOR
from goicrawl.database.embedded import USER, EmbeddedServer
from goicrawl.database.errors import DatabaseError

DATABASE = "goicrawl"
DRIVER = "postgresql+psycopg"
ATTEMPTS = 3
"""A server that is killed while it is asked looks alive for a moment."""


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """What `goicrawl db status` prints. `url` has no password; `revision` is None without a schema."""

    embedded: bool
    running: bool
    url: str | None
    server_version: str | None
    folder: Path | None
    pid: int | None
    revision: str | None
    newest_revision: str
    size: int | None
    """Bytes on disk of the whole database, indexes included."""


def embedded(config: Config) -> EmbeddedServer:
    """The embedded server of the configured data folder, started or not."""
    return EmbeddedServer(config.data_dir)


def connect(config: Config, *, migrate: bool = True) -> Engine:
    """An engine on the configured database, which is started, made and migrated as needed.

    Raises:
        DatabaseError: it cannot be reached, is too old, or was migrated by a newer goicrawl.
    """
    url = _start(embedded(config)) if config.database_url is None else parse_url(config.database_url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            _check_version(connection)
        if migrate:
            migrating.upgrade(engine)
    except DBAPIError as error:
        engine.dispose()
        raise DatabaseError(f"cannot use the database {_shown(url)}: {_reason(error)}") from error
    except DatabaseError:
        engine.dispose()
        raise
    return engine


def stop(config: Config) -> bool:
    """Stop the embedded server; False if it did not run or another server is configured."""
    return config.database_url is None and embedded(config).stop()


def status(config: Config) -> DatabaseStatus:
    """What is there now, without starting or migrating anything."""
    local = config.database_url is None
    state = embedded(config).status() if local else None
    newest = migrating.newest_revision()
    if state is not None and not state.running:
        return DatabaseStatus(
            local, False, None, state.version, state.folder, None, None, newest, None
        )  # fmt: skip
    url = socket_url(embedded(config)) if config.database_url is None else parse_url(config.database_url)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return DatabaseStatus(
                embedded=local,
                running=True,
                url=_shown(url),
                server_version=connection.scalar(sa.text("SHOW server_version")),
                folder=None if state is None else state.folder,
                pid=None if state is None else state.pid,
                revision=migrating.revision_of(connection),
                newest_revision=newest,
                size=connection.scalar(sa.text("SELECT pg_database_size(current_database())")),
            )
    except DBAPIError as error:
        raise DatabaseError(f"cannot use the database {_shown(url)}: {_reason(error)}") from error
    finally:
        engine.dispose()


def parse_url(text: str) -> URL:
    """A database's address, as postgresql://user:password@host/name or postgres://…, for SQLAlchemy.

    Raises:
        DatabaseError: it is not the address of a PostgreSQL database. The text is not repeated: it may
            hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise DatabaseError(
            "GOICRAWL_DATABASE_URL is not an address like postgresql://user@host/name"
        ) from None
    if url.drivername not in ("postgres", "postgresql", DRIVER):
        raise DatabaseError(
            f"GOICRAWL_DATABASE_URL names {url.drivername}: only PostgreSQL (postgresql://…) is used"
        )
    return url.set(drivername=DRIVER)


def socket_url(server: EmbeddedServer, database: str = DATABASE) -> URL:
    """The address of a database of a running embedded server."""
    query = {"host": str(server.socket_folder())}
    return URL.create(DRIVER, username=USER, database=database, query=query)


def make_engine(url: URL) -> Engine:
    """An engine as this project uses it: dead pooled connections are noticed before use."""
    return sa.create_engine(
        url,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={"application_name": "goicrawl", "connect_timeout": 30},
    )


def _start(local: EmbeddedServer) -> URL:
    """Start the embedded server and make its database; again if it was killed a moment ago."""
    attempt = 1
    while True:
        try:
            local.start()
            url = socket_url(local)
            _create_database(url)
            return url
        except DatabaseError:
            if attempt == ATTEMPTS or local.status().running:
                raise
        attempt += 1


def _create_database(url: URL) -> None:
    engine = make_engine(url.set(database="postgres"))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            known = sa.text("SELECT 1 FROM pg_database WHERE datname = :name")
            if connection.scalar(known, {"name": url.database}) is not None:
                return
            try:
                connection.execute(sa.text(f'CREATE DATABASE "{url.database}" TEMPLATE template0'))
            except DBAPIError:
                # Another process may have made it a moment ago.
                if connection.scalar(known, {"name": url.database}) is None:
                    raise
    except DBAPIError as error:
        raise DatabaseError(f"cannot make the database {url.database}: {_reason(error)}") from error
    finally:
        engine.dispose()


def _check_version(connection: sa.Connection) -> None:
    number = int(connection.scalar(sa.text("SHOW server_version_num")) or 0)
    if number < OLDEST_MAJOR * 10_000:
        raise DatabaseError(f"the server is PostgreSQL {number // 10_000}: {OLDEST_MAJOR} or newer is needed")
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise DatabaseError(f"the database's encoding is {encoding}: UTF8 is needed")


def _shown(url: URL) -> str:
    """An address as psql takes it, its password hidden."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _reason(error: DBAPIError) -> str:
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
