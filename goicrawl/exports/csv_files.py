"""CSV files that Excel opens as they are meant: UTF-8 with a byte order mark, CRLF, no formulas.

Numbers are written exactly and without exponent; what is missing is an empty field, never 0. A text that
a spreadsheet would run as a formula gets an apostrophe in front, unless it is a number. A file appears
whole or not at all.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from goicrawl.exports.errors import ExportError

Value = str | int | Decimal | date | datetime | None

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SUSPECT = frozenset(DANGEROUS) | frozenset(" \u00a0\u3000")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?")
_UNSAFE_IN_NAMES = re.compile(r"[^\w.()（）-]+")
LONGEST_NAME = 80


def field(value: Value) -> str:
    """One field as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text[:1] not in _SUSPECT:
        return text
    if text.lstrip(" \u00a0\u3000").startswith(DANGEROUS) or text.startswith(DANGEROUS):
        return text if _NUMBER.fullmatch(text) else "'" + text
    return text


def safe_name(text: str) -> str:
    """A part of a file's name that every file system takes, and that is no path."""
    name = _UNSAFE_IN_NAMES.sub("_", text).strip("._ ")
    return name[:LONGEST_NAME] or "_"


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a file in place of any older one; returns the number of rows, the header not counted.

    `rows` hold what `field` made of their values.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".goicrawl-", suffix=".tmp")
    except OSError as error:
        raise ExportError(f"cannot write to {path.parent}: {error.strerror}") from error
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="", errors="strict") as file:  # noqa: PTH123
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow([harmless(text) for text in header])
            for row in rows:
                writer.writerow(row)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ExportError(f"cannot write {path}: {error.strerror}") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
