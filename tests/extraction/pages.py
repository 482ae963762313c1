"""Small pages written for one test each, and the official page to be damaged cell by cell."""

from __future__ import annotations

import html
from collections.abc import Sequence
from decimal import Decimal

from goicrawl import forms
from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.renderings import printing
from tests.renderings.figures import load
from tests.renderings.model import Cell, Draft
from tests.renderings.renderer import prepare

TITLE = "虚构县人民政府办公室2022年政府信息公开工作年度报告"
ORGANIZATIONS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
APPLICANTS = ["自然人", *ORGANIZATIONS, "总计"]
COLUMNS = tuple(column.id for column in forms.load()["f2021"].tables[1].columns)
FIGURES = [1, 2, 3, 4, 5, 6, 21]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"
GRANTED, PARTLY = "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
DOCUMENTS = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]

Printed = str | int | tuple[str | int, int, int]
"""A cell: its text, or (text, rowspan, colspan)."""


def table(rows: Sequence[Sequence[Printed]]) -> str:
    """Markup; the texts are taken as they are, so that a test may put markup into a cell."""
    out = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row]
        line = "".join(f'<td rowspan="{down}" colspan="{across}">{text}</td>' for text, down, across in cells)
        out.append(f"<tr>{line}</tr>")
    return f"<table>{''.join(out)}</table>"


def page(*parts: str | Sequence[Sequence[Printed]], title: str = TITLE) -> bytes:
    """A page of the title, markup as given and tables."""
    body = "".join(part if isinstance(part, str) else table(part) for part in parts)
    name = html.escape(title)
    return f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{body}</body></html>".encode()


def read(*parts: str | Sequence[Sequence[Printed]]) -> Report:
    return parse_report(page(*parts), media_type="text/html")


def read_text(*lines: object) -> Report:
    return parse_report("\n".join(map(str, lines)).encode(), media_type="text/plain")


def figures(report: Report, prefix: str = "") -> dict[str, int | Decimal | str | None]:
    """What was read under a prefix: the number, or the text where there is none."""
    return {
        address[len(prefix) :].lstrip("."): answer.raw if answer.value is None else answer.value
        for address, answer in report.cells.items()
        if address.startswith(prefix)
    }


def row_of(report: Report, row: str) -> list[int | Decimal | str | None]:
    """The figures of a row of the requests table in the form's order; None where none was read."""
    found = figures(report, f"requests.{row}")
    return [found.get(column) for column in COLUMNS]


def codes(report: Report) -> set[str]:
    """The codes of the reasons."""
    return {reason.split(":")[0] for reason in report.reasons}


def reason(report: Report, code: str) -> str:
    return next((text for text in report.reasons if text.startswith(f"{code}:")), "")


def official(name: str = "invented_distinct_f2021") -> Draft:
    """The official page of some figures, to be changed before it is printed."""
    chosen = load(name)
    return prepare(chosen, chosen.form, "official", 0)


def line_of(draft: Draft, address: str) -> list[Cell]:
    """The row of cells that prints an address."""
    for one in draft.tables():
        for row in one.rows:
            if any(cell.address == address for cell in row):
                return row
    raise KeyError(address)


def cell_of(draft: Draft, address: str) -> Cell:
    return next(cell for cell in line_of(draft, address) if cell.address == address)


def label_of(draft: Draft, row: str) -> Cell:
    """The cell with the label of a row of the requests table."""
    return next(cell for cell in draft.cells("label", "group") if cell.key == row)


def report_of(draft: Draft) -> Report:
    return parse_report(printing.page(draft).encode(), media_type="text/html")


def wrong(report: Report, draft: Draft) -> list[str]:
    """Cells that were read as another number than the page prints there."""
    true = draft.figures.cells
    return [
        f"{address}: {answer.raw!r} for {true.get(address)}"
        for address, answer in report.cells.items()
        if answer.value is not None and true.get(address) != answer.value
    ]


def unread(report: Report, draft: Draft) -> set[str]:
    """Addresses of the page that have no number in the report."""
    return {a for a in draft.figures.cells if a not in report.cells or report.cells[a].value is None}


def addresses(row: str) -> set[str]:
    return {f"requests.{row}.{column}" for column in COLUMNS}
