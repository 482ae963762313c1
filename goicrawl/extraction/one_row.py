"""Reads tables that the form prints as one row of figures under heads of two levels (复议 and 诉讼)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.label_index import TableIndex, indexes
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.forms.labels import bare, read_label
from goicrawl.forms.model import Row


@dataclass(slots=True)
class GroupContext:
    """The group that the last text before a grid named, and whether that text was only the group's name."""

    row: str | None = None
    seen: list[str] = field(default_factory=list)


def group_named(text: str, index: TableIndex) -> str | None:
    """The row that a text names as the head of figures: 行政复议, 行政诉讼（未经复议直接起诉）."""
    if len(text) > 40:
        return None
    key = read_label(text).key
    return None if key == "" else _group_keys(index).get(key)


def _group_keys(index: TableIndex) -> dict[str, str]:
    keys = index.memory.get("group keys")
    if keys is None:
        found: dict[str, str] = {}
        for row in sorted(index.table.rows, key=lambda one: -len(one.label)):
            for label in (row.label, *row.aliases):
                own = bare(label)
                parent = "" if row.parent is None else bare(row.parent)
                wordings = (own, parent + own, own + parent, f"{own}情况", f"{own}数量", f"{parent}{own}情况")
                for wording in wordings:
                    found.setdefault(wording, row.id)
        keys = index.memory["group keys"] = found
    assert isinstance(keys, dict)
    return keys


def leaf_of(text: str, index: TableIndex) -> tuple[str | None, str] | None:
    """The (row or None, column) that a head names: 结果维持, 行政复议-结果维持."""
    if text == "" or len(text) > 60:
        return None
    column = index.column_of(text)
    if column is not None:
        return None, column
    key = read_label(text).key
    for ending in index.endings:
        if key.endswith(ending) and len(key) > len(ending):
            row = group_named(key[: -len(ending)], index)
            if row is not None:
                return row, index.column_keys[ending]
    return None


def headed_by(grid: Grid) -> list[TableIndex]:
    """One-row tables whose heads a grid prints together with their groups: 行政复议-结果维持."""
    out: list[TableIndex] = []
    for index in indexes():
        if index.table.layout != "one_row" or any(one.table.id == index.table.id for one in out):
            continue
        endings = tuple(key for key in index.endings if len(key) >= 4)
        joined = sum(
            1 for cell in grid.cells if cell.text.endswith(endings) and leaf_of(cell.text, index) is not None
        )
        if joined >= 4:
            out.append(index)
    return out


def read_grid(
    grid: Grid, number: int, start: int, stop: int, index: TableIndex, gathering: Gathering, above: str | None
) -> int:
    """Read rows start..stop; `above` is the row that the text before the grid names.

    Returns how many of the table's rows were read.
    """
    order = index.order
    upright = _read_upright(grid, number, start, stop, index, gathering, above)
    if upright:
        return upright
    head_stop = start
    leaves: list[tuple[Cell, str | None, str]] = []
    for r in range(start, stop):
        row = grid.rows[r]
        if any(read_answer(cell.text).kind == "number" for cell in row):
            break
        found = [(cell, *leaf) for cell in row if (leaf := leaf_of(cell.text, index)) is not None]
        if not found and leaves:
            break
        groups = any(group_named(cell.text, index) or _is_parent(cell.text, index) for cell in row)
        empty = all(is_blank(cell.text) for cell in row) and r <= start + 2
        if not found and not groups and not empty:
            continue
        leaves.extend(found)
        head_stop = r + 1
    columns = [column for _, _, column in leaves]
    table = index.table.id
    if len(leaves) == len(order) and tuple(columns) == order:
        lines = _labelled(grid, head_stop, stop, index)
        if lines:
            for r, row_id, values in lines:
                _put(gathering, table, [(row_id, c) for c in order], values, number, r)
            return len(lines)
        named = leaves[0][1] or above or _above_in_grid(grid, start, head_stop, index)
        if named is None:
            gathering.say("group_not_named", f"{table} in grid {number}: whose figures they are")
            return 0
        path: list[tuple[str, str]] = [(named, column) for column in order]
    elif len(leaves) == len(order) * len(index.table.rows):
        found_path = _path(grid, leaves, start, head_stop, index)
        if found_path is None:
            gathering.say("column_heads_not_matched", f"{table} in grid {number}")
            return 0
        path = found_path
    else:
        if leaves:
            gathering.say("column_heads_not_matched", f"{table} in grid {number}: {len(leaves)} heads")
        return 0
    return _figures(grid, number, head_stop, stop, path, table, gathering)


def _figures(
    grid: Grid,
    number: int,
    start: int,
    stop: int,
    path: list[tuple[str, str]],
    table: str,
    gathering: Gathering,
) -> int:
    rows = 0
    for r in range(start, stop):
        cells = list(grid.rows[r])
        answers = [read_answer(cell.text).kind for cell in cells]
        if "number" not in answers and ("slash" not in answers) and len(cells) < len(path):
            continue
        while len(cells) > len(path) and _leads(cells[0].text):
            del cells[0]
        while len(cells) > len(path) and is_blank(cells[-1].text):
            cells.pop()
        if len(cells) != len(path):
            if "number" in answers and not _foot(grid.rows[r]):
                addresses = [f"{table}.{row}.{column}" for row, column in path]
                gathering.refuse(
                    addresses, "cells_do_not_fit_heads", f"{len(cells)} cells under {len(path)} heads"
                )
            continue
        if _counts(cells) or (rows and "number" not in answers):
            continue
        if all(answer == "text" for answer in answers[-len(path) :]) and any(
            len(bare(c.text)) > 3 for c in cells
        ):
            continue
        _put(gathering, table, path, cells, number, r)
        rows += 1
    return rows


