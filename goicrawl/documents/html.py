"""HTML to blocks: what a browser would show, as paragraphs and grids."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from goicrawl.documents.document import Document, Grid
from goicrawl.documents.encodings import as_utf8
from goicrawl.documents.file_links import file_links
from goicrawl.documents.html_marks import Marks
from goicrawl.documents.html_walker import Walker

MAX_DEPTH = 3000
"""lexbor's time grows with the square of the depth; no real page is a tenth as deep."""
_MANY_TAGS = 15_000
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_VOID = frozenset(
    {b"br", b"img", b"meta", b"link", b"input", b"hr", b"col", b"area", b"base", b"wbr", b"embed"}
)
_OF_TABLES = 6
"""Rows from which a grid may be a table of the report, so that its pictures are none."""


def read_html(data: bytes, media_type: str | None = None, *, hidden: bool = False) -> Document:
    """Read a page's bytes.

    Args:
        hidden: also read elements that `display:none` hides (pages whose script shows them later).
    """
    problems: list[str] = []
    source, encoding, whole = as_utf8(data, media_type)
    if not whole:
        problems.append(f"undecodable_bytes: some bytes are not {encoding}")
    source = source.replace(b"\0", b"")
    if len(source) > _MANY_TAGS * 3 and source.count(b"<") > _MANY_TAGS and _deeper_than(source, MAX_DEPTH):
        problems.append(f"nesting_too_deep: elements nest more than {MAX_DEPTH} deep; the page was not read")
        return Document("text/html", (), encoding, problems=tuple(problems))
    try:
        tree = LexborHTMLParser(source)
    except SelectolaxError as error:
        # HTML cannot be wrong: the parser refuses a page only where it gets no memory.
        raise MemoryError("the page's tree does not fit into memory") from error
    lowered = source.lower()
    marks = Marks(tree, lowered, hides=not hidden)
    walker = Walker(marks)
    body = tree.body
    if body is not None:
        walker.walk(body)
    problems.extend(walker.problems)
    title = tree.css_first("title")
    pictures = all(block.height < _OF_TABLES for block in walker.blocks if isinstance(block, Grid))
    return Document(
        media_type="text/html",
        blocks=tuple(walker.blocks),
        encoding=encoding,
        title=" ".join(title.text().split()) if title is not None else None,
        meta=tuple(_meta(tree)),
        links=tuple(file_links(tree, source, lowered, pictures=pictures)),
        images=len(tree.css("img")),
        problems=tuple(problems),
    )


def _deeper_than(source: bytes, limit: int) -> bool:
    depth = 0
    for match in _TAG.finditer(source):
        if match.group(1) == b"/":
            depth = max(depth - 1, 0)
        elif match.group(2).lower() not in _VOID:
            depth += 1
            if depth > limit:
                return not _closes_itself(source, limit)
    return False


def _closes_itself(source: bytes, limit: int) -> bool:
    """Unclosed p, li, td, tr, option and dd are not nested by an HTML5 parser."""
    implied = frozenset({b"p", b"li", b"td", b"th", b"tr", b"option", b"dd", b"dt", b"tbody", b"thead"})
    depth = 0
    for match in _TAG.finditer(source):
        name = match.group(2).lower()
        if name in implied or name in _VOID:
            continue
        depth = max(depth - 1, 0) if match.group(1) == b"/" else depth + 1
        if depth > limit:
            return False
    return True


def _meta(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for node in tree.css("meta"):
        attributes = node.attributes
        name, content = attributes.get("name"), attributes.get("content")
        if name is not None and content is not None:
            out.append((name.strip().lower(), content.strip()))
    return out
