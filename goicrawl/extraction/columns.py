"""Which column each cell of a row answers.

Real pages share the width of head and figures differently, so equal counts go by order. Where the
counts differ the grid decides, and only if head and figures cover it alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goicrawl.documents.document import Cell, Grid
from goicrawl.extraction.heads import Heads
from goicrawl.extraction.numerals import is_blank, read_answer


@dataclass(slots=True)
class Fitted:
    """(column, cell) pairs; `merged` names columns that share one figure and so have none of their own."""

    cells: list[tuple[str | None, Cell]]
    merged: list[str]


def fit(
    values: Sequence[Cell],
    heads: Heads,
    grid: Grid,
    r: int,
    *,
    local: bool,
    usual: tuple[int, int] = (0, 0),
    due: int = 0,
) -> Fitted | str:
    """Give each cell its column, or say why that cannot be done surely.

    `usual` is how many cells most rows of the table have behind their label, and where they end: a row that
    has as many cells as there are heads while the others have more has lost one. `due` is how many there are
    to be, with those that answer nothing.
    """
    columns = heads.columns
    count = len(columns)
    shortage = f"{len(values)} cells under {count} heads"
    if local and grid.spans and heads.margin > heads.right:
        # Blank columns behind the heads make up for a cell that is lost or merged: only the places tell.
        return _by_place(values, heads, grid, r) if values and _end(values) >= heads.margin else shortage
    if len(values) == count:
        first = values[0]
        outside = local and first.column + first.colspan <= heads.left and _short(values, heads)
        if outside and (is_blank(first.text) or due > count):
            return "a cell is missing"
        if usual[0] > count or due > count:
            if not local or not grid.spans or _end(values) < usual[1]:
                return shortage
            return _by_place(values, heads, grid, r)
        if local and grid.spans and not _bears_out(values, heads):
            return "a figure spans several columns"
        return _in_order(values, heads, grid, r)
    if len(values) > count:
        if usual[0] > len(values) and _end(values) != usual[1]:
            return shortage
        if not grid.spans and any(len(row) != grid.width for row in grid.rows):
            behind = _behind_fill(values, count)
            if behind is not None:
                return _in_order(behind, heads, grid, r) if behind else shortage
        trimmed = _trim(values, heads, local=local)
        if len(trimmed) == count:
            return _in_order(trimmed, heads, grid, r)
        printed = [cell for cell in trimmed if not is_blank(cell.text)]
        if local and not grid.spans and len(printed) == count and len(trimmed) == heads.right - heads.left:
            # Heads and figures share a width that a copy without spans filled up with blanks.
            return _in_order(printed, heads, grid, r)
        return _by_place(values, heads, grid, r) if local and grid.spans and due > count else shortage
    return _by_place(values, heads, grid, r) if local else shortage


def _end(values: Sequence[Cell]) -> int:
    return values[-1].column + values[-1].colspan


def _short(values: Sequence[Cell], heads: Heads) -> bool:
    return _end(values) < heads.right


def _bears_out(values: Sequence[Cell], heads: Heads) -> bool:
    """Whether figures that stick out behind the heads and span columns add up to their total.

    As many figures as heads may be one merged and one too many; wrong spans over the right figures are
    more common, and the sum tells them apart.
    """
    if _end(values) <= heads.right or all(cell.colspan == 1 for cell in values):
        return True
    ids = heads.ids
    if "total" not in ids or len(ids) < 3:
        return True
    numbers = [read_answer(cell.text).value for cell in values]
    total = numbers[ids.index("total")]
    return total is None or sum(number for number in numbers if number is not None) == 2 * total


def _behind_fill(values: Sequence[Cell], count: int) -> Sequence[Cell] | None:
    """What stands behind the blanks with which a copy without spans makes up for a wide label.

    None where no blank stands first; [] where nobody can tell such blanks from blank answers.
    """
    surplus = len(values) - count
    if not is_blank(values[0].text):
        return None
    fill, answers = values[:surplus], values[surplus:]
    if all(is_blank(cell.text) for cell in fill) and not any(is_blank(cell.text) for cell in answers):
        return answers
    return [] if is_blank(values[-1].text) else None


def _trim(values: Sequence[Cell], heads: Heads, *, local: bool) -> list[Cell]:
    """Leave off blank cells before the first head and behind the last."""
    out = list(values)
    count = len(heads.columns)
    if local:
        # Blank cells behind the last head are filling only where the head's own row has them too; otherwise
        # a row with a figure too many would lose its last blank and shift.
        while len(out) > count and heads.right <= out[-1].column < heads.margin and is_blank(out[-1].text):
            out.pop()
        if out[-1].column + out[-1].colspan == heads.right:
            while (
                len(out) > count
                and out[0].column + out[0].colspan <= heads.left
                and _is_no_answer(out[0].text)
            ):
                del out[0]
    return out


def _is_no_answer(text: str) -> bool:
    return is_blank(text) or (read_answer(text).kind == "text" and not any(sign.isdigit() for sign in text))


def _in_order(values: Sequence[Cell], heads: Heads, grid: Grid, r: int) -> Fitted:
    if all(cell.rowspan == 1 for cell in values):
        return Fitted(list(zip(heads.ids, values, strict=True)), [])
    cells: list[tuple[str | None, Cell]] = []
    merged: list[str] = []
    for head, cell in zip(heads.columns, values, strict=True):
        if cell.rowspan > 1 and read_answer(cell.text).kind == "number" and _hangs_over(cell, heads, grid, r):
            if head.column is not None:
                merged.append(head.column)
            continue
        cells.append((head.column, cell))
    return Fitted(cells, merged)


def _hangs_over(cell: Cell, heads: Heads, grid: Grid, r: int) -> bool:
    """Whether the row below really leaves this cell's place open, and does not merely stick out."""
    if r + 1 >= grid.height:
        return False
    return all(one.column + one.colspan <= heads.right for one in grid.rows[r + 1])


def _by_place(values: Sequence[Cell], heads: Heads, grid: Grid, r: int) -> Fitted | str:
    shortage = f"{len(values)} cells under {len(heads.columns)} heads"
    line = grid.expanded[r]
    labels = {id(cell) for cell in grid.rows[r]} - {id(cell) for cell in values}
    cells: list[tuple[str | None, Cell]] = []
    merged: list[str] = []
    covered: dict[int, list[str | None]] = {}
    by_id: dict[int, Cell] = {}
    for head in heads.columns:
        over = {id(cell): cell for cell in line[head.left : head.right] if cell is not None}
        if (
            len(over) != 1
            or len(line) < head.right
            or any(cell is None for cell in line[head.left : head.right])
        ):
            return shortage
        ((key, cell),) = over.items()
        if key in labels:
            return shortage
        covered.setdefault(key, []).append(head.column)
        by_id[key] = cell
    beside = heads.left if heads.beside else 0
    if any(
        id(cell) not in covered and cell.column + cell.colspan > beside
        for cell in values
        if not is_blank(cell.text)
    ):
        return shortage
    for key, columns in covered.items():
        cell = by_id[key]
        alone = len(columns) == 1 and cell.row == r
        for column in columns:
            if alone or read_answer(cell.text).kind in ("blank", "slash"):
                cells.append((column, cell))
            elif column is not None:
                merged.append(column)
    last = max(cell.column + cell.colspan for cell in by_id.values())
    return Fitted(cells, merged) if last == heads.right else shortage
