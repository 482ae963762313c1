"""Tables out of text that has lost them: a row counts only where all its figures are there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.extraction.report import Report
from tests.extraction.pages import (
    APPLICANTS,
    CARRIED,
    DOCUMENTS,
    FIGURES,
    GRANTED,
    NEW,
    ORGANIZATIONS,
    PARTLY,
    RESULTS,
    TITLE,
    codes,
    figures,
    read_text,
    reason,
    row_of,
)

SECTION = "三、收到和处理政府信息公开申请情况"
HEADS = ["申请人情况", "自然人", "法人或其他组织", "总计", *ORGANIZATIONS]
OTHER = [9, 8, 7, 6, 5, 4, 39]
NOTHING = [None] * 7
Line = str | int


def requests(*lines: Line) -> Report:
    return read_text(TITLE, SECTION, *HEADS, *lines)


def test_one_cell_a_line() -> None:
    report = requests(NEW, *FIGURES, CARRIED, *OTHER)
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER


@pytest.mark.parametrize("gap", [" ", "  ", "\u3000", "\xa0", "\n", "\n\n"])
def test_cells_run_together_in_one_line(gap: str) -> None:
    text = gap.join(map(str, [*HEADS, NEW, *FIGURES, CARRIED, *OTHER]))
    report = read_text(TITLE, SECTION, text)
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER


def test_the_first_figure_glued_to_its_label() -> None:
    report = requests(f"{NEW}1", *FIGURES[1:], f"{CARRIED}9", *OTHER[1:])
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER


def test_a_glued_figure_that_the_sum_does_not_bear_out_is_refused() -> None:
    report = requests(f"{NEW}11", *FIGURES[1:], CARRIED, *OTHER)
    assert row_of(report, "newly_received") == NOTHING
    assert row_of(report, "carried_over_in") == OTHER


def test_digits_run_together_only_where_their_sum_says_so() -> None:
    report = requests(NEW, "1020003", CARRIED, "1020004", GRANTED, *OTHER)
    assert row_of(report, "newly_received") == [1, 0, 2, 0, 0, 0, 3]
    assert row_of(report, "carried_over_in") == NOTHING


@pytest.mark.parametrize("lost", range(7))
def test_a_lost_figure_costs_its_row_and_no_other(lost: int) -> None:
    left = [value for n, value in enumerate(OTHER) if n != lost]
    report = requests(NEW, *FIGURES, CARRIED, *left, GRANTED, *FIGURES)
    assert row_of(report, "newly_received") == row_of(report, "granted") == FIGURES
    assert row_of(report, "carried_over_in") == NOTHING
    assert "carried_over_in" in reason(report, "cells_do_not_fit_heads")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_rows_with_any_number_of_figures_never_borrow(counts: list[int]) -> None:
    rows = [(NEW, "newly_received"), (CARRIED, "carried_over_in"), (GRANTED, "granted")]
    lines: list[Line] = []
    for (label, _), count in zip(rows, counts, strict=True):
        lines += [label, *range(100, 100 + count)]
    report = requests(*lines)
    for (_, row), count in zip(rows, counts, strict=True):
        read = row_of(report, row)
        assert read == NOTHING or (count == 7 and read == list(range(100, 107)))


@pytest.mark.parametrize("mark", ["1.", "1、", "（1）", "①", "1．", "1)"])
def test_numbering_of_the_next_row_is_no_figure(mark: str) -> None:
    report = requests(NEW, *FIGURES, f"{mark}属于国家秘密", *OTHER)
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "denied_state_secret") == OTHER


@pytest.mark.parametrize("cut", range(1, len(NEW)))
def test_a_label_wrapped_at_any_place(cut: int) -> None:
    report = requests(NEW[:cut], NEW[cut:], *FIGURES, CARRIED, *OTHER)
    assert row_of(report, "newly_received") == FIGURES


def test_a_page_break_between_figures() -> None:
    report = requests(NEW, *FIGURES[:3], "— 7 —", *FIGURES[3:], CARRIED, *OTHER)
    assert row_of(report, "newly_received") == FIGURES


def test_units_and_remarks_behind_figures() -> None:
    report = requests(NEW, *[part for value in FIGURES for part in (value, "件")], CARRIED, *OTHER)
    assert row_of(report, "newly_received") == FIGURES


def test_another_order_of_the_heads() -> None:
    report = read_text(
        TITLE, SECTION, "总计", *APPLICANTS[:-1], NEW, 21, 1, 2, 3, 4, 5, 6, CARRIED, 39, *OTHER[:-1]
    )
    assert row_of(report, "newly_received") == FIGURES


def test_without_heads_no_figure_is_read() -> None:
    assert figures(read_text(TITLE, SECTION, NEW, *FIGURES, CARRIED, *OTHER)) == {}


def test_prose_that_echoes_the_labels_gives_no_cell() -> None:
    report = read_text(
        TITLE,
        "本年新收政府信息公开申请12件，其中自然人10件，商业企业2件；",
        "予以公开 5 件，部分公开 3 件，不予公开 1 件。",
        "本年制发规章 1 件，行政规范性文件 5 件；",
        "作出行政许可决定 200 件、行政处罚 3 件，行政事业性收费 2 万元。",
        "行政复议 1 件，结果维持 1 件，结果纠正 0 件，其他结果 0 件，尚未审结 0 件，总计 1 件。",
        "自然人 商业企业 科研机构均可提出申请。",
    )
    assert figures(report) == {}


PROSE = "予以公开 88 件，部分公开 77 件；重复申请 66 件。"


def echoed() -> Report:
    last = ("四、结转下年度继续办理", *FIGURES)
    return read_text(TITLE, PROSE, SECTION, *HEADS, NEW, *FIGURES, GRANTED, *OTHER, *last, PROSE)


def test_prose_about_the_same_matter_before_and_behind_the_table() -> None:
    assert not {66, 77, 88} & set(figures(echoed()).values())


def test_prose_behind_a_table_costs_it_no_row() -> None:
    assert row_of(echoed(), "granted") == OTHER


def test_an_unknown_row_is_told() -> None:
    report = requests(NEW, *FIGURES, "其中：网络渠道", *OTHER, CARRIED, *OTHER)
    assert row_of(report, "newly_received") == FIGURES
    assert row_of(report, "carried_over_in") == OTHER
    assert "unknown_row" in codes(report)


def test_remedies_need_all_their_figures() -> None:
    heads = ["行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS]
    for count in (14, 15, 16):
        report = read_text(
            TITLE,
            "四、政府信息公开行政复议、行政诉讼情况",
            *heads,
            *range(30, 30 + count),
            "五、存在的主要问题",
        )
        assert len(figures(report, "remedies")) == (15 if count == 15 else 0)


def test_money_in_yuan_keeps_its_unit() -> None:
    report = read_text(
        TITLE,
        "二、主动公开政府信息情况",
        *DOCUMENTS,
        "规章",
        1,
        2,
        3,
        "行政规范性文件",
        4,
        5,
        6,
        "信息内容",
        "本年收费金额（单位：元）",
        "行政事业性收费",
        5000,
    )
    answer = report.cells.get("disclosure.administrative_fees.amount_wan_yuan")
    assert answer is None or answer.unit == "元"


def test_a_bare_page_number_in_place_of_a_blank_contradicts_the_sum() -> None:
    """Nobody can tell it from a figure by its look; the row's sum tells."""
    report = requests(NEW, *FIGURES, GRANTED, 1, 2, 3, 4, 5, 15, "7", PARTLY, *FIGURES)
    assert [finding.at for finding in report.findings if finding.rule == "R3"] == ["requests.granted.total"]


