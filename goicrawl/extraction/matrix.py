"""Reads tables whose rows and columns are labelled: one grid at a time, row by row, label by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goicrawl.documents.document import IMAGE, Cell, Grid
from goicrawl.extraction.columns import fit
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.heads import Heads, read_heads
from goicrawl.extraction.label_index import RowEntry, TableIndex
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.row_labels import RowFinder, finder_of, is_serial
from goicrawl.extraction.units import UNITS
from goicrawl.forms.labels import bare

_ORDINAL_WORDS = frozenset({"", "栏次", "甲", "乙", "甲乙", "列次", "序号"})


@dataclass(slots=True)
class Line:
    """A row of figures: its label and its cells behind the label."""

    row: int
    label: str
    entry: RowEntry | None
    values: list[Cell]
    nearly: bool = False
    disordered: bool = False
    """Whether a figure stands before the label, so that nobody can say which column it answers."""


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
    after = -1
    width = len(heads.columns) if heads is not None else len(index.order)
    for r in range(start, stop):
        line = _line(grid.rows[r], r, finder, width, after)
        if line is None or (line.entry is None and r < start + 2 and _counts_columns(line)):
            continue
        if line.entry is not None:
            after = max(after, finder.place(line.entry))
        lines.append(line)
    find_nearly(lines, finder)
    known = sum(1 for line in lines if line.entry is not None)
    strange = sum(1 for line in lines if line.entry is None and bare(line.label) != "")
    if strange > 2 and strange > 2 * known and known < 3:
        if known:
            gathering.note("L2", index.table.id, f"grid {number} has rows of another kind; it was not read")
        return 0
    if heads is None:
        return _read_without_heads(lines, index, number, gathering)
    found = 0
    for line in lines:
        found += _read_line(line, grid, number, index, heads, gathering, local=local)
    return found


def _line(cells: Sequence[Cell], r: int, finder: RowFinder, width: int, after: int) -> Line | None:
    """The label of a row and what stands behind it; None where the row holds nothing to read."""
    entry: RowEntry | None = None
    at = -1
    figures = 0
    first_figure = -1
    for i, cell in enumerate(cells):
        text = cell.text
        if text == "":
            continue
        kind = read_answer(text).kind
        if kind == "number":
            figures += 1
            if entry is not None:
                break
            if first_figure < 0 and not is_serial(text):
                first_figure = i
            continue
        if kind == "text":
            found = finder.find(text, after)
            if found is not None:
                entry, at = found, i
    if entry is not None:
        rest = list(cells[at + 1 :])
        deeper = _deeper_label(rest, width)
        if deeper is not None:
            return Line(r, rest[deeper].text, None, rest[deeper + 1 :])
        if entry.data_id is None:
            if any(read_answer(cell.text).kind == "number" for cell in rest):
                return Line(r, cells[at].text, None, rest)
            return None
        if entry.row.kind == "group" and all(is_blank(cell.text) for cell in rest) and len(rest) < width:
            return None
        if entry.row.kind == "group" and cells[at].rowspan > 1:
            # The group's name beside its rows: this row's own label is not there.
            return Line(r, "", None, rest)
        if first_figure >= 0 and first_figure < at:
            return Line(r, cells[at].text, None, rest, disordered=True)
        return Line(r, cells[at].text, entry, rest) if rest else None
    if figures == 0 and sum(1 for cell in cells if cell.text[:1].isdigit()) < min(width, 3):
        return None
    texts = [i for i, cell in enumerate(cells) if _is_wording(cell.text)]
    fitting = [i for i in texts if len(cells) - 1 - i >= width]
    fitting = [i for i in fitting if not cells[i].text[:1].isdigit()]
    label = fitting[-1] if fitting else texts[0] if texts else -1
    return Line(r, cells[label].text if label >= 0 else "", None, list(cells[label + 1 :]))


def _deeper_label(rest: Sequence[Cell], width: int) -> int | None:
    """Where behind a known group label another label stands that no form has exactly."""
    for i in range(len(rest) - width - 1, -1, -1):
        text = rest[i].text
        if text != "" and _is_wording(text) and len(bare(text)) > 1:
            return i
    return None


def _is_wording(text: str) -> bool:
    """Whether a cell may be a label: words, no figure, no unit, no picture."""
    if read_answer(text).kind != "text" or text.startswith(IMAGE):
        return False
    return bare(text) not in UNITS and not is_serial(text)


def _counts_columns(line: Line) -> bool:
    """Whether a row below the head only numbers the columns: 甲 1 2 3."""
    numbers = [bare(cell.text) for cell in line.values if bare(cell.text) not in _ORDINAL_WORDS]
    if len(numbers) < 1 or bare(line.label) not in _ORDINAL_WORDS:
        return False
    if not all(number.isdecimal() for number in numbers):
        return False
    first = int(numbers[0])
    return first in (1, 2) and [int(number) for number in numbers] == list(range(first, first + len(numbers)))


def find_nearly(lines: list[Line], finder: RowFinder) -> None:
    """Give rows with a slip in their label to the form's row that stands at their place."""
    taken = {line.entry.row.id for line in lines if line.entry is not None}
    rows = [e for e in finder.index.rows if e.data_id is not None]
    last = max((e.place for e in finder.index.rows), default=0) + 1
    for i, line in enumerate(lines):
        if line.entry is not None or line.disordered or bare(line.label) == "" or not line.values:
            continue
        before = next((finder.place(one.entry) for one in reversed(lines[:i]) if one.entry is not None), -1)
        behind = next(
            (
                finder.place(one.entry)
                for one in lines[i + 1 :]
                if one.entry is not None and finder.place(one.entry) >= 0
            ),
            last,
        )
        open_rows = [e for e in rows if before < e.place < behind and e.row.id not in taken]
        waiting = sum(
            1
            for one in lines
            if one.entry is None and one.label != "" and _between(one, lines, before, behind, finder)
        )
        found = finder.like(line.label, open_rows, only=len(open_rows) == 1 and waiting == 1)
        if found is None:
            # A piece of a table that a page break cut off, or rows in another order.
            others = [e for e in rows if e.row.id not in taken and e not in open_rows]
            wide = finder.like(line.label, [*open_rows, *others], only=False)
            found = wide if wide is not None and wide[1] >= 0.8 else None
        if found is not None:
            line.entry, line.nearly = found[0], True
            taken.add(found[0].row.id)