def _foot(cells: Sequence[Cell]) -> bool:
    return any(len(bare(cell.text)) > 3 and ("：" in cell.text or ":" in cell.text) for cell in cells)


def _leads(text: str) -> bool:
    return is_blank(text) or read_answer(text).kind == "text"


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1 2 3 ... 15."""
    numbers = [bare(cell.text) for cell in cells]
    return numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _put(
    gathering: Gathering,
    table: str,
    path: Sequence[tuple[str, str]],
    cells: Sequence[Cell],
    number: int,
    r: int,
) -> None:
    for (row, column), cell in zip(path, cells, strict=True):
        gathering.put(f"{table}.{row}.{column}", cell.text, (number, r, cell.column))


def _is_parent(text: str, index: TableIndex) -> bool:
    key = bare(text)
    return key != "" and any(row.parent is not None and bare(row.parent) == key for row in index.table.rows)


def _above_in_grid(grid: Grid, start: int, stop: int, index: TableIndex) -> str | None:
    named = [
        n for row in grid.rows[max(start - 2, 0) : stop] for c in row if (n := group_named(c.text, index))
    ]
    return named[-1] if len(set(named)) == 1 else None


def _path(
    grid: Grid, leaves: Sequence[tuple[Cell, str | None, str]], start: int, stop: int, index: TableIndex
) -> list[tuple[str, str]] | None:
    """(row, column) for each place of the row of figures, left to right."""
    order = index.order
    rows = [row.id for row in index.table.rows]
    if all(row is not None for _, row, _ in leaves):
        path = [(row, column) for _, row, column in leaves if row is not None]
        return path if len(set(path)) == len(path) else None
    columns = [column for _, _, column in leaves]
    if any(tuple(columns[i : i + len(order)]) != order for i in range(0, len(columns), len(order))):
        return None
    printed = [
        (cell, n)
        for row in grid.rows[start:stop]
        for cell in row
        if leaf_of(cell.text, index) is None and (n := group_named(cell.text, index)) is not None
    ]
    if [n for _, n in printed] == rows:
        return [(row, column) for row in rows for column in order]
    groups = _groups_by_place(grid, leaves, printed)
    if groups is None:
        return None
    placed = sorted(zip(leaves, groups, strict=True), key=lambda item: item[0][0].column)
    path = [(group, leaf[2]) for leaf, group in placed]
    return path if len(set(path)) == len(path) else None


def _groups_by_place(
    grid: Grid, leaves: Sequence[tuple[Cell, str | None, str]], printed: Sequence[tuple[Cell, str]]
) -> list[str] | None:
    out = []
    for cell, _, _ in leaves:
        over = {n for g, n in printed if g.column <= cell.column < g.column + g.colspan and g.row < cell.row}
        if len(over) != 1:
            return None
        out.append(over.pop())
    return out


def _labelled(grid: Grid, start: int, stop: int, index: TableIndex) -> list[tuple[int, str, list[Cell]]]:
    """Rows that carry the group's name before their figures."""
    out = []
    count = len(index.order)
    for r in range(start, stop):
        cells = list(grid.rows[r])
        while len(cells) > count + 1 and is_blank(cells[-1].text):
            cells.pop()
        if len(cells) <= count:
            continue
        labels = [cell.text for cell in cells[:-count] if not is_blank(cell.text)]
        named = [n for text in labels if (n := group_named(text, index)) is not None]
        if not named and labels:
            joined = group_named("".join(labels), index)
            named = [joined] if joined is not None else []
        if named:
            out.append((r, named[-1], cells[-count:]))
    return out


def _read_upright(
    grid: Grid, number: int, start: int, stop: int, index: TableIndex, gathering: Gathering, above: str | None
) -> int:
    """Lines of a label and one figure each: the group's name over or beside its five lines."""
    lines: list[tuple[int, str, str, Cell]] = []
    group: str | None = above
    for r in range(start, stop):
        leaf: tuple[str | None, str] | None = None
        values: list[Cell] = []
        for cell in grid.rows[r]:
            named = group_named(cell.text, index) if cell.text != "" else None
            if named is not None:
                group = named
                continue
            found = leaf_of(cell.text, index)
            if found is not None:
                if leaf is not None:
                    return 0
                leaf = found
            elif leaf is not None:
                values.append(cell)
        if leaf is None or len(values) != 1:
            continue
        row = leaf[0] if leaf[0] is not None else group
        if row is None:
            return 0
        lines.append((r, row, leaf[1], values[0]))
    if len(lines) < len(index.order) or len({(row, column) for _, row, column, _ in lines}) != len(lines):
        return 0
    for r, row, column, cell in lines:
        gathering.put(f"{index.table.id}.{row}.{column}", cell.text, (number, r, cell.column))
    return len({row for _, row, _, _ in lines})


def missing_rows(index: TableIndex, found: Sequence[str]) -> list[Row]:
    """Rows of the table that no figures were found for."""
    return [row for row in index.table.rows if row.id not in found]
