"""From blocks to cells: every table of every form, wherever and however it stands in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from goicrawl import forms
from goicrawl.documents.document import Cell, Document, Grid
from goicrawl.extraction import one_row
from goicrawl.extraction.flat_tables import read_flat
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.heads import Heads, moved
from goicrawl.extraction.label_index import TableIndex, rank_tables, telling_form
from goicrawl.extraction.matrix import heads_of, is_head_row, read_rows
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.one_row_heads import group_named, headed_by, leaf_of
from goicrawl.extraction.report import Answer, Finding
from goicrawl.extraction.row_labels import RowFinder, finder_of
from goicrawl.extraction.whole import form_of, what_is_missing
from goicrawl.forms.labels import bare

_TELLING = (
    "属于国家秘密",
    "属于行政执法案卷",
    "要求提供公开出版物",
    "信访举报投诉类申请",
    "属于三类内部事务信息",
    "网络申请数",
    "传真申请数",
)
"""Words that only the tables print."""
CORNER = "信息内容"


@dataclass(frozen=True)
class Tables:
    """What the tables of a document say. `consumed` are the indices of paragraphs that a table took."""

    form: str | None
    cells: dict[str, Answer]
    reasons: tuple[str, ...]
    findings: tuple[Finding, ...]
    consumed: frozenset[int]


def read_tables(document: Document, *, cut_grid: int | None = None, cut_text: bool = False) -> Tables:
    """Read every table. `cut_grid` is a grid whose last row the document breaks off in.

    `cut_text` says that the document may break off in its last paragraph.
    """
    gathering = Gathering(blanks_are_usual=_blanks_are_usual(document.grids))
    reader = _GridReader(gathering)
    number = 0
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            reader.read(block, number, above, cut=number == cut_grid)
            number += 1
            above = []
        elif len(block.text) <= 60:
            above.append(block.text)
    for table, where in reader.refused.items():
        if table not in reader.found:
            gathering.say("column_heads_not_matched", where)
    wanted = _wanted(document, reader.found)
    cut = len(document.blocks) - 1 if cut_text else None
    consumed = read_flat(document.blocks, wanted, gathering, cut) if wanted else set()
    form = form_of(gathering)
    if form is not None:
        what_is_missing(forms.load()[form], gathering)
    order = _printed_order()
    cells = {
        address: gathering.answers[address] for address in sorted(gathering.answers, key=order.__getitem__)
    }
    return Tables(form, cells, tuple(gathering.told()), tuple(gathering.findings), frozenset(consumed))


def _own_heads(grid: Grid, start: int, best: Iterable[tuple[int, TableIndex]]) -> tuple[Cell, ...] | None:
    """The first row of a piece where it looks like heads that no form knows: words, no row's label first."""
    row = grid.rows[start]
    words = [cell for cell in row if not is_blank(cell.text)]
    if len(words) < 2 or any(read_answer(cell.text).kind != "text" for cell in words):
        return None
    finders = [finder_of(index) for _, index in best]
    labelled = any(finder.find(words[0].text) is not None for finder in finders)
    return None if labelled else tuple(words)


def _may_be_heads(heads: tuple[Cell, ...] | None, index: TableIndex) -> bool:
    """Whether unknown heads at least do not contradict the form's order of columns."""
    if heads is None:
        return True
    order = index.order
    if len(order) == 1 or len(heads) <= len(order):
        return False
    for place, cell in enumerate(heads[-len(order) :]):
        text = bare(cell.text)
        for key, column in index.column_keys.items():
            if key in text and column in order and order.index(column) != place:
                return False
    return True


@cache
def _printed_order() -> dict[str, int]:
    return {address: n for n, address in enumerate(forms.cell_index())}


@cache
def _every_table() -> frozenset[str]:
    return frozenset(table.id for form in forms.load().values() for table in form.tables)


def _wanted(document: Document, found: set[str]) -> frozenset[str]:
    """The tables to look for in the text outside the grids."""
    every = _every_table()
    if not found or _retold(document):
        return every
    modern = {table.id for form in forms.load().values() if form.sections for table in form.tables}
    return frozenset(modern - found) if found & modern else frozenset()


def _retold(document: Document) -> bool:
    """Whether the text outside the grids prints a table too: a second copy that may say otherwise."""
    text = "".join(block.text for block in document.paragraphs if len(block.text) < 200)
    return sum(1 for key in _TELLING if key in text) >= 3


def _blanks_are_usual(grids: Sequence[Grid]) -> bool:
    """Whether a document whose cells cannot span prints many blanks among its figures."""
    rows = blank = 0
    for grid in grids:
        for row in grid.rows if not grid.spans else ():
            figures = [i for i, cell in enumerate(row) if read_answer(cell.text).kind == "number"]
            if figures and len(row) >= 8:
                rows += 1
                blank += any(is_blank(cell.text) for cell in row[figures[0] :])
    return 3 * blank > rows


@dataclass(slots=True)
class _Part:
    """Rows start..stop of a grid under the heads start..body."""

    index: TableIndex
    start: int
    body: int
    stop: int


