"""Whole tables as pages print them: small pages, one behaviour each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from goicrawl.reading import parse_report
from tests.extraction.pages import (
    APPLICANTS,
    CARRIED,
    DOCUMENTS,
    FIGURES,
    GRANTED,
    NEW,
    ORGANIZATIONS,
    PARTLY,
    Printed,
    codes,
    figures,
    official,
    read,
    reason,
    report_of,
    row_of,
    unread,
    wrong,
)
from tests.renderings import printing
from tests.renderings.figures import names

HEAD: list[Printed] = ["项目", *APPLICANTS]
OTHER = [9, 9, 9, 9, 9, 9, 54]


@pytest.mark.parametrize("name", names())
def test_the_official_page_is_read_whole(name: str) -> None:
    draft = official(name)
    report = report_of(draft)
    assert (report.outcome, report.form) == ("complete", draft.form.id)
    assert wrong(report, draft) == []
    assert {a for a in unread(report, draft) if draft.figures.cells[a] is not None} == set()


def test_rows_and_columns_go_by_their_labels_not_by_their_place() -> None:
    report = read([["项目", *APPLICANTS[::-1]], [CARRIED, *FIGURES[::-1]], [NEW, *OTHER[::-1]]])
    assert row_of(report, "carried_over_in") == FIGURES
    assert row_of(report, "newly_received") == OTHER


DEPARTMENTS: list[Sequence[Printed]] = [
    ["单位", "本年新收", "上年结转", "予以公开", "部分公开", "不予公开", "其他处理", "总计"],
    ["教育局", 1, 2, 3, 4, 5, 6, 21],
    ["公安局", 1, 0, 0, 0, 0, 0, 1],
    ["民政局", 0, 0, 0, 0, 0, 0, 0],
    ["总计", 2, 2, 3, 4, 5, 6, 22],
]


def test_a_table_of_departments_with_similar_heads_is_not_read() -> None:
    report = read([HEAD, [NEW, *FIGURES]], DEPARTMENTS)
    assert {address.rsplit(".", 1)[0] for address in figures(report)} == {"requests.newly_received"}


def test_a_short_table_of_departments_is_not_the_next_piece() -> None:
    report = read([HEAD, [NEW, *FIGURES]], [*DEPARTMENTS[:3], DEPARTMENTS[-1]])
    assert {address.rsplit(".", 1)[0] for address in figures(report)} == {"requests.newly_received"}


def test_a_table_turned_by_a_quarter_is_not_read_and_is_missed() -> None:
    names_ = [NEW, CARRIED, GRANTED, PARTLY]
    report = read([["申请人", *names_], *[[one, 1, 2, 3, 4] for one in APPLICANTS]])
    assert figures(report) == {}


def test_figures_of_two_years_under_the_same_heads_are_refused() -> None:
    report = read([["项目", *APPLICANTS, *APPLICANTS], [NEW, *FIGURES, *OTHER], [CARRIED, *FIGURES, *OTHER]])
    assert figures(report) == {}
    assert "column_heads_not_matched" in codes(report)


def test_a_second_table_with_other_figures_leaves_neither() -> None:
    report = read([HEAD, [NEW, *FIGURES]], "<p>其中市本级：</p>", [HEAD, [NEW, *OTHER]])
    assert row_of(report, "newly_received") == [None] * 7
    assert "printed_twice" in codes(report)


def test_a_second_table_with_the_same_figures_is_the_first_again() -> None:
    report = read([HEAD, [NEW, *FIGURES]], [HEAD, [NEW, *FIGURES]])
    assert row_of(report, "newly_received") == FIGURES
    assert "printed_twice" not in codes(report)


def test_two_tables_side_by_side_do_not_mix() -> None:
    report = read([[*DOCUMENTS, "信息内容", "本年处理决定数量"], ["规章", 1, 2, 3, "行政许可", 5]])
    assert figures(report, "disclosure.rules") == {"issued": 1, "repealed": 2, "in_force": 3}
    assert "disclosure.licensing.decisions" not in report.cells
    assert "no_such_cell" in codes(report)


def test_a_head_goes_on_over_the_next_piece() -> None:
    report = read([HEAD, [NEW, *FIGURES]], "<p>— 3 —</p>", [[CARRIED, *OTHER], [GRANTED, *FIGURES]])
    assert row_of(report, "carried_over_in") == OTHER
    assert row_of(report, "granted") == FIGURES


def test_a_piece_with_the_group_label_again_and_one_without() -> None:
    head: list[Printed] = [("项目", 1, 3), *APPLICANTS]
    first = [
        head,
        [(NEW, 1, 3), *FIGURES],
        [("三、本年度办理结果", 2, 1), (GRANTED, 1, 2), *FIGURES],
        [(PARTLY, 1, 2), *OTHER],
    ]
    with_label = [
        [("三、本年度办理结果（续）", 2, 1), ("（三）不予公开", 2, 1), "1.属于国家秘密", *OTHER],
        ["2.其他法律行政法规禁止公开", *FIGURES],
    ]
    without = [["1.属于国家秘密", *OTHER], ["2.其他法律行政法规禁止公开", *FIGURES]]
    for piece in (with_label, without):
        report = read(first, piece)
        assert row_of(report, "denied_state_secret") == OTHER
        assert row_of(report, "denied_prohibited_by_law") == FIGURES


def test_a_repeated_head_is_no_row() -> None:
    report = read([HEAD, [NEW, *FIGURES], HEAD, [CARRIED, *OTHER]])
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER
    assert not {"unknown_row", "row_without_label"} & codes(report)


def test_captions_and_notes_between_rows_do_no_harm() -> None:
    report = read(
        [
            HEAD,
            [NEW, *FIGURES],
            [("注：含网络申请3件", 1, 8)],
            [CARRIED, *OTHER],
            [("单位负责人：张三", 1, 8)],
        ]
    )
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER


def test_a_table_nobody_can_match_does_not_make_the_page_something_else() -> None:
    report = read(
        [
            ["指标名称", "计量单位", "2017年度", "2018年度"],
            ["主动公开信息数", "条", 1, 2],
            ["受理依申请公开信息总数", "条", 3, 4],
            ["对申请的答复总数", "条", 3, 4],
        ]
    )
    assert figures(report) == {}
    assert "column_heads_not_matched" in codes(report)


def test_a_page_whose_tables_are_all_refused_is_still_a_report() -> None:
    report = read(
        [
            ["指标名称", "计量单位", "2017年度", "2018年度"],
            ["主动公开信息数", "条", 1, 2],
            ["受理依申请公开信息总数", "条", 3, 4],
            ["对申请的答复总数", "条", 3, 4],
        ]
    )
    assert report.outcome == "partial"


def test_money_in_a_row_whose_unit_column_says_yuan() -> None:
    report = read(
        [
            ["统计指标", "单位", "统计数"],
            ["（一）收到申请数", "件", 5],
            ["1.当面申请数", "件", 5],
            ["（二）申请办结数", "件", 5],
            ["七、依申请公开信息收取的费用", "元", 5000],
        ]
    )
    answer = report.cells.get("statistics.request_fees_wan_yuan.value")
    assert answer is None or answer.unit == "元"


def test_a_fee_whose_unit_column_says_yuan() -> None:
    report = read([["信息内容", "单位", "本年收费金额"], ["行政事业性收费", "元", 5000]])
    answer = report.cells.get("disclosure.administrative_fees.amount_wan_yuan")
    assert answer is None or answer.unit == "元"


def test_heads_that_cannot_be_matched_are_not_read_in_the_forms_order() -> None:
    heads = [f"{name}（{n}）" for n, name in enumerate([*ORGANIZATIONS, "自然人", "总计"], 1)]
    report = read(
        [
            ["项目", *heads],
            [NEW, 1, 2, 0, 0, 0, 9, 12],
            [CARRIED, 0, 0, 0, 0, 0, 1, 1],
            [GRANTED, 1, 0, 0, 0, 0, 4, 5],
            [PARTLY, 0, 2, 0, 0, 0, 0, 2],
        ]
    )
    assert row_of(report, "newly_received") in ([9, 1, 2, 0, 0, 0, 12], [None] * 7)


@pytest.mark.parametrize("head", ["上年统计数", "累计数", "上年数"])
def test_an_unknown_head_over_the_only_column_is_refused(head: str) -> None:
    report = read(
        [
            ["统计指标", "单位", head],
            *[
                [name, "件", 5]
                for name in (
                    "（一）收到申请数",
                    "1.当面申请数",
                    "2.传真申请数",
                    "（二）申请办结数",
                    "1.按时办结数",
                    "2.延期办结数",
                )
            ],
        ]
    )
    assert figures(report) == {}
    assert reason(report, "column_heads_not_matched")


@pytest.mark.parametrize(
    "names_", [("教育局", "公安局", "总计"), ("1月", "2月", "总计"), ("当面", "其他", "总计")]
)
def test_a_table_by_department_month_or_channel_has_no_row_of_the_form(names_: tuple[str, ...]) -> None:
    rows: list[Sequence[Printed]] = [[name, *FIGURES] for name in names_]
    assert figures(read([["类别", *APPLICANTS], *rows])) == {}


def test_a_table_by_channel_beside_the_forms_own_takes_nothing_from_it() -> None:
    report = read(
        [HEAD, [NEW, *FIGURES], ["（七）总计", *FIGURES]],
        [["申请渠道", *APPLICANTS], ["当面", *FIGURES], ["其他", *OTHER], ["总计", *OTHER]],
    )
    assert row_of(report, "total_handled") == FIGURES
    assert row_of(report, "other_remaining") == [None] * 7


def test_a_sum_of_the_organizations_is_not_the_sum_of_all() -> None:
    report = read(
        [
            ["项目", "自然人", ("法人或其他组织", 1, 6)],
            ["", "", *ORGANIZATIONS, "小计"],
            [NEW, 1, 2, 3, 4, 5, 6, 20],
            [CARRIED, 1, 2, 3, 4, 5, 6, 20],
        ]
    )
    assert row_of(report, "newly_received")[-1] is None


def test_other_enterprises_are_no_commercial_enterprises() -> None:
    report = read([["项目", "自然人", "工业企业", *APPLICANTS[2:]], [NEW, *FIGURES]])
    assert row_of(report, "newly_received")[1] is None


def test_a_table_that_the_page_hides_is_told() -> None:
    shown = '<p>报告全文见附件。</p><a href="a.pdf">报告.pdf</a>'
    draft = official()
    text = (
        printing.page(draft)
        .replace("<body>", f'<body>{shown}<div style="display:none">')
        .replace("</body>", "</div></body>")
    )
    report = parse_report(text.encode(), media_type="text/html")
    assert report.cells == {} or report.reasons


@pytest.mark.parametrize("heads", [["总计"], ["件数"], ["年度", *APPLICANTS]])
def test_the_forms_rows_under_other_heads_are_told(heads: list[Printed]) -> None:
    rows: list[Sequence[Printed]] = [
        [label, *["本年"] * (len(heads) - 1), 5] for label in (NEW, CARRIED, GRANTED, PARTLY)
    ]
    report = read([["项目", *heads], *rows])
    assert report.outcome == "partial"
    assert {"column_heads_not_matched", "cells_do_not_fit_heads", "unknown_row"} & codes(report)


def test_all_tables_of_the_form_in_one() -> None:
    draft = official()
    first, *others = list(draft.tables())
    first.rows += [row for one in others for row in one.rows]
    draft.blocks = [block for block in draft.blocks if all(block is not one for one in others)]
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == set()
