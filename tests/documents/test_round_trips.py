"""Tables with any spans, printed in several formats and read back; and files with bytes changed."""

from __future__ import annotations

import io
import random
import re

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A3
from reportlab.platypus import SimpleDocTemplate
from reportlab.platypus import Table as PrintedTable

from goicrawl.documents.document import Document
from goicrawl.documents.pdf import read_pdf
from goicrawl.documents.rtf import read_rtf
from goicrawl.documents.spreadsheet import read_xlsx
from goicrawl.documents.word import read_docx
from goicrawl.reading import parse_report
from tests.documents.office import saved
from tests.documents.test_pdf import FONT, RULED
from tests.documents.test_real_files import FILES, FOLDER

Place = tuple[int, int, int, int, str]
"""Row, column, rowspan, colspan, text."""
HEIGHT, WIDTH = 5, 4


@st.composite
def tables(draw: st.DrawFn) -> list[Place]:
    """A table of HEIGHT x WIDTH places cut into cells; no two cells have the same text."""
    free = {(r, c) for r in range(HEIGHT) for c in range(WIDTH)}
    out: list[Place] = []
    for r in range(HEIGHT):
        for c in range(WIDTH):
            if (r, c) not in free:
                continue
            widest = next((n for n in range(1, WIDTH - c) if (r, c + n) not in free), WIDTH - c)
            # A whole row or column of one merged cell leaves a program nothing to draw the others by.
            colspan = draw(st.integers(1, max(1, min(widest, WIDTH - 2))))
            rowspan = draw(st.integers(1, max(1, min(HEIGHT - r, HEIGHT - 2))))
            seats = {(r + i, c + j) for i in range(rowspan) for j in range(colspan)}
            out.append((r, c, rowspan, colspan, str(100 + 7 * len(out))))
            free -= seats
    return out


def whole(places: list[Place]) -> bool:
    """Whether each row and each column begins with a cell of its own: formats cannot say otherwise."""
    rows = {r + rowspan for r, _, rowspan, _, _ in places}
    columns = {c + colspan for _, c, _, colspan, _ in places}
    starts = {r for r, _, _, _, _ in places}, {c for _, c, _, _, _ in places}
    return (
        len(rows) == HEIGHT and len(columns) == WIDTH and len(starts[0]) == HEIGHT and len(starts[1]) == WIDTH
    )


def found(document: Document) -> set[Place]:
    assert len(document.grids) == 1
    return {
        (cell.row, cell.column, cell.rowspan, cell.colspan, cell.text) for cell in document.grids[0].cells
    }


def as_docx(places: list[Place]) -> bytes:
    file = docx.Document()
    table = file.add_table(HEIGHT, WIDTH)
    for r, c, rowspan, colspan, text in places:
        cell = table.cell(r, c)
        cell.text = text
        if rowspan > 1 or colspan > 1:
            cell.merge(table.cell(r + rowspan - 1, c + colspan - 1))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def as_xlsx(places: list[Place]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for r, c, rowspan, colspan, text in places:
        sheet.cell(r + 1, c + 1, int(text))
        if rowspan > 1 or colspan > 1:
            sheet.merge_cells(
                start_row=r + 1, start_column=c + 1, end_row=r + rowspan, end_column=c + colspan
            )
    return saved(book)


def as_pdf(places: list[Place]) -> bytes:
    lines = [["" for _ in range(WIDTH)] for _ in range(HEIGHT)]
    style: list[object] = [RULED, ("FONT", (0, 0), (-1, -1), FONT, 9)]
    for r, c, rowspan, colspan, text in places:
        lines[r][c] = text
        style.append(("SPAN", (c, r), (c + colspan - 1, r + rowspan - 1)))
    out = io.BytesIO()
    table = PrintedTable(lines, colWidths=[80] * WIDTH, rowHeights=[24] * HEIGHT, style=style)
    SimpleDocTemplate(out, pagesize=A3).build([table])
    return out.getvalue()


def as_rtf(places: list[Place]) -> bytes:
    seats = {(r + i, c): one for one in places for r, c, rowspan, _, _ in [one] for i in range(rowspan)}
    out = "{\\rtf1\\ansi "
    for r in range(HEIGHT):
        out += "\\trowd"
        texts = ""
        for (row, c), (top, _, rowspan, colspan, text) in sorted(seats.items()):
            if row == r:
                out += "" if rowspan == 1 else "\\clvmgf" if top == r else "\\clvmrg"
                out += f"\\cellx{1500 * (c + colspan)}"
                texts += f"\\pard\\intbl {text if top == r else ''}\\cell"
        out += f" {texts}\\row\n"
    return (out + "\\pard\\par}").encode()


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "rtf"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_tables_with_any_spans_are_read_back(kind: str, data: st.DataObject) -> None:
    places = data.draw(tables().filter(whole))
    write, read = {
        "docx": (as_docx, read_docx),
        "xlsx": (as_xlsx, read_xlsx),
        "pdf": (as_pdf, read_pdf),
        "rtf": (as_rtf, read_rtf),
    }[kind]
    assert found(read(write(places))) == set(places)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", FILES)
def test_changed_bytes_give_no_crash_and_no_other_number(name: str) -> None:
    whole_file = (FOLDER / name).read_bytes()
    right = {address: answer.value for address, answer in parse_report(whole_file).cells.items()}
    chance = random.Random(name)
    for _ in range(6):
        spoilt = bytearray(whole_file)
        kind = chance.choice(["flip", "cut", "double"])
        at = chance.randrange(100, len(spoilt) - 100)
        if kind == "flip":
            spoilt[at] ^= 1 << chance.randrange(8)
        elif kind == "cut":
            del spoilt[at:]
        else:
            spoilt[at:at] = spoilt[at : at + 40]
        report = parse_report(bytes(spoilt))
        other = {
            address: answer.value
            for address, answer in report.cells.items()
            if answer.value is not None and answer.value != right.get(address)
        }
        # One byte of an RTF file's or a DOC file's text may be a digit: then the file itself says so.
        assert len(other) <= (1 if re.search(r"\.(rtf|doc|xls)$", name) else 0), (kind, at, other)
