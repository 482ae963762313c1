"""Flattened pages: lines, pipes, tabs and box bars."""

from __future__ import annotations

import pytest

from goicrawl.documents.text import read_text
from tests.documents.pages import only_grid, outline, texts


def read(text: str) -> list[str | list[list[str]]]:
    return outline(read_text(text.encode()))


def test_lines_are_paragraphs() -> None:
    assert read("一、总体情况\r\n\u3000\u3000本年度。\r\r\n\n \t\n完") == ["一、总体情况", "本年度。", "完"]


def test_headings_of_markdown() -> None:
    document = read_text("# 年度报告\n### 三、申请\n#无空格\n####### 七".encode())
    assert [(p.text, p.level) for p in document.paragraphs] == [
        ("年度报告", 1),
        ("三、申请", 3),
        ("#无空格", None),
        ("####### 七", None),
    ]


@pytest.mark.parametrize("rule", ["|---|---|", "| :--- | ---: |", "|--|:--:|"])
def test_pipes(rule: str) -> None:
    assert read(f"前\n| 项 | 数 |\n{rule}\n| 甲 | 1 |\n| 乙 |  |\n后") == [
        "前",
        [["项", "数"], ["甲", "1"], ["乙", ""]],
        "后",
    ]


def test_a_stroke_in_a_cell_is_no_rule() -> None:
    assert read("| 甲 | 乙 |\n| - | - |") == [[["甲", "乙"], ["-", "-"]]]


def test_a_lone_pipe_is_text() -> None:
    assert read("首页 | 公开 | 年报\n| 只有一条") == ["首页 | 公开 | 年报", "| 只有一条"]


def test_rows_of_different_lengths() -> None:
    grid = only_grid(read_text("| 甲 | 1 | 2 |\n| 乙 | 3 |".encode()))
    assert texts(grid) == [["甲", "1", "2"], ["乙", "3"]]
    assert (grid.height, grid.width, grid.spans) == (2, 3, False)
    assert grid.expanded[1][2] is None


def test_a_line_between_two_tables() -> None:
    assert read("| 甲 | 1 |\n\n| 乙 | 2 |") == [[["甲", "1"]], [["乙", "2"]]]


def test_tabs() -> None:
    assert read("项\t数\n甲\t1\n乙\t\n完") == [[["项", "数"], ["甲", "1"]], "乙", "完"]


def test_tabs_of_blank_cells_at_the_end_where_the_row_above_has_as_many() -> None:
    assert read("项\t本年\t上年\n甲\t\t\n完") == [[["项", "本年", "上年"], ["甲", "", ""]], "完"]


def test_tabs_around_a_line_pad_it() -> None:
    assert read("\t\t一、总体情况\t\n\t正文。") == ["一、总体情况", "正文。"]


def test_box_bars() -> None:
    table = "┌──┬──┐\n│项│数│\n├──┼──┤\n│甲│ 1│\n└──┴──┘\n"
    assert read(f"表\n{table}完") == ["表", [["项", "数"], ["甲", "1"]], "完"]


@pytest.mark.parametrize("bar", ["│", "┃", "║"])
def test_box_bars_of_every_weight(bar: str) -> None:
    assert read(f"{bar}甲{bar}{bar}1{bar}") == [[["甲", "", "1"]]]


def test_the_last_bar_may_be_missing() -> None:
    assert read("│甲│1") == [[["甲", "1"]]]


def test_bytes_in_other_encodings() -> None:
    document = read_text("| 甲 | 1 |".encode("gbk"))
    assert document.encoding == "gb18030"
    assert outline(document) == [[["甲", "1"]]]


def test_undecodable_bytes_are_reported() -> None:
    document = read_text("政府信息公开工作年度报告".encode() + b"\xff\n" + "完".encode())
    assert document.problems == ("undecodable_bytes: some bytes are not utf-8",)


def test_nothing() -> None:
    assert read("") == []


def test_two_tabs_between_all_cells_divide_them_and_four_leave_a_blank() -> None:
    rows = ["项\t\t一\t\t二\t\t三", "甲\t\t1\t\t2\t\t3", "乙\t\t4\t\t\t\t6"]
    assert read("\n".join(rows)) == [[["项", "一", "二", "三"], ["甲", "1", "2", "3"], ["乙", "4", "", "6"]]]


def test_two_tabs_are_a_blank_cell_where_one_tab_divides() -> None:
    rows = ["项\t一\t二\t三", "甲\t1\t2\t3", "乙\t4\t\t6"]
    assert read("\n".join(rows)) == [[["项", "一", "二", "三"], ["甲", "1", "2", "3"], ["乙", "4", "", "6"]]]


def test_the_rule_of_a_table_without_pipes_outside_is_no_text() -> None:
    assert read("项| 数\n---|---\n甲| 1") == ["项| 数", "甲| 1"]
