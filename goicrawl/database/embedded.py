"""The embedded PostgreSQL server of one data folder.

It starts when it is first needed and is left running; `goicrawl db stop` stops it. Any number of
processes use it at once; a lock file sees to it that only one of them starts or stops it. It listens
on a socket in a folder that only its owner can open, on no network address. Killed with -9 it recovers
at the next start.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from goicrawl.database import binaries, processes
from goicrawl.database.errors import DatabaseError

USER = "goi"
LONGEST_SOCKET_PATH = 107
"""sun_path holds 108 bytes with the closing zero."""

SOCKET_NAME = ".s.PGSQL.5432"
PATIENCE = 120.0
"""Seconds without any sign of progress after which a starting or stopping server is given up."""

OPTIONS: dict[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "log_startup_progress_interval": "1s",
    "timezone": "UTC",
}
STILL_HELD = ("pre-existing shared memory block", "lock file")
"""What the log says while children of a killed server have not ended yet: worth another try."""


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """Whether the embedded server runs, as which process, and where its files are."""

    running: bool
    pid: int | None
    folder: Path
    version: str | None


class EmbeddedServer:
    """The server whose cluster stands in `folder`/postgres.

    `settings` are further server settings, by PostgreSQL's names; they hold from the next start on.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.data = folder / "postgres"
        self.log = folder / "postgres.log"
        self.settings = {**OPTIONS, **(settings or {})}

    def start(self) -> None:
        """Start the server unless it runs; make its data folder first if need be.

        Raises:
            DatabaseError: it cannot be started; the message says why in one line.
        """
        if self._ready() is not None:
            return
        with self._lock():
            if self._ready() is not None:
                return
            self._make_cluster()
            self._launch_until_ready()

    def stop(self) -> bool:
        """Stop the server; False if it did not run.

        Raises:
            DatabaseError: it does not end.
        """
        if not self.data.is_dir():
            return False
        with self._lock():
            file = processes.read_pid_file(self.data)
            if file is None or not processes.serves(file.pid, self.data):
                return False
            processes.ask_to_stop(file.pid)
            last, deadline = -1, time.monotonic() + PATIENCE
            while processes.alive(file.pid):
                done = processes.work_done(self.data)
                if done != last:
                    last, deadline = done, time.monotonic() + PATIENCE
                if time.monotonic() > deadline:
                    raise DatabaseError(
                        f"the database server (process {file.pid}) does not stop; see {self.log}"
                    )
                time.sleep(0.02)
            return True

    def status(self) -> ServerStatus:
        """What is there now, without starting anything."""
        file = self._ready()
        version = self.data / "PG_VERSION"
        return ServerStatus(
            running=file is not None,
            pid=None if file is None else file.pid,
            folder=self.data,
            version=version.read_text().strip() if version.is_file() else None,
        )

    def socket_folder(self) -> Path:
        """Where the running server's socket is.

        Raises:
            DatabaseError: it does not run.
        """
        file = self._ready()
        if file is None:
            raise DatabaseError("the embedded database server does not run")
        return Path(file.socket_folder)

    def _ready(self) -> processes.PidFile | None:
        file = processes.read_pid_file(self.data)
        if file is None or not file.ready or not processes.serves(file.pid, self.data):
            return None
        return file

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self._make_folder()
        with (self.folder / "postgres.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise DatabaseError(f"cannot make the data folder {self.folder}: {error.strerror}") from error

    def _let_the_server_in(self) -> None:
        """Let the server's account pass through the data folder, where it is another than ours."""
        who = binaries.account()
        if who.uid == os.geteuid():
            return
        self.folder.chmod(self.folder.stat().st_mode | 0o011)
        remedies = (
            (self.folder, "set GOICRAWL_DATA_DIR to a folder elsewhere, or run goicrawl as an ordinary user"),
            (binaries.find().folder, "install goicrawl elsewhere, or run it as an ordinary user"),
        )
        for folder, remedy in remedies:
            closed = binaries.closed_to(folder, who.uid)
            if closed is not None:
                raise DatabaseError(
                    f"as root the database runs as nobody, who cannot enter {closed}: {remedy}"
                )

    def _make_cluster(self) -> None:
        self._let_the_server_in()
        if (self.data / "PG_VERSION").is_file():
            return
        if self.data.is_dir() and any(self.data.iterdir()):
            raise DatabaseError(f"{self.data} is not empty and not a database: move it away")
        programs = binaries.find()
        # Made beside and renamed, so that a killed initdb leaves no half-made cluster in place.
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self._give(fresh)
        command = [programs.initdb, "-D", str(fresh), "-U", USER, "--auth=trust", "-E", "UTF8"]
        if self.settings.get("fsync") == "off":
            command.append("--no-sync")
        out = subprocess.run(
            [*binaries.account().prefix, *command, *programs.locale_options],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=_environment(),
        )
        if out.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            raise DatabaseError(f"cannot make a database in {self.folder}: {_last_line(out.stderr)}")
        if self.data.is_dir():
            self.data.rmdir()
        fresh.rename(self.data)

    def _launch_until_ready(self) -> None:
        major = int((self.data / "PG_VERSION").read_text().strip())
        programs = binaries.find(major)
        deadline = time.monotonic() + PATIENCE
        while True:
            self._clear_stale_pid_file()
            begin = _size(self.log)
            if self._wait(self._launch(programs)):
                return
            message = self._complaint(begin)
            if not any(text in message for text in STILL_HELD) or time.monotonic() > deadline:
                raise DatabaseError(f"the database server does not start: {message} (see {self.log})")
            time.sleep(0.2)

    def _launch(self, programs: binaries.Binaries) -> int:
        """Start the server process and return its number. It is nobody's child: it outlives this process."""
        settings = {**self.settings, "unix_socket_directories": str(self._socket_folder_to_use())}
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [*binaries.account().prefix, programs.postgres, "-D", str(self.data), *options]
        script = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
        out = subprocess.run(
            ["/bin/sh", "-c", script, "sh", str(self.log), *command],
            capture_output=True,
            text=True,
            start_new_session=True,
            env=_environment(),
        )
        if not out.stdout.strip().isdigit():
            raise DatabaseError(f"cannot start the database server: {_last_line(out.stderr)}")
        return int(out.stdout)

    def _wait(self, pid: int) -> bool:
        """Wait until the server is ready; False if it ended instead. Recovery may last while it moves."""
        last = (-1, -1)
        deadline = time.monotonic() + PATIENCE
        while True:
            file = self._ready()
            if file is not None and file.pid == pid:
                return True
            if not processes.alive(pid):
                return False
            progress = (_size(self.log), processes.work_done(self.data))
            if progress != last:
                last, deadline = progress, time.monotonic() + PATIENCE
            if time.monotonic() > deadline:
                raise DatabaseError(f"the database server makes no progress starting; see {self.log}")
            time.sleep(0.01)

    def _clear_stale_pid_file(self) -> None:
        """Remove a dead server's pid file whose number another program bears now.

        PostgreSQL would take that program for itself and never start. The file also guards against
        children of the dead server, so it goes only when no process at all works in the data folder.
        """
        file = processes.read_pid_file(self.data)
        if file is None:
            return
        workers = processes.working_in(self.data)
        if workers is not None and not workers:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _complaint(self, begin: int) -> str:
        """What the log says since `begin` about why the server ended."""
        with self.log.open("rb") as log:
            log.seek(begin)
            lines = log.read().decode("utf-8", "replace").splitlines()
        fatal = [line for line in lines if "FATAL:" in line or "PANIC:" in line]
        return (fatal or lines or ["no message"])[-1].strip()

    def _socket_folder_to_use(self) -> Path:
        folder = self.folder / "run"
        if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            name = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:16]
            folder = Path(tempfile.gettempdir()) / f"goicrawl-{os.geteuid()}-{name}"
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
        who = binaries.account()
        if not stat.S_ISDIR(seen.st_mode) or seen.st_uid not in (os.geteuid(), who.uid):
            raise DatabaseError(f"{folder} belongs to somebody else: remove it or choose another data folder")
        folder.chmod(0o700)
        self._give(folder)
        return folder

    def _give(self, path: Path) -> None:
        """Hand a folder to the account that the server runs as, where that is another."""
        who = binaries.account()
        if who.uid != os.geteuid():
            os.chown(path, who.uid, who.gid)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _environment() -> dict[str, str]:
    """A server's surroundings: none of the PG* variables that a user may have set for a client."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error" in line.lower() or "could not" in line]
    return (errors or lines or ["no message"])[-1]
