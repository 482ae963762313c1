"""Compound files (OLE): the container of DOC, XLS and what WPS Office makes of them."""

from __future__ import annotations

import io

import olefile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

FAILURES = (
    *(OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, MemoryError, EOFError),
    RecursionError,
)
"""What the library raises for a file that breaks its own rules."""


def open_ole(data: bytes) -> olefile.OleFileIO | None:
    """The container, or None where it cannot be opened."""
    try:
        return olefile.OleFileIO(io.BytesIO(data))
    except FAILURES:
        return None


def stream_names(data: bytes) -> frozenset[str] | None:
    """The names of the streams and storages at the top, or None for a container that cannot be opened."""
    ole = open_ole(data)
    if ole is None:
        return None
    try:
        return frozenset(path[0] for path in ole.listdir(streams=True, storages=True))
    except FAILURES:
        return None


def stream_of(ole: olefile.OleFileIO, *names: str) -> bytes | None:
    """The bytes of the first of these streams that is there and can be read."""
    for name in names:
        try:
            if ole.exists(name) and ole.get_type(name) == olefile.STGTY_STREAM:
                data: bytes = ole.openstream(name).read()
                return data
        except FAILURES:
            continue
    return None
