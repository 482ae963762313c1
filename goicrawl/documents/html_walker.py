"""From a page's elements to blocks, in the order of reading.

A table that holds another table, or whole paragraphs of prose, is layout: its rows are walked like any
other element, and only the rows without such content become a grid.
"""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from goicrawl.documents.document import MAX_PLACES, Block, Grid, GridBuilder, Paragraph
from goicrawl.documents.html_marks import CELLS, Marks
from goicrawl.documents.html_tags import (
    BLOCK,
    BREAK,
    CAPTION,
    FOOT,
    HEADING,
    HEADING_LEVELS,
    INLINE,
    LOWERED,
    ON_PAGE,
    RAISED,
    ROW,
    ROW_GROUPS,
    SKIP,
    TEXT,
    other_kind,
)
from goicrawl.documents.html_text import BLANK, LOWERED_DIGITS, RAISED_DIGITS, cell_text, readable

_PROSE_LENGTH = 500
_new = tuple.__new__
"""Builds a Paragraph in half the time that calling Paragraph takes."""
_BLOCKS = frozenset({BLOCK, HEADING})

# What follows when the children of an element have been read.
_NOTHING, _END_OF_BLOCK, _END_OF_TABLE, _WALK_ROW, _ADD_GRID = range(5)


class Walker:
    """Walks elements in order and collects blocks. Iterative: depth costs no stack.

    `blocks` and `problems` hold what was found.
    """

    def __init__(self, marks: Marks) -> None:
        self.blocks: list[Block] = []
        self.problems: list[str] = []
        self._marks = marks
        self._room = MAX_PLACES

    def walk(self, root: LexborNode) -> None:
        """Read everything inside an element."""
        blocks, hidden = self.blocks, self._marks.hidden
        kind_of = ON_PAGE.get
        run: list[str] = []
        level: int | None = None
        grids: list[Grid] = []
        # The next node after an element that is being read, and what to do when its children have been.
        after: list[tuple[LexborNode | None, int]] = []
        node = root.first_child
        while True:
            if node is None:
                if run and (not after or after[-1][1] != _NOTHING):
                    _flush(blocks, run, level)
                if not after:
                    return
                node, what = after.pop()
                if what == _END_OF_BLOCK:
                    level = None
                elif what == _ADD_GRID:
                    blocks.append(grids.pop())
                elif what == _WALK_ROW and node is not None:
                    node = node.first_child
                continue
            kind = kind_of(node.tag_id)
            if kind == TEXT:
                text = node.text_content or ""
                if run or text.strip(BLANK) != "":
                    run.append(text)
                node = node.next
                continue
            if kind is None:
                kind = other_kind(node)
            if hidden and kind != BREAK and node.mem_id in hidden:
                kind = SKIP
            if kind == INLINE:
                following = node.next
                if following is not None:
                    after.append((following, _NOTHING))
                node = node.first_child
                continue
            if kind == SKIP:
                node = node.next
                continue
            if kind in (RAISED, LOWERED):
                # A mark, in a table that is made of paragraphs too.
                run.append(node.text().translate(RAISED_DIGITS if kind == RAISED else LOWERED_DIGITS))
                node = node.next
                continue
            if run:
                _flush(blocks, run, level)
            if kind in _BLOCKS:
                if kind == HEADING:
                    level = HEADING_LEVELS[node.tag_id]
                following, node = node.next, node.first_child
                # Most blocks hold one text or nothing, in a link or bare: no need to go in and out.
                while node is not None and node.next is None and not hidden:
                    kind = kind_of(node.tag_id)
                    if kind == TEXT:
                        text = readable(node.text_content or "")
                        if text != "":
                            blocks.append(_new(Paragraph, (text, level)))
                        node = None
                    elif kind == INLINE:
                        node = node.first_child
                    else:
                        break
                if node is None:
                    level = None
                    node = following
                else:
                    after.append((following, _END_OF_BLOCK))
            elif kind == BREAK:
                node = node.next
            else:
                after.append((node.next, _END_OF_TABLE))
                for part in reversed(self._parts(node)):
                    if isinstance(part, Grid):
                        grids.append(part)
                        after.append((None, _ADD_GRID))
                    else:
                        after.append((part, _WALK_ROW))
                node = None

    def _parts(self, table: LexborNode) -> list[Grid | LexborNode]:
        """A table's grids, and the captions and rows of layout between them, whose content is walked."""
        captions: list[LexborNode] = []
        groups: list[LexborNode] = []
        feet: list[LexborNode] = []
        for child in table.iter():
            tag = child.tag_id
            if tag == CAPTION:
                captions.append(child)
            elif tag in ROW_GROUPS:
                if child.mem_id not in self._marks.hidden:
                    (feet if tag == FOOT else groups).append(child)
            elif tag == ROW:
                groups.append(child)
        gathering = _Gathering(captions, self._room, self.problems)
        for group in (*groups, *feet):
            if group.tag_id == ROW:
                self._read_row(group, gathering)
                continue
            for row in group.iter():
                if row.tag_id == ROW:
                    self._read_row(row, gathering)
        gathering.close()
        self._room = gathering.room
        return gathering.parts

    def _read_row(self, row: LexborNode, gathering: _Gathering) -> None:
        marks, here = self._marks, row.mem_id
        if here in marks.hidden:
            return
        if here in marks.outer:
            gathering.add_layout(row)
            return
        dropped, shifted = marks.dropped, marks.shifted
        spans: list[tuple[int, int]] | None = None
        if here in marks.rows:
            cells = [node for node in row.iter() if node.tag_id in CELLS]
            if dropped:
                cells = [cell for cell in cells if cell.mem_id not in marks.hidden]
                # A cell that is struck through keeps its place.
                texts = [
                    "" if cell.mem_id in dropped else cell_text(cell, dropped, shifted) for cell in cells
                ]
            else:
                texts = [cell_text(cell, dropped, shifted) for cell in cells]
            spans = [marks.spans.get(cell.mem_id, (1, 1)) for cell in cells]
        else:
            texts = [cell_text(node, dropped, shifted) for node in row.iter() if node.tag_id in CELLS]
        if texts and max(map(len, texts)) > _PROSE_LENGTH and any(map(_is_prose, texts)):
            gathering.add_layout(row)
        else:
            gathering.add_row(row, texts, spans)


