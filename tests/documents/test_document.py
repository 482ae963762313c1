"""GridBuilder beside a slow reference that keeps HTML's table of slots as the standard describes it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from goicrawl.documents.document import (
    MAX_SPAN,
    Cell,
    Document,
    Grid,
    GridBuilder,
    Link,
    Paragraph,
    iter_text,
)

Row = list[tuple[str, int, int]]


def built(rows: list[Row], max_cells: int = 200_000) -> tuple[GridBuilder, Grid]:
    builder = GridBuilder(max_cells=max_cells)
    for row in rows:
        builder.row(row)
    return builder, builder.grid()


def reference(
    rows: list[Row],
) -> tuple[dict[tuple[int, int], list[int]], list[tuple[int, int, int, int]], int]:
    """The slots with the cells assigned to each, the cells' places and sizes, and how many overlap another.

    Every slot is kept, nothing is remembered but the slots: too slow for a page, hard to get wrong.
    """
    slots: dict[tuple[int, int], list[int]] = {}
    places: list[tuple[int, int, int, int]] = []
    overlapping = 0
    for y, row in enumerate(rows):
        x = 0
        for _, rowspan, colspan in row:
            rowspan, colspan = max(rowspan, 1), max(colspan, 1)
            while (y, x) in slots:
                x += 1
            own = [(down, across) for down in range(y, y + rowspan) for across in range(x, x + colspan)]
            overlapping += any(slot in slots for slot in own)
            for slot in own:
                slots.setdefault(slot, []).append(len(places))
            places.append((y, x, min(rowspan, len(rows) - y), colspan))
            x += colspan
    return slots, places, overlapping


spans = st.one_of(st.just(1), st.integers(-1, 5))
tables = st.lists(st.lists(st.tuples(st.text("甲乙丙", max_size=2), spans, spans), max_size=5), max_size=7)


@given(tables)
@settings(max_examples=400, deadline=None)
def test_places_are_those_of_the_standards_algorithm(rows: list[Row]) -> None:
    builder, grid = built(rows)
    slots, places, overlapping = reference(rows)
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == places
    assert [c.text for c in grid.cells] == [text for row in rows for text, _, _ in row]
    assert builder.overlaps == overlapping
    assert grid.height == len(rows)
    assert grid.width == max((x + across for _, x, _, across in places), default=0)
    for y in range(grid.height):
        for x in range(grid.width):
            owner = grid.expanded[y][x]
            assert owner is (grid.cells[slots[y, x][0]] if (y, x) in slots else None)


@given(
    st.lists(
        st.tuples(st.booleans(), st.lists(st.tuples(st.text(max_size=1), spans, spans), max_size=5)),
        max_size=7,
    )
)
@settings(max_examples=200, deadline=None)
def test_a_plain_row_is_a_row_whose_spans_are_one(drawn: list[tuple[bool, Row]]) -> None:
    short, long = GridBuilder(), GridBuilder()
    for plain, row in drawn:
        if plain:
            short.plain_row([text for text, _, _ in row])
            long.row([(text, 1, 1) for text, _, _ in row])
        else:
            short.row(row)
            long.row(row)
    assert short.grid() == long.grid()
    assert short.overlaps == long.overlaps


@given(tables)
@settings(max_examples=100, deadline=None)
def test_rows_hold_every_cell_once_in_order(rows: list[Row]) -> None:
    _, grid = built(rows)
    assert [cell for row in grid.rows for cell in row] == list(grid.cells)


def test_a_span_reaches_no_further_than_the_largest_one() -> None:
    _, grid = built([[("宽", 1, 10**6)], [("高", 10**6, 1), ("低", 1, 1)]])
    assert grid.cells[0].colspan == MAX_SPAN
    assert grid.width == MAX_SPAN
    assert grid.cells[1].rowspan == 1


def test_overlapping_cells_are_both_kept_and_the_first_has_the_place() -> None:
    builder, grid = built([[("一", 1, 1), ("二", 2, 1)], [("三", 1, 2)]])
    assert builder.overlaps == 1
    assert [c.text for c in grid.cells] == ["一", "二", "三"]
    assert grid.expanded[1][1] is grid.cells[1]


def test_too_many_cells_end_the_table() -> None:
    builder, grid = built([[("甲", 1, 1)] * 4] * 10, max_cells=10)
    assert builder.full
    assert len(grid.cells) == 10
    assert grid.height == 3


def test_too_many_plain_cells_end_the_table() -> None:
    builder = GridBuilder(max_cells=10)
    for _ in range(10):
        builder.plain_row(["甲"] * 4)
    assert builder.full
    assert len(builder.grid().cells) == 10


def test_a_table_that_only_its_spans_make_huge_is_cut() -> None:
    rows = [[("大", 1000, 1000)] * 2000, *([("小", 1, 1)] for _ in range(2000))]
    builder, grid = built(rows)
    assert builder.full
    assert grid.height * grid.width <= 1_000_000


def test_rows_without_cells_are_rows() -> None:
    _, grid = built([[("甲", 3, 1)], [], [("乙", 1, 1)]])
    assert grid.height == 3
    assert grid.rows[1] == ()
    assert grid.expanded[1][0] is grid.cells[0]
    assert grid.cells[1].column == 1


def test_an_empty_table() -> None:
    _, grid = built([])
    assert (grid.cells, grid.height, grid.width, grid.rows, grid.expanded) == ((), 0, 0, (), ())


def test_cells_are_values() -> None:
    assert Cell("甲", 0, 1) == Cell("甲", row=0, column=1, rowspan=1, colspan=1)
    assert len({Cell("甲", 0, 1), Cell("甲", 0, 1), Cell("甲", 1, 1)}) == 2


def test_what_a_document_gives() -> None:
    _, grid = built([[("格", 1, 1), ("子", 1, 1)]])
    document = Document(
        "text/html",
        (Paragraph("题", 1), grid, Paragraph("文")),
        meta=(("author", "甲"), ("keywords", "乙"), ("author", "丙")),
        links=(Link("a.pdf", "附件"),),
    )
    assert document.grids == (grid,)
    assert [p.text for p in document.paragraphs] == ["题", "文"]
    assert list(iter_text(document)) == ["题", "格", "子", "文"]
