"""Column heads of a table: which columns they name, in what order and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from goicrawl import forms
from goicrawl.documents.document import Cell
from goicrawl.extraction.label_index import TableIndex
from goicrawl.extraction.units import money_unit
from goicrawl.forms.labels import bare

_UNIT_ENDS = frozenset("）)元】]")


@dataclass(frozen=True, slots=True)
class Head:
    """One column as printed; `column` is None where no form knows the head."""

    column: str | None
    text: str
    left: int
    right: int


@dataclass(frozen=True)
class Heads:
    """The columns of a table in the order of its data.

    `left` and `right` bound them on the grid; `margin` is where the head's own rows end, which lies behind
    `right` where blank cells follow the last head. `beside` are the places of the other columns that the head
    names between the labels' and the first one: 行次, 单位.
    """

    columns: tuple[Head, ...]
    left: int
    right: int
    margin: int = 0
    beside: tuple[int, ...] = ()

    @cached_property
    def units(self) -> dict[str | None, str | None]:
        """Columns whose heads name a unit of money."""
        return {head.column: money_unit(head.text) for head in self.columns if head.text[-1:] in _UNIT_ENDS}

    @cached_property
    def ids(self) -> tuple[str | None, ...]:
        return tuple(head.column for head in self.columns)


def read_heads(rows: Sequence[Sequence[Cell]], index: TableIndex) -> Heads | None:
    """Read consecutive head rows, top to bottom.

    A head that spans a group of columns gives way to the group's own heads in the rows below, in the
    order they stand there; spans only say where a column stands, never which column it is.
    """
    used: set[int] = set()
    columns = _expand(rows, 0, None, index, used)
    named = [head for head in columns if head.column is not None]
    if not named:
        return None
    ids = [head.column for head in named]
    if len(set(ids)) != len(ids):
        return None
    left = min(head.left for head in named)
    columns = [head for head in columns if head.column is not None or head.left >= left]
    margin = max(cell.column + cell.colspan for row in rows for cell in row)
    corner = [cell for cell in rows[0] if cell.column + cell.colspan <= left and bare(cell.text) != ""]
    beside = [cell.column for cell in corner[1:] if bare(cell.text) in forms.words().beside]
    right = max(head.right for head in columns)
    return Heads(tuple(columns), left, right, margin, tuple(beside))


def moved(heads: Heads, width: int) -> Heads | None:
    """The same heads over a table's next piece whose rows are `width` wide; None where that is not sure."""
    if width == heads.margin:
        return heads
    if any(head.right - head.left != 1 for head in heads.columns):
        return None
    right = width - (heads.margin - heads.right)
    left = right - len(heads.columns)
    if left < 1:
        return None
    columns = tuple(
        Head(head.column, head.text, left + n, left + n + 1) for n, head in enumerate(heads.columns)
    )
    return Heads(columns, left, right, width)


def _expand(
    rows: Sequence[Sequence[Cell]],
    depth: int,
    members: tuple[str, ...] | None,
    index: TableIndex,
    used: set[int],
    over: Cell | None = None,
) -> list[Head]:
    out: list[Head] = []
    if depth >= len(rows):
        return out
    seen_named = False
    for cell in rows[depth]:
        if id(cell) in used or bare(cell.text) == "":
            continue
        column = index.column_of(cell.text)
        group = None if column is not None else index.group_of(cell.text)
        if column is not None:
            if members is not None and column not in members:
                if seen_named and over is not None and cell.column < over.column + over.colspan:
                    # A sum inside the group is not the sum of all.
                    used.add(id(cell))
                    out.append(Head(None, cell.text, cell.column, cell.column + cell.colspan))
                continue
            used.add(id(cell))
            out.append(Head(column, cell.text, cell.column, cell.column + cell.colspan))
            seen_named = True
        elif group is not None:
            used.add(id(cell))
            whole = len(group) >= len(index.order)
            for below in range(depth + 1, len(rows)):
                inner = _expand(rows, below, None if whole else group, index, used, cell)
                if inner:
                    out.extend(inner)
                    seen_named = True
                    break
            else:
                if not whole:
                    out.append(Head(None, cell.text, cell.column, cell.column + cell.colspan))
        elif seen_named and (
            members is None or (over is not None and cell.column < over.column + over.colspan)
        ):
            used.add(id(cell))
            out.append(Head(None, cell.text, cell.column, cell.column + cell.colspan))
    if members is None and not out and depth + 1 < len(rows):
        return _expand(rows, depth + 1, members, index, used)
    if members is None and depth + 1 < len(rows):
        rest = [head for head in _expand(rows, depth + 1, None, index, used) if head.column is not None]
        out.extend(rest)
        if rest:
            out.sort(key=lambda head: (head.left, head.right))
            lower = [n for n, head in enumerate(out) if head in rest]
            if lower[-1] - lower[0] >= len(lower):
                # A head of the upper row stands between heads of the lower one: the spans are wrong.
                return []
    return out
