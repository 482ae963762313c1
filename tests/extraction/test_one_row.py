"""复议 and 诉讼: one row of fifteen figures, three tables, three lines, upright, or one head."""

from __future__ import annotations

from itertools import permutations

import pytest

from goicrawl.extraction.report import Report
from goicrawl.reading import parse_report
from tests.extraction.pages import (
    RESULTS,
    Printed,
    cell_of,
    codes,
    figures,
    line_of,
    official,
    read,
    report_of,
    unread,
    wrong,
)
from tests.renderings import render
from tests.renderings.figures import load
from tests.renderings.model import Cell

REVIEW, DIRECT, AFTER = "行政复议", "未经复议直接起诉", "复议后起诉"
ONE, TWO, THREE = [1, 2, 3, 4, 10], [5, 6, 7, 8, 26], [9, 10, 11, 12, 42]
LINES: list[Printed] = [REVIEW, "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]


def three(report: Report) -> list[list[object]]:
    rows = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    columns = ("upheld", "corrected", "other", "pending", "total")
    found = figures(report, "remedies")
    return [[found.get(f"{row}.{column}") for column in columns] for row in rows]


WHOLE: list[list[object]] = [list(ONE), list(TWO), list(THREE)]
NONE: list[object] = [None] * 5


def official_head(first: str = REVIEW) -> list[list[Printed]]:
    return [
        [(first, 1, 5), ("行政诉讼", 1, 10)],
        [*[(name, 2, 1) for name in RESULTS], (DIRECT, 1, 5), (AFTER, 1, 5)],
        [*RESULTS, *RESULTS],
    ]


def test_the_official_row() -> None:
    assert three(read([*official_head(), [*ONE, *TWO, *THREE]])) == WHOLE


def test_a_line_of_numbers_of_columns_is_passed_over() -> None:
    assert three(read([*official_head(), list(range(1, 16)), [*ONE, *TWO, *THREE]])) == WHOLE


@pytest.mark.parametrize(
    "style", ["remedies_three_tables", "remedies_three_lines", "remedies_upright", "remedies_one_head"]
)
def test_other_layouts(style: str) -> None:
    one = render(load("invented_distinct_f2021"), "f2021", style, 0)
    report = parse_report(one.data, media_type=one.media_type)
    found = {
        address: answer.value for address, answer in report.cells.items() if address.startswith("remedies")
    }
    assert found == {address: value for address, value in one.truth.items() if address.startswith("remedies")}


def test_three_tables_under_their_names() -> None:
    report = read(
        *[
            part
            for name, row in zip(LINES, (ONE, TWO, THREE), strict=True)
            for part in (f"<p>{name}</p>", [RESULTS, row])
        ]
    )
    assert three(report) == WHOLE


def test_a_table_without_its_name_is_refused() -> None:
    report = read(f"<p>{REVIEW}</p>", [RESULTS, ONE], [RESULTS, TWO])
    assert three(report) == [list(ONE), NONE, NONE]
    assert "group_not_named" in codes(report)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_lines_in_any_order(order: tuple[int, ...]) -> None:
    rows = [[LINES[n], *(ONE, TWO, THREE)[n]] for n in order]
    assert three(read([["类别", *RESULTS], *rows])) == WHOLE


def test_upright() -> None:
    rows: list[list[Printed]] = [[("类型", 1, 2), "件数"]]
    for name, values in zip(LINES, (ONE, TWO, THREE), strict=True):
        rows += [
            [*([(name, 5, 1)] if n == 0 else []), head, value]
            for n, (head, value) in enumerate(zip(RESULTS, values, strict=True))
        ]
    assert three(read(rows)) == WHOLE


def test_one_head() -> None:
    heads = [f"{name}-{result}" for name in LINES for result in RESULTS]
    assert three(read([heads, [*ONE, *TWO, *THREE]])) == WHOLE
    turned = [*heads[5:], *heads[:5]]
    assert three(read([turned, [*TWO, *THREE, *ONE]])) == WHOLE


@pytest.mark.parametrize("count", [14, 16])
def test_a_figure_too_few_or_too_many_costs_the_row(count: int) -> None:
    report = read([*official_head(), list(range(20, 20 + count))])
    assert three(report) == [NONE, NONE, NONE]
    assert "cells_do_not_fit_heads" in codes(report)


def test_two_rows_of_figures_are_not_both_true() -> None:
    report = read([*official_head(), [*ONE, *TWO, *THREE], [*TWO, *TWO, *THREE]])
    assert three(report)[0] == NONE
    assert three(report)[1:] == WHOLE[1:]
    assert "printed_twice" in codes(report)


def test_last_years_row_beside_this_years_is_refused() -> None:
    rows: list[list[Printed]] = [["2021年", *TWO, *TWO, *TWO], ["2022年", *ONE, *ONE, *ONE]]
    assert three(read([*official_head(), *rows])) == [NONE, NONE, NONE]


def test_litigation_that_is_not_told_apart_is_missed() -> None:
    report = read([["类别", *RESULTS], [REVIEW, *ONE], ["行政诉讼", *TWO]])
    assert three(report) == [list(ONE), NONE, NONE]
    assert report.outcome == "partial"


def test_a_merged_figure_in_the_official_row() -> None:
    draft = official()
    line = line_of(draft, "remedies.reconsideration.upheld")
    cell_of(draft, "remedies.reconsideration.upheld").colspan = 2
    line.remove(cell_of(draft, "remedies.reconsideration.corrected"))
    report = report_of(draft)
    assert wrong(report, draft) == []
    assert unread(report, draft) >= {"remedies.reconsideration.upheld", "remedies.reconsideration.corrected"}


def test_a_merged_figure_and_one_too_many_in_the_official_row() -> None:
    draft = official()
    line = line_of(draft, "remedies.reconsideration.upheld")
    cell_of(draft, "remedies.reconsideration.upheld").colspan = 2
    line.remove(cell_of(draft, "remedies.reconsideration.corrected"))
    line.append(Cell("", "filler"))
    report = report_of(draft)
    assert wrong(report, draft) == []


def test_litigation_before_reconsideration() -> None:
    head: list[list[Printed]] = [
        [("行政诉讼", 1, 10), (REVIEW, 1, 5)],
        [(DIRECT, 1, 5), (AFTER, 1, 5), *[(name, 2, 1) for name in RESULTS]],
        [*RESULTS, *RESULTS],
    ]
    assert three(read([*head, [*TWO, *THREE, *ONE]])) == WHOLE


def test_a_column_behind_the_sum_does_not_shift_a_line() -> None:
    rows = [[name, *values, "无"] for name, values in zip(LINES, (ONE, TWO, THREE), strict=True)]
    assert three(read([["类别", *RESULTS, "备注"], *rows])) in (WHOLE, [NONE, NONE, NONE])


def test_an_unknown_result_does_not_shift_a_line() -> None:
    heads = [*RESULTS[:2], "调解结案", *RESULTS[2:]]
    rows = [
        [name, *values[:2], 77, *values[2:]] for name, values in zip(LINES, (ONE, TWO, THREE), strict=True)
    ]
    assert three(read([["类别", *heads], *rows])) in (WHOLE, [NONE, NONE, NONE])


def test_a_lost_figure_beside_a_blank_label() -> None:
    rows: list[list[Printed]] = [
        [("类别", 1, 2), *RESULTS],
        [REVIEW, "", 1, 2, 4, 10],
        [("行政诉讼", 2, 1), DIRECT, *TWO],
        [AFTER, *THREE],
    ]
    assert three(read(rows)) == [NONE, list(TWO), list(THREE)]


@pytest.mark.parametrize("head", [[], [("备注", 3, 1)]])
@pytest.mark.parametrize("last", ["", "无"])
def test_a_blank_first_figure_and_a_last_column(head: list[Printed], last: str) -> None:
    first, *others = official_head()
    report = read([[*first, *head], *others, ["", *ONE[1:], *TWO, *THREE, last]])
    assert three(report) in ([["", *ONE[1:]], list(TWO), list(THREE)], [NONE, NONE, NONE])


@pytest.mark.parametrize("name", [AFTER, DIRECT, "行政诉讼"])
def test_a_tables_own_head_says_whose_figures_they_are(name: str) -> None:
    report = read(f"<p>{REVIEW}</p>", [[(name, 1, 5)], RESULTS, ONE])
    assert three(report)[0] == NONE


def test_last_years_table_before_this_years() -> None:
    report = read(f"<p>{REVIEW}</p>", "<p>2021年</p>", [RESULTS, TWO], "<p>2022年</p>", [RESULTS, ONE])
    assert three(report)[0] in (NONE, list(ONE))


def test_a_line_of_units_is_passed_over() -> None:
    assert three(read([*official_head(), ["件"] * 15, [*ONE, *TWO, *THREE]])) == WHOLE


@pytest.mark.parametrize("first", ["无", "1 1"])
@pytest.mark.parametrize("more", ["", 77, "件"])
def test_words_for_the_first_figure_and_a_cell_too_many(first: str, more: str | int) -> None:
    report = read([*official_head(), [first, *ONE[1:], *TWO, *THREE, more]])
    assert three(report) in ([[first, *ONE[1:]], list(TWO), list(THREE)], [NONE, NONE, NONE])


def test_a_lost_figure_before_two_blank_last_cells() -> None:
    first, *others = official_head()
    lost = [*ONE, *TWO, *THREE][:4] + [*ONE, *TWO, *THREE][5:]
    report = read([[*first, ("", 3, 1), ("", 3, 1)], *others, [*lost, "", ""]])
    assert three(report) == [NONE, NONE, NONE]
