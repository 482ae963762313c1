"""Which form the tables are of, and what of it is not there."""

from __future__ import annotations

import pytest

from tests.extraction.pages import (
    APPLICANTS,
    DOCUMENTS,
    FIGURES,
    NEW,
    codes,
    figures,
    official,
    read,
    reason,
    report_of,
)
from tests.renderings.figures import load, names


@pytest.mark.parametrize("name", names())
def test_the_form_is_told_by_the_tables(name: str) -> None:
    assert report_of(official(name)).form == load(name).form


def test_the_form_is_not_told_by_the_year() -> None:
    draft = official("pingtan_2019")
    for block in draft.blocks:
        if hasattr(block, "text"):
            block.text = block.text.replace("2019", "2023").replace("2020", "2024")
    draft.title = draft.title.replace("2019", "2023")
    report = report_of(draft)
    assert (report.form, report.report_year) == ("f2019", 2023)


@pytest.mark.parametrize("gone", ["disclosure", "requests", "remedies"])
def test_a_table_that_is_not_there_is_missed(gone: str) -> None:
    draft = official()
    draft.blocks = [block for block in draft.blocks if getattr(block, "id", "") != gone]
    report = report_of(draft)
    assert report.outcome == "partial"
    assert report.form == "f2021"
    assert reason(report, "table_missing") == f"table_missing: {gone}"
    assert figures(report, gone) == {}


def test_rows_that_are_not_there_are_missed() -> None:
    report = read([DOCUMENTS, ["规章", 1, 2, 3]], [["项目", *APPLICANTS], [NEW, *FIGURES]])
    missing = [text for text in report.reasons if text.startswith("cells_missing")]
    assert "normative_documents" in missing[0]
    assert "carried_over_in" in missing[0]
    assert "newly_received" not in missing[0]


def test_a_local_annex_need_not_print_every_row() -> None:
    report = report_of(official("pingtan_2018"))
    assert report.outcome == "complete"
    assert report.reasons == ()


def test_no_table_no_form() -> None:
    report = read("<p>没有表格。</p>")
    assert report.form is None
    assert report.cells == {}


def test_a_row_of_the_older_form_in_the_newer_is_read_and_told() -> None:
    draft = official()
    table = next(draft.tables("disclosure"))
    at = next(n for n, row in enumerate(table.rows) if row[0].key == "licensing")
    line = [cell.copy() for cell in table.rows[at]]
    line[0].text = "其他对外管理服务事项"
    line[1].text = "33"
    line[1].address = None
    table.rows.insert(at + 1, line)
    report = report_of(draft)
    assert report.form == "f2021"
    assert report.outcome == "partial"
    assert {"cell_of_another_form", "unknown_row"} & codes(report)
    assert figures(report, "disclosure.licensing") == {
        "decisions": load("invented_distinct_f2021").cells["disclosure.licensing.decisions"]
    }
