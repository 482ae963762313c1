"""PDF to blocks: tables from their ruling lines, and the text around them in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from goicrawl.documents.document import Block, Document, Grid
from goicrawl.documents.pdf_breaks import Table, join
from goicrawl.documents.pdf_damage import damaged_parts
from goicrawl.documents.pdf_fonts import use_boxes
from goicrawl.documents.pdf_forms import load_page
from goicrawl.documents.pdf_furniture import Page, furniture
from goicrawl.documents.pdf_lines import Lattice, lattices
from goicrawl.documents.pdf_pages import MAX_OBJECTS, PageContent, read_page
from goicrawl.documents.pdf_scans import is_scan, read_scan
from goicrawl.documents.pdf_tables import place, table_of
from goicrawl.documents.pdf_text import (
    TextLine,
    goes_on,
    joined,
    left_margin,
    lines_of,
    right_margin,
)

MEDIA_TYPE: Final = "application/pdf"
MAX_PAGES: Final = 300
MAX_CHARACTERS: Final = 2_000_000
_END: Final = b"%%EOF"


@dataclass
class _Reading:
    pages: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    images: int = 0
    characters: int = 0
    scanned: list[int] = field(default_factory=list)
    """Numbers of the pages that are pictures and could not be read as such."""
    scans: int = 0
    """Pages that were read as pictures."""
    unread: str = ""
    """Why the others were not."""


def read_pdf(data: bytes) -> Document:
    """Read a PDF's bytes. Whatever they are, there is a document; `problems` say what was not read.

    A text that slants (a watermark) is left out. A page without text counts as a picture.
    """
    reading = _Reading()
    use_boxes()
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
        if opened.get_formtype() != pdfium.FORMTYPE_NONE:
            opened.init_forms()
        title = _title(opened)
        _read_pages(opened, reading)
    finally:
        opened.close()
    blocks = tuple(_blocks(reading))
    if blocks and reading.scanned:
        pages = ", ".join(str(number) for number in reading.scanned[:10])
        reading.problems.append(f"scanned_page: page {pages} is a picture: {reading.unread}")
    elif reading.scanned:
        reading.problems.append(f"image_not_read: {reading.unread}")
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
    waiting: tuple[PageContent, list[Lattice], int] | None = None
    for number in range(min(count, MAX_PAGES)):
        page, undrawn = load_page(opened, number)
        if undrawn:
            reading.problems.append(f"form_not_drawn: {undrawn} answers of a form on page {number + 1}")
        if not page:
            reading.problems.append(f"damaged_file: page {number + 1} cannot be read")
            continue
        try:
            content = read_page(page, MAX_CHARACTERS - reading.characters)
        finally:
            pdfium.FPDF_ClosePage(page)
        reading.characters += len(content.glyphs)
        reading.images += len(content.pictures)
        found = _tables(content, number, reading)
        if waiting is not None:
            _add_page(*waiting, reading, following=found)
        waiting = None if found is None else (content, found, number)
        if found is None and content.objects:
            _add_scan(opened, number, reading)
        if reading.characters >= MAX_CHARACTERS:
            reading.problems.append(f"pdf_too_large: more than {MAX_CHARACTERS} characters")
            break
    if waiting is not None:
        _add_page(*waiting, reading, following=None)


def _tables(content: PageContent, number: int, reading: _Reading) -> list[Lattice] | None:
    """The tables of a page from top to bottom; None for a page without text, and for a scan."""
    where = f"page {number + 1}"
    say = reading.problems.append
    if content.hidden:
        say(f"invisible_text: {content.hidden} characters on {where} are not shown; they were not read")
    if content.overprinted:
        say(f"overprinted_text: {content.overprinted} characters on {where} stand on top of each other")
    if content.struck:
        say(f"struck_out_text: {content.struck} characters on {where} are struck out; they were not read")
    if content.cut_off:
        say(f"text_cut_off: {content.cut_off} numbers on {where} are cut off at the edge of what is shown")
    if content.cut:
        say(f"pdf_too_large: {where} has more than {MAX_OBJECTS} lines and shapes, or too much text")
    if content.unknown:
        say(f"unnamed_glyphs: {content.unknown} characters on {where} whose font does not say what they are")
    if is_scan(content):
        return None
    found = lattices(content.horizontal, content.vertical, content.unit)
    if found is None:
        say(f"pdf_too_large: {where} has too many lines to be tables")
        found = []
    for lattice in found:
        lattice.reach_out(content.box, content.unit)
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return found


def _add_scan(opened: Any, number: int, reading: _Reading) -> None:
    """A page that is a picture, as far as pictures can be read here."""
    reading.images = max(reading.images, 1)
    scan = read_scan(opened, number, reading.scans)
    if isinstance(scan, str):
        reading.scanned.append(number + 1)
        reading.unread = scan
        return
    reading.scans += 1
    reading.problems += scan.problems
    items: list[TextLine | Table]
    items = [Table(item, []) if isinstance(item, Grid) else item for item in scan.items]
    reading.pages.append(Page(number, items, 0.0, scan.height))


def _add_page(
    content: PageContent,
    found: list[Lattice],
    number: int,
    reading: _Reading,
    *,
    following: list[Lattice] | None,
) -> None:
    """Add what stands on a page, which the tables of the next page may go on with."""
    where = f"page {number + 1}"
    say = reading.problems.append
    if found and following:
        found[-1].reach_down(following[0], content.unit)
    placed = place(content.glyphs, found, content.unit)
    if placed.across:
        say(f"text_across_line: {where}: a line runs through {', '.join(placed.across[:5])}")
    page = Page(number, top=content.box.y0, bottom=content.box.y1)
    items: list[tuple[float, int, float, TextLine | Table]] = []
    for lattice, cells in zip(found, placed.cells, strict=True):
        table, ragged = table_of(lattice, cells, content.pictures)
        if ragged:
            say(f"cell_not_closed: {where}: the lines around {ragged} cells of a table leave a gap")
        items.append((lattice.ys[0], 1, lattice.xs[0], table))
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
    """Lines put together to paragraphs and tables to tables, over page breaks too, without running lines."""
    pages = _joined(reading.pages)
    lines = [item for items in pages for item in items if isinstance(item, TextLine)]
    left, right = left_margin(lines), right_margin(lines)
    waiting: list[TextLine] = []
    for items in pages:
        new_page = True
        for item in items:
            if isinstance(item, TextLine):
                if waiting and not goes_on(waiting[-1], item, left, right, new_page=new_page):
                    yield joined(waiting)
                    waiting = []
                waiting.append(item)
            else:
                if waiting:
                    yield joined(waiting)
                    waiting = []
                yield item.grid
            new_page = False
    if waiting:
        yield joined(waiting)


def _joined(pages: list[Page]) -> list[list[TextLine | Table]]:
    """The items of each page without its furniture; a table that a page break cuts is on its first page."""
    beside = furniture(pages)
    out: list[list[TextLine | Table]] = []
    last: list[TextLine | Table] = []
    for page in pages:
        items = [item for item in page.items if id(item) not in beside]
        if last and items and isinstance(last[-1], Table) and isinstance(items[0], Table):
            # A scan's tables are not joined: where their columns stand differs from page to page.
            scans = last[-1].grid.recognised or items[0].grid.recognised
            whole = None if scans else join(last[-1], items[0])
            if whole is not None:
                last[-1] = whole
                items = items[1:]
        out.append(items)
        last = items if items else last
    return out
