"""The renderings' reports as Word files and spreadsheets, made with the libraries that others use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache

import docx
import openpyxl
from docx.document import Document as WordDocument

from goicrawl.documents.document import Document
from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.renderings.figures import load, names
from tests.renderings.grid import anchors, places
from tests.renderings.judge import Problem, compare
from tests.renderings.model import Draft, Para, Table
from tests.renderings.renderer import finish, prepare

EVERY = [(name, form) for form in ("f2021", "f2019", "f2014", "fujian2008") for name in names(form)]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def draft(name: str, form: str) -> Draft:
    return prepare(load(name), form, "official", 1)


def blocks(of: Draft) -> Iterator[Para | Table]:
    for block in [*of.head, *of.blocks]:
        assert isinstance(block, Para | Table)
        yield block


def problems_of(data: bytes, of: Draft) -> tuple[list[Problem], Report]:
    """What was read wrong or not at all of a report with these figures."""
    report = parse_report(data)
    rendering = finish(of, "", 1)
    problems = compare(report, rendering)
    missing = rendering.truth.keys() - report.cells.keys()
    problems += [Problem("missed", address, "not read") for address in missing]
    return problems, report


def word(of: Draft) -> bytes:
    """A DOCX file; cells are merged as in the official form."""
    file = docx.Document()
    for block in blocks(of):
        if isinstance(block, Table):
            add_table(file, block)
        elif block.level is not None:
            file.add_heading(block.text, block.level)
        else:
            file.add_paragraph(block.text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def add_table(file: WordDocument, table: Table) -> None:
    covered = places(table.rows)
    height, width = 1 + max(r for r, _ in covered), 1 + max(c for _, c in covered)
    drawn = file.add_table(height, width)
    cells = drawn._cells
    first = anchors(table.rows)
    for row in table.rows:
        for cell in row:
            top, left = first[id(cell)]
            cells[top * width + left].text = cell.text
    for row in table.rows:
        for cell in row:
            top, left = first[id(cell)]
            if cell.rowspan > 1 or cell.colspan > 1:
                last = (top + cell.rowspan - 1) * width + left + cell.colspan - 1
                cells[top * width + left].merge(cells[last])


def workbook(of: Draft, *, numbers: bool = True) -> openpyxl.Workbook:
    """One sheet for each table, with the paragraphs before it in its first column."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    count = 0
    for block in blocks(of):
        if isinstance(block, Para):
            sheet.cell(at, 1, block.text)
            at += 1
            continue
        if count:
            sheet = book.create_sheet(f"表{count}")
            at = 1
        count += 1
        first = anchors(block.rows)
        for row in block.rows:
            for cell in row:
                top, left = first[id(cell)]
                place = sheet.cell(at + top, left + 1)
                value: object = cell.text
                if numbers and cell.role == "value" and cell.text:
                    value = float(cell.text) if "." in cell.text else int(cell.text)
                place.value = None if value == "" else value
                if cell.rowspan > 1 or cell.colspan > 1:
                    last = (at + top + cell.rowspan - 1, left + cell.colspan)
                    sheet.merge_cells(
                        start_row=at + top, start_column=left + 1, end_row=last[0], end_column=last[1]
                    )
        at += len(block.rows)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_of(body: str, **more: str) -> bytes:
    """A package whose document's body is this markup; `more` are other parts of word/, by their name."""
    root = (
        f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        f"><w:body>{body}</w:body></w:document>"
    )
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "word/document.xml": root}
    parts |= {f"word/{name}.xml": text for name, text in more.items()}
    return zipped(parts)


def texts(document: Document) -> list[object]:
    """Paragraphs as their text, grids as their rows' texts."""
    out: list[object] = []
    for block in document.blocks:
        rows = getattr(block, "rows", None)
        out.append(block.text if rows is None else [[cell.text for cell in row] for row in rows])  # type: ignore[union-attr]
    return out
