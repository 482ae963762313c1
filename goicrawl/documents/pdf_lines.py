"""Ruling lines to tables: lines that cross make a lattice, and a missing piece of line joins two cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goicrawl.documents.pdf_geometry import Box, Piece

MAX_CROSSINGS: Final = 4_000_000
"""Horizontal times vertical lines of a page; a report's page has a thousand."""
MAX_LATTICE: Final = 100_000
"""Places of one lattice."""
_COLLINEAR: Final = 1.0
_GAP: Final = 3.0
"""Pieces no further apart than this are one line: dots and dashes, corners left open."""
_SHORTEST: Final = 4.0
_SNAP: Final = 3.0
"""Lines closer than this are one border drawn double; no cell is so small."""
_TOUCH: Final = 2.5
_LINE: Final = 14.0
"""How far below a cell its last line may stand, where text has its usual size."""
_COVER: Final = 0.6
"""A line that runs along this part of a cell's side is its border."""


class Region(NamedTuple):
    """A cell of a lattice: rows and columns from (inclusive) and to (exclusive)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Lattice:
    """A table: the places of its lines, and its cells in reading order.

    `cell_at[row][column]` is an index of `regions`, or -1 where a table with a stepped outline has no
    cell. `ragged` are cells that the lines do not close to a rectangle: they were cut into rows.
    """

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)
    cell_at: list[list[int]] = field(default_factory=list)
    open_sides: tuple[bool, bool, bool, bool] = (False, False, False, False)
    """Left, top, right, bottom: whether no line stands there, only the ends of others."""
    outside: set[int] = field(default_factory=set)
    """Regions at the edge where the table's own border leaves them out."""
    ragged: set[int] = field(default_factory=set)

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def reach_out(self, page: Box, unit: float) -> None:
        """Hold what runs over the right edge of the page, where a table does that no line closes there."""
        if self.open_sides[2] and self.xs[-1] > page.x1 - _SNAP:
            self.xs[-1] += 3 * _LINE * unit

    def reach_down(self, following: Lattice, unit: float) -> None:
        """Hold a line of text more where the table goes on at the top of the next page.

        Browsers print the last line of a cell that a page break cuts below the cell.
        """
        near = 2 * _SNAP
        more, fewer = (self.xs, following.xs) if self.xs[0] <= following.xs[0] else (following.xs, self.xs)
        begins = any(abs(fewer[0] - edge) < near for edge in more[:-1])
        if following.open_sides[1] and begins and abs(self.xs[-1] - following.xs[-1]) < near:
            self.ys[-1] += _LINE * unit

    def place(self, x: float, y: float) -> int | None:
        """The region around a point, None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.cell_at[row][column]
        return None


def lattices(horizontal: Sequence[Piece], vertical: Sequence[Piece], unit: float) -> list[Lattice] | None:
    """The tables of a page, without the frames around other tables; None where there are too many lines."""
    across, down = _merged(horizontal, unit), _merged(vertical, unit)
    if len(across) * len(down) > MAX_CROSSINGS:
        return None
    found: list[Lattice] = []
    for some_across, some_down in _connected(across, down, unit):
        lattice = _lattice(some_across, some_down, unit)
        if lattice is None:
            return None
        if len(lattice.regions) > 1:
            found.append(lattice)
    return [one for one in found if not any(_frames(one, other) for other in found if other is not one)]


def _frames(outer: Lattice, inner: Lattice) -> bool:
    """Whether a lattice is only the frame around a table, or a small table inside a cell of another."""
    a, b = outer.box, inner.box
    if a.x0 <= b.x0 and a.y0 <= b.y0 and b.x1 <= a.x1 and b.y1 <= a.y1:
        return len(outer.regions) < len(inner.regions)
    if b.x0 <= a.x0 and b.y0 <= a.y0 and a.x1 <= b.x1 and a.y1 <= b.y1:
        return len(outer.regions) <= len(inner.regions)
    return False


def _merged(pieces: Sequence[Piece], unit: float) -> list[Piece]:
    """Pieces of the same straight line put together."""
    out: list[Piece] = []
    ordered = sorted(pieces)
    at = 0
    while at < len(ordered):
        end = at + 1
        while end < len(ordered) and ordered[end].at - ordered[at].at <= _COLLINEAR * unit:
            end += 1
        line = sorted(ordered[at:end], key=lambda piece: piece.start)
        where = sum(piece.at for piece in line) / len(line)
        start, stop = line[0].start, line[0].end
        for piece in line[1:]:
            if piece.start - stop <= _GAP * unit:
                stop = max(stop, piece.end)
            else:
                out.append(Piece(where, start, stop))
                start, stop = piece.start, piece.end
        out.append(Piece(where, start, stop))
        at = end
    return [piece for piece in out if piece.end - piece.start >= _SHORTEST * unit]


def _connected(across: list[Piece], down: list[Piece], unit: float) -> list[tuple[list[Piece], list[Piece]]]:
    """Groups of lines that cross or touch each other."""
    touch = _TOUCH * unit
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    places = [piece.at for piece in down]
    for i, line in enumerate(across):
        first, last = bisect_left(places, line.start - touch), bisect_right(places, line.end + touch)
        for j in range(first, last):
            if down[j].start - touch <= line.at <= down[j].end + touch:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Piece], list[Piece]]] = {}
    for i, line in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _snapped(lines: Sequence[Piece], low: float, high: float, unit: float) -> tuple[list[float], bool, bool]:
    """The places of lines, a double line at one; the ends of the lines across them close an open side."""
    places: list[float] = []
    first = last = 0.0
    for at in sorted(line.at for line in lines):
        if places and at - last <= _SNAP * unit and at - first <= 2 * _SNAP * unit:
            last = at
            places[-1] = (first + last) / 2
        else:
            places.append(at)
            first = last = at
    open_low, open_high = places[0] - low > _SNAP * unit, high - places[-1] > _SNAP * unit
    if open_low:
        places.insert(0, low)
    if open_high:
        places.append(high)
    return places, open_low, open_high


def _lattice(across: list[Piece], down: list[Piece], unit: float) -> Lattice | None:
    xs, left, right = _snapped(
        down, min(line.start for line in across), max(line.end for line in across), unit
    )
    ys, top, bottom = _snapped(across, min(line.start for line in down), max(line.end for line in down), unit)
    lattice = Lattice(xs, ys, open_sides=(left, top, right, bottom))
    if len(xs) * len(ys) > MAX_LATTICE:
        return None
    if len(xs) < 2 or len(ys) < 2:
        return lattice
    over = _borders(across, ys, xs)
    beside = _borders(down, xs, ys)
    _fill(lattice, over, beside)
    return lattice


def _borders(lines: Sequence[Piece], places: list[float], steps: list[float]) -> list[list[bool]]:
    """By place of the lines: along which steps across them one runs."""
    out = [[False] * (len(steps) - 1) for _ in places]
    for line in lines:
        near = bisect_left(places, line.at)
        around = [n for n in (near - 1, near) if 0 <= n < len(places)]
        place = min(around, key=lambda n: abs(places[n] - line.at))
        first = max(bisect_right(steps, line.start) - 1, 0)
        last = min(bisect_left(steps, line.end), len(steps) - 1)
        for n in range(first, last):
            covered = min(steps[n + 1], line.end) - max(steps[n], line.start)
            if covered >= _COVER * (steps[n + 1] - steps[n]):
                out[place][n] = True
    return out


def _fill(lattice: Lattice, over: list[list[bool]], beside: list[list[bool]]) -> None:
    """Join the places that no line divides. `over[y][column]`: a line above row y; `beside[x][row]`."""
    height, width = len(lattice.ys) - 1, len(lattice.xs) - 1
    seen = [[False] * width for _ in range(height)]
    parts: list[tuple[Region, bool, bool]] = []
    for row in range(height):
        for column in range(width):
            if seen[row][column]:
                continue
            seen[row][column] = True
            places = [(row, column)]
            for r, c in places:
                for nr, nc, line in (
                    (r + 1, c, r + 1 >= height or over[r + 1][c]),
                    (r - 1, c, r == 0 or over[r][c]),
                    (r, c + 1, c + 1 >= width or beside[c + 1][r]),
                    (r, c - 1, c == 0 or beside[c][r]),
                ):
                    if not line and not seen[nr][nc]:
                        seen[nr][nc] = True
                        places.append((nr, nc))
            parts.extend(_rectangles(places, _is_outside(lattice, places, over, beside)))
    parts.sort(key=lambda part: part[0][:2])
    lattice.regions = [part[0] for part in parts]
    lattice.ragged = {n for n, part in enumerate(parts) if part[1]}
    lattice.outside = {n for n, part in enumerate(parts) if part[2]}
    lattice.cell_at = [[-1] * width for _ in range(height)]
    for n, region in enumerate(lattice.regions):
        for r in range(region.top, region.bottom):
            lattice.cell_at[r][region.left : region.right] = [n] * (region.right - region.left)


def _is_outside(
    lattice: Lattice, places: list[tuple[int, int]], over: list[list[bool]], beside: list[list[bool]]
) -> bool:
    """Whether a part lies at an edge where the table has a border elsewhere but not along this part."""
    height, width = len(lattice.ys) - 1, len(lattice.xs) - 1
    left, top, right, bottom = lattice.open_sides
    return any(
        (c == 0 and not left and not beside[0][r])
        or (c == width - 1 and not right and not beside[width][r])
        or (r == 0 and not top and not over[0][c])
        or (r == height - 1 and not bottom and not over[height][c])
        for r, c in places
    )


def _rectangles(places: list[tuple[int, int]], outside: bool) -> list[tuple[Region, bool, bool]]:
    """One region where the places are a rectangle, else one for each run of places in a row."""
    top, bottom = min(r for r, _ in places), max(r for r, _ in places) + 1
    left, right = min(c for _, c in places), max(c for _, c in places) + 1
    if (bottom - top) * (right - left) == len(places):
        return [(Region(top, left, bottom, right), False, outside)]
    out: list[tuple[Region, bool, bool]] = []
    ordered = sorted(places)
    start = 0
    for n in range(1, len(ordered) + 1):
        r, c = ordered[n - 1]
        if n == len(ordered) or ordered[n] != (r, c + 1):
            out.append((Region(r, ordered[start][1], r + 1, c + 1), True, outside))
            start = n
    return out
