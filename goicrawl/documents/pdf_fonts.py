"""The fonts that stand in for those that a PDF names and does not hold.

pdfium would look for them on this machine, and passes over a lone character that the one found does not
have: the same file would lose one-digit figures on one machine and be read whole on another. Of Chinese,
Japanese and Korean fonts only where characters stand counts here, and the file says that itself: every
character is the same box, on every machine. For others pdfium's own stand in, with the widths that files may
leave out.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any, Final

import pypdfium2

_UNITS: Final = 1000
_BOX: Final = (50, 0, 150, 800)
"""Narrower than any character: what a file says of its width counts."""
_NAME: Final = b"Box\0"
_CHARSETS: Final = frozenset({128, 129, 134, 136})
"""Japanese, Korean, Chinese simplified and traditional."""
_HANDLE: Final = 1


class _Boxes(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
    """Answers pdfium's questions for fonts; the names are pdfium's."""

    def __init__(self) -> None:
        self.data = box_font()
        super().__init__()

    def MapFont(self, _: Any, weight: int, italic: int, charset: int, *more: Any) -> int | None:
        return _HANDLE if charset in _CHARSETS else None

    def GetFont(self, _: Any, face: Any) -> None:
        return None

    def GetFontData(self, _: Any, font: Any, table: int, buffer: Any, size: int) -> int:
        if table != 0:
            return 0
        if buffer and size >= len(self.data):
            ctypes.memmove(buffer, self.data, len(self.data))
        return len(self.data)

    def GetFaceName(self, _: Any, font: Any, buffer: Any, size: int) -> int:
        if buffer and size >= len(_NAME):
            ctypes.memmove(buffer, _NAME, len(_NAME))
        return len(_NAME)

    def GetFontCharset(self, _: Any, font: Any) -> int:
        return 134

    def DeleteFont(self, _: Any, font: Any) -> None:
        return None


@cache
def use_boxes() -> None:
    """Have pdfium take the box for every font that a file does not hold."""
    _Boxes().setup()


def box_font() -> bytes:
    """A TrueType font that draws a box for every character up to U+FFFF."""
    left, bottom, right, top = _BOX
    outline = struct.pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0) + b"\x01" * 4
    outline += struct.pack(">8h", left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top)
    outline += b"\0" * (-len(outline) % 4)
    # Every character is glyph 1; glyph 0 is the same.
    groups = struct.pack(">III", 0, 0xFFFF, 1)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 13, 0, 16 + 12, 0, 1) + groups
    tables = {
        b"cmap": cmap,
        b"glyf": outline * 2,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _UNITS, 0, 0, left, bottom, right, top, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, 850, -150, 0, _UNITS, left, 50, right, 1, 0, 0, 0, 0, 0, 0, 0, 2
        ),
        b"hmtx": struct.pack(">HhHh", _UNITS, left, _UNITS, left),
        b"loca": struct.pack(">III", 0, len(outline), 2 * len(outline)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    head = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    at = len(head) + 16 * len(tables)
    body = b""
    for tag, data in tables.items():
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        head += tag + struct.pack(">III", total, at + len(body), len(data))
        body += padded
    return head + body
