"""From blocks to cells: every table of every form, wherever and however it stands in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from goicrawl import forms
from goicrawl.documents.document import Document, Grid
from goicrawl.extraction import one_row
from goicrawl.extraction.flat_tables import read_flat
from goicrawl.extraction.gathering import Gathering
from goicrawl.extraction.grid_parts import Part, has_figures, may_be_heads, parts_of, usual_end
from goicrawl.extraction.grid_parts import own_heads as own_heads_of
from goicrawl.extraction.heads import Heads, moved
from goicrawl.extraction.label_index import TableIndex, rank_tables, telling_forms
from goicrawl.extraction.matrix import heads_of, read_rows
from goicrawl.extraction.numerals import is_blank, read_answer
from goicrawl.extraction.one_row_heads import group_named, headed_by
from goicrawl.extraction.report import Answer, Finding
from goicrawl.extraction.side_by_side import halves_of
from goicrawl.extraction.unread_columns import unread_columns
from goicrawl.extraction.whole import form_of, what_is_missing
from goicrawl.forms.labels import squeeze

_YEAR_ALONE = re.compile(r"[(（]?20\d\d年?度?[)）]?")


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
    labels = forms.words().only_in_tables
    text = "".join(block.text for block in document.paragraphs if len(block.text) < 200)
    return sum(1 for key in labels if key in text) >= 3


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


class _GridReader:
    """Reads grids in order and carries heads over to a table's next piece."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.found: set[str] = set()
        self.refused: dict[str, str] = {}
        self.ranked: list[tuple[int, TableIndex]] = []
        self.carried: tuple[TableIndex, Heads] | None = None

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
        for half in halves_of(grid, [index for _, index in best.values()]) or [grid]:
            self._read(half, number, height, best, above)

    def _read(
        self,
        grid: Grid,
        number: int,
        height: int,
        best: dict[str, tuple[int, TableIndex]],
        above: Sequence[str],
    ) -> None:
        parts = parts_of(grid, height, [index for _, index in best.values()])
        first = parts[0].start if parts else height
        if first > 0:
            self._headless(grid, number, 0, first, best, above)
        for part in parts:
            self._part(grid, number, part, above)

    def _part(self, grid: Grid, number: int, part: Part, above: Sequence[str]) -> None:
        index = part.index
        if index.table.layout == "one_row":
            named = _named_above(above, index)
            start = part.start
            while start > 0 and start > part.start - 2 and not has_figures(grid.rows[start - 1]):
                start -= 1
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
        for words in unread_columns(grid, part.start, part.body, part.stop, heads):
            self.gathering.say("unknown_column", f"{words[:40]!r} in {index.table.id}, grid {number}")
        rows = read_rows(grid, number, part.body, part.stop, index, heads, self.gathering, local=True)
        if rows or part.body == part.stop:
            self.carried = (index, heads)
        if rows:
            self._has(index)
        elif part.body < part.stop:
            self.refused.setdefault(index.table.id, f"{index.table.id} in grid {number}")

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
        own_heads = own_heads_of(grid, start, best.values())
        if self.carried is not None and self.carried[0].table.id in best and own_heads is None:
            index, heads = self.carried
            width = len(heads.columns)
            if any(len(row) > width for row in grid.rows[start:stop]):
                over = moved(heads, usual_end(grid, start, stop))
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
            elif may_be_heads(own_heads, index) and read_rows(
                grid, number, start, stop, index, None, self.gathering, local=True
            ):
                self._has(index)
                return
            elif hits >= 3:
                self.refused[index.table.id] = f"{index.table.id} in grid {number}"

    def _has(self, index: TableIndex) -> None:
        self.found.add(index.table.id)
        forms_told = telling_forms(self.ranked, index.table.id)
        if forms_told:
            self.gathering.tables.setdefault(index.table.id, forms_told)


def _named_above(above: Sequence[str], index: TableIndex) -> str | None:
    for text in reversed(above):
        if _YEAR_ALONE.fullmatch(squeeze(text)) is not None:
            # Whether this is the year reported on cannot be told here.
            return None
        named = group_named(text, index)
        if named is not None:
            return named
    return None
