"""Column heads: which columns they name, and in what order the figures stand."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from goicrawl.documents.document import GridBuilder
from goicrawl.extraction.heads import read_heads
from goicrawl.extraction.label_index import siblings
from tests.extraction.pages import (
    APPLICANTS,
    CARRIED,
    COLUMNS,
    DOCUMENTS,
    FIGURES,
    NEW,
    ORGANIZATIONS,
    Printed,
    codes,
    figures,
    read,
    row_of,
)

REQUESTS = siblings("requests")[0]


def heads_of(*rows: list[Printed]) -> tuple[str | None, ...] | None:
    builder = GridBuilder()
    for row in rows:
        builder.row([(str(c[0]), c[1], c[2]) if isinstance(c, tuple) else (str(c), 1, 1) for c in row])
    heads = read_heads(builder.grid().rows, REQUESTS)
    return None if heads is None else heads.ids


def test_one_row_of_heads() -> None:
    assert heads_of(["项目", *APPLICANTS]) == COLUMNS


def test_heads_in_three_rows() -> None:
    assert (
        heads_of(
            [
                ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
                ("申请人情况", 1, 7),
            ],
            [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
            [*ORGANIZATIONS],
        )
        == COLUMNS
    )


@pytest.mark.parametrize("span", [1, 3, 4, 5, 6])
def test_a_group_heads_its_columns_whatever_its_span_says(span: int) -> None:
    ids = heads_of(
        [("项目", 2, 1), ("自然人", 2, 1), ("法人或其他组织", 1, span), ("总计", 2, 1)], [*ORGANIZATIONS]
    )
    assert ids == COLUMNS


def test_every_order_of_the_heads_is_the_order_of_the_columns() -> None:
    rng = Random(1)
    by_name = dict(zip(APPLICANTS, COLUMNS, strict=True))
    for order in rng.sample(list(permutations(APPLICANTS)), 60):
        assert heads_of(["项目", *order]) == tuple(by_name[name] for name in order)


def test_a_head_that_no_form_knows_keeps_its_place() -> None:
    ids = heads_of(["项目", "自然人", "其中：境外", *ORGANIZATIONS, "总计"])
    assert ids == ("natural_person", None, *COLUMNS[1:])


def test_the_same_head_twice_is_no_head() -> None:
    assert heads_of(["项目", *APPLICANTS, "总计"]) is None


@pytest.mark.parametrize(
    "text", ["商业 企业", "商业\n企业", "商业企业（件）", "企业", "商业\u3000企业", "商 业 企 业"]
)
def test_a_head_is_known_in_other_hands(text: str) -> None:
    assert heads_of(["项目", "自然人", text, *APPLICANTS[2:]]) == COLUMNS


@pytest.mark.parametrize("text", ["事业单位", "境外组织", "合作社", "备注"])
def test_a_head_in_other_words_is_refused_not_guessed(text: str) -> None:
    report = read([["项目", "自然人", text, *APPLICANTS[2:]], [NEW, *FIGURES]])
    assert row_of(report, "newly_received") == [1, None, 3, 4, 5, 6, 21]
    assert "unknown_column" in codes(report)


def test_an_unknown_head_among_known_ones_takes_its_own_figures() -> None:
    report = read([["项目", *APPLICANTS, "备注"], [NEW, *FIGURES, 77], [CARRIED, *FIGURES, ""]])
    assert row_of(report, "newly_received") == FIGURES
    assert "unknown_column" in codes(report)


def test_a_head_of_another_block_ends_the_first() -> None:
    report = read(
        [DOCUMENTS, ["规章", 1, 2, 3], ["信息内容", ("本年处理决定数量", 1, 3)], ["行政许可", (5, 1, 3)]]
    )
    assert figures(report, "disclosure.licensing") == {"decisions": 5}


def test_a_block_without_its_head_gives_no_figure_of_another_column() -> None:
    report = read([DOCUMENTS, ["规章", 1, 2, 3], [("第二十条第（五）项", 1, 4)], ["行政许可", 5, "", ""]])
    assert figures(report, "disclosure.licensing") == {}
    assert report.outcome == "partial"


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["上年制发件数", "上年废止件数", "现行有效件数"], "规章"),
        (["本年制发件数", "上年废止件数", "现行有效件数"], "规章"),
        (["上年处理决定数量"], "行政处罚"),
        (["上年收费金额（单位：万元）"], "行政事业性收费"),
    ],
)
def test_last_years_figures_are_not_this_years(heads: list[str], row: str) -> None:
    printed = [7 if "上年" in head else 1 for head in heads]
    report = read([DOCUMENTS, ["行政规范性文件", 4, 5, 6]], [["信息内容", *heads], [row, *printed]])
    assert 7 not in figures(report).values()


def test_a_head_that_says_the_opposite_is_another_head() -> None:
    report = read([["信息内容", "本年制发件数", "本年废止件数", "现行无效件数"], ["规章", 1, 2, 7]])
    assert 7 not in figures(report).values()


def test_heads_under_a_blank_head_with_a_wrong_span() -> None:
    report = read(
        [
            [("项目", 2, 1), ("自然人", 2, 1), ("", 1, 4), ("总计", 2, 1)],
            [*ORGANIZATIONS],
            [NEW, *FIGURES],
            [CARRIED, *FIGURES],
        ]
    )
    assert row_of(report, "newly_received") in (FIGURES, [None] * 7)
