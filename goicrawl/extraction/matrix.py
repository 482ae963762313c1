"""Reads tables whose rows and columns are labelled: one grid at a time, row by row, label by label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.columns import fit
from goicrawl.extraction.doubtful_labels import settle
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.heads import Heads, read_heads
from goicrawl.extraction.label_index import RowEntry, TableIndex
from goicrawl.extraction.line_numbers import FEWEST, numbers_before, stand_for_figures, without_numbers
from goicrawl.extraction.lines import Line, counts_columns, find_nearly, is_weak, read_line
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.row_labels import RowFinder, finder_of
from goicrawl.extraction.units import MONEY, UNITS
from goicrawl.forms.labels import bare

_MANY = 5
"""Tables of so many columns have no column of line numbers, and their figures bear each other out."""


def is_head_row(row: Sequence[Cell], index: TableIndex, finder: RowFinder) -> bool:
    """Whether a row names columns of the table and holds no figures."""
    named = groups = 0
    for cell in row:
        text = cell.text
        if text == "":
            continue
        if index.column_of(text) is not None:
            named += 1
        elif index.group_of(text) is not None:
            groups += 1
        elif read_answer(text).kind == "number" or finder.find(text) is not None:
            return False
    if named == 0:
        return groups > 0
    if named == 1 and groups == 0:
        # One name alone is a head only where it is no row's label too (总计, 其他).
        return all(
            cell.text == "" or index.column_of(cell.text) is None or finder.find(cell.text) is None
            for cell in row
        )
    return True


def read_rows(
    grid: Grid,
    number: int,
    start: int,
    stop: int,
    index: TableIndex,
    heads: Heads | None,
    gathering: Gathering,
    *,
    local: bool,
) -> int:
    """Read the rows start..stop under one set of heads; `local` says that the heads stand in this grid.

    Returns how many rows of the form were found.
    """
    finder = finder_of(index)
    lines: list[Line] = []
    groups: list[tuple[int, RowEntry, str]] = []
    after = -1
    width = len(heads.columns) if heads is not None else len(index.order)
    numbers: frozenset[tuple[int, int]] = frozenset()
    if heads is not None and len(heads.columns) < _MANY and stop - start >= FEWEST:
        numbers = numbers_before(grid, start, stop, heads.left)
    for r in range(start, stop):
        cells = without_numbers(grid.rows[r], numbers) if numbers else grid.rows[r]
        line = read_line(cells, r, finder, width, after)
        if line is None:
            groups += [(len(lines), entry, text) for entry, text in _groups_in(cells, finder)]
            continue
        if line.entry is None and r < start + 2 and counts_columns(line):
            continue
        if line.entry is not None:
            after = max(after, finder.place(line.entry))
        lines.append(line)
    numbered = sum(line.numbered for line in lines)
    for line in lines:
        if line.numbered and 2 * numbered < len(lines):
            # A small number before one label among many without is a figure out of its place.
            line.entry, line.disordered = None, True
    find_nearly(lines, finder)
    name = index.table.id
    gathering.above[name] = settle(lines, finder, groups, gathering.above.get(name))
    known = sum(1 for line in lines if line.entry is not None)
    strange = sum(1 for line in lines if line.entry is None and bare(line.label) != "")
    if known and strange and all(line.entry is None or is_weak(line.label) for line in lines):
        gathering.note("L2", index.table.id, f"grid {number} has rows of another kind; it was not read")
        return 0
    if strange > 2 and strange > 2 * known and known < 3:
        if known:
            gathering.note("L2", index.table.id, f"grid {number} has rows of another kind; it was not read")
        return 0
    if heads is None:
        if strange >= known:
            return 0
        return _read_without_heads(lines, index, number, gathering)
    found = 0
    for line in lines:
        _take_unit(line, heads)
    firsts = [one.values[0] for one in lines if one.values]
    if len(heads.columns) < _MANY and stand_for_figures(firsts, heads.left):
        for line in lines:
            line.values = []
    usual = _usual(lines)
    full = frozenset() if grid.spans else _always_printed(lines, width)
    for line in lines:
        due = len(heads.columns) + sum((line.row, column) not in numbers for column in heads.beside)
        found += _read_line(
            line, grid, number, index, heads, gathering, local=local, usual=usual, full=full, due=due
        )
    return found


def _groups_in(cells: Sequence[Cell], finder: RowFinder) -> list[tuple[RowEntry, str]]:
    """The group that a row without figures names."""
    found = [(entry, cell.text) for cell in cells if (entry := finder.find(cell.text)) is not None]
    return [(entry, text) for entry, text in found if entry.row.kind == "group"][-1:]


def _take_unit(line: Line, heads: Heads) -> None:
    """Set a unit before the first figure aside."""
    while line.values and line.values[0].column < heads.left and bare(line.values[0].text) in UNITS:
        line.unit = bare(line.values.pop(0).text)


def _always_printed(lines: Sequence[Line], width: int) -> frozenset[int]:
    """Places of a row where nearly every row prints something: a blank there may be what a lost cell left."""
    rows = [line.values for line in lines if len(line.values) == width]
    if len(rows) < 8:
        return frozenset()
    blanks = Counter(n for row in rows for n, cell in enumerate(row) if is_blank(cell.text))
    return frozenset(n for n in range(width) if 8 * blanks[n] < len(rows))


def _usual(lines: Sequence[Line]) -> tuple[int, int]:
    """How many cells most rows have behind their label and where those end; (0, 0) if too few to say."""
    shapes = Counter(
        (len(line.values), line.values[-1].column + line.values[-1].colspan)
        for line in lines
        if line.entry is not None and line.values
    )
    if not shapes:
        return 0, 0
    shape, times = shapes.most_common(1)[0]
    return shape if times >= 2 and 2 * times > sum(shapes.values()) else (0, 0)


def _read_line(
    line: Line,
    grid: Grid,
    number: int,
    index: TableIndex,
    heads: Heads,
    gathering: Gathering,
    *,
    local: bool,
    usual: tuple[int, int],
    full: frozenset[int],
    due: int,
) -> int:
    table = index.table.id
    if line.entry is None:
        _unknown(line, number, table, gathering)
        return 0
    row = line.entry.data_id
    assert row is not None
    due = max(due - (line.unit is not None), len(heads.columns))
    fitted = fit(line.values, heads, grid, line.row, local=local, usual=usual, due=due)
    where = [number, line.row]
    if isinstance(fitted, str):
        gathering.refuse(_addresses(table, row, heads), "cells_do_not_fit_heads", f"{fitted} at {where}")
        return 1
    if any(column is not None and bare(cell.text) in UNITS for column, cell in fitted.cells):
        gathering.refuse(
            _addresses(table, row, heads), "cells_do_not_fit_heads", f"a unit is no answer at {where}"
        )
        return 1
    if not grid.spans and len(heads.columns) > 2:
        # Where cells cannot span, a merged figure looks like a figure and blanks, and a row that has lost
        # a cell like one that ends in a blank: in a table that prints its zeros nobody can tell.
        blanks = [n for n, (_, cell) in enumerate(fitted.cells) if is_blank(cell.text)]
        doubtful = not gathering.blanks_are_usual or not full.isdisjoint(blanks)
        if doubtful and 0 < len(blanks) < len(fitted.cells):
            detail = f"a cell may be lost or merged at {where}"
            gathering.refuse(_addresses(table, row, heads), "blank_cells_doubtful", detail)
            return 1
    if line.nearly:
        gathering.note("L1", f"{table}.{row}", f"label {line.label!r} was read as {line.entry.row.label!r}")
    prefix = f"{table}.{row}."
    units = heads.units if line.unit not in MONEY else dict.fromkeys(heads.ids, line.unit)
    gathering.put_row(prefix, fitted.cells, number, line.row, units)
    if fitted.merged:
        addresses = [prefix + column for column in fitted.merged]
        gathering.refuse(addresses, "merged_cell", f"one figure stands for several cells at {where}")
    return 1


def _addresses(table: str, row: str, heads: Heads) -> list[str]:
    return [f"{table}.{row}.{head.column}" for head in heads.columns if head.column is not None]


def _unknown(line: Line, number: int, table: str, gathering: Gathering) -> None:
    label = " ".join(line.label.split())[:60]
    where = f"at {[number, line.row]}"
    if line.undecided:
        gathering.say("row_not_told_apart", f"{label!r} in {table} {where}")
    elif line.disordered:
        gathering.say("label_out_of_place", f"{label!r} in {table} {where}")
    elif bare(label) == "":
        gathering.say("row_without_label", f"{table} {where}")
    else:
        gathering.say("unknown_row", f"{label!r} in {table} {where}")


def _read_without_heads(lines: list[Line], index: TableIndex, number: int, gathering: Gathering) -> int:
    """Rows whose heads no form knows: the official order, where every row's sum bears it out.

    Tables whose columns do not add up cannot be read so.
    """
    order = index.order
    table = index.table.id
    lines = [line for line in lines if line.entry is not None]
    if "total" not in order:
        if len(order) > 1 or len(lines) < 5:
            return 0
        for line in lines:
            values = [cell for cell in line.values if bare(cell.text) not in UNITS]
            if len(values) == 1 and line.entry is not None:
                gathering.put(
                    f"{table}.{line.entry.data_id}.{order[0]}",
                    values[0].text,
                    (number, line.row, values[0].column),
                )
        gathering.say("column_heads_not_matched", f"{table} in grid {number}: read as its only column")
        return len(lines)
    if order[-1] != "total" or not lines:
        return 0
    for line in lines:
        numbers = [read_answer(cell.text).value for cell in line.values]
        if len(numbers) != len(order) or any(value is None for value in numbers):
            return 0
        if sum(value for value in numbers[:-1] if value is not None) != numbers[-1]:
            return 0
    for line in lines:
        for column, cell in zip(order, line.values, strict=True):
            if line.entry is not None:
                gathering.put(
                    f"{table}.{line.entry.data_id}.{column}", cell.text, (number, line.row, cell.column)
                )
    gathering.say(
        "column_heads_not_matched", f"{table} in grid {number}: read in the form's order, the sums agree"
    )
    return len(lines)


def heads_of(grid: Grid, start: int, stop: int, index: TableIndex) -> Heads | None:
    """The heads that the rows start..stop print."""
    return read_heads(grid.rows[start:stop], index)
