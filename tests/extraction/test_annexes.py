"""The local statistical annexes: Shanghai, Dingxi, Anhui and Fujian, as organs print and misprint them."""

from __future__ import annotations

import random

import pytest

from goicrawl import forms
from tests.extraction.annexes import (
    CODED,
    MONTHLY,
    changed,
    coded,
    figure,
    numbers,
    plain,
    rows_of,
    truth,
    without,
    wrong,
)
from tests.extraction.pages import Printed, codes, read, read_text, reason, table

CODED_FORMS = ["shanghai2008", "dingxi2008"]
PLAIN: list[Printed] = ["统计指标", "单位", "统计数"]
FEES = ["（纸张）", "（光盘）", "（软盘）"]


@pytest.mark.parametrize("form", CODED_FORMS)
def test_every_cell_beside_line_numbers(form: str) -> None:
    report = read([CODED, *coded(form)])
    assert (report.form, report.outcome, report.reasons) == (form, "complete", ())
    assert numbers(report) == truth(form)


@pytest.mark.parametrize("form", CODED_FORMS)
@pytest.mark.parametrize("heads", [MONTHLY, ["指标名称", "计量单位", "代码", "本期实际", "本年累计"]])
def test_the_month_and_the_year(form: str, heads: list[Printed]) -> None:
    ordinals: list[Printed] = ["甲", "乙", "丙", 1, 2]
    report = read([heads, ordinals, *coded(form, 2)])
    assert (report.form, report.outcome) == (form, "complete")
    assert numbers(report) == truth(form, "this_period") | truth(form, "value", 10)


@pytest.mark.parametrize("form", CODED_FORMS)
@pytest.mark.parametrize(
    "heads",
    [
        [("指标名称", 1, 3), "数量"],
        ["指标名称", "计量单位", "", "数量"],
        ["指标名称", "计量单位", "码", "2012年度"],
        ["指标名称", "计量单位", "代 码", "统 计 数"],
    ],
)
def test_line_numbers_under_heads_that_do_not_say_so(form: str, heads: list[Printed]) -> None:
    report = read([heads, *coded(form)])
    assert report.form == form
    assert numbers(report) == truth(form)


@pytest.mark.parametrize("form", CODED_FORMS)
def test_line_numbers_with_stars_and_brackets(form: str) -> None:
    rows = [[label, unit, f"{n:02d}{'**' if n > 48 else ''}", value]
            for n, (label, unit, _, value) in enumerate(coded(form), 1)]  # fmt: skip
    assert numbers(read([CODED, *rows])) == truth(form)
    rows = [[label, unit, f"（{n}）", value] for n, (label, unit, _, value) in enumerate(coded(form), 1)]
    assert numbers(read([CODED, *rows])) == truth(form)


@pytest.mark.parametrize("form", [*CODED_FORMS, "anhui2014", "f2014"])
@pytest.mark.parametrize("head", ["序号", "行次", ""])
def test_line_numbers_before_the_labels(form: str, head: str) -> None:
    rows: list[list[Printed]] = [[n, *row] for n, row in enumerate(plain(form), 1)]
    report = read([[head, *PLAIN], *rows])
    assert (report.form, report.outcome) == (form, "complete")
    assert numbers(report) == truth(form)


@pytest.mark.parametrize("form", CODED_FORMS)
def test_blank_figures_beside_line_numbers_stay_blank(form: str) -> None:
    rows = [[*row[:-1], ""] if n % 3 else row for n, row in enumerate(coded(form))]
    report = read([CODED, *rows])
    right = {a: v for n, (a, v) in enumerate(truth(form).items()) if n % 3 == 0}
    assert numbers(report) == right
    assert {one.kind for a, one in report.cells.items() if a not in right} == {"blank"}


@pytest.mark.parametrize("form", CODED_FORMS)
def test_a_figure_that_is_lost_leaves_no_line_number_in_its_place(form: str) -> None:
    rows = changed(coded(form), "网上申请数", lambda row: row[:-1])
    rows = changed(rows, "现场接待人数", lambda row: [row[0], row[2], row[3]])
    report = read([CODED, *rows])
    assert wrong(report, [truth(form)]) == {}
    lost = {"statistics.requests_online.value", "statistics.consultations_in_person.value"}
    assert truth(form).keys() - numbers(report).keys() == lost
    assert "cells_do_not_fit_heads" in codes(report)


