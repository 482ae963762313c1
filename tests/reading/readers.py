"""Readers for the tests of the pool: they do what the document says."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from typing import Any

from goicrawl.extraction.report import Report, Source

KEPT: list[bytes] = []


def read(data: bytes, **named: Any) -> Report:
    """Crash, hang, raise, print, fill the memory or read. The title is the process, whatever is read."""
    if data == b"crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if data == b"exit":
        os._exit(3)
    if data == b"hang":
        time.sleep(600)
    if data == b"spin":
        # One call into C that never lets another thread run.
        re.match(r"(a+)+$", "a" * 60 + "b")
    if data == b"raise":
        raise ValueError("no such table")
    if data == b"none":
        raise MemoryError
    if data == b"refused":
        raise RuntimeError("[ONNXRuntimeError] : 6 : Non-zero status code: std::bad_alloc")
    if data == b"print":
        print("noise", flush=True)
    if data == b"explode":
        KEPT.append(b"x" * 2**40)
    if data == b"grow":
        while True:
            KEPT.append(bytes(2**20))
    if data == b"keep":
        KEPT.append(b"x" * (300 * 2**20))
    source = Source(hashlib.sha256(data).hexdigest(), media_type=named["media_type"], url=named["url"])
    return Report(source, "complete", title=str(os.getpid()))
