"""Finds the ruling lines of a picture and makes tables of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from goicrawl.documents.pdf_geometry import Piece
from goicrawl.documents.pdf_lines import Lattice, lattices

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

_POINTS: Final = 10.5
"""Height of characters for which the measures of `lattices` are made."""
_SHORTEST_ACROSS: Final = 2.5
_SHORTEST_DOWN: Final = 1.4
"""A ruling is so many characters long at least; no stroke of a character is."""
_LONG: Final = 8.0
"""A ruling so long may end in the open; a shorter one ends at others."""
_NEAR: Final = 0.35
_SMOOTHED: Final = 0.4
_UNBROKEN: Final = 0.93
_SMALLEST: Final = (5.0, 1.3)
"""Width and height of the smallest table, in characters: strokes of large letters make smaller ones."""
_THICKEST: Final = 0.45
_CONTRAST: Final = 10
"""Levels by which a ruling is darker than what is around it; many are drawn in light grey."""


@dataclass
class Rulings:
    """The tables of a page, and the page's rulings as a mask (1 where one runs)."""

    lattices: list[Lattice]
    mask: Gray
    too_many: bool = False


def find_tables(light: Gray, size: float) -> Rulings:
    """The tables that ruling lines make on an upright page; `size` is the height of its characters."""
    import cv2
    import numpy

    across = _lines(light, size, upright=False)
    down = _lines(light, size, upright=True)
    horizontal = _solid(_pieces(across, False), light, size)
    vertical = _solid(_pieces(down, True), light.T, size)
    horizontal, vertical = _closed(horizontal, vertical, size)
    found = lattices(horizontal, vertical, size / _POINTS)
    if found is None:
        return Rulings([], numpy.zeros_like(light), too_many=True)
    wide, high = (part * size for part in _SMALLEST)
    found = [one for one in found if one.xs[-1] - one.xs[0] >= wide and one.ys[-1] - one.ys[0] >= high]
    return Rulings(found, _mask(cast("Gray", cv2.bitwise_or(across, down)), found, size))


def _closed(across: list[Piece], down: list[Piece], size: float) -> tuple[list[Piece], list[Piece]]:
    """Pieces without those short ones that do not end at others: strokes that stand in a row."""
    near = _NEAR * size

    def ends(piece: Piece, others: list[Piece]) -> bool:
        if piece.end - piece.start >= _LONG * size:
            return True
        return all(
            any(
                abs(other.at - end) <= near and other.start - near <= piece.at <= other.end + near
                for other in others
            )
            for end in (piece.start, piece.end)
        )

    while True:
        left = [piece for piece in across if ends(piece, down)]
        kept = [piece for piece in down if ends(piece, left)]
        if len(left) == len(across) and len(kept) == len(down):
            return left, kept
        across, down = left, kept


def _mask(lines: Gray, found: list[Lattice], size: float) -> Gray:
    """The pixels of the tables' own rulings, a little more than they were found to be."""
    import cv2
    import numpy

    near = max(int(size * 0.25), 3)
    zone = numpy.zeros_like(lines)
    for lattice in found:
        # Only along the sides of cells: inside one that spans several rows no ruling runs.
        for region in lattice.regions:
            left, right = int(lattice.xs[region.left]), int(lattice.xs[region.right])
            top, bottom = int(lattice.ys[region.top]), int(lattice.ys[region.bottom])
            for x in (left, right):
                zone[max(top - near, 0) : bottom + near, max(x - near, 0) : x + near + 1] = 1
            for y in (top, bottom):
                zone[max(y - near, 0) : y + near + 1, max(left - near, 0) : right + near] = 1
    return cast("Gray", cv2.dilate(cv2.bitwise_and(lines, zone), numpy.ones((3, 3), numpy.uint8)))


def _lines(light: Gray, size: float, *, upright: bool) -> Gray:
    """What runs straight one way for long enough and is thin."""
    import cv2
    import numpy

    def bar(length: int, thickness: int = 1) -> Any:
        return numpy.ones((length, thickness) if upright else (thickness, length), numpy.uint8)

    # Smoothed along its own direction a line stays, and noise and strokes of characters fade.
    along = max(int(size * _SMOOTHED), 5)
    smooth = cv2.blur(light, (1, along) if upright else (along, 1))
    dark = cv2.adaptiveThreshold(
        smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 2 * int(size) + 1, _CONTRAST
    )
    # A line that still slants by a part of a degree steps from one row of pixels to the next.
    joined = cv2.dilate(dark, bar(1, 2))
    reach = max(int(size * (_SHORTEST_DOWN if upright else _SHORTEST_ACROSS)), 12)
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(reach))
    thick = max(int(size * _THICKEST), 4)
    patch = cv2.morphologyEx(long, cv2.MORPH_OPEN, bar(1, thick + 2))
    # What is thicker than any line is a patch of colour: its inside is left out, its edge is not.
    return cast("Gray", cv2.subtract(long, patch))


def _solid(pieces: list[Piece], light: Gray, size: float) -> list[Piece]:
    """Pieces as long as the line really is, without short ones that have gaps: strokes side by side."""
    import numpy

    out = []
    for piece in pieces:
        at, start, end = round(piece.at), int(piece.start), int(piece.end)
        strip = light[max(at - 2, 0) : at + 3, start:end]
        depth = 255 - strip.min(axis=0).astype(numpy.int32)
        solid = numpy.flatnonzero(2 * depth > numpy.median(depth))
        if len(solid) == 0:
            continue
        piece = Piece(piece.at, float(start + solid[0]), float(start + solid[-1] + 1))
        if piece.end - piece.start >= _LONG * size or len(solid) >= _UNBROKEN * (piece.end - piece.start):
            out.append(piece)
    return out


def _pieces(mask: Gray, upright: bool) -> list[Piece]:
    import cv2

    count, _, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    out = []
    for n in range(1, count):
        x, y, w, h = (int(value) for value in stats[n, :4])
        at = float(middles[n][0] if upright else middles[n][1])
        piece = Piece(at, float(y), float(y + h)) if upright else Piece(at, float(x), float(x + w))
        if piece.end - piece.start > 2 * (w if upright else h):
            out.append(piece)
    return out
