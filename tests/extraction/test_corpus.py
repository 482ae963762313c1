"""Real reports beside the project: every cell of their truth, none wrong."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.extraction.pages import codes

Truth = dict[str, Any]


@cache
def read(folder: Path, name: str) -> Report:
    return parse_report((folder / name).read_bytes())


def truth(folder: Path, name: str) -> Truth:
    data: Truth = json.loads((folder / f"{name}.truth.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return data


def departures(report: Report, cells: dict[str, Any]) -> dict[str, Any]:
    """Cells of the report that are not the truth's."""
    return {
        address: (answer.raw, cells.get(address, "no such cell"))
        for address, answer in report.cells.items()
        if address not in cells or answer.value != cells[address]
    }


DOCUMENTS = {
    "kuancheng_office_2021": ("kuancheng_office_2021.txt", 200, "complete"),
    "hangzhou_2025_simplified": ("hangzhou_2025_simplified.html", 200, "complete"),
    "pingtan_2018_statform": ("pingtan_2018_statform.html", 30, "complete"),
    "pingtan_caijinju_2020": ("pingtan_caijinju_2020.page.txt", 198, "complete"),
    "shuyang_county_2025.ocr": ("shuyang_county_2025.ocr.md", 200, "partial"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_of_the_truth(corpus: Path, name: str) -> None:
    file, count, outcome = DOCUMENTS[name]
    report, true = read(corpus, file), truth(corpus, name)
    assert departures(report, true["cells"]) == {}
    assert report.cells.keys() == true["cells"].keys()
    assert len(report.cells) == count
    assert (report.form, report.report_year, report.outcome) == (true["form"], true["report_year"], outcome)


def test_the_office_of_kuancheng(corpus: Path) -> None:
    report = read(corpus, "kuancheng_office_2021.txt")
    assert (report.issuing_body, report.scope, report.region_code) == (
        "宽城满族自治县人民政府办公室",
        "organ",
        "130827",
    )
    head = report.metadata
    assert (head.index_number, head.subject_category) == ("13566001/2022-00330", "综合政务")
    assert (head.issuing_body, head.document_number, head.validity) == ("宽城县政府办", None, "有效")
    assert head.written_on == head.published_on == date(2022, 1, 31)
    assert report.period == (date(2021, 1, 1), date(2021, 12, 31))
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]
    errors = [(one.rule, one.at, one.left, one.right) for one in report.findings if one.severity == "error"]
    assert errors == [
        ("R2", "requests.total_handled.natural_person", 5, 4),
        ("R2", "requests.total_handled.total", 5, 4),
    ]


def test_the_printed_year_column_and_the_cumulative_one(corpus: Path) -> None:
    report = read(corpus, "pingtan_2018_statform.html")
    assert {address.rsplit(".", 1)[1] for address in report.cells} == {"value", "cumulative"}


def test_units_inside_cells_are_kept(corpus: Path) -> None:
    report = read(corpus, "pingtan_caijinju_2020.page.txt")
    projects, amount = (
        report.cells[f"disclosure.central_procurement.{name}"] for name in ("projects", "amount")
    )
    assert (projects.value, projects.unit) == (2, "笔")
    assert (amount.value, amount.unit) == (984361, "元")


def test_a_fragment_gives_what_it_has_and_tells_the_rest(corpus: Path) -> None:
    report = read(corpus, "pingtan_caijinju_2020_table2_fragment.html")
    true = truth(corpus, "pingtan_caijinju_2020")["cells"]
    assert departures(report, true) == {}
    assert len(report.cells) >= 12
    assert {address.split(".")[0] for address in report.cells} == {"disclosure"}
    assert report.outcome == "partial"
    assert {"table_missing", "cells_missing"} <= codes(report)


def test_wrong_heads_are_told_though_the_figures_are_right(corpus: Path) -> None:
    assert "column_heads_not_matched" in codes(read(corpus, "shuyang_county_2025.ocr.md"))


def test_a_list_page_is_no_report(corpus: Path) -> None:
    report = read(corpus, "pingtan_annual_report_list.html")
    assert report.outcome == "not_a_report"
    assert report.cells == {}
    assert report.reasons


@pytest.mark.parametrize("name", [file for file, _, _ in DOCUMENTS.values()])
def test_reading_twice_says_the_same(corpus: Path, name: str) -> None:
    data = (corpus / name).read_bytes()
    assert parse_report(data).to_dict() == read(corpus, name).to_dict()
