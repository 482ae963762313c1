"""Spreadsheets (XLSX, XLS, ET) to blocks: each sheet a heading with its name, and a grid."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from goicrawl.documents import sheet_parts, sheet_records
from goicrawl.documents.document import Block, Document, GridBuilder, Paragraph
from goicrawl.documents.formats import MEDIA_TYPES, Format
from goicrawl.documents.html_text import readable
from goicrawl.documents.ole import open_ole, stream_of
from goicrawl.documents.packages import Package
from goicrawl.documents.sheet_facts import SheetFacts, formatted

_Value = int | float | str | bool | time | date | datetime | timedelta
_PROSE_LENGTH = 60
"""Characters from which a text alone in its row is no label."""
_FOOT = re.compile(r"\d{4}\s*[年./-]|[：:。]")
"""What a line below the last table holds that is no label of a row without figures."""
_SKIPPED = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/printerSettings/")


def read_xlsx(data: bytes) -> Document:
    """Read an XLSX file's bytes. Whatever they are, nothing is raised: `problems` says what is wrong."""
    package = Package(data)
    problems = package.problems
    if not problems and package.named("xl/workbook\\.bin") is not None:
        problems.append("format_not_read: workbooks of binary parts (xlsb) are not read")
    if problems:
        return _unread("xlsx", problems)
    facts = sheet_parts.facts_of(package)
    plain = _plain_package(package)
    if problems:
        return _unread("xlsx", problems)
    return _read(plain, "xlsx", facts, problems)


def read_xls(data: bytes, kind: Format = "xls") -> Document:
    """Read an XLS or ET file's bytes. Whatever they are, nothing is raised."""
    ole = open_ole(data)
    stream = None if ole is None else stream_of(ole, "Workbook", "Book")
    if stream is None:
        return _unread(kind, ["damaged_file: no workbook can be found in the file"])
    by_place, locked = sheet_records.facts_of(stream)
    if locked:
        return _unread(kind, ["encrypted: the workbook is protected by a password"])
    return _read(data, kind, by_place, [])


def _unread(kind: Format, problems: Sequence[str]) -> Document:
    return Document(MEDIA_TYPES[kind], (), problems=tuple(dict.fromkeys(problems)))


def _plain_package(package: Package) -> bytes:
    """The same parts, unpacked within the limits: what was measured is what is read."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        for name in dict.fromkeys(package.names):
            if not name.startswith(_SKIPPED) and name.endswith((".xml", ".rels")):
                part = package.read(name)
                if part is not None:
                    out.writestr(name, part)
    return file.getvalue()


def _read(data: bytes, kind: Format, known: Mapping[str | int, SheetFacts], problems: list[str]) -> Document:
    blocks: list[Block] = []
    for place, one in known.items():
        if one.too_large:
            problems.append(f"table_too_large: sheet {place} reaches to row {one.rows}, column {one.columns}")
            return _unread(kind, problems)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for n, about in enumerate(workbook.sheets_metadata):
            if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
                continue
            found = known.get(about.name, known.get(n))
            if found is None:
                problems.append(f"damaged_file: sheet {about.name[:40]!r} was not read")
                continue
            parts = _parts(workbook.get_sheet_by_index(n), found, problems)
            if parts:
                blocks += [Paragraph(about.name, 2), *parts]
            if found.uncomputed:
                problems.append(
                    f"formula_not_computed: {found.uncomputed} formulas of sheet {about.name[:40]!r}"
                    " hold no result"
                )
    except BaseException as error:
        # A panic of the library's own language is no Exception.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        problems.append(f"damaged_file: {' '.join(str(error).split())[:200]}")
    return Document(MEDIA_TYPES[kind], tuple(blocks), "utf-8", problems=tuple(dict.fromkeys(problems)))


def _parts(sheet: CalamineSheet, facts: SheetFacts, problems: list[str]) -> list[Block]:
    """A sheet's rows as grids. What stands alone in its row above the first table, or is prose, is text."""
    lines = _rows(sheet, facts)
    parts: list[Block] = []
    builder = GridBuilder()
    covered_to = 0
    last = max([0, *(r for r, line in enumerate(lines) if sum(text != "" for text, _, _ in line) > 1)])
    for r, line in enumerate(lines):
        filled = [text for text, _, _ in line if text != ""]
        alone = len(filled) <= 1 and r >= covered_to
        covered_to = max([covered_to, *(r + rowspan for _, rowspan, _ in line)])
        if not alone or covered_to > r + 1:
            builder.row(line)
        elif filled and (
            not builder.cells
            or len(filled[0]) > _PROSE_LENGTH
            or (r > last and _FOOT.search(filled[0]) is not None)
        ):
            _close(builder, parts, problems)
            builder = GridBuilder()
            parts += [Paragraph(text) for text in filled[0].split("\n")]
        elif builder.cells:
            builder.row(line)
    _close(builder, parts, problems)
    return parts


def _close(builder: GridBuilder, parts: list[Block], problems: list[str]) -> None:
    grid = builder.grid()
    if builder.full:
        problems.append(f"table_too_large: a table was cut after {len(grid.cells)} cells")
    if builder.overlaps:
        problems.append(f"overlapping_spans: {builder.overlaps} cells of a table overlap")
    if any(cell.text != "" for cell in grid.cells):
        parts.append(grid)


def _rows(sheet: CalamineSheet, facts: SheetFacts) -> list[list[tuple[str, int, int]]]:
    """Each row's own cells as (text, rowspan, colspan)."""
    rows = sheet.to_python(skip_empty_area=False) if sheet.start is not None else []
    height = max([len(rows), *(r + 1 for r, _ in facts.shown)])
    width = max([0, *(len(row) for row in rows), *(c + 1 for _, c in facts.shown)])
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        # Beyond the last cell with text, merging is formatting alone.
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if (top, left) in covered or bottom < top or right < left:
            continue
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        covered.discard((top, left))
    out: list[list[tuple[str, int, int]]] = []
    for r in range(height):
        values = rows[r] if r < len(rows) else []
        line: list[tuple[str, int, int]] = []
        for c in range(width):
            if (r, c) not in covered:
                text = _text(values[c] if c < len(values) else "", (r, c), facts)
                line.append((text, *spans.get((r, c), (1, 1))))
        out.append(line)
    return out


def _text(value: _Value, place: tuple[int, int], facts: SheetFacts) -> str:
    """A value as the sheet shows it."""
    shown = facts.shown.get(place)
    if shown is not None:
        return shown
    if isinstance(value, str):
        return "\n".join(line for line in map(readable, value.splitlines()) if line != "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, facts.formats.get(place))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return str(value) if isinstance(value, timedelta) else value.isoformat()


def _number(value: float, code: str | None) -> str:
    """Without the noise of binary fractions: a sheet has 15 significant digits."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite():
        return str(value)
    text = formatted(number, code) if code is not None else None
    if text is not None:
        return text
    text = format(number + 0, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