@pytest.mark.parametrize("form", CODED_FORMS)
def test_small_figures_that_look_like_line_numbers_are_read(form: str) -> None:
    rows = [[*row[:-1], n % 60] for n, row in enumerate(coded(form), 7)]
    report = read([CODED, *rows])
    found = numbers(report)
    assert [found[a] for a in truth(form)] == [n % 60 for n, _ in enumerate(rows, 7)]
    bare_rows = [[row[0], row[1], row[3]] for row in rows]
    found = numbers(read([["指标名称", "计量单位", "数量"], *bare_rows]))
    assert [found[a] for a in truth(form)] == [n % 60 for n, _ in enumerate(rows, 7)]


@pytest.mark.parametrize("form", ["shanghai2008", "dingxi2008", "f2014", "anhui2014"])
@pytest.mark.parametrize("spacer", [False, True])
def test_two_halves_side_by_side(form: str, spacer: bool) -> None:
    rows = plain(form) if form in ("f2014", "anhui2014") else coded(form)
    heads = PLAIN if len(rows[0]) == 3 else CODED
    half = (len(rows) + 1) // 2
    gap: list[Printed] = [""] if spacer else []
    empty: list[Printed] = [""] * len(heads)
    right = [*rows[half:], *([empty] if len(rows) % 2 else [])]
    lines = [[*one, *gap, *other] for one, other in zip(rows[:half], right, strict=True)]
    width = len(lines[0])
    report = read([[("统计表", 1, width)], [*heads, *gap, *heads], *lines, [("填报人：", 1, width)]])
    assert (report.form, report.outcome) == (form, "complete")
    assert numbers(report) == truth(form)


def test_rows_in_pairs_side_by_side() -> None:
    rows = coded("shanghai2008")
    lines = [[*one, *other] for one, other in zip(rows[::2], rows[1::2], strict=True)]
    report = read([[*CODED, *CODED], *lines])
    assert numbers(report) == truth("shanghai2008") or "row_not_told_apart" in codes(report)
    assert wrong(report, [truth("shanghai2008")]) == {}


def test_halves_that_a_cell_joins_are_not_taken_apart() -> None:
    rows = coded("shanghai2008")[:20]
    lines: list[list[Printed]] = [[*one, *other] for one, other in zip(rows[:10], rows[10:], strict=True)]
    lines[4] = [*lines[4][:3], (77, 1, 2), *lines[4][5:]]
    report = read([[*CODED, *CODED], *lines])
    assert numbers(report) == {}
    assert "column_heads_not_matched" in codes(report)


@pytest.mark.parametrize("form", [*CODED_FORMS, "anhui2014"])
def test_a_page_break_inside_the_annex(form: str) -> None:
    rows = coded(form)
    heads = CODED if form in CODED_FORMS else [*CODED[:3], "统计数"]
    for at in range(1, len(rows), 3):
        for again in ([], [heads]):
            report = read([heads, *rows[:at]], "<p>— 2 —</p>", [*again, *rows[at:]])
            assert wrong(report, [truth(form)]) == {}, (at, again)
            lost = truth(form).keys() - numbers(report).keys()
            assert not lost or report.outcome == "partial", (at, again)
            assert len(lost) <= (12 if not again else 0), (at, again)


@pytest.mark.parametrize("form", [*CODED_FORMS, "anhui2014", "f2014"])
def test_any_row_may_be_missing(form: str) -> None:
    rows = plain(form)
    for at in range(len(rows)):
        report = read([PLAIN, *rows[:at], *rows[at + 1 :]])
        assert wrong(report, [truth(form)]) == {}, rows[at]
        unread = truth(form).keys() - numbers(report).keys()
        assert len(unread) <= 1 or "row_not_told_apart" in codes(report), rows[at]


@pytest.mark.parametrize("form", CODED_FORMS)
def test_a_local_row_is_reported(form: str) -> None:
    local: list[Printed] = ["其中：政务微信公众号阅读量", "人次", "06-1", 999]
    rows = coded(form)
    report = read([CODED, *rows[:6], local, *rows[6:]])
    assert wrong(report, [truth(form)]) == {}
    assert numbers(report).keys() == truth(form).keys()
    assert "政务微信公众号阅读量" in reason(report, "unknown_row")


