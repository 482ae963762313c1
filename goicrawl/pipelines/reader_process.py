"""A reader process: pages come in on standard input, reports go out on standard output.

Messages are pickles behind their length. It ends when its standard input does, so it never outlives the
crawl, however that ended.
"""

from __future__ import annotations

import importlib
import os
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from goicrawl.pipelines.transfer import dumps, loads

LENGTH = struct.Struct(">Q")
READY = b"ready"


def main(function: str) -> None:
    """Read pages with `module:name` until standard input ends."""
    # What any library prints must not come between the messages.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    source = sys.stdin.buffer
    module, _, name = function.partition(":")
    read: Callable[..., Any] = getattr(importlib.import_module(module), name)
    output.write(READY)
    output.flush()
    while (message := _receive(source)) is not None:
        data, named = loads(message)
        try:
            answer = (True, read(data, **named))
        except Exception as error:  # noqa: BLE001 (one page must not end the process)
            answer = (False, f"{type(error).__name__}: {error}")
        packed = dumps(answer)
        output.write(LENGTH.pack(len(packed)))
        output.write(packed)
        output.flush()


def _receive(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    message = source.read(length)
    return message if len(message) == length else None


if __name__ == "__main__":
    main(sys.argv[1])
