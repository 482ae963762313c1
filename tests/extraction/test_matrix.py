"""Rows of figures under heads: what a row is, what only looks like one, and what is said of the rest."""

from __future__ import annotations

import pytest

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
    codes,
    figures,
    line_of,
    official,
    read,
    read_text,
    reason,
    report_of,
    row_of,
    unread,
    wrong,
)

HEAD: list[Printed] = ["项目", *APPLICANTS]
OTHER = [9, 9, 9, 9, 9, 9, 54]
NOTHING = [None] * 7


def test_a_group_printed_as_one_row_is_the_groups_own_row() -> None:
    draft = official("hongze_2024")
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert len(figures(report, "requests.other_handling")) == 7
    assert figures(report, "requests.other_remaining") == {}
    assert report.outcome == "complete"


def test_figures_beside_a_group_and_beside_its_rows_are_not_both_true() -> None:
    report = read(
        [HEAD, [NEW, *FIGURES], ["（六）其他处理", *OTHER], ["1.逾期不补正", *FIGURES], ["3.其他", *FIGURES]]
    )
    assert figures(report, "requests.other_handling") == {}
    assert row_of(report, "other_not_supplemented") == FIGURES
    assert "group_and_rows" in codes(report)


def test_a_group_label_over_its_rows_holds_no_figures() -> None:
    report = read(
        [
            HEAD,
            [("三、本年度办理结果", 1, 8)],
            [GRANTED, *FIGURES],
            ["（三）不予公开", *[""] * 7],
            ["1.属于国家秘密", *OTHER],
        ]
    )
    assert row_of(report, "granted") == FIGURES
    assert row_of(report, "denied_state_secret") == OTHER
    assert "unknown_row" not in codes(report)


def test_a_row_twice_with_the_same_figures_is_one_row() -> None:
    report = read([HEAD, [NEW, *FIGURES], [NEW, *FIGURES], [CARRIED, *OTHER]])
    assert row_of(report, "newly_received") == FIGURES


def test_a_row_twice_with_other_figures_keeps_what_both_say() -> None:
    report = read([HEAD, [NEW, *FIGURES], [NEW, *FIGURES[:-1], 22], [CARRIED, *OTHER]])
    assert row_of(report, "newly_received") == [*FIGURES[:-1], None]
    assert "requests.newly_received.total" in reason(report, "printed_twice")


def test_a_line_of_shares_is_no_row_of_figures() -> None:
    shares = ["占比", *["14.3%"] * 6, "100%"]
    report = read([HEAD, [NEW, *FIGURES], shares, [CARRIED, *OTHER], ["同比增长（%）", *["12.5"] * 7]])
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER
    assert len(figures(report)) == 14
    assert "unknown_row" in codes(report)


@pytest.mark.parametrize(
    "ordinals",
    [
        ["甲", 1, 2, 3, 4, 5, 6, 7],
        ["栏次", 1, 2, 3, 4, 5, 6, 7],
        ["", 1, 2, 3, 4, 5, 6, 7],
        [1, 2, 3, 4, 5, 6, 7, 8],
    ],
)
def test_a_line_that_numbers_the_columns_is_no_row(ordinals: list[Printed]) -> None:
    report = read([HEAD, ordinals, [NEW, *FIGURES], [CARRIED, *OTHER]])
    assert row_of(report, "newly_received") == FIGURES
    assert len(figures(report)) == 14
    assert not {"unknown_row", "row_without_label"} & codes(report)


def test_a_line_of_units_is_no_row() -> None:
    report = read([HEAD, ["", *["件"] * 7], [NEW, *FIGURES], [CARRIED, *OTHER]])
    assert row_of(report, "newly_received") == FIGURES
    assert len(figures(report)) == 14


def test_a_label_behind_its_figures_is_told() -> None:
    report = read([HEAD, [NEW, *FIGURES], [100, 200, 300, 400, 500, 600, 2100, CARRIED], [GRANTED, *OTHER]])
    assert row_of(report, "carried_over_in") == NOTHING
    assert row_of(report, "granted") == OTHER
    assert {"label_behind_figure", "label_out_of_place", "unknown_row"} & codes(report)


def test_a_label_behind_small_figures_is_told() -> None:
    report = read(
        [
            ["指标名称", "计量单位", "2018年度", "历年累计"],
            ["主动公开信息数", "条", 10, 90],
            [9, 90, "条", "受理依申请公开信息总数"],
            ["对申请的答复总数", "条", 9, 90],
            ["行政复议数", "件", 0, 0],
        ]
    )
    assert "statistics.requests_received.value" not in report.cells
    assert report.outcome == "partial"


def test_rows_in_another_order_keep_their_figures() -> None:
    report = read([HEAD, [PARTLY, *FIGURES], [CARRIED, *OTHER], [NEW, *FIGURES], [GRANTED, *OTHER]])
    assert row_of(report, "granted") == row_of(report, "carried_over_in") == OTHER
    assert row_of(report, "newly_received") == row_of(report, "partially_granted") == FIGURES