@pytest.mark.parametrize("form", CODED_FORMS)
def test_a_renamed_row_is_reported(form: str) -> None:
    rows = changed(coded(form), "重复申请数" if form == "shanghai2008" else "信函申请数",
                   lambda row: ["9.多次提出的申请", *row[1:]])  # fmt: skip
    report = read([CODED, *rows])
    assert wrong(report, [truth(form)]) == {}
    assert len(truth(form).keys() - numbers(report).keys()) == 1
    assert "多次提出的申请" in reason(report, "unknown_row")


def test_ranges_of_exemption_are_not_mistaken_for_one_another() -> None:
    rows = changed(coded("dingxi2008"), "范围3", lambda row: ["（7）“免予公开范围8”数", *row[1:]])
    report = read([CODED, *rows])
    assert wrong(report, [truth("dingxi2008")]) == {}
    assert "statistics.refused_personal_privacy.value" not in report.cells
    assert "范围8" in reason(report, "unknown_row")


def test_the_earlier_form_of_shanghai_is_dingxis_in_another_order() -> None:
    rows = coded("dingxi2008")
    at = next(n for n, row in enumerate(rows) if "否决公开" in str(row[0]))
    refusals = rows[at + 1 : at + 12]
    labels = ["其中：（1）“信息不存在”数", "（2）“非本部门掌握”数", "（3）”申请内容不明确“数",
              *(f"（{n + 3}）“免于公开范围{n}”数" for n in range(1, 7)),
              "（10）非<<规定>>所指政府信息数", "（11）其他原因"]  # fmt: skip
    order = [*refusals[1:10], refusals[0], refusals[10]]
    lines = [[label.replace("<", "&lt;"), *row[1:]] for label, row in zip(labels, order, strict=True)]
    lines = [[*row[:2], f"{at + n:02d}", row[3]] for n, row in enumerate(lines, 2)]
    rows[at][0] = "3.否决公开答复数"
    report = read([CODED, *rows[: at + 1], *lines, *rows[at + 12 :]])
    assert (report.form, report.outcome) == ("dingxi2008", "complete")
    assert numbers(report) == truth("dingxi2008")


class TestLabelsThatStandTwice:
    def test_fees_without_numbers(self) -> None:
        rows = [[str(row[0]).split(".")[-1], *row[1:]] for row in coded("shanghai2008")]
        report = read([CODED, *rows])
        assert wrong(report, [truth("shanghai2008")]) == {}
        assert numbers(report).keys() == truth("shanghai2008").keys()

    @pytest.mark.parametrize("numbered", [True, False])
    def test_under_a_head_that_is_missing_or_renamed(self, numbered: bool) -> None:
        rows = coded("shanghai2008")
        if not numbered:
            rows = [[str(row[0]).split(".")[-1], *row[1:]] for row in rows]
        for gone in ("主动公开信息收费总数", "依申请提供信息收取费用", "收取费用总额"):
            report = read([CODED, *without(rows, gone)])
            assert wrong(report, [truth("shanghai2008")]) == {}
            renamed = changed(rows, gone, lambda row: ["按件收费合计", *row[1:]])
            report = read([CODED, *renamed])
            assert wrong(report, [truth("shanghai2008")]) == {}
            assert "按件收费合计" in reason(report, "unknown_row")

    def test_fees_of_one_kind_alone(self) -> None:
        rows = without(coded("shanghai2008"), "主动公开信息收费", *[f"{n}.复制费" for n in (2,)])
        rows = [
            row
            for row in rows
            if not str(row[0]).startswith(("其中：1.邮寄费", "3.复制费（光盘", "4.复制费（软盘"))
        ]
        bare_rows = [[str(row[0]).split(".")[-1], *row[1:]] for row in rows]
        for some in (rows, bare_rows):
            report = read([CODED, *some])
            assert wrong(report, [truth("shanghai2008")]) == {}
            assert not [a for a in numbers(report) if "disclosure_fee_" in a]

    def test_results_of_litigation_without_its_own_head(self) -> None:
        rows = plain("f2014")
        for gone in ("五、行政诉讼数量", "四、行政复议数量"):
            for also in ("", "维持具体行政行为数", "维持具体行政行为或者"):
                some = without(rows, gone, *([also] if also else []))
                assert wrong(read([PLAIN, *some]), [truth("f2014")]) == {}, (gone, also)

    def test_a_piece_that_begins_with_one(self) -> None:
        rows = plain("f2014")
        at = next(n for n, row in enumerate(rows) if "五、行政诉讼" in str(row[0])) + 2
        assert "纠错" in str(rows[at][0])
        report = read([PLAIN, *rows[:at]], "<p>续表</p>", [PLAIN, *rows[at:]])
        assert numbers(report) == truth("f2014")
        alone = read([PLAIN, *rows[at:]])
        assert wrong(alone, [truth("f2014")]) == {}
        assert "纠错" in reason(alone, "row_not_told_apart")


