"""The characters of a PDF page: what they are, where they stand and in which direction they run."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2.raw as pdfium

from goicrawl.documents.pdf_geometry import Box, Glyph, turn_box, turn_point
from goicrawl.documents.pdf_visibility import UNKNOWN

_LARGEST: Final = 2.5
"""No character is wider or higher than so many times its size."""
_INVISIBLE: Final = 3
"""Text render mode of text that is not shown: the text layer of a scan."""


@dataclass
class Characters:
    """A page's characters, turned so that most run right; `turn` is how: quarters against the clock."""

    glyphs: list[Glyph] = field(default_factory=list)
    turn: int = 0
    unknown: int = 0
    """Characters whose font does not say which they are."""
    hidden: int = 0
    """Characters that are not shown; they are not among `glyphs`."""
    cut: bool = False
    """Whether there are more than were asked for."""


def read_characters(page: Any, limit: int) -> Characters:
    """Every character that is shown and runs in one of the four directions (a watermark does not)."""
    out = Characters()
    raw = _characters(page, out, limit)
    turns = Counter(glyph.turn for glyph in raw)
    out.turn = turns.most_common(1)[0][0] if turns else 0
    out.glyphs = [_turned(glyph, out.turn) for glyph in raw]
    return out


def _turned(glyph: Glyph, turn: int) -> Glyph:
    """A character in the page's coordinates (y holds its baseline across its own direction) turned."""
    x0, y0, x1, y1 = turn_box(Box(glyph.x0, glyph.y0, glyph.x1, glyph.y1), turn)
    return Glyph(glyph.text, x0, x1, y0, y1, glyph.y, glyph.size, (glyph.turn - turn) % 4, glyph.owner)


def _characters(page: Any, found: Characters, limit: int) -> list[Glyph]:
    """The characters in the page's coordinates, `y` across their own direction."""
    out: list[Glyph] = []
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return out
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > limit:
            found.cut = True
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        styles: dict[int, tuple[float, int | None]] = {}
        for n in range(min(count, limit)):
            if pdfium.FPDFText_IsGenerated(text, n) == 1:
                continue
            drawn = pdfium.FPDFText_GetTextObject(text, n)
            key = ctypes.addressof(drawn.contents) if drawn else 0
            style = styles.get(key)
            if style is None:
                style = _style(text, n, drawn, matrix)
                styles[key] = style
            size, turn = style
            if turn is None:
                continue
            if turn < 0:
                found.hidden += 1
                continue
            code = pdfium.FPDFText_GetUnicode(text, n)
            sign = _sign(code, pdfium.FPDFText_HasUnicodeMapError(text, n) == 1)
            if sign == "":
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text, n, box):
                continue
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            if max(box.right - box.left, box.top - box.bottom) > _LARGEST * size:
                # Fonts for vertical writing have boxes far larger than their characters.
                _tight(text, n, box)
                x.value, y.value = _corner(box, turn)
            values = (box.left, box.bottom, box.right, box.top, x.value, y.value, size)
            if not all(map(math.isfinite, values)) or size <= 0:
                continue
            if sign == UNKNOWN:
                found.unknown += 1
            base = turn_point(x.value, y.value, turn)[1]
            out.append(Glyph(sign, box.left, box.right, box.bottom, box.top, base, size, turn, key))
    finally:
        pdfium.FPDFText_ClosePage(text)
    return out


def _tight(text: Any, n: int, box: Any) -> None:
    """Put the box of a character's ink into `box`."""
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    if pdfium.FPDFText_GetCharBox(text, n, left, right, bottom, top):
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def _corner(box: Any, turn: int) -> tuple[float, float]:
    """The corner of a box that lies where text of this direction begins, below it."""
    return (box.left if turn in (0, 3) else box.right), (box.bottom if turn in (0, 1) else box.top)


def _style(text: Any, n: int, drawn: Any, matrix: Any) -> tuple[float, int | None]:
    """Size and direction of a text object: None if it slants, -1 if it is not shown."""
    if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
        return 0.0, -1
    if not pdfium.FPDFText_GetMatrix(text, n, matrix):
        return 0.0, None
    # What slants along the line is an italic; only the direction of the line counts.
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    if not math.isfinite(quarters) or abs(quarters - round(quarters)) > 0.05:
        return 0.0, None
    size = pdfium.FPDFText_GetFontSize(text, n) * math.hypot(matrix.c, matrix.d)
    return size, round(quarters) % 4


def _sign(code: int, unmapped: bool) -> str:
    if code == 2:
        # A hyphen at the end of a line.
        return "-"
    if unmapped or code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return UNKNOWN
    sign = chr(code)
    if 0xE000 <= code < 0xF900:
        return UNKNOWN
    if 0x2E80 <= code < 0x2FE0:
        # Some fonts name an ideograph by the radical that looks the same.
        return unicodedata.normalize("NFKC", sign)
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in ("Cc", "Cf") else sign
