"""Which row of a form a printed label names, and which labels name none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goicrawl import forms
from goicrawl.extraction.label_index import siblings
from goicrawl.extraction.row_labels import finder_of, is_serial
from goicrawl.forms import Row
from tests.extraction.pages import (
    APPLICANTS,
    CARRIED,
    DOCUMENTS,
    FIGURES,
    GRANTED,
    NEW,
    PARTLY,
    Printed,
    addresses,
    codes,
    figures,
    label_of,
    official,
    read,
    report_of,
    row_of,
    unread,
    wrong,
)

HEAD: list[Printed] = ["项目", *APPLICANTS]
OTHER = [9, 9, 9, 9, 9, 9, 54]
NOTHING = [None] * 7
WIDE = str.maketrans("()0123456789.", "（）０１２３４５６７８９．")


def rows() -> Iterator[tuple[str, str, Row]]:
    for form in forms.load().values():
        for table in form.tables:
            if table.layout == "matrix":
                yield from ((form.id, table.id, row) for row in table.rows)


@pytest.mark.parametrize(("form", "table", "row"), list(rows()), ids=lambda one: getattr(one, "id", str(one)))
def test_every_official_label_names_its_row(form: str, table: str, row: Row) -> None:
    index = next(one for one in siblings(table) if one.form == form)
    finder = finder_of(index)
    place = next(entry.place for entry in index.rows if entry.row.id == row.id)
    for text in (row.label, *row.aliases):
        for printed in (text, f" {text}\xa0", "\u3000".join(text), text.translate(WIDE), f"{text}："):
            found = finder.find(printed, place - 1)
            assert found is not None, printed
            assert found.row.id == row.id, printed


@pytest.mark.parametrize("text", ["", "1", "3.", "（一）", "总", "行政", "五、其他情况", "自然人", "0"])
def test_other_words_name_no_row(text: str) -> None:
    assert finder_of(siblings("requests")[0]).find(text) is None


def test_serial_numbers_are_no_labels() -> None:
    assert all(is_serial(text) for text in ("1", "12", "（3）", "甲", "2."))
    assert not any(is_serial(text) for text in ("1.属于国家秘密", "2021", "自然人", ""))


@pytest.mark.parametrize(
    ("row", "printed"),
    [
        ("denied_prohibited_by_law", "2.其他法律行政止公开"),
        ("denied_prohibited_by_law", "其他法律、行政法规禁止公开的"),
        ("denied_security_and_stability", "3.危及三安全一稳定"),
        ("unable_not_held", "1.本机关不掌握相关信息"),
        ("not_processed_petition", "1.信访举报投诉类申"),
        ("carried_over_out", "四、结转下一年度继续办理"),
        ("other_fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用"),
    ],
)
def test_a_slip_in_a_label_at_its_place_is_forgiven_and_noted(row: str, printed: str) -> None:
    draft = official()
    label_of(draft, row).text = printed
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == set()
    noted = {finding.at for finding in report.findings if finding.rule == "L1"}
    assert noted <= {f"requests.{row}"}


def test_a_label_that_may_be_two_rows_is_refused() -> None:
    draft = official()
    label_of(draft, "denied_internal_affairs").text = "属于内部信息"
    label_of(draft, "denied_process_information").text = "属于过程信息"
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) <= addresses("denied_internal_affairs") | addresses(
        "denied_process_information"
    )
    assert report.outcome == "partial" or unread(report, draft) == set()


def test_a_lost_label_beside_its_group_names_no_row() -> None:
    draft = official()
    label_of(draft, "denied_state_secret").text = ""
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) == addresses("denied_state_secret")
    assert report.outcome == "partial"
    assert {"row_without_label", "unknown_row"} & codes(report)


def test_a_row_that_no_form_knows_is_told_and_shifts_nothing() -> None:
    report = read([HEAD, [NEW, *FIGURES], ["其中：网络申请", *OTHER], [CARRIED, *FIGURES]])
    assert row_of(report, "newly_received") == row_of(report, "carried_over_in") == FIGURES
    assert "unknown_row" in codes(report)


@pytest.mark.parametrize(
    "label", ["（三）不予公开小计", "小计", "上年新收政府信息公开申请数量", "合计（含上年）"]
)
def test_sums_and_other_years_between_the_rows_are_unknown(label: str) -> None:
    report = read([HEAD, [NEW, *FIGURES], [CARRIED, *FIGURES], [label, *OTHER], [GRANTED, *FIGURES]])
    assert 9 not in figures(report).values()
    assert "unknown_row" in codes(report)


def test_a_group_and_its_row_in_one_cell() -> None:
    report = read(
        [
            HEAD,
            ["（三）不予公开1.属于国家秘密", *FIGURES],
            ["（四）无法提供-1.本机关不掌握相关政府信息", *OTHER],
        ]
    )
    assert row_of(report, "denied_state_secret") == FIGURES
    assert row_of(report, "unable_not_held") == OTHER


def test_a_groups_own_figures_are_no_rows_figures() -> None:
    report = read([HEAD, [PARTLY, *FIGURES], ["（三）不予公开", *OTHER], ["1.属于国家秘密", *FIGURES]])
    assert 9 not in figures(report).values()
    assert "unknown_row" in codes(report)


def test_a_refusal_is_not_a_grant() -> None:
    report = read(
        [
            ["指标名称", "计量单位", "2018年度", "历年累计"],
            ["主动公开信息数", "条", 100, 1000],
            ["对申请的答复总数", "条", 9, 90],
            ["其中：1.不同意公开答复数", "条", 7, 70],
            ["行政复议数", "件", 0, 0],
        ]
    )
    assert "statistics.replies_granted.value" not in report.cells


@pytest.mark.parametrize(
    ("head", "label", "behind"),
    [
        (DOCUMENTS, "规章、行政规范性文件", None),
        (HEAD, "1.信访举报投诉类申请、重复申请", "3.要求提供公开出版物"),
        (
            HEAD,
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请及其他",
            "（七）总计",
        ),
    ],
)
def test_two_rows_in_one_are_neither(head: list[Printed], label: str, behind: str | None) -> None:
    width = len(head) - 1
    rows_: list[list[Printed]] = [[label, *[9] * width]]
    if behind is not None:
        rows_.append([behind, *[1] * width])
    assert 9 not in figures(read([head, *rows_])).values()


@pytest.mark.parametrize("label", ["党内规范性文件", "行政规范性文件备案审查", "规范性文件解读材料"])
def test_other_documents_are_no_normative_documents(label: str) -> None:
    assert 9 not in figures(read([DOCUMENTS, ["规章", 1, 2, 3], [label, 9, 9, 9]])).values()


@pytest.mark.parametrize("label", ["行政事业性收费项目数", "减免行政事业性收费"])
def test_other_sums_are_no_fees(label: str) -> None:
    report = read(
        [DOCUMENTS, ["规章", 1, 2, 3], ["信息内容", ("本年收费金额（单位：万元）", 1, 3)], [label, (9, 1, 3)]]
    )
    assert 9 not in figures(report).values()


@pytest.mark.parametrize(
    ("before", "label", "behind"),
    [
        (PARTLY, "1.属于商业秘密", "2.其他法律行政法规禁止公开"),
        ("8.属于行政查询事项", "1.本机关掌握相关政府信息", "2.没有现成信息需要另行制作"),
        ("（七）总计", "四、结转上年度继续办理", None),
    ],
)
def test_a_label_that_says_something_else_is_another_row(before: str, label: str, behind: str | None) -> None:
    rows_: list[list[Printed]] = [[NEW, *FIGURES], [before, *FIGURES], [label, *OTHER]]
    if behind is not None:
        rows_.append([behind, *FIGURES])
    assert 9 not in figures(read([HEAD, *rows_])).values()


def test_last_years_requests_are_not_this_years() -> None:
    report = read([HEAD, ["上年新收政府信息公开申请数量", *OTHER], [CARRIED, *FIGURES], [GRANTED, *FIGURES]])
    assert row_of(report, "newly_received") == NOTHING


def test_a_local_row_called_others_in_another_group() -> None:
    report = read(
        [
            HEAD,
            [NEW, *FIGURES],
            ["8.属于行政查询事项", *FIGURES],
            ["9.其他", *OTHER],
            ["1.本机关不掌握相关政府信息", *FIGURES],
            ["（七）总计", *FIGURES],
        ]
    )
    assert row_of(report, "other_remaining") == NOTHING


def test_a_groups_sum_is_not_the_sum_of_all() -> None:
    report = read(
        [
            HEAD,
            [NEW, *FIGURES],
            ["1.属于国家秘密", *FIGURES],
            ["总计", *OTHER],
            ["1.本机关不掌握相关政府信息", *FIGURES],
        ]
    )
    assert row_of(report, "total_handled") == NOTHING
