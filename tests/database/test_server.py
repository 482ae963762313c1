"""Connecting: addresses, versions, migrations on the way, and errors in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from goicrawl import config as configuration
from goicrawl.cli import main
from goicrawl.database import migrating, server
from goicrawl.database.embedded import EmbeddedServer
from goicrawl.database.errors import DatabaseError
from goicrawl.database.store import Store
from tests.database.material import capture, report


def configured(engine: Engine, folder: Path) -> dict[str, str]:
    """The environment that names a test's database as somebody's own server."""
    url = engine.url.set(drivername="postgres").render_as_string(hide_password=False)
    return {"GOICRAWL_DATABASE_URL": url, "GOICRAWL_DATA_DIR": str(folder)}


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_addresses_of_postgres(scheme: str) -> None:
    url = server.parse_url(f"{scheme}://me:secret@db.example:5433/goi?sslmode=require")
    assert (url.drivername, url.host, url.port, url.database) == (server.DRIVER, "db.example", 5433, "goi")
    assert url.password == "secret"
    assert url.query["sslmode"] == "require"


@pytest.mark.parametrize(
    "text", ["mysql://me:secret@x/y", "sqlite:///secret", "secret", "", "postgres://me:secret@x:port/y"]
)
def test_other_addresses_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(DatabaseError, match="GOICRAWL_DATABASE_URL") as caught:
        server.parse_url(text)
    assert "secret" not in str(caught.value)


def test_any_server_is_migrated_and_used(empty_engine: Engine, tmp_path: Path) -> None:
    environment = configured(empty_engine, tmp_path)
    engine = server.connect(configuration.load(environment))
    try:
        Store(engine).store_report(report(), capture(Store(engine)))
    finally:
        engine.dispose()
    status = server.status(configuration.load(environment))
    assert (status.embedded, status.running, status.pid) == (False, True, None)
    assert status.revision == migrating.newest_revision()
    assert not server.stop(configuration.load(environment))
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_does_not_answer_is_one_line_without_the_password() -> None:
    config = configuration.load({"GOICRAWL_DATABASE_URL": "postgresql://me:secret@127.0.0.1:1/goi"})
    for function in (server.connect, server.status):
        with pytest.raises(DatabaseError, match="cannot use the database") as caught:
            function(config)
        assert "\n" not in str(caught.value)
        assert "secret" not in str(caught.value)


def test_a_database_of_a_newer_goicrawl_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="newer goicrawl"):
        server.connect(configuration.load(configured(engine, tmp_path)))


def test_a_database_in_another_encoding_is_refused(postgres: EmbeddedServer, tmp_path: Path) -> None:
    admin = server.make_engine(server.socket_url(postgres, "postgres"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            sa.text(
                "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
            )
        )
    latin = server.make_engine(server.socket_url(postgres, "latin"))
    try:
        with pytest.raises(DatabaseError, match="UTF8 is needed"):
            server.connect(configuration.load(configured(latin, tmp_path)))
    finally:
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("DROP DATABASE latin WITH (FORCE)"))
        admin.dispose()


def test_commands_on_the_embedded_server(tmp_path: Path) -> None:
    environment = {"GOICRAWL_DATA_DIR": str(tmp_path / "data"), "GOICRAWL_DATABASE_URL": ""}

    def run(*words: str) -> str:
        result = CliRunner().invoke(main, list(words), env=environment, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    assert "running\tno" in run("db", "status")
    try:
        assert "running\tyes, process" in run("db", "start")
        assert "nothing to do" in run("db", "migrate")
        shown = run("db", "status")
        assert f"schema\t{migrating.newest_revision()} (newest)" in shown
        assert "postgresql://goi@/goicrawl?host=" in shown
        assert "reports\t0" in run("status")
    finally:
        assert run("db", "stop") == "stopped\n"
    assert run("db", "stop") == "it was not running\n"


def test_commands_say_what_is_wrong_in_one_line() -> None:
    for environment in (
        {"GOICRAWL_DATABASE_URL": "mysql://x/y"},
        {"GOICRAWL_DATABASE_URL": "postgres://u:secret@127.0.0.1:1/y"},
        {"GOICRAWL_DELAY": "soon"},
    ):
        result = CliRunner().invoke(main, ["status"], env=environment)
        assert result.exit_code == 1
        assert result.output.count("\n") == 1
        assert "secret" not in result.output
