"""What can be seen of a PostgreSQL server from outside: its pid file and its processes.

Only Linux's /proc tells which processes work in a data folder; elsewhere those questions are answered
with None and nothing is done on a guess.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class PidFile:
    """What postmaster.pid says; `ready` once the server takes connections."""

    pid: int
    socket_folder: str
    ready: bool


def read_pid_file(data: Path) -> PidFile | None:
    """The server's pid file; None where there is none or where it is not written in full yet."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    if len(lines) < 5 or not lines[0].strip().isdigit():
        return None
    status = lines[7].strip() if len(lines) > 7 else ""
    return PidFile(int(lines[0]), lines[4].strip(), status == "ready")


def alive(pid: int) -> bool:
    """Whether a process is there and not a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    state = _stat(pid)
    return state is None or state[0] != "Z"


def working_in(data: Path) -> list[int] | None:
    """Processes whose working folder is the data folder: the server and its children. None without /proc."""
    if not (PROC / "self" / "cwd").exists():
        return None
    found = []
    folder = str(data.resolve())
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            where = str((entry / "cwd").readlink())
        except OSError:
            continue
        if where == folder and alive(int(entry.name)):
            found.append(int(entry.name))
    return sorted(found)


def work_done(data: Path) -> int:
    """Clock ticks that the server and its children have used so far: grows while recovery goes on."""
    return sum(
        0 if (stat := _stat(pid)) is None else int(stat[11]) + int(stat[12]) for pid in working_in(data) or ()
    )


def serves(pid: int, data: Path) -> bool:
    """Whether this process is the server of this data folder (True where /proc cannot tell)."""
    if not alive(pid):
        return False
    try:
        return (PROC / str(pid) / "cwd").readlink() == data.resolve()
    except OSError:
        return not (PROC / "self" / "cwd").exists()


def ask_to_stop(pid: int) -> None:
    """Fast shutdown: open transactions are rolled back, the log is written out."""
    os.kill(pid, signal.SIGINT)


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the state on."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()
