"""Binary Word documents (DOC, and WPS Office's WPS) to blocks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from goicrawl.documents.document import IMAGE, Block, Document
from goicrawl.documents.formats import MEDIA_TYPES, Format
from goicrawl.documents.html_text import readable
from goicrawl.documents.marked_tables import Mark, RowShape, Tables
from goicrawl.documents.ole import open_ole, stream_of
from goicrawl.documents.word_pieces import (
    FormatError,
    Pieces,
    Streams,
    character_runs,
    number,
    paragraph_runs,
    read_pieces,
    sprms,
)
from goicrawl.documents.word_runs import LOWERED, RAISED, raised_by

_SPECIAL = re.compile("[\x01-\x06\x08\x13-\x15\x1e\x1f]")
_END = re.compile("[\x07\x0c\r]")
_DROPPED: Final = {0x0800, 0x083C, 0x0837, 0x2A53}
"""Deleted while changes were tracked, hidden, struck through once or twice."""
_POSITION: Final = 0x2A48
_HEIGHT: Final = 0x4845
_PARTS: Final = (0, 1, 5, 6)
"""The text itself, footnotes, endnotes and text boxes; neither headers nor comments."""
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_TABLE_DEFINITION, _VERTICAL_MERGE = 0xD608, 0xD62B


def read_doc(data: bytes, kind: Format = "doc") -> Document:
    """Read a DOC or WPS file's bytes. Whatever they are, nothing is raised: `problems` says what is wrong."""
    problem = "damaged_file: the file holds no document of Word"
    ole = open_ole(data)
    stream = None if ole is None else stream_of(ole, "WordDocument")
    if ole is not None and stream is not None:
        try:
            return _read(
                ole_streams(
                    stream, stream_of(ole, "0Table"), stream_of(ole, "1Table"), stream_of(ole, "Data")
                ),
                kind,
            )
        except FormatError as error:
            problem = str(error) if ": " in str(error) else f"damaged_file: {error}"
        except IndexError:
            problem = "damaged_file: the file's tables point outside of it"
    return Document(MEDIA_TYPES[kind], (), problems=(problem,))


def read_wps(data: bytes) -> Document:
    """Read a WPS file's bytes: WPS Office writes the format of Word under a name of its own."""
    return read_doc(data, "wps")


def ole_streams(document: bytes, table0: bytes | None, table1: bytes | None, data: bytes | None) -> Streams:
    """The streams that the document's head points to; FormatError for what cannot be read."""
    if number(document, 0, "<H") != 0xA5EC or number(document, 2, "<H") < 0xC0:
        raise FormatError("format_not_read: documents of Word 95 and before are not read")
    flags = number(document, 10, "<H")
    if flags & 0x0100:
        raise FormatError("encrypted: the document is protected by a password")
    table = table1 if flags & 0x0200 else table0
    if table is None:
        raise FormatError("the table of the text's pieces is missing")
    return Streams(document, table, data if data is not None else b"")


def _read(streams: Streams, kind: Format) -> Document:
    pieces = read_pieces(streams)
    characters = _characters(pieces, streams)
    starts, properties = paragraph_runs(streams)
    tables = Tables()
    images = 0

    def add(start: int, end: int, mark: Mark) -> int:
        shown = "".join(characters[start:end])
        drawn = shown.count(IMAGE)
        if mark.depth == 0:
            shown = shown.replace(IMAGE, "")
        tables.add([line for line in map(readable, shown.split("\x0b")) if line != ""], mark)
        return drawn

    first = 0
    for n in range(8):
        last = min(first + number(streams.document, 0x4C + 4 * n), len(pieces.text))
        if n in _PARTS:
            for match in _END.finditer(pieces.text, first, last):
                at = bisect_right(starts, pieces.fc(match.start())) - 1
                images += add(first, match.start(), _mark(match[0], properties[at] if at >= 0 else b""))
                first = match.end()
            images += add(first, last, Mark(0, cell=False, row=False))
            tables.end()
        first = last
    blocks: list[Block] = tables.blocks
    return Document(
        MEDIA_TYPES[kind], tuple(blocks), "utf-16-le", images=images, problems=tuple(tables.problems)
    )


