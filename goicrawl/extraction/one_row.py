"""Reads tables that the form prints as one row of figures under heads of two levels (复议 and 诉讼)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from goicrawl import forms
from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.one_row_heads import group_named, is_parent, leaf_of
from goicrawl.extraction.units import UNITS
from goicrawl.forms.labels import bare


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
        groups = any(group_named(cell.text, index) or is_parent(cell.text, index) for cell in row)
        empty = all(is_blank(cell.text) for cell in row) and r <= start + 2
        if not found and not groups and not empty:
            continue
        leaves.extend(found)
        head_stop = r + 1
    columns = [column for _, _, column in leaves]
    table = index.table.id
    if len(leaves) == len(order) and tuple(columns) == order:
        heads = [cell for cell, _, _ in leaves]
        found_lines = _read_lines(grid, number, head_stop, stop, heads, index, gathering)
        if found_lines:
            return found_lines
        named = leaves[0][1] or _above_in_grid(grid, start, head_stop, index)
        if named is None and not _names_anything(grid, start, head_stop, index):
            named = above
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
    left = min(cell.column for cell, _, _ in leaves)
    right = max(cell.column + cell.colspan for cell, _, _ in leaves)
    margin = max(cell.column + cell.colspan for row in grid.rows[start:head_stop] for cell in row)
    return _figures(grid, number, head_stop, stop, path, table, gathering, (left, right, margin))


def _figures(
    grid: Grid,
    number: int,
    start: int,
    stop: int,
    path: list[tuple[str, str]],
    table: str,
    gathering: Gathering,
    bounds: tuple[int, int, int],
) -> int:
    rows = 0
    for r in range(start, stop):
        cells = list(grid.rows[r])
        answers = [read_answer(cell.text).kind for cell in cells]
        if "number" not in answers and ("slash" not in answers) and len(cells) < len(path):
            continue
        left, right, margin = bounds
        while cells and cells[0].column + cells[0].colspan <= left and _leads(cells[0].text):
            del cells[0]
        if len(cells) == len(path) + 1 and bare(cells[0].text) in forms.words().heads:
            del cells[0]
        if grid.spans and margin > right and cells and "number" in answers:
            # Blank columns behind the heads make up for a cell that is lost or merged.
            whole = cells[-1].column + cells[-1].colspan == margin
            if not whole or any(cell.colspan != 1 for cell in cells[: len(path)]):
                addresses = [f"{table}.{row}.{column}" for row, column in path]
                gathering.refuse(
                    addresses, "cells_do_not_fit_heads", f"{len(cells)} cells under {len(path)} heads"
                )
                continue
        # A blank behind the last head is filling only where the head's rows reach as far.
        while len(cells) > len(path) and is_blank(cells[-1].text) and right <= cells[-1].column < margin:
            cells.pop()
        if all(bare(cell.text) in UNITS for cell in cells):
            continue
        if len(cells) != len(path) or not _bears_out(cells, path, right):
            if "number" in answers and not _foot(grid.rows[r]):
                addresses = [f"{table}.{row}.{column}" for row, column in path]
                gathering.refuse(
                    addresses, "cells_do_not_fit_heads", f"{len(cells)} cells under {len(path)} heads"
                )
            continue
        if _counts(cells) or (rows and "number" not in answers):
            continue
        if _doubtful(cells, grid, gathering):
            addresses = [f"{table}.{row}.{column}" for row, column in path]
            gathering.refuse(
                addresses, "blank_cells_doubtful", f"a cell may be lost or merged at {[number, r]}"
            )
            continue
        if all(answer == "text" for answer in answers[-len(path) :]) and any(
            len(bare(c.text)) > 3 for c in cells
        ):
            continue
        _put(gathering, table, path, cells, number, r)
        rows += 1
    return rows


def _doubtful(cells: Sequence[Cell], grid: Grid, gathering: Gathering) -> bool:
    """Whether a blank may be what a merged or a lost cell left, where cells cannot span."""
    if grid.spans or gathering.blanks_are_usual:
        return False
    blanks = sum(is_blank(cell.text) for cell in cells)
    return 0 < blanks < len(cells)


def _bears_out(cells: Sequence[Cell], path: Sequence[tuple[str, str]], right: int) -> bool:
    """Whether figures that stick out behind the heads and span columns add up to their totals.

    As many figures as heads may be one merged and one too many; the sums tell that from wrong spans.
    """
    if cells[-1].column + cells[-1].colspan <= right or all(cell.colspan == 1 for cell in cells):
        return True
    sums: dict[str, Decimal] = {}
    for (row, column), cell in zip(path, cells, strict=True):
        value = read_answer(cell.text).value
        if value is not None:
            sums[row] = sums.get(row, Decimal(0)) + (-value if column == "total" else value)
    return all(balance == 0 for balance in sums.values())


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


def _names_anything(grid: Grid, start: int, stop: int, index: TableIndex) -> bool:
    """Whether the head itself speaks of any group, if not of exactly one."""
    return any(
        group_named(cell.text, index) is not None or is_parent(cell.text, index)
        for row in grid.rows[start:stop]
        for cell in row
    )


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
    groups = _groups_by_place(grid, leaves, printed)
    if groups is not None:
        placed = sorted(zip(leaves, groups, strict=True), key=lambda item: item[0][0].column)
        path = [(group, leaf[2]) for leaf, group in placed]
        if len(set(path)) == len(path):
            return path
    # Where the spans are wrong the groups' order decides, and only the form's own.
    columns_of = [cell.column for cell, n in printed]
    if [n for _, n in printed] == rows and columns_of == sorted(columns_of):
        return [(row, column) for row in rows for column in order]
    return None


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


def _read_lines(
    grid: Grid,
    number: int,
    start: int,
    stop: int,
    heads: Sequence[Cell],
    index: TableIndex,
    gathering: Gathering,
) -> int:
    """Read rows that carry the group's name before their figures; returns how many there are."""
    count = len(heads)
    table = index.table.id
    beside = grid.rows[heads[0].row]
    strange = any(c.column > heads[0].column and c not in heads and bare(c.text) != "" for c in beside)
    lines = 0
    for r in range(start, stop):
        cells = grid.rows[r]
        named = [(i, n) for i, cell in enumerate(cells) if (n := group_named(cell.text, index)) is not None]
        if not named:
            continue
        at, row = named[-1]
        lines += 1
        values = _behind_label(cells[at + 1 :], heads, count)
        path = [(row, column) for column in index.order]
        if strange or len(values) != count:
            over = [grid.expanded[r][head.column] for head in heads if head.column < grid.width]
            values = [cell for cell in over if cell is not None and cell in cells[at + 1 :]]
            exact = [(cell.column, cell.colspan) for cell in values] == [(h.column, h.colspan) for h in heads]
            if not exact or not strange:
                addresses = [f"{table}.{row}.{column}" for column in index.order]
                detail = f"{len(cells) - at - 1} cells under {count} heads at {[number, r]}"
                gathering.refuse(addresses, "cells_do_not_fit_heads", detail)
                continue
        if _doubtful(values, grid, gathering):
            addresses = [f"{table}.{row}.{column}" for column in index.order]
            gathering.refuse(
                addresses, "blank_cells_doubtful", f"a cell may be lost or merged at {[number, r]}"
            )
            continue
        _put(gathering, table, path, values, number, r)
    return lines


def _behind_label(cells: Sequence[Cell], heads: Sequence[Cell], count: int) -> list[Cell]:
    """The cells without blanks that stand before the first head or behind the last."""
    out = list(cells)
    while out and is_blank(out[0].text) and out[0].column + out[0].colspan <= heads[0].column:
        del out[0]
    while len(out) > count and is_blank(out[-1].text):
        out.pop()
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
