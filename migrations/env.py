"""Alembic's environment: run from code on a connection, or by alembic on the configured database."""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

from goicrawl.database.models import Base


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_server_default=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from goicrawl import config
    from goicrawl.database import server

    engine = server.connect(config.load(), migrate=False)
    with engine.begin() as opened:
        run(opened)
    engine.dispose()