class _GridReader:
    """Reads grids in order and carries heads over to a table's next piece."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.found: set[str] = set()
        self.refused: dict[str, str] = {}
        self.ranked: list[tuple[int, TableIndex]] = []
        self.carried: tuple[TableIndex, Heads, int] | None = None

    def read(self, grid: Grid, number: int, above: Sequence[str], *, cut: bool) -> None:
        best: dict[str, tuple[int, TableIndex]] = {}
        ranked = rank_tables({cell.text for cell in grid.cells})
        for hits, index in ranked:
            best.setdefault(index.table.id, (hits, index))
        for index in headed_by(grid):
            best.setdefault(index.table.id, (3, index))
        if not best:
            return
        self.ranked = ranked
        height = grid.height - 1 if cut else grid.height
        parts = _parts(grid, height, [index for _, index in best.values()])
        first = parts[0].start if parts else height
        if first > 0:
            self._headless(grid, number, 0, first, best, above)
        for part in parts:
            self._part(grid, number, part, above)

    def _part(self, grid: Grid, number: int, part: _Part, above: Sequence[str]) -> None:
        index = part.index
        if index.table.layout == "one_row":
            named = _named_above(above, index)
            start = max(part.start - 2, 0)
            if one_row.read_grid(grid, number, start, part.stop, index, self.gathering, named):
                self._has(index)
            return
        heads = heads_of(grid, part.start, part.body, index)
        if heads is None:
            self.gathering.say("column_heads_not_matched", f"{index.table.id} in grid {number}")
            return
        for head in heads.columns:
            if head.column is None:
                self.gathering.say(
                    "unknown_column",
                    f"{' '.join(head.text.split())[:40]!r} in {index.table.id}, grid {number}",
                )
        rows = read_rows(grid, number, part.body, part.stop, index, heads, self.gathering, local=True)
        if rows or part.body == part.stop:
            self.carried = (index, heads, grid.width)
        if rows:
            self._has(index)

    def _headless(
        self,
        grid: Grid,
        number: int,
        start: int,
        stop: int,
        best: dict[str, tuple[int, TableIndex]],
        above: Sequence[str],
    ) -> None:
        """Rows before the first heads of a grid: the next piece of a table that a page break cut."""
        own_heads = _own_heads(grid, start, best.values())
        if self.carried is not None and self.carried[0].table.id in best and own_heads is None:
            index, heads, former = self.carried
            width = len(heads.columns)
            if any(len(row) > width for row in grid.rows[start:stop]):
                over = heads if grid.width == former else moved(heads, grid.width, former)
                local = over is not None
                if read_rows(grid, number, start, stop, index, over or heads, self.gathering, local=local):
                    self._has(index)
                    return
        for hits, index in best.values():
            if hits < 1:
                continue
            if index.table.layout == "one_row":
                if hits >= 3 and one_row.read_grid(
                    grid, number, start, stop, index, self.gathering, _named_above(above, index)
                ):
                    self._has(index)
                    return
            elif _may_be_heads(own_heads, index) and read_rows(
                grid, number, start, stop, index, None, self.gathering, local=True
            ):
                self._has(index)
                return
            elif own_heads is not None and hits >= 5:
                self.refused[index.table.id] = f"{index.table.id} in grid {number}"

    def _has(self, index: TableIndex) -> None:
        self.found.add(index.table.id)
        form = telling_form(self.ranked, index.table.id)
        if form is not None:
            self.gathering.tables.setdefault(index.table.id, form)


def _named_above(above: Sequence[str], index: TableIndex) -> str | None:
    for text in reversed(above):
        named = group_named(text, index)
        if named is not None:
            return named
    return None


def _parts(grid: Grid, height: int, indexes: Sequence[TableIndex]) -> list[_Part]:
    """Where heads stand in a grid, and which rows stand under them."""
    finders = [(index, finder_of(index)) for index in indexes]
    parts: list[_Part] = []
    r = 0
    while r < height:
        row = grid.rows[r]
        index = None
        for one, finder in finders:
            if one.table.layout == "one_row":
                if sum(1 for cell in row if leaf_of(cell.text, one) is not None) >= 2 and not _has_rows(
                    row, finders, one
                ):
                    index = one
                    break
            elif is_head_row(row, one, finder) or _is_corner(row, one):
                index = one
                break
        if index is None:
            r += 1
            continue
        body = r + 1
        finder = finder_of(index)
        if index.table.layout != "one_row":
            while body < height and is_head_row(grid.rows[body], index, finder):
                body += 1
        else:
            while (
                body < height and sum(1 for c in grid.rows[body] if leaf_of(c.text, index) is not None) >= 2
            ):
                body += 1
        parts.append(_Part(index, r, body, height))
        r = body
    for part, following in pairwise(parts):
        part.stop = following.start
    return parts


def _is_corner(row: Sequence[Cell], index: TableIndex) -> bool:
    """Whether a row begins with the corner that heads every block, whatever its heads say."""
    if len(index.table.blocks) < 2:
        return False
    first = next((cell for cell in row if not is_blank(cell.text)), None)
    return first is not None and bare(first.text) == CORNER


def _has_rows(row: Sequence[Cell], finders: Sequence[tuple[TableIndex, RowFinder]], one: TableIndex) -> bool:
    """Whether the row rather belongs to a table with more of its heads named."""
    own = sum(1 for cell in row if leaf_of(cell.text, one) is not None)
    for other, _ in finders:
        if other is not one and other.table.layout != "one_row":
            named = sum(1 for cell in row if cell.text != "" and other.column_of(cell.text) is not None)
            if named > own:
                return True
    return False
