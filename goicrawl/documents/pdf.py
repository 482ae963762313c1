"""PDF to blocks: tables from their ruling lines, and the text around them in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from goicrawl.documents.document import Block, Document, Grid
from goicrawl.documents.pdf_damage import damaged_parts
from goicrawl.documents.pdf_lines import Lattice, lattices
from goicrawl.documents.pdf_pages import MAX_OBJECTS, PageContent, read_page
from goicrawl.documents.pdf_tables import grid_of, place
from goicrawl.documents.pdf_text import (
    TextLine,
    goes_on,
    joined,
    left_margin,
    lines_of,
    page_mark,
    right_margin,
)

MEDIA_TYPE: Final = "application/pdf"
MAX_PAGES: Final = 300
MAX_CHARACTERS: Final = 2_000_000
_END: Final = b"%%EOF"
_MARGIN: Final = 0.12
"""Running page numbers stand in this part of a page, above and below."""


@dataclass
class _Page:
    """What stands on a page, in reading order, and how many pictures it has."""

    number: int
    items: list[TextLine | Grid] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


@dataclass
class _Reading:
    pages: list[_Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    images: int = 0
    characters: int = 0
    scanned: list[int] = field(default_factory=list)
    """Numbers of the pages that have no text: pictures."""


def read_pdf(data: bytes) -> Document:
    """Read a PDF's bytes. Whatever they are, there is a document; `problems` say what was not read.

    A text that slants (a watermark) is left out. A page without text counts as a picture.
    """
    reading = _Reading()
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            problem = "encrypted: the document opens only with a password"
        else:
            problem = "damaged_file: the document cannot be opened"
        return Document(MEDIA_TYPE, (), problems=(problem,))
    try:
        if _END not in data.rstrip(b"\0 \t\r\n")[-1024:]:
            reading.problems.append("damaged_file: the file breaks off before its end")
        damaged = damaged_parts(data)
        if damaged:
            reading.problems.append(f"damaged_file: {damaged} compressed parts do not unpack")
        title = _title(opened)
        _read_pages(opened, reading)
    finally:
        opened.close()
    blocks = tuple(_blocks(reading))
    if blocks and reading.scanned:
        pages = ", ".join(str(number) for number in reading.scanned[:10])
        reading.problems.append(f"scanned_page: no text on page {pages}; pictures are not read")
    return Document(MEDIA_TYPE, blocks, title=title, images=reading.images, problems=tuple(reading.problems))


def _title(opened: Any) -> str | None:
    try:
        title = " ".join(opened.get_metadata_value("Title").split())
    except UnicodeDecodeError:
        return None
    return title if title != "" else None


def _read_pages(opened: Any, reading: _Reading) -> None:
    count = len(opened)
    if count > MAX_PAGES:
        reading.problems.append(f"pdf_too_large: {count} pages; the first {MAX_PAGES} were read")
    if count == 0:
        reading.problems.append("damaged_file: the document has no page")
    for number in range(min(count, MAX_PAGES)):
        page = pdfium.FPDF_LoadPage(opened, number)
        if not page:
            reading.problems.append(f"damaged_file: page {number + 1} cannot be read")
            continue
        try:
            content = read_page(page, MAX_CHARACTERS - reading.characters)
        finally:
            pdfium.FPDF_ClosePage(page)
        reading.characters += len(content.glyphs)
        reading.images += len(content.pictures)
        _add_page(content, number, reading)
        if reading.characters >= MAX_CHARACTERS:
            reading.problems.append(f"pdf_too_large: more than {MAX_CHARACTERS} characters")
            break


def _add_page(content: PageContent, number: int, reading: _Reading) -> None:
    where = f"page {number + 1}"
    say = reading.problems.append
    if content.hidden:
        say(f"invisible_text: {content.hidden} characters on {where} are not shown; they were not read")
    if content.cut:
        say(f"pdf_too_large: {where} has more than {MAX_OBJECTS} lines and shapes, or too much text")
    if content.unknown:
        say(f"unnamed_glyphs: {content.unknown} characters on {where} whose font does not say what they are")
    if not any(glyph.text != " " for glyph in content.glyphs):
        if content.objects:
            reading.images = max(reading.images, 1)
            reading.scanned.append(number + 1)
        return
    found = lattices(content.horizontal, content.vertical, content.unit)
    if found is None:
        say(f"pdf_too_large: {where} has too many lines to be tables")
        found = []
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    placed = place(content.glyphs, found)
    if placed.across:
        say(f"text_across_line: {where}: a line runs through {', '.join(placed.across[:5])}")
    page = _Page(number, top=content.box.y0, bottom=content.box.y1)
    items: list[tuple[float, int, float, TextLine | Grid]] = []
    for lattice, cells in zip(found, placed.cells, strict=True):
        grid, ragged = grid_of(lattice, cells, content.pictures)
        if ragged:
            say(f"cell_not_closed: {where}: the lines around {ragged} cells of a table leave a gap")
        items.append((lattice.ys[0], 1, lattice.xs[0], grid))
    walls = [lattice.box for lattice in found]
    items.extend((*_place(line, found), line) for line in lines_of(placed.free, walls))
    items.sort(key=lambda item: item[:3])
    page.items = [item[3] for item in items]
    reading.pages.append(page)


def _place(line: TextLine, found: list[Lattice]) -> tuple[float, int, float]:
    """Where a line comes in the order of reading: what stands left of a table before it, else after it."""
    for lattice in found:
        box = lattice.box
        if box.y0 < line.y - line.size / 2 < box.y1:
            return (box.y0, 0, line.y) if line.x1 <= box.x0 + 1 else (box.y0, 2 + int(box.x1), line.y)
    return line.y, 1, line.x0


def _blocks(reading: _Reading) -> Iterator[Block]:
    """Lines put together to paragraphs, over page breaks too, without running page numbers."""
    marks = {id(line) for line in _page_marks(reading.pages)}
    lines = [item for page in reading.pages for item in page.items if isinstance(item, TextLine)]
    left, right = left_margin(lines), right_margin(lines)
    waiting: list[TextLine] = []
    for page in reading.pages:
        new_page = True
        for item in page.items:
            if isinstance(item, TextLine):
                if id(item) in marks:
                    continue
                if waiting and not goes_on(waiting[-1], item, left, right, new_page=new_page):
                    yield joined(waiting)
                    waiting = []
                waiting.append(item)
            else:
                if waiting:
                    yield joined(waiting)
                    waiting = []
                yield item
            new_page = False
    if waiting:
        yield joined(waiting)


def _page_marks(pages: list[_Page]) -> list[TextLine]:
    """The first or last line of a page where it is a page number; a bare number only if it counts pages."""
    out: list[TextLine] = []
    bare: list[tuple[int, TextLine]] = []
    for page in pages:
        edge = (page.bottom - page.top) * _MARGIN
        for item in {id(one): one for one in (page.items[:2] + page.items[-2:])}.values():
            if isinstance(item, Grid):
                continue
            mark = page_mark(item)
            if mark is None or page.top + edge < item.y < page.bottom - edge:
                continue
            if mark[1]:
                out.append(item)
            else:
                bare.append((mark[0] - page.number, item))
    offsets = Counter(offset for offset, _ in bare)
    out += [line for offset, line in bare if offset == 1 or offsets[offset] > 1]
    return out
