"""Which column each figure of a row answers: by count, by place, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goicrawl.documents.document import GridBuilder
from goicrawl.extraction.columns import Fitted, fit
from goicrawl.extraction.heads import read_heads
from goicrawl.extraction.label_index import siblings
from tests.extraction.pages import (
    APPLICANTS,
    CARRIED,
    COLUMNS,
    DOCUMENTS,
    FIGURES,
    GRANTED,
    NEW,
    PARTLY,
    Printed,
    addresses,
    cell_of,
    codes,
    figures,
    line_of,
    official,
    read,
    report_of,
    row_of,
    unread,
    wrong,
)
from tests.renderings.model import Cell

HEAD: list[Printed] = ["项目", *APPLICANTS]
NOTHING = [None] * 7
ADDRESS = "requests.granted.commercial_enterprise"


def fitted(values: list[tuple[str, int, int]]) -> Fitted | str:
    """A row of these cells behind a label, under the seven heads of the requests table."""
    builder = GridBuilder()
    builder.row([(str(text), 1, 1) for text in HEAD])
    builder.row([(NEW, 1, 1), *values])
    grid = builder.grid()
    heads = read_heads(grid.rows[:1], siblings("requests")[0])
    assert heads is not None
    return fit(grid.rows[1][1:], heads, grid, 1, local=True)


def test_as_many_cells_as_heads_go_by_order() -> None:
    found = fitted([(str(n), 1, 1) for n in range(7)])
    assert isinstance(found, Fitted)
    assert [(column, cell.text) for column, cell in found.cells] == [
        (c, str(n)) for n, c in enumerate(COLUMNS)
    ]


@given(st.lists(st.integers(1, 3), min_size=7, max_size=7))
def test_spans_never_move_a_figure(spans: list[int]) -> None:
    found = fitted([(str(n), 1, span) for n, span in enumerate(spans)])
    if isinstance(found, str):
        assert max(spans) > 1
    else:
        assert all(column == COLUMNS[int(cell.text)] for column, cell in found.cells)


@given(st.integers(1, 7), st.data())
def test_a_merged_cell_answers_no_column_of_its_own(width: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 7 - width))
    cells = [(str(n), 1, 1) for n in range(7)]
    cells[at : at + width] = [("8", 1, width)]
    found = fitted(cells)
    assert isinstance(found, Fitted)
    merged = COLUMNS[at : at + width] if width > 1 else ()
    assert tuple(found.merged) == merged
    assert {column for column, _ in found.cells} == set(COLUMNS) - set(merged)


@given(st.integers(0, 6))
def test_a_row_with_a_cell_too_few_is_left_out(lost: int) -> None:
    assert isinstance(fitted([(str(n), 1, 1) for n in range(7) if n != lost]), str)


@given(st.integers(8, 12))
def test_a_row_with_figures_too_many_is_left_out(count: int) -> None:
    assert isinstance(fitted([(str(n), 1, 1) for n in range(count)]), str)


@pytest.mark.parametrize("address", ["requests.granted.natural_person", ADDRESS, "requests.granted.total"])
def test_a_missing_cell_costs_its_row_and_no_other(address: str) -> None:
    draft = official()
    line = line_of(draft, address)
    line.remove(cell_of(draft, address))
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == addresses("granted")
    assert "cells_do_not_fit_heads" in codes(report)


@pytest.mark.parametrize("text", ["0", "", "8", "件"])
@pytest.mark.parametrize("at", [0, 3, 7])
def test_an_extra_cell_shifts_nothing(text: str, at: int) -> None:
    draft = official()
    line = line_of(draft, ADDRESS)
    first = next(n for n, cell in enumerate(line) if cell.role == "value")
    line.insert(first + at, Cell(text, "filler"))
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) <= addresses("granted")


def test_a_blank_before_the_first_figure_and_the_last_one_lost() -> None:
    draft = official()
    line = line_of(draft, ADDRESS)
    first = next(n for n, cell in enumerate(line) if cell.role == "value")
    line.insert(first, Cell("", "filler"))
    line.pop()
    report = report_of(draft)
    assert [text for text in wrong(report, draft) if ".granted." not in text] == []


def test_one_figure_across_two_columns_is_nobodys() -> None:
    draft = official()
    line = line_of(draft, ADDRESS)
    cell_of(draft, ADDRESS).colspan = 2
    line.remove(cell_of(draft, "requests.granted.research_institution"))
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == {ADDRESS, "requests.granted.research_institution"}
    assert "merged_cell" in codes(report)


def test_one_figure_across_two_rows_is_nobodys() -> None:
    draft = official()
    below = ADDRESS.replace("granted", "partially_granted")
    cell_of(draft, ADDRESS).rowspan = 2
    line_of(draft, below).remove(cell_of(draft, below))
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == {ADDRESS, below}


def test_head_and_figures_that_share_the_width_differently() -> None:
    report = read(
        [
            [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 2), ("现行有效件数", 1, 1)],
            [("规章", 1, 2), (1, 1, 1), (2, 1, 1), (3, 1, 1)],
            [("行政规范性文件", 1, 1), (4, 1, 2), (5, 1, 1), (6, 1, 1)],
        ]
    )
    assert figures(report, "disclosure.rules") == {"issued": 1, "repealed": 2, "in_force": 3}
    assert figures(report, "disclosure.normative_documents") == {"issued": 4, "repealed": 5, "in_force": 6}


def test_a_serial_column_before_the_labels() -> None:
    report = read([["序号", *HEAD], [1, NEW, *FIGURES], [2, CARRIED, *FIGURES]])
    assert row_of(report, "newly_received") == row_of(report, "carried_over_in") == FIGURES


def test_a_column_of_numbers_behind_the_labels_is_no_answer() -> None:
    report = read([["项目", "行次", *APPLICANTS], [NEW, 1, *FIGURES], [CARRIED, 2, *FIGURES]])
    assert row_of(report, "newly_received") in (FIGURES, NOTHING)


def test_a_unit_column_is_no_answer() -> None:
    report = read([["项目", "单位", *APPLICANTS], [NEW, "件", *FIGURES], [CARRIED, "件", *FIGURES]])
    assert row_of(report, "newly_received") == row_of(report, "carried_over_in") == FIGURES


def test_a_blank_is_no_zero_and_a_stroke_no_blank() -> None:
    report = read([HEAD, [NEW, "", "/", "—", "\u3000", "无", 0, 0]])
    found = {address: answer.kind for address, answer in report.cells.items()}
    kinds = ["blank", "slash", "slash", "blank", "text", "number", "number"]
    assert [found[f"requests.newly_received.{column}"] for column in COLUMNS] == kinds


@pytest.mark.parametrize("group", ["法人或其他组织", ""])
def test_a_column_whose_head_is_not_there_does_not_shift_the_others(group: str) -> None:
    report = read(
        [["项目", "自然人", group, "总计"], [NEW, "", 5, 5], [CARRIED, "", 3, 3], [GRANTED, "", 4, 4]]
    )
    assert row_of(report, "newly_received")[0] in (None, "")


def test_a_lost_cell_in_a_table_with_a_blank_last_column() -> None:
    full: list[list[Printed]] = [[label, *FIGURES, ""] for label in (NEW, GRANTED, PARTLY)]
    short: list[Printed] = [CARRIED, 1, 2, 3, 5, 6, 17, ""]
    report = read([[*HEAD, ""], full[0], short, *full[1:]])
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == NOTHING


@pytest.mark.parametrize("row", [[1, 2, 3, 5, 6, 17, ""], [("3", 1, 2), 3, 4, 5, 6, 21, ""]])
def test_a_short_row_is_told_by_the_rows_around_it(row: list[Printed]) -> None:
    full: list[list[Printed]] = [[label, *FIGURES, ""] for label in (NEW, GRANTED, PARTLY)]
    report = read([HEAD, full[0], [CARRIED, *row], *full[1:]])
    assert row_of(report, "carried_over_in") in (NOTHING, [None, None, 3, 4, 5, 6, 21])


def test_a_merged_cell_and_one_too_many() -> None:
    merged: list[Printed] = [CARRIED, ("3", 1, 2), 3, 4, 5, 6, 21, 9]
    report = read([HEAD, [NEW, *FIGURES], merged, [GRANTED, *FIGURES]])
    assert row_of(report, "carried_over_in") in (NOTHING, [None, None, 3, 4, 5, 6, 21])


def test_a_serial_number_is_no_figure_where_one_is_lost() -> None:
    report = read(
        [
            ["项目", "行次", *APPLICANTS],
            [NEW, 1, *FIGURES],
            [CARRIED, 2, 1, 2, 3, 4, 5, 21],
            [GRANTED, 3, *FIGURES],
        ]
    )
    assert row_of(report, "carried_over_in") == NOTHING


def test_a_serial_number_is_not_the_only_figure() -> None:
    rows: list[list[Printed]] = [["规章", 1, 2, 3], ["信息内容", "行次", "本年处理决定数量"], ["行政许可", 1]]
    report = read([DOCUMENTS, *rows])
    assert figures(report, "disclosure.licensing") == {}


def test_a_lost_figure_before_two_blank_last_columns() -> None:
    report = read(
        [
            ["指标名称", "计量单位", "2018年度", "历年累计", "", ""],
            ["主动公开信息数", "条", 100, 1000, "", ""],
            ["受理依申请公开信息总数", "条", 90, "", ""],
            ["对申请的答复总数", "条", 9, 90, "", ""],
            ["行政复议数", "件", 0, 0, "", ""],
        ]
    )
    assert figures(report, "statistics.requests_received") == {}
    assert report.outcome == "partial"


def test_a_lost_only_figure_before_a_blank_last_column_is_no_blank() -> None:
    report = read(
        [
            ["统计指标", "单位", "统计数", ""],
            ["（一）收到申请数", "件", 5, ""],
            ["1.当面申请数", "件", ""],
            ["（二）申请办结数", "件", 6, ""],
        ]
    )
    assert figures(report, "statistics.requests_in_person") == {}


BLANK_END = "a blank cell behind the last head makes up for a merged or a lost figure"


def test_a_merged_figure_before_a_blank_last_column() -> None:
    report = read(
        [[*DOCUMENTS, ""], ["规章", ("1", 1, 2), 3, ""], ["行政规范性文件", 4, 5, 6, ""]],
    )
    assert figures(report, "disclosure.rules") in ({}, {"in_force": 3})


def test_a_merged_figure_before_two_blank_last_columns() -> None:
    rows: list[list[Printed]] = [[label, *FIGURES, "", ""] for label in (NEW, GRANTED, PARTLY)]
    merged: list[Printed] = [CARRIED, 1, 2, ("3", 1, 2), 5, 6, 17, "", ""]
    report = read([[*HEAD, "", ""], rows[0], merged, *rows[1:]])
    assert row_of(report, "carried_over_in") in (NOTHING, [1, 2, None, None, 5, 6, 17])


UNIT_ROWS: list[list[Printed]] = [
    ["指标名称", "计量单位", "2018年度", "历年累计"],
    ["主动公开信息数", "条", 100, 1000],
    ["对申请的答复总数", "条", 9, 90],
    ["行政复议数", "件", 0, 0],
]


def test_a_unit_is_no_answer_where_a_figure_is_lost() -> None:
    report = read([*UNIT_ROWS, [("受理依申请公开信息总数", 1, 2), "条", 90]])
    assert figures(report, "statistics.requests_received") == {}


def test_a_piece_of_a_table_whose_former_piece_had_a_cell_too_many() -> None:
    report = read(
        [*UNIT_ROWS[:2], ["对申请的答复总数", "条", 9, "", 90]],
        [["行政复议数", "件", 7, 0], ["行政申诉数", "条", 5, ""]],
    )
    assert figures(report, "statistics.administrative_appeals") in ({}, {"value": 5, "cumulative": ""})
    assert figures(report, "statistics.reconsideration_total") in ({}, {"value": 7, "cumulative": 0})
