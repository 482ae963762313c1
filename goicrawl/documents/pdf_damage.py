"""Whether the compressed parts of a PDF are whole.

pdfium reads what it can of a damaged file and says nothing: a font that does not unpack loses its characters,
and a figure printed with it would be taken for a blank.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

MAX_UNPACKED: Final = 64 * 1024 * 1024
"""Bytes to unpack in all; parts beyond are not looked at. A report has one or two million."""
_PIECE: Final = 1024 * 1024
_LONGEST_HEAD: Final = 600
_STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\n)")
_COMPRESSED: Final = re.compile(rb"/Filter\s*\[?\s*/FlateDecode")


def damaged_parts(data: bytes) -> int:
    """How many compressed parts do not unpack to their end; pictures are not looked at.

    0 where the document is encrypted, which cannot be told from damage here.
    """
    if b"/Encrypt" in data:
        return 0
    damaged = 0
    left = MAX_UNPACKED
    end = 0
    for match in _STREAM.finditer(data):
        if match.start() < end:
            # The word stands inside the part before.
            continue
        head = data[max(end, match.start() - _LONGEST_HEAD) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if _COMPRESSED.search(head) is None or b"/Image" in head:
            continue
        stop = data.find(b"endstream", match.end())
        part = memoryview(data)[match.end() : stop if stop >= 0 else len(data)]
        unpacked = _unpacked(part, left)
        if unpacked is None:
            damaged += 1
        else:
            left -= unpacked
            end = match.end() + len(part)
        if left <= 0:
            break
    return damaged


def _unpacked(part: memoryview, limit: int) -> int | None:
    """How many bytes a part unpacks to, at most about `limit`; None where it is damaged."""
    unpacker = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = part
    try:
        while not unpacker.eof and size < limit:
            piece = unpacker.decompress(rest, _PIECE)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            if len(piece) == 0 and len(rest) == 0:
                break
    except zlib.error:
        return None
    return size if unpacker.eof or size >= limit else None
