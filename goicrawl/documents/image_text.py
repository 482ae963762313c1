"""Reads the text of a picture that stands outside its tables, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from goicrawl.documents.ocr_engine import Engine, TextBox
from goicrawl.documents.pdf_geometry import Box
from goicrawl.documents.pdf_text import TextLine

if TYPE_CHECKING:
    from goicrawl.documents.ocr_engine import Gray

_SIZE: Final = 14.0
"""Height of characters at which lines are looked for."""
_PIECE: Final = 1024
"""Rows of a piece of the page; it ends between lines of text where that can be."""
_DARK: Final = 160
_BESIDE: Final = 1.6
"""Boxes on one line closer than so many characters are one."""
_LONG: Final = 24
"""A line of more characters is read in parts; the engine was made for shorter ones."""
_PADDING: Final = 0.08
_LEAST: Final = 0.3
"""A line whose characters are less sure is a picture or a seal, not text."""
MAX_LINES: Final = 2000


def read_lines(light: Gray, tables: Sequence[Box], size: float, engine: Engine) -> tuple[list[TextLine], int]:
    """The lines of an upright page outside its tables, top to bottom, in pixels; how many were no text."""
    free = light.copy()
    near = int(size * 0.3) + 1
    for table in tables:
        free[
            max(int(table.y0) - near, 0) : int(table.y1) + near,
            max(int(table.x0) - near, 0) : int(table.x1) + near,
        ] = 255
    boxes = _on_lines(list(_found(free, size, engine)), size)[:MAX_LINES]
    parts = [(box, part) for box in boxes for part in _parts(free, box)]
    readings = engine.read([free[part.y0 : part.y1, part.x0 : part.x1] for _, part in parts])
    texts: dict[TextBox, list[str]] = {}
    for (box, _), reading in zip(parts, readings, strict=True):
        texts.setdefault(box, [])
        if reading.text.strip() != "" and reading.score >= _LEAST * _LEAST:
            texts[box].append(reading.text.strip())
    out = []
    for box in boxes:
        text = "".join(texts[box])
        if text != "":
            height = (box.y1 - box.y0) / 1.35
            out.append(TextLine(text, float(box.x0), float(box.x1), box.y1 - height * 0.3, height, height))
    return out, sum(1 for box in boxes if not texts[box])


def _found(free: Gray, size: float, engine: Engine) -> Iterator[TextBox]:
    import cv2
    import numpy

    factor = min(_SIZE / size, 1.0)
    small = cast("Gray", cv2.resize(free, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    inky: list[bool] = numpy.any(small < _DARK, axis=1).tolist()
    for start, stop in _pieces(inky):
        piece = small[start:stop]
        columns = numpy.flatnonzero(numpy.any(piece < _DARK, axis=0))
        left, right = max(int(columns[0]) - 16, 0), int(columns[-1]) + 16
        for box in engine.find(piece[:, left:right]):
            yield TextBox(
                int((box.x0 + left) / factor), int((box.y0 + start) / factor),
                int((box.x1 + left) / factor), int((box.y1 + start) / factor), box.slant,
            )  # fmt: skip


def _pieces(inky: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of rows with ink and a margin, each no longer than a piece."""
    margin = int(_SIZE)
    height = len(inky)
    start = None
    for y in range(height + 1):
        ink = y < height and inky[y]
        if start is None and ink:
            start = y
        if start is None:
            continue
        long = y - start >= _PIECE * 3 // 4
        blank = not any(inky[y : y + (3 if long else 4 * margin)])
        if y == height or (blank and not ink) or y - start >= _PIECE:
            yield max(start - margin, 0), min(y + margin, height)
            start = None


def _on_lines(boxes: list[TextBox], size: float) -> list[TextBox]:
    """Boxes side by side on one line put together, lines from top to bottom."""
    out: list[TextBox] = []
    for box in sorted(boxes, key=lambda one: one.x0):
        for n, other in enumerate(out):
            shared = min(box.y1, other.y1) - max(box.y0, other.y0)
            lower = min(box.y1 - box.y0, other.y1 - other.y0)
            higher = max(box.y1 - box.y0, other.y1 - other.y0)
            if shared > 0.6 * lower and lower > 0.6 * higher and box.x0 - other.x1 < _BESIDE * size:
                out[n] = TextBox(
                    min(box.x0, other.x0), min(box.y0, other.y0),
                    max(box.x1, other.x1), max(box.y1, other.y1), other.slant,
                )  # fmt: skip
                break
        else:
            out.append(box)
    return sorted(out, key=lambda one: (one.y0, one.x0))


def _parts(free: Gray, box: TextBox) -> Iterator[TextBox]:
    """A long line cut at the widest gaps near equal parts."""
    import numpy

    height, width = box.y1 - box.y0, box.x1 - box.x0
    count = -(-width // (_LONG * height))
    pad = int(height * _PADDING)
    top, bottom = max(box.y0 - pad, 0), min(box.y1 + pad, free.shape[0])
    strip: list[bool] = numpy.any(free[top:bottom, box.x0 : box.x1] < _DARK, axis=0).tolist()
    at = 0
    for n in range(1, count):
        wanted = n * width // count
        cut = _gap(strip, wanted, 2 * height)
        yield TextBox(box.x0 + at, top, box.x0 + cut, bottom, box.slant)
        at = cut
    yield TextBox(box.x0 + at, top, min(box.x1 + pad, free.shape[1]), bottom, box.slant)


def _gap(strip: list[bool], wanted: int, reach: int) -> int:
    """The middle of the widest run without ink around a place."""
    best, widest, run = wanted, 0, 0
    for x in range(max(wanted - reach, 1), min(wanted + reach, len(strip))):
        run = 0 if strip[x] else run + 1
        if run > widest:
            best, widest = x - run // 2, run
    return best
