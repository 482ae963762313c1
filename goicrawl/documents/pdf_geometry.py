"""Points, boxes and lines of a page, and how they turn so that text runs right.

Coordinates are points; x grows to the right and y downwards, whatever the page's rotation.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Glyph(NamedTuple):
    """A character: its box, its baseline `y` and its size; `turn` is 1-3 where it runs up, back or down."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    y: float
    size: float
    turn: int = 0
    owner: int = 0
    """Which piece of text draws it."""

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre; upright, by the baseline: fonts lie about how high they are."""
        y = self.y - 0.35 * self.size if self.turn == 0 else (self.y0 + self.y1) / 2
        return (self.x0 + self.x1) / 2, y


class Box(NamedTuple):
    """Left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float


class Piece(NamedTuple):
    """A piece of a straight line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


def turn_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """From the page's own coordinates to those in which text of this direction runs right."""
    if turn == 0:
        return x, -y
    if turn == 1:
        return y, x
    return (-x, y) if turn == 2 else (-y, -x)


def turn_box(box: Box, turn: int) -> Box:
    (ax, ay), (bx, by) = turn_point(box.x0, box.y0, turn), turn_point(box.x1, box.y1, turn)
    return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