def test_heads_of_two_rows_without_their_groups_head() -> None:
    report = read_text(TITLE, SECTION, "自然人", "总计", *ORGANIZATIONS, NEW, *FIGURES, CARRIED, *OTHER)
    assert row_of(report, "newly_received") in (FIGURES, NOTHING)


def test_a_local_row_with_a_figure_too_few_does_not_end_the_table_in_silence() -> None:
    report = read_text(
        "虚构县2018年度政府信息公开工作年度报告",
        "指标名称",
        "计量单位",
        "2018年度",
        "历年累计",
        "主动公开信息数",
        "条",
        100,
        1000,
        "其中：1.网站公开",
        "条",
        90,
        900,
        "县档案馆查阅点公开",
        "条",
        5,
        "受理依申请公开信息总数",
        "条",
        9,
        90,
        "行政复议数",
        "件",
        0,
        0,
    )
    assert "statistics.requests_received.value" in report.cells or report.outcome == "partial"


@pytest.mark.parametrize("group", ["法人单位", "境外组织"])
def test_unknown_heads_are_told(group: str) -> None:
    report = read_text(
        TITLE,
        SECTION,
        "自然人",
        group,
        *ORGANIZATIONS,
        "总计",
        NEW,
        1,
        0,
        *FIGURES[1:],
        CARRIED,
        9,
        0,
        *OTHER[1:],
    )
    assert figures(report) == {}
    assert report.outcome == "partial"


CUT_HEADS = ("信息内容", "本年新", "本年新", "对外公开总数量")
ITEMS = (
    "信息内容",
    "上一年项目数量",
    "本年增/减",
    "处理决定数量",
    "行政处罚",
    7,
    8,
    9,
    "三、收到和处理政府信息公开申请情况",
)


def test_heads_of_which_a_copy_kept_the_first_line() -> None:
    report = read_text(TITLE, *CUT_HEADS, "规章", 1, 2, 3, "规范性文件", 4, 5, 6, *ITEMS)
    assert figures(report, "disclosure.rules") == {
        "newly_made": 1,
        "newly_disclosed": 2,
        "total_disclosed": 3,
    }
    told = [(one.rule, one.at) for one in report.findings if one.rule == "L1"]
    assert told == [("L1", "disclosure.newly_made"), ("L1", "disclosure.newly_disclosed")]


@pytest.mark.parametrize(
    "heads",
    [
        ("信息内容", "本年新", "本年新", "本年新"),
        ("信息内容", "本年新", "对外公开总数量", "本年新"),
        ("信息内容", "本年", "本年", "对外公开总数量"),
        ("信息内容", "本年新", "对外公开总数量"),
        ("信息内容", "本年新增", "本年新增", "对外公开总数量"),
    ],
)
def test_heads_cut_short_that_are_not_sure(heads: tuple[str, ...]) -> None:
    report = read_text(TITLE, *heads, "规章", 1, 2, 3, "规范性文件", 4, 5, 6, *ITEMS)
    assert figures(report, "disclosure.rules") == {}
    assert figures(report, "disclosure.penalties")["decisions"] == 9


def test_a_group_that_no_form_has_ends_no_table() -> None:
    lines = ["统计指标", "单位", "统计数", "一、主动公开情况", "——", "——"]
    rows = ["其中：主动公开规范性文件数", "条", 8, "制发规范性文件总数", "件", 9]
    strange = ["（二）通过不同渠道和方式公开政府信息的各种各样的情况", "——", "——"]
    more = ["1.政府公报公开政府信息数", "条", 51, "2.政府网站公开政府信息数", "条", 25364]
    report = read_text(TITLE, *lines, *rows, *strange, *more, "填报日期")
    assert figures(report, "statistics.normative_documents_issued") == {"value": 9}
    assert figures(report, "statistics.disclosed_website") == {"value": 25364}
