"""Documents that could not be read within the limits, or that broke their reader: named, never lost.

What is said of such a document says nothing about its content. Another machine, or a better reader, may
read it: it is stored as a version that no parser made, and `goicrawl reparse` tries it again.
"""

from __future__ import annotations

import hashlib
from typing import Final

from goicrawl.extraction.report import Report, Source

UNREAD_CODES: Final = frozenset({"time_limit", "memory_limit", "reader_crashed", "reader_failed"})


class ReadingError(Exception):
    """A document that could not be read; the text is a reason (`code: words`), one of `UNREAD_CODES`."""


def time_limit(seconds: float) -> ReadingError:
    """Reading took longer than it may."""
    return ReadingError(f"time_limit: reading it took longer than {seconds:g} seconds")


def memory_limit(memory: int) -> ReadingError:
    """Reading took more memory (bytes) than it may; 0: than there is."""
    if memory == 0:
        return ReadingError("memory_limit: reading it took more memory than there is")
    return ReadingError(f"memory_limit: reading it took more than {memory / 2**20:.0f} MiB of memory")


def reader_crashed(how: str) -> ReadingError:
    """The process that read it ended; `how` is a signal or an exit status."""
    return ReadingError(f"reader_crashed: the process that read it ended ({how})")


def reader_failed(error: str) -> ReadingError:
    """The reader has a fault: it raised what it should not."""
    return ReadingError(f"reader_failed: {error}")


def unread_report(data: bytes, error: ReadingError, *, media_type: str | None, url: str | None) -> Report:
    """What there is to say of a document that could not be read: whose bytes, and why not."""
    source = Source(hashlib.sha256(data).hexdigest(), media_type, None, None, url)
    return Report(source, "attachment_only", (str(error),))


def is_unread(report: Report) -> bool:
    """Whether this stands for a document that could not be read."""
    return any(reason.partition(":")[0] in UNREAD_CODES for reason in report.reasons)
