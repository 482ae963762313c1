"""A binary Word document's text and properties: pieces, paragraphs' and runs' properties by position.

After Microsoft's published description of the format (MS-DOC). Positions in the text ("cp") and in the
stream ("fc") differ; `Pieces` knows both.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

_COMPRESSED: Final = 0x40000000
_MAX_CHARACTERS: Final = 8_000_000
_OPERANDS: Final = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_DEFINITION: Final = 0xD608
_TABS: Final = 0xC615
_HUGE: Final = (0x6645, 0x6646)

Sprm = tuple[int, bytes]


class FormatError(ValueError):
    """The file breaks the format's rules."""


@dataclass(frozen=True)
class Streams:
    """The streams of a DOC file: the document, its table stream and its data (may be empty)."""

    document: bytes
    table: bytes
    data: bytes


@dataclass
class Pieces:
    """The text as the document has it, and where each character stands in the stream."""

    text: str
    starts: list[int] = field(default_factory=list)
    """First cp of each piece."""
    places: list[tuple[int, int]] = field(default_factory=list)
    """(fc, bytes a character) of each piece."""

    def fc(self, cp: int) -> int:
        """Where a character stands in the stream."""
        n = bisect_right(self.starts, cp) - 1
        fc, width = self.places[n]
        return fc + (cp - self.starts[n]) * width

    def cps(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The ranges of text that stand between two places of the stream."""
        for n, (start, (fc, width)) in enumerate(zip(self.starts, self.places, strict=True)):
            end = self.starts[n + 1] if n + 1 < len(self.starts) else len(self.text)
            low, high = max(first, fc), min(last, fc + (end - start) * width)
            if low < high:
                yield start + (low - fc) // width, start + (high - fc + width - 1) // width


def number(data: bytes, at: int, form: str = "<I") -> int:
    """A number at a place; FormatError where the data ends before it."""
    try:
        found: int = struct.unpack_from(form, data, at)[0]
    except struct.error as error:
        raise FormatError(f"the data ends before byte {at}") from error
    return found


def read_pieces(streams: Streams) -> Pieces:
    """The text of all parts of the document, piece by piece."""
    at, size = number(streams.document, 0x1A2), number(streams.document, 0x1A6)
    clx = streams.table[at : at + size]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + number(clx, at + 1, "<H")
    if at >= len(clx) or clx[at] != 2:
        raise FormatError("there is no table of pieces")
    table = clx[at + 5 : at + 5 + number(clx, at + 1)]
    count = (len(table) - 4) // 12
    pieces = Pieces("")
    out: list[str] = []
    total = 0
    for n in range(count):
        first, last = number(table, 4 * n), number(table, 4 * n + 4)
        fc = number(table, 4 * (count + 1) + 8 * n + 2)
        if last < first or first != total or last > _MAX_CHARACTERS:
            raise FormatError("the pieces of the text overlap")
        width = 1 if fc & _COMPRESSED else 2
        fc = (fc & ~_COMPRESSED & 0xFFFFFFFF) // (2 if width == 1 else 1)
        raw = streams.document[fc : fc + (last - first) * width]
        text = raw.decode("cp1252" if width == 1 else "utf-16-le", "replace")
        if width == 2:
            # A character of two units keeps two places: the second is a soft hyphen, which does not show.
            text = "".join(one + "\x1f" if one > "\uffff" else one for one in text)
        if len(text) != last - first:
            raise FormatError("a piece of the text is not in the file")
        pieces.starts.append(first)
        pieces.places.append((fc, width))
        out.append(text)
        total = last
    pieces.text = "".join(out)
    if not pieces.starts:
        raise FormatError("there is no piece of text")
    return pieces


def sprms(data: bytes) -> Iterator[Sprm]:
    """The single properties of a list of them: (code, operand)."""
    at = 0
    while at + 2 < len(data):
        code = number(data, at, "<H")
        at += 2
        size = _OPERANDS[code >> 13]
        if code == _TABLE_DEFINITION:
            size = number(data, at, "<H") - 1 if at + 2 <= len(data) else 0
            at += 2
        elif code >> 13 == 6:
            size = data[at]
            at += 1
            if code == _TABS and size == 255:
                return
        yield code, data[at : at + max(size, 0)]
        at += max(size, 0)


def paragraph_runs(streams: Streams) -> tuple[list[int], list[bytes]]:
    """Where paragraphs' properties begin in the stream, in order, and the properties (style first)."""
    starts: list[int] = []
    found: list[bytes] = []
    for page, count in _pages(streams, 0x102):
        for n in range(count):
            at = 2 * page[4 * (count + 1) + 13 * n]
            own = b""
            if at:
                size = page[at]
                first, size = (at + 1, 2 * size - 1) if size else (at + 2, 2 * number(page, at + 1, "<B"))
                own = page[first : first + size]
            starts.append(number(page, 4 * n))
            found.append(_with_data(own, streams))
    order = sorted(range(len(starts)), key=starts.__getitem__)
    return [starts[n] for n in order], [found[n] for n in order]


def character_runs(streams: Streams) -> Iterator[tuple[int, int, bytes]]:
    """(first fc, last fc, properties) of each run that has any."""
    for page, count in _pages(streams, 0xFA):
        for n in range(count):
            at = 2 * page[4 * (count + 1) + n]
            if at:
                yield number(page, 4 * n), number(page, 4 * n + 4), page[at + 1 : at + 1 + page[at]]


def _pages(streams: Streams, where: int) -> Iterator[tuple[bytes, int]]:
    """The 512-byte pages of properties that a table in the head names, with their number of runs."""
    at, size = number(streams.document, where), number(streams.document, where + 4)
    table = streams.table[at : at + size]
    count = max(len(table) - 4, 0) // 8
    for n in range(count):
        first = 512 * (number(table, 4 * (count + 1) + 4 * n) & 0x3FFFFF)
        page = streams.document[first : first + 512]
        if len(page) == 512:
            yield page, min(page[511], 101)


def _with_data(properties: bytes, streams: Streams) -> bytes:
    """Properties too large for a page stand in the data stream."""
    for code, operand in sprms(properties[2:]):
        if code in _HUGE and len(operand) == 4:
            at = number(operand, 0)
            if at + 2 <= len(streams.data):
                return properties[:2] + streams.data[at + 2 : at + 2 + number(streams.data, at, "<H")]
    return properties
