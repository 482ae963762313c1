"""Work on tables as grids: what HTML makes of the spans, and tables taken apart along them."""

from __future__ import annotations

from tests.renderings.model import Cell, Row, Table


def places(rows: list[Row]) -> dict[tuple[int, int], Cell]:
    """The cell at each (row, column) once spans are expanded, as a browser would lay it out."""
    taken: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            for dr in range(cell.rowspan):
                for dc in range(cell.colspan):
                    if r + dr < len(rows):
                        taken.setdefault((r + dr, column + dc), cell)
            column += cell.colspan
    return taken


def anchors(rows: list[Row]) -> dict[int, tuple[int, int]]:
    """Where each cell begins, by its identity."""
    first: dict[int, tuple[int, int]] = {}
    for place, cell in sorted(places(rows).items()):
        first.setdefault(id(cell), place)
    return first


def cut(table: Table, at: int, *, repeat_header: bool, repeat_group: str) -> tuple[Table, Table]:
    """Two tables, the second beginning with row `at`.

    A cell that spans the cut ends there and begins again below: with its label (`repeat_group` "label"),
    empty ("empty"), or with 续 behind its label ("continued").
    """
    grid = places(table.rows)
    start = anchors(table.rows)
    upper: list[Row] = [[cell.copy() for cell in row] for row in table.rows[:at]]
    for new_row, old_row in zip(upper, table.rows[:at], strict=True):
        for new, old in zip(new_row, old_row, strict=True):
            top = start[id(old)][0]
            new.rowspan = min(old.rowspan, at - top)
    lower: list[Row] = [[cell.copy() for cell in row] for row in table.rows[at:]]
    again: list[tuple[int, Cell]] = []
    seen: set[int] = set()
    width = max(column for _, column in grid) + 1
    for column in range(width):
        cell = grid.get((at, column))
        if cell is None or id(cell) in seen:
            continue
        seen.add(id(cell))
        top, left = start[id(cell)]
        if top < at:
            text = {"label": cell.text, "empty": "", "continued": f"{cell.text}（续）"}[repeat_group]
            role = cell.role if text else "filler"
            again.append((left, cell.copy(text=text, role=role, rowspan=top + cell.rowspan - at, html=None)))
    if lower and again:
        lefts = {id(new): start[id(old)][1] for new, old in zip(lower[0], table.rows[at], strict=True)}
        merged = [(lefts[id(cell)], cell) for cell in lower[0]] + again
        lower[0] = [cell for _, cell in sorted(merged, key=lambda pair: pair[0])]
    header = [[cell.copy() for cell in row] for row in table.rows[: table.header]] if repeat_header else []
    first = Table(table.id, upper, header=table.header, sections=table.sections, th=table.th)
    second = Table(table.id, header + lower, header=len(header), th=table.th)
    return first, second


def unspan(table: Table, rows: range, *, repeat: bool) -> None:
    """Replace the rowspans that begin in these rows by cells of their own: empty, or with the label again."""
    grid = places(table.rows)
    start = anchors(table.rows)
    rebuilt: dict[int, Row] = {}
    for r in rows:
        line: Row = []
        seen: set[int] = set()
        for column in sorted(c for row, c in grid if row == r):
            cell = grid[r, column]
            if id(cell) in seen:
                continue
            seen.add(id(cell))
            top = start[id(cell)][0]
            if top == r:
                line.append(cell)
            elif top in rows:
                text = cell.text if repeat else ""
                line.append(cell.copy(text=text, role=cell.role if text else "filler", rowspan=1, html=None))
        rebuilt[r] = line
    for r, line in rebuilt.items():
        table.rows[r] = line
    for line in rebuilt.values():
        for cell in line:
            cell.rowspan = 1
