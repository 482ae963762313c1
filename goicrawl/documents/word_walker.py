"""From a Word document's body to blocks: paragraphs and tables in order.

Like a page's, a table that holds another table or whole paragraphs of prose is layout: such rows are
walked, and only the others become a grid. A table of one column is a frame around text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from goicrawl.documents.document import MAX_PLACES, MAX_SPAN, Block, Grid, GridBuilder, Paragraph
from goicrawl.documents.word_runs import ALTERNATE, TEXT_BOX, VAL, WRAPPERS, Piece, Runs, W, choice, is_on

MAX_DEPTH = 40
"""Tables and text boxes inside each other; no real document has ten."""
_PROSE_LENGTH = 500
_P, _TBL, _TR, _TC, _SECTION = W + "p", W + "tbl", W + "tr", W + "tc", W + "altChunk"


@dataclass
class _Cell:
    """A cell on its way to the grid: where it begins, and how it joins its neighbours."""

    text: str
    column: int
    colspan: int
    rowspan: int = 1


class WordWalker:
    """Walks a body and collects `blocks` and `problems`.

    Args:
        level_of: the heading level of a paragraph's properties, or None.
        number_of: the number that stands before a paragraph with these properties; "" for most.
    """

    def __init__(
        self,
        level_of: Callable[[etree._Element | None], int | None],
        number_of: Callable[[etree._Element | None], str],
    ) -> None:
        self.blocks: list[Block] = []
        self.problems: list[str] = []
        self.runs = Runs()
        self._level_of = level_of
        self._number_of = number_of
        self._room = MAX_PLACES

    def walk(self, parent: etree._Element, depth: int = 0) -> None:
        """Read what stands in a body, a cell of layout or a text box."""
        if self._too_deep(depth):
            return
        for node in _shown(parent):
            if node.tag == _P:
                level = self._level_of(node.find(W + "pPr"))
                for piece in self._pieces(node, in_cell=False):
                    if isinstance(piece, str):
                        self.blocks.append(Paragraph(piece, level))
                    else:
                        self.walk(piece, depth + 1)
            elif node.tag == _TBL:
                self._read_table(node, depth + 1)
            elif node.tag == _SECTION:
                self._say("embedded_document: a part in another format is not read")

    def _pieces(self, paragraph: etree._Element, *, in_cell: bool) -> list[Piece]:
        pieces = self.runs.pieces(paragraph, in_cell=in_cell)
        number = self._number_of(paragraph.find(W + "pPr"))
        if number == "":
            return pieces
        if pieces and isinstance(pieces[0], str):
            return [number + pieces[0], *pieces[1:]]
        # Word shows the number of an empty paragraph too.
        return [number.strip(), *pieces]

    def _too_deep(self, depth: int) -> bool:
        if depth > MAX_DEPTH:
            self._say(f"nesting_too_deep: tables nest more than {MAX_DEPTH} deep; the innermost are not read")
        return depth > MAX_DEPTH

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _read_table(self, table: etree._Element, depth: int) -> None:
        pending: list[tuple[etree._Element, list[_Cell]]] = []
        opened: dict[int, _Cell] = {}
        for row in _shown(table):
            if row.tag != _TR or _is_gone(row):
                continue
            cells = None if next(row.iter(_TBL), None) is not None else self._cells(row, opened, depth)
            if cells is None or any(_is_prose(cell.text) for cell in cells):
                self._close(pending, depth)
                pending, opened = [], {}
                for cell in _shown(row):
                    if cell.tag == _TC:
                        self.walk(cell, depth + 1)
            else:
                pending.append((row, cells))
        self._close(pending, depth)

    def _cells(self, row: etree._Element, opened: dict[int, _Cell], depth: int) -> list[_Cell]:
        """A row's own cells. Those that go on from above lengthen the cell that `opened` holds."""
        properties = row.find(W + "trPr")
        column = _number(properties, "gridBefore", 0)
        out = [_Cell("", 0, column)] if column else []
        joined: dict[int, _Cell] = {}
        last: _Cell | None = None
        for node in _shown(row):
            if node.tag != _TC:
                continue
            own = node.find(W + "tcPr")
            colspan = max(_number(own, "gridSpan", 1), 1)
            across = _merge(own, "hMerge")
            if across == "continue" and last is not None:
                last.colspan = min(last.colspan + colspan, MAX_SPAN)
                column += colspan
                continue
            down = _merge(own, "vMerge")
            above = opened.get(column)
            if down == "continue" and above is not None and above.colspan == colspan:
                above.rowspan += 1
                joined[column] = above
                last = None
            else:
                last = _Cell("\n".join(self._lines(node, depth + 1)), column, colspan)
                out.append(last)
                if down == "restart":
                    joined[column] = last
            column += colspan
        opened.clear()
        opened.update(joined)
        return out

    def _lines(self, cell: etree._Element, depth: int) -> list[str]:
        if self._too_deep(depth):
            return []
        lines: list[str] = []
        for node in _shown(cell):
            if node.tag == _P:
                for piece in self._pieces(node, in_cell=True):
                    lines.extend([piece] if isinstance(piece, str) else self._lines(piece, depth + 1))
            elif node.tag == _SECTION:
                self._say("embedded_document: a part in another format is not read")
        return lines

    def _close(self, rows: list[tuple[etree._Element, list[_Cell]]], depth: int) -> None:
        """Make a grid of rows, or walk them where they have but one column."""
        if rows and all(len(cells) <= 1 and all(c.column == 0 for c in cells) for _, cells in rows):
            for row, _ in rows:
                for cell in _shown(row):
                    if cell.tag == _TC:
                        self.walk(cell, depth + 1)
            return
        builder = GridBuilder(max_places=max(self._room, 0))
        for _, cells in rows:
            builder.row([(cell.text, cell.rowspan, cell.colspan) for cell in cells])
        grid: Grid = builder.grid()
        if builder.full:
            self.problems.append(f"table_too_large: a table was cut after {len(grid.cells)} cells")
        if builder.overlaps:
            self.problems.append(f"overlapping_spans: {builder.overlaps} cells of a table overlap")
        if grid.cells:
            self.blocks.append(grid)
            self._room -= max(grid.height * grid.width - len(grid.cells), 0)


def _shown(parent: etree._Element) -> Iterator[etree._Element]:
    """The children, with those of wrappers in their place; what was deleted is left out."""
    waiting = list(reversed(parent))
    while waiting:
        node = waiting.pop()
        if node.tag in WRAPPERS:
            waiting.extend(reversed(node))
        elif node.tag == ALTERNATE:
            chosen = choice(node)
            if chosen is not None:
                waiting.extend(reversed(chosen))
        elif node.tag == TEXT_BOX or isinstance(node.tag, str):
            yield node


def _is_gone(row: etree._Element) -> bool:
    """Whether a row was deleted while changes were tracked, or is hidden."""
    properties = row.find(W + "trPr")
    if properties is None:
        return False
    return properties.find(W + "del") is not None or is_on(properties, "hidden")


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """ "restart", "continue" or None; without a value a merge goes on."""
    found = None if properties is None else properties.find(W + name)
    if found is None:
        return None
    return "restart" if found.get(VAL) == "restart" else "continue"


def _number(properties: etree._Element | None, name: str, missing: int) -> int:
    found = None if properties is None else properties.find(W + name)
    text = "" if found is None else (found.get(VAL) or "")
    return min(int(text), MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else missing


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE_LENGTH and text.count("\n") > 2
