"""Files that LibreOffice and Chromium wrote, beside what other libraries read in them."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pypdfium2
import pytest

from goicrawl.documents.document import Document
from goicrawl.documents.pdf import read_pdf
from goicrawl.documents.spreadsheet import read_xlsx
from goicrawl.documents.word import read_docx
from tests.documents.files.regenerate import FIGURES, FORM
from tests.documents.office import draft, problems_of

FOLDER = Path(__file__).parent / "files"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix not in (".md", ".py") and path.is_file())


def squeezed(text: object) -> str:
    return "".join(str(text).split()) if text is not None else ""


def words(document: Document) -> Counter[str]:
    """The texts of all cells, without spaces; blank ones are not counted."""
    return Counter(
        squeezed(cell.text) for grid in document.grids for cell in grid.cells if squeezed(cell.text) != ""
    )


def test_there_is_a_file_of_each_format() -> None:
    assert {name.rpartition(".")[2] for name in FILES} == {"doc", "docx", "pdf", "rtf", "xls", "xlsx"}


@pytest.mark.parametrize("name", FILES)
def test_every_cell_of_every_file(name: str) -> None:
    problems, report = problems_of((FOLDER / name).read_bytes(), draft(FIGURES, FORM))
    assert problems == []
    assert (report.outcome, report.reasons, len(report.cells)) == ("complete", (), 200)


def pages(data: bytes) -> list[bytes]:
    """A PDF's pages as files of their own: nothing goes on over a page break."""
    whole = pypdfium2.PdfDocument(data)
    out = []
    for number in range(len(whole)):
        one = pypdfium2.PdfDocument.new()
        one.import_pages(whole, [number])
        file = io.BytesIO()
        one.save(file)
        out.append(file.getvalue())
    return out


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".pdf")])
def test_pdf_cells_hold_what_pdfplumber_finds_in_them(name: str) -> None:
    compared = 0
    for data in pages((FOLDER / name).read_bytes()):
        document = read_pdf(data)
        with pdfplumber.open(io.BytesIO(data)) as opened:
            theirs = Counter(
                squeezed(text)
                for table in opened.pages[0].extract_tables()
                for row in table
                for text in row
                if squeezed(text) != ""
            )
        mine = words(document)
        # A row that the end of the page leaves open is none for pdfplumber.
        at_break = Counter(
            squeezed(cell.text)
            for grid in document.grids
            for cell in grid.cells
            if cell.row == 0 or cell.row + cell.rowspan == grid.height
        )
        assert theirs <= mine
        assert mine - theirs <= at_break
        compared += sum(theirs.values())
    assert compared > 250


def test_docx_grids_are_those_of_python_docx() -> None:
    data = (FOLDER / "libreoffice.docx").read_bytes()
    tables = docx.Document(io.BytesIO(data)).tables
    theirs = [[[squeezed(cell.text) for cell in row.cells] for row in table.rows] for table in tables]
    mine = [
        [["" if cell is None else squeezed(cell.text) for cell in row] for row in grid.expanded]
        for grid in read_docx(data).grids
    ]
    assert mine == theirs


def test_xlsx_cells_are_those_of_openpyxl() -> None:
    data = (FOLDER / "libreoffice.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    theirs = Counter(
        squeezed(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    document = read_xlsx(data)
    mine = words(document)
    mine.update(squeezed(paragraph.text) for paragraph in document.paragraphs if paragraph.level is None)
    assert mine == theirs
