"""Compound files written from nothing: small DOC and XLS files, as the formats' descriptions have them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.renderings.grid import anchors, places
from tests.renderings.model import Draft, Table

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file with these streams at its top."""
    sectors: list[bytes] = []
    table: list[int] = []

    def store(data: bytes) -> int:
        first = len(sectors)
        parts = [data[n : n + 512].ljust(512, b"\0") for n in range(0, len(data), 512)]
        sectors.extend(parts)
        table.extend([*range(first + 1, first + len(parts)), END])
        return first

    def entry(name: str, kind: int, first: int, size: int, right: int, child: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
        links = struct.pack("<III", FREE, right, child)
        return head + links + b"\0" * 36 + struct.pack("<IQ", first, size)

    placed = []
    for name, data in streams.items():
        # Streams of less than 4096 bytes would belong into the small sectors' stream.
        whole = data.ljust(4096, b"\0")
        placed.append((name, store(whole), len(whole)))
    entries = entry("Root Entry", 5, END, 0, FREE, 1)
    for n, (name, first, size) in enumerate(placed, 1):
        entries += entry(name, 2, first, size, n + 1 if n < len(placed) else FREE, FREE)
    directory = store(entries)
    count = 1
    while 128 * count < len(table) + count:
        count += 1
    fat = [*range(len(sectors), len(sectors) + count)]
    table += [FAT] * count
    table += [FREE] * (128 * count - len(table))
    sectors += [struct.pack("<128I", *table[128 * n : 128 * n + 128]) for n in range(count)]
    assert count <= 109
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory, 0, 4096, END, 0, END, 0
    )
    header += struct.pack("<109I", *fat, *[FREE] * (109 - count))
    return header + b"".join(sectors)