@pytest.mark.parametrize("lost", range(0, 25, 4))
def test_a_lost_row_is_missed_and_its_neighbours_stay(lost: int) -> None:
    draft = official()
    row = [a.split(".")[1] for a in draft.figures.cells if a.startswith("requests") and a.endswith(".total")][
        lost
    ]
    line = line_of(draft, f"requests.{row}.total")
    kept = [cell for cell in line if cell.role == "group"]
    for cell in line:
        if cell not in kept:
            cell.text = ""
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == addresses(row)
    assert row in reason(report, "cells_missing") or "blank" in {
        report.cells[a].kind for a in addresses(row) if a in report.cells
    }


def test_words_in_a_cell_are_kept_as_words() -> None:
    report = read([HEAD, [NEW, "详见附件", *FIGURES[1:]]])
    answer = report.cells["requests.newly_received.natural_person"]
    assert (answer.kind, answer.raw, answer.value) == ("text", "详见附件", None)
    assert ("V1", "requests.newly_received.natural_person") in {(f.rule, f.at) for f in report.findings}


def test_a_number_drawn_as_a_picture_is_no_blank() -> None:
    report = read([HEAD, [NEW, '<img src="5.gif">', *FIGURES[1:]]])
    assert report.cells["requests.newly_received.natural_person"].kind == "text"


def test_where_the_cells_stand() -> None:
    report = read("<p>表一</p>", [["a", "b"], ["c", "d"]], [HEAD, [NEW, *FIGURES]])
    places = [report.cells[f"requests.newly_received.{column}"].at for column in COLUMNS]
    assert places == [(1, 1, n) for n in range(1, 8)]


def test_a_table_of_pipes_whose_blanks_may_be_a_merged_figure() -> None:
    rows = [[NEW, *FIGURES], [CARRIED, 5, "", 3, 4, 5, 6, 23], [GRANTED, *FIGURES], [PARTLY, *FIGURES]]
    lines = ["|".join(["", *map(str, row), ""]) for row in [HEAD, ["---"] * 8, *rows]]
    report = read_text("虚构县2022年政府信息公开工作年度报告", *lines)
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == NOTHING
    assert "blank_cells_doubtful" in codes(report)


def test_the_documents_rows_stay_in_their_block() -> None:
    report = read([DOCUMENTS, ["规章", 1, 2, 3], ["行政规范性文件", 4, 5, 6]])
    assert figures(report) == {
        "disclosure.rules.issued": 1,
        "disclosure.rules.repealed": 2,
        "disclosure.rules.in_force": 3,
        "disclosure.normative_documents.issued": 4,
        "disclosure.normative_documents.repealed": 5,
        "disclosure.normative_documents.in_force": 6,
    }


MARKUP = {
    "a raised digit by style": '12<span style="vertical-align:super">1</span>',
    "a digit raised by points": '12<span style="position:relative;top:-5pt;mso-text-raise:5pt">1</span>',
    "a lowered digit by style": '12<span style="vertical-align:sub">1</span>',
    "a link to a note": '12<a href="#note1">1</a>',
    "text of no size": '12<span style="font-size:0">7</span>',
    "text that is not seen": '12<span style="opacity:0">7</span>',
    "text beside the page": '12<span style="position:absolute;left:-9999px">7</span>',
    "collapsed text": '12<span style="visibility:collapse">7</span>',
    "a closed dialog": "12<dialog>9</dialog>",
    "the reading of a ruby": "12<ruby><rt>3</rt></ruby>",
    "options of a field": '12<datalist id="a"><option value="3">3</option></datalist>',
}


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_what_is_no_part_of_a_figure_does_not_make_it_longer(markup: str) -> None:
    report = read([DOCUMENTS, ["规章", markup, 2, 3], ["行政规范性文件", 4, 5, 6]])
    answer = report.cells.get("disclosure.rules.issued")
    assert answer is None or answer.value in (None, 12)


FIELDS = {
    "a chosen option": "<select><option>4</option><option selected>5</option></select>",
    "a drawn digit": '<svg width="9" height="9"><text>5</text></svg>',
}


@pytest.mark.parametrize("markup", FIELDS.values(), ids=FIELDS)
def test_a_cell_of_which_only_a_part_can_be_read_gives_no_figure_and_no_blank(markup: str) -> None:
    report = read([DOCUMENTS, ["规章", markup, 2, 3], ["行政规范性文件", 4, 5, 6]])
    answer = report.cells.get("disclosure.rules.issued")
    assert answer is None or answer.kind == "text" or answer.value in (5, 12)


def test_a_figure_beside_a_picture_is_no_sure_figure() -> None:
    report = read([DOCUMENTS, ["规章", '1<img src="2.gif">', 2, 3], ["行政规范性文件", 4, 5, 6]])
    assert report.cells["disclosure.rules.issued"].kind == "text"
