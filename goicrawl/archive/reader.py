"""Reading captures back: one by its place, or all of an archive."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from goicrawl.archive.capture import ArchivedCapture, Capture
from goicrawl.archive.records import Record, RecordError, capture_of, parse_record
from goicrawl.archive.writer import OPEN

_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 64 * 1024
_ENDINGS = (".warc.gz", ".warc.gz" + OPEN)


class ArchiveError(Exception):
    """A WARC file is missing or damaged; the message names the file and the offset."""


class _Truncated(Exception):
    """The file ends inside a gzip member."""


def read_capture(folder: Path, warc_file: str, offset: int) -> Capture:
    """Read the capture whose response record begins at `offset` of `warc_file`.

    Raises:
        ArchiveError: there is no such file, or no whole response record at this place.
    """
    path = folder / warc_file
    if not path.exists():
        path = folder / (warc_file + OPEN)
    try:
        with path.open("rb") as file:
            file.seek(offset)
            members = _members(file, offset)
            response = _parse(path, *next(members))
            if response.kind != "response":
                raise ArchiveError(f"{path}: offset {offset}: a {response.kind} record, not a response")
            try:
                following = _parse(path, *next(members))
            except (StopIteration, _Truncated, ArchiveError):
                return _capture(path, offset, response, None)
            return _capture(path, offset, response, _request_to(response, following))
    except FileNotFoundError as error:
        raise ArchiveError(f"{path}: no such file in the archive") from error
    except (StopIteration, _Truncated, zlib.error) as error:
        raise ArchiveError(f"{path}: offset {offset}: no whole record here") from error


def iterate(
    folder: Path, *, on_damage: Callable[[ArchiveError], None] | None = None
) -> Iterator[ArchivedCapture]:
    """All captures of an archive, file by file in the order of their names.

    The unfinished end of a file still open is passed over: its writer is at work or was killed. Other
    damage ends the reading of that file, and is handed to `on_damage`, or raised where there is none.
    """
    if not folder.exists():
        return
    for path in sorted(path for path in folder.iterdir() if path.name.endswith(_ENDINGS)):
        try:
            yield from iterate_file(path)
        except FileNotFoundError:
            # Its writer has just given it the final name, which sorts before this one.
            yield from iterate_file(path.with_name(path.name.removesuffix(OPEN)))
        except ArchiveError as error:
            if on_damage is None:
                raise
            on_damage(error)


def iterate_file(path: Path) -> Iterator[ArchivedCapture]:
    """All captures of one file.

    Raises:
        ArchiveError: the file is damaged before its unfinished end, or anywhere if it is not open.
    """
    for archived, _ in _iterate_with_ends(path):
        if archived is not None:
            yield archived


def whole_length(path: Path) -> int:
    """How many bytes of a file, from its start, are whole records."""
    end = 0
    for step in _iterate_with_ends(path):
        end = step[1]
    return end


def _iterate_with_ends(path: Path) -> Iterator[tuple[ArchivedCapture | None, int]]:
    """(capture or None, end of the last whole record) for each step through the file."""
    held: tuple[Record, int, int] | None = None
    end = 0
    damage: ArchiveError | None = None
    with path.open("rb") as file:
        members = _members(file, 0)
        while True:
            try:
                data, start, end_of_member = next(members)
                record = _parse(path, data, start, end_of_member)
            except StopIteration:
                break
            except _Truncated:
                if not path.name.endswith(OPEN):
                    damage = ArchiveError(f"{path}: the file ends inside a record, after byte {end}")
                break
            except zlib.error as error:
                damage = ArchiveError(f"{path}: damaged after byte {end}: {error}")
                break
            except ArchiveError as error:
                damage = error
                break
            end = end_of_member
            if held is not None:
                response, offset, length = held
                capture = _capture(path, offset, response, _request_to(response, record))
                yield ArchivedCapture(capture, path.name.removesuffix(OPEN), offset, length), end
                held = None
            if record.kind == "response":
                held = (record, start, end_of_member - start)
            else:
                yield None, end
    if held is not None:
        response, offset, length = held
        capture = _capture(path, offset, response, None)
        yield ArchivedCapture(capture, path.name.removesuffix(OPEN), offset, length), end
    if damage is not None:
        raise damage


def _members(file: BinaryIO, start: int) -> Iterator[tuple[bytes, int, int]]:
    """(content, first byte, byte after the last) of each gzip member from here on."""
    pending = b""
    while True:
        unpacker = zlib.decompressobj(_GZIP)
        parts: list[bytes] = []
        size = 0
        while not unpacker.eof:
            chunk = pending if pending != b"" else file.read(_CHUNK)
            pending = b""
            if chunk == b"":
                if size == 0:
                    return
                raise _Truncated
            size += len(chunk)
            parts.append(unpacker.decompress(chunk))
        pending = unpacker.unused_data
        end = start + size - len(pending)
        yield b"".join(parts), start, end
        start = end


def _parse(path: Path, data: bytes, start: int, _end: int) -> Record:
    try:
        return parse_record(data)
    except RecordError as error:
        raise ArchiveError(f"{path}: offset {start}: {error}") from error


def _capture(path: Path, offset: int, response: Record, request: Record | None) -> Capture:
    try:
        return capture_of(response, request)
    except (RecordError, KeyError, ValueError) as error:
        raise ArchiveError(f"{path}: offset {offset}: {error}") from error


def _request_to(response: Record, record: Record) -> Record | None:
    belongs = record.headers.get("warc-concurrent-to") == response.headers.get("warc-record-id")
    return record if record.kind == "request" and belongs else None