@dataclass
class Doc:
    """A DOC file paragraph by paragraph. `runs` are (first, last character, properties)."""

    text: str = ""
    paragraphs: list[tuple[int, bytes]] = field(default_factory=list)
    runs: list[tuple[int, int, bytes]] = field(default_factory=list)
    parts: tuple[int, ...] = ()
    """Characters of footnotes, headers, macros, comments, endnotes and text boxes, behind the text itself."""
    data: bytes = b""

    def add(
        self, text: str, properties: bytes = b"", *, end: str = "\r", style: int = 0, run: bytes = b""
    ) -> None:
        first = len(self.text)
        # A place in the text is half a character where that is beyond 16 bits.
        units = text.encode("utf-16-le")
        self.text += "".join(map(chr, struct.unpack(f"<{len(units) // 2}H", units))) + end
        self.paragraphs.append((len(self.text), struct.pack("<H", style) + properties))
        if run:
            self.runs.append((first, first + len(text), run))

    def row(self, cells: Sequence[str], shape: bytes = b"") -> None:
        for cell in cells:
            self.add(cell, IN_TABLE, end="\x07")
        self.add("", IN_TABLE + ROW_END + shape, end="\x07")

    def save(self, *, flags: int = 0, compressed: bool = False, pieces: int = 1) -> bytes:
        """The file; its text in so many pieces."""
        encoding, width = ("cp1252", 1) if compressed else ("utf-16-le", 2)
        start = 2048
        body = self.text.encode(encoding, "strict" if compressed else "surrogatepass")
        document = bytearray(b"\0" * start + body)
        document += b"\0" * (-len(document) % 512)
        cuts = [len(self.text) * n // pieces for n in range(pieces + 1)]
        plc = b"".join(struct.pack("<I", cut) for cut in cuts)
        for cut in cuts[:-1]:
            fc = start + cut * width
            plc += struct.pack("<HIH", 0, fc * 2 | 0x40000000 if compressed else fc, 0)
        table = b"\x01" + struct.pack("<H", 2) + b"\0\0" + b"\x02" + struct.pack("<I", len(plc)) + plc
        struct.pack_into("<II", document, 0x1A2, 0, len(table))
        ends = [start + end * width for end, _ in self.paragraphs]
        bounds = [
            (first, last, own)
            for first, last, (_, own) in zip([start, *ends], ends, self.paragraphs, strict=False)
        ]
        table = self._pages(document, table, 0x102, [(a, b, self._papx(own)) for a, b, own in bounds], 13)
        chpx = [(start + a * width, start + b * width, bytes([len(own)]) + own) for a, b, own in self.runs]
        table = self._pages(document, table, 0xFA, chpx, 1)
        struct.pack_into("<HH", document, 0, 0xA5EC, 0xC1)
        struct.pack_into("<H", document, 10, 0x0200 | flags)
        parts = [len(self.text) - sum(self.parts), *self.parts]
        struct.pack_into(f"<{len(parts)}I", document, 0x4C, *parts)
        return compound({"WordDocument": bytes(document), "1Table": table, "Data": self.data})

    @staticmethod
    def _papx(own: bytes) -> bytes:
        own += b"\0" * (len(own) % 2)
        return b"\0" + bytes([len(own) // 2]) + own

    @staticmethod
    def _pages(
        document: bytearray, table: bytes, where: int, runs: list[tuple[int, int, bytes]], size: int
    ) -> bytes:
        """One page of properties for each run: simple, and as good as many on a page."""
        numbers = []
        for first, last, own in runs:
            page = bytearray(512)
            at = 510 - len(own) - len(own) % 2
            struct.pack_into("<IIB", page, 0, first, last, at // 2)
            page[at : at + len(own)] = own
            page[511] = 1
            numbers.append(len(document) // 512)
            document += page
        bounds = [first for first, _, _ in runs] + [last for _, last, _ in runs[-1:]]
        plc = struct.pack(f"<{len(bounds) + len(numbers)}I", *bounds, *numbers) if runs else b""
        struct.pack_into("<II", document, where, len(table), len(plc))
        return table + plc


IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = struct.pack("<HB", 0x2417, 1)


def depth(number: int) -> bytes:
    return IN_TABLE + struct.pack("<HI", 0x6649, number)


def shape(edges: Sequence[int], down: Sequence[int] = (), across: Sequence[int] = ()) -> bytes:
    """A row's definition: its cells' edges and how each is merged."""
    count = len(edges) - 1
    own = bytes([count]) + struct.pack(f"<{count + 1}h", *edges)
    for n in range(count):
        flags = (across[n] if across else 0) | (down[n] if down else 0) << 5
        own += struct.pack("<H", flags) + b"\0" * 18
    return struct.pack("<HH", 0xD608, len(own) + 1) + own


def doc_table(doc: Doc, table: Table, *, shapes: bool = True) -> None:
    """A rendering's table: each row has a cell for every cell that stands in it, begun or going on."""
    grid, first = places(table.rows), anchors(table.rows)
    height, width = 1 + max(r for r, _ in grid), 1 + max(c for _, c in grid)
    for r in range(height):
        texts, edges, down = [], [0], []
        column = 0
        while column < width:
            cell = grid[r, column]
            begins = first[id(cell)][0] == r
            texts.append(cell.text.replace("\n", "\x0b") if begins else "")
            down.append(0 if cell.rowspan == 1 else 3 if begins else 1)
            column += cell.colspan
            # Edges of one column differ a little from row to row.
            edges.append(700 * column + r % 3)
        doc.row(texts, shape(edges, down) if shapes else b"")


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_label(row: int, column: int, text: str, style: int = 0) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, style, len(text), 1) + text.encode("utf-16-le"))


def xls_number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def xls(sheets: dict[str, bytes], head: bytes = b"") -> bytes:
    """A workbook of these sheets' records; `head` are more records of the workbook itself."""
    begin = (
        record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
        + record(0x42, struct.pack("<H", 1200))
        + head
    )
    begin_sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    end = record(0x0A)
    named = {name: struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets}
    at = len(begin) + sum(10 + len(name) for name in named.values()) + len(end)
    out, bodies = begin, b""
    for name, records in sheets.items():
        out += record(0x85, struct.pack("<IH", at + len(bodies), 0) + named[name])
        bodies += begin_sheet + records + end
    return compound({"Workbook": out + end + bodies})


def xls_merged(*ranges: tuple[int, int, int, int]) -> bytes:
    """Ranges as (first row, last row, first column, last column)."""
    return record(0xE5, struct.pack("<H", len(ranges)) + b"".join(struct.pack("<4H", *one) for one in ranges))


def xls_sheet(table: Table) -> bytes:
    first = anchors(table.rows)
    out, merged = b"", []
    for row in table.rows:
        for cell in row:
            top, left = first[id(cell)]
            if cell.role == "value" and cell.text != "":
                out += xls_number(top, left, float(cell.text))
            elif cell.text != "":
                out += xls_label(top, left, cell.text)
            if cell.rowspan > 1 or cell.colspan > 1:
                merged.append((top, top + cell.rowspan - 1, left, left + cell.colspan - 1))
    return out + xls_merged(*merged)


def doc_of(draft: Draft, *, shapes: bool = True) -> Doc:
    """A whole report as a DOC file."""
    doc = Doc()
    for block in [*draft.head, *draft.blocks]:
        if isinstance(block, Table):
            doc_table(doc, block, shapes=shapes)
        else:
            text = getattr(block, "text", "")
            doc.add(text, style=getattr(block, "level", None) or 0)
    return doc
