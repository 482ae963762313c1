"""Tables that a page break cuts: through a row, or through a cell that stands for several rows.

What is read of a page ends with it, so a row whose text goes on over the page comes as two: half a label
beside its figures, and the rest of the label beside blanks. The two are one only where everything agrees: the
same columns, text that had no more room, no figure beside another. Where that is not sure both stay.
Heads without any figure go on to the figures on the next page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goicrawl.documents.document import Cell, Grid
from goicrawl.documents.pdf_text import TextLine, continues, joint

_NEAR: Final = 3.0
"""Edges this near (points) are one: the same table is drawn at the same place on both pages."""
_FIGURE: Final = re.compile(r"[\d０-９.,，．%％+\-－—/／\s]+")
_ITEM: Final = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．]")
"""What begins a label of its own."""
_MOST_HEADS: Final = 12


@dataclass
class Table:
    """A grid, where its columns' edges stand on the page, and the lines of its first and last cells."""

    grid: Grid
    edges: list[float]
    y: float = 0.0
    lines: dict[tuple[int, int], tuple[TextLine, ...]] = field(default_factory=dict)
    """By the place (row, column) of a cell with text."""


class _Placed(NamedTuple):
    """A cell by the edges of both tables, and its lines of text."""

    cell: Cell
    lines: tuple[TextLine, ...]

    @property
    def columns(self) -> tuple[int, int]:
        return self.cell.column, self.cell.column + self.cell.colspan


class _Pair(NamedTuple):
    """A cell that ends at the break and the one of the same columns that begins behind it."""

    upper: _Placed
    lower: _Placed
    goes_on: bool
    several_rows: bool

    @property
    def conflict(self) -> bool:
        """Whether both have text and it is not one text."""
        return self.upper.cell.text != "" and self.lower.cell.text != "" and not self.goes_on


def join(upper: Table, lower: Table) -> Table | None:
    """One table of two that follow each other over a page break; None where nothing surely goes on."""
    edges = _union(upper.edges, lower.edges)
    if edges is None:
        return None
    above, below = _placed(upper, edges), _placed(lower, edges)
    heads = _repeated_heads(above, below)
    below = [_down(one, -heads) for one in below if one.cell.row >= heads]
    height = upper.grid.height
    ending = {one.columns: one for one in above if one.cell.row + one.cell.rowspan == height}
    beginning = {one.columns: one for one in below if one.cell.row == 0}
    pairs = {key: _pair(ending[key], one, edges) for key, one in beginning.items() if key in ending}
    rows_apart = any(pair.conflict for pair in pairs.values() if not pair.several_rows)
    if _figures_cut(pairs, ending, beginning):
        pairs = {key: pair._replace(goes_on=True) for key, pair in pairs.items()}
        rows_apart = False
    only_heads = not any(_is_figure(one.cell.text) for one in above)
    if not only_heads and not any(
        pair.goes_on for pair in pairs.values() if pair.several_rows or not rows_apart
    ):
        return None
    same_row = (
        not any(pair.conflict for pair in pairs.values())
        and pairs.keys() == ending.keys() == beginning.keys()
        and any(pair.goes_on and not pair.several_rows for pair in pairs.values())
    )
    shift = height - (1 if same_row else 0)
    whole = {
        key: _whole(pair, 1 if same_row else 0)
        for key, pair in pairs.items()
        if same_row or _is_one(pair, rows_apart or (only_heads and not pair.goes_on))
    }
    out = [one for one in above if one.columns not in whole or ending.get(one.columns) is not one]
    out += whole.values()
    out += [_down(one, shift) for one in below if one.cell.row > 0 or one.columns not in whole]
    out.sort(key=lambda one: (one.cell.row, one.cell.column))
    grid = Grid(tuple(one.cell for one in out), shift + lower.grid.height - heads, len(edges) - 1)
    lines = {(one.cell.row, one.cell.column): one.lines for one in out if one.lines}
    return Table(grid, edges, upper.y, lines)


