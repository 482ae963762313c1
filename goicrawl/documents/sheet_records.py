"""Facts about the sheets of a binary Excel workbook (XLS, ET), from its records."""

from __future__ import annotations

import struct

from goicrawl.documents.sheet_facts import ERRORS, SheetFacts, format_code

_BOF, _EOF, _SHEET, _DIMENSIONS, _LOCKED = 0x0809, 0x0A, 0x85, 0x0200, 0x2F
_FORMULA, _ERROR, _STYLE, _FORMAT = 0x06, 0x0205, 0xE0, 0x041E
_ONE_CELL = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, _FORMULA, _ERROR})
"""Records of one cell with content: number, label, string, RK, rich text, formula, boolean or error."""
_NUMBERS = frozenset({0x0203, 0x027E, _FORMULA})
_SEVERAL = 0x00BD


def facts_of(stream: bytes) -> tuple[dict[str | int, SheetFacts], bool]:
    """The facts of each sheet by its place in the workbook, and whether a password locks the file."""
    starts: list[int] = []
    formats: dict[int, str] = {}
    styles: list[int] = []
    by_start: dict[int, SheetFacts] = {}
    facts: SheetFacts | None = None
    locked = False
    at, size = 0, len(stream)
    while at + 4 <= size:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == _BOF:
            facts = by_start.setdefault(at, SheetFacts())
        elif kind == _SHEET and length >= 6:
            starts.append(struct.unpack_from("<I", body)[0] if len(body) >= 6 else -1)
        elif kind == _LOCKED:
            locked = True
        elif kind == _FORMAT and len(body) > 5:
            formats[struct.unpack_from("<H", body)[0]] = _text(body)
        elif kind == _STYLE and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif facts is not None and len(body) >= 6:
            _read_cell(kind, body, facts, styles, formats)
        at += 4 + length
    return {n: by_start[start] for n, start in enumerate(starts) if start in by_start}, locked


def _read_cell(kind: int, body: bytes, facts: SheetFacts, styles: list[int], formats: dict[int, str]) -> None:
    if kind == _DIMENSIONS and len(body) >= 12:
        _, rows, _, columns = struct.unpack_from("<IIHH", body)
        facts.rows, facts.columns = max(facts.rows, rows), max(facts.columns, columns)
        return
    if kind == _SEVERAL:
        row, first = struct.unpack_from("<HH", body)
        facts.reach(row, struct.unpack_from("<H", body, len(body) - 2)[0])
        for n in range((len(body) - 6) // 6):
            _format((row, first + n), struct.unpack_from("<H", body, 4 + 6 * n)[0], facts, styles, formats)
        return
    if kind not in _ONE_CELL:
        return
    row, column, style = struct.unpack_from("<HHH", body)
    facts.reach(row, column)
    if kind == _ERROR and len(body) >= 8 and body[7] == 1:
        facts.shown[row, column] = ERRORS.get(body[6], "#VALUE!")
    elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        facts.shown[row, column] = ERRORS.get(body[8], "#VALUE!")
    elif kind in _NUMBERS:
        _format((row, column), style, facts, styles, formats)


def _format(
    place: tuple[int, int], style: int, facts: SheetFacts, styles: list[int], formats: dict[int, str]
) -> None:
    code = format_code(styles[style], formats) if style < len(styles) else None
    if code is not None:
        facts.formats[place] = code


def _text(body: bytes) -> str:
    """The code of a FORMAT record."""
    count, wide = struct.unpack_from("<HB", body, 2)
    if wide & 1:
        return body[5 : 5 + 2 * count].decode("utf-16-le", "replace")
    return body[5 : 5 + count].decode("latin-1")
