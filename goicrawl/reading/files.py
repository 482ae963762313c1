"""Reads files and prints their reports: what `goicrawl parse` does."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from goicrawl.extraction.report import Report
from goicrawl.reading.report import MAX_BYTES, parse_report

_EXTENSIONS = {".html": "text/html", ".htm": "text/html", ".shtml": "text/html", ".xhtml": "text/html",
               ".txt": "text/plain", ".md": "text/markdown"}  # fmt: skip
_UNREADABLE = (
    "too_large",
    "empty",
    "not_text",
    "image_not_read",
    "format_not_read",
    "damaged_file",
    "encrypted",
    "zip_bomb",
    "nesting_too_deep",
    "table_too_large",
)


def parse_files(
    paths: Sequence[Path],
    *,
    url: str | None,
    published_on: date | None,
    write: Callable[[str], None],
    complain: Callable[[str], None],
) -> int:
    """Write one JSON object a line for each file that could be opened.

    Returns:
        0, or 1 where a file could not be opened; each such file gets one line of complaint.
    """
    status = 0
    for path in paths:
        try:
            report = parse_file(path, url=url, published_on=published_on)
        except OSError as error:
            complain(f"{path}: {error.strerror or error}")
            status = 1
            continue
        for reason in report.reasons:
            if reason.split(":")[0] in _UNREADABLE:
                complain(f"{path}: {reason}")
                break
        write(json.dumps(report.to_dict(), ensure_ascii=False))
    return status


def parse_file(path: Path, *, url: str | None = None, published_on: date | None = None) -> Report:
    """Read one file.

    Raises:
        OSError: it is not there, is a folder or may not be read.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder, not a file")
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    report = parse_report(
        data, media_type=_EXTENSIONS.get(path.suffix.lower()), url=url, published_on=published_on
    )
    return replace(report, source=replace(report.source, path=str(path)))
