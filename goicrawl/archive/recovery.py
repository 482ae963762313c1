"""What a killed process left in the archive is finished, so that nothing of it is lost or fetched again."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from goicrawl.archive.capture import ArchivedCapture
from goicrawl.archive.reader import ArchiveError, iterate_file, whole_length
from goicrawl.archive.writer import OPEN, finish


def recover(
    folder: Path, *, on_damage: Callable[[ArchiveError], None] | None = None
) -> Iterator[ArchivedCapture]:
    """Finish the files that nobody writes any more, and yield the captures they hold.

    A record cut short is taken off the end: its write never returned, so nobody counts on it. Files that
    another process is writing are left alone. A file that is damaged elsewhere keeps its name; the error
    is handed to `on_damage`, or raised where there is none.
    """
    if not folder.exists():
        return
    for path in sorted(folder.glob("*.warc.gz" + OPEN)):
        try:
            finished = _finish_abandoned(path)
            if finished is not None:
                yield from iterate_file(finished)
        except ArchiveError as error:
            if on_damage is None:
                raise
            on_damage(error)


def _finish_abandoned(path: Path) -> Path | None:
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        if not path.exists():
            return None
        file.truncate(whole_length(path))
        os.fsync(file.fileno())
        return finish(path)