def _between(one: Line, lines: Sequence[Line], before: int, behind: int, finder: RowFinder) -> bool:
    at = next(i for i, line in enumerate(lines) if line is one)
    previous = next((finder.place(x.entry) for x in reversed(lines[:at]) if x.entry is not None), -1)
    return before <= previous < behind


def _read_line(
    line: Line, grid: Grid, number: int, index: TableIndex, heads: Heads, gathering: Gathering, *, local: bool
) -> int:
    table = index.table.id
    if line.entry is None:
        _unknown(line, number, table, gathering)
        return 0
    row = line.entry.data_id
    assert row is not None
    left = heads.left
    values = [cell for cell in line.values if cell.column >= left or bare(cell.text) not in UNITS]
    fitted = fit(values, heads, grid, line.row, local=local)
    where = [number, line.row]
    if isinstance(fitted, str):
        gathering.refuse(_addresses(table, row, heads), "cells_do_not_fit_heads", f"{fitted} at {where}")
        return 1
    if not grid.spans and not gathering.blanks_are_usual and len(heads.columns) > 2:
        # Where cells cannot span, a merged figure looks like a figure and blanks, and a row that has lost
        # a cell like one that ends in a blank: in a table that prints its zeros nobody can tell.
        blanks = sum(is_blank(cell.text) for _, cell in fitted.cells)
        if 0 < blanks < len(fitted.cells):
            detail = f"a cell may be lost or merged at {where}"
            gathering.refuse(_addresses(table, row, heads), "blank_cells_doubtful", detail)
            return 1
    if line.nearly:
        gathering.note("L1", f"{table}.{row}", f"label {line.label!r} was read as {line.entry.row.label!r}")
    units = heads.units
    prefix = f"{table}.{row}."
    for column, cell in fitted.cells:
        if column is not None:
            gathering.put(prefix + column, cell.text, (number, line.row, cell.column), units.get(column))
    if fitted.merged:
        addresses = [prefix + column for column in fitted.merged]
        gathering.refuse(addresses, "merged_cell", f"one figure stands for several cells at {where}")
    return 1


def _addresses(table: str, row: str, heads: Heads) -> list[str]:
    return [f"{table}.{row}.{head.column}" for head in heads.columns if head.column is not None]


def _unknown(line: Line, number: int, table: str, gathering: Gathering) -> None:
    label = " ".join(line.label.split())[:60]
    where = f"at {[number, line.row]}"
    if line.disordered:
        gathering.say("label_behind_figure", f"{label!r} in {table} {where}")
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
