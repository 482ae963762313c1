"""The block model that every reader produces.

A `Document` is a list of blocks in reading order: headings, paragraphs and grids. A `Grid` keeps the
cells as they stand in the source, each with its place and its spans; `Grid.rows()` expands them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple

IMAGE = "[image]"
"""Stands for a picture in a cell, so that a figure drawn as one is never taken for a blank."""

MAX_SPAN = 1000
"""No real table is wider or longer than this per cell; HTML caps colspan here too."""

MAX_PLACES: Final = 1_000_000
"""Height times width of a grid: a few cells with large spans must not fill the memory once expanded."""
_new = tuple.__new__
"""Builds a Cell in half the time that calling Cell takes."""


class Paragraph(NamedTuple):
    """A run of text that a line break or a block element ends. `level` 1-6 if it is a heading."""

    text: str
    level: int | None = None

    @property
    def recognised(self) -> bool:
        """Whether it was recognised in a picture, where characters may be misread."""
        return False


class RecognisedParagraph(Paragraph):
    """A paragraph that was recognised in a picture."""

    __slots__ = ()

    @property
    def recognised(self) -> bool:
        return True


class Cell(NamedTuple):
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
    recognised: bool = False
    """Whether its text was recognised in a picture, where characters may be misread."""

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
            if cell.rowspan == 1 and cell.colspan == 1:
                # Whatever came first keeps the place.
                if table[cell.row][cell.column] is None:
                    table[cell.row][cell.column] = cell
                continue
            for r in range(cell.row, min(cell.row + cell.rowspan, self.height)):
                line = table[r]
                for c in range(cell.column, min(cell.column + cell.colspan, self.width)):
                    if line[c] is None:
                        line[c] = cell
        return tuple(tuple(line) for line in table)


Block = Paragraph | Grid


Place = Literal["article", "furniture", "page"]
"""Where on its page a link stands: in the article, in what surrounds every article, or neither is told."""


class Link(NamedTuple):
    """A link or an embedded file: `url` as the source has it."""

    url: str
    text: str
    kind: str = "a"
    """a, iframe, embed, object, img, script or data (an attribute such as pdfshow's data-value)."""
    place: Place = "page"


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


@dataclass
class GridBuilder:
    """Builds a `Grid` row by row by HTML's table algorithm, whatever the format it comes from.

    A cell takes the first free place of its row; a rowspan reaches no further than the table. A span
    of 0 in the source means 1 here (browsers differ, and no report needs it). `full` says that the
    table was cut: it has too many cells, or its spans make it larger than any page could show.
    """

    max_cells: int = 200_000
    max_places: int = MAX_PLACES
    cells: list[Cell] = field(default_factory=list)
    overlaps: int = 0
    spans: bool = True
    full: bool = False
    _free_from: dict[int, int] = field(default_factory=dict)
    """By column: the row from which no rowspan covers it. Only columns that one has covered."""
    _last_covered: int = 0
    """No rowspan covers anything from this row on."""
    _height: int = 0
    _width: int = 0

    def plain_row(self, texts: Sequence[str]) -> None:
        """Add a row whose cells span nothing."""
        if len(self.cells) + len(texts) > self.max_cells or not self._has_room(len(texts)):
            self.row([(text, 1, 1) for text in texts])
            return
        r = self._height
        self._height = r + 1
        if r < self._last_covered:
            covered = self._covered(r)
            column = 0
            for text in texts:
                while column in covered:
                    column += 1
                self.cells.append(_new(Cell, (text, r, column, 1, 1)))
                column += 1
        else:
            self.cells += [_new(Cell, (text, r, column, 1, 1)) for column, text in enumerate(texts)]
            column = len(texts)
        if column > self._width:
            self._width = column

    def row(self, cells: Sequence[tuple[str, int, int]]) -> None:
        """Add a row: (text, rowspan, colspan) for each of its own cells."""
        if not self._has_room(len(cells)):
            self.full = True
            return
        if len(self.cells) + len(cells) > self.max_cells:
            self.full = True
            cells = cells[: self.max_cells - len(self.cells)]
        r = self._height
        self._height += 1
        covered = self._covered(r)
        column = 0
        for text, rowspan, colspan in cells:
            while column in covered:
                column += 1
            if rowspan <= 1 and colspan <= 1:
                self.cells.append(_new(Cell, (text, r, column, 1, 1)))
                column += 1
                continue
            rowspan = min(max(rowspan, 1), MAX_SPAN)
            colspan = min(max(colspan, 1), MAX_SPAN)
            end = column + colspan
            if end * self._height > self.max_places:
                self.full = True
                break
            self.cells.append(_new(Cell, (text, r, column, rowspan, colspan)))
            if covered and not covered.isdisjoint(range(column, end)):
                self.overlaps += 1
            if rowspan > 1:
                for c in range(column, end):
                    self._free_from[c] = max(self._free_from.get(c, 0), r + rowspan)
                self._last_covered = max(self._last_covered, r + rowspan)
            column = end
        self._width = max(self._width, column)

    def _covered(self, row: int) -> set[int]:
        """The columns that a rowspan from above covers."""
        if row >= self._last_covered:
            return set()
        return {column for column, free_from in self._free_from.items() if free_from > row}

    def _has_room(self, cells: int) -> bool:
        """Whether a row with so many cells can be added at all."""
        return not self.full and (self._height + 1) * max(self._width, cells, 1) <= self.max_places

    def grid(self) -> Grid:
        height = self._height
        cells = self.cells
        if self._last_covered > height:
            cells = [
                cell
                if cell.row + cell.rowspan <= height
                else Cell(cell.text, cell.row, cell.column, height - cell.row, cell.colspan)
                for cell in cells
            ]
        return Grid(tuple(cells), height, self._width, self.spans)


def iter_text(document: Document) -> Iterator[str]:
    """All text of a document in reading order, cell by cell."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield cell.text
