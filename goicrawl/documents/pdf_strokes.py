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


@dataclass
class Strokes:
    """The characters that are not struck out, and the lines that belong to no text."""

    glyphs: list[Glyph]
    lines: list[Piece]
    struck: int = 0


def without_strokes(glyphs: Sequence[Glyph], lines: Sequence[Piece], upright: Sequence[Piece]) -> Strokes:
    """Take out what is struck out, and the lines that strike out or underline.

    Such a line ends with its text; a table's ends at another line.
    """
    ordered = sorted((n for n, glyph in enumerate(glyphs) if glyph.turn == 0), key=lambda n: glyphs[n].y)
    bases = [glyphs[n].y for n in ordered]
    walls = sorted(piece.at for piece in upright)
    largest = max((glyph.size for glyph in glyphs), default=0.0)
    gone: set[int] = set()
    kept: list[Piece] = []
    for line in lines:
        first = bisect_left(bases, line.at - largest)
        last = bisect_right(bases, line.at + largest)
        through, under = [], []
        for n in ordered[first:last]:
            glyph = glyphs[n]
            if line.start <= (glyph.x0 + glyph.x1) / 2 <= line.end:
                height = (glyph.y - line.at) / glyph.size
                if _THROUGH[0] <= height <= _THROUGH[1]:
                    through.append(n)
                elif _UNDER[0] <= height <= _UNDER[1]:
                    under.append(n)
        if _at_wall(line, walls, upright) or not any(_fits(line, glyphs, some) for some in (through, under)):
            kept.append(line)
        elif _fits(line, glyphs, through):
            gone.update(through)
    return Strokes([glyph for n, glyph in enumerate(glyphs) if n not in gone], kept, len(gone))


def _fits(line: Piece, glyphs: Sequence[Glyph], found: list[int]) -> bool:
    """Whether a line is as long as its text."""
    if not found:
        return False
    over = _OVERHANG * max(glyphs[n].size for n in found)
    begin, end = min(glyphs[n].x0 for n in found), max(glyphs[n].x1 for n in found)
    return begin - over <= line.start and line.end <= end + over


def _at_wall(line: Piece, walls: list[float], upright: Sequence[Piece]) -> bool:
    """Whether a line ends at an upright one."""
    near = any(
        bisect_left(walls, end - _NEAR) < bisect_right(walls, end + _NEAR) for end in (line.start, line.end)
    )
    return near and any(
        abs(piece.at - end) <= _NEAR and piece.start - _NEAR <= line.at <= piece.end + _NEAR
        for piece in upright
        for end in (line.start, line.end)
    )
