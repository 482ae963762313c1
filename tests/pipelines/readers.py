"""Readers for the tests of the pool: they do what the page says."""

from __future__ import annotations

import hashlib
import os
import signal
import time
from typing import Any

from goicrawl.database.prepared import PreparedReport, prepare
from goicrawl.extraction.report import Report, Source


def read(data: bytes, **named: Any) -> PreparedReport:
    """Crash, hang, raise, print or read."""
    if data == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if data == b"exit":
        os._exit(3)
    if data == b"hang":
        time.sleep(600)
    if data == b"raise":
        raise ValueError("no such table")
    if data == b"print":
        print("noise")
    source = Source(hashlib.sha256(data).hexdigest(), media_type=named["media_type"], url=named["url"])
    return prepare(Report(source, "complete", title=str(os.getpid())))