class _Gathering:
    """Rows on their way to grids."""

    def __init__(self, captions: list[LexborNode], room: int, problems: list[str]) -> None:
        self.parts: list[Grid | LexborNode] = [*captions]
        self.room = room
        self.problems = problems
        self._start()

    def _start(self) -> None:
        self.builder = GridBuilder(max_places=max(self.room, 0))
        self.single = True
        """Whether no row has two cells: a frame around text, not a table."""
        self.single_rows: list[LexborNode] = []

    def add_row(self, row: LexborNode, texts: list[str], spans: list[tuple[int, int]] | None) -> None:
        builder = self.builder
        if builder.full:
            return
        if spans is None:
            builder.plain_row(texts)
        else:
            builder.row([(text, *span) for text, span in zip(texts, spans, strict=True)])
        if len(texts) <= 1:
            self.single_rows.append(row)
        else:
            self.single = False

    def add_layout(self, row: LexborNode) -> None:
        """A row of layout ends the grid before it."""
        self.close()
        self.parts.append(row)

    def close(self) -> None:
        builder = self.builder
        grid = builder.grid()
        if grid.cells:
            if self.single and grid.width <= 1:
                self.parts.extend(self.single_rows)
            else:
                self.parts.append(grid)
                self.room -= max(grid.height * grid.width - len(grid.cells), 0)
        if builder.full:
            self.problems.append(f"table_too_large: a table was cut after {len(grid.cells)} cells")
        if builder.overlaps:
            self.problems.append(f"overlapping_spans: {builder.overlaps} cells of a table overlap")
        self._start()


def _flush(blocks: list[Block], run: list[str], level: int | None) -> None:
    text = readable(run[0] if len(run) == 1 else "".join(run))
    run.clear()
    if text != "":
        blocks.append(_new(Paragraph, (text, level)))


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE_LENGTH and text.count("\n") > 2
