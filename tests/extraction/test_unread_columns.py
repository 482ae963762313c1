"""A column of figures that no form knows is told, wherever it stands."""

from __future__ import annotations

import pytest

from goicrawl import parse_report

ROWS = (
    ("主动公开信息数", 300),
    ("申请总数", 21),
    ("对申请的答复总数", 18),
    ("行政复议数", 2),
    ("行政诉讼数", 1),
)


def table(head: str, beside: list[str]) -> str:
    rows = "".join(
        f"<tr><td>{label}</td><td>条</td><td>{other}</td><td>{figure}</td></tr>"
        for (label, figure), other in zip(ROWS, beside, strict=True)
    )
    heads = f"<tr><td>指标名称</td><td>计量单位</td><td>{head}</td><td>本年累计</td></tr>"
    return f"<h1>虚构县教育局2010年政府信息公开工作年度报告</h1><table>{heads}{rows}</table>"


def unknown(head: str, beside: list[str]) -> list[str]:
    report = parse_report(table(head, beside).encode(), media_type="text/html; charset=utf-8")
    assert {answer.value for answer in report.cells.values()} <= {figure for _, figure in ROWS}
    return [reason for reason in report.reasons if reason.startswith("unknown_column")]


def test_figures_under_a_head_that_no_form_knows() -> None:
    assert unknown("本年实际", ["100", "7", "6", "0", "0"]) == [
        "unknown_column: '本年实际' in statistics, grid 0"
    ]


@pytest.mark.parametrize("head", ["代码", "行号", "第几行"])
def test_numbers_of_lines_are_no_figures(head: str) -> None:
    assert unknown(head, ["01", "02", "03", "04", "05"]) == []


def test_words_beside_the_labels_are_no_figures() -> None:
    assert unknown("填报单位", ["办公室", "办公室", "法规科", "法规科", "法规科"]) == []
