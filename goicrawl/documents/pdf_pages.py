"""What a PDF page draws: its characters, its straight lines and its pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import pypdfium2.raw as pdfium

from goicrawl.documents.pdf_characters import read_characters
from goicrawl.documents.pdf_geometry import (
    PLAIN,
    Box,
    Glyph,
    Matrix,
    Piece,
    apply,
    times,
    turn_box,
    turn_point,
)
from goicrawl.documents.pdf_strokes import without_strokes
from goicrawl.documents.pdf_visibility import MOST_FILLS, Drawn, Fill, seen

MAX_OBJECTS: Final = 200_000
"""Drawn objects and segments of paths on a page; a report's page has some hundreds."""
_MAX_DEPTH: Final = 8
_THIN: Final = 3.0
"""A filled rectangle no thicker than this is a line."""
_WHITE: Final = 250


@dataclass
class PageContent:
    """`upright` is the page's height as read; `unit` is 1 where text has its usual size."""

    box: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    unit: float = 1.0
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Piece] = field(default_factory=list)
    vertical: list[Piece] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    unknown: int = 0
    hidden: int = 0
    overprinted: int = 0
    cut_off: int = 0
    struck: int = 0
    cut: bool = False
    """Whether it has more objects than are read."""


def read_page(page: Any, max_characters: int) -> PageContent:
    """Read a loaded page (a raw FPDF_PAGE), at most so many characters of it."""
    text = read_characters(page, max_characters)
    content = PageContent(glyphs=text.glyphs, unknown=text.unknown, hidden=text.hidden, cut=text.cut)
    sizes = sorted(glyph.size for glyph in content.glyphs)
    if sizes:
        content.unit = min(max(sizes[len(sizes) // 2] / 10.5, 0.05), 20.0)
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, box):
        content.box = turn_box(Box(box.left, box.bottom, box.right, box.top), text.turn)
    lines = _Lines(content, text.turn)
    lines.read(page)
    found = seen(content.glyphs, lines.texts, lines.fills, content.box)
    strokes = without_strokes(found.glyphs, content.horizontal, content.vertical)
    content.glyphs, content.horizontal, content.struck = strokes.glyphs, strokes.lines, strokes.struck
    content.cut = content.cut or strokes.cut or found.cut
    content.hidden += found.hidden
    content.overprinted = found.overprinted
    content.cut_off = found.cut_off
    return content


class _Lines:
    """Collects the lines and the pictures that a page draws, also inside forms."""

    def __init__(self, content: PageContent, turn: int) -> None:
        self.content = content
        self.turn = turn
        self.thin = _THIN * max(content.unit, 0.3)
        self.fills: list[Fill] = []
        self.texts: dict[int, Drawn] = {}
        self.pale: list[tuple[bool, Piece, Box]] = []

    def read(self, page: Any) -> None:
        count = pdfium.FPDFPage_CountObjects(page)
        self._objects((pdfium.FPDFPage_GetObject(page, n) for n in range(count)), PLAIN, 0)
        grounds = [fill.box for fill in self.fills if not fill.pale][:MOST_FILLS]
        for upright, piece, box in self.pale:
            x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            if any(one.x0 <= x <= one.x1 and one.y0 <= y <= one.y1 for one in grounds):
                (self.content.vertical if upright else self.content.horizontal).append(piece)

    def _objects(self, objects: Iterator[Any], matrix: Matrix, depth: int) -> None:
        for drawn in objects:
            self.content.objects += 1
            if self.content.objects > MAX_OBJECTS:
                self.content.cut = True
                return
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(drawn, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                pale = _is_pale(drawn, pdfium.FPDFPageObj_GetFillColor)
                key = ctypes.addressof(drawn.contents)
                self.texts[key] = Drawn(self.content.objects, self._clip(drawn, matrix), pale)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self._picture(drawn, matrix, is_image=kind == pdfium.FPDF_PAGEOBJ_IMAGE)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                count = pdfium.FPDFFormObj_CountObjects(drawn)
                inner = times(_matrix(drawn), matrix)
                self._objects(
                    (pdfium.FPDFFormObj_GetObject(drawn, n) for n in range(count)), inner, depth + 1
                )

    def _box(self, box: Box, matrix: Matrix) -> Box:
        corners = [apply(matrix, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return turn_box(Box(min(xs), min(ys), max(xs), max(ys)), self.turn)

    def _picture(self, drawn: Any, matrix: Matrix, *, is_image: bool) -> None:
        """A picture; some programs draw lines as very thin ones. White text may stand on it."""
        bounds = _bounds(drawn)
        if bounds is None:
            return
        box = self._box(bounds, matrix)
        if is_image and min(box.x1 - box.x0, box.y1 - box.y0) <= self.thin:
            self._stroke(box, False)
            return
        if is_image:
            self.content.pictures.append(box)
        self.fills.append(Fill(box, self.content.objects, opaque=False, pale=False))

    def _clip(self, drawn: Any, matrix: Matrix) -> Box | None:
        """The box that what is drawn is cut off to; None where nothing is cut off."""
        path = pdfium.FPDFPageObj_GetClipPath(drawn)
        count = pdfium.FPDFClipPath_CountPaths(path) if path else -1
        out: Box | None = None
        x, y = ctypes.c_float(), ctypes.c_float()
        for n in range(max(count, 0)):
            points = []
            for at in range(min(max(pdfium.FPDFClipPath_CountPathSegments(path, n), 0), 1000)):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, n, at), x, y)
                points.append(turn_point(*apply(matrix, x.value, y.value), self.turn))
            if not points or not all(map(math.isfinite, (place for point in points for place in point))):
                continue
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = Box(min(xs), min(ys), max(xs), max(ys))
            out = box if out is None else _both(out, box)
        return out

    def _path(self, drawn: Any, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke):
            return
        if stroke.value == 0:
            if fill.value == 0:
                return
            bounds = _bounds(drawn)
            if bounds is None:
                return
            box = self._box(bounds, matrix)
            pale = _is_pale(drawn, pdfium.FPDFPageObj_GetFillColor)
            if pdfium.FPDFPath_CountSegments(drawn) <= 6:
                self._filled(box, pale, drawn)
            else:
                for points in self._points(drawn, matrix):
                    xs, ys = [x for x, _ in points], [y for _, y in points]
                    self._filled(Box(min(xs), min(ys), max(xs), max(ys)), pale, None)
            return
        pale = _is_pale(drawn, pdfium.FPDFPageObj_GetStrokeColor)
        for points in self._points(drawn, matrix):
            for (ax, ay), (bx, by) in pairwise(points):
                self._stroke(Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), pale)

    def _filled(self, box: Box, pale: bool, drawn: Any) -> None:
        """A filled shape, from the object that is nothing else."""
        if box.x1 - box.x0 <= self.thin or box.y1 - box.y0 <= self.thin:
            self._stroke(box, pale)
        else:
            opaque = drawn is not None and not pdfium.FPDFPageObj_HasTransparency(drawn)
            self.fills.append(Fill(box, self.content.objects, opaque, pale))

    def _stroke(self, box: Box, pale: bool) -> None:
        """A line, unless it slants. A small square joins lines both ways."""
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if height <= self.thin and width >= height:
            self._add(False, Piece((box.y0 + box.y1) / 2, box.x0, box.x1), box, pale)
        if (width <= self.thin and height >= width) or (width <= self.thin and height <= self.thin):
            self._add(True, Piece((box.x0 + box.x1) / 2, box.y0, box.y1), box, pale)

    def _add(self, upright: bool, piece: Piece, box: Box, pale: bool) -> None:
        if pale:
            # White on white is no line; white on a colour is.
            self.pale.append((upright, piece, box))
        else:
            (self.content.vertical if upright else self.content.horizontal).append(piece)

    def _points(self, drawn: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """The corners of each part of a path; a curve ends one part and begins another."""
        whole = times(_matrix(drawn), matrix)
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        count = pdfium.FPDFPath_CountSegments(drawn)
        self.content.objects += count
        if self.content.objects > MAX_OBJECTS:
            self.content.cut = True
            return
        for n in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, n)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = turn_point(*apply(whole, x.value, y.value), self.turn)
            if not math.isfinite(point[0]) or not math.isfinite(point[1]):
                continue
            if kind != pdfium.FPDF_SEGMENT_LINETO:
                if len(points) > 1:
                    yield points
                points = [point]
            else:
                points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
                points.append(points[0])
        if len(points) > 1:
            yield points


def _both(one: Box, other: Box) -> Box:
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def _bounds(drawn: Any) -> Box | None:
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    box = Box(left.value, bottom.value, right.value, top.value)
    return box if all(map(math.isfinite, box)) else None


def _is_pale(drawn: Any, ask: Any) -> bool:
    """Whether a colour is white, or so transparent that nothing shows."""
    red, green, blue, alpha = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    if not ask(drawn, red, green, blue, alpha):
        return False
    return alpha.value < 10 or min(red.value, green.value, blue.value) >= _WHITE


def _matrix(drawn: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        return PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
