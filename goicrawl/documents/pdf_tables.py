"""Characters to the cells of the lattices that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from goicrawl.documents.document import IMAGE, Cell, Grid
from goicrawl.documents.pdf_breaks import Table
from goicrawl.documents.pdf_geometry import Box, Glyph
from goicrawl.documents.pdf_lines import Lattice, Region
from goicrawl.documents.pdf_text import TextLine, lines_of, text_in_cell

_INSIDE_A_WORD: Final = 0.12
_WATERMARK: Final = 36.0
"""Points, where text has its usual size."""
_FIGURES: Final = frozenset("0123456789.,%-+０１２３４５６７８９")


@dataclass
class Placed:
    """The characters of a page: those in each region of each lattice, and the others."""

    cells: list[dict[int, list[Glyph]]]
    free: list[Glyph] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    """Numbers that a line runs through."""


def place(glyphs: Sequence[Glyph], lattices: Sequence[Lattice], unit: float) -> Placed:
    """Put each character in the cell around its centre, a number as a whole.

    What is far larger than the page's text, or than its cell, is a watermark and no text of a table.
    """
    placed = Placed([{} for _ in lattices])
    boxes = [lattice.box for lattice in lattices]
    for word in _words(glyphs):
        homes = [_home(glyph, lattices, boxes) for glyph in word]
        if homes[0] is not None and word[0].size > _too_large(lattices[homes[0][0]], homes[0][1], unit):
            continue
        if len(word) > 1 and any(home != homes[0] for home in homes):
            placed.across.append("".join(glyph.text for glyph in word))
            first, last = word[0], word[-1]
            homes = [_home(first._replace(x1=last.x1), lattices, boxes)] * len(word)
        for glyph, home in zip(word, homes, strict=True):
            if home is None:
                placed.free.append(glyph)
            else:
                placed.cells[home[0]].setdefault(home[1], []).append(glyph)
    return placed


def _too_large(lattice: Lattice, region: int, unit: float) -> float:
    """The size from which text is none of a cell's."""
    where = lattice.regions[region]
    return min(_WATERMARK * unit, 1.3 * (lattice.ys[where.bottom] - lattice.ys[where.top]))


def _words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Digits that stand close together as one; every other character alone."""
    out: list[list[Glyph]] = []
    for glyph in glyphs:
        former = out[-1][-1] if out else None
        if (
            former is not None
            and glyph.text in _FIGURES
            and former.text in _FIGURES
            and glyph.turn == former.turn == 0
            and abs(glyph.y - former.y) < 0.1 * glyph.size
            and -_INSIDE_A_WORD * glyph.size < glyph.x0 - former.x1 < _INSIDE_A_WORD * glyph.size
        ):
            out[-1].append(glyph)
        else:
            out.append([glyph])
    return out


def _home(glyph: Glyph, lattices: Sequence[Lattice], boxes: Sequence[Box]) -> tuple[int, int] | None:
    x, y = glyph.middle
    for n, box in enumerate(boxes):
        if box.x0 <= x < box.x1 and box.y0 <= y < box.y1:
            region = lattices[n].place(x, y)
            if region is not None and region >= 0:
                return n, region
    return None


def table_of(lattice: Lattice, cells: dict[int, list[Glyph]], pictures: Sequence[Box]) -> tuple[Table, int]:
    """The table of a lattice, and how many of its texts stand in cells that the lines leave open."""
    lines = {n: tuple(lines_of(glyphs)) for n, glyphs in cells.items()}
    texts = {n: text_in_cell(found, _width(lattice, lattice.regions[n])) for n, found in lines.items()}
    for picture in pictures:
        at = lattice.place((picture.x0 + picture.x1) / 2, (picture.y0 + picture.y1) / 2)
        if at is not None and at >= 0 and texts.get(at, "") == "":
            texts[at] = IMAGE if _fits(picture, lattice, lattice.regions[at]) else ""
    texts = {n: text for n, text in texts.items() if text != ""}
    left, top, right, bottom = _trimmed(lattice, texts)
    out: list[Cell] = []
    by_place: dict[tuple[int, int], tuple[TextLine, ...]] = {}
    for n, region in enumerate(lattice.regions):
        text = texts.get(n, "")
        if text == "" and n in lattice.outside:
            continue
        row, column = max(region.top, top), max(region.left, left)
        height, width = min(region.bottom, bottom) - row, min(region.right, right) - column
        if height > 0 and width > 0:
            out.append(Cell(text, row - top, column - left, height, width))
            by_place[row - top, column - left] = lines.get(n, ())
    height = bottom - top
    if _has_strip(out):
        out = sorted(map(_without_strip, out), key=lambda cell: (cell.row, cell.column))
        by_place = {(max(row - 1, 0), column): found for (row, column), found in by_place.items()}
        height -= 1
    grid = Grid(tuple(out), height, right - left)
    table = Table(grid, lattice.xs[left : right + 1], lattice.ys[top], by_place)
    return table, len(lattice.ragged & texts.keys())


def _has_strip(cells: list[Cell]) -> bool:
    """Whether the first row ends only where a cell without text does.

    A browser closes the rest of an empty cell in the middle of the first row behind a page break.
    """
    texts = [cell for cell in cells if cell.text != ""]
    return (
        any(cell.row == 0 for cell in texts)
        and all(cell.row != 1 for cell in texts)
        and all(cell.row + cell.rowspan > 1 for cell in cells)
        and any(cell.row == 1 for cell in cells)
    )


def _without_strip(cell: Cell) -> Cell:
    return cell._replace(row=max(cell.row - 1, 0), rowspan=cell.rowspan - (1 if cell.row == 0 else 0))


def _width(lattice: Lattice, region: Region) -> float:
    return lattice.xs[region.right] - lattice.xs[region.left]


def _fits(picture: Box, lattice: Lattice, region: Region) -> bool:
    return (
        picture.x0 >= lattice.xs[region.left] - 2
        and picture.x1 <= lattice.xs[region.right] + 2
        and picture.y0 >= lattice.ys[region.top] - 2
        and picture.y1 <= lattice.ys[region.bottom] + 2
    )


def _trimmed(lattice: Lattice, texts: dict[int, str]) -> tuple[int, int, int, int]:
    """Rows and columns that only the ends of lines close and that hold nothing are no part of a table.

    What stands for several rows may reach into them: a page break leaves such a strip below the last row.
    """
    left, top, right, bottom = 0, 0, len(lattice.xs) - 1, len(lattice.ys) - 1
    held = [lattice.regions[n] for n in texts]
    if not held:
        return left, top, right, bottom
    open_left, open_top, open_right, open_bottom = lattice.open_sides
    if open_left and all(region.right > 1 for region in held):
        left = 1
    if open_top and all(region.bottom > 1 for region in held):
        top = 1
    if open_right and right - left > 1 and all(region.left < right - 1 for region in held):
        right -= 1
    if open_bottom and bottom - top > 1 and all(region.top < bottom - 1 for region in held):
        bottom -= 1
    return left, top, right, bottom
