"""The column that numbers the lines of an annex: 01, 02, 49**. It answers nothing, however like a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from goicrawl.documents.document import Cell, Grid
from goicrawl.forms.labels import squeeze

_LINE_NUMBER = re.compile(r"[(]?0?(\d{1,3})[)]?[.、]?\*{0,3}")
FEWEST = 4
"""So many lines show that their numbers count."""
_SURE = 6
"""So many show it where figures should stand."""


def line_number(text: str) -> int | None:
    """The number of a line that a cell prints, stars of a note and all: 07, 49**; None where it is none."""
    match = _LINE_NUMBER.fullmatch(squeeze(text)) if 0 < len(text) < 12 else None
    return None if match is None else int(match[1])


def numbers_before(grid: Grid, start: int, stop: int, left: int) -> frozenset[tuple[int, int]]:
    """The (row, column) of every line number that stands before the first figures, at `left`.

    A column numbers the lines where nearly all that it prints are numbers that count up. What does not count
    on with the others is left where it is: a figure that has slipped, the foot of a form.
    """
    rows = [row for row in grid.rows[start:stop] if any(cell.text != "" for cell in row)]
    printed: dict[int, list[Cell]] = {}
    for row in rows:
        for cell in row:
            if cell.column < left and cell.colspan == 1 and cell.text.strip() != "":
                printed.setdefault(cell.column, []).append(cell)
    found: set[tuple[int, int]] = set()
    for column, cells in printed.items():
        rising = _rising(cells)
        if len(rising) < FEWEST or 2 * len(rising) <= len(rows) or 5 * len(rising) < 4 * len(cells):
            continue
        if counts_up([line_number(cell.text) for cell in rising]):
            found.update((cell.row, column) for cell in rising)
    return frozenset(found)


def _rising(cells: Sequence[Cell]) -> list[Cell]:
    """The longest run of cells, others left out, whose line numbers rise."""
    best: list[tuple[int, int | None]] = []
    numbered = [(cell, number) for cell in cells if (number := line_number(cell.text)) is not None]
    tails: list[int] = []
    at_tail: list[int] = []
    for n, (_, number) in enumerate(numbered):
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        at_tail[place : place + 1] = [n]
        best.append((place, at_tail[place - 1] if place > 0 else None))
    out: list[Cell] = []
    at = at_tail[-1] if at_tail else None
    while at is not None:
        out.append(numbered[at][0])
        at = best[at][1]
    return out[::-1]


def counts_up(numbers: Sequence[int | None]) -> bool:
    """Whether numbers rise without exception, by one for the most part."""
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or len(known) < 2:
        return False
    steps = Counter(later - earlier for earlier, later in pairwise(known))
    return min(steps) > 0 and 2 * steps[1] > len(known) - 1


def stand_for_figures(firsts: Sequence[Cell], left: int) -> bool:
    """Whether line numbers stand where the figures begin, at `left`: a head is missing.

    No table's figures count up line by line.
    """
    numbers = [line_number(cell.text) for cell in firsts if cell.column >= left and cell.text.strip() != ""]
    return len(numbers) >= _SURE and 2 * len(numbers) > len(firsts) and counts_up(numbers)


def without_numbers(cells: Sequence[Cell], numbers: Set[tuple[int, int]]) -> list[Cell]:
    """A row's cells without its line number."""
    return [cell for cell in cells if (cell.row, cell.column) not in numbers]
