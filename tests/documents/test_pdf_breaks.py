"""Tables that a page break cuts, put together again or left as they are."""

from __future__ import annotations

import pytest

from goicrawl.documents.document import Cell, Grid
from goicrawl.documents.pdf_breaks import Table, join
from goicrawl.documents.pdf_text import TextLine

Row = list[tuple[str, int, int]]
SIZE = 10.0


def table(rows: list[Row], edges: list[float]) -> Table:
    """A table by each row's own (text, rowspan, colspan); each text is one line."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    lines: dict[tuple[int, int], tuple[TextLine, ...]] = {}
    for r, row in enumerate(rows):
        column = 0
        for text, rowspan, colspan in row:
            while (r, column) in taken:
                column += 1
            cells.append(Cell(text, r, column, rowspan, colspan))
            taken |= {(r + i, column + j) for i in range(rowspan) for j in range(colspan)}
            if text:
                width = SIZE * len(text) / (2 if text.isdigit() else 1)
                lines[r, column] = (TextLine(text, 0, width, 0, SIZE, SIZE),)
            column += colspan
    return Table(Grid(tuple(cells), len(rows), len(edges) - 1), edges, 0.0, lines)


def plain(*texts: str) -> Row:
    return [(text, 1, 1) for text in texts]


def joined(upper: list[Row], lower: list[Row], edges: list[float]) -> list[list[tuple[str, int, int]]] | None:
    whole = join(table(upper, edges), table(lower, edges))
    if whole is None:
        return None
    return [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in whole.grid.rows]


def test_a_label_cut_in_half_is_one_row() -> None:
    edges = [0, 100, 150, 200]
    found = joined(
        [plain("规章", "1", "2"), plain("要求行政机关确认或重", "3", "4")],
        [plain("新出具", "", ""), plain("其他", "5", "6")],
        edges,
    )
    assert found == [
        plain("规章", "1", "2"),
        plain("要求行政机关确认或重新出具", "3", "4"),
        plain("其他", "5", "6"),
    ]


def test_figures_below_the_break_belong_to_the_label_above_it() -> None:
    edges = [0, 100, 150, 200]
    found = joined(
        [plain("规章", "1", ""), plain("要求行政机关确认或重", "", "")], [plain("新出具", "3", "4")], edges
    )
    assert found == [plain("规章", "1", ""), plain("要求行政机关确认或重新出具", "3", "4")]


def test_a_row_cut_inside_its_figures_is_one() -> None:
    found = joined([plain("规章", "55", "2")], [plain("", "469", "")], [0, 100, 120, 140])
    assert found == [plain("规章", "55\n469", "2")]


@pytest.mark.parametrize(
    "lower",
    [
        plain("行政处罚", "5", "6"),  # two rows with figures
        plain("2.重复申请", "", ""),  # an item of its own
        plain("", "", ""),
    ],
)
def test_rows_of_their_own_stay_apart(lower: Row) -> None:
    assert joined([plain("行政许可", "3", "4")], [lower], [0, 45, 100, 150]) is None


def test_figures_are_never_put_together_without_a_sign_of_it() -> None:
    # Both columns are so narrow that every figure fills its cell.
    assert joined([plain("行政许可", "12", "34")], [plain("行政强制", "5", "6")], [0, 45, 57, 69]) is None


def test_a_group_goes_on_while_its_rows_do_not() -> None:
    edges = [0, 25, 100, 150]
    upper: list[Row] = [[("三、本年度", 2, 1), ("予以公开", 1, 1), ("1", 1, 1)], plain("部分公开", "2")]
    lower: list[Row] = [[("办理结果", 2, 1), ("不予公开", 1, 1), ("3", 1, 1)], plain("其他处理", "4")]
    found = joined(upper, lower, edges)
    assert found is not None
    assert found[0] == [("三、本年度办理结果", 4, 1), ("予以公开", 1, 1), ("1", 1, 1)]
    assert found[2:] == [plain("不予公开", "3"), plain("其他处理", "4")]


def test_heads_go_on_to_the_figures_on_the_next_page() -> None:
    assert joined([plain("信息内容", "件数")], [plain("规章", "3")], [0, 300, 600]) == [
        plain("信息内容", "件数"),
        plain("规章", "3"),
    ]


def test_blanks_below_heads_stay_blanks() -> None:
    assert joined([plain("维持", "纠正")], [plain("", "")], [0, 300, 600]) == [
        plain("维持", "纠正"),
        plain("", ""),
    ]


def test_repeated_heads_are_left_out() -> None:
    edges = [0, 100, 150]
    head = plain("信息内容", "件数")
    found = joined(
        [head, plain("要求行政机关确认或重", "3")], [head, plain("新出具", ""), plain("其他", "4")], edges
    )
    assert found == [head, plain("要求行政机关确认或重新出具", "3"), plain("其他", "4")]


def test_tables_at_different_places_are_two() -> None:
    upper = table([plain("要求行政机关确认或重", "3")], [0, 100, 150])
    assert join(upper, table([plain("新出具", "")], [40, 140, 190])) is None
    assert join(upper, table([plain("新出具", "")], [0, 100, 400])) is None
