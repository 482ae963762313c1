"""HTML to blocks: what a browser would show, as paragraphs and grids.

A table that holds another table, or whole paragraphs of prose, is layout: its rows are walked like any
other element, and only the rows without such content become a grid.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from goicrawl.documents.document import Block, Document, Grid, GridBuilder, Link, Paragraph
from goicrawl.documents.encodings import decode
from goicrawl.documents.html_text import SKIP, cell_text, is_hidden, readable

MAX_DEPTH = 3000
"""lexbor's time grows with the square of the depth; no real page is a tenth as deep."""
_MANY_TAGS = 15_000
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_VOID = frozenset(
    {b"br", b"img", b"meta", b"link", b"input", b"hr", b"col", b"area", b"base", b"wbr", b"embed"}
)
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|wps|et|ofd|rtf|zip|rar|7z|jpe?g|png|tiff?)(?:$|[?#&])|downfile|download\.jsp", re.I
)
_PROSE_LENGTH = 500


def read_html(data: bytes, media_type: str | None = None, *, hidden: bool = False) -> Document:
    """Read a page's bytes.

    Args:
        hidden: also read elements that `display:none` hides (pages whose script shows them later).
    """
    problems: list[str] = []
    text, encoding, whole = decode(data, media_type)
    if not whole:
        problems.append(f"undecodable_bytes: some bytes are not {encoding}")
    source = text.encode("utf-8", "replace").replace(b"\0", b"")
    if source.count(b"<") > _MANY_TAGS and _deeper_than(source, MAX_DEPTH):
        problems.append(f"nesting_too_deep: elements nest more than {MAX_DEPTH} deep; the page was not read")
        return Document("text/html", (), encoding, problems=tuple(problems))
    tree = LexborHTMLParser(source)
    lowered = source.lower()
    walker = _Walker(tree, hides=not hidden and (b"display" in lowered or b"hidden" in lowered))
    body = tree.body
    if body is not None:
        walker.walk(body)
    problems.extend(walker.problems)
    title = tree.css_first("title")
    return Document(
        media_type="text/html",
        blocks=tuple(walker.blocks),
        encoding=encoding,
        title=" ".join(title.text().split()) if title is not None else None,
        meta=tuple(_meta(tree)),
        links=tuple(_links(tree, lowered)),
        images=len(tree.css("img")) if b"<img" in lowered else 0,
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


def _links(tree: LexborHTMLParser, lowered: bytes) -> list[Link]:
    out: list[Link] = []
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if href != "" and _FILE.search(href) is not None:
            out.append(Link(href, " ".join(node.text().split())))
    for tag, attribute in (("iframe", "src"), ("embed", "src"), ("object", "data")):
        if b"<" + tag.encode() not in lowered:
            continue
        for node in tree.css(tag):
            address = (node.attributes.get(attribute) or "").strip()
            if address != "":
                out.append(Link(address, (node.attributes.get("title") or "").strip(), tag))
    if b"data-value" in lowered:
        for node in tree.css("[data-value]"):
            address = (node.attributes.get("data-value") or "").strip()
            if _FILE.search(address) is not None:
                out.append(Link(address, "", "data"))
    return out


class _Walker:
    """Walks elements in order and collects blocks. Iterative: depth costs no stack."""

    def __init__(self, tree: LexborHTMLParser, *, hides: bool) -> None:
        self.blocks: list[Block] = []
        self.problems: list[str] = []
        self.hides = hides
        self.run: list[str] = []
        self.level: int | None = None
        self.outer: set[int] = set()
        for table in tree.css("table table"):
            parent = table.parent
            while parent is not None:
                if parent.tag in ("table", "tr", "td", "th"):
                    if parent.mem_id in self.outer:
                        break
                    self.outer.add(parent.mem_id)
                parent = parent.parent

    def flush(self) -> None:
        if self.run:
            text = readable("".join(self.run))
            self.run.clear()
            if text != "":
                self.blocks.append(Paragraph(text, self.level))

    def walk(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode | None, bool]] = [(root.child, False)]
        while stack:
            node, block = stack.pop()
            if node is None:
                if block:
                    self.flush()
                    self.level = None
                continue
            stack.append((node.next, block))
            tag = node.tag
            if tag == "-text":
                self.run.append(node.text_content or "")
            elif tag is None or tag in SKIP:
                continue
            elif tag == "br" or tag == "hr":
                self.flush()
            elif self.hides and is_hidden(node):
                continue
            elif tag == "table":
                self.flush()
                self.table(node)
            elif tag in _INLINE or ":" in tag:
                stack.append((node.child, False))
            else:
                self.flush()
                if tag in _HEADINGS:
                    self.level = _HEADINGS[tag]
                stack.append((node.child, True))
        self.flush()

    def table(self, table: LexborNode) -> None:
        for row in self._rows_of(table):
            if isinstance(row, Grid):
                self.blocks.append(row)
            else:
                self.walk(row)

    def _rows_of(self, table: LexborNode) -> list[Grid | LexborNode]:
        out: list[Grid | LexborNode] = []
        builder = GridBuilder()
        single = True
        rows: list[LexborNode] = []
        later: list[LexborNode] = []
        captions: list[LexborNode] = []
        child = table.child
        while child is not None:
            tag = child.tag
            if tag == "caption":
                captions.append(child)
            elif tag in ("tbody", "thead", "tfoot"):
                (later if tag == "tfoot" else rows).append(child)
            elif tag == "tr":
                rows.append(child)
            child = child.next
        out.extend(captions)
        pending: list[LexborNode] = []

        def close() -> None:
            nonlocal builder, single
            grid = builder.grid()
            if grid.cells:
                if single and grid.width <= 1:
                    out.extend(pending)
                else:
                    out.append(grid)
            if builder.full:
                self.problems.append(f"table_too_large: a table was cut after {len(grid.cells)} cells")
            if builder.overlaps:
                self.problems.append(f"overlapping_spans: {builder.overlaps} cells of a table overlap")
            builder, single = GridBuilder(), True
            pending.clear()

        for part in (*rows, *later):
            row: LexborNode | None = part if part.tag == "tr" else part.child
            while row is not None:
                if row.tag == "tr" and not (self.hides and is_hidden(row)):
                    cells, layout = self._cells_of(row)
                    if layout:
                        close()
                        out.append(row)
                    elif not builder.full:
                        builder.row(cells)
                        single = single and len(cells) <= 1
                        if len(cells) <= 1:
                            pending.append(row)
                if part.tag == "tr":
                    break
                row = row.next
        close()
        return out

    def _cells_of(self, row: LexborNode) -> tuple[list[tuple[str, int, int]], bool]:
        cells: list[tuple[str, int, int]] = []
        nested = row.mem_id in self.outer
        if nested:
            return cells, True
        cell = row.child
        while cell is not None:
            if cell.tag in ("td", "th") and not (self.hides and is_hidden(cell)):
                text = cell_text(cell, self.hides)
                if len(text) > _PROSE_LENGTH and text.count("\n") > 2:
                    return cells, True
                attributes = cell.attributes
                if attributes:
                    cells.append((text, _span(attributes.get("rowspan")), _span(attributes.get("colspan"))))
                else:
                    cells.append((text, 1, 1))
            cell = cell.next
        return cells, False


def _span(value: str | None) -> int:
    if value is None:
        return 1
    match = re.match(r"\s*(\d{1,6})", value)
    return max(int(match.group(1)), 1) if match is not None else 1
