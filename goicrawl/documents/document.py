"""The block model that every reader produces.

A `Document` is a list of blocks in reading order: headings, paragraphs and grids. A `Grid` keeps the
cells as they stand in the source, each with its place and its spans; `Grid.rows()` expands them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

IMAGE = "[image]"
"""Stands for a picture in a cell, so that a figure drawn as one is never taken for a blank."""

MAX_SPAN = 1000
"""No real table is wider or longer than this per cell; HTML caps colspan here too."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that a line break or a block element ends. `level` 1-6 if it is a heading."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the source has it.

    `row` and `column` are its first place on the expanded grid, counted from 0; `rowspan` and
    `colspan` are at least 1. `text` has blocks inside the cell separated by a line feed.
    """

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Grid:
    """A table: its cells in source order, and its size once spans are expanded."""

    cells: tuple[Cell, ...]
    height: int
    width: int
    spans: bool = True
    """Whether the source can say that a cell spans several places; lines of text cannot."""

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells that begin in each row, left to right: what the source's `<tr>` holds."""
        rows: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return tuple(tuple(row) for row in rows)

    @cached_property
    def expanded(self) -> tuple[tuple[Cell | None, ...], ...]:
        """height x width; every place names the cell that covers it, or None where none does."""
        table: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.height)):
                line = table[r]
                for c in range(cell.column, min(cell.column + cell.colspan, self.width)):
                    if line[c] is None:
                        line[c] = cell
        return tuple(tuple(line) for line in table)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an embedded file: `url` as the source has it, made absolute where a base is known."""

    url: str
    text: str
    kind: str = "a"
    """a, iframe, embed, object, img or data (an attribute such as pdfshow's data-value)."""


@dataclass(frozen=True)
class Document:
    """What a reader saw.

    `meta` holds `<meta name=… content=…>` pairs, names in lower case, in order (a name may recur).
    `problems` are things the reader could not do or had to cut; each is a short code with a detail.
    """

    media_type: str
    blocks: tuple[Block, ...]
    encoding: str | None = None
    title: str | None = None
    meta: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    images: int = 0
    problems: tuple[str, ...] = ()

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Grid))

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def meta_values(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.meta if key == wanted]


@dataclass
class GridBuilder:
    """Builds a `Grid` row by row by HTML's table algorithm, whatever the format it comes from.

    A cell takes the first free place of its row; a rowspan reaches no further than the table. A span
    of 0 in the source means 1 here (browsers differ, and no report needs it).
    """

    max_cells: int = 200_000
    cells: list[Cell] = field(default_factory=list)
    overlaps: int = 0
    spans: bool = True
    _taken: dict[int, set[int]] = field(default_factory=dict)
    _height: int = 0
    _width: int = 0
    full: bool = False

    def row(self, cells: Sequence[tuple[str, int, int]]) -> None:
        """Add a row: (text, rowspan, colspan) for each of its own cells."""
        r = self._height
        self._height += 1
        taken = self._taken.pop(r, set())
        column = 0
        for text, rowspan, colspan in cells:
            if len(self.cells) >= self.max_cells:
                self.full = True
                return
            rowspan = min(max(rowspan, 1), MAX_SPAN)
            colspan = min(max(colspan, 1), MAX_SPAN)
            while column in taken:
                column += 1
            self.cells.append(Cell(text, r, column, rowspan, colspan))
            if any(c in taken for c in range(column, column + colspan)):
                self.overlaps += 1
            if rowspan > 1:
                for later in range(r + 1, r + rowspan):
                    self._taken.setdefault(later, set()).update(range(column, column + colspan))
            column += colspan
            self._width = max(self._width, column)

    def grid(self) -> Grid:
        height = self._height
        cells = tuple(
            cell
            if cell.row + cell.rowspan <= height
            else Cell(cell.text, cell.row, cell.column, height - cell.row, cell.colspan)
            for cell in self.cells
        )
        return Grid(cells, height, self._width, self.spans)


def iter_text(document: Document) -> Iterator[str]:
    """All text of a document in reading order, cell by cell."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield cell.text
