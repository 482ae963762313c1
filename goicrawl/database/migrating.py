"""Running the Alembic migrations from code: no alembic.ini, from a checkout or an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

import goicrawl
from goicrawl.database.errors import DatabaseError

LOCK = 0x676F6963
"""Key of the advisory lock under which one process migrates while others wait ("goic")."""


def migrations_folder() -> Path:
    """migrations/ beside the package in a checkout, inside it in an installed wheel."""
    package = Path(goicrawl.__file__).resolve().parent
    for folder in (package / "_bundled" / "migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise DatabaseError("this installation of goicrawl has no migrations")


def alembic_config(connection: Connection | None = None) -> AlembicConfig:
    """What Alembic's commands need; they run on `connection`."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@cache
def newest_revision() -> str:
    """The revision that this goicrawl works with."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if head is None:
        raise DatabaseError("this installation of goicrawl has no migrations")
    return head


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None where there is no schema yet."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> bool:
    """Migrate to `revision`; False if nothing was to do. All of it or, after an error, nothing.

    Raises:
        DatabaseError: the database has a revision that this goicrawl does not know.
    """
    wanted = newest_revision() if revision == "head" else revision
    with engine.connect() as connection:
        if revision_of(connection) == wanted:
            return False
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        now = revision_of(connection)
        if now == wanted:
            return False
        _check_known(now)
        command.upgrade(alembic_config(connection), revision)
    return True


def downgrade(engine: Engine, revision: str) -> None:
    """Migrate back to `revision` ("base" for an empty database)."""
    with engine.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        command.downgrade(alembic_config(connection), revision)


def _check_known(revision: str | None) -> None:
    if revision is None:
        return
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if revision not in known:
        raise DatabaseError(
            f"the database was made by a newer goicrawl (revision {revision}): upgrade goicrawl"
        )