def _characters(pieces: Pieces, streams: Streams) -> list[str]:
    """The text's characters as they show: nothing for those that do not."""
    out = list(pieces.text)
    for first, last, properties in character_runs(streams):
        shift: dict[int, int] | None = None
        height: dict[int, int] | None = None
        gone = False
        for code, operand in sprms(properties):
            gone = gone or (code in _DROPPED and operand[:1] == b"\x01")
            if code == _POSITION and operand[:1] in (b"\x01", b"\x02"):
                shift = RAISED if operand[:1] == b"\x01" else LOWERED
            elif code == _HEIGHT and len(operand) == 2:
                height = raised_by(str(number(operand, 0, "<h")))
        if not gone and shift is None and height is None:
            continue
        for start, end in pieces.cps(first, last):
            behind = start > 0 and _END.match(pieces.text[start - 1]) is None
            table = shift if shift is not None else height if behind else None
            for cp in range(start, min(end, len(out))):
                if table is not None:
                    out[cp] = out[cp].translate(table)
                if gone and _END.match(out[cp]) is None:
                    out[cp] = ""
    _read_specials(pieces.text, out)
    return out


def _read_specials(text: str, out: list[str]) -> None:
    """Fields show their results, notes their numbers, pictures that they are there."""
    fields: list[int] = []
    notes = 0
    for match in _SPECIAL.finditer(text):
        at, sign = match.start(), match[0]
        if sign == "\x13":
            fields.append(at)
            out[at] = ""
        elif sign in "\x14\x15":
            if fields and fields[-1] >= 0:
                for cp in range(fields[-1], at):
                    if _END.match(out[cp]) is None:
                        out[cp] = ""
            if fields and sign == "\x14":
                fields[-1] = -1
            elif fields:
                fields.pop()
            out[at] = ""
        elif sign == "\x02" and out[at] != "":
            notes += 1
            out[at] = str(notes).translate(RAISED)
        elif out[at] != "":
            out[at] = {"\x01": IMAGE, "\x1e": "-"}.get(sign, "")


def _mark(sign: str, properties: bytes) -> Mark:
    """What ends with a paragraph: itself, a cell or a row; how deep in tables; its heading level."""
    style = number(properties, 0, "<H") if len(properties) >= 2 else 0
    depth = 1 if sign == "\x07" else 0
    cell, row = sign == "\x07", False
    shape: RowShape | None = None
    for code, operand in sprms(properties[2:]):
        value = operand[0] if operand else 0
        if code == _IN_TABLE:
            depth = max(depth, value)
        elif code == _DEPTH and len(operand) == 4:
            depth = min(number(operand, 0), 64)
        elif code in (_ROW_END, _INNER_ROW):
            row = row or value == 1
        elif code == _INNER_CELL:
            cell = cell or value == 1
        elif code == _TABLE_DEFINITION:
            shape = _shape(operand)
        elif code == _VERTICAL_MERGE and shape is not None and len(operand) >= 2 and value < len(shape.down):
            shape.down[value] = operand[1]
    level = min(style, 6) if 1 <= style <= 9 and depth == 0 else None
    return Mark(depth, cell and not row, row, shape, level)


def _shape(operand: bytes) -> RowShape | None:
    """The edges of a row's cells in twentieths of a point, and how they are merged."""
    count = operand[0] if operand else 0
    if count == 0 or len(operand) < 1 + 2 * (count + 1):
        return None
    edges = [number(operand, 1 + 2 * n, "<h") for n in range(count + 1)]
    across, down = [0] * count, [0] * count
    for n in range(count):
        at = 1 + 2 * (count + 1) + 20 * n
        if at + 2 <= len(operand):
            flags = number(operand, at, "<H")
            across[n], down[n] = flags & 3, flags >> 5 & 3
    return RowShape(edges, across, down)
