"""Where the tables of forms begin in a grid: rows of heads, and the rows that stand under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from goicrawl import forms
from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.matrix import is_head_row
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.one_row_heads import leaf_of
from goicrawl.extraction.row_labels import RowFinder, finder_of
from goicrawl.forms.labels import bare


@dataclass(slots=True)
class Part:
    """Rows start..stop of a grid under the heads start..body."""

    index: TableIndex
    start: int
    body: int
    stop: int


def parts_of(grid: Grid, height: int, indexes: Sequence[TableIndex]) -> list[Part]:
    """Where heads stand in a grid, and which rows stand under them."""
    finders = [(index, finder_of(index)) for index in indexes]
    parts: list[Part] = []
    r = 0
    while r < height:
        row = grid.rows[r]
        index = None
        for one, finder in finders:
            if one.table.layout == "one_row":
                if sum(1 for cell in row if leaf_of(cell.text, one) is not None) >= 2 and not _has_rows(
                    row, finders, one
                ):
                    index = one
                    break
            elif is_head_row(row, one, finder) or _is_corner(row, one):
                index = one
                break
        if index is None:
            r += 1
            continue
        body = r + 1
        finder = finder_of(index)
        if index.table.layout != "one_row":
            while body < height and is_head_row(grid.rows[body], index, finder):
                body += 1
        else:
            while (
                body < height and sum(1 for c in grid.rows[body] if leaf_of(c.text, index) is not None) >= 2
            ):
                body += 1
        parts.append(Part(index, r, body, height))
        r = body
    for part, following in pairwise(parts):
        part.stop = following.start
    return parts


def _is_corner(row: Sequence[Cell], index: TableIndex) -> bool:
    """Whether a row begins with the corner that heads every block, whatever its heads say."""
    if len(index.table.blocks) < 2:
        return False
    first = next((cell for cell in row if not is_blank(cell.text)), None)
    return first is not None and bare(first.text) in forms.words().block_corners


def _has_rows(row: Sequence[Cell], finders: Sequence[tuple[TableIndex, RowFinder]], one: TableIndex) -> bool:
    """Whether the row rather belongs to a table with more of its heads named."""
    own = sum(1 for cell in row if leaf_of(cell.text, one) is not None)
    for other, _ in finders:
        if other is not one and other.table.layout != "one_row":
            named = sum(1 for cell in row if cell.text != "" and other.column_of(cell.text) is not None)
            if named > own:
                return True
    return False


def has_figures(row: Sequence[Cell]) -> bool:
    return any(read_answer(cell.text).kind == "number" for cell in row)


def own_heads(grid: Grid, start: int, best: Iterable[tuple[int, TableIndex]]) -> tuple[Cell, ...] | None:
    """The first row of a piece where it looks like heads that no form knows: words, no row's label first."""
    row = grid.rows[start]
    words = [cell for cell in row if not is_blank(cell.text)]
    if len(words) < 2 or any(read_answer(cell.text).kind != "text" for cell in words):
        return None
    finders = [finder_of(index) for _, index in best]
    labelled = any(finder.find(words[0].text) is not None for finder in finders)
    return None if labelled else tuple(words)


def may_be_heads(heads: tuple[Cell, ...] | None, index: TableIndex) -> bool:
    """Whether unknown heads at least do not contradict the form's order of columns."""
    if heads is None:
        return True
    order = index.order
    if len(order) == 1 or len(heads) <= len(order):
        return False
    for place, cell in enumerate(heads[-len(order) :]):
        text = bare(cell.text)
        for key, column in index.column_keys.items():
            if key in text and column in order and order.index(column) != place:
                return False
    return True


def usual_end(grid: Grid, start: int, stop: int) -> int:
    """Where most rows of a piece end; one row with a cell too many says nothing of the others."""
    ends = Counter(row[-1].column + row[-1].colspan for row in grid.rows[start:stop] if row)
    return max(ends, key=lambda end: (ends[end], end), default=grid.width)