class TestOneLabelInTwoForms:
    """信息不存在数 is a reply in Shanghai's form and a ground of refusal in Dingxi's."""

    REPLY, GROUND = "statistics.replies_nonexistent.value", "statistics.refused_nonexistent.value"

    def test_dingxis_refusals_in_shanghais_table(self) -> None:
        told = [
            "信息不存在",
            "非《规定》",
            "不明确",
            "国家秘密”",
            "商业",
            "隐私",
            "过程中",
            "危及",
            "其他情形",
        ]
        rows = without(coded("shanghai2008"), *told)
        at = next(n for n, row in enumerate(rows) if "不予公开" in str(row[0])) + 1
        refusals: list[list[Printed]] = [
            ["其中：（1）“非《规定》所指政府信息”数", "条", 21, 501],
            ["（2）“信息不存在”数", "条", 22, 502],
            ["（3）“非本部门掌握”数", "条", 23, 503],
            ["（4）“申请内容不明确”数", "条", 24, 504],
        ]
        report = read([CODED, *rows[:at], *refusals, *rows[at:]])
        assert self.REPLY not in report.cells
        found = numbers(report)
        assert found.get(self.GROUND) in (None, 502)
        assert found.get("statistics.refused_not_government_information.value") in (None, 501)
        assert not [
            a for a in found if a.split(".")[1] in ("replies_not_government_information", "replies_unclear")
        ]
        assert report.outcome == "partial"

    def test_a_reply_in_dingxis_table(self) -> None:
        rows = without(coded("dingxi2008"), "信息不存在")
        at = next(n for n, row in enumerate(rows) if "否决公开" in str(row[0]))
        reply: list[Printed] = ["4.信息不存在数", "条", "", 777]
        for where in (at + 1, at + 11):
            report = read([CODED, *rows[:where], reply, *rows[where:]])
            assert self.GROUND not in report.cells
            assert numbers(report).get(self.REPLY) in (None, 777)
            assert report.outcome == "partial"

    def test_it_is_not_read_where_nothing_stands_above(self) -> None:
        heads: list[Printed] = ["指标名称", "计量单位", "数量"]
        report = read(
            [
                heads,
                ["信息不存在数", "条", 4],
                ["申请总数", "条", 9],
                ["当面申请数", "条", 9],
                ["传真申请数", "条", 0],
            ]
        )
        assert self.REPLY not in report.cells and self.GROUND not in report.cells
        assert "row_not_told_apart" in codes(report)


class TestAnhui:
    HEADS: tuple[Printed, ...] = (
        "序号",
        "统 计 指 标",
        "单位",
        "区政府统计数",
        "区直单位统计数",
        "乡镇街道统计数",
    )

    def rows(self) -> list[list[Printed]]:
        return [
            [n, *row, "", ""] if row[2] == "——" else [n, *row, int(str(row[2])) * 10, int(str(row[2])) * 100]
            for n, row in enumerate(plain("anhui2014"), 1)
        ]

    def test_three_columns_of_figures(self) -> None:
        report = read([list(self.HEADS), *self.rows()])
        true = [
            truth("anhui2014", one, 10**n) for n, one in enumerate(("government", "departments", "townships"))
        ]
        assert (report.form, report.outcome) == ("anhui2014", "complete")
        assert numbers(report) == true[0] | true[1] | true[2]

    def test_a_county_names_itself(self) -> None:
        heads = [str(head).replace("区", "县") for head in self.HEADS]
        assert len(numbers(read([heads, *self.rows()]))) == 3 * 63

    def test_columns_of_two_governments_are_refused(self) -> None:
        heads = ["序号", "统计指标", "单位", "市政府统计数", "区政府统计数", "乡镇街道统计数"]
        report = read([heads, *self.rows()])
        assert numbers(report) == {}
        assert "column_heads_not_matched" in codes(report)

    def test_one_column_and_the_extra_rows_tell_it(self) -> None:
        report = read([PLAIN, *plain("anhui2014")])
        assert (report.form, report.outcome) == ("anhui2014", "complete")
        assert numbers(report) == truth("anhui2014")

    def test_the_national_table_is_not_anhuis(self) -> None:
        report = read([PLAIN, *plain("f2014")])
        assert (report.form, report.outcome) == ("f2014", "complete")

    def test_one_row_of_its_own_is_enough(self) -> None:
        rows = without(plain("anhui2014"), "机构领导", "政府文件", "规划计划", "三公")
        report = read([PLAIN, *rows])
        assert report.form == "anhui2014"
        assert wrong(report, [truth("anhui2014")]) == {}
        assert "disclosed_budgets" in reason(report, "cells_missing")


