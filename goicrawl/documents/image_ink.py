"""The ink in the cells of a picture's tables: which pieces belong to which cell and which line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from goicrawl.documents.pdf_lines import Lattice

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

Bounds = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_DARK: Final = 165
_FAINT: Final = 215
"""Paper is lighter than this. What lies between cannot be read, but such a cell is not surely blank."""
_SPECK: Final = 0.16
"""A piece of ink smaller than this part of a character each way is dirt or a dot."""
_LINE: Final = 1.2
"""Pieces of ink within this part of a character's height may be one line: the strokes of 二."""


class Ink(NamedTuple):
    """A connected piece of ink: its bounds in pixels and how many of them are dark."""

    x0: int
    y0: int
    x1: int
    y1: int
    area: int


def ink_by_region(clean: Gray, lattice: Lattice, size: float) -> dict[int, list[Ink]]:
    """The pieces of ink in each region, without what is left of the rulings at its edges."""
    import cv2
    import numpy

    x0, y0 = max(int(lattice.xs[0]), 0), max(int(lattice.ys[0]), 0)
    part = clean[y0 : int(lattice.ys[-1]) + 1, x0 : int(lattice.xs[-1]) + 1]
    count, _, stats, _ = cv2.connectedComponentsWithStats((part < _DARK).astype(numpy.uint8), connectivity=8)
    out: dict[int, list[Ink]] = {}
    for n in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[n])
        ink = Ink(x + x0, y + y0, x + x0 + w, y + y0 + h, area)
        at = lattice.place((ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2)
        if at is not None and at >= 0 and not _is_edge(ink, lattice, at, size):
            out.setdefault(at, []).append(ink)
    return out


def _is_edge(ink: Ink, lattice: Lattice, at: int, size: float) -> bool:
    """Whether a piece of ink is what is left of a ruling: close to it, thin, and along it or tiny."""
    region = lattice.regions[at]
    near = max(size * 0.28, 5)
    thin = max(size * 0.12, 2)
    wide, high = ink.x1 - ink.x0, ink.y1 - ink.y0
    left, right = lattice.xs[region.left], lattice.xs[region.right]
    top, bottom = lattice.ys[region.top], lattice.ys[region.bottom]
    small = max(wide, high) < 0.3 * size
    beside_rule = ink.y1 - top <= near or bottom - ink.y0 <= near
    if high <= thin and beside_rule and (small or wide >= 0.7 * (right - left)):
        return True
    beside_rule = ink.x1 - left <= near or right - ink.x0 <= near
    return wide <= thin and beside_rule and (small or high >= 0.7 * (bottom - top))


def is_speck(ink: Ink, size: float) -> bool:
    return max(ink.x1 - ink.x0, ink.y1 - ink.y0) < max(_SPECK * size, 2.5)


def shaded(clean: Gray, lattice: Lattice, size: float) -> Iterator[int]:
    """Regions with marks too faint to be text but too large to be dirt."""
    import cv2
    import numpy

    inset = max(int(size * 0.2), 3)
    for n, region in enumerate(lattice.regions):
        part = clean[
            int(lattice.ys[region.top]) + inset : int(lattice.ys[region.bottom]) - inset,
            int(lattice.xs[region.left]) + inset : int(lattice.xs[region.right]) - inset,
        ]
        if part.size == 0:
            continue
        smooth = cv2.blur(part, (3, 3))
        faint = (smooth < _FAINT).astype(numpy.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
        if any(max(int(stats[k][2]), int(stats[k][3])) >= 0.3 * size for k in range(1, count)):
            yield n


def lines_of(solid: Sequence[Ink], pieces: Sequence[Ink], size: float) -> list[Bounds]:
    """The bounds of the lines of text, from top to bottom, with their dots."""
    height = min(max(one.y1 - one.y0 for one in solid), 1.3 * size)
    height = max(height, 0.75 * size)
    groups: list[list[int]] = []
    for one in sorted(solid, key=lambda ink: (ink.y0, ink.y1)):
        if groups and (one.y0 < groups[-1][3] or one.y1 - groups[-1][1] <= _LINE * height):
            box = groups[-1]
            groups[-1] = [min(box[0], one.x0), box[1], max(box[2], one.x1), max(box[3], one.y1)]
        else:
            groups.append([one.x0, one.y0, one.x1, one.y1])
    for dot in pieces:
        for box in groups:
            if (
                box[1] <= dot.y0
                and dot.y1 <= box[3] + 0.1 * size
                and (box[0] - size < dot.x0 and dot.x1 < box[2] + size)
            ):
                box[0], box[2], box[3] = min(box[0], dot.x0), max(box[2], dot.x1), max(box[3], dot.y1)
    return [(box[0], box[1], box[2], box[3]) for box in groups]


def crop_of(clean: Gray, box: Bounds, padding: float) -> Gray:
    """A line with so much of its height around it, white where the page ends."""
    import cv2

    x0, y0, x1, y1 = box
    height = y1 - y0
    least = (x1 - x0) / 1.6 if x1 - x0 < 3 * height else 0.0
    extra = max((least - height) / 2, 0.0) if height < least else 0.0
    down = int(height * padding + extra) + 1
    side = int(max(height, least) * (padding + 0.1)) + 2
    top, left = max(y0 - down, 0), max(x0 - side, 0)
    part = clean[top : y1 + down, left : x1 + side]
    whole = cv2.copyMakeBorder(
        part,
        max(down - y0, 0),
        max(y1 + down - clean.shape[0], 0),
        max(side - x0, 0),
        max(x1 + side - clean.shape[1], 0),
        cv2.BORDER_CONSTANT,
        value=255,
    )
    return cast("Gray", whole)
