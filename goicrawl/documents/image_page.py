"""One picture of a page to lines of text and tables, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from goicrawl.documents.document import Cell, Grid
from goicrawl.documents.image_cells import read_cells
from goicrawl.documents.image_pose import character_size, set_upright
from goicrawl.documents.image_rulings import Rulings, find_tables
from goicrawl.documents.image_text import read_lines
from goicrawl.documents.ocr_engine import engine
from goicrawl.documents.pdf_lines import Lattice
from goicrawl.documents.pdf_text import TextLine

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

_SMALLER: Final = 0.6
"""Tables may be printed so much smaller than the text around them."""
_BODY: Final = 10.5
"""Points to which a page's characters are scaled, so that pages of different resolutions go together."""


@dataclass
class PicturePage:
    """What stands on a page; `height` is the page's, in the units of its lines."""

    items: list[TextLine | Grid] = field(default_factory=list)
    height: float = 0.0
    media_type: str = "image/*"
    problems: list[str] = field(default_factory=list)


def read_picture(pixels: Gray, where: str) -> PicturePage:
    """Read a picture (rows of grey levels); `where` names it in the problems.

    Raises:
        RuntimeError: the extra `goicrawl[ocr]` is not installed.
    """
    reader = engine()
    out = PicturePage()
    upright = set_upright(pixels, reader)
    if upright is None:
        return out
    light, size = upright.pixels, upright.size
    rulings, size = _tables(light, size)
    if rulings.too_many:
        out.problems.append(f"image_not_read: {where} has too many lines to be tables")
    found = sorted(rulings.lattices, key=lambda one: (one.ys[0], one.xs[0]))
    cells = read_cells(light, found, rulings.mask, size, reader)
    boxes = [lattice.box for lattice in found]
    lines, unread = read_lines(light, boxes, size, reader)
    if unread:
        out.problems.append(f"unread_lines: {unread} lines on {where} are no text that can be read")
    scale = _BODY / size
    placed: list[tuple[float, float, TextLine | Grid]] = []
    for n, lattice in enumerate(found):
        grid, ragged = _grid(lattice, cells[n])
        if ragged:
            out.problems.append(
                f"cell_not_closed: {where}: the lines around {ragged} cells of a table leave a gap"
            )
        if grid.cells:
            placed.append((lattice.ys[0], lattice.xs[0], grid))
    for line in lines:
        scaled = TextLine(
            line.text, line.x0 * scale, line.x1 * scale, line.y * scale,
            line.size * scale, line.last * scale, recognised=True,
        )  # fmt: skip
        placed.append((line.y - line.size, line.x0, scaled))
    out.items = [item for _, _, item in sorted(placed, key=lambda one: one[:2])]
    out.height = light.shape[0] * scale
    return out


def _tables(light: Gray, size: float) -> tuple[Rulings, float]:
    """The page's tables and the size of their characters, which may be smaller than the page's other text."""
    rulings = find_tables(light, size)
    if not rulings.lattices:
        rulings = find_tables(light, size * _SMALLER)
    parts = [
        light[max(int(box.y0), 0) : int(box.y1), max(int(box.x0), 0) : int(box.x1)]
        for box in (lattice.box for lattice in rulings.lattices)
    ]
    sizes = sorted(found for part in parts if (found := character_size(part)) is not None)
    own = sizes[len(sizes) // 2] if sizes else size
    if own >= 0.85 * size:
        return rulings, size
    again = find_tables(light, own)
    return (again, own) if again.lattices else (rulings, size)


def _grid(lattice: Lattice, texts: dict[int, str]) -> tuple[Grid, int]:
    """A lattice with its texts, and how many of them stand in cells that the lines leave open."""
    held = {n: text for n, text in texts.items() if text != ""}
    left, top, right, bottom = 0, 0, len(lattice.xs) - 1, len(lattice.ys) - 1
    regions = [lattice.regions[n] for n in held]
    if not regions:
        return Grid((), 0, 0, recognised=True), 0
    open_left, open_top, open_right, open_bottom = lattice.open_sides
    # Where no line closes the table, only ends of others do, a strip without text is no part of it.
    left += open_left and all(region.left > 0 for region in regions)
    top += open_top and all(region.top > 0 for region in regions)
    right -= open_right and all(region.right < right for region in regions)
    bottom -= open_bottom and all(region.bottom < bottom for region in regions)
    out = []
    for n, region in enumerate(lattice.regions):
        text = held.get(n, "")
        if text == "" and n in lattice.outside:
            continue
        row, column = max(region.top, top), max(region.left, left)
        height, width = min(region.bottom, bottom) - row, min(region.right, right) - column
        if height > 0 and width > 0:
            out.append(Cell(text, row - top, column - left, height, width))
    return Grid(tuple(out), bottom - top, right - left, recognised=True), len(lattice.ragged & held.keys())
