"""Spreadsheets: the figures of whole reports, and what a sheet shows of each kind of value."""

from __future__ import annotations

import io
import struct
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from goicrawl.documents.document import Document
from goicrawl.documents.formats import sniff
from goicrawl.documents.sheet_facts import formatted
from goicrawl.documents.spreadsheet import read_xls, read_xlsx
from goicrawl.reading import parse_report
from tests.documents.containers import record, xls, xls_label, xls_merged, xls_number, xls_sheet
from tests.documents.office import EVERY, draft, problems_of, saved, texts, workbook, zipped
from tests.renderings.model import Table


@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize(("name", "form"), EVERY)
def test_every_figure_of_a_report_is_read(name: str, form: str, numbers: bool) -> None:
    data = saved(workbook(draft(name, form), numbers=numbers))
    problems, report = problems_of(data, draft(name, form))
    assert problems == []
    assert (report.outcome, report.reasons) == ("complete", ())


def sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = "表"
    return book, book.active


def read(book: openpyxl.Workbook) -> Document:
    document = read_xlsx(saved(book))
    assert document.problems == ()
    return document


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (5, "General", "5"),
        (5.0, "General", "5"),
        (0, "General", "0"),
        (-0.0, "General", "0"),
        (None, "General", ""),
        ("", "General", ""),
        ("　", "General", ""),
        (0.1 + 0.2, "General", "0.3"),
        (96171.6, "General", "96171.6"),
        (3985758, "General", "3985758"),
        (100, "General", "100"),
        (1e20, "General", "100000000000000000000"),
        (1.5e-7, "General", "0.00000015"),
        (12.345, "0.00", "12.35"),
        (12, "0.00_ ", "12.00"),
        (3985758, "#,##0", "3985758"),
        (0.253, "0.0%", "25.3%"),
        (0.25, "0%", "25%"),
        (5.4, '0"件"', "5.4"),
        (date(2024, 1, 2), "yyyy-mm-dd", "2024-01-02"),
        (datetime.fromisoformat("2024-01-02T03:04:05"), "yyyy-mm-dd h:mm", "2024-01-02 03:04:05"),
        (time(3, 4), "h:mm", "03:04:00"),
        (True, "General", "TRUE"),
        ("规章\n 甲 ", "General", "规章\n甲"),
        ("/", "General", "/"),
        ("5.0", "General", "5.0"),
    ],
)
def test_what_a_cell_shows(value: object, code: str, shown: str) -> None:
    book, one = sheet()
    for column, content in enumerate(("a", value, "b"), 1):
        one.cell(1, column).value = content  # type: ignore[assignment]
    one["B1"].number_format = code
    assert texts(read(book)) == ["表", [["a", shown, "b"]]]


def test_errors_and_formulas_without_a_result_are_no_blanks() -> None:
    book, one = sheet()
    one.append(["a", "=1+1", "#REF!"])
    one["C1"].data_type = "e"
    document = read_xlsx(saved(book))
    assert texts(document) == ["表", [["a", "[formula]", "#REF!"]]]
    assert [problem.partition(":")[0] for problem in document.problems] == ["formula_not_computed"]


def test_merged_ranges() -> None:
    book, one = sheet()
    one.append(["甲", "乙", None, None])
    one.append([None, 1, 2, None])
    one.append(["丙", 3, None, None])
    for merged in ("A1:A2", "B1:C1", "B3:D3", "F9:G10"):
        one.merge_cells(merged)
    (grid,) = read(book).grids
    found = [(cell.text, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in grid.cells]
    assert found == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
        ("丙", 2, 0, 1, 1),
        ("3", 2, 1, 1, 2),
    ]


def test_every_sheet_that_is_shown_is_read_under_its_name() -> None:
    book, one = sheet()
    one.append(["a", 1])
    book.create_sheet("空")
    hidden = book.create_sheet("草稿")
    hidden.append(["x", 9])
    hidden.sheet_state = "hidden"
    book.create_sheet("二").append(["b", 2])
    assert texts(read(book)) == ["表", [["a", "1"]], "二", [["b", "2"]]]


def test_lines_above_and_below_a_table_are_text() -> None:
    book, one = sheet()
    for row in (
        ["标题"],
        [],
        ["甲", "乙"],
        ["规章", 1],
        ["罚款", None],
        [],
        ["填报日期：2024年1月"],
        ["字" * 80],
    ):
        one.append(row)  # type: ignore[arg-type]
    assert texts(read(book)) == [
        "表",
        "标题",
        [["甲", "乙"], ["规章", "1"], ["罚款", ""], ["", ""]],
        "填报日期：2024年1月",
        "字" * 80,
    ]


def test_a_sheet_that_begins_further_in() -> None:
    book, one = sheet()
    one["C4"], one["D4"] = "a", 1
    (grid,) = read(book).grids
    assert [(cell.text, cell.column) for cell in grid.cells] == [("", 0), ("", 1), ("a", 2), ("1", 3)]


