"""The column that numbers the lines of an annex: 01, 02, 49**. It answers nothing, however like a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from goicrawl.documents.document import Cell, Grid
from goicrawl.forms.labels import squeeze

_LINE_NUMBER = re.compile(r"[(]?0?(\d{1,3})[)]?[.、]?\*{0,3}")
FEWEST = 4
"""So many lines show that their numbers count."""


def line_number(text: str) -> int | None:
    """The number of a line that a cell prints, stars of a note and all: 07, 49**; None where it is none."""
    match = _LINE_NUMBER.fullmatch(squeeze(text)) if 0 < len(text) < 12 else None
    return None if match is None else int(match[1])


def number_columns(grid: Grid, start: int, stop: int, left: int) -> frozenset[int]:
    """The places before the first figures, at `left`, in which the rows start..stop count up.

    A place counts up where every printed cell of it is a number, each greater than the one above, and most
    steps are one. What stands there is no figure, for the figures begin at `left`.
    """
    rows = [row for row in grid.rows[start:stop] if any(cell.text != "" for cell in row)]
    found: dict[int, list[int | None]] = {}
    for row in rows:
        for cell in row:
            if cell.column < left and cell.colspan == 1 and cell.text.strip() != "":
                found.setdefault(cell.column, []).append(line_number(cell.text))
    return frozenset(
        column
        for column, numbers in found.items()
        if len(numbers) >= FEWEST and 2 * len(numbers) > len(rows) and counts_up(numbers)
    )


def counts_up(numbers: Sequence[int | None]) -> bool:
    """Whether numbers rise without exception, by one for the most part."""
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or len(known) < 2:
        return False
    steps = Counter(later - earlier for earlier, later in pairwise(known))
    return min(steps) > 0 and 2 * steps[1] > len(known) - 1


def without_numbers(cells: Sequence[Cell], columns: frozenset[int]) -> list[Cell]:
    """A row's cells without its line number."""
    return [cell for cell in cells if cell.column not in columns or cell.colspan > 1]