def test_putians_table_is_fujians() -> None:
    labels = [
        "主动公开信息数", "其中：1.政府网站", "2.政府公报", "受理依申请公开信息总数", "其中：1.当面申请数",
        "2.传真申请数", "3.电子邮件申请数", "4.网上申请数", "5.信函申请数", "6.其它形式申请数",
        "本年度对申请的答复总数", "其中：1.同意公开答复数", "2.同意部分公开答复数", "3.否决公开答复总数",
        "行政复议数", "行政诉讼数", "行政申诉数",
    ]  # fmt: skip
    rows: list[list[Printed]] = [[label, "条", 10 + 3 * n, 500 + n] for n, label in enumerate(labels)]
    report = read([["指 标 名 称", "计量 单位", "2009 年度", "历年 累计"], *rows])
    assert (report.form, report.outcome) == ("fujian2008", "complete")
    found = numbers(report)
    assert found["statistics.disclosed_gazette.value"] == 16
    assert found["statistics.replies.cumulative"] == 510
    assert len(found) == 2 * len(labels)


def test_a_table_without_known_heads_is_reported() -> None:
    rows = coded("anhui2014")
    for tables in ([["指标", "单位", "代码", "本年数字"], *rows],), (rows,), ([CODED, rows[0]], rows[1:]):
        report = read(*tables)
        assert numbers(report) == {}
        assert (report.outcome, codes(report)) == ("partial", {"column_heads_not_matched"})


class TestRecognition:
    """A form is told by its table alone."""

    @pytest.mark.parametrize("form", ["f2014", "anhui2014", "dingxi2008", "fujian2008", "shanghai2008"])
    @pytest.mark.parametrize("year", [2009, 2016, 2022])
    def test_neither_year_nor_title_counts(self, form: str, year: int) -> None:
        title = f"<p>上海市安徽省福建省甘肃省定西市{year}年度报告</p>"
        columns = [c.label.replace("YYYY", str(year)) for c in forms.load()[form].tables[0].columns]
        chosen = columns[-1:] if form in ("dingxi2008", "shanghai2008") else columns[:1]
        report = read(title, [["指标名称", "单位", *chosen], *plain(form)])
        assert (report.form, report.outcome) == (form, "complete")

    def test_a_table_that_fits_two_forms_alike(self) -> None:
        rows: list[list[Printed]] = [
            ["现场接待人数", "人次", 3],
            ["网上咨询数", "人次", 5],
            ["行政复议数", "件", 1],
            ["行政诉讼数", "件", 0],
        ]
        report = read([["指标名称", "单位", "数量"], *rows])
        assert "dingxi2008 and shanghai2008" in reason(report, "form_ambiguous")
        assert (report.form, report.outcome) == ("dingxi2008", "partial")
        assert len(numbers(report)) == 4

    def test_random_parts_of_two_forms(self) -> None:
        chance = random.Random(7)
        names = ["f2014", "anhui2014", "dingxi2008", "fujian2008", "shanghai2008"]
        for _ in range(60):
            one, other = chance.sample(names, 2)
            rows = [row for row in [*plain(one), *plain(other)] if chance.random() < 0.5]
            true: dict[str, set[int]] = {}
            for form in (one, other):
                for address, value in truth(form).items():
                    true.setdefault(address, set()).add(value)
            report = read([["指标名称", "单位", "数量"], *rows])
            for address, value in numbers(report).items():
                assert value in true[address], (one, other, address, value)


