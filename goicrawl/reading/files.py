"""Reads files and prints their reports: what `goicrawl parse` does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from goicrawl.documents.formats import MEDIA_TYPES
from goicrawl.extraction.report import Report
from goicrawl.reading.announced import FILES
from goicrawl.reading.limits import MAX_BYTES, Limits
from goicrawl.reading.pool import ReaderPool
from goicrawl.reading.unread import UNREAD_CODES, ReadingError, unread_report

_EXTENSIONS = {
    **{f".{kind}": MEDIA_TYPES[kind] for kind in FILES},
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), "text/html"),
    ".txt": "text/plain",
    ".md": "text/markdown",
}
_UNREADABLE = {
    *UNREAD_CODES,
    "too_large",
    "empty",
    "not_text",
    "image_not_read",
    "image_too_large",
    "format_not_read",
    "damaged_file",
    "encrypted",
    "wrapped_file",
    "page_instead_of_file",
    "zip_bomb",
    "nesting_too_deep",
    "table_too_large",
}


def parse_files(
    paths: Sequence[Path],
    *,
    limits: Limits,
    url: str | None,
    published_on: date | None,
    write: Callable[[str], None],
    complain: Callable[[str], None],
) -> int:
    """Write one JSON object a line for each file that could be opened; a process of its own reads them.

    Returns:
        0, or 1 where a file could not be opened; each such file gets one line of complaint.

    Raises:
        ReaderUnavailable: the process does not start.
    """
    return asyncio.run(
        _parse_files(paths, limits, url=url, published_on=published_on, write=write, complain=complain)
    )


async def _parse_files(
    paths: Sequence[Path],
    limits: Limits,
    *,
    url: str | None,
    published_on: date | None,
    write: Callable[[str], None],
    complain: Callable[[str], None],
) -> int:
    pool: ReaderPool[Report] = ReaderPool(processes=1, limits=limits)
    pool.start()
    try:
        return await _read_all(pool, paths, url, published_on, write, complain)
    finally:
        await pool.close()


async def _read_all(
    pool: ReaderPool[Report],
    paths: Sequence[Path],
    url: str | None,
    published_on: date | None,
    write: Callable[[str], None],
    complain: Callable[[str], None],
) -> int:
    status = 0
    for path in paths:
        try:
            data = _bytes_of(path)
        except OSError as error:
            complain(f"{path}: {error.strerror or error}")
            status = 1
            continue
        report = await _read(pool, path, data, url, published_on)
        for reason in report.reasons:
            if reason.split(":")[0] in _UNREADABLE:
                complain(f"{path}: {reason}")
                break
        write(json.dumps(report.to_dict(), ensure_ascii=False))
    return status


def _bytes_of(path: Path) -> bytes:
    """A file's bytes, as far as they are looked at.

    Raises:
        OSError: it is not there, is a folder or may not be read.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder, not a file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


async def _read(
    pool: ReaderPool[Report], path: Path, data: bytes, url: str | None, published_on: date | None
) -> Report:
    media_type = _EXTENSIONS.get(path.suffix.lower())
    try:
        report = await pool.read(data, media_type=media_type, url=url, published_on=published_on)
    except ReadingError as error:
        report = unread_report(data, error, media_type=media_type, url=url)
    return replace(report, source=replace(report.source, path=str(path)))
