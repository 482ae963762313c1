"""Columns of figures between the labels and the first head that a form knows: unread, so told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from goicrawl import forms
from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.heads import Heads
from goicrawl.extraction.numerals import read_answer
from goicrawl.forms.labels import bare


def unread_columns(grid: Grid, start: int, body: int, stop: int, heads: Heads) -> list[str]:
    """The heads (as printed) of columns left of the known ones that hold figures in most rows.

    Numbers of lines, one more in each row, are no figures. `start`, `body` and `stop` bound the rows of heads
    and those under them.
    """
    known = forms.words().heads
    found: list[str] = []
    for row in grid.rows[start:body]:
        for cell in row:
            left_of_heads = cell.column > 0 and cell.column + cell.colspan <= heads.left
            if left_of_heads and bare(cell.text) not in known and bare(cell.text) != "":
                below = grid.rows[body:stop]
                if _holds_figures(
                    [one for line in below for one in line if one.column == cell.column], below
                ):
                    found.append(" ".join(cell.text.split()))
    return found


def _holds_figures(cells: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> bool:
    values = [answer.value for cell in cells if (answer := read_answer(cell.text)).value is not None]
    if 2 * len(values) <= len(rows):
        return False
    return any(later != earlier + 1 for earlier, later in pairwise(values))
