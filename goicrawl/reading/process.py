"""A reader process: documents come in on standard input, reports go out on standard output.

Messages are pickles behind their length. A document can hang, crash or fill the memory here and harms
nobody: the process sets its own limit of memory, the system ends it by an alarm when a document takes too
long, and it ends when its parent does, however that ended.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from goicrawl.reading.transfer import dumps, loads

LENGTH = struct.Struct(">Q")
READY = b"ready"
READ, MEMORY, FAILED = b"r", b"m", b"f"
"""What an answer begins with."""
GRACE = 5.0
"""Seconds between the parent's limit and the alarm, which serves where the parent cannot keep it."""
_PARENT_DEATH_SIGNAL = 1
_NEARLY = 0.8
_NO_MEMORY = ("bad_alloc", "out of memory", "Out of memory", "allocate memory")
_OBJECTS = 20_000
"""New objects after which those that hold one another in circles are looked for."""


def main(function: str, memory: int, parent: int) -> None:
    """Read documents with `module:name` until standard input ends.

    Args:
        memory: bytes of data that the process may have; 0: no limit.
        parent: the process that started this one, by its number.
    """
    _end_with(parent)
    _limit(memory)
    # What any library prints must not come between the messages.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    source = sys.stdin.buffer
    module, _, name = function.partition(":")
    read: Callable[..., Any] = getattr(importlib.import_module(module), name)
    # Until here standard error tells why a reader does not start.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(nowhere, stream.fileno())
    # What was loaded stays; going through it again and again for what may be let go of costs a tenth.
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
    output.write(READY)
    output.flush()
    while (message := _receive(source)) is not None:
        data, named, seconds = loads(message)
        packed = _answer(read, data, named, seconds, memory)
        output.write(LENGTH.pack(len(packed)))
        output.write(packed)
        output.flush()


def _answer(
    read: Callable[..., Any], data: bytes, named: dict[str, Any], seconds: float, memory: int
) -> bytes:
    """`READ` and the report, `MEMORY`, or `FAILED` and the exception in words."""
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE if seconds > 0 else 0)
    try:
        return READ + dumps(read(data, **named))
    except MemoryError:
        return MEMORY
    except Exception as error:  # noqa: BLE001 (one document must not end the process)
        nearly = _most_memory() > memory * _NEARLY or any(sign in str(error) for sign in _NO_MEMORY)
        if memory > 0 and nearly:
            # Libraries have errors of their own for memory that they do not get.
            return MEMORY
        return FAILED + dumps(f"{type(error).__name__}: {error}"[:500])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _most_memory() -> int:
    """Bytes of memory that this process has had at most; 0 where the system does not say.

    `getrusage` counts what the parent had when it started this process.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory > 0:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        if most == resource.RLIM_INFINITY or most > memory:
            # Data, not address space: the libraries' own files are mapped, and cost nobody anything.
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _end_with(parent: int) -> None:
    """End when the parent does, even in the middle of a document (Linux; the alarm serves elsewhere)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            raise SystemExit("the parent has ended")


def _receive(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    message = source.read(length)
    return message if len(message) == length else None
