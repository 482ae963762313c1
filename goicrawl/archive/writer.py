"""Writing captures to WARC files that no crash can spoil and no two processes share."""

from __future__ import annotations

import fcntl
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from goicrawl import __version__
from goicrawl.archive.capture import ArchivedCapture, Capture
from goicrawl.archive.records import new_record_id, request_record, response_record, warcinfo_record

OPEN = ".open"
"""Suffix of a file that a process is still writing, or was when it was killed."""

ROTATE_AT = 1024 * 1024 * 1024


class WarcArchive:
    """Writes captures to a folder of WARC files; one object writes one file at a time.

    A file is made at the first write, under a name of its own with the suffix `OPEN`, held by a lock,
    and renamed when it is full or closed. It is never opened again for writing: what a killed process
    leaves behind is for `recovery.recover`.
    """

    def __init__(self, folder: Path, *, rotate_at: int = ROTATE_AT) -> None:
        """
        Args:
            folder: where the files go; made when missing.
            rotate_at: size in bytes at which the next file begins.
        """
        self._folder = folder
        self._rotate_at = rotate_at
        self._file: BinaryIO | None = None
        self._name = ""
        self._offset = 0

    def write(self, capture: Capture) -> ArchivedCapture:
        """Append the response and its request; both have left the process when this returns.

        `offset` and `length` are of the response's gzip member. `warc_file` is the name that the file
        has for good, though it still carries the suffix `OPEN` while it is being written.
        """
        if self._file is not None and self._offset >= self._rotate_at:
            self.close()
        if self._file is None:
            self._file = self._begin()
        record_id = new_record_id()
        response = response_record(capture, record_id)
        request = request_record(capture, record_id)
        offset = self._offset
        self._file.write(response + request)
        self._file.flush()
        self._offset += len(response) + len(request)
        return ArchivedCapture(capture, self._name, offset, len(response))

    def close(self) -> None:
        """Finish the file in hand; the next write begins another."""
        if self._file is None:
            return
        # Power may fail as well: a file with its final name is on the disk.
        os.fsync(self._file.fileno())
        finish(self._folder / (self._name + OPEN))
        self._file.close()
        self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self) -> BinaryIO:
        self._folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        self._name = f"goicrawl-{now:%Y%m%d%H%M%S}-{secrets.token_hex(6)}.warc.gz"
        file = (self._folder / (self._name + OPEN)).open("xb")
        # The lock dies with the process, so a file without one is abandoned.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        info = warcinfo_record(self._name, f"goicrawl/{__version__}", now)
        file.write(info)
        file.flush()
        self._offset = len(info)
        return file


def finish(open_file: Path) -> Path:
    """Give a file its final name."""
    return open_file.rename(open_file.with_name(open_file.name.removesuffix(OPEN)))
