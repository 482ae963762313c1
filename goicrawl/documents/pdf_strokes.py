"""Lines that belong to text and to no table: those that strike it out, and those under it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from goicrawl.documents.pdf_geometry import Glyph, Piece

_THROUGH: Final = (0.15, 0.6)
"""Where above its base (parts of its size) a line strikes a character out."""
_UNDER: Final = (-0.2, 0.0)
_OVERHANG: Final = 0.2
"""How far (parts of the size) such a line reaches beyond its text."""
_NEAR: Final = 1.0
_LARGEST: Final = 40.0
"""Points; nobody strikes out larger characters."""
MOST_LOOKS: Final = 2_000_000
"""Pairs of a line and a character beside it; a report's page has some ten thousand."""


@dataclass
class Strokes:
    """The characters that are not struck out, and the lines that belong to no text."""

    glyphs: list[Glyph]
    lines: list[Piece]
    struck: int = 0
    cut: bool = False
    """Whether there was too much to look at: some lines were taken for a table's without a look."""


def without_strokes(glyphs: Sequence[Glyph], lines: Sequence[Piece], upright: Sequence[Piece]) -> Strokes:
    """Take out what is struck out, and the lines that strike out or underline.

    Such a line ends with its text; a table's ends at another line.
    """
    ordered = sorted(
        (n for n, glyph in enumerate(glyphs) if glyph.turn == 0 and glyph.size <= _LARGEST),
        key=lambda n: glyphs[n].y,
    )
    bases = [glyphs[n].y for n in ordered]
    walls = sorted(upright)
    places = [wall.at for wall in walls]
    largest = max((glyphs[n].size for n in ordered), default=0.0)
    gone: set[int] = set()
    kept: list[Piece] = []
    left = MOST_LOOKS
    for line in lines:
        first = bisect_left(bases, line.at - largest)
        last = bisect_right(bases, line.at + largest)
        left -= last - first
        if left <= 0:
            kept.append(line)
            continue
        through, under = [], []
        for n in ordered[first:last]:
            glyph = glyphs[n]
            if line.start <= (glyph.x0 + glyph.x1) / 2 <= line.end:
                height = (glyph.y - line.at) / glyph.size
                if _THROUGH[0] <= height <= _THROUGH[1]:
                    through.append(n)
                elif _UNDER[0] <= height <= _UNDER[1]:
                    under.append(n)
        strikes = _fits(line, glyphs, through)
        if not strikes and not _fits(line, glyphs, under):
            kept.append(line)
            continue
        near = _near(line, places)
        left -= len(near)
        if left <= 0 or any(_ends_at(line, walls[n]) for n in near):
            kept.append(line)
        elif strikes:
            gone.update(through)
    rest = [glyph for n, glyph in enumerate(glyphs) if n not in gone]
    return Strokes(rest, kept, len(gone), left <= 0)


def _fits(line: Piece, glyphs: Sequence[Glyph], found: list[int]) -> bool:
    """Whether a line is as long as its text."""
    if not found:
        return False
    over = _OVERHANG * max(glyphs[n].size for n in found)
    begin, end = min(glyphs[n].x0 for n in found), max(glyphs[n].x1 for n in found)
    return begin - over <= line.start and line.end <= end + over


def _near(line: Piece, places: list[float]) -> list[int]:
    """Which upright lines stand where a line begins or ends."""
    return [
        n
        for end in (line.start, line.end)
        for n in range(bisect_left(places, end - _NEAR), bisect_right(places, end + _NEAR))
    ]


def _ends_at(line: Piece, wall: Piece) -> bool:
    return wall.start - _NEAR <= line.at <= wall.end + _NEAR
