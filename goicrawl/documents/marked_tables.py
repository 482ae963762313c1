"""Tables of formats that mark where cells and rows end (DOC, RTF) to blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goicrawl.documents.document import Block, GridBuilder, Paragraph

_NEAR = 60
"""Edges this near (twentieths of a point) are one: 3 points, a fifth of the narrowest column."""
_NEAR_LEFT = 200
_PROSE_LENGTH = 500


@dataclass
class RowShape:
    """The edges of a row's cells in twentieths of a point, and how each cell is merged.

    `across`: 1 goes on from the left, 2 or 3 begins. `down`: 1 goes on from above, 3 begins.
    """

    edges: list[int]
    across: list[int]
    down: list[int]


class Mark(NamedTuple):
    """What ends with a paragraph. `depth` is how many tables it stands in."""

    depth: int
    cell: bool
    row: bool
    shape: RowShape | None = None
    level: int | None = None


_Cell = list[Block]
_Row = tuple[list[_Cell], RowShape | None]


@dataclass
class _Table:
    rows: list[_Row] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    cell: _Cell = field(default_factory=list)


class Tables:
    """Takes paragraphs with their marks one by one and collects `blocks` and `problems`."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.problems: list[str] = []
        self._open: list[_Table] = []

    def add(self, lines: Sequence[str], mark: Mark) -> None:
        """Add a paragraph's lines."""
        while len(self._open) > mark.depth:
            self._close()
        while len(self._open) < mark.depth:
            self._open.append(_Table())
        texts = [Paragraph(line, mark.level) for line in lines]
        if not self._open:
            self.blocks += texts
            return
        table = self._open[-1]
        if mark.row:
            if table.cell:
                table.row.append(table.cell)
            table.rows.append((table.row, mark.shape))
            table.row, table.cell = [], []
            return
        table.cell += texts
        if mark.cell:
            table.row.append(table.cell)
            table.cell = []

    def end(self) -> None:
        """The text ends here."""
        while self._open:
            self._close()

    def _close(self) -> None:
        table = self._open.pop()
        if table.cell:
            table.row.append(table.cell)
        if table.row:
            table.rows.append((table.row, None))
        into = self._open[-1].cell if self._open else self.blocks
        pending: list[_Row] = []
        for row in table.rows:
            if any(_is_layout(cell) for cell in row[0]):
                self._make_grid(pending, into)
                pending = []
                into += [block for cell in row[0] for block in cell]
            else:
                pending.append(row)
        self._make_grid(pending, into)

    def _make_grid(self, rows: list[_Row], into: list[Block]) -> None:
        if all(len(cells) <= 1 for cells, _ in rows):
            into += [block for cells, _ in rows for cell in cells for block in cell]
            return
        shapes = [shape for cells, shape in rows if shape is not None and len(shape.down) == len(cells)]
        if len(shapes) == len(rows):
            builder = GridBuilder()
            for line in _spanned([_texts(cells) for cells, _ in rows], shapes):
                builder.row(line)
        else:
            builder = GridBuilder(spans=False)
            for cells, _ in rows:
                builder.plain_row(_texts(cells))
        grid = builder.grid()
        if builder.full:
            self.problems.append(f"table_too_large: a table was cut after {len(grid.cells)} cells")
        if builder.overlaps:
            self.problems.append(f"overlapping_spans: {builder.overlaps} cells of a table overlap")
        if grid.cells:
            into.append(grid)


def _is_layout(cell: _Cell) -> bool:
    texts = [block.text for block in cell if isinstance(block, Paragraph)]
    return len(texts) < len(cell) or (len(texts) > 3 and sum(map(len, texts)) > _PROSE_LENGTH)


def _texts(cells: list[_Cell]) -> list[str]:
    return ["\n".join(block.text for block in cell if isinstance(block, Paragraph)) for cell in cells]


@dataclass
class _Spanned:
    text: str
    rowspan: int
    colspan: int


def _spanned(texts: list[list[str]], shapes: list[RowShape]) -> list[list[tuple[str, int, int]]]:
    """Each row's own cells as (text, rowspan, colspan), by where their edges stand."""
    columns = _columns(shapes)
    lines: list[list[_Spanned]] = []
    above: dict[tuple[int, int], _Spanned] = {}
    for row, shape in zip(texts, shapes, strict=True):
        at = [max(bisect_right(columns, edge) - 1, 0) for edge in shape.edges]
        if shape.edges[0] - columns[0] < _NEAR_LEFT:
            at[0] = 0
        line = [_Spanned("", 1, at[0])] if at[0] > 0 else []
        joined: dict[tuple[int, int], _Spanned] = {}
        n = 0
        while n < len(row):
            last = n + 1
            while last < len(row) and shape.across[last] == 1:
                last += 1
            place = (at[n], at[last])
            found = above.get(place) if shape.down[n] == 1 else None
            if found is not None:
                found.rowspan += 1
            else:
                found = _Spanned(row[n], 1, max(at[last] - at[n], 1))
                line.append(found)
            if shape.down[n] == 3 or (shape.down[n] == 1 and place in above):
                joined[place] = found
            n = last
        above = joined
        lines.append(line)
    return [[(one.text, one.rowspan, one.colspan) for one in line] for line in lines]


def _columns(shapes: list[RowShape]) -> list[int]:
    """Where columns begin: the edges of all rows, those that are near each other as one."""
    columns: list[int] = []
    previous = None
    for edge in sorted({edge for shape in shapes for edge in shape.edges}):
        if previous is None or edge - previous > _NEAR:
            columns.append(edge)
        previous = edge
    return columns
