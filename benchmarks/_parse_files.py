"""How fast files are read that LibreOffice and Chromium wrote, beside what other libraries take for them.

`python -m benchmarks.parse` runs it behind the pages. Beside `parse_report` stand, on the same bytes:

- pdfplumber: `extract_tables` of every page of a PDF.
- python-docx: every cell's text of every table of a DOCX.
- pandas: `read_excel` of every sheet of an XLSX (by openpyxl).

No library that reads the tables of a DOC is compared. The files are the tests' own, one report in every
format; before anything is measured, all must give the same cells.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from pathlib import Path

from goicrawl.reading import parse_report

FOLDER = Path(__file__).parents[1] / "tests" / "documents" / "files"
FILES = ("chromium.pdf", "libreoffice.pdf", "libreoffice.docx", "libreoffice.doc", "libreoffice.xlsx")
CELLS = 200


def files() -> list[tuple[str, bytes]]:
    """Name and bytes of each file; ends the benchmark if one is read otherwise than the others."""
    out: list[tuple[str, bytes]] = []
    known: dict[str, object] | None = None
    for name in FILES:
        data = (FOLDER / name).read_bytes()
        report = parse_report(data)
        cells: dict[str, object] = {address: answer.value for address, answer in report.cells.items()}
        if report.outcome != "complete" or len(cells) != CELLS or cells != (known or cells):
            raise SystemExit(f"{name}: {report.outcome}, {len(cells)} cells, {report.reasons}")
        known = cells
        out.append((name, data))
    return out


def readers_of(name: str) -> dict[str, Callable[[bytes], object]]:
    """What is compared for a file, by name; other libraries only where they are installed."""
    readers: dict[str, Callable[[bytes], object]] = {"goicrawl": parse_report}
    for kind, library, label, read in (
        ("pdf", "pdfplumber", "pdfplumber", _pdfplumber),
        ("docx", "docx", "python-docx", _python_docx),
        ("xlsx", "pandas", "pandas", _pandas),
    ):
        if name.endswith(f".{kind}"):
            try:
                importlib.import_module(library)
            except ImportError:
                print(f"{label}: skipped, it is not installed")
            else:
                readers[label] = read
    return readers


def _pdfplumber(data: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as opened:
        return [page.extract_tables() for page in opened.pages]


def _python_docx(data: bytes) -> object:
    import docx

    tables = docx.Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def _pandas(data: bytes) -> object:
    import pandas

    return pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None)
