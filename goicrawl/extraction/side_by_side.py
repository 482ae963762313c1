"""A long table printed in two halves side by side, in one grid: 指标 单位 数量 | 指标 单位 数量."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goicrawl import forms
from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.numerals import is_blank
from goicrawl.forms.labels import bare

_HIGHEST_HEADS = 6
"""Heads stand no lower than in this row."""


def halves_of(grid: Grid, indexes: Iterable[TableIndex]) -> list[Grid]:
    """The halves from left to right, cells at the places they have; none where the grid is one table.

    It has halves where its line of heads is one that begins with the labels' head and is repeated, and no
    row below reaches from one half into another.
    """
    known = [index for index in indexes if index.table.layout == "matrix"]
    for r, row in enumerate(grid.rows[:_HIGHEST_HEADS]):
        bounds = _bounds(row, grid.width, known)
        if bounds:
            below = [cell for cell in grid.cells if cell.row >= r and not is_blank(cell.text)]
            if any(_half(cell, bounds) is None for cell in below if not _alone(cell, grid)):
                return []
            return [_cut(grid, low, high) for low, high in bounds]
    return []


def _bounds(row: Sequence[Cell], width: int, indexes: Sequence[TableIndex]) -> list[tuple[int, int]]:
    """Where each half begins and ends, by a row of repeated heads."""
    first = next((cell for cell in row if cell.text.strip() != ""), None)
    if first is None or len(row) < 4 or bare(first.text) not in forms.words().left_heads:
        return []
    printed = [cell for cell in row if not is_blank(cell.text)]
    texts = [bare(cell.text) for cell in printed]
    starts = [n for n, text in enumerate(texts) if text == texts[0]]
    length = starts[1] if len(starts) > 1 else 0
    if length < 2 or len(texts) != length * len(starts):
        return []
    if any(texts[n : n + length] != texts[:length] for n in starts):
        return []
    if not any(index.column_of(cell.text) is not None for index in indexes for cell in printed[:length]):
        return []
    lows = [printed[n].column for n in starts]
    return list(zip([0, *lows[1:]], [*lows[1:], width], strict=True))


def _half(cell: Cell, bounds: Sequence[tuple[int, int]]) -> int | None:
    for n, (low, high) in enumerate(bounds):
        if low <= cell.column and cell.column + cell.colspan <= high:
            return n
    return None


def _alone(cell: Cell, grid: Grid) -> bool:
    """Whether a cell has its row for itself, as a note has."""
    return all(other is cell or is_blank(other.text) for other in grid.rows[cell.row])


def _cut(grid: Grid, low: int, high: int) -> Grid:
    cells = tuple(cell for cell in grid.cells if low <= cell.column and cell.column + cell.colspan <= high)
    return Grid(cells, grid.height, high, grid.spans)