@pytest.mark.parametrize("form", CODED_FORMS)
class TestAsText:
    """One cell a line, or one row a line, with and without line numbers and their head."""

    TITLE = "虚构县2012年政府信息公开工作年度报告"

    def lines(self, rows: list[list[Printed]], joined: bool) -> list[str]:
        if joined:
            return [" ".join(str(cell) for cell in row if cell != "") for row in rows]
        return [str(cell) for row in rows for cell in row if cell != ""]

    @pytest.mark.parametrize("joined", [True, False])
    @pytest.mark.parametrize("named", [True, False])
    @pytest.mark.parametrize("first", [True, False])
    @pytest.mark.parametrize("values", [1, 2])
    def test_line_numbers(self, form: str, joined: bool, named: bool, first: bool, values: int) -> None:
        heads = list(CODED if values == 1 else MONTHLY)
        true = [truth(form)] if values == 1 else [truth(form, "this_period"), truth(form, "value", 10)]
        chance = random.Random(3)
        for gaps in (0.0, 0.4):
            rows = [[*row[:-1], "" if chance.random() < gaps else row[-1]] for row in coded(form, values)]
            if first:
                rows = [[n, row[0], row[1], *row[3:]] for n, row in enumerate(rows, 1)]
                heads = ["序号", *(head for head in heads if head not in ("序号", "代码"))]
            printed = heads if named else [head for head in heads if head not in ("序号", "代码")]
            report = read_text(self.TITLE, *self.lines([printed, *rows], joined), "填报人：张三")
            assert report.form == form
            assert wrong(report, true) == {}, gaps
            whole = [row for row in rows if row[-1] != ""]
            assert len(numbers(report)) >= (len(whole) - 2) * values
            assert gaps == 0 or report.outcome == "partial"

    @pytest.mark.parametrize("joined", [True, False])
    def test_without_line_numbers(self, form: str, joined: bool) -> None:
        rows = plain(form)
        report = read_text(
            self.TITLE, *self.lines([["指标名称", "计量单位", "数量"], *rows], joined), "填报人：张三"
        )
        assert numbers(report) == truth(form)


@pytest.mark.parametrize("form", CODED_FORMS)
@pytest.mark.parametrize("values", [1, 2])
def test_tables_of_strokes_that_cannot_span(form: str, values: int) -> None:
    heads = list(CODED if values == 1 else MONTHLY)
    true = [truth(form)] if values == 1 else [truth(form, "this_period"), truth(form, "value", 10)]
    chance = random.Random(2)
    rows = coded(form, values)
    blanks = [[*row[:-1], "" if chance.random() < 0.3 else row[-1]] for row in rows]
    lost = [row[:2] + row[3:] if chance.random() < 0.3 else row for row in rows]
    for some, printed in ((rows, heads), (blanks, heads), (lost, heads), (rows, [*heads[:2], *heads[3:]])):
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in [printed, *some]]
        lines.insert(1, "|---" * len(printed) + "|")
        report = read_text(TestAsText.TITLE, "", *lines)
        assert wrong(report, true) == {}
        whole = some is not lost and printed is heads
        assert (report.form, report.outcome) == (form, "complete" if whole else "partial")
        assert not whole or len(numbers(report)) == sum(value != "" for row in some for value in row[3:])


def test_a_unit_that_contradicts_the_forms_is_noted() -> None:
    rows = changed(coded("shanghai2008"), "收取费用总额", lambda row: [row[0], "万元", *row[2:]])
    report = read([CODED, *rows])
    assert [one.at for one in report.findings if one.rule == "U1"] == ["statistics.fees_yuan.value"]
    assert report.cells["statistics.fees_yuan.value"].unit == "万元"


def test_the_sums_of_the_local_annexes() -> None:
    rows = {row.id: row.label for row in rows_of("shanghai2008")}
    figures = {"requests_received": 10, "requests_in_person": 1, "requests_fax": 2, "requests_email": 0,
               "requests_online": 4, "requests_letter": 2, "requests_other_form": 0,
               "fees_yuan": 30, "disclosure_fees_yuan": 10, "request_fees_yuan": 20,
               "staff": 5, "staff_full_time": 2, "staff_part_time": 2}  # fmt: skip
    lines: list[list[Printed]] = [[rows[name], "", value] for name, value in figures.items()]
    report = read([["指标名称", "计量单位", "数量"], *lines])
    found = [(one.rule, one.at, one.left, one.right) for one in report.findings if one.rule.startswith("S")]
    assert found == [
        ("S6", "statistics.requests_received.value", 9, 10),
        ("S8", "statistics.staff.value", 4, 5),
    ]


def test_a_figure_of_no_row_is_no_line_number() -> None:
    assert figure(1) == 1037
    assert "statistics" in table([["statistics"]])
