"""Pages of a PDF that are pictures: rendered and read like any other picture."""

from __future__ import annotations

from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from goicrawl.documents.image import MAX_PICTURES
from goicrawl.documents.image_page import PicturePage, read_picture
from goicrawl.documents.ocr_engine import missing
from goicrawl.documents.pdf_pages import PageContent

_SCALE: Final = 200 / 72
"""Pixels to a point: 200 dots an inch, at which usual text is 29 pixels high."""
_MAX_PIXELS: Final = 12_000_000
"""Pixels of a rendered page; a larger one is rendered coarser."""
_FEW: Final = 60
"""Characters that a scanner's program or a portal may have printed on a scanned page: a number, a mark."""
_MOST_OF_IT: Final = 0.4


def is_scan(content: PageContent) -> bool:
    """Whether a page is a picture: it shows no text, or next to none beside pictures that fill it."""
    signs = sum(1 for glyph in content.glyphs if glyph.text != " ")
    if signs == 0:
        return content.objects > 0
    page = content.box
    area = (page.x1 - page.x0) * (page.y1 - page.y0)
    covered = sum((one.x1 - one.x0) * (one.y1 - one.y0) for one in content.pictures)
    return signs <= _FEW and area > 0 and covered >= _MOST_OF_IT * area


def read_scan(opened: Any, number: int, before: int) -> PicturePage | str:
    """Read a page (counted from 0) of an open PDF as a picture, or say why that cannot be done.

    `before` is how many were read before it.
    """
    why = missing()
    if why is not None:
        return why
    if before >= MAX_PICTURES:
        return f"only {MAX_PICTURES} pictures of a document are read"
    try:
        page = opened[number]
    except pypdfium2.PdfiumError:
        return "it cannot be rendered"
    try:
        width, height = page.get_size()
        scale = min(_SCALE, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        if min(width, height) * scale < 1:
            return "it has no size"
        bitmap = page.render(scale=scale, grayscale=True, draw_annots=True)
        try:
            pixels = bitmap.to_numpy().copy()
        finally:
            bitmap.close()
    except (pypdfium2.PdfiumError, pdfium.ctypes.ArgumentError, MemoryError):
        return "it cannot be rendered"
    finally:
        page.close()
    if pixels.ndim == 3:
        pixels = pixels[:, :, 0]
    return read_picture(pixels, f"page {number + 1}")
