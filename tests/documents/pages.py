"""Short ways to make pages and to look at what was read."""

from __future__ import annotations

from goicrawl.documents.document import Document, Grid, Paragraph
from goicrawl.documents.html import read_html


def page(body: str) -> bytes:
    """A page with a body, as UTF-8."""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def read(body: str, *, hidden: bool = False) -> Document:
    return read_html(page(body), hidden=hidden)


def only_grid(document: Document) -> Grid:
    (grid,) = document.grids
    return grid


def texts(grid: Grid) -> list[list[str]]:
    """The cells that begin in each row."""
    return [[cell.text for cell in row] for row in grid.rows]


def covered(grid: Grid) -> list[list[str | None]]:
    """The text of the cell at every place, None where there is none."""
    return [[None if cell is None else cell.text for cell in row] for row in grid.expanded]


def cell(content: str, *, hidden: bool = False) -> str:
    """How a cell with this content reads, in a table that is clearly one."""
    document = read(f"<table><tr><td>一</td><td>{content}</td></tr></table>", hidden=hidden)
    return texts(only_grid(document))[0][1]


def outline(document: Document) -> list[str | list[list[str]]]:
    """Paragraphs as their text and grids as lists of rows, in order."""
    return [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks]