def _figures_cut(
    pairs: dict[tuple[int, int], _Pair],
    ending: dict[tuple[int, int], _Placed],
    beginning: dict[tuple[int, int], _Placed],
) -> bool:
    """Whether the row below the break has figures and no label: it is the rest of the row above."""
    labels = [pair for pair in pairs.values() if not _is_figure(pair.upper.cell.text)]
    figures = [pair for pair in pairs.values() if _is_figure(pair.lower.cell.text)]
    return (
        pairs.keys() == ending.keys() == beginning.keys()
        and any(pair.upper.cell.text != "" for pair in labels)
        and all(pair.lower.cell.text == "" or (pair.goes_on and pair.several_rows) for pair in labels)
        and any(_is_figure(pair.upper.cell.text) for pair in figures)
    )


def _pair(upper: _Placed, lower: _Placed, edges: list[float]) -> _Pair:
    text = lower.cell.text
    # A picture is text without a line.
    goes_on = (
        upper.lines != ()
        and lower.lines != ()
        and _ITEM.match(text) is None
        and not _is_figure(text)
        and continues(upper.lines[-1], lower.lines[0], edges[upper.columns[1]] - edges[upper.columns[0]])
    )
    return _Pair(upper, lower, goes_on, upper.cell.rowspan > 1 or lower.cell.rowspan > 1)


def _is_one(pair: _Pair, rows_apart: bool) -> bool:
    """Whether a cell goes on over the break although the row does not."""
    if rows_apart and not pair.several_rows:
        return False
    if pair.upper.cell.text == "":
        return pair.several_rows
    return pair.goes_on or (pair.lower.cell.text == "" and not _is_figure(pair.upper.cell.text))


def _whole(pair: _Pair, shared: int) -> _Placed:
    """The cell of both parts, which have so many rows in common."""
    upper, lower = pair.upper.cell, pair.lower.cell
    text = upper.text + lower.text
    if upper.text != "" and lower.text != "":
        between = "\n" if _is_figure(lower.text) else joint(upper.text, lower.text)
        text = f"{upper.text}{between}{lower.text}"
    cell = upper._replace(text=text, rowspan=upper.rowspan + lower.rowspan - shared)
    return _Placed(cell, pair.lower.lines or pair.upper.lines)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _down(one: _Placed, rows: int) -> _Placed:
    return _Placed(one.cell._replace(row=one.cell.row + rows), one.lines)


def _union(upper: Sequence[float], lower: Sequence[float]) -> list[float] | None:
    """The edges of both; None where the tables stand at different places, or edges cannot be told apart.

    A group's first column may be missing in one: where its cell is cut on both sides no line closes it.
    """
    more, fewer = (upper, lower) if upper[0] <= lower[0] else (lower, upper)
    if min(abs(fewer[0] - edge) for edge in more[:-1]) > 2 * _NEAR or abs(upper[-1] - lower[-1]) > 2 * _NEAR:
        return None
    inner = [edge for edge in fewer[1:-1] if min(abs(edge - other) for other in more) > _NEAR]
    edges = sorted([*more, *inner])
    for own in (upper, lower):
        if len({_at(edge, edges) for edge in own}) < len(own):
            return None
    return edges


def _at(edge: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - edge))


def _placed(table: Table, edges: list[float]) -> list[_Placed]:
    """The cells with their columns counted by the edges of both tables."""
    places = [_at(edge, edges) for edge in table.edges]
    out = []
    if places[0] > 0:
        out.append(_Placed(Cell("", 0, 0, table.grid.height, places[0]), ()))
    for cell in table.grid.cells:
        first, last = places[cell.column], places[cell.column + cell.colspan]
        lines = table.lines.get((cell.row, cell.column), ())
        out.append(_Placed(cell._replace(column=first, colspan=last - first), lines))
    return out


def _repeated_heads(above: list[_Placed], below: list[_Placed]) -> int:
    """How many rows at the top of the lower table only repeat the upper's, as heads on each page do."""
    found = 0
    height = max((one.cell.row + one.cell.rowspan for one in below), default=0)
    for count in range(1, min(height, _MOST_HEADS)):
        rows = [one.cell for one in below if one.cell.row < count]
        if any(cell.row + cell.rowspan > count for cell in rows):
            continue
        if rows != [one.cell for one in above if one.cell.row < count]:
            break
        found = count
    return found
