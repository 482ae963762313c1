"""Text that is lost because its font is neither in the file nor on this machine.

pdfium passes over a piece of text that has no extent. That is a lone space, or else a lone character that the
font standing in for the missing one does not have: a figure of one digit would be taken for a blank.
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import Any

import pypdfium2.raw as pdfium


def font_of_lost(drawn: Any) -> str | None:
    """The font of a piece of text (that pdfium passed over) where the file does not hold the font."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
        return None
    font = pdfium.FPDFTextObj_GetFont(drawn)
    if right.value > left.value or not font or pdfium.FPDFFont_GetIsEmbedded(font) == 1:
        return None
    return _name(font)


def without_ink(page: Any, fonts: set[str]) -> set[str]:
    """Those of the fonts that draw some letter or digit of the page as nothing."""
    out: set[str] = set()
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return out
    try:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        names: dict[int, str] = {}
        for n in range(pdfium.FPDFText_CountChars(text)):
            drawn = pdfium.FPDFText_GetTextObject(text, n)
            code = pdfium.FPDFText_GetUnicode(text, n)
            if not drawn or not 0 < code <= 0x10FFFF or unicodedata.category(chr(code))[0] not in "LN":
                continue
            key = ctypes.addressof(drawn.contents)
            if key not in names:
                names[key] = _name(pdfium.FPDFTextObj_GetFont(drawn))
            if (
                names[key] in fonts
                and pdfium.FPDFText_GetCharBox(text, n, left, right, bottom, top)
                and top.value <= bottom.value
            ):
                out.add(names[key])
    finally:
        pdfium.FPDFText_ClosePage(text)
    return out


def _name(font: Any) -> str:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0) if font else 0
    buffer = ctypes.create_string_buffer(max(size, 1))
    if size:
        pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", "replace")