def test_a_sheet_as_large_as_can_be_is_not_laid_out() -> None:
    book, one = sheet()
    one["A1"], one["XFD1048576"] = "a", 1
    document = read_xlsx(saved(book))
    assert [problem.partition(":")[0] for problem in document.problems] == ["table_too_large"]


def test_formats_far_below_the_last_cell_do_no_harm() -> None:
    book, one = sheet()
    one.append(["a", 1])
    one["XFD1048576"].number_format = "0.00"
    assert texts(read(book)) == ["表", [["a", "1"]]]


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_every_figure_of_a_binary_workbook_is_read(name: str, form: str) -> None:
    tables = [block for block in draft(name, form).blocks if isinstance(block, Table)]
    data = xls({f"表{n}": xls_sheet(table) for n, table in enumerate(tables)})
    report = parse_report(data)
    assert sniff(data) == "xls"
    truth = {address: one.value for address, one in draft(name, form).expected.items()}
    read = {address: answer.value for address, answer in report.cells.items()}
    assert read == truth
    assert report.form == form


def test_what_a_cell_of_a_binary_workbook_shows() -> None:
    formats = record(0x41E, struct.pack("<HHB", 170, 5, 0) + b"0.00%")
    styles = b"".join(record(0xE0, struct.pack("<HH", 0, number).ljust(20, b"\0")) for number in (0, 2, 170))
    records = xls_label(0, 0, "a") + xls_number(0, 1, 5.0) + xls_number(0, 2, 1.005, 1)
    records += xls_number(0, 3, 0.253, 2)
    records += record(0x205, struct.pack("<HHHBB", 0, 4, 0, 0x17, 1))
    records += record(0x205, struct.pack("<HHHBB", 0, 5, 0, 1, 0))
    records += record(0x06, struct.pack("<HHHBxB3xHHIH", 0, 6, 0, 2, 7, 0xFFFF, 0, 0, 3) + b"\x1e\1\0")
    document = read_xls(xls({"表": records}, formats + styles))
    assert document.problems == ()
    assert texts(document) == ["表", [["a", "5", "1.01", "25.30%", "#REF!", "TRUE", "#DIV/0!"]]]


def test_a_locked_workbook() -> None:
    document = read_xls(xls({"表": b""}, record(0x2F, b"\0" * 54)))
    assert document.problems == ("encrypted: the workbook is protected by a password",)


@pytest.mark.parametrize(
    "records",
    [xls_number(65535, 65535, 1.0), record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))],
)
def test_a_binary_sheet_as_large_as_can_be_is_not_laid_out(records: bytes) -> None:
    document = read_xls(xls({"表": xls_number(0, 0, 1.0) + records}))
    assert [problem.partition(":")[0] for problem in document.problems] == ["table_too_large"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=30))
def test_damaged_binary_workbooks_never_raise(at: int, noise: bytes) -> None:
    data = xls({"表": xls_label(0, 0, "规章") + xls_number(0, 1, 1.0) + xls_merged((0, 1, 0, 0))})
    read_xls(data[:at] + noise + data[at + len(noise) :])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"xl/workbook.xml": "<workbook>"}), "damaged_file"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "damaged_file"),
        (zipped({"xl/workbook.xml": b" " * (5 * 1024 * 1024)}), "zip_bomb"),
        (zipped({"xl/workbook.bin": b"x"}), "format_not_read"),
        (b"PK\x03\x04xl/workbook.xml", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
    ],
)
def test_what_cannot_be_read_has_a_code(data: bytes, code: str) -> None:
    document = read_xlsx(data)
    assert ([problem.partition(":")[0] for problem in document.problems], document.blocks) == ([code], ())
    report = parse_report(data)
    if not data.startswith(b"\xd0"):
        assert (report.outcome, report.reasons[0].partition(":")[0]) == ("attachment_only", code)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600))
def test_random_bytes_after_the_signature_never_raise(data: bytes) -> None:
    assert read_xlsx(b"PK\x03\x04xl/workbook.xml" + data).problems != ()
    assert read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data).problems != ()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 5000))
def test_damaged_workbooks_never_raise(noise: bytes, at: int) -> None:
    data = saved(_small())
    read_xlsx(data[:at] + noise + data[at + len(noise) :])
    with io.BytesIO(data) as file:
        openpyxl.load_workbook(file)


def _small() -> openpyxl.Workbook:
    book, one = sheet()
    one.append(["规章", 1])
    return book


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6), st.sampled_from(["0", "0.00", "0.0%"]))
def test_a_formatted_number_is_as_near_as_its_decimals_allow(value: Decimal, code: str) -> None:
    text = formatted(value, code)
    assert text is not None
    percent = text.endswith("%")
    shown = Decimal(text.rstrip("%")) / (100 if percent else 1)
    assert abs(shown - value) <= Decimal({"0": "0.5", "0.00": "0.005", "0.0%": "0.0005"}[code])
